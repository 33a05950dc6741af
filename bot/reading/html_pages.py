"""HTML -> Document: the extractor's body, with headline, standfirst and captions put back in their places."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import trafilatura
from lxml import etree, html

from bot.document import Document, Role
from bot.errors import NotAnArticle
from bot.reading.captions import caption_part, same_words
from bot.reading.furniture import is_boilerplate, is_date_line, read_byline, read_date
from bot.reading.headings import split_site_name
from bot.reading.language import require_english
from bot.reading.lines import clean
from bot.reading.markup import (
    asks_for_password,
    find_captions,
    find_headline,
    find_standfirst,
    find_stated,
    meta,
    parse_html,
    visible_text,
)
from bot.reading.plain import MOST_WORDS, limit_notes, make_paragraphs, require_enough
from bot.reading.roles import Marked, Passage, find_passages
from bot.reading.walls import Signals, require_article

_SPACE = re.compile(r"\s+")
_BLOCKS = {"p": "", "head": "heading", "quote": "quote", "item": "item"}
_ALIKE = 0.6
_ADDRESS_IN_BYLINE = re.compile(r"https?://\S+|\S+@\S+|^by:?\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """A piece of the article to be laid out. `mark` as in Marked, for pieces whose role is not known yet."""

    text: str
    role: Role | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the page tells about its article."""

    title: str
    outlet: str | None
    byline: str | None
    published: str | None


def read_html(text: str, *, url: str | None) -> Document:
    """Read one page. Raises NotAnArticle where it holds none, UnsupportedLanguage and TextTooShort."""
    tree = parse_html(clean(text))
    if tree is None:
        message = "The page is empty. Open it in a browser and paste the text."
        raise NotAnArticle(message)
    stated = find_stated(tree)
    extracted: object = trafilatura.bare_extraction(
        html.fromstring(etree.tostring(tree, encoding="unicode", method="html")),
        url=url,
        favor_precision=True,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
    )
    body = getattr(extracted, "body", None)
    blocks = () if body is None else tuple(_blocks(body))
    known = _known(tree, extracted, stated.headline, stated.published)
    notes = require_article(
        Signals(
            title=find_headline(tree) or known.title or _page_title(tree),
            prose=" ".join(b.text for b in blocks),
            visible=visible_text(tree),
            password=asks_for_password(tree),
            video=stated.video,
            free=stated.free,
            stated_words=stated.words,
        )
    )
    return _lay_out(_ordered(tree, known, blocks), known, url=url, notes=notes)


def _ordered(tree: html.HtmlElement, known: _Known, body: Sequence[_Block]) -> Iterator[_Block]:
    """Headline, standfirst, captions, body; nothing twice."""
    captions = {same_words(c): c for c in find_captions(tree)}
    seen = same_words(known.title)
    body = [b for b in body if same_words(b.text) != seen and same_words(b.text) not in captions]
    standfirst = find_standfirst(tree)
    yield _Block(text=known.title, role=Role.HEADLINE)
    if standfirst and same_words(standfirst) != seen:
        body = [b for b in body if same_words(b.text) != same_words(standfirst)]
        if not any(same_words(standfirst) in same_words(b.text) for b in body[:3]):
            yield _Block(text=standfirst, role=Role.STANDFIRST)
    yield from (_Block(text=caption, role=Role.CAPTION) for caption in captions.values())
    yield from body


def _lay_out(blocks: Iterator[_Block], known: _Known, *, url: str | None, notes: tuple[str, ...]) -> Document:
    kept = [block for block in blocks if block.text and not _is_left_out(block)]
    words = sum(len(block.text.split()) for block in kept)
    passages: list[Passage] = []
    lines: list[Marked] = []
    position = 0
    parts = tuple(_within_limit(kept))
    for block in parts:
        if block.role is None:
            lines.append(Marked(start=position, text=block.text, mark=block.mark, gap=1))
        else:
            passages.extend(_known_passage(block.role, block.text, position))
        position += len(block.text) + len("\n\n")
    text = "\n\n".join(block.text for block in parts)
    require_enough(words)
    require_english(text)
    passages.extend(find_passages(lines, None))
    if not any(p.role is Role.BODY for p in passages):
        message = "No article text was found on this page. Open it in a browser and paste the text."
        raise NotAnArticle(message)
    return Document(
        text=text,
        paragraphs=make_paragraphs(text, passages),
        url=url,
        title=known.title,
        outlet=known.outlet,
        byline=known.byline,
        published=known.published,
        notes=(*notes, *limit_notes(words)),
    )


