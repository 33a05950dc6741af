"""The grammar of each sentence as a dependency tree over its tokens.

Labels are those of the English pipelines of spaCy: Penn Treebank tags (VBD, NNP ...) and ClearNLP dependency labels
(nsubj, relcl, conj ...). Whatever reads the trees fills these values; what follows only asks questions of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

CLAUSAL_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_SHARING = frozenset({"conj", "xcomp"})
_INDEPENDENT = frozenset({"ROOT", "ccomp", "conj", "parataxis"})
AUXILIARIES = frozenset({"aux", "auxpass"})


@dataclass(frozen=True, slots=True)
class Node:
    """One token's tag, its label, its head (an index into the same sentence; its own for the root) and entity.

    `entity` is "PERSON", "ORG", "PLACE", "NORP", "DATE" or "" and `begins` tells where one starts.
    """

    tag: str
    label: str
    head: int
    entity: str = ""
    begins: bool = False

    @property
    def finite(self) -> bool:
        """Whether the tag alone makes a finite verb."""
        return self.tag in {"VBD", "VBZ", "VBP", "MD"}


@dataclass(frozen=True, slots=True)
class Tree:
    """One sentence's nodes, in the order of its tokens, and the children of each."""

    nodes: tuple[Node, ...]
    children: tuple[tuple[int, ...], ...]

    def under(self, top: int, *, without: frozenset[str] = frozenset()) -> tuple[int, ...]:
        """Indexes of `top` and all below it in order; subtrees whose label is in `without` are left out."""
        found, stack = [], [top]
        while stack:
            at = stack.pop()
            found.append(at)
            stack.extend(c for c in self.children[at] if self.nodes[c].label not in without)
        return tuple(sorted(found))

    def child(self, at: int, labels: frozenset[str]) -> int | None:
        """The first child of `at` with one of the labels."""
        return next((c for c in self.children[at] if self.nodes[c].label in labels), None)

    def above(self, at: int) -> Iterator[int]:
        """The heads of `at`, nearest first, up to the root."""
        while self.nodes[at].head != at:
            at = self.nodes[at].head
            yield at

    def shared_subject(self, at: int) -> int | None:
        """The subject that the verb at `at` shares with one it is joined to ("came and saw"), or None."""
        while self.nodes[at].label in _SHARING and self.nodes[at].head != at:
            at = self.nodes[at].head
            subject = self.child(at, CLAUSAL_SUBJECTS)
            if subject is not None:
                return subject
        return None

    def is_finite(self, at: int) -> bool:
        """Whether the verb at `at` heads a finite clause: a finite form, or a finite auxiliary below it."""
        node = self.nodes[at]
        if node.finite:
            return True
        helped = any(self.nodes[c].label in AUXILIARIES or self.nodes[c].tag == "TO" for c in self.children[at])
        if node.tag in {"VBN", "VB"} and not helped and node.label in _INDEPENDENT:
            return self.child(at, frozenset({"nsubj"})) is not None  # "Webb emerged": past forms that look like others
        return any(self.nodes[c].finite for c in self.children[at] if self.nodes[c].label in AUXILIARIES)


def grow_tree(nodes: tuple[Node, ...]) -> Tree:
    """A tree from its nodes. Heads must form no cycle."""
    children: list[list[int]] = [[] for _ in nodes]
    for at, node in enumerate(nodes):
        if node.head != at:
            children[node.head].append(at)
    return Tree(nodes=nodes, children=tuple(tuple(c) for c in children))
