"""One document of a request: read it, check it, word it, with a small outcome after each of the first two.

The outcomes hold ids, counts and the sentence of an error, never words of an article: whoever runs the steps may keep
them where articles must not be kept.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.document import Document
from bot.errors import ClaimcheckError, StoreUnavailable
from bot.report import Report
from bot.store.records import Detail, RequestRecord
from handlers.checking import Desk, ReadOutcome, Source, Terms, audience_for, check_stored, read_source, word_stored
from handlers.events import DocumentFailed, Observe, ReportMade, Stage, StageDone
from handlers.persistence import Pace, persist
from handlers.reply import Card, Notice, Reply
from handlers.waiting import word_checking
from handlers.wording import word_error

if TYPE_CHECKING:
    from bot.store import Store  # imports the database

Outcome = dict[str, int | str | bool | None]
Step = Callable[[Callable[[], Awaitable[Outcome]]], Awaitable[Outcome]]
Tell = Callable[[Reply], Awaitable[None]]
Reserve = Callable[[str], Step]
"""Names the next step. Steps are run later, in any order; what one that ended left behind may be remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """What reading and checking takes, for any number of requests."""

    store: "Store"
    desk: Desk
    fresh_for: timedelta
    pace: Pace
    observe: Observe

    async def answer_all(
        self, sources: tuple[Source, ...], request: RequestRecord, *, again: bool, reserve: Reserve, tell: Tell
    ) -> tuple[Card | Notice, ...]:
        """A card or a notice for every source, in their order; they are worked on side by side.

        `tell` is told when the first of them is read and its claims are checked.
        Raises StoreUnavailable, and defects, once the others are done.
        """
        # Steps are named before any is run, so that their order is the same every time.
        steps = [(reserve(f"read {_digest(source)}"), reserve(f"check {_digest(source)}")) for source in sources]
        ways = [
            self._answer(source, request, again=again, read=read, check=check, tell=tell)
            for source, (read, check) in zip(sources, steps, strict=True)
        ]
        parts: list[Card | Notice] = []
        for result in await asyncio.gather(*ways, return_exceptions=True):
            if isinstance(result, BaseException):
                raise result
            parts.append(result)
        return tuple(parts)

    async def _answer(  # noqa: PLR0913 - what, for whom, in which steps, and who hears of it
        self, source: Source, request: RequestRecord, *, again: bool, read: Step, check: Step, tell: Tell
    ) -> Card | Notice:
        was_read = await read(lambda: self._kept(lambda: self._read(source, request, again=again)))
        if "code" in was_read:
            return self._word_failure(was_read, source)
        outcome, elapsed_ms = _read_outcome(was_read), _number(was_read, "ms")
        report_id = outcome.report_id
        if report_id is None:
            await tell(word_checking(outcome.sentences))
            was_checked = await check(lambda: self._kept(lambda: self._check(outcome.document_id)))
            if "code" in was_checked:
                return self._word_failure(was_checked, source)
            report_id, elapsed_ms = _number(was_checked, "report"), elapsed_ms + _number(was_checked, "ms")
        card = await persist(
            lambda: word_stored(report_id, store=self.store, source=source, outcome=outcome, elapsed_ms=elapsed_ms),
            pace=self.pace,
        )
        place = request.place
        settings = await persist(lambda: self.store.channels.settings(place.tenant, place.channel), pace=self.pace)
        self.observe(ReportMade(bands=card.report.summary.bands, stored=outcome.stored))
        return replace(card, everything=settings.detail is Detail.FULL)

    async def _kept(self, work: Callable[[], Awaitable[Outcome]]) -> Outcome:
        """What the work leaves behind: the code and the sentence where it failed for good."""
        try:
            return await persist(work, pace=self.pace)
        except StoreUnavailable:
            raise
        except ClaimcheckError as error:
            return {"code": error.code, "message": error.message}

    async def _read(self, source: Source, request: RequestRecord, *, again: bool) -> Outcome:
        began = self.pace.now()
        audience = audience_for(source, place=request.place, asker=request.asker, whispered=request.whispered)
        outcome = await read_source(
            source,
            desk=self.desk,
            store=self.store,
            terms=Terms(
                audience=audience,
                channel=request.place.channel,
                fresh_for=self.fresh_for,
                again=again,
                request_id=request.id,
            ),
            now=self.pace.clock(),
        )
        return {
            "document": outcome.document_id,
            "sentences": outcome.sentences,
            "report": outcome.report_id,
            "stored": outcome.stored,
            "unchanged": outcome.unchanged,
            "before": outcome.before,
            "ms": self._time(Stage.READ, since=began),
        }

    async def _check(self, document_id: int) -> Outcome:
        began = self.pace.now()
        made: list[Report] = []

        async def check(document: Document) -> Report:
            if not made:
                started = self.pace.now()
                made.append(await self.desk.check(document))
                self._time(Stage.CHECK, since=started)
            return made[0]

        report_id = await persist(lambda: check_stored(document_id, store=self.store, check=check), pace=self.pace)
        return {"report": report_id, "ms": round(1000 * (self.pace.now() - began))}

    def _time(self, stage: Stage, *, since: float) -> int:
        seconds = self.pace.now() - since
        self.observe(StageDone(stage=stage, seconds=seconds))
        return round(1000 * seconds)

    def _word_failure(self, outcome: Outcome, source: Source) -> Notice:
        code = str(outcome["code"])
        self.observe(DocumentFailed(code=code))
        return word_error(_error_of(code, str(outcome["message"])), given=source.given)


def _digest(source: Source) -> str:
    """A name for the step of a source that holds nothing of it: another source, another name."""
    file = (source.file.name.encode(), source.file.data) if source.file else ()
    parts = ((source.link or "").encode(), (source.text or "").encode("utf-8", "surrogatepass"), *file)
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:12]


def _read_outcome(kept: Outcome) -> ReadOutcome:
    report, before = kept["report"], kept["before"]
    return ReadOutcome(
        document_id=_number(kept, "document"),
        sentences=_number(kept, "sentences"),
        report_id=None if report is None else int(report),
        stored=bool(kept["stored"]),
        unchanged=bool(kept["unchanged"]),
        before=None if before is None else int(before),
    )


def _number(kept: Outcome, name: str) -> int:
    return int(kept[name] or 0)


def _error_of(code: str, message: str) -> ClaimcheckError:
    """The error that a step kept as its code and its sentence."""
    kinds: list[type[ClaimcheckError]] = [ClaimcheckError]
    for kind in kinds:
        if kind.code == code:
            return kind(message)
        kinds.extend(kind.__subclasses__())
    return ClaimcheckError(message)
