"""Words of an article as they are to be seen: nothing that hides, reorders or controls the words around it."""

import re

# Controls, lone surrogates, line and paragraph separators, direction marks, overrides and isolates, and characters that
# show nothing but can hide words or break them up. Joiners stay: emoji, Persian and Indian scripts need them.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_BREAKS = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")


def make_visible(words: str) -> str:
    """The words on one line, without characters that hide, reorder or control; no mark-up is touched."""
    return _UNSEEN.sub("", _BREAKS.sub(" ", words)).strip()
