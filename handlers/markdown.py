"""A reply as Markdown, for a ticket, a wiki or a mail. What the article says is escaped, so it stays words."""

import re
from collections.abc import Iterator

from handlers.printable import escape_markdown
from handlers.reply import Card, ClaimLine, FlagGroup, Passage

_PLAIN_ADDRESS = re.compile(r"https?://[!-;=?-~]+")  # ASCII, no white space, no angle brackets


def render_markdown(card: Card, *, everything: bool) -> str:
    """The report as Markdown, ending in a line break; `everything` adds the claims that are not key, and opinions."""
    blocks = [_head(card), _claims("Check first", card.key), _flags(card.flags), _ending(card)]
    if everything:
        blocks.append(_claims("Other claims", card.rest))
        said = tuple(opinion.shown for opinion in card.opinions)
        blocks.append(_list("### Said, but no checkable claim (not graded)", said))
    if card.changes:
        blocks.insert(1, _list("### What has changed", card.changes))
    blocks.append(_list("### Limits of this report", card.notes))
    return "\n\n".join(block for block in blocks if block) + "\n"


def _head(card: Card) -> str:
    url = card.report.document.url or ""
    about = " · ".join(part for part in (escape_markdown(card.about), _address(url)) if part)
    texts = (escape_markdown(text) for text in (card.summary, card.stored))
    lines = (f"## {escape_markdown(card.headline)}", about, *texts)
    return "\n\n".join(line for line in lines if line)


def _claims(title: str, claims: tuple[ClaimLine, ...]) -> str:
    return "\n".join((f"### {title}\n", *(line for claim in claims for line in _claim(claim)))) if claims else ""


def _flags(groups: tuple[FlagGroup, ...]) -> str:
    return "\n".join(("### Flags\n", *(line for group in groups for line in _flag_group(group)))) if groups else ""


def _ending(card: Card) -> str:
    safe = f"**Safe line:** {escape_markdown(card.safe_line)}" if card.safe_line else ""
    return "\n\n".join(block for block in (safe, _list("**Get next:**", card.missing)) if block)


def _list(title: str, items: tuple[str, ...]) -> str:
    return "\n".join((f"{title}\n", *(f"- {escape_markdown(item)}" for item in items))) if items else ""


def _claim(line: ClaimLine) -> Iterator[str]:
    yield f"- {line.bar} · {line.id}: **{escape_markdown(line.claim)}**  "
    yield f"  {line.label}: {escape_markdown(line.told)}  "
    yield f"  {escape_markdown(line.quote.quoted())}"
    if line.overruled:
        yield f"  - **{escape_markdown(line.overruled)}**"
    for reason in line.reasons:
        yield f"  - {escape_markdown(reason.text)} {_listed(reason.passages, between=' | ')}".rstrip()


def _flag_group(group: FlagGroup) -> Iterator[str]:
    yield f"- **{group.heading}**"
    for item in group.items:
        note = f" — {escape_markdown(item.note)}" if item.note else ""
        passages = _listed(item.passages, between=" | " if group.compares else " · ")
        yield f"  - {passages}{note}"


def _listed(passages: tuple[Passage, ...], *, between: str) -> str:
    return between.join(escape_markdown(passage.quoted()) for passage in passages)


def _address(url: str) -> str:
    return f"<{url}>" if _PLAIN_ADDRESS.fullmatch(url) else escape_markdown(url)
