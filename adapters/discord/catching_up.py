"""What was said while the bot was away. A resumed connection is told by Discord; after a fresh start we look."""

import contextlib
import json
import logging
import tempfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import discord

_LONGEST = timedelta(hours=24)  # what is older is not looked for
_MOST_CHANNELS = 200
_MOST_MESSAGES = 100  # of one channel
_MOST_DIRECT = 100  # conversations with one person
_DIRECT = "direct"  # where the file has those; all else in it are shards

_UNREADABLE = (OSError, ValueError, AttributeError, TypeError)

Talk = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread

logger = logging.getLogger(__name__)


@dataclass(kw_only=True)
class Seen:
    """The newest message seen on each shard, and where people write to the bot alone, kept in a small file if any.

    Discord lists no such conversations to a bot, so that it has to remember where to look.

    Processes that share a database may share the file. All of them hear everything, so what one has seen no other need
    look for: the file keeps the newest of all. Of two that write in the same instant the later wins, whole, and what it
    did not know of yet is there again when the other writes next; meanwhile a start would look too far back, and what
    was heard before counts once.
    """

    file: Path | None = None
    _newest: dict[int, int] = field(default_factory=dict)
    _direct: dict[int, None] = field(default_factory=dict)  # the newest last

    def load(self) -> None:
        """Read the file, if it is there and can be read."""
        try:
            self._take_in()
        except _UNREADABLE:
            logger.warning("the note of the last message seen cannot be read; nothing is caught up on this time")

    def save(self) -> None:
        """Write the file, whole or not at all."""
        if self.file is None or not self._newest:
            return
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(*_UNREADABLE):  # it is written anew
                self._take_in()
            newest = {str(shard): message for shard, message in self._newest.items()}
            _write(self.file, json.dumps(newest | {_DIRECT: list(self._direct)}))
        except OSError as error:
            logger.warning("the last message seen could not be noted: %s", error.strerror)

    def _take_in(self) -> None:
        """Know what the file knows, too."""
        if self.file is None or not self.file.exists():
            return
        read = json.loads(self.file.read_text(encoding="utf-8"))
        direct = [int(channel) for channel in read.pop(_DIRECT, ())]
        newest = {int(shard): int(message) for shard, message in read.items()}
        for shard, message in newest.items():
            self.note(shard, message)
        ours, self._direct = self._direct, dict.fromkeys(direct)
        for channel in ours:
            self.note_direct(channel)

    def note(self, shard: int, message: int) -> None:
        """This message was seen."""
        self._newest[shard] = max(message, self._newest.get(shard, 0))

    def note_direct(self, channel: int) -> None:
        """Somebody writes to the bot alone in this channel."""
        self._direct.pop(channel, None)
        self._direct[channel] = None
        while len(self._direct) > _MOST_DIRECT:
            del self._direct[next(iter(self._direct))]

    @property
    def direct(self) -> tuple[int, ...]:
        """The channels in which people wrote to the bot alone, the newest first."""
        return tuple(reversed(self._direct))

    def since(self, shard: int) -> int | None:
        """After which message to look on this shard; None where nothing was seen before."""
        return self._newest.get(shard) or min(self._newest.values(), default=None)


def _write(file: Path, words: str) -> None:
    """Put the words in the file's place at once. The draft has a name of its own: another process may write too."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=file.parent, prefix=file.name, suffix=".new", delete=False
    ) as opened:
        draft = Path(opened.name)
        try:
            opened.write(words)
            opened.close()
            draft.replace(file)
        except OSError:
            draft.unlink(missing_ok=True)
            raise


async def find_missed(
    guilds: Sequence[discord.Guild],
    *,
    direct: Sequence[discord.abc.Messageable] = (),
    since: int,
    now: datetime | None = None,
) -> AsyncIterator[discord.Message]:
    """Messages in these servers and conversations after `since`, oldest first in each channel.

    At most a day's, and bounded in number; for the message content see `adapters.discord.listening`.
    """
    earliest = discord.utils.time_snowflake((now or datetime.now(UTC)) - _LONGEST)
    after = discord.Object(max(since, earliest))
    channels = [channel for guild in guilds for channel in _talked_in(guild, after=after.id)]
    if len(channels) > _MOST_CHANNELS:
        logger.warning("%d channels had messages meanwhile; looking through %d", len(channels), _MOST_CHANNELS)
    for channel in (*direct, *channels[:_MOST_CHANNELS]):
        try:
            async for message in channel.history(after=after, limit=_MOST_MESSAGES, oldest_first=True):
                yield message
        except (TimeoutError, discord.HTTPException) as refusal:
            logger.info("a channel could not be looked through: %s", type(refusal).__name__)


def _talked_in(guild: discord.Guild, *, after: int) -> list[Talk]:
    """Channels and threads of the server that say they had a message since, and that we may read."""
    places: tuple[Talk, ...] = (
        *guild.text_channels,
        *guild.voice_channels,
        *guild.stage_channels,
        *(thread for thread in guild.threads if thread.parent is not None),
    )
    return [
        place
        for place in places
        if (place.last_message_id or 0) > after and place.permissions_for(guild.me).read_message_history
    ]
