"""The report in short: one line of counts, a safe line, and what is missing (docs/grading.md)."""

from collections import Counter
from collections.abc import Sequence

from bot.analysis.missing import find_missing
from bot.analysis.origins import find_origins
from bot.analysis.parsing import Article
from bot.analysis.safe_line import write_safe_line
from bot.analysis.syntax import Tree
from bot.report import Attribution, Band, Claim, Flag, Summary


def summarize(
    article: Article,
    claims: Sequence[Claim],
    attributions: Sequence[Attribution],
    flags: Sequence[Flag],
    *,
    trees: Sequence[Tree] = (),
) -> Summary:
    """Count the claims by band and by independent origin, and put the story safely.

    `trees` are those of the article's sentences; without them the wording goes by word forms alone.
    """
    counted = Counter(c.grade.band for c in claims)
    bands = tuple((band, counted[band]) for band in Band)
    origins = len(find_origins(article, claims))
    return Summary(
        line=render_line(len(claims), bands, origins),
        claims=len(claims),
        bands=bands,
        origins=origins,
        safe_line=write_safe_line(article, claims, trees),
        missing=find_missing(article, claims, attributions, flags),
    )


def render_line(claims: int, bands: Sequence[tuple[Band, int]], origins: int) -> str:
    """The counts in one line, as in: 16 claims: 0 strong, 0 moderate, 8 weak, 8 unsourced; 1 independent origin."""
    if not claims:
        return "No checkable claims."
    counts = ", ".join(f"{count} {band.value}" for band, count in bands)
    return f"{claims} claim{'' if claims == 1 else 's'}: {counts}; {_origins(origins)}."


def _origins(count: int) -> str:
    if not count:
        return "no origin is named"
    return f"{count} independent origin{'' if count == 1 else 's'}"
