"""Commands on what was checked before, answered from a real store."""

import dataclasses

import pytest

from bot.access import Audience, Person, Place, Reach
from bot.errors import InputError, NotAllowed, NotStored
from bot.report import Grade
from bot.store import Store
from bot.store.records import RequestRecord, RequestState, TenantSettings, Who
from handlers.commands import (
    ChangeSetting,
    ExplainClaim,
    Export,
    ExportFormat,
    Forget,
    OverruleClaim,
    SendFeedback,
    ShowAll,
    ShowHistory,
    ShowSettings,
    ShowSources,
    StoredCommand,
    Undo,
)
from handlers.reply import Card, Explanation, HistoryList, Notice, Part, ReplyFile, SettingsSheet, SourceList
from handlers.stored import answer_stored
from tests.handlers.newsroom import ANN, BOB, CHIEF, LINK, TENANT, article, place, show

pytestmark = pytest.mark.asyncio

BRIDGE = article("The bridge will close in May [3].", "Nobody will be able to cross it [0].", "It is old [4].")
FERRY = article("The ferry sank [2].", title="Ferry sinks", url="https://news.example/ferry")
OVERRULE = OverruleClaim(claim="c1", grade=Grade.DOCUMENTED, reason="The minutes are public.")


async def ask(
    store: Store, command: StoredCommand, *, at: Place | None = None, asker: Person = ANN, privately: bool = False
) -> tuple[Part, ...]:
    reply = await answer_stored(
        command,
        store=store,
        place=at or place(message="2.2"),
        asker=asker,
        now=store.articles.clock(),
        privately=privately,
    )
    return reply.parts


async def test_why_gives_the_claim_with_its_reasons(store: Store) -> None:
    (id_,) = await show(store, BRIDGE)
    (part,) = await ask(store, ExplainClaim(claim="c2"))
    assert isinstance(part, Explanation)
    assert (part.headline, part.line.id, part.line.grade, part.report_id) == ("Bridge to close", "c2", 0, id_)
    assert part.line.reasons


async def test_a_claim_that_is_not_there_is_named_with_those_that_are(store: Store) -> None:
    await show(store, BRIDGE)
    with pytest.raises(NotStored, match=r"no claim 7 in Bridge to close; it has 1 to 3\."):
        await ask(store, ExplainClaim(claim="c7"))


async def test_where_nothing_was_checked_that_is_said(store: Store) -> None:
    with pytest.raises(NotStored, match="no check here"):
        await ask(store, ShowAll())


async def test_show_all_gives_the_whole_report_with_its_date(store: Store) -> None:
    (id_,) = await show(store, BRIDGE)
    (card,) = await ask(store, ShowAll())
    assert isinstance(card, Card)
    assert (card.everything, card.report_id, card.given) == (True, id_, LINK)
    assert card.stored == "Checked on 24 November 2026 at 10:32 UTC; “check again” fetches it anew."


async def test_a_pasted_text_is_not_offered_to_be_fetched_again(store: Store) -> None:
    await show(store, dataclasses.replace(BRIDGE, url=None))
    (card,) = await ask(store, ShowAll())
    assert isinstance(card, Card)
    assert (card.given, card.stored) == ("text", "Checked on 24 November 2026 at 10:32 UTC.")


async def test_sources_are_listed_with_the_claims_that_rest_on_them(store: Store) -> None:
    await show(store, BRIDGE)
    (part,) = await ask(store, ShowSources())
    assert isinstance(part, SourceList)
    told = [(line.name, line.footing, line.title, line.claims) for line in part.lines]
    assert told == [
        ("Mira Olsen", "named person", "harbour master", ("c1", "c3")),
        ("nobody", "no source is cited", None, ("c2",)),
    ]


@pytest.mark.parametrize("format_", ExportFormat)
async def test_a_report_leaves_as_a_file(store: Store, format_: ExportFormat) -> None:
    await show(store, BRIDGE)
    (file,) = await ask(store, Export(format=format_))
    assert isinstance(file, ReplyFile)
    assert file.name == f"claimcheck-bridge-to-close.{format_}"
    assert "The bridge will close in May" in file.text


async def test_history_lists_what_may_be_seen_newest_first(store: Store) -> None:
    await show(store, BRIDGE)
    store.articles.clock.move(days=1)  # type: ignore[attr-defined]  # the test's clock
    await show(store, FERRY, at=place(message="1.2"))
    (part,) = await ask(store, ShowHistory())
    assert isinstance(part, HistoryList)
    assert [(line.title, line.when) for line in part.lines] == [
        ("Ferry sinks", "today at 10:32 UTC"),
        ("Bridge to close", "yesterday at 10:32 UTC"),
    ]
    assert part.lines[1].grades == "3 claims: 1 strong · 1 moderate · 0 weak · 1 unsourced"
    (found,) = await ask(store, ShowHistory(query="ferry"))
    assert isinstance(found, HistoryList)
    assert [line.title for line in found.lines] == ["Ferry sinks"]


