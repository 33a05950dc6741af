"""The analysis in processes of its own: what a document can do to its process, and what comes of it."""

import asyncio
import logging
import os
import signal
import time
from pathlib import Path

import pytest

from bot.analyser import Analyser
from bot.document import Document
from bot.errors import AnalysisFailed
from bot.report import Report
from tests.report_samples import quick_report, seed_document, text_document

HOSTILE = "Secret words of an article."


def misbehave(document: Document) -> Report:
    """What the processes run in these tests: as the first word of the text tells."""
    word, _, rest = document.text.partition(" ")
    match word:
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "die-once":
            if not Path(rest).exists():
                Path(rest).touch()
                os.kill(os.getpid(), signal.SIGKILL)
        case "last":
            time.sleep(60)
        case "grow":
            bytearray(1 << 34)
        case "break":
            raise KeyError(rest)
    return quick_report(document)


@pytest.mark.asyncio
async def test_the_shipped_analysis_runs_in_another_process_and_leaves_the_event_loop_free() -> None:
    async with Analyser(workers=1) as analyser:
        turns = 0
        task = asyncio.create_task(analyser.check(seed_document()))
        while not task.done():
            await asyncio.sleep(0.01)
            turns += 1
        report = await task
    assert len(report.claims) > 3
    assert report.document == seed_document()
    assert turns > 10


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("die of it", "broke off, twice"),
        ("last for ever", "longer than 1 seconds"),
        ("grow without end", "more memory"),
        (f"break {HOSTILE}", "Something broke"),
    ],
)
async def test_a_document_that_breaks_its_process_fails_and_the_next_is_checked(
    words: str, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with Analyser(workers=1, seconds=1.0, analyse=misbehave) as analyser:
        with caplog.at_level(logging.DEBUG), pytest.raises(AnalysisFailed, match=told):
            await analyser.check(text_document(words))
        good = text_document("good words")
        assert (await analyser.check(good)).document == good
    assert HOSTILE not in caplog.text


@pytest.mark.asyncio
async def test_a_document_whose_process_was_killed_once_is_tried_again(tmp_path: Path) -> None:
    async with Analyser(workers=1, analyse=misbehave) as analyser:
        document = text_document(f"die-once {tmp_path / 'killed'}")
        assert (await analyser.check(document)).document == document


@pytest.mark.asyncio
async def test_documents_beyond_one_for_every_process_wait_and_are_all_checked_beside_one_that_dies() -> None:
    async with Analyser(workers=2, analyse=misbehave) as analyser:
        documents = [text_document("die now"), *(text_document(f"good {number}") for number in range(20))]
        first, *others = await asyncio.gather(*map(analyser.check, documents), return_exceptions=True)
    assert isinstance(first, AnalysisFailed)
    assert [report.document for report in others if isinstance(report, Report)] == documents[1:]


@pytest.mark.asyncio
@pytest.mark.parametrize("moment", [0.0, 0.02, 0.05, 0.5])
async def test_closing_gives_up_what_is_being_checked(moment: float) -> None:
    analyser = Analyser(workers=1, analyse=misbehave)
    task = asyncio.create_task(analyser.check(text_document("last long")))
    await asyncio.sleep(moment)  # before the process has started, too
    await analyser.close()
    async with asyncio.timeout(20):  # a check that is forgotten would wait for ever
        with pytest.raises(AnalysisFailed, match="being ended"):
            await task
