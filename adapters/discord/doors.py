"""Interactions that can still be answered: Discord lets a bot answer by an interaction's token for 15 minutes.

Kept in memory only: a token is a secret, and after a restart there is the direct message.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import discord

_OPEN_FOR = 14 * 60  # seconds; Discord says 15 minutes
_MOST = 1000

Asked = discord.Interaction[discord.Client]


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """An interaction that can be answered. `awaited`: its own response is still “thinking”, for the person alone."""

    interaction: Asked
    awaited: bool


class Doors:
    """The newest interactions by the message id of the place they ask from."""

    def __init__(self, *, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._kept: OrderedDict[str, tuple[float, Door]] = OrderedDict()

    def keep(self, message: str, interaction: Asked, *, awaited: bool) -> None:
        """Remember that this interaction can be answered."""
        self._kept[message] = (self._now(), Door(interaction=interaction, awaited=awaited))
        while len(self._kept) > _MOST:
            self._kept.popitem(last=False)

    def find(self, message: str) -> Door | None:
        """The interaction that asked from this place, while its token holds."""
        since, door = self._kept.get(message, (float("-inf"), None))
        return door if self._now() - since < _OPEN_FOR else None

    def close(self, message: str) -> None:
        """It is answered."""
        self._kept.pop(message, None)
