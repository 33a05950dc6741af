"""Word lists as data: one TOML file a subject, one table a group, each with what it is and where it comes from.

A group is `about = "..."` (what the list holds and its source) and `words = "..."`, entries separated by commas
or line breaks; an entry may hold several words. A group with no words, or without its `about`, is refused.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from lemminflect import getLemma

_REMEMBERED = 50_000  # words with their tags


class LexiconBroken(Exception):
    """A lexicon file lacks words or their description: a packaging mistake, never the reader's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The groups of one file; `lexicon["group"]` gives its entries in lower case."""

    name: str
    groups: Mapping[str, frozenset[str]]

    def __getitem__(self, group: str) -> frozenset[str]:
        return self.groups[group]

    def pattern(self, *groups: str) -> re.Pattern[str]:
        """A case-blind pattern for any entry of the groups as whole words, longest first."""
        return _compile(*(self.groups[g] for g in groups))


@cache
def _compile(*groups: frozenset[str]) -> re.Pattern[str]:
    entries = sorted(frozenset().union(*groups), key=lambda e: (-len(e), e))
    body = "|".join(re.escape(e).replace(r"\ ", r"\s+").replace("'", "['’]") for e in entries)
    return re.compile(rf"(?<![\w’'-])(?:{body})(?![\w])", re.IGNORECASE)


@cache
def load_lexicon(name: str) -> Lexicon:
    """The lexicon `lexicons/NAME.toml`; raises LexiconBroken where a group is empty or not described."""
    raw = tomllib.loads((files("bot.analysis") / "lexicons" / f"{name}.toml").read_text(encoding="utf-8"))
    return parse_lexicon(name, raw)


def parse_lexicon(name: str, raw: Mapping[str, object]) -> Lexicon:
    """Check and split the groups of a parsed TOML file."""
    groups: dict[str, frozenset[str]] = {}
    for group, table in raw.items():
        about = table.get("about") if isinstance(table, dict) else None
        words = table.get("words") if isinstance(table, dict) else None
        if not isinstance(about, str) or not about.strip() or not isinstance(words, str):
            msg = f"lexicon {name}: group {group} needs 'about' and 'words'"
            raise LexiconBroken(msg)
        entries = frozenset(" ".join(e.lower().split()) for e in re.split(r"[,\n]", words) if e.strip())
        if not entries:
            msg = f"lexicon {name}: group {group} is empty"
            raise LexiconBroken(msg)
        groups[group] = entries
    return Lexicon(name=name, groups=groups)


def inflect(verb: str, irregular: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Base, -s, past, participle and -ing forms of an English verb (regular spelling rules, CGEL 3.5-3.10).

    `irregular` maps a base form to its past forms. A multi-word verb inflects its first word.
    """
    head, _, rest = verb.partition(" ")
    tail = f" {rest}" if rest else ""
    sibilant = head.endswith(("s", "x", "z", "ch", "sh", "o"))
    consonant_y = head.endswith("y") and head[-2:-1] not in "aeiou"
    third = head[:-1] + "ies" if consonant_y else head + ("es" if sibilant else "s")
    drop_e = head.endswith("e") and not head.endswith(("ee", "oe", "ye"))
    doubled = head + head[-1] if head in _DOUBLING else head
    progressive = (head[:-1] if drop_e else doubled) + "ing"
    regular = (head[:-1] + "ied" if consonant_y else head + "d" if head.endswith("e") else doubled + "ed",)
    forms = (head, third, progressive, *irregular.get(head, regular))
    return tuple(dict.fromkeys(form + tail for form in forms))


# Verbs of two or more syllables, or short ones, that double their last consonant among those in our lists.
_DOUBLING = frozenset(
    re.split(
        r"\s+",
        "admit rebut refer infer quip blog plan permit submit commit transmit stop rob stab grab drop "
        "ban cut put hit run get let set shut quit spit slam plot patrol control propel compel expel "
        "rebel concur occur incur begin win",
    )
)


@lru_cache(maxsize=_REMEMBERED)
def lemma(word: str, tag: str) -> str:
    """The base form of a verb, noun or adjective given its Penn tag; other words as they are, in lower case."""
    pos = {"V": "VERB", "N": "NOUN", "J": "ADJ", "M": "AUX"}.get(tag[:1])
    if pos is None or tag.startswith("NNP"):
        return word.lower()
    forms = getLemma(word.lower(), upos=pos)
    return str(forms[0]) if forms else word.lower()
