"""Records and utterances across the article: which study "the study" is, what names it best, whose a statement is."""

from bot.analysis.lexicon import load_lexicon
from bot.analysis.mentions import Shape
from bot.analysis.nouns import Sense
from bot.analysis.parsing import Article
from bot.analysis.reference import References
from bot.document import Span

_MOST_WORDS = 18
_ENDS = frozenset({".", ";", ":", "(", ")", "—", "–", '"', "“", "”", "?", "!"})
_OPENS_MORE = frozenset({"of", "by", "from", "on", "in", "published", "released", "conducted", "carried", "commissioned", "written", "led", "for", "about", ","})


def name_record(article: Article, references: References, root: str) -> str:
    """The fullest phrase that any mention of the record gives: with issuer or place of publication, else the first."""
    wordings = [_with_tail(article, references.mentions[i].span) for i in references.mentions_of(root)]
    named = [w for w in wordings if any(part[:1].isupper() for part in w.split()[1:])]
    return named[0] if named else max(wordings[:2], key=len)


def _with_tail(article: Article, span: Span) -> str:
    """The phrase at `span` with what follows it: 'study, published in the Journal of Results'."""
    sentence = article.sentence_at(span.start)
    words = article.same_words(span).split()
    if words and words[0].lower() in {"the", "a", "an", "this", "that", "one", "some", "these", "those"}:
        words = words[1:]
    if sentence is None:
        return " ".join(words)
    tokens = sentence.tokens
    first = next((i for i, t in enumerate(tokens) if t.start >= span.end), len(tokens))
    opens = first < len(tokens) and tokens[first].low in _OPENS_MORE
    if opens and tokens[first].text == ",":
        opens = first + 1 < len(tokens) and tokens[first + 1].low in {"published", "released", "conducted", "titled", "entitled", "led"}
    if not opens:
        return " ".join(words)
    end = first + 1
    while end < len(tokens) and end - first < _MOST_WORDS and tokens[end].text not in _ENDS | {","} and tokens[end].low not in _STOPS:
        end += 1
    return " ".join([*words, " ".join(article.same_words(Span(start=span.end, end=tokens[end - 1].end)).split())]).replace(" ,", ",")


_STOPS = frozenset("which that who said says found finds shows showed has had is was are were and suggests suggested".split())


def latest_study(references: References, before: int) -> str | None:
    """The root of the study cited last before an offset (rubric: its authors speak as the record)."""
    study = load_lexicon("documents")["study"]
    cited: dict[str, int] = {}
    for i in references.before(before):
        noun, root = references.mentions[i].noun, references.roots[i]
        if noun is not None and noun.word in study and not noun.plural and root.startswith("#"):
            cited[root] = len(references.mentions_of(root))
    return max(cited, key=lambda root: (cited[root], -int(root[1:])), default=None)


def author_of(references: References, before: int) -> str | None:
    """The root of whoever made the statement, letter or post spoken of: who acts beside an earlier mention of one, else speaks last."""
    last_speaker: str | None = None
    stated_in: int | None = None
    for i in references.before(before):
        mention = references.mentions[i]
        if mention.noun is not None and mention.noun.sense is Sense.UTTERANCE:
            stated_in = mention.sentence if stated_in is None else stated_in
            continue
        root = references.roots[i]
        speaker = mention.noun is None or mention.noun.sense.human or mention.noun.sense is Sense.BODY
        settled = not mention.quoted and speaker and mention.shape is not Shape.PRONOUN
        if settled and mention.sentence == stated_in and (mention.subject or mention.possessive):
            return root
        if settled and mention.speaks and last_speaker is None:
            last_speaker = root
    return last_speaker
