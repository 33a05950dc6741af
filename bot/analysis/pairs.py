"""Two or more people named together ("Ann Day and Ben Hall") and taken up as "they", "the couple", "the pair"."""

from itertools import pairwise

from bot.analysis.names import Name, NameKind
from bot.analysis.roster import Member
from bot.analysis.scene import Scene
from bot.analysis.speakers import Speaker
from bot.document import Span
from bot.report import SourceKind

_SENTENCES_BACK = 3
_JOINS = frozenset({"and", ",", ", and", "&"})
_LONGEST_LIST = 4
_Run = list[tuple[Name, Member]]


def find_pair(scene: Scene, source: Span, *, with_key: str | None = None) -> Speaker | None:
    """The people named together last before the source, in its sentence or the three before it, as one speaker.

    `with_key` must be one of them, where it is given.
    """
    here = scene.article.sentence_at(source.start)
    if here is None:
        return None
    for index in range(here.index, max(-1, here.index - _SENTENCES_BACK - 1), -1):
        sentence = scene.article.sentences[index]
        named = scene.roster.within(sentence.span.start, min(sentence.span.end, source.start))
        for run in reversed(_runs(scene, [(n, m) for n, m in named if m.kind is NameKind.PERSON])):
            keys = [m.key for _, m in run]
            if 1 < len(set(keys)) <= _LONGEST_LIST and (with_key is None or with_key in keys):
                return _as_one(run, source)
    return None


def _runs(scene: Scene, named: _Run) -> list[_Run]:
    """The names in the order of the text, those that "and" and commas join in one run."""
    runs: list[_Run] = [[pair] for pair in named[:1]]
    for (before, _), after in pairwise(named):
        opening = after[0].span.start - sum(len(word) + 1 for word in after[0].title)
        if scene.article.text[before.span.end : opening].strip().lower() in _JOINS:
            runs[-1].append(after)
        else:
            runs.append([after])
    return runs


def _as_one(run: _Run, source: Span) -> Speaker:
    names = [m.name for _, m in run]
    return Speaker(
        name=f"{', '.join(names[:-1])} and {names[-1]}",
        kind=SourceKind.NAMED_PERSON,
        title=None,
        span=source,
        key="+".join(m.key for _, m in run),
    )
