"""Links in a message: where they stand, what they point at, and whether the message is links or a text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit, urlunsplit

from linkify_it import LinkifyIt

from bot.reading.lines import clean, find_words

# A message is links, not a text, when no more words than these remain outside them.
MOST_WORDS_BESIDE_LINKS = 25

_BRACKETED = re.compile(r"<(https?://[^<>\s|]+)(?:\|([^<>\n]*))?>", re.IGNORECASE)
_MARKDOWN = re.compile(r"\[([^\[\]\n]{0,500})\]\(\s*<?(https?://[^\s<>()]+)>?(?:\s+\"[^\"\n]*\")?\s*\)", re.IGNORECASE)
_NESTED_MARKDOWN = re.compile(
    r"\[([^\[\]\n]{0,500})\]\((https?://[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)+)\)", re.IGNORECASE
)
_WHOLE = re.compile(r"\s*(https?://[^\s<>|\"]+(?<![.,;:!?'*_)\]}”’]))\s*", re.IGNORECASE)
_DECORATION = "*_~`”’»\"'"
_TRACKING = re.compile(
    r"^(?:utm_.*|fbclid|gclid|gclsrc|dclid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi"
    r"|at_medium|at_campaign|at_custom\d|at_link_.*|at_bbc_team|at_format|at_ptr_name|cmpid|cmp|ns_campaign|ns_mchannel"
    r"|ns_source|ns_linkname|ncid|ocid|smid|smtyp|ftag|wt\.mc_id|wt_mc|guccounter|guce_referrer.*|s_cid|sr_share|taid|spm"
    r"|__twitter_impression|_ga|_gl|vero_id|oly_enc_id|oly_anon_id|mibextid|srsltid|gad_source|wbraid|gbraid)$",
    re.IGNORECASE,
)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SAFE_IN_PATH = "/%:@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link in a message: half-open offsets of all its characters (markup included), and its canonical URL."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What a message asks to be checked.

    `links` are the distinct links in order. When `is_links`, each is a document to fetch; otherwise `text` is the
    document and the links are only offered.
    """

    text: str
    links: tuple[Link, ...]
    is_links: bool


def read_message(message: str) -> Message:
    """Decide whether a message is links or a text (at most MOST_WORDS_BESIDE_LINKS words outside links: links)."""
    found = find_links(message)
    beside = _blanked(message, found)
    few = sum(1 for _ in find_words(beside)) <= MOST_WORDS_BESIDE_LINKS
    distinct: dict[str, Link] = {}
    for link in found:
        distinct.setdefault(link.url, link)
    return Message(text=clean(message), links=tuple(distinct.values()), is_links=bool(found) and few)


def find_links(message: str) -> tuple[Link, ...]:
    """Every http(s) link in text order: bare, in angle brackets (with Slack's |label) or in markdown."""
    message = clean(message)
    if whole := _WHOLE.fullmatch(message):
        return (Link(start=whole.start(1), end=whole.end(1), url=canonical_url(whole[1])),)
    taken: list[Link] = []
    for pattern, group in ((_BRACKETED, 1), (_NESTED_MARKDOWN, 2), (_MARKDOWN, 2)):
        for m in pattern.finditer(message):
            if not any(m.start() < link.end and link.start < m.end() for link in taken):
                taken.append(Link(start=m.start(), end=m.end(), url=canonical_url(m[group])))
    covered = _blanked(message, taken)
    taken.extend(_bare_links(covered))
    return tuple(sorted(taken, key=lambda link: link.start))


def canonical_url(url: str) -> str:
    """The URL by which a page is cached and told from others: no fragment, tracking parameters or default port.

    What cannot be parsed comes back as it is; the guard will refuse it.
    """
    try:
        parts = urlsplit(url.strip())
        netloc = _canonical_netloc(parts)
    except ValueError:
        return url
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k)]
    query = parts.query if len(kept) == len(parts.query.split("&")) else urlencode(kept)
    path = quote(parts.path or "/", safe=_SAFE_IN_PATH)
    return urlunsplit((parts.scheme.lower(), netloc, path, query, ""))


def _canonical_netloc(parts: SplitResult) -> str:
    user, at, host = parts.netloc.rpartition("@")
    port = parts.port
    host = host.lower()
    if port is not None and _DEFAULT_PORTS.get(parts.scheme.lower()) == port:
        host = host.rsplit(":", 1)[0]
    return f"{user}{at}{host.removesuffix(':')}"


def _bare_links(message: str) -> Iterator[Link]:
    linkify = LinkifyIt(options={"fuzzy_link": True, "fuzzy_email": False, "fuzzy_ip": False})
    for match in linkify.match(message) or ():
        raw = match.raw.rstrip(_DECORATION)
        if match.schema not in {"", "http:", "https:"} or (not match.schema and not _is_plainly_a_site(raw)):
            continue
        url = canonical_url(raw if match.schema else f"https://{raw}")
        yield Link(start=match.index, end=match.index + len(raw), url=url)


def _is_plainly_a_site(raw: str) -> bool:
    """A link without its scheme counts when it starts with www or has a path: "said.The" is no link."""
    return raw.lower().startswith("www.") or "/" in raw


def _blanked(message: str, links: Sequence[Link]) -> str:
    """The message with its links as spaces, so that all other offsets stay."""
    pieces: list[str] = []
    position = 0
    for link in sorted(links, key=lambda link: link.start):
        pieces += [message[position : link.start], " " * (link.end - link.start)]
        position = link.end
    return "".join([*pieces, message[position:]])
