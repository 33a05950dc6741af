"""Anonymous sources used for opinion or attack (AP: anonymity is for information, not for opinion)."""

from collections.abc import Iterator, Sequence

from bot.analysis.parsing import Article
from bot.analysis.patterns import word_pattern
from bot.report import Attribution, Flag, FlagKind, SourceKind

_SHOWN = 6


def find_opinion_flags(article: Article, attributions: Sequence[Attribution]) -> Iterator[Flag]:
    """anonymous_opinion: one flag for each anonymous source that judges rather than informs."""
    pattern = word_pattern("opinion", "opinion")
    by_source: dict[str, list[Attribution]] = {}
    for attribution in attributions:
        if attribution.kind is not SourceKind.ANONYMOUS:
            continue
        if any(pattern.search(article.text, c.start, c.end) for c in attribution.content):
            by_source.setdefault(attribution.name, []).append(attribution)
    for name, voiced in by_source.items():
        yield Flag(
            kind=FlagKind.ANONYMOUS_OPINION,
            passages=tuple(dict.fromkeys(c for a in voiced for c in a.content))[:_SHOWN],
            note=f"“{name}” is not named and gives an opinion.",
        )
