"""Articles with their trees, written down by hand: sentences whose words carry their own grammar.

A word is `word/TAG/label/head/ENTITY`, cut short where the rest is plain: without a head it hangs on the root, without
a label it is the root, without a tag it is a mark. The head is the nearest such word of the sentence.

    grow("Police/NNS/nsubj closed/VBD the/DT/det/dam dam/NN/dobj .")
"""

import re
from dataclasses import dataclass

from bot.analysis.assertions import Assertion
from bot.analysis.attributions import CueClass, FoundAttribution
from bot.analysis.clauses import Clause, ClauseKind, find_clauses
from bot.analysis.parsing import Article
from bot.analysis.syntax import Node, Tree, grow_tree
from bot.document import Span
from bot.report import Directness
from tests.bot.analysis.flags.drafting import draft, spot

_GLUED = re.compile(r" (?=[.,;:?!”)]|[’'](?:s|m|ve|re|ll|d|t)\b|n[’']t\b)|(?<=[“(]) ")
_PLACES = ("label", "head", "entity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """A parsed article and the tree of each of its sentences."""

    article: Article
    trees: tuple[Tree, ...]

    def clauses(self, *, within: str | None = None, sentence: int = 0) -> tuple[Clause, ...]:
        """The clauses of one sentence, or of a part of it given by its words."""
        span = spot(self.article, within) if within is not None else None
        return find_clauses(self.article.sentences[sentence], self.trees[sentence], within=span)

    def said(self, clause: Clause) -> str:
        """The clause's words."""
        return clause.span.text_in(self.article.text)

    def assertion(self, *, within: str | None = None, sentence: int = 0, attribution: int | None = None) -> Assertion:
        """The first clause as an assertion that can be checked."""
        clause = self.clauses(within=within, sentence=sentence)[0]
        return Assertion(
            clause=clause, span=clause.span, attribution=attribution, directness=Directness.PARAPHRASE, unfit=None
        )

    def found(
        self, *content: str, source: str | None = None, cue: str | None = None, cue_class: CueClass = CueClass.SAY
    ) -> FoundAttribution:
        """An attribution whose parts are given by their words."""
        return FoundAttribution(
            source=spot(self.article, source) if source else None,
            cue=spot(self.article, cue) if cue else None,
            content=tuple(spot(self.article, c) for c in content),
            cue_class=cue_class,
        )


def grow(*paragraphs: str) -> Grown:
    """An article of one paragraph an argument, a sentence a line; "# " opens a headline (see `draft`)."""
    lines, trees = [], []
    for paragraph in paragraphs:
        mark = paragraph[:2] if paragraph[:2] in {"# ", "^ ", "= "} else ""
        sentences = [line.split() for line in paragraph.removeprefix(mark).strip().splitlines()]
        lines.append(mark + " ".join(_GLUED.sub("", " ".join(_word(w) for w in words)) for words in sentences))
        trees += [grow_tree(_read_nodes(words)) for words in sentences]
    article = draft(*lines)
    for sentence, tree in zip(article.sentences, trees, strict=True):
        assert len(sentence.tokens) == len(tree.nodes), [t.text for t in sentence.tokens]
    return Grown(article=article, trees=tuple(trees))


def filler(head: str) -> str:
    """Eleven words that hang on a verb and make its clause long enough to stand alone."""
    return (
        f"near/IN/prep/{head} the/DT/det/gate old/JJ/amod/gate gate/NN/pobj/near of/IN/prep/gate the/DT/det/town "
        "small/JJ/amod/town town/NN/pobj/of by/IN/prep/town the/DT/det/sea sea/NN/pobj/by"
    )


def whole_sentence(grown: Grown, *, sentence: int = 0, head: str) -> Clause:
    """The whole sentence as one main clause with the given head word."""
    here = grown.article.sentences[sentence]
    at = [t.text for t in here.tokens].index(head)
    return Clause(sentence=here, first=0, last=len(here.tokens), head=at, kind=ClauseKind.MAIN)


def span(start: int, end: int) -> Span:
    """A span by its offsets."""
    return Span(start=start, end=end)


def _word(written: str) -> str:
    return written.split("/", maxsplit=1)[0]


def _read_nodes(words: list[str]) -> tuple[Node, ...]:
    plain = [_word(w) for w in words]
    root = next(i for i, w in enumerate(words) if w.count("/") == 1)
    return tuple(_read_node(w, i, plain, root) for i, w in enumerate(words))


def _read_node(written: str, at: int, plain: list[str], root: int) -> Node:
    _, *parts = written.split("/")
    if not parts:
        return Node("punct", "punct", root)
    if at == root:
        return Node(parts[0], "ROOT", root)
    given = dict(zip(_PLACES, parts[1:], strict=False))
    heads = [i for i, w in enumerate(plain) if w == given.get("head") and i != at]
    head = min(heads, key=lambda i: abs(i - at)) if given.get("head") else root
    return Node(parts[0], given["label"], head, given.get("entity", ""), bool(given.get("entity")))
