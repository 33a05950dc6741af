"""Silver grammar: what another parser said of the corpus, carried over to the tokens of this project.

The file has one object an article: {"id": ..., "tokens": [[start, end, tag, label, head, entity], ...]} with character
offsets, and heads as indexes into the article's own list (`training.label_syntax` writes it).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import numpy as np

from bot.analysis.parsing import Article, Token
from bot.analysis.tagger.features import Integers, Pieces
from bot.analysis.tagger.syntax_head import ENTITIES, LABELS, TAGS, token_pieces

UNKNOWN = -100  # what losses and scores pass over


@dataclass(frozen=True, slots=True)
class SilverToken:
    """One token of the other parser."""

    start: int
    end: int
    tag: str
    label: str
    head: int
    entity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """Labels of an article's tokens, one entry a token: its first piece, its sentence, and numbers of what it is.

    `heads` are indexes into the same arrays, a root's its own; UNKNOWN stands where nothing is known.
    """

    pieces: Integers
    sentences: Integers
    tags: Integers
    labels: Integers
    heads: Integers
    entities: Integers


def read_silver(path: Path) -> dict[str, tuple[SilverToken, ...]]:
    """The tokens of each article by its id."""
    with path.open(encoding="utf-8") as lines:
        given = map(json.loads, lines)
        return {raw["id"]: tuple(SilverToken(*row) for row in raw["tokens"]) for raw in given}


def label_grammar(article: Article, pieces: Pieces, silver: Sequence[SilverToken]) -> Grammar:
    """Give every token the labels of the silver token that heads the silver tokens in it."""
    tokens = [token for sentence in article.sentences for token in sentence.tokens]
    owners = _find_owners(tokens, silver)
    groups: dict[int, list[int]] = {}
    for number, owner in owners.items():
        groups.setdefault(owner, []).append(number)
    covers = _find_covers(tokens, silver)
    rows = [
        _label_token(at, groups[at], owners, silver) if at in groups else _label_rest(token, owners.get(covers[at], -1))
        for at, token in enumerate(tokens)
    ]
    tags, labels, heads, entities = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    sentences = np.repeat(np.arange(len(article.sentences)), [len(s.tokens) for s in article.sentences])
    astray = (heads >= 0) & (sentences[heads] != sentences)
    heads = np.where(astray, UNKNOWN, heads)
    labels = np.where(astray, UNKNOWN, labels)
    return Grammar(
        pieces=token_pieces(article, pieces),
        sentences=sentences,
        tags=tags,
        labels=labels,
        heads=heads,
        entities=entities,
    )


def _find_owners(tokens: Sequence[Token], silver: Sequence[SilverToken]) -> Mapping[int, int]:
    """For each silver token the token that holds its first character; white space has none."""
    starts = np.array([t.start for t in tokens], dtype=np.int64)
    at = np.searchsorted(starts, [s.start for s in silver], side="right") - 1
    return {
        number: int(owner)
        for number, owner in zip(count(), at, strict=False)
        if owner >= 0 and silver[number].start < tokens[owner].end
    }


def _find_covers(tokens: Sequence[Token], silver: Sequence[SilverToken]) -> Integers:
    """For each token the last silver token that begins at or before it."""
    starts = np.array([s.start for s in silver], dtype=np.int64)
    found: Integers = np.searchsorted(starts, [t.start for t in tokens], side="right") - 1
    return found


def _label_rest(token: Token, head: int) -> tuple[int, int, int, int]:
    """Labels of a token that is the further part of a silver token, as the full stop of "Sept." is."""
    if head < 0:
        return UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN
    return UNKNOWN, LABELS.index("dep" if token.text[0].isalnum() else "punct"), head, UNKNOWN


def _label_token(
    at: int, group: Sequence[int], owners: Mapping[int, int], silver: Sequence[SilverToken]
) -> tuple[int, int, int, int]:
    heads = {number: _outer_head(number, owners, silver) for number in group}
    top = next((n for n in group if heads[n] == n or owners.get(heads[n]) != at), None)
    if top is None:
        return UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN
    token = silver[top]
    kind = token.entity.partition("-")[2]
    begins = f"B-{kind}" in {silver[n].entity for n in group}
    entity = ("B-" if begins else "I-") + kind if kind else "O"
    head = at if heads[top] == top else owners[heads[top]]
    return TAGS.index(token.tag), LABELS.index(token.label), head, ENTITIES.index(entity)


def _outer_head(number: int, owners: Mapping[int, int], silver: Sequence[SilverToken]) -> int:
    """The nearest head that is no white space; itself for a root."""
    head = silver[number].head
    while head not in owners and silver[head].head != head:
        head = silver[head].head
    return head if head in owners else number