def _within_limit(blocks: Sequence[_Block]) -> Iterator[_Block]:
    left = MOST_WORDS
    for block in blocks:
        words = block.text.split(" ")
        if left > 0:
            yield block if len(words) <= left else replace(block, text=" ".join(words[:left]))
        left -= len(words)


def _is_left_out(block: _Block) -> bool:
    """The text of a page is laid out by us, so what says nothing need not stand in it."""
    if block.role is not None:
        return False
    return is_boilerplate(block.text) or is_date_line(block.text) or read_byline(block.text) is not None


def _known_passage(role: Role, text: str, at: int) -> Iterator[Passage]:
    start, end = (caption_part(text) or (0, len(text))) if role is Role.CAPTION else (0, len(text))
    if text[start:end].strip():
        yield Passage(start=at + start, end=at + end, role=role, prose=at + start)


def _blocks(body: etree._Element) -> Iterator[_Block]:
    """The extractor's blocks in order. A block inside another (a paragraph in a quotation) is taken by itself."""
    for element in body.iter(*_BLOCKS):
        if any(child.tag in _BLOCKS for child in element.iterdescendants()):
            continue
        enclosing = element.getparent()
        mark = _BLOCKS[str(element.tag)]
        if enclosing is not None and enclosing.tag in {"quote", "item"}:
            mark = _BLOCKS[str(enclosing.tag)]
        for line in _lines_of(element):
            yield _Block(text=line, mark=mark)


def _lines_of(element: etree._Element) -> Iterator[str]:
    pieces = chain.from_iterable(
        ("\n" if node.tag == "lb" else "", node.text or "")
        if event == "start"
        else ("" if node is element else node.tail or "",)
        for event, node in etree.iterwalk(element, events=("start", "end"))
    )
    for line in "".join(pieces).split("\n"):
        if words := _SPACE.sub(" ", line).strip():
            yield words


def _known(tree: html.HtmlElement, extracted: object, headline: str, published: str | None) -> _Known:
    site = _string(extracted, "sitename") or meta(tree, "og:site_name")
    candidates = (find_headline(tree), headline, meta(tree, "og:title"), _string(extracted, "title"), _page_title(tree))
    title, suffix = split_site_name(_best_title([c for c in candidates if c]))
    if site and title.lower().endswith(site.lower()):
        title = title[: -len(site)].rstrip(" -–—|·:") or title
    day = read_date(published) if published else None
    return _Known(
        title=title,
        outlet=site or suffix or split_site_name(_page_title(tree))[1],
        byline=_ADDRESS_IN_BYLINE.sub("", _string(extracted, "author").replace("; ", ", ")).strip(" ,;") or None,
        published=(published if day else None) or _string(extracted, "date") or None,
    )


def _best_title(candidates: Sequence[str]) -> str:
    """The page's main heading where another place says about the same; else the first of the others."""
    if len(candidates) <= 1:
        return candidates[0] if candidates else ""
    first, *others = candidates
    own = set(same_words(first).split())
    for other in others:
        theirs = set(same_words(other).split())
        if len(own & theirs) >= _ALIKE * max(1, min(len(own), len(theirs))):
            return first
    return others[0]


def _page_title(tree: html.HtmlElement) -> str:
    found = next(tree.iter("title"), None)
    return _SPACE.sub(" ", found.text or "").strip() if found is not None else ""


def _string(extracted: object, name: str) -> str:
    value = getattr(extracted, name, None)
    return _SPACE.sub(" ", value).strip() if isinstance(value, str) else ""
