"""Answers on standard output, failures on standard error (in JSON formats both are objects on standard output)."""

import io
import re
from typing import TextIO

from rich.console import Console

from adapters.terminal.annotated import render_annotated
from adapters.terminal.arguments import CheckAsked, Format
from adapters.terminal.markdown import render_markdown
from adapters.terminal.printable import make_printable
from adapters.terminal.rendering import MOST_COLUMNS, render_card, render_notice
from bot.contract import render_error_json, render_json
from bot.errors import ClaimcheckError
from handlers.reply import Card, Notice

_IN_WORDS = {"-": "standard input"}
_FILLING = re.compile(r" +$", re.MULTILINE)  # rich fills table cells with spaces to the edge


class Printer:
    """Prints answers one after the other as the command line asked."""

    def __init__(self, asked: CheckAsked, *, total: int, out: TextIO, err: TextIO) -> None:
        self._asked = asked
        self._total = total
        self._out = out
        self._console = _console(out, colour=asked.colour)
        self._err = _console(err, colour=asked.colour)
        if isinstance(out, io.TextIOWrapper):
            if asked.format in {Format.JSON, Format.JSONL}:
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
        if self._asked.format in {Format.JSON, Format.JSONL}:
            self._out.write(render_json(card.report, elapsed_ms=card.elapsed_ms) + "\n")
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
        if self._asked.format in {Format.JSON, Format.JSONL}:
            error = notice.error or ClaimcheckError(notice.text)
            self._out.write(render_error_json(given, error) + "\n")
        else:
            shown = Notice(text=notice.text, given=_IN_WORDS.get(given, given), error=notice.error)
            self._err.print(render_notice(shown), style="red", soft_wrap=True)


def _console(file: TextIO, *, colour: bool) -> Console:
    console = Console(file=file, no_color=not colour, highlight=False, markup=False, emoji=False)
    console.width = min(console.width, MOST_COLUMNS)
    return console
