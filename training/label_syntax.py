"""Label the corpus's grammar with a spaCy pipeline: `python -m training.label_syntax PIPELINE ARTICLES OUT`.

PIPELINE is a pipeline's package name, ARTICLES a JSON Lines file with `id` and `text`; OUT is what
`training.syntax_labels` reads. Sentences are this project's, never the pipeline's.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from bot.document import Span
from training.data import plain_document

_KINDS = {
    "PERSON": "PERSON",
    "ORG": "ORG",
    "GPE": "PLACE",
    "LOC": "PLACE",
    "FAC": "PLACE",
    "NORP": "NORP",
    "DATE": "DATE",
    "TIME": "DATE",
}
_STRAIGHT = str.maketrans("‘’", "''")
_BATCH = 64

Row = tuple[int, int, str, str, int, str]


@Language.component("one_sentence")
def keep_whole(doc: Doc) -> Doc:
    """Bar the parser from cutting a sentence again."""
    for token in doc:
        token.is_sent_start = token.i == 0
    return doc


def load_pipeline(name: str) -> Language:
    """The pipeline, made to take each text as one sentence."""
    pipeline = spacy.load(name, exclude=["lemmatizer"])
    pipeline.add_pipe("one_sentence", before="parser")
    return pipeline


def label_text(pipeline: Language, text: str) -> Iterator[Row]:
    """Start, end, tag, label, head and entity of each token of the text."""
    sentences = [s for paragraph in plain_document(text).paragraphs for s in paragraph.sentences]
    plain = (s.text_in(text).translate(_STRAIGHT) for s in sentences)
    done = 0
    for sentence, doc in zip(sentences, pipeline.pipe(plain, batch_size=_BATCH), strict=True):
        yield from _rows(doc, sentence, done)
        done += len(doc)


def _rows(doc: Doc, sentence: Span, done: int) -> Iterator[Row]:
    for token in doc:
        start = sentence.start + token.idx
        kind = _KINDS.get(token.ent_type_)
        entity = f"{token.ent_iob_}-{kind}" if kind else "O"
        yield start, start + len(token), token.tag_, token.dep_, done + token.head.i, entity


def main() -> None:
    """Label every article."""
    parser = argparse.ArgumentParser(description="Label grammar with a spaCy pipeline.")
    parser.add_argument("pipeline", help="package name, such as en_core_web_sm")
    parser.add_argument("articles", type=Path)
    parser.add_argument("out", type=Path)
    asked = parser.parse_args()
    pipeline = load_pipeline(asked.pipeline)
    with asked.articles.open(encoding="utf-8") as lines, asked.out.open("w", encoding="utf-8") as out:
        for raw in map(json.loads, lines):
            labelled = {"id": raw["id"], "tokens": list(label_text(pipeline, raw["text"]))}
            out.write(json.dumps(labelled, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
