"""The one door to span-finding: whatever finds the spans, the rest of the analysis enters here."""

from bot.analysis.attributions import FoundAttribution
from bot.analysis.cue_rules import find_in_sentence
from bot.analysis.parsing import Article
from bot.analysis.quotation_runs import extend_over_quotations


def find_attributions(article: Article) -> tuple[FoundAttribution, ...]:
    """Every attribution of the article as spans, in text order; of facts, opinions and predictions alike."""
    found = [f for sentence in article.sentences for f in find_in_sentence(article, sentence)]
    return extend_over_quotations(article, found)
