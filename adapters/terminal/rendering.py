"""A reply in a terminal. Everything reads without colour too: grades have a number, a bar and their label."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.report import Band
from handlers.printable import make_printable
from handlers.reply import Card, ClaimLine, Explanation, FlagGroup, Notice, Passage, ReasonLine

MOST_COLUMNS = 110  # Longer lines are hard to read.

_COLOURS = {Band.STRONG: "green", Band.MODERATE: "cyan", Band.WEAK: "yellow", Band.UNSOURCED: "red"}
_LONGEST_QUOTE = 220  # characters of a passage that are shown before it is cut in the middle
_LONGEST_FLAGGED = 120
_MOST_FINDINGS = 3  # under one heading
_MOST_FLAGGED = 4  # passages of one finding


def render_card(card: Card, *, everything: bool) -> RenderableType:
    """The report for a terminal; `everything` unfolds claims that are not key, opinions, every finding.

    A claim in quotation marks is the article's own wording; otherwise the quote stands below it.
    """
    everything = everything or card.everything
    blocks: list[RenderableType] = [_head(card)]
    if card.changes:
        blocks.append(_section("Changed since the last check", _list(card.changes)))
    if card.key:
        blocks.append(_section("Check first", _claims(card.key, everything=everything)))
    elif card.rest and not everything:
        blocks.append(_section("Check first", Text("No claim stands out; --all lists every one.")))
    if card.flags:
        blocks.append(_section("Flags", _flags(card.flags, everything=everything)))
    if card.safe_line:
        blocks.append(_section("Safe line", _text(card.safe_line)))
    if card.missing:
        blocks.append(_section("Get next", _list(card.missing)))
    blocks.extend(_unfolded(card) if everything else ())
    if card.notes:
        blocks.append(_section("Limits of this report", _list(card.notes)))
    folded = "" if everything or not card.folded else f"Folded away: {card.folded}. Show them with --all."
    if folded:
        blocks.append(Text(f"\n{folded}", style="dim"))
    return Group(*blocks)


def render_explanation(explanation: Explanation) -> RenderableType:
    """One claim with every reason and passage, under the title of its article."""
    head = _text(explanation.headline, style="bold")
    return Group(head, Text(), _claims((explanation.line,), everything=True))


def render_notice(notice: Notice) -> Text:
    """A sentence, with the name of its input where it has one."""
    prefix = f"{notice.given}: " if notice.given else ""
    return _text(prefix + notice.text)


def _head(card: Card) -> RenderableType:
    lines = [_text(card.headline, style="bold")]
    about = " · ".join(part for part in (card.about, card.report.document.url or "") if part and part != card.headline)
    if about:
        lines.append(_text(about, style="dim"))
    lines.append(_text(card.summary))
    if card.stored:
        lines.append(_text(card.stored, style="dim"))
    return Group(*lines)


def _unfolded(card: Card) -> Iterator[RenderableType]:
    if card.rest:
        yield _section("Other claims", _claims(card.rest, everything=True))
    if card.opinions:
        said = tuple(opinion.shown for opinion in card.opinions)
        yield _section("Said, but no checkable claim (not graded)", _list(said))


def _section(title: str, body: RenderableType) -> RenderableType:
    return Group(Text(f"\n{title.upper()}", style="bold"), body)


def _claims(claims: tuple[ClaimLine, ...], *, everything: bool) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, width=7)
    table.add_column(ratio=1)
    for number, line in enumerate(claims):
        if number:
            table.add_row()
        style = _COLOURS[line.band]
        table.add_row(Text(line.bar, style=style), Group(*_claim(line, everything=everything)))
    return table


def _claim(line: ClaimLine, *, everything: bool) -> Iterator[Text]:
    longest = None if everything else _LONGEST_QUOTE
    words = line.quote.quoted(longest=longest) if line.verbatim else line.claim
    yield Text.assemble((f"{line.id}  ", "dim"), (make_printable(words), "bold"))
    yield _chain(line)
    if line.overruled:
        yield _text(line.overruled, style="magenta")
    if not line.verbatim:
        yield _text(line.quote.quoted(longest=longest))
    if everything:
        yield from (_text(f"Why: {_reason(reason)}", style="dim") for reason in line.reasons)
    elif line.reasons:
        yield _text(f"Why: {' '.join(reason.text for reason in line.reasons)}", style="dim")
    if everything and line.also:
        yield _text(f"Also: {_side_by_side(line.also)}", style="dim")


def _reason(reason: ReasonLine) -> str:
    return f"{reason.text} {_side_by_side(reason.passages)}".rstrip()


def _chain(line: ClaimLine) -> Text:
    return Text.assemble((f"{line.label}: ", _COLOURS[line.band]), make_printable(line.told))


def _flags(groups: tuple[FlagGroup, ...], *, everything: bool) -> Group:
    lines: list[RenderableType] = []
    for group in groups:
        lines.append(_text(group.heading, style="magenta"))
        for item in group.items if everything else group.items[:_MOST_FINDINGS]:
            passages = _flagged(item.passages, between=" | " if group.compares else " · ", everything=everything)
            lines.append(Padding(_text(passages), (0, 0, 0, 2)))
            if item.note:
                lines.append(Padding(_text(item.note, style="dim"), (0, 0, 0, 2)))
        more = len(group.items) - _MOST_FINDINGS
        if more > 0 and not everything:
            lines.append(Padding(_text(f"and {more} more", style="dim"), (0, 0, 0, 2)))
    return Group(*lines)


def _flagged(passages: tuple[Passage, ...], *, between: str, everything: bool) -> str:
    if everything:
        return between.join(passage.quoted() for passage in passages)
    shown = between.join(passage.quoted(longest=_LONGEST_FLAGGED) for passage in passages[:_MOST_FLAGGED])
    more = len(passages) - _MOST_FLAGGED
    return f"{shown}{between}{more} more" if more > 0 else shown


def _list(lines: tuple[str, ...]) -> Table:
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True, width=1)
    table.add_column(ratio=1)
    for line in lines:
        table.add_row("•", _text(line))
    return table


def _side_by_side(passages: tuple[Passage, ...]) -> str:
    return " | ".join(passage.quoted() for passage in passages)


def _text(words: str, *, style: str = "") -> Text:
    return Text(make_printable(words), style=style)