async def test_a_history_without_a_hit_says_so(store: Store) -> None:
    (part,) = await ask(store, ShowHistory(query="volcano"))
    assert isinstance(part, Notice)
    assert "“volcano”" in part.text


async def test_settings_are_shown_and_changed(store: Store) -> None:
    (notice,) = await ask(store, ChangeSetting(name="detail", value="full"), asker=CHIEF)
    assert isinstance(notice, Notice)
    assert "“full”" in notice.text
    (sheet,) = await ask(store, ShowSettings())
    assert isinstance(sheet, SettingsSheet)
    assert [line.value for line in sheet.lines if line.name == "detail"] == ["full"]


async def test_a_report_without_claims_has_none_to_explain(store: Store) -> None:
    await show(store, article("It rained."))
    with pytest.raises(NotStored, match="No claims were found in Bridge to close"):
        await ask(store, ExplainClaim(claim="c1"))


class TestSeveralArticles:
    async def test_the_first_is_taken_and_the_others_are_offered(self, store: Store) -> None:
        _, ferry = await show(store, BRIDGE, FERRY)
        explanation, choice = await ask(store, ExplainClaim(claim="c1"))
        assert isinstance(explanation, Explanation)
        assert explanation.headline == "Bridge to close"
        assert isinstance(choice, Notice)
        assert f"“why 1 of {ferry}” for Ferry sinks" in choice.text

    async def test_the_one_that_has_the_claim_is_meant(self, store: Store) -> None:
        await show(store, FERRY, BRIDGE)
        (explanation,) = await ask(store, ExplainClaim(claim="c3"))
        assert isinstance(explanation, Explanation)
        assert explanation.headline == "Bridge to close"

    async def test_a_named_report_is_the_one(self, store: Store) -> None:
        _, ferry = await show(store, BRIDGE, FERRY)
        (explanation,) = await ask(store, ExplainClaim(claim="c1", report=ferry))
        assert isinstance(explanation, Explanation)
        assert explanation.headline == "Ferry sinks"

    async def test_a_grade_is_not_set_on_a_guess(self, store: Store) -> None:
        bridge, ferry = await show(store, BRIDGE, FERRY)
        with pytest.raises(InputError, match=f"“overrule 1 of {ferry} 5 …” for Ferry sinks"):
            await ask(store, OVERRULE)
        assert await store.reviews.overrules(bridge) == await store.reviews.overrules(ferry) == ()

    async def test_undo_takes_back_the_latest_of_all(self, store: Store) -> None:
        bridge, ferry = await show(store, BRIDGE, FERRY)
        await ask(store, dataclasses.replace(OVERRULE, report=ferry))
        store.articles.clock.move(minutes=1)  # type: ignore[attr-defined]  # the test's clock
        await ask(store, dataclasses.replace(OVERRULE, report=bridge))
        await ask(store, Undo())
        assert (await store.articles.load_report(bridge)).overrules == ()
        assert len((await store.articles.load_report(ferry)).overrules) == 1


class TestOverruling:
    async def test_a_grade_is_kept_and_shown_beside_the_machines(self, store: Store) -> None:
        await show(store, BRIDGE)
        notice, explanation = await ask(store, OVERRULE)
        assert isinstance(notice, Notice)
        assert "claim c1 is kept: 5" in notice.text
        assert isinstance(explanation, Explanation)
        assert explanation.line.grade == 3
        assert explanation.line.overruled == "Ann set this to 5 (was 3): The minutes are public."

    async def test_it_is_taken_back_by_undo(self, store: Store) -> None:
        (id_,) = await show(store, BRIDGE)
        await ask(store, OVERRULE)
        notice, explanation = await ask(store, Undo())
        assert isinstance(notice, Notice)
        assert "grade 5 for claim c1 is taken back" in notice.text
        assert isinstance(explanation, Explanation)
        assert explanation.line.overruled == ""
        (made,) = await store.reviews.overrules(id_)
        assert made.undone_by == ANN

    async def test_nobody_undoes_anothers_grade(self, store: Store) -> None:
        await show(store, BRIDGE)
        await ask(store, OVERRULE)
        with pytest.raises(NotStored, match="You have set no grade here"):
            await ask(store, Undo(), asker=BOB)

    async def test_a_tenant_may_leave_it_to_its_admins(self, store: Store) -> None:
        await show(store, BRIDGE)
        await store.channels.save_tenant(TENANT, TenantSettings(overrule_by=Who.ADMINS), by=CHIEF)
        with pytest.raises(NotAllowed, match="only admins may set grades"):
            await ask(store, OVERRULE)
        await ask(store, OVERRULE, asker=CHIEF)

    @pytest.mark.parametrize("reason", ["", "  \n", "x" * 1001])
    async def test_a_reason_is_needed_and_may_not_be_endless(self, store: Store, reason: str) -> None:
        (id_,) = await show(store, BRIDGE)
        with pytest.raises(InputError):
            await ask(store, dataclasses.replace(OVERRULE, reason=reason))
        assert await store.reviews.overrules(id_) == ()

    async def test_a_claim_that_is_not_there_cannot_be_overruled(self, store: Store) -> None:
        await show(store, BRIDGE)
        with pytest.raises(NotStored, match="no claim 9"):
            await ask(store, dataclasses.replace(OVERRULE, claim="c9"))


