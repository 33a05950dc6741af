"""Outlets between the reader and a source: to whom the source spoke, and whether that is another outlet than ours.

Rubric, adjustment 1: each other outlet between the reader and the origin is a relay; the publishing one is none. Where
the document does not name its outlet, the text mostly betrays it: only a publisher is asked for comment, has learned or
reminds of what it reported before.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.analysis.attributions import FoundAttribution
from bot.analysis.cast import Cast, Speaker
from bot.analysis.parsing import Article
from bot.analysis.told_outlets import find_outlet_told
from bot.document import Span
from bot.report import SourceKind

_LETTERS = re.compile(r"\w")
_ON = 6  # paragraphs over which an unnamed source goes on to speak through the outlet that it told
_NEAR = 48  # characters on either side of a name that can show a publisher
_OUTLETS = frozenset({SourceKind.NEWS_OUTLET, SourceKind.OWN_REPORTING})
_ASKS = re.compile(
    r"(?:[’']s?)?\s+(?:(?:multiple|several|repeated|email(?:ed)?)\s+)?(?:request|quer(?:y|ies)|inquir|enquir|call|email|message)s?\b"
    r"(?! (?:shows?|said|says))"
    r"|\s+(?:has|have)\s+(?:\w+\s+)?(?:learned|learnt|reached out|contacted|asked|approached|requested|sought)\b"
    r"|\s+(?:reached out|contacted|understands)\b"
    r"|\s+(?:staff\s+)?(?:writer|reporter|journalist|correspondent)s?\b[^.\n]{0,30}\bcontributed\b"
)
_REMINDS = re.compile(
    r"\s+(?:(?:has|had|very)\s+)*(?:previously|recently|earlier|first|already)\s+(?:reported|explained|wrote|noted|revealed|covered)\b"
)
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)\s*(?:\d{4}\s*)?(?:the\s+)?$|contacted by\s+(?:the\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relays:
    """The outlet that stands before each attribution's source, by the attribution's number; made by `find_relays`.

    `ours` are the keys of what the article shows to be its own outlet.
    """

    by_number: Mapping[int, Speaker]
    ours: frozenset[str]


def find_relays(article: Article, cast: Cast, found: Sequence[FoundAttribution]) -> Relays:
    """Who relays what: the outlet that a source told, and by which it goes on to speak in the paragraphs beside."""
    speakers = [cast.identify(f.source, cue=f.cue) for f in found]
    told: dict[int, Speaker] = {}
    for number, attribution in enumerate(found):
        at = find_outlet_told(article, attribution) if speakers[number].kind not in _OUTLETS else None
        outlet = cast.identify(at, cue=attribution.cue) if at is not None else None
        if outlet is not None and outlet.kind in _OUTLETS and outlet.key != speakers[number].key:
            told[number] = outlet
    ours = _find_publisher(article, cast, told)
    cited = {s.key for s in speakers if s.kind is SourceKind.NEWS_OUTLET}
    others = {n: outlet for n, outlet in told.items() if _is_another(article, outlet, ours=ours, cited=cited)}
    return Relays(by_number=_carry(article, found, speakers, told=told, others=others), ours=ours)


def _is_another(article: Article, outlet: Speaker, *, ours: frozenset[str], cited: set[str]) -> bool:
    """Whether the outlet is not the one in front of us: we know ours, or the text cites this one in its own right."""
    known = article.document.outlet
    if outlet.kind is SourceKind.OWN_REPORTING or outlet.key in ours:
        return False
    if known is not None:
        return not same_house(known, outlet.name)
    return bool(ours) or outlet.key in cited


def same_house(one: str, other: str) -> bool:
    """Whether two outlet names are one outlet's: "The Courier", "Courier Online", "thecourier.example"."""
    first, second = sorted(("".join(_LETTERS.findall(n.lower())).removeprefix("the") for n in (one, other)), key=len)
    return first in second


def _find_publisher(article: Article, cast: Cast, told: Mapping[int, Speaker]) -> frozenset[str]:
    """Keys of the outlets that the text shows to be its own; of several that were told, the one told most."""
    shown = {
        speaker.key
        for speaker in cast.outlets()
        if any(_shows_publisher(article.text, span) for span in cast.spans_of(speaker))
    }
    if shown or article.document.outlet is not None:
        return frozenset(shown)
    most = Counter(outlet.key for outlet in told.values()).most_common(2)
    return frozenset({most[0][0]}) if len(most) > 1 and most[0][1] > most[1][1] else frozenset()


def _shows_publisher(text: str, name: Span) -> bool:
    before, after = text[max(0, name.start - _NEAR) : name.start], text[name.end : name.end + _NEAR]
    reminded = re.search(r"\b[Aa]s (?:the )?$", before, re.IGNORECASE) and _REMINDS.match(after)
    return bool(_ASKS.match(after) or reminded or _COPYRIGHT.search(before))


def _carry(
    article: Article,
    found: Sequence[FoundAttribution],
    speakers: Sequence[Speaker],
    *,
    told: Mapping[int, Speaker],
    others: Mapping[int, Speaker],
) -> dict[int, Speaker]:
    """The relays with those taken up by what the same source says in the same paragraph or one beside it."""
    paragraphs = [s.paragraph if (s := article.sentence_at(f.start)) is not None else 0 for f in found]
    spoken: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for n, speaker in enumerate(speakers):
        spoken[paragraphs[n], speaker.key].append(n)
    relays = dict(others)
    for number, outlet in others.items():
        wide = speakers[number].kind is SourceKind.ANONYMOUS
        for paragraph in range(paragraphs[number] - 1, paragraphs[number] + (_ON if wide else 1) + 1):
            for n in spoken.get((paragraph, speakers[number].key), ()):
                if n not in told:
                    relays.setdefault(n, outlet)
    return relays
