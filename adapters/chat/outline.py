"""Every part of a reply as blocks, in the order a desk reads it; the same on every chat platform."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from adapters.chat.blocks import Block, Line, Rank, Run, Shape, Style, block_of, line_of
from adapters.chat.buttons import offer_buttons, offer_menus
from adapters.chat.packing import cut
from adapters.chat.visible import make_visible
from bot.report import Band
from handlers.reply import (
    Card,
    ClaimLine,
    Explanation,
    FlagGroup,
    HistoryList,
    Notice,
    Part,
    Passage,
    ReasonLine,
    ReplyFile,
    SettingsSheet,
    SourceList,
)

LONGEST_TITLE = 150  # Slack's header; a longer headline is repeated in full below it

_LONGEST_QUOTE = 300  # characters of a passage that are shown before it is cut in the middle
_LONGEST_FLAGGED = 100
_MOST_FINDINGS = 2  # under one heading
_MOST_COMPARED = 3  # passages of one finding, where they are to be held together
_MOST_FLAGGED = 1  # else: what is found about them is said in words
# Only what a reader sees in full and every platform takes for one address; no white space, brackets or quotes.
_PLAIN_ADDRESS = re.compile(r"https?://[A-Za-z0-9](?:[!#$%&(-;=?@A-Z\[\]_a-z~]|'){1,1000}")
_USER_IN_ADDRESS = re.compile(r"https?://[^/?#]*@")


def outline(part: Part) -> tuple[Block, ...]:
    """The blocks of one part. A file has none but its caption: the platform attaches it."""
    return tuple(_blocks(part))


def address_run(url: str) -> Run:
    """An address to click where it is a plain one, else only its words."""
    plain = _PLAIN_ADDRESS.fullmatch(url) and not _USER_IN_ADDRESS.match(url)
    return Run(text=make_visible(url), link=bool(plain))


def _blocks(part: Part) -> Iterator[Block]:
    match part:
        case Card():
            yield from _card(part)
        case Notice():
            yield _notice(part)
        case Explanation():
            yield from _explanation(part)
        case SourceList():
            yield from _sources(part)
        case HistoryList():
            yield from _history(part)
        case SettingsSheet():
            yield from _settings(part)
        case ReplyFile():
            yield block_of(_said(part.caption), rank=Rank.KEPT)


def _card(card: Card) -> Iterator[Block]:
    yield from _head(card)
    changes = tuple(block_of(_item(change), counts="change") for change in card.changes)
    yield from _section("What changed", changes)
    claims = tuple(_claim(claim, everything=card.everything) for claim in card.key)
    if not claims and card.rest and not card.everything:
        yield block_of(_said("No claim stands out; “Show all claims” lists every one."), rank=Rank.WANTED)
    yield from _section("Check first", claims)
    yield from _section("Flags", tuple(_flag_group(group, everything=card.everything) for group in card.flags))
    if card.safe_line:
        safe = line_of(make_visible(card.safe_line), shape=Shape.COPY)
        yield block_of(_heading("Safe line"), safe, rank=Rank.WANTED, counts="safe line")
    if card.missing:
        yield block_of(_heading("Get next"), *map(_item, card.missing), rank=Rank.WANTED, counts="“get next” list")
    if card.everything:
        yield from _section("Other claims", tuple(_claim(claim, everything=True) for claim in card.rest))
        opinions = tuple(block_of(_item(opinion.shown), counts="opinion") for opinion in card.opinions)
        yield from _section("Said, but no checkable claim (not graded)", opinions)
    notes = tuple(block_of(_item(note), counts="note", rank=Rank.WANTED) for note in card.notes)
    yield from _section("Limits of this report", notes)
    if card.folded and not card.everything:
        yield block_of(_said(f"Folded away: {card.folded}.", style=Style.QUIET), rank=Rank.WANTED)
    if buttons := offer_buttons(card):
        yield Block(buttons=buttons, rank=Rank.KEPT)
    if menus := offer_menus(card):
        yield Block(menus=menus, rank=Rank.WANTED)


def _head(card: Card) -> Iterator[Block]:
    headline = make_visible(card.headline)
    yield block_of(line_of(cut(headline, longest=LONGEST_TITLE), shape=Shape.TITLE), rank=Rank.KEPT)
    lines = [] if cut(headline, longest=LONGEST_TITLE) == headline else [_said(headline, style=Style.BOLD)]
    url = card.report.document.url or ""
    about = [Run(text=make_visible(card.about), style=Style.QUIET)] if card.about else []
    if url and url != card.headline:
        about += [Run(text=" · ", style=Style.QUIET)] * bool(about) + [address_run(url)]
    if about:
        lines.append(Line(runs=tuple(about)))
    if card.stored:
        lines.append(_said(card.stored, style=Style.QUIET))
    lines.append(_said(card.summary))
    yield block_of(*lines, rank=Rank.KEPT)


def _claim(claim: ClaimLine, *, everything: bool) -> Block:
    longest = None if everything else _LONGEST_QUOTE
    quote = claim.quote.quoted(longest=longest)
    lines = [
        _said(f"{claim.number}. {quote if claim.verbatim else claim.claim}", style=Style.BOLD),
        _said(f"{claim.bar} of 5 · {claim.label}: {claim.told}"),
    ]
    if claim.overruled:
        lines.append(_said(claim.overruled, style=Style.BOLD))
    if not claim.verbatim:
        lines.append(_said(quote, shape=Shape.QUOTE))
    if everything:
        lines += map(_reason, claim.reasons)
        lines += [_said(f"Also: {_side_by_side(claim.also)}", style=Style.QUIET)] * bool(claim.also)
    elif len(claim.reasons) > (claim.band is Band.UNSOURCED):  # that nobody is cited is said above
        lines.append(_said(" ".join(reason.text for reason in claim.reasons), style=Style.QUIET))
    return Block(lines=tuple(lines), counts="claim", band=claim.band)


def _flag_group(group: FlagGroup, *, everything: bool) -> Block:
    lines = [_said(group.heading, style=Style.BOLD)]
    between = " | " if group.compares else " · "
    most = _MOST_COMPARED if group.compares else _MOST_FLAGGED
    for item in group.items if everything else group.items[:_MOST_FINDINGS]:
        shown = item.passages if everything else item.passages[:most]
        longest = None if everything else _LONGEST_FLAGGED
        passages = between.join(passage.quoted(longest=longest) for passage in shown)
        more = len(item.passages) - len(shown)
        passages += f"{between}{more} more" if more else ""
        note = (Run(text=make_visible(item.note)), Run(text=" ")) if item.note else ()
        lines.append(Line(runs=(*note, Run(text=make_visible(passages), style=Style.QUIET)), shape=Shape.ITEM))
    more = len(group.items) - _MOST_FINDINGS
    if more > 0 and not everything:
        lines.append(_said(f"and {more} more", style=Style.QUIET))
    return block_of(*lines, counts="flag")


def _notice(notice: Notice) -> Block:
    given = [Run(text=f"{make_visible(notice.given)}: ", style=Style.BOLD)] if notice.given else []
    first, *more = notice.text.splitlines() or [""]
    lines = (Line(runs=(*given, Run(text=make_visible(first)))), *(_said(line) for line in more if line.strip()))
    return block_of(*lines, rank=Rank.KEPT)


def _explanation(part: Explanation) -> Iterator[Block]:
    yield block_of(_said(part.headline, style=Style.QUIET), rank=Rank.KEPT)
    yield replace(_claim(part.line, everything=True), rank=Rank.KEPT)


def _sources(part: SourceList) -> Iterator[Block]:
    yield block_of(_heading("Who stands behind the claims"), _said(part.headline, style=Style.QUIET), rank=Rank.KEPT)
    for source in part.lines:
        title = f", {source.title}" if source.title else ""
        claims = ", ".join(claim.removeprefix("c") for claim in source.claims)
        plural = "s" * (len(source.claims) > 1)
        runs = (
            Run(text=make_visible(source.name + title), style=Style.BOLD),
            Run(text=" " + make_visible(f"({source.footing}): claim{plural} {claims}")),
        )
        yield block_of(Line(runs=runs, shape=Shape.ITEM), counts="source")


def _history(part: HistoryList) -> Iterator[Block]:
    yield block_of(_heading(make_visible(part.heading)), rank=Rank.KEPT)
    for line in part.lines:
        runs = [Run(text=f"{line.when}  "), Run(text=make_visible(line.title), style=Style.BOLD)]
        if line.url and line.url != line.title:
            runs += [Run(text=" "), address_run(line.url)]
        runs.append(Run(text=" " + make_visible(f"— {line.grades}")))
        yield block_of(Line(runs=tuple(runs), shape=Shape.ITEM), counts="earlier check")


def _settings(part: SettingsSheet) -> Iterator[Block]:
    yield block_of(_heading("How I behave in this channel"), rank=Rank.KEPT)
    for line in part.lines:
        runs = (
            Run(text=f"{line.name}: {make_visible(line.value)}", style=Style.BOLD),
            Run(text=f" ({line.choices}). {line.explained}"),
        )
        yield block_of(Line(runs=runs, shape=Shape.ITEM), rank=Rank.WANTED, counts="setting")
    told = "To change one: settings NAME VALUE." if part.may_change else "You may not change these here."
    yield block_of(_said(told, style=Style.QUIET), rank=Rank.KEPT)


def _section(title: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, the title standing with the first of them."""
    for number, block in enumerate(blocks):
        yield block if number else replace(block, lines=(_heading(title), *block.lines))


def _reason(reason: ReasonLine) -> Line:
    return _said(f"{reason.text} {_side_by_side(reason.passages)}".rstrip(), shape=Shape.ITEM)


def _side_by_side(passages: Sequence[Passage]) -> str:
    return " | ".join(passage.quoted() for passage in passages)


def _heading(title: str) -> Line:
    return line_of(title, style=Style.BOLD)


def _item(words: str) -> Line:
    return _said(words, shape=Shape.ITEM)


def _said(words: str, *, style: Style = Style.PLAIN, shape: Shape = Shape.TEXT) -> Line:
    return line_of(make_visible(words), style=style, shape=shape)
