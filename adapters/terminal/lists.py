"""Answers that list something, in a terminal: sources, earlier checks, settings, and what `doctor` found."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from adapters.operations.findings import Finding, State
from handlers.printable import make_printable
from handlers.reply import HistoryList, SettingsSheet, SourceLine, SourceList

_COLOURS = {State.OK: "green", State.NOTE: "dim", State.WRONG: "red"}


def render_sources(sources: SourceList) -> RenderableType:
    """Who stands behind the claims: name, role and footing, and the claims that rest on them."""
    table = _table()
    for line in sources.lines:
        counted = f"{len(line.claims)} claim{'s' * (len(line.claims) != 1)}"
        table.add_row(_text(counted), Group(_text(_named(line), style="bold"), _text(_footing(line), style="dim")))
    return Group(_text(sources.headline, style="bold"), Text(), table)


def render_history(history: HistoryList) -> RenderableType:
    """Earlier checks: number, time, title, grades and link."""
    table = _table()
    for line in history.lines:
        told = [_text(line.title or line.url or "(no title)", style="bold"), _text(f"{line.when} · {line.grades}")]
        if line.url:
            told.append(_text(line.url, style="dim"))
        table.add_row(_text(f"#{line.report_id}"), Group(*told))
    return Group(_text(history.heading, style="bold"), *((Text(), table) if history.lines else ()))


def render_settings(sheet: SettingsSheet) -> RenderableType:
    """How the bot behaves: each setting with its value, what it may be and what it does."""
    table = _table()
    for line in sheet.lines:
        told = (_text(line.explained), _text(f"may be: {line.choices}", style="dim"))
        table.add_row(_text(f"{line.name} {line.value}", style="bold"), Group(*told))
    return table


def render_findings(findings: Sequence[Finding]) -> RenderableType:
    """What was looked at: its state, its name and what is to say of it."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, width=5)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    for one in findings:
        table.add_row(Text(one.state, style=_COLOURS[one.state]), _text(one.about, style="bold"), _text(one.said))
    return table


def _table() -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    return table


def _named(line: SourceLine) -> str:
    return f"{line.name}, {line.title}" if line.title and line.title not in line.name else line.name


def _footing(line: SourceLine) -> str:
    return f"{line.footing} ({', '.join(line.claims)})"


def _text(words: str, *, style: str = "") -> Text:
    return Text(make_printable(words), style=style)
