"""The whole analysis of one document, step by step."""

import re
from collections.abc import Sequence

from bot import __version__
from bot.analysis.assertions import find_assertions, judge_directness, tells_threat
from bot.analysis.attributions import CueClass, FoundAttribution
from bot.analysis.cast import read_cast
from bot.analysis.chains import read_provenance
from bot.analysis.claims import ClaimsFound, Workbench, find_claims
from bot.analysis.flags import find_flags
from bot.analysis.lexicon import load_lexicon
from bot.analysis.parsing import Article, parse_article
from bot.analysis.reach import carry_forward
from bot.analysis.span_finder import find_attributions
from bot.analysis.summary import summarize
from bot.analysis.syntax import Tree
from bot.analysis.tagger.model import Tagger, load_tagger
from bot.document import Document, Span
from bot.report import Attribution, Engine, Report

_NEAR = 4  # characters that hold the next word of a cue cut short: "is thought" (to)
# Nobody says nothing, and the letters before the lines of an interview are no speakers.
_NOBODY = re.compile(r"(?:nobody|no one|no-one)\b|(?-i:[QA])(?=\s*[:.])", re.IGNORECASE)
ENGINE = Engine(name="claimcheck", version=__version__)


def check(document: Document, *, tagger: Tagger | None = None) -> Report:
    """Find the document's claims, trace and grade each, flag what to look at twice, and sum it up.

    `tagger` is the shipped one, loaded once, unless another is given. Same document, same report.
    """
    article = parse_article(document)
    tagging = (tagger or load_tagger()).read(article)
    return build_report(article, tagging.trees, find_attributions(article, tagging))


def build_report(article: Article, trees: Sequence[Tree], everything: Sequence[FoundAttribution]) -> Report:
    """The report from the trees of the sentences and all that was found; acts and threats are left out."""
    found = tuple(f for f in everything if _is_attribution(article, f))
    cast = read_cast(article, trees)
    tracer = read_provenance(article, cast, found)
    assertions = carry_forward(find_assertions(article, trees, found, nested=tracer.nested), trees, found)
    bench = Workbench(article=article, trees=tuple(trees), found=found, cast=cast, tracer=tracer)
    claims = find_claims(bench, assertions)
    attributions = tuple(_attribution(bench, n, claims) for n in range(len(found)))
    flags = find_flags(article, claims.claims, attributions)
    return Report(
        document=article.document,
        summary=summarize(article, claims.claims, attributions, flags, trees=trees),
        claims=claims.claims,
        attributions=attributions,
        flags=flags,
        notes=article.document.notes,
        engine=ENGINE,
    )


def _is_attribution(article: Article, found: FoundAttribution) -> bool:
    """Whether somebody voiced it: no act, no threat, and where nobody stands behind it, a cue that says so."""
    if not found.reported or tells_threat(article, found):
        return False
    if found.source is not None and _NOBODY.match(article.text, found.source.start):
        return False
    if found.source is not None and article.same_words(found.source).lower() == "you":
        return False
    if found.cue_class is not CueClass.UNSPECIFIED or found.cue is None:
        return True
    stretch = slice(max(0, found.cue.start - _NEAR), found.cue.end + _NEAR)
    return load_lexicon("cues").pattern("unspecified").search(article.text[stretch]) is not None


def _attribution(bench: Workbench, number: int, claims: ClaimsFound) -> Attribution:
    found = bench.found[number]
    speaker = bench.cast.identify(found.source, cue=found.cue or found.content[0])
    return Attribution(
        statement=_statement(bench.article, found),
        source=found.source,
        cue=found.cue,
        content=found.content,
        kind=speaker.kind,
        name=speaker.name,
        title=speaker.title,
        directness=judge_directness(bench.article, found.content[0]),
        claim_ids=claims.by_attribution.get(number, ()),
    )


def _statement(article: Article, found: FoundAttribution) -> Span:
    """The whole sentences that hold source, cue and content, and what lies between them."""
    parts = [s for s in (found.source, found.cue, *found.content) if s is not None]
    sentences = [s.span for part in parts for s in article.sentences_in(part)] or parts
    return Span(start=min(s.start for s in sentences), end=max(s.end for s in sentences))
