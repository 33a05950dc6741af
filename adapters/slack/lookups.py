"""What has to be asked of Slack before a request can be handed on: who reads along, who asks, what a message says."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from slack_sdk.web.async_client import AsyncWebClient

from adapters.chat.downloads import READABLE, RemoteFile, download_all, nothing_readable
from adapters.slack.faults import translated, translated_lookup
from adapters.slack.material import Material, SlackFile, read_file
from adapters.slack.payloads import Json, flag_at, list_at, map_at, text_at
from adapters.slack.places import Asking, reach_of
from adapters.slack.webapi import WebApi
from bot.access import Person, Reach
from bot.errors import LookupRefused, ThreadError
from handlers.request import Attachment

_KEPT_SECONDS = 60.0  # a channel may be made private, an admin may be one no more
_MOST_KEPT = 5_000
_LOOKUP_SECONDS = 1.0  # until an acknowledgement no longer waits to hear who reads along
_A_FEW = 3  # messages: of one inside a thread Slack gives the first of the thread, too

T = TypeVar("T")


class Recent(Generic[T]):
    """What was looked up less than a minute ago, or is being looked up: of many who ask at once, one looks."""

    def __init__(self, *, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._kept: OrderedDict[tuple[str, str], tuple[float, asyncio.Task[T]]] = OrderedDict()

    async def get(self, key: tuple[str, str], look: Callable[[], Coroutine[None, None, T]]) -> T:
        """What `look` finds, or found a moment ago. What it raises is not kept."""
        found = self._kept.get(key)
        if found is None or self._now() - found[0] >= _KEPT_SECONDS or _has_failed(found[1]):
            found = (self._now(), asyncio.create_task(look()))
            self._keep(key, found)
        return await asyncio.shield(found[1])  # one who gives up waiting takes nothing from the others

    def _keep(self, key: tuple[str, str], found: "tuple[float, asyncio.Task[T]]") -> None:
        self._kept[key] = found
        self._kept.move_to_end(key)
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)


def _has_failed(task: "asyncio.Task[T]") -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookups:
    """Asks Slack, and remembers for a minute. What cannot be found out counts as the more private."""

    api: WebApi
    reaches: Recent[Reach] = field(default_factory=Recent)
    people: Recent[Person] = field(default_factory=Recent)

    async def find_reach(self, asking: Asking, client: AsyncWebClient) -> Reach:
        """Who reads along in a channel. Slack is given a second to say so, since an acknowledgement may wait for it."""
        if asking.channel.startswith("D"):
            return Reach.DIRECT

        async def look() -> Reach:
            with translated():
                found = map_at((await client.conversations_info(channel=asking.channel)).data, "channel")
            return _reach_told(found)

        try:
            async with asyncio.timeout(_LOOKUP_SECONDS):
                return await self.reaches.get((asking.tenant, asking.channel), look)
        except (ThreadError, TimeoutError):
            return Reach.SHARED

    async def find_person(self, asking: Asking, client: AsyncWebClient) -> Person:
        """Who asks, and whether this person runs the workspace; with no more than the id where Slack does not say."""

        async def look() -> Person:
            with translated():
                user = map_at((await client.users_info(user=asking.user)).data, "user")
            return _person_told(user, asking)

        try:
            return await self.people.get((asking.tenant, asking.user), look)
        except ThreadError:
            return Person(id=asking.user)

    async def find_message(self, channel: str, ts: str, client: AsyncWebClient) -> Json:
        """A message by its time stamp, the first of a thread or one in it; LookupRefused, TryLater."""
        with translated_lookup():
            page = await client.conversations_replies(
                channel=channel, ts=ts, limit=_A_FEW, inclusive=True, oldest=ts, latest=ts
            )
        for message in list_at(page.data, "messages"):
            if text_at(message, "ts") == ts:
                return map_at(message)
        message = "The message is gone."
        raise LookupRefused(message)

    async def fetch_files(self, material: Material, client: AsyncWebClient) -> tuple[Attachment, ...]:
        """The files' bytes; UnreadableFile, TooManyFiles, TryLater, CannotPost (a missing scope)."""
        if not material.files:
            return ()
        asked = [file if file.url else await _ask_for(file, client) for file in material.files]
        complete = [file for file in asked if file.name.casefold().endswith(READABLE)]
        if not complete:
            raise nothing_readable()
        headers = {"Authorization": f"Bearer {client.token}"}
        remote = [RemoteFile(name=file.name, url=file.url, size=file.size, headers=headers) for file in complete]
        return await download_all(remote, session=self.api.session, origins=self.api.file_origins, proxy=self.api.proxy)


async def _ask_for(file: SlackFile, client: AsyncWebClient) -> SlackFile:
    """The file with its address: of files from another organisation, messages tell only the id."""
    with translated():
        told = map_at((await client.files_info(file=file.id)).data, "file")
    complete = read_file(told)
    return replace(complete, name=file.name or complete.name)


def _person_told(user: Json, asking: Asking) -> Person:
    name = text_at(user, "profile", "display_name") or text_at(user, "real_name") or text_at(user, "name")
    # Somebody of another organisation may be an admin there, but is none here.
    stranger = flag_at(user, "is_stranger") or text_at(user, "team_id") not in {"", asking.tenant.partition(":")[2]}
    admin = not stranger and any(flag_at(user, key) for key in ("is_admin", "is_owner", "is_primary_owner"))
    return Person(id=asking.user, name=name, admin=admin)


def _reach_told(channel: Json) -> Reach:
    shared = flag_at(channel, "is_ext_shared") or flag_at(channel, "is_org_shared") or flag_at(channel, "is_shared")
    kind = "group"
    if flag_at(channel, "is_im") or flag_at(channel, "is_mpim"):
        kind = "im"
    elif flag_at(channel, "is_channel") and not flag_at(channel, "is_private"):
        kind = "channel"
    return reach_of(kind, shared=shared) or Reach.SHARED
