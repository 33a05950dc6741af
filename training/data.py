"""The attribution corpus as labelled pieces, and batches of windows over them."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from bot.analysis.parsing import parse_article
from bot.analysis.tagger.features import Integers, Pieces, build_pieces, find_windows
from bot.analysis.tagger.labels import CONTENT, CUE, SOURCE, Bio
from bot.analysis.tagger.wordpiece import WordPiece
from bot.document import Document, Paragraph, Role, Span
from bot.sentences import find_sentences
from training.syntax_labels import Grammar, SilverToken, label_grammar

Offsets = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldAttribution:
    """One annotated attribution: character offsets of its parts, each possibly empty or in pieces."""

    source: Offsets
    cue: Offsets
    content: Offsets


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One annotated article."""

    identifier: str
    document: Document
    attributions: tuple[GoldAttribution, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An article's pieces with their BIO labels, and for each cue its pieces and every piece's part in it.

    `cues` and `parts` have one row an attribution: the numbers of the cue's pieces, and one entry a piece (0 nothing,
    1 source, 2 content). `grammar` is absent where no parser's labels are at hand.
    """

    pieces: Pieces
    bio: Integers
    cues: tuple[Integers, ...]
    parts: tuple[Integers, ...]
    grammar: Grammar | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """One window of one example."""

    example: Example
    window: range


def read_records(path: Path) -> Iterator[Record]:
    """The articles of a JSON Lines file (id, text, attributions with offset pairs)."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            raw = json.loads(line)
            parts = ("source", "cue", "content")
            yield Record(
                identifier=raw["id"],
                document=plain_document(raw["text"]),
                attributions=tuple(
                    GoldAttribution(**{part: tuple((a, b) for a, b in given[part]) for part in parts})
                    for given in raw["attributions"]
                ),
            )


def plain_document(text: str) -> Document:
    """The text with a paragraph for every line that is not blank."""
    paragraphs, at = [], 0
    for line in text.splitlines(keepends=True):
        start = at + len(line) - len(line.lstrip())
        end = at + len(line.rstrip())
        at += len(line)
        if start < end:
            sentences = find_sentences(text, start, end)
            paragraphs.append(Paragraph(span=Span(start=start, end=end), role=Role.BODY, sentences=sentences))
    return Document(text=text, paragraphs=tuple(paragraphs))


def label_record(record: Record, wordpiece: WordPiece) -> Example:
    """The record's pieces with what the annotation says of each."""
    document = record.document
    pieces = build_pieces(document.text, document.paragraphs, wordpiece)
    bio = np.zeros(len(pieces), dtype=np.int64)
    cues: list[Integers] = []
    parts: list[Integers] = []
    for kind, name in ((CONTENT, "content"), (SOURCE, "source"), (CUE, "cue")):
        for attribution in record.attributions:
            for span in getattr(attribution, name):
                inside = _pieces_in(pieces, span)
                bio[inside] = Bio.inside(kind)
                bio[inside[:1]] = Bio.begin(kind)
    for attribution in record.attributions:
        cue = _all_pieces_in(pieces, attribution.cue)
        if len(cue):
            part = np.zeros(len(pieces), dtype=np.int64)
            part[_all_pieces_in(pieces, attribution.content)] = CONTENT
            part[_all_pieces_in(pieces, attribution.source)] = SOURCE
            cues.append(cue)
            parts.append(part)
    return Example(pieces=pieces, bio=bio, cues=tuple(cues), parts=tuple(parts))


def add_grammar(example: Example, record: Record, silver: Sequence[SilverToken]) -> Example:
    """The example with the labels of another parser's tokens of the record's text."""
    return replace(example, grammar=label_grammar(parse_article(record.document), example.pieces, silver))


def _all_pieces_in(pieces: Pieces, spans: Offsets) -> Integers:
    found = [_pieces_in(pieces, span) for span in spans]
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def _pieces_in(pieces: Pieces, span: tuple[int, int]) -> Integers:
    start, end = span
    return np.flatnonzero((pieces.starts < end) & (pieces.ends > start))


def find_batches(examples: Sequence[Example], chance: random.Random, *, most: int) -> list[list[Slice]]:
    """One epoch: every example cut into disjoint windows at a random phase, windows of like length together.

    No batch holds more than `most` pieces, padding counted.
    """
    slices = [
        Slice(example=example, window=window)
        for example in examples
        for window in find_windows(example.pieces, overlap=0, phase=chance.randint(20, 190))
    ]
    slices.sort(key=lambda s: (len(s.window), chance.random()))
    batches: list[list[Slice]] = [[]]
    for piece in slices:
        if batches[-1] and (len(batches[-1]) + 1) * (len(piece.window) + 2) > most:
            batches.append([])
        batches[-1].append(piece)
    chance.shuffle(batches)
    return batches
