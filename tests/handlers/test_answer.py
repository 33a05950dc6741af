"""One handler for every platform: what it is asked, and what it answers."""

import asyncio
import dataclasses
import threading
from datetime import timedelta

import pytest

from bot import __version__
from bot.access import Reach
from bot.document import Document
from bot.errors import BadStatus, EmptyText, NotStored, UnreadableFile
from bot.report import Report
from bot.store import Store
from handlers.answer import Records, handle
from handlers.checking import MOST_LINKS, Desk
from handlers.reply import Card, Explanation, Notice, Reply
from handlers.request import Attachment, Request
from handlers.wording import HELP, NOTHING_KEPT, PUZZLED
from tests.handlers.newsroom import ANN, LINK, Site, article, place, show
from tests.report_samples import seed_report, text_document

ARTICLE = "The bridge will close in May, the council said. " * 5
FIRST, SECOND = "https://news.example/first", "https://news.example/second"


class Newsroom:
    """Stands in for fetching, reading and the engine, and remembers what it was asked."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.checked: list[str] = []
        self.threads: set[threading.Thread] = set()

    async def read_link(self, url: str, *, known: Document | None = None) -> Document:
        assert known is None
        link = url
        if link == FIRST:
            await asyncio.sleep(0.01)  # the first answers last
        if "missing" in link:
            msg = "The page answered 404: there is no such article."
            raise BadStatus(msg)
        self.read.append(link)
        return text_document(link, url=link)

    async def read_file(self, name: str, data: bytes) -> Document:
        if not data:
            msg = f"{name} is empty."
            raise UnreadableFile(msg)
        return text_document(data.decode())

    def read_text(self, text: str) -> Document:
        self.threads.add(threading.current_thread())
        if not text.strip():
            msg = "There is no text."
            raise EmptyText(msg)
        return text_document(text)

    async def check(self, document: Document) -> Report:
        self.checked.append(document.text)
        return seed_report()

    async def answer(self, request: Request) -> Reply:
        return await handle(request, desk=self.desk())

    def desk(self) -> Desk:
        return Desk(read_link=self.read_link, read_text=self.read_text, read_file=self.read_file, check=self.check)


def given(reply: Reply) -> list[str]:
    """What the cards and notices of a reply name as their inputs."""
    return [part.given for part in reply.parts if isinstance(part, Card | Notice)]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("message", "text"), [("help", HELP), ("version", f"claimcheck {__version__}"), ("hello there", PUZZLED)]
)
async def test_words_to_the_bot_are_answered_with_one_notice(message: str, text: str) -> None:
    assert (await Newsroom().answer(Request(message=message))).parts == (Notice(text=text),)


@pytest.mark.asyncio
async def test_a_pasted_text_is_checked() -> None:
    newsroom = Newsroom()
    (part,) = (await newsroom.answer(Request(message=ARTICLE))).parts
    assert isinstance(part, Card)
    assert newsroom.checked == [ARTICLE]
    assert part.elapsed_ms >= 0


@pytest.mark.asyncio
async def test_links_in_a_pasted_text_are_offered_and_not_fetched() -> None:
    newsroom = Newsroom()
    (part,) = (await newsroom.answer(Request(message=f"{ARTICLE} See {FIRST} for more."))).parts
    assert isinstance(part, Card)
    assert "a link" in part.notes[-1]
    assert newsroom.read == []


@pytest.mark.asyncio
async def test_several_links_are_answered_in_the_order_asked_whichever_comes_first() -> None:
    newsroom = Newsroom()
    reply = await newsroom.answer(Request(message=f"{FIRST} {SECOND}"))
    assert newsroom.read == [SECOND, FIRST]
    assert given(reply) == [FIRST, SECOND]


@pytest.mark.asyncio
async def test_a_link_that_fails_costs_only_itself() -> None:
    missing, good = (await Newsroom().answer(Request(message=f"https://news.example/missing {SECOND}"))).parts
    assert isinstance(missing, Notice)
    assert isinstance(missing.error, BadStatus)
    assert missing.text == "The page answered 404: there is no such article."
    assert isinstance(good, Card)


@pytest.mark.asyncio
async def test_links_beyond_the_most_are_named_and_not_fetched() -> None:
    newsroom = Newsroom()
    links = [f"https://news.example/{number}" for number in range(MOST_LINKS + 2)]
    reply = await newsroom.answer(Request(links=tuple(links)))
    assert len(newsroom.read) == MOST_LINKS
    last = reply.parts[-1]
    assert isinstance(last, Notice)
    assert all(link in last.text for link in links[MOST_LINKS:])


@pytest.mark.asyncio
async def test_files_are_answered_before_links() -> None:
    files = (Attachment(name="a.txt", data=ARTICLE.encode()), Attachment(name="b.txt", data=b""))
    reply = await Newsroom().answer(Request(message=SECOND, attachments=files))
    assert given(reply) == ["a.txt", "b.txt", SECOND]
    assert isinstance(reply.parts[1], Notice)


@pytest.mark.asyncio
async def test_an_empty_text_is_answered_with_its_sentence() -> None:
    (part,) = (await Newsroom().answer(Request(message="check "))).parts
    assert isinstance(part, Notice)
    assert part.text == "There is no text."


@pytest.mark.asyncio
async def test_plain_computation_does_not_hold_up_the_event_loop() -> None:
    newsroom = Newsroom()
    await newsroom.answer(Request(message=ARTICLE))
    assert threading.main_thread() not in newsroom.threads


@pytest.mark.asyncio
async def test_a_defect_is_not_swallowed() -> None:
    newsroom = Newsroom()

    async def broken(_document: Document) -> Report:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await handle(Request(message=ARTICLE), desk=dataclasses.replace(newsroom.desk(), check=broken))


@pytest.mark.asyncio
async def test_a_slip_of_the_keyboard_is_answered_with_what_was_meant() -> None:
    assert (await Newsroom().answer(Request(message="hlep"))).parts == (Notice(text="Did you mean “help”?"),)


@pytest.mark.asyncio
@pytest.mark.parametrize("message", ["why 3", "show all", "recheck", "history", "forget", "settings"])
async def test_without_a_store_commands_on_earlier_checks_are_told_that_nothing_is_kept(message: str) -> None:
    (part,) = (await Newsroom().answer(Request(message=message))).parts
    assert isinstance(part, Notice)
    assert part.text == NOTHING_KEPT
    assert isinstance(part.error, NotStored)


class TestWithAStore:
    """What was checked is kept, and answers."""

    def records(self, store: Store) -> Records:
        return Records(
            store=store,
            place=place(reach=Reach.DIRECT, message="9.9"),
            asker=ANN,
            fresh_for=timedelta(hours=24),
            clock=store.articles.clock,
        )

    @pytest.mark.asyncio
    async def test_a_link_is_answered_from_there_the_second_time(self, store: Store) -> None:
        site = Site(pages={LINK: article("The bridge will close [3].")})
        for stored in (False, True):
            (card,) = (await handle(Request(message=LINK), desk=site.desk(), records=self.records(store))).parts
            assert isinstance(card, Card)
            assert bool(card.stored) is stored
            assert card.report_id is not None
        assert site.fetched == [LINK]

    @pytest.mark.asyncio
    async def test_recheck_with_a_link_does_fetch_it(self, store: Store) -> None:
        site = Site(pages={LINK: article("The bridge will close [3].")})
        for message in (LINK, f"recheck {LINK}"):
            await handle(Request(message=message), desk=site.desk(), records=self.records(store))
        assert site.fetched == [LINK, LINK]

    @pytest.mark.asyncio
    async def test_recheck_alone_fetches_what_was_checked_here(self, store: Store) -> None:
        site = Site(pages={LINK: article("The bridge will close [3].")})
        await show(store, site.pages[LINK], at=place(reach=Reach.DIRECT))
        (card,) = (await handle(Request(message="recheck"), desk=site.desk(), records=self.records(store))).parts
        assert isinstance(card, Card)
        assert "has not changed" in card.stored
        assert site.fetched == [LINK]

    @pytest.mark.asyncio
    async def test_a_command_on_it_is_answered(self, store: Store) -> None:
        await show(store, article("The bridge will close [3]."), at=place(reach=Reach.DIRECT))
        (part,) = (await handle(Request(message="why 1"), desk=Site().desk(), records=self.records(store))).parts
        assert isinstance(part, Explanation)

    @pytest.mark.asyncio
    async def test_a_command_that_cannot_be_answered_is_told_why(self, store: Store) -> None:
        (part,) = (await handle(Request(message="why 1"), desk=Site().desk(), records=self.records(store))).parts
        assert isinstance(part, Notice)
        assert isinstance(part.error, NotStored)
