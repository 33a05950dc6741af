"""Answers on standard output, failures on standard error (in JSON formats both are objects on standard output)."""

import contextlib
import io
import re
import sys
from collections.abc import Sequence
from typing import TextIO

from rich.console import Console, RenderableType

from adapters.operations.findings import Finding
from adapters.terminal.annotated import render_annotated
from adapters.terminal.asked import CheckAsked, Format
from adapters.terminal.lists import render_findings, render_history, render_settings, render_sources
from adapters.terminal.rendering import MOST_COLUMNS, render_card, render_explanation, render_notice
from bot.contract import render_error_json, render_json
from bot.errors import ClaimcheckError
from handlers.markdown import render_markdown
from handlers.printable import make_printable
from handlers.reply import Card, Explanation, HistoryList, Notice, Part, ReplyFile, SettingsSheet, SourceList

_IN_WORDS = {"-": "standard input"}
_FILLING = re.compile(r" +$", re.MULTILINE)  # rich fills table cells with spaces to the edge


class Printer:
    """Prints the answers of a check one after the other as the command line asked."""

    def __init__(self, asked: CheckAsked, *, total: int, out: TextIO, err: TextIO) -> None:
        self._asked = asked
        self._total = total
        self._out = out
        self._console = _console(out, colour=asked.colour)
        self._err = _console(err, colour=asked.colour)
        self._for_programs = asked.format in {Format.JSON, Format.JSONL}
        if isinstance(out, io.TextIOWrapper):
            if self._for_programs:
                out.reconfigure(encoding="utf-8")  # what JSON is exchanged in, whatever the terminal speaks
            else:
                out.reconfigure(errors="replace")

    def print_answer(self, part: Card | Notice, *, given: str, number: int) -> None:
        """Print one answer and flush; `number` counts the inputs from 1."""
        if isinstance(part, Notice):
            self._print_failure(part, given=given)
        else:
            self._print_card(part, given=given, number=number)
        self._out.flush()

    def _print_card(self, card: Card, *, given: str, number: int) -> None:
        if self._for_programs:
            self._out.write(render_json(card.report, elapsed_ms=card.elapsed_ms) + "\n")
            if card.stored:
                warn(f"{make_printable(given)}: {make_printable(card.stored)}")
        elif self._asked.format is Format.MARKDOWN:
            self._out.write(("\n" if number > 1 else "") + render_markdown(card, everything=self._asked.everything))
        else:
            with self._console.capture() as captured:
                if self._total > 1:
                    self._console.rule(f"{number} of {self._total} · {make_printable(given)}")
                self._console.print(render_card(card, everything=self._asked.everything))
                if self._asked.annotate:
                    self._console.rule("The text, claims as [id ▮grade]")
                    self._console.print(render_annotated(card.report, brackets=not self._console.is_terminal))
            self._out.write(_FILLING.sub("", captured.get()))

    def _print_failure(self, notice: Notice, *, given: str) -> None:
        if self._for_programs:
            error = notice.error or ClaimcheckError(notice.text)
            self._out.write(render_error_json(given, error) + "\n")
        else:
            shown = Notice(text=notice.text, given=_IN_WORDS.get(given, given), error=notice.error)
            self._err.print(render_notice(shown), style="red", soft_wrap=True)


def print_part(part: Part, *, colour: bool) -> None:
    """Print one part of an answer to a command on what was checked before; what went wrong on standard error."""
    if isinstance(part, ReplyFile):
        # A file for other programs goes out as it is; somebody who looks at it gets no control characters.
        sys.stdout.write(make_printable(part.text) if sys.stdout.isatty() else part.text)
    elif isinstance(part, Notice) and part.error is not None:
        _console(sys.stderr, colour=colour).print(render_notice(part), style="red", soft_wrap=True)
    else:
        console = _console(sys.stdout, colour=colour)
        with console.capture() as captured:
            console.print(_render(part))
        sys.stdout.write(_FILLING.sub("", captured.get()))
    sys.stdout.flush()


def print_findings(findings: Sequence[Finding], *, colour: bool) -> None:
    """What `claimcheck doctor` found, a line each."""
    console = _console(sys.stdout, colour=colour)
    with console.capture() as captured:
        console.print(render_findings(findings))
    sys.stdout.write(_FILLING.sub("", captured.get()))


def warn(sentence: str) -> None:
    """A line on standard error, beside whatever is answered."""
    with contextlib.suppress(BrokenPipeError):
        sys.stderr.write(f"claimcheck: {sentence}\n")


def _render(part: Card | Notice | Explanation | SourceList | HistoryList | SettingsSheet) -> RenderableType:
    match part:
        case Card():
            return render_card(part, everything=False)
        case Explanation():
            return render_explanation(part)
        case SourceList():
            return render_sources(part)
        case HistoryList():
            return render_history(part)
        case SettingsSheet():
            return render_settings(part)
        case Notice():
            return render_notice(part)


def _console(file: TextIO, *, colour: bool) -> Console:
    console = Console(file=file, no_color=not colour, highlight=False, markup=False, emoji=False)
    console.width = min(console.width, MOST_COLUMNS)
    return console
