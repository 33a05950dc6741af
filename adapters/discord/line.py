"""The connection to Discord, which is made anew now and then; who needs it waits for it here."""

import asyncio
from collections.abc import Set as AbstractSet

import discord

from bot.errors import TryLater

_PATIENCE = 30.0  # seconds
_NO_SHARDS: frozenset[int] = frozenset()
_NONE = "There is no connection to Discord at the moment."


class Line:
    """Holds the client that is connected at the moment."""

    def __init__(self) -> None:
        self._client: discord.Client | None = None
        self._away: AbstractSet[int] = _NO_SHARDS
        self._connected = asyncio.Event()

    @property
    def trouble(self) -> str:
        """What is wrong with the connection right now, in words; "" where nothing is."""
        if self._client is None:
            return _NONE
        shards = self._client.shard_count or 1
        if not self._away:
            return ""
        if len(self._away) >= shards:
            return _NONE
        return f"Connections to Discord that are lost at the moment: {len(self._away)} of {shards}."

    def connect(self, client: discord.Client, *, away: AbstractSet[int] = _NO_SHARDS) -> None:
        """This client is ready to be used. `away`: its shards that hear nothing, as the client itself goes on to say.

        The set is looked at, not copied: messages can be posted without any of them.
        """
        self._client, self._away = client, away
        self._connected.set()

    def disconnect(self) -> None:
        """No client is, until the next one connects."""
        self._client, self._away = None, _NO_SHARDS
        self._connected.clear()

    async def client(self) -> discord.Client:
        """The connected client; TryLater where there is none for half a minute."""
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._connected.wait()
        except TimeoutError as error:
            raise TryLater(_NONE) from error
        if self._client is None:  # it was lost in the same instant
            message = "The connection to Discord was lost a moment ago."
            raise TryLater(message)
        return self._client
