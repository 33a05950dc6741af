"""What the article extractor leaves out, taken from the page's markup: captions, standfirst, and what walls show."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html

from bot.reading.captions import same_words
from bot.reading.wording import page_words

_SPACE = re.compile(r"\s+")
_HIDDEN = frozenset({"script", "style", "noscript", "template", "svg", "iframe", "head", "select", "option", "button"})
_VIDEO_FRAME = re.compile(r"youtube|vimeo|dailymotion|jwplayer|brightcove|video|player", re.IGNORECASE)
_LEAST_CAPTION_WORDS = 3
_MOST_CAPTION_WORDS = 80
_MOST_CAPTIONS = 30
_STANDFIRST_WORDS = range(5, 71)
_MOST_VISIBLE = 40_000
_MOST_JSON = 400_000
_ARTICLE_TYPES = frozenset(
    {"article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "blogposting", "liveblogposting"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a page says of its article in JSON-LD and meta tags."""

    headline: str
    published: str | None
    free: bool
    words: int
    video: bool


def parse_html(text: str) -> html.HtmlElement | None:
    """The page's tree, whatever state it is in; None where there is no element in it.

    Raises MemoryError where there is too much in it.
    """
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        # The parser reports an empty document also where memory ran out.
        if len(text) > _MOST_VISIBLE:
            raise MemoryError from error
        return None
    return tree


def find_captions(tree: html.HtmlElement) -> tuple[str, ...]:
    """The captions of the article's pictures, in order, each once."""
    scope = _article_scope(tree)
    found: dict[str, str] = {}
    for element in scope.iter("figcaption", "p", "div", "span"):
        if element.tag != "figcaption" and not _has_class(element, "caption_classes"):
            continue
        words = visible_text(element)
        if _LEAST_CAPTION_WORDS <= len(words.split()) <= _MOST_CAPTION_WORDS:
            found.setdefault(same_words(words), words)
        if len(found) >= _MOST_CAPTIONS:
            break
    keys = list(found)
    return tuple(v for k, v in found.items() if not any(k != other and k in other for other in keys))


def find_standfirst(tree: html.HtmlElement) -> str | None:
    """The summary that the page shows below its headline, where its markup marks one."""
    for element in tree.iter("p", "h2", "h3", "div", "span"):
        marked = _has_class(element, "standfirst_classes") or element.get("itemprop") == "alternativeHeadline"
        if marked and not _has_ancestor(element, ("aside", "nav", "footer")):
            words = visible_text(element)
            if len(words.split()) in _STANDFIRST_WORDS:
                return words
    return None


def find_headline(tree: html.HtmlElement) -> str:
    """The words of the page's only, or its article's first, main heading; "" without one."""
    inside = [h for h in _article_scope(tree).iter("h1") if visible_text(h)]
    anywhere = inside or [h for h in tree.iter("h1") if visible_text(h)]
    return visible_text(anywhere[0]) if anywhere else ""


def find_stated(tree: html.HtmlElement) -> Stated:
    """Read what JSON-LD and meta tags state; broken JSON states nothing."""
    objects = [o for script in tree.iter("script") if _is_json_ld(script) for o in _objects(script.text or "")]
    articles = [o for o in objects if _type_of(o) in _ARTICLE_TYPES]
    videos = any(_type_of(o) == "videoobject" for o in objects) and not articles
    article = articles[0] if articles else {}
    free = str(article.get("isAccessibleForFree", "true")).lower() != "false"
    count = article.get("wordCount")
    return Stated(
        headline=_text(article.get("headline")),
        published=_text(article.get("datePublished")) or meta(tree, "article:published_time") or None,
        free=free and meta(tree, "article:content_tier") not in {"locked", "metered"},
        words=int(count) if isinstance(count, int | str) and str(count).isdecimal() else 0,
        video=videos or meta(tree, "og:type").startswith("video") or _shows_video(tree),
    )


def meta(tree: html.HtmlElement, name: str) -> str:
    """The content of a meta tag by name or property; "" without one."""
    for element in tree.iter("meta"):
        if name in {element.get("property"), element.get("name")}:
            return _SPACE.sub(" ", element.get("content") or "").strip()
    return ""


def asks_for_password(tree: html.HtmlElement) -> bool:
    """Whether the page has a field for a password."""
    return any(element.get("type", "").lower() == "password" for element in tree.iter("input"))


def visible_text(element: html.HtmlElement) -> str:
    """The words of an element that a reader sees, on one line."""
    pieces: list[str] = []
    size = 0
    skip: html.HtmlElement | None = None
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "end":
            if node is skip:
                skip = None
            if skip is None and node is not element and node.tail:
                pieces.append(node.tail)
        elif skip is None:
            if node.tag in _HIDDEN:
                skip = node
            else:
                pieces.append(f" {node.text or ''}" if node.tag in {"p", "div", "br", "li", "td"} else node.text or "")
        size += len(pieces[-1]) if pieces else 0
        if size > _MOST_VISIBLE:
            break
    return _SPACE.sub(" ", "".join(pieces)).strip()


def _article_scope(tree: html.HtmlElement) -> html.HtmlElement:
    """The largest <article>, else <main>, else all."""
    for tag in ("article", "main"):
        found = list(tree.iter(tag))[:20]
        if found:
            return max(found, key=lambda e: sum(1 for _ in e.iter("p")))
    return tree


def _has_class(element: html.HtmlElement, group: str) -> bool:
    names = (element.get("class") or "").lower().split()
    return any(name in page_words(group) for name in names[:20])


def _has_ancestor(element: html.HtmlElement, tags: tuple[str, ...]) -> bool:
    return next(element.iterancestors(*tags), None) is not None


def _shows_video(tree: html.HtmlElement) -> bool:
    if next(tree.iter("video"), None) is not None:
        return True
    return any(_VIDEO_FRAME.search(frame.get("src") or "") for frame in tree.iter("iframe"))


def _is_json_ld(script: html.HtmlElement) -> bool:
    return "ld+json" in (script.get("type") or "").lower()


def _objects(text: str) -> Iterator[dict[str, object]]:
    """Every object at the top of a JSON-LD block, in a list of them or in its @graph."""
    if len(text) > _MOST_JSON:
        return
    try:
        loaded = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return
    for top in loaded if isinstance(loaded, list) else [loaded]:
        if isinstance(top, dict):
            yield top
            graph = top.get("@graph")
            yield from (o for o in graph if isinstance(o, dict)) if isinstance(graph, list) else ()


def _type_of(o: dict[str, object]) -> str:
    kind = o.get("@type")
    if isinstance(kind, list):
        kind = kind[0] if kind else ""
    return str(kind).lower()


def _text(value: object) -> str:
    return _SPACE.sub(" ", value).strip() if isinstance(value, str) else ""
