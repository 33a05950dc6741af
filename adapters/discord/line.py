"""The connection to Discord, which is made anew now and then; who needs it waits for it here."""

import asyncio

import discord

from bot.errors import TryLater

_PATIENCE = 30.0  # seconds


class Line:
    """Holds the client that is connected at the moment."""

    def __init__(self) -> None:
        self._client: discord.Client | None = None
        self._connected = asyncio.Event()

    def connect(self, client: discord.Client) -> None:
        """This client is ready to be used."""
        self._client = client
        self._connected.set()

    def disconnect(self) -> None:
        """No client is, until the next one connects."""
        self._client = None
        self._connected.clear()

    async def client(self) -> discord.Client:
        """The connected client; TryLater where there is none for half a minute."""
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._connected.wait()
        except TimeoutError as error:
            message = "There is no connection to Discord at the moment."
            raise TryLater(message) from error
        if self._client is None:  # it was lost in the same instant
            message = "The connection to Discord was lost a moment ago."
            raise TryLater(message)
        return self._client
