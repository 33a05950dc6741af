"""A connection that hears nothing: for a process that only answers what others took in, and to build one that hears.

The plain sharded client of discord.py: its Bot adds only commands behind a prefix, of which there are none. Nothing is
cached that nobody asks for: no members, no messages.
"""

import discord

from adapters.discord.line import Line
from adapters.discord.sending import SILENT

_LONGEST_PAUSE = 30.0  # seconds that discord.py sleeps by itself when asked to slow down; beyond that we hear of it
_SERVERS = discord.Intents(guilds=True)


class Speaker(discord.AutoShardedClient):
    """Knows the servers and what threads there are, which posting needs, and is told what the intents name besides."""

    def __init__(
        self, *, line: Line, proxy: str | None, intents: discord.Intents = _SERVERS, ready_within: float = 2.0
    ) -> None:
        super().__init__(
            intents=intents,
            allowed_mentions=SILENT,
            chunk_guilds_at_startup=False,
            guild_ready_timeout=ready_within,
            max_messages=None,
            max_ratelimit_timeout=_LONGEST_PAUSE,
            member_cache_flags=discord.MemberCacheFlags.none(),
            proxy=proxy,
        )
        self._line = line

    async def on_ready(self) -> None:
        """The servers are known: the service may post."""
        self._line.connect(self)
