"""What a desk should look at twice, each with the passages that show it (docs/grading.md, Flags)."""

from collections.abc import Sequence

from bot.analysis.flags.accusation import find_accusation_flags
from bot.analysis.flags.headline import find_headline_flags
from bot.analysis.flags.numbers import find_number_flags
from bot.analysis.flags.opinion import find_opinion_flags
from bot.analysis.flags.provenance import find_provenance_flags
from bot.analysis.flags.quotes import find_orphan_quotes
from bot.analysis.flags.wording import find_wording_flags
from bot.analysis.parsing import Article
from bot.report import Attribution, Claim, Flag, FlagKind

_ORDER = {kind: place for place, kind in enumerate(FlagKind)}


def find_flags(article: Article, claims: Sequence[Claim], attributions: Sequence[Attribution]) -> tuple[Flag, ...]:
    """The article's flags, by kind and then by place; each has at least one passage and one sentence of note."""
    found = [
        *find_headline_flags(article, claims, attributions),
        *find_number_flags(article, claims),
        *find_provenance_flags(article, claims),
        *find_orphan_quotes(article, attributions),
        *find_wording_flags(article, claims),
        *find_opinion_flags(article, attributions),
        *find_accusation_flags(article, claims, attributions),
    ]
    return tuple(sorted(found, key=lambda f: (_ORDER[f.kind], f.passages[0], f.note)))
