"""Records and utterances across the article: which study "the study" is, what names it best, whose a statement is."""

import re
from collections.abc import Sequence

from bot.analysis.grammar import load_grammar
from bot.analysis.lexicon import load_lexicon
from bot.analysis.mentions import Mention
from bot.analysis.nouns import Sense, load_nouns
from bot.analysis.parsing import Article
from bot.analysis.phrases import Phrase
from bot.analysis.reference import References
from bot.document import Span

_MOST_WORDS = 18
_CLOSE = 12  # mentions, more than a sentence has
_ENDS = frozenset({".", ";", ":", "(", ")", "—", "–", '"', "“", "”", "?", "!"})
_CAME_OUT_IN = re.compile(
    r",? (?:published|presented|printed|released|posted|issued|shown) (?:(?:on )?\w+day )?(?P<where>in|at|on)"
    r"(?: the (?:medical |science )?(?:journal|magazine))? "
)
_STOPS = frozenset({"which", "that", "who", "and"})
_OPENS_MORE = frozenset(
    {
        "of",
        "by",
        "from",
        "on",
        "in",
        "published",
        "released",
        "conducted",
        "carried",
        "commissioned",
        "written",
        "led",
        "for",
        "about",
        ",",
    }
)


def name_record(article: Article, references: References, root: str) -> str:
    """The fullest phrase that any mention of the record gives: with issuer or place of publication, else the first."""
    wordings = [_with_tail(article, references.mentions[i].span) for i in references.mentions_of(root)]
    named = [w for w in wordings if any(part[:1].isupper() for part in w.split()[1:])]
    return named[0] if named else max(wordings[:2], key=len)


def shorten_record(name: str) -> str:
    """The name of a record without the words that only say how it came out: "study in the Journal of Results"."""
    return _CAME_OUT_IN.sub(r" \g<where> ", name)


def _with_tail(article: Article, span: Span) -> str:
    """The phrase at `span` with what follows it: 'study, published in the Journal of Results'."""
    sentence = article.sentence_at(span.start)
    words = article.same_words(span).split()
    if words and words[0].lower() in {"the", "a", "an", "this", "that", "one", "some", "these", "those"}:
        words = words[1:]
    if sentence is None:
        return " ".join(words)
    tokens, grammar = sentence.tokens, load_grammar()
    first = next((i for i, t in enumerate(tokens) if t.start >= span.end), len(tokens))
    opens = first < len(tokens) and tokens[first].low in _OPENS_MORE
    if opens and tokens[first].text == ",":
        opens = first + 1 < len(tokens) and tokens[first + 1].low in {
            "published",
            "released",
            "conducted",
            "titled",
            "entitled",
            "led",
        }
    if not opens:
        return " ".join(words)
    end = first + 1
    while (
        end < len(tokens)
        and end - first < _MOST_WORDS
        and tokens[end].text not in _ENDS | {","}
        and tokens[end].low not in _STOPS
        and not (end > first + 1 and grammar.finite(tokens, end))
    ):
        end += 1
    return " ".join(
        [*words, " ".join(article.same_words(Span(start=span.end, end=tokens[end - 1].end)).split())]
    ).replace(" ,", ",")


def latest_study(references: References, before: int) -> str | None:
    """The root of the study cited last before an offset (rubric: its authors speak as the record)."""
    study = load_lexicon("documents")["study"]
    cited: dict[str, int] = {}
    for i in references.before(before):
        noun, root = references.mentions[i].noun, references.roots[i]
        if noun is not None and noun.word in study and not noun.plural and root.startswith("#"):
            cited[root] = len(references.mentions_of(root))
    return max(cited, key=lambda root: (cited[root], -int(root[1:])), default=None)


def only_named_study(article: Article, references: References) -> str | None:
    """The root of the one study that the article names by issuer or journal, whatever it calls it elsewhere."""
    study = load_lexicon("documents")["study"]
    named: set[str] = set()
    for i, mention in enumerate(references.mentions):
        root = references.roots[i]
        if mention.noun is None or mention.noun.word not in study or mention.noun.plural or root in named:
            continue
        told = _with_tail(article, mention.span)
        if any(part[:1].isupper() for part in told.split()[1:]):
            named.add(root)
    return named.pop() if len(named) == 1 else None


def author_of(references: References, before: int) -> str | None:
    """The root of whoever made the statement, letter or post spoken of: who acts beside an earlier mention of one.

    Where none is mentioned before, who spoke last, or else acted last.
    """
    earlier = list(references.before(before))
    stated = next((references.mentions[i] for i in earlier if _is_utterance(references.mentions[i])), None)
    phrases = [references.mentions[i].span for i in earlier if references.mentions[i].noun is not None]
    speakers = [
        i for i in earlier if _can_state(references.mentions[i]) and not _part_of(references.mentions[i], phrases)
    ]
    acting = [i for i in speakers if stated is not None and _acts_beside(references.mentions[i], stated)]
    if stated is not None:
        # The nearest one in front issues it ("The Trust issued a statement that Day ..."); else the first one behind.
        acting.sort(key=lambda i: abs(stated.span.start - references.starts[i]))
        acting.sort(key=lambda i: references.starts[i] > stated.span.start)
    chosen = [*acting, *(i for i in speakers if references.mentions[i].speaks)]
    chosen += [i for i in speakers if references.mentions[i].subject and references.mentions[i].key is not None]
    return references.roots[chosen[0]] if chosen else None


def body_meant(references: References, phrase: Phrase) -> str | None:
    """The root of the body that the noun before the head is short for: 'a ministry spokesman', of one spoken of."""
    word = phrase.modifiers[-1] if phrase.modifiers else ""
    if load_nouns().listed(word) is not Sense.BODY:
        return None
    for i in references.before(phrase.core[0].start):
        mention = references.mentions[i]
        whole = mention.noun is not None and not mention.noun.plural and mention.definite
        if whole and mention.noun is not None and mention.noun.word.split()[-1] == word:
            return references.roots[i]
    return None


def issuer_of(references: References, end: int) -> str | None:
    """The root of who acts in front of the first mention of the utterance whose phrase ends at `end`.

    "The Trust issued a statement. ... The statement continued": the Trust; None where it is the first mention.
    """
    last = references.ending_at(end)
    first = references.phrase_of(references.roots[last]) if last is not None else None
    if last is None or first is None or first is references.mentions[last]:
        return None
    at = int(references.roots[last][1:])
    for i in range(at - 1, max(-1, at - 1 - _CLOSE), -1):
        mention = references.mentions[i]
        if mention.sentence != first.sentence:
            return None
        if _can_state(mention) and mention.subject and not mention.attributive:
            return references.roots[i]
    return None


def _acts_beside(mention: Mention, stated: Mention) -> bool:
    return mention.sentence == stated.sentence and (mention.subject or mention.possessive)


def _is_utterance(mention: Mention) -> bool:
    return mention.noun is not None and mention.noun.sense is Sense.UTTERANCE


def _can_state(mention: Mention) -> bool:
    able = mention.noun is None or mention.noun.sense.human or mention.noun.sense is Sense.BODY
    return able and not mention.quoted


def _part_of(mention: Mention, phrases: Sequence[Span]) -> bool:
    """Whether a name stands inside a longer phrase ('US' in 'the US military')."""
    return mention.noun is None and any(p.covers(mention.span) and p != mention.span for p in phrases)
