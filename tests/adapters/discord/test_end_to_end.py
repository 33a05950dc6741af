"""Discord with the real service and store behind it, and the real queue where a process dies.

Only reading and checking are quick and made up.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.document import Document
from bot.report import Report
from bot.store import Store, open_store
from bot.store.records import AutoCheck, ChannelSettings, RequestState
from handlers.checking import Desk as ReadingDesk
from handlers.persistence import Pace
from handlers.service import open_service
from tests.adapters.chat.quick_service import open_quick_service
from tests.adapters.discord.conftest import MENTION, Desk, running
from tests.adapters.discord.limits import buttons_of, displayed
from tests.adapters.discord.world import Channel, Json
from tests.handlers.newsroom import CHIEF, report_on
from tests.report_samples import text_document

LINK = "https://news.example/bridge"
ARTICLE = "Bridge to close\nThe bridge will close on Monday [3]. The mayor was warned in May [0]."


@dataclass(slots=True)
class Engine:
    """Stands in for fetching, reading and checking; remembers what it read, and holds still when told to."""

    read: list[str] = field(default_factory=list)
    going: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.going.set()

    async def read_link(self, url: str, *, known: Document | None = None) -> Document:
        self.read.append(url)
        return known or text_document(ARTICLE, title="Bridge to close", url=url)

    def read_text(self, text: str) -> Document:
        self.read.append(text)
        return text_document(text)

    async def read_file(self, name: str, data: bytes) -> Document:
        self.read.append(name)
        return text_document(data.decode(), title=name)

    async def check(self, document: Document) -> Report:
        await self.going.wait()
        return report_on(document)

    @property
    def desk(self) -> ReadingDesk:
        return ReadingDesk(
            read_link=self.read_link, read_text=self.read_text, read_file=self.read_file, check=self.check
        )


@asynccontextmanager
async def serving(desk: Desk, engine: Engine, *, folder: Path, durable: bool = False) -> AsyncIterator[Store]:
    """The whole bot for the length of the block; the folder outlives it. `durable`: with the queue that does too."""
    url = f"sqlite:///{folder / 'checks.db'}"
    async with open_store(url) as store:
        adapter = desk.open_adapter(store.channels, deliveries=store.deliveries)
        platforms = {"discord": adapter.platform}
        pace = Pace(sleep=hurry)
        opening = (
            open_service(store, database_url=url, platforms=platforms, desk=engine.desk, pace=pace)
            if durable
            else open_quick_service(store, platforms=platforms, desk=engine.desk, pace=pace)
        )
        async with opening as service, running(adapter, service):
            yield store


async def hurry(seconds: float) -> None:
    """A hundred times faster."""
    await asyncio.sleep(seconds / 100)


async def report_in(desk: Desk, channel: Channel | None) -> Json:
    """The report that stands in a channel or thread, once it does."""
    assert channel is not None
    found = await desk.server.until(lambda: [one for one in desk.server.own(channel) if "2 claims" in displayed(one)])
    return found[-1]


async def told(desk: Desk, known: Json) -> Json:
    """The answer to an interaction, once there is one."""
    answers: list[Json] = await desk.server.until(lambda: [one for one in known["answers"] if displayed(one)])
    return answers[0]


async def thread_of(desk: Desk, posted: Json) -> Channel:
    thread = await desk.server.until(lambda: desk.server.thread_on(posted))
    assert thread is not None
    return thread


def report_id(report: Json) -> str:
    (custom_id,) = {one for label, one in buttons_of(report).items() if label == "Sources"}
    return custom_id.rsplit(":", 1)[1]


@pytest.mark.asyncio
async def test_each_way_in_gives_the_same_stored_report(desk: Desk, tmp_path: Path) -> None:
    server, channel, engine = desk.server, desk.channel, Engine()
    server.content_allowed = True
    pointed = await server.say(channel, desk.bob, f"See {LINK}", quietly=True)
    marked = await server.say(channel, desk.bob, f"And {LINK}", quietly=True)
    started = server.add_thread(channel, "Talk")
    reports = []
    async with serving(desk, engine, folder=tmp_path) as store:
        await store.channels.save(desk.tenant, str(channel.id), ChannelSettings(auto_check=AutoCheck.LINKS), by=CHIEF)
        known = await server.command(channel, desk.ada, "settings")  # looks at the settings anew
        await server.until(lambda: known["answers"] and displayed(known["answers"][0]))
        await server.until(lambda: server.gateway.identified[-1] & 1 << 15 and server.gateway.sessions)
        mentioned = await server.say(channel, desk.ada, f"{MENTION} {LINK}")
        reports.append(await report_in(desk, await thread_of(desk, mentioned)))
        slash = await server.command(channel, desk.ada, "check", link_or_text=LINK)
        await server.until(lambda: slash.get("original"))
        reports.append(await report_in(desk, await thread_of(desk, slash["original"])))
        data = {"id": "2", "name": "Check claims", "type": 3, "target_id": pointed["id"],
                "resolved": {"messages": {pointed["id"]: pointed}}}  # fmt: skip
        await server.interact(channel, desk.ada, kind=2, data=data)
        reports.append(await report_in(desk, await thread_of(desk, pointed)))
        await server.react(channel, marked, desk.ada, "🔍")
        reports.append(await report_in(desk, await thread_of(desk, marked)))
        unasked = await server.say(channel, desk.bob, f"news: {LINK}")
        reports.append(await report_in(desk, await thread_of(desk, unasked)))
        await server.say(started, desk.ada, f"{MENTION} {LINK}")
        reports.append(await report_in(desk, started))
    assert len({report_id(report) for report in reports}) == 1
    assert engine.read == [LINK], "the others are answered from the store"


@pytest.mark.asyncio
async def test_a_file_and_a_direct_message_are_answered_where_they_came_from(desk: Desk, tmp_path: Path) -> None:
    direct = desk.server.add_direct(desk.ada)
    file = desk.server.add_file("story.txt", ARTICLE.encode())
    async with serving(desk, Engine(), folder=tmp_path):
        asked = await desk.server.say(desk.channel, desk.ada, MENTION, attachments=[file])
        await report_in(desk, await thread_of(desk, asked))
        await desk.server.say(direct, desk.ada, LINK)
        await report_in(desk, direct)


@pytest.mark.asyncio
async def test_buttons_work_after_a_restart_on_what_is_stored(desk: Desk, tmp_path: Path) -> None:
    async with serving(desk, Engine(), folder=tmp_path):
        asked = await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}")
        thread = await thread_of(desk, asked)
        report = await report_in(desk, thread)
    buttons = buttons_of(report)
    async with serving(desk, Engine(), folder=tmp_path):
        known = await desk.server.click(thread, desk.bob, buttons["Sources"], on=report)
        await desk.server.until(lambda: [one for one in known["answers"] if "Mira Olsen" in displayed(one)])
        opened = await desk.server.click(thread, desk.bob, buttons["Overrule…"], on=report)
        form = (await desk.server.until(lambda: opened["callback"]))["data"]
        sent = await desk.server.submit(thread, desk.bob, form, {"claim": "2", "grade": "4", "reason": "On tape."})
        await desk.server.until(lambda: [one for one in sent["answers"] if "On tape" in displayed(one)])
        data = {"custom_id": f"menu:export:{report_id(report)}", "component_type": 3,
                "values": [f"cc1:export:{report_id(report)}:json"]}  # fmt: skip
        export = await desk.server.interact(thread, desk.bob, kind=3, data=data, on=report)
        await desk.server.until(lambda: [one for one in export["answers"] if one["attachments"]])


@pytest.mark.parametrize("moment", ["the connection breaks", "the process ends"])
@pytest.mark.asyncio
async def test_what_was_posted_just_before_a_fault_is_found_and_edited(desk: Desk, tmp_path: Path, moment: str) -> None:
    engine = Engine()
    engine.going.clear()
    desk.server.rest.fail_next("POST", r"/messages$", after=True, drop=True)
    if moment == "the process ends":  # and the look for the post meets a fault as well
        desk.server.rest.fail_next("GET", r"/messages$", status=503)
    async with serving(desk, engine, folder=tmp_path, durable=moment == "the process ends") as store:
        asked = await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}")
        id_ = f"{desk.tenant}:{desk.channel.id}:{asked['id']}"
        thread = await thread_of(desk, asked)
        await desk.server.until(lambda: desk.server.own(thread))
        desk.server.nonces.clear()
        if moment == "the connection breaks":
            engine.going.set()
            await report_in(desk, thread)
            await settled(store, id_)
    engine.going.set()
    async with serving(desk, engine, folder=tmp_path, durable=moment == "the process ends") as store:
        await report_in(desk, thread)
        await settled(store, id_)
    assert len(desk.server.own(thread)) == 1


@pytest.mark.asyncio
async def test_a_message_deleted_mid_check_leaves_no_answer(desk: Desk, tmp_path: Path) -> None:
    engine = Engine()
    engine.going.clear()
    async with serving(desk, engine, folder=tmp_path) as store:
        asked = await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}")
        thread = await thread_of(desk, asked)
        await desk.server.until(lambda: desk.server.own(thread))
        await desk.server.delete(desk.channel, asked)
        await desk.server.until(lambda: not desk.server.own(thread))
        engine.going.set()
        assert await settled(store, f"{desk.tenant}:{desk.channel.id}:{asked['id']}") is RequestState.CANCELLED
    assert desk.server.own(thread) == []


@pytest.mark.asyncio
async def test_an_edited_message_is_checked_as_it_stands_now(desk: Desk, tmp_path: Path) -> None:
    engine = Engine()
    async with serving(desk, engine, folder=tmp_path):
        asked = await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}")
        thread = await thread_of(desk, asked)
        await report_in(desk, thread)
        await desk.server.edit(desk.channel, asked, f"{MENTION} {LINK}/corrected")
        offers = await desk.server.until(lambda: [one for one in desk.server.own(thread) if one["content"]])
        custom_id = buttons_of(offers[0])["Check the new version"]
        await desk.server.click(thread, desk.ada, custom_id, on=offers[0])
        await desk.server.until(
            lambda: len([one for one in desk.server.own(thread) if "2 claims" in displayed(one)]) == 2
        )
    assert engine.read == [LINK, f"{LINK}/corrected"]


@pytest.mark.asyncio
async def test_a_channel_it_may_not_write_in_is_told_to_the_asker_alone(desk: Desk, tmp_path: Path) -> None:
    desk.channel.bot_may = 1 << 10
    direct = desk.server.add_direct(desk.ada)
    async with serving(desk, Engine(), folder=tmp_path):
        await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}")
        (word,) = await desk.server.until(lambda: desk.server.own(direct))
    assert "Send Messages" in displayed(word)
    assert desk.server.own(desk.channel) == []


@pytest.mark.asyncio
async def test_two_servers_never_see_each_others_checks(desk: Desk, tmp_path: Path) -> None:
    engine = Engine()
    other = desk.server.add_guild("Daily Bugle", bot_may=-1)
    there = desk.server.add_channel(other, "desk")
    direct = desk.server.add_direct(desk.bob)
    async with serving(desk, engine, folder=tmp_path):
        asked = await desk.server.say(desk.channel, desk.ada, f"{MENTION} {LINK}")
        thread = await thread_of(desk, asked)
        report = await report_in(desk, thread)
        for place in (there, direct):
            known = await desk.server.click(place, desk.bob, buttons_of(report)["Sources"], on=report)
            assert "Mira Olsen" not in displayed(await told(desk, known))
            listed = await desk.server.command(place, desk.bob, "history")
            assert "Bridge" not in displayed(await told(desk, listed))
        again = await desk.server.say(there, desk.bob, f"{MENTION} {LINK}")
        second = await report_in(desk, await thread_of(desk, again))
    assert engine.read == [LINK, LINK], "what another server read is not there to answer from"
    assert report_id(second) != report_id(report)


@pytest.mark.asyncio
async def test_what_is_checked_in_a_private_thread_stays_in_it(desk: Desk, tmp_path: Path) -> None:
    secret = desk.server.add_thread(desk.channel, "Leads", kind=12)
    async with serving(desk, Engine(), folder=tmp_path):
        await desk.server.say(secret, desk.ada, f"{MENTION} {LINK}")
        report = await report_in(desk, secret)
        known = await desk.server.click(desk.channel, desk.bob, buttons_of(report)["Sources"], on=report)
        answer = await told(desk, known)
        inside = await desk.server.click(secret, desk.bob, buttons_of(report)["Sources"], on=report)
        await desk.server.until(lambda: [one for one in inside["answers"] if "Mira Olsen" in displayed(one)])
    assert "Mira Olsen" not in displayed(answer)


async def settled(store: Store, id_: str) -> RequestState:
    """The final state of a request, once it is final."""
    async with asyncio.timeout(40):
        while (state := (await store.requests.load(id_)).state) is RequestState.ACCEPTED:  # noqa: ASYNC110 - a database
            await asyncio.sleep(0.02)
    return state