class TestFeedback:
    async def test_it_is_kept_with_the_report(self, store: Store) -> None:
        (id_,) = await show(store, BRIDGE)
        (notice,) = await ask(store, SendFeedback(report=id_, reason="Misses the main source."))
        assert isinstance(notice, Notice)
        assert "Thank you" in notice.text
        kept = [line async for line in store.keeping.export(TENANT)]
        assert any("Misses the main source." in line for line in kept)

    async def test_it_needs_words(self, store: Store) -> None:
        (id_,) = await show(store, BRIDGE)
        with pytest.raises(InputError):
            await ask(store, SendFeedback(report=id_, reason=" "))


class TestForgetting:
    async def test_what_the_asker_asked_for_goes_and_is_counted(self, store: Store) -> None:
        (mine,) = await show(store, BRIDGE)
        (theirs,) = await show(store, FERRY, at=place(message="1.2"), asker=BOB)
        (notice,) = await ask(store, Forget())
        assert isinstance(notice, Notice)
        assert notice.text.startswith(
            "Deleted of what you asked me to check: 1 request, 1 article, 1 report and 1 record of an answer."
        )
        with pytest.raises(NotStored):
            await store.articles.load_report(mine)
        await store.articles.load_report(theirs)

    async def test_the_request_that_asks_for_it_stays_until_it_is_answered(self, store: Store) -> None:
        await show(store, BRIDGE)
        asking = place(message="2.2")
        id_ = f"{TENANT}:C1:2.2"
        await store.requests.accept(
            RequestRecord(id=id_, place=asking, asker=ANN, message="forget", accepted_at=store.articles.clock()),
            keys=frozenset(),
        )
        (notice,) = await ask(store, Forget(), at=asking)
        assert isinstance(notice, Notice)
        assert "1 request," in notice.text
        await store.requests.finish(id_, state=RequestState.ANSWERED)
        (notice,) = await ask(store, Forget(), at=asking)
        assert isinstance(notice, Notice)
        assert "1 request." in notice.text

    async def test_where_there_is_nothing_that_is_said(self, store: Store) -> None:
        (notice,) = await ask(store, Forget(), asker=BOB)
        assert isinstance(notice, Notice)
        assert "nothing to delete" in notice.text

    @pytest.mark.parametrize("asker", [ANN, CHIEF])
    async def test_a_link_that_led_on_is_not_said_to_be_forgotten(self, store: Store, asker: Person) -> None:
        await show(store, BRIDGE)
        (notice,) = await ask(store, Forget(url="https://short.example/1"), asker=asker)
        assert isinstance(notice, Notice)
        assert "nothing to delete" in notice.text
        assert "leads on to another address" in notice.text

    async def test_a_link_goes_for_the_asker_but_not_for_others(self, store: Store) -> None:
        (mine,) = await show(store, BRIDGE)
        (shared,) = await show(store, FERRY, at=place(message="1.2"))
        await show(store, FERRY, at=place(message="1.3"), asker=BOB)
        await ask(store, Forget(url=f"{LINK}?utm_source=x"))
        await ask(store, Forget(url=FERRY.url))
        with pytest.raises(NotStored):
            await store.articles.load_report(mine)
        await store.articles.load_report(shared)

    async def test_an_admin_forgets_a_link_for_everybody(self, store: Store) -> None:
        (shared,) = await show(store, FERRY, asker=BOB)
        (notice,) = await ask(store, Forget(url=FERRY.url), asker=CHIEF)
        assert isinstance(notice, Notice)
        assert "1 report" in notice.text
        with pytest.raises(NotStored):
            await store.articles.load_report(shared)


