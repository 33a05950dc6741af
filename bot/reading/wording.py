"""The word lists of this package: `page_words.toml` (groups with `about` and `words`) and `languages.toml`."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


class WordListBroken(Exception):
    """A group is absent, empty or not described: a packaging mistake, never the reader's."""


@cache
def page_words(group: str) -> frozenset[str]:
    """One group of `page_words.toml`, in lower case; raises WordListBroken where it is absent or empty."""
    return parse_group(_load("page_words.toml"), group)


@cache
def language_name(code: str) -> str:
    """The English name of an ISO 639-1 code, or the code itself where it is not listed."""
    names = _load("languages.toml")["names"]
    return str(names.get(code, code)) if isinstance(names, dict) else code


def parse_group(raw: Mapping[str, object], group: str) -> frozenset[str]:
    """Split the words of one group of a parsed file, on commas and line breaks."""
    table = raw.get(group)
    about = table.get("about") if isinstance(table, dict) else None
    words = table.get("words") if isinstance(table, dict) else None
    if not about or not isinstance(words, str):
        msg = f"page words: group {group} needs 'about' and 'words'"
        raise WordListBroken(msg)
    entries = frozenset(" ".join(e.lower().split()) for e in re.split(r"[,\n]", words) if e.strip())
    if not entries:
        msg = f"page words: group {group} is empty"
        raise WordListBroken(msg)
    return entries


@cache
def _load(name: str) -> Mapping[str, object]:
    return tomllib.loads((files("bot.reading") / name).read_text(encoding="utf-8"))
