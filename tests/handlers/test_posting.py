"""Posting once: what is done when nobody knows whether a post stands, and how edits are paced. No real time passes."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from bot.errors import CannotPost, LookupRefused, StoreUnavailable, TryLater
from bot.store import Store
from bot.store.records import RequestRecord
from handlers.events import DeliveryDelayed, ServiceEvent
from handlers.persistence import Pace, persist
from handlers.posting import WHISPERED, Patience, PrivateWord, ThreadPost, marker_of
from handlers.reply import Notice, Reply
from tests.handlers.service_room import incoming

LOST = TryLater("The connection was lost.")


@dataclass(slots=True)
class Time:
    """Seconds that pass only while somebody waits."""

    passed: float = 0.0

    async def sleep(self, seconds: float) -> None:
        self.passed += seconds

    @property
    def pace(self) -> Pace:
        return Pace(now=lambda: self.passed, sleep=self.sleep)


@dataclass(slots=True)
class FaultyThread:
    """A thread that meets the given errors, one a call of that kind; "taken" with an error: posted, and then raised."""

    time: Time
    errors: dict[str, list[Exception]] = field(default_factory=dict)
    taken: bool = False
    posts: dict[str, str] = field(default_factory=dict)
    said: list[tuple[float, str]] = field(default_factory=list)

    def _meet(self, kind: str) -> None:
        if self.errors.get(kind):
            raise self.errors[kind].pop(0)

    async def post(self, reply: Reply, *, marker: str) -> str:
        if self.taken or not self.errors.get("post"):
            self.posts[f"m{len(self.posts)}"] = marker
            self.said.append((self.time.passed, _text(reply)))
        self._meet("post")
        return f"m{len(self.posts) - 1}"

    async def edit(self, message: str, reply: Reply) -> None:
        self._meet("edit")
        self.said.append((self.time.passed, f"{message}: {_text(reply)}"))

    async def find(self, marker: str) -> str | None:
        self._meet("find")
        return next((id_ for id_, found in self.posts.items() if found == marker), None)

    async def whisper(self, user: str, reply: Reply) -> None:
        self._meet("whisper")
        self.said.append((self.time.passed, f"to {user}: {_text(reply)}"))

    async def remove(self, message: str) -> None:
        self._meet("remove")
        self.posts.pop(message, None)


@dataclass(slots=True)
class Desk:
    """One accepted request, and the time and thread it is answered in."""

    request: RequestRecord
    store: Store
    time: Time
    thread: FaultyThread
    events: list[ServiceEvent] = field(default_factory=list)

    def post(self) -> ThreadPost:
        """As a process does that knows nothing of one before."""
        return ThreadPost(self.request, **self._around())  # type: ignore[arg-type]  # the same for both

    def word(self) -> PrivateWord:
        return PrivateWord(self.request, **self._around())  # type: ignore[arg-type]  # the same for both

    def _around(self) -> dict[str, object]:
        patience = Patience(platform="chat", pace=self.time.pace, observe=self.events.append)
        return {
            "thread": self.thread,
            "deliveries": self.store.deliveries,
            "pace": self.time.pace,
            "patience": patience,
        }


@pytest_asyncio.fixture
async def desk(store: Store) -> AsyncIterator[Desk]:
    asked = incoming("check it")
    request = RequestRecord(
        id=asked.id, place=asked.place, asker=asked.asker, message="check it", accepted_at=datetime.now(UTC)
    )
    await store.requests.accept(request, keys=asked.keys)
    time = Time()
    yield Desk(request, store, time, FaultyThread(time))


def say(text: str) -> Reply:
    return Reply(parts=(Notice(text=text),))


def _text(reply: Reply) -> str:
    (notice,) = reply.parts
    assert isinstance(notice, Notice)
    return notice.text


def test_a_marker_is_the_same_every_time_and_fits_every_platform() -> None:
    assert marker_of("slack:T1:C1:1.1") == marker_of("slack:T1:C1:1.1")
    assert marker_of("slack:T1:C1:1.1") != marker_of("slack:T1:C1:1.2")
    assert len(marker_of("any")) == 22
    assert marker_of("any").isalnum()


@pytest.mark.asyncio
async def test_the_answer_follows_its_placeholder_at_once_and_an_edit_by_three_seconds(desk: Desk) -> None:
    post = desk.post()
    await post.place(say("Queued"))
    await post.progress(say("too soon to be shown"))
    await desk.time.sleep(10)
    await post.progress(say("Reading"))
    await desk.time.sleep(1)
    await post.progress(say("too soon again"))
    await post.settle(say("Report"))
    assert desk.thread.said == [(0, "Queued"), (10, "m0: Reading"), (13, "m0: Report")]


@pytest.mark.asyncio
async def test_of_several_words_about_the_work_at_once_one_is_shown(desk: Desk) -> None:
    post = desk.post()
    await post.place(say("Queued"))
    await desk.time.sleep(10)
    await asyncio.gather(*(post.progress(say(f"Checking {number}")) for number in range(3)))
    assert desk.thread.said == [(0, "Queued"), (10, "m0: Checking 0")]


@pytest.mark.asyncio
async def test_a_word_about_the_work_does_not_wait_for_the_platform(desk: Desk) -> None:
    post = desk.post()
    await post.place(say("Queued"))
    await desk.time.sleep(10)
    desk.thread.errors["edit"] = [TryLater("slowly", seconds=40)]
    await post.progress(say("Reading"))
    assert desk.time.passed == 10
    await post.settle(say("Report"))
    assert desk.thread.said[-1] == (53, "m0: Report")


@pytest.mark.asyncio
async def test_after_a_crash_a_post_that_stands_is_adopted(desk: Desk) -> None:
    await desk.store.deliveries.begin(desk.request.id, marker=marker_of(desk.request.id), place=desk.request.place)
    await desk.thread.post(say("Reading"), marker=marker_of(desk.request.id))
    post = desk.post()
    await post.place(say("Reading"))
    await post.settle(say("Report"))
    assert list(desk.thread.posts) == ["m0"]
    assert desk.thread.said[-1][1] == "m0: Report"


@pytest.mark.asyncio
async def test_after_a_crash_before_the_post_it_is_posted(desk: Desk) -> None:
    await desk.store.deliveries.begin(desk.request.id, marker=marker_of(desk.request.id), place=desk.request.place)
    await desk.post().place(say("Reading"))
    assert list(desk.thread.posts) == ["m0"]


@pytest.mark.asyncio
async def test_an_answer_without_a_placeholder_is_posted_once_and_said_again_by_an_edit(desk: Desk) -> None:
    await desk.post().settle(say("Help"))
    await desk.post().settle(say("Help"))
    assert desk.thread.said == [(0, "Help"), (0, "m0: Help")]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("taken", "post", "find"),
    [
        (True, [LOST], []),
        (True, [LOST, LOST], []),
        (False, [LOST], []),
        (False, [TryLater("slowly", seconds=7)], []),
        (True, [LOST], [LookupRefused("no"), TryLater("slowly", seconds=60)]),
        (False, [LOST, TryLater("slowly", seconds=7), LOST], [LOST]),
    ],
)
async def test_whatever_happens_to_the_post_one_stands(
    desk: Desk, *, taken: bool, post: list[Exception], find: list[Exception]
) -> None:
    desk.thread.taken = taken
    desk.thread.errors = {"post": list(post), "find": list(find)}
    await desk.post().place(say("Reading"))
    assert len(desk.thread.posts) == 1
    delivery = await desk.store.deliveries.load(desk.request.id)
    assert delivery is not None
    assert delivery.message == "m0"


@pytest.mark.asyncio
async def test_where_looking_is_refused_for_good_it_is_posted_rather_than_not_at_all(desk: Desk) -> None:
    desk.thread.errors = {"post": [LOST], "find": [LookupRefused("no")] * 9}
    await desk.post().place(say("Reading"))
    assert len(desk.thread.posts) == 1
    assert desk.time.passed > 30


@pytest.mark.asyncio
async def test_the_platform_is_asked_as_late_as_it_says_and_given_up_after_a_while(desk: Desk) -> None:
    desk.thread.errors = {"post": [TryLater("slowly", seconds=7), *[LOST] * 40]}
    with pytest.raises(TryLater):
        await desk.post().place(say("Reading"))
    delays = [event.seconds for event in desk.events if isinstance(event, DeliveryDelayed)]
    assert delays[:4] == [7, 2, 4, 8]
    assert max(delays) == 300
    assert len(delays) == 19


@pytest.mark.asyncio
async def test_what_will_not_pass_is_raised_at_once(desk: Desk) -> None:
    desk.thread.errors = {"post": [CannotPost("archived")]}
    with pytest.raises(CannotPost):
        await desk.post().place(say("Reading"))
    assert desk.time.passed == 0


@pytest.mark.asyncio
async def test_a_post_is_taken_back_by_a_process_that_did_not_write_it(desk: Desk) -> None:
    await desk.post().place(say("Reading"))
    await desk.post().take_back()
    await desk.post().take_back()
    assert desk.thread.posts == {}


@pytest.mark.asyncio
async def test_a_whisper_is_noted_and_not_repeated_once_it_is(desk: Desk) -> None:
    for _ in range(2):
        word = desk.word()
        await word.place(say("Reading"))
        await word.progress(say("Reading"))
        await word.settle(say("Report"))
        await word.take_back()
    assert desk.thread.said == [(0, "to U1: Report")]
    delivery = await desk.store.deliveries.load(desk.request.id)
    assert delivery is not None
    assert delivery.message == WHISPERED


@pytest.mark.asyncio
async def test_a_whisper_that_may_or_may_not_have_been_heard_is_repeated(desk: Desk) -> None:
    await desk.store.deliveries.begin(desk.request.id, marker=marker_of(desk.request.id), place=desk.request.place)
    await desk.word().settle(say("Report"))
    assert desk.thread.said == [(0, "to U1: Report")]


@pytest.mark.asyncio
async def test_the_store_is_asked_for_a_minute_at_least_before_it_is_given_up() -> None:
    time, calls = Time(), []

    async def call() -> None:
        calls.append(time.passed)
        msg = "locked"
        raise StoreUnavailable(msg)

    with pytest.raises(StoreUnavailable):
        await persist(call, pace=time.pace)
    assert time.passed >= 60
    assert len(calls) > 8
