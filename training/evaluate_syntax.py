"""Score the grammar on the silver labels of the development part.

`python -m training.evaluate_syntax CORPUS_DIR SILVER WEIGHTS_DIR`. The figures say how well the other parser
is followed, not how right it is.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from bot.analysis.parsing import parse_article
from bot.analysis.syntax import Node
from bot.analysis.tagger.features import build_pieces
from bot.analysis.tagger.syntax_head import ENTITIES, LABELS, TAGS
from bot.analysis.tagger.vocabulary import load_wordpiece
from training.data import read_records
from training.evaluate import read_tagger
from training.syntax_labels import Grammar, label_grammar, read_silver

Mention = tuple[int, int, str]


def compare(nodes: Sequence[Node], grammar: Grammar) -> Counter[str]:
    """Counts of tokens and of those whose tag, head, and head and label agree; and of entities."""
    lengths = np.unique(grammar.sentences, return_counts=True)[1]
    offsets = np.repeat(np.cumsum(lengths) - lengths, lengths)
    counts: Counter[str] = Counter()
    for at, node in enumerate(nodes):
        if grammar.tags[at] >= 0:
            counts["tags"] += 1
            counts["right tags"] += node.tag == TAGS[grammar.tags[at]]
        if grammar.heads[at] >= 0 and LABELS[grammar.labels[at]] != "punct":
            right = node.head + offsets[at] == grammar.heads[at]
            counts["arcs"] += 1
            counts["right arcs"] += int(right)
            counts["right labels"] += right and node.label == LABELS[grammar.labels[at]]
    found = set(_mentions([("B-" if n.begins else "I-") + n.entity if n.entity else "O" for n in nodes]))
    given = set(_mentions([ENTITIES[max(e, 0)] for e in grammar.entities]))
    counts.update({"entities found": len(found), "entities given": len(given), "right entities": len(found & given)})
    return counts


def _mentions(labels: Sequence[str]) -> Iterator[Mention]:
    start = 0
    for at, label in enumerate([*labels, "O"]):
        before = labels[at - 1] if at else "O"
        if before != "O" and label != "I-" + before[2:]:
            yield start, at, before[2:]
        if label[0] == "B" or label != "I-" + before[2:]:
            start = at


def main() -> None:
    """Parse the development part and print how far it agrees."""
    parser = argparse.ArgumentParser(description="Score the grammar on silver labels.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("silver", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--encoder", default="encoder.onnx", help="file name of the encoder")
    asked = parser.parse_args()
    tagger, silver, wordpiece = (
        read_tagger(asked.weights, encoder=asked.encoder),
        read_silver(asked.silver),
        load_wordpiece(),
    )
    counts: Counter[str] = Counter()
    for record in read_records(asked.corpus / "dev.jsonl"):
        article = parse_article(record.document)
        nodes = [node for tree in tagger.read(article).trees for node in tree.nodes]
        pieces = build_pieces(record.document.text, record.document.paragraphs, wordpiece)
        counts.update(compare(nodes, label_grammar(article, pieces, silver[record.identifier])))
    print(f"{counts['tags']} tokens, tags {counts['right tags'] / counts['tags']:.4f}")
    print(f"arcs {counts['right arcs'] / counts['arcs']:.4f}, labelled {counts['right labels'] / counts['arcs']:.4f}")
    both = counts["entities found"] + counts["entities given"]
    print(f"entities F1 {2 * counts['right entities'] / both:.4f}")


if __name__ == "__main__":
    main()