def commands_on(report: int) -> tuple[StoredCommand, ...]:
    return (
        ExplainClaim(claim="c1", report=report),
        ShowAll(report=report),
        ShowSources(report=report),
        Export(format=ExportFormat.JSON, report=report),
        dataclasses.replace(OVERRULE, report=report),
        Undo(report=report),
        SendFeedback(report=report, reason="No use."),
    )


class TestPrivacy:
    """What was read in one place is not there anywhere else, whatever is asked, and by its number neither."""

    PRIVATE = place("P1", reach=Reach.PRIVATE)

    @pytest.mark.parametrize(
        "elsewhere",
        [place("C1", message="2.2"), place("P2", message="2.2"), place("P1", message="2.2", tenant="slack:T2")],
    )
    @pytest.mark.parametrize("privately", [True, False])
    async def test_a_private_channels_report_is_not_found_elsewhere(
        self, store: Store, elsewhere: Place, *, privately: bool
    ) -> None:
        (id_,) = await show(store, BRIDGE, at=self.PRIVATE)
        for command in commands_on(id_):
            with pytest.raises(NotStored, match="not stored here"):
                await ask(store, command, at=elsewhere, privately=privately)
        (history,) = await ask(store, ShowHistory(), at=elsewhere, privately=privately)
        assert isinstance(history, Notice)
        assert await store.reviews.overrules(id_) == ()

    async def test_a_pasted_text_stays_in_its_public_channel(self, store: Store) -> None:
        pasted = dataclasses.replace(BRIDGE, url=None)
        (id_,) = await show(store, pasted, audience=Audience(tenant=TENANT, channel="C1"))
        with pytest.raises(NotStored):
            await ask(store, ShowAll(report=id_), at=place("C2", message="2.2"))

    async def test_what_was_whispered_to_the_asker_is_not_said_aloud(self, store: Store) -> None:
        (id_,) = await show(store, BRIDGE, whispered=True)
        for command in (*commands_on(id_), ShowAll(), ExplainClaim(claim="c1")):
            with pytest.raises(NotStored):
                await ask(store, command)
        (aloud,) = await ask(store, ShowHistory())
        assert isinstance(aloud, Notice)
        (card,) = await ask(store, ShowAll(), privately=True)
        assert isinstance(card, Card)
        (history,) = await ask(store, ShowHistory(), privately=True)
        assert isinstance(history, HistoryList)

    async def test_what_was_whispered_to_another_is_not_found_at_all(self, store: Store) -> None:
        (id_,) = await show(store, BRIDGE, whispered=True)
        for command in (*commands_on(id_), ShowAll()):
            with pytest.raises(NotStored):
                await ask(store, command, asker=BOB, privately=True)

    async def test_an_admin_sees_no_more_than_others(self, store: Store) -> None:
        (id_,) = await show(store, BRIDGE, at=self.PRIVATE)
        with pytest.raises(NotStored):
            await ask(store, ShowAll(report=id_), asker=CHIEF, privately=True)

    async def test_a_public_link_is_shared_within_the_tenant(self, store: Store) -> None:
        (id_,) = await show(store, BRIDGE)
        (card,) = await ask(store, ShowAll(report=id_), at=place("C2", message="2.2"), asker=BOB)
        assert isinstance(card, Card)

    async def test_what_is_not_there_and_what_may_not_be_seen_are_told_alike(self, store: Store) -> None:
        (id_,) = await show(store, BRIDGE, at=self.PRIVATE)
        told = []
        for report in (id_, id_ + 1000):
            with pytest.raises(NotStored) as refused:
                await ask(store, ShowAll(report=report))
            told.append(refused.value.message)
        assert told[0] == told[1]


@pytest.mark.parametrize("privately", [False, True])
async def test_where_people_of_another_organisation_read_along_the_rest_of_the_tenant_is_not_shown(
    store: Store, *, privately: bool
) -> None:
    (of_tenant,) = await show(store, BRIDGE)
    shared = place("C7", message="7.1", reach=Reach.SHARED)
    await show(store, FERRY, at=shared)
    (part,) = await ask(store, ShowHistory(), at=shared, privately=privately)
    assert isinstance(part, HistoryList)
    assert [line.title for line in part.lines] == ["Ferry sinks"]
    with pytest.raises(NotStored):
        await ask(store, ShowAll(report=of_tenant), at=shared, privately=privately)
