"""Answers to commands on what was checked before. What is not there and what may not be seen here are told alike."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.access import Person, Place, Viewer
from bot.errors import InputError, NotAllowed, NotStored
from bot.reading import canonical_url
from bot.store.records import Forgotten, StoredReport, Who
from handlers.channel_settings import change_setting, word_settings
from handlers.checking import PASTED, find_reports, viewer_at
from handlers.commands import (
    ChangeSetting,
    ExplainClaim,
    Export,
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
from handlers.exporting import export_report
from handlers.reply import Explanation, Notice, Part, Reply
from handlers.wording import word_card
from handlers.wording_stored import (
    word_choice,
    word_explanation,
    word_forgotten,
    word_history,
    word_no_claim,
    word_sources,
    word_stored_line,
    word_which,
)

if TYPE_CHECKING:
    from bot.store import Store  # imports the database, which an answer without a store can do without

_MOST_IN_HISTORY = 10
_LONGEST_REASON = 1000  # characters
_LED_ON = (
    "If the link leads on to another address, its check is kept under that one: name the link that the report gives."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What every answer takes: the store, who asks where and when, and on whose behalf reports are looked up."""

    store: "Store"
    place: Place
    asker: Person
    viewer: Viewer
    now: datetime

    async def find(self, report: int | None) -> tuple[StoredReport, ...]:
        return await find_reports(report, store=self.store, place=self.place, viewer=self.viewer)


async def answer_stored(  # noqa: PLR0913 - what is asked, of what store, where, by whom, when, and who reads along
    command: StoredCommand, *, store: "Store", place: Place, asker: Person, now: datetime, privately: bool = False
) -> Reply:
    """Answer a command on what was checked before; `privately`: nobody but the asker sees the answer.

    Raises NotStored, NotAllowed, InputError and StoreError, each with a sentence for the asker.
    """
    viewer = viewer_at(place, asker, privately=privately)
    return Reply(parts=await _answer(command, _Asked(store=store, place=place, asker=asker, viewer=viewer, now=now)))


async def _answer(command: StoredCommand, asked: _Asked) -> tuple[Part, ...]:  # noqa: C901, PLR0911 - one line a command
    match command:
        case ExplainClaim():
            return await _explain(command, asked)
        case ShowAll(report=report):
            return await _show_all(report, asked)
        case ShowSources(report=report):
            return await _show_sources(report, asked)
        case Export():
            return await _export(command, asked)
        case ShowHistory(query=query):
            found = await asked.store.articles.search(query, viewer=asked.viewer, limit=_MOST_IN_HISTORY)
            return (word_history(found, query=query, now=asked.now),)
        case ShowSettings():
            return (await word_settings(store=asked.store, place=asked.place, asker=asked.asker),)
        case ChangeSetting():
            return (await change_setting(command, store=asked.store, place=asked.place, asker=asked.asker),)
        case OverruleClaim():
            return await _overrule(command, asked)
        case Undo(report=report):
            return await _undo(report, asked)
        case Forget(url=url):
            return (await _forget(url, asked),)
        case SendFeedback():
            return (await _keep_feedback(command, asked),)


async def _explain(command: ExplainClaim, asked: _Asked) -> tuple[Part, ...]:
    first, *others = await _find_with_claim(command.claim, command.report, asked)
    choice = _choice(first, others, again=f"why {command.claim.removeprefix('c')}")
    return (_explained(first, command.claim), *choice)


async def _show_all(report: int | None, asked: _Asked) -> tuple[Part, ...]:
    first, *others = await asked.find(report)
    document = first.report.document
    card = replace(
        word_card(first.report, given=document.url or PASTED, overrules=first.overrules),
        report_id=first.id,
        stored=word_stored_line(first.read_at, fetched=document.url is not None),
        everything=True,
    )
    return (card, *_choice(first, others, again="show all"))


async def _show_sources(report: int | None, asked: _Asked) -> tuple[Part, ...]:
    first, *others = await asked.find(report)
    return (word_sources(first), *_choice(first, others, again="sources"))


async def _export(command: Export, asked: _Asked) -> tuple[Part, ...]:
    first, *others = await asked.find(command.report)
    return (export_report(first, format=command.format), *_choice(first, others, again=f"export {command.format}"))


