"""Compiled word lists, each compiled once."""

import re
from functools import cache

from bot.analysis.lexicon import load_lexicon


@cache
def word_pattern(lexicon: str, *groups: str) -> re.Pattern[str]:
    """A case-blind pattern for any entry of the groups of `lexicons/LEXICON.toml`, as whole words."""
    return load_lexicon(lexicon).pattern(*groups)
