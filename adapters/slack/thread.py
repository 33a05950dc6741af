"""A thread on Slack: post, edit, find again, whisper, take back."""

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.bots import Bot, Bots
from adapters.slack.faults import code_of, translated, translated_lookup
from adapters.slack.material import is_ours
from adapters.slack.payloads import list_at, text_at
from adapters.slack.places import NAME
from adapters.slack.rendering import Message, escape, files_of, render_many, render_one, render_rest
from adapters.slack.webapi import WebApi
from bot.access import Place
from bot.errors import CannotPost, ThreadError
from handlers.reply import Reply, ReplyFile

EVENT_TYPE = "claimcheck_answer"  # of the metadata that our posts carry

_TIME_STAMP = re.compile(r"\d{6,12}\.\d{1,9}")
_A_PAGE = 100  # messages of a thread looked through at a time; Slack gives fewer to apps that it limits
_MOST_PAGES = 5
_GONE = {"message_not_found", "thread_not_found"}

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackPlatform:
    """Slack, as the service uses it."""

    bots: Bots
    api: WebApi

    def open_thread(self, place: Place) -> "SlackThread":
        """The thread in which a request from this place is answered."""
        return SlackThread(place=place, platform=self)

    async def client(self, place: Place) -> AsyncWebClient:
        """A client with the token of the place's workspace."""
        return self.api.client((await self.bot(place)).token)

    async def bot(self, place: Place) -> Bot:
        """Who we are in the place's workspace."""
        return await self.bots.find(place.tenant.removeprefix(f"{NAME}:"))


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackThread:
    """See `handlers.thread.Thread`; a message's id is its time stamp."""

    place: Place
    platform: SlackPlatform

    @property
    def root(self) -> str | None:
        """The message that the thread belongs to; None where the answer begins one (slash command)."""
        root = self.place.thread or self.place.message
        return root if _TIME_STAMP.fullmatch(root) else None

    async def post(self, reply: Reply, *, marker: str) -> str:
        """Post once, with the marker in the message's metadata."""
        client = await self.platform.client(self.place)
        files = await self._upload(client, files_of(reply))
        message = render_one(reply)
        with translated():
            posted = await client.chat_postMessage(
                channel=self.place.channel,
                thread_ts=self.root,
                text=message.text,
                blocks=message.blocks,
                metadata={"event_type": EVENT_TYPE, "event_payload": {"marker": marker}},
                unfurl_links=False,
                unfurl_media=False,
            )
        ts = text_at(posted.data, "ts")
        if files:
            await self._attach(client, ts, message, files)
        return ts

    async def edit(self, message: str, reply: Reply) -> None:
        """Replace what our message says; its metadata stays, since none is given."""
        client = await self.platform.client(self.place)
        files = await self._upload(client, files_of(reply))
        with translated():
            await _update(client, self.place.channel, message, render_one(reply), files=files)

    async def find(self, marker: str) -> str | None:
        """Our message with the marker, and no other app's; LookupRefused where Slack does not let us look."""
        bot = await self.platform.bot(self.place)
        client = self.platform.api.client(bot.token)
        cursor = ""
        for _ in range(_MOST_PAGES):
            with translated_lookup():
                page = await self._read_page(client, cursor)
            for message in list_at(page, "messages"):
                metadata = (text_at(message, "metadata", "event_type"), _marker(message))
                if metadata == (EVENT_TYPE, marker) and is_ours(message, bot_user=bot.user, bot_id=bot.id):
                    return text_at(message, "ts")
            cursor = text_at(page, "response_metadata", "next_cursor")
            if not cursor:
                break
        return None

    async def whisper(self, user: str, reply: Reply) -> None:
        """Tell one person: seen by nobody else in the channel, or by direct message where that cannot be."""
        client = await self.platform.client(self.place)
        words = [part for part in reply.parts if not isinstance(part, ReplyFile)]
        files = (*files_of(reply), *render_rest(words))
        await self.tell(user, render_many(words))
        if files:
            await self._send_files(client, files, channel=await self._direct_channel(client, user))

    async def tell(self, user: str, messages: Sequence[Message]) -> None:
        """The same with messages as they are."""
        client = await self.platform.client(self.place)
        try:
            await self._whisper_here(client, user, messages)
        except CannotPost as refusal:
            logger.info("told a person by direct message instead of in the channel: %s", code_of(refusal.__cause__))
            channel = await self._direct_channel(client, user)
            for message in messages:
                with translated():
                    await _say(client, channel, message, thread=None)

    async def send_files(self, files: Sequence[ReplyFile]) -> None:
        """Put files into the thread, each a message of its own."""
        await self._send_files(await self.platform.client(self.place), files, channel=self.place.channel)

    async def remove(self, message: str) -> None:
        """Take our message back."""
        client = await self.platform.client(self.place)
        with translated():
            try:
                await client.chat_delete(channel=self.place.channel, ts=message)
            except SlackApiError as error:
                if code_of(error) not in _GONE:
                    raise

    async def _whisper_here(self, client: AsyncWebClient, user: str, messages: Sequence[Message]) -> None:
        direct = self.place.channel.startswith("D")
        # In a thread that nobody has answered in yet Slack shows such a message to no one.
        thread = self.place.thread if self.place.thread != self.place.message else None
        for message in messages:
            with translated():
                if direct:
                    await _say(client, self.place.channel, message, thread=self.root)
                else:
                    await client.chat_postEphemeral(
                        channel=self.place.channel,
                        user=user,
                        thread_ts=thread,
                        text=message.text,
                        blocks=message.blocks,
                    )

    async def _direct_channel(self, client: AsyncWebClient, user: str) -> str:
        with translated():
            opened = await client.conversations_open(users=user)
        return text_at(opened.data, "channel", "id")

    async def _read_page(self, client: AsyncWebClient, cursor: str) -> object:
        """Some messages after the one that asked."""
        channel = self.place.channel
        if self.root is None:
            found = await client.conversations_history(
                channel=channel, limit=_A_PAGE, cursor=cursor or None, include_all_metadata=True
            )
        else:
            after = self.place.message if _TIME_STAMP.fullmatch(self.place.message) else None
            found = await client.conversations_replies(
                channel=channel,
                ts=self.root,
                oldest=after,
                limit=_A_PAGE,
                cursor=cursor or None,
                include_all_metadata=True,
            )
        return found.data

    async def _upload(self, client: AsyncWebClient, files: Sequence[ReplyFile]) -> list[str]:
        """The ids of files that belong to no channel yet."""
        if not files:
            return []
        with translated():
            return _ids(await client.files_upload_v2(file_uploads=[_upload_of(file) for file in files]))

    async def _send_files(self, client: AsyncWebClient, files: Sequence[ReplyFile], *, channel: str) -> None:
        thread = self.root if channel == self.place.channel else None
        caption = "\n".join(escape(file.caption) for file in files if file.caption)
        with translated():
            await client.files_upload_v2(
                file_uploads=[_upload_of(file) for file in files],
                channel=channel,
                thread_ts=thread,
                initial_comment=caption or None,
            )

    async def _attach(self, client: AsyncWebClient, ts: str, message: Message, files: list[str]) -> None:
        """Put files on what was just posted. It stands: whatever happens here must not have it posted again."""
        try:
            with translated():
                await _update(client, self.place.channel, ts, message, files=files)
        except ThreadError as error:
            logger.warning("files could not be put on a post: %s", error.code)


async def _say(client: AsyncWebClient, channel: str, message: Message, *, thread: str | None) -> None:
    await client.chat_postMessage(
        channel=channel,
        thread_ts=thread,
        text=message.text,
        blocks=message.blocks,
        unfurl_links=False,
        unfurl_media=False,
    )


async def _update(client: AsyncWebClient, channel: str, ts: str, message: Message, *, files: list[str]) -> None:
    await client.chat_update(channel=channel, ts=ts, text=message.text, blocks=message.blocks, file_ids=files or None)


def _marker(message: object) -> str:
    return text_at(message, "metadata", "event_payload", "marker")


def _upload_of(file: ReplyFile) -> dict[str, str]:
    return {"filename": file.name, "content": file.text, "title": file.name}


def _ids(response: object) -> list[str]:
    return [text_at(file, "id") for file in list_at(getattr(response, "data", None), "files")]