async def _overrule(command: OverruleClaim, asked: _Asked) -> tuple[Part, ...]:
    found = await _find_with_claim(command.claim, command.report, asked)
    reason = _reason(command.reason, to="set a grade")
    if len(found) > 1:  # a grade must not land on an article that was not meant
        number = command.claim.removeprefix("c")
        raise InputError(word_which(found, again=f"overrule {number}", rest=f" {int(command.grade)} …"))
    if (await asked.store.channels.tenant_settings(asked.place.tenant)).overrule_by is Who.ADMINS:
        _require_admin(asked.asker, what="set grades")
    await asked.store.reviews.overrule(
        found[0].id, claim_id=command.claim, grade=command.grade, reason=reason, by=asked.asker
    )
    changed = await asked.store.articles.find_report(found[0].id, viewer=asked.viewer)
    kept = f"Your grade for claim {command.claim} is kept: {int(command.grade)}. “undo” takes it back."
    return (Notice(text=kept), _explained(changed, command.claim))


async def _undo(report: int | None, asked: _Asked) -> tuple[Part, ...]:
    made = [
        overrule
        for found in await asked.find(report)
        for overrule in await asked.store.reviews.overrules(found.id)
        if overrule.by.id == asked.asker.id and overrule.undone_at is None
    ]
    if not made:
        message = "You have set no grade here that could be taken back."
        raise NotStored(message)
    latest = max(made, key=lambda overrule: (overrule.at, overrule.id))
    undone = await asked.store.reviews.undo(latest.report_id, by=asked.asker)
    changed = await asked.store.articles.find_report(undone.report_id, viewer=asked.viewer)
    notice = Notice(text=f"Your grade {int(undone.grade)} for claim {undone.claim_id} is taken back.")
    return (notice, *filter(None, (word_explanation(changed, claim=undone.claim_id),)))


async def _forget(url: str | None, asked: _Asked) -> Notice:
    tenant, user = asked.place.tenant, asked.asker.id
    if url is None:
        # The request that this is, where it is one, must outlive it, or nobody could be told.
        asking = f"{tenant}:{asked.place.channel}:{asked.place.message}"
        gone = await asked.store.keeping.forget(tenant=tenant, user=user, sparing=asking)
        return word_forgotten(gone, what="what you asked me to check")
    url = canonical_url(url)
    if asked.asker.admin:
        gone = await asked.store.keeping.forget(tenant=tenant, url=url)
        return _word_link_forgotten(gone, what=f"all checks of {url}")
    gone = await asked.store.keeping.forget(tenant=tenant, url=url, user=user)
    return _word_link_forgotten(gone, what=f"the checks of {url} that only you asked for")


def _word_link_forgotten(gone: Forgotten, *, what: str) -> Notice:
    notice = word_forgotten(gone, what=what)
    return notice if gone.total else replace(notice, text=f"{notice.text} {_LED_ON}")


async def _keep_feedback(command: SendFeedback, asked: _Asked) -> Notice:
    reason = _reason(command.reason, to="help")
    found = await asked.store.articles.find_report(command.report, viewer=asked.viewer)
    await asked.store.reviews.feedback(found.id, reason=reason, by=asked.asker)
    return Notice(text="Thank you. What you wrote is kept with the report, for those who run and improve this bot.")


async def _find_with_claim(claim: str, report: int | None, asked: _Asked) -> tuple[StoredReport, ...]:
    """Those of the reports that have such a claim; NotStored where none has."""
    found = await asked.find(report)
    having = tuple(one for one in found if any(known.id == claim for known in one.report.claims))
    if not having:
        raise NotStored(word_no_claim(found[0], claim=claim))
    return having


def _explained(found: StoredReport, claim: str) -> Explanation:
    explanation = word_explanation(found, claim=claim)
    if explanation is None:
        raise NotStored(word_no_claim(found, claim=claim))
    return explanation


def _choice(first: StoredReport, others: list[StoredReport], *, again: str) -> tuple[Notice, ...]:
    return (word_choice(first, others=tuple(others), again=again),) if others else ()


def _reason(given: str, *, to: str) -> str:
    reason = " ".join(given.split())
    if not reason:
        message = f"Say why, too: without a reason nobody can use it to {to}."
        raise InputError(message)
    if len(reason) > _LONGEST_REASON:
        message = (
            f"That reason is {len(reason):,} characters long; up to {_LONGEST_REASON:,} are kept. Please shorten it."
        )
        raise InputError(message)
    return reason


def _require_admin(asker: Person, *, what: str) -> None:
    if not asker.admin:
        message = f"Here only admins may {what}. Ask one of them."
        raise NotAllowed(message)
