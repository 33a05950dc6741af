"""Words of an article made fit to be shown: as data, never as instructions to what shows them."""

import re

# Controls (ANSI escapes begin with one), lone surrogates, line and paragraph separators, direction overrides.
_RAW = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028-\u202e\u2066-\u2069]")
_MARK = re.compile(r"[\\`*_{}\[\]()#+!|~]|^\s*[-=]|^\s*\d+(?=[.)])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ZERO_WIDTH_SPACE = "\u200b"


def make_printable(words: str) -> str:
    """The words without anything that a terminal would act on; what is replaced stays visible as a sign."""
    return _RAW.sub(lambda found: _sign_for(found.group()), words)


def escape_markdown(words: str) -> str:
    """The words as Markdown that shows them as they are: no mark-up, no HTML, no link, no mention (@everyone)."""
    shown = make_printable(words).replace("\n", " ")
    shown = re.sub(r"[&<>]", lambda found: _ENTITIES[found.group()], shown)
    shown = _MARK.sub(_escape_mark, shown)
    # A zero-width space keeps the reader's eye and takes the meaning away from mentions and from bare addresses.
    shown = re.sub(r"@(?=\w)", f"@{_ZERO_WIDTH_SPACE}", shown)
    return re.sub(r"(?i)\b(https?|ftp|mailto|javascript|data):", rf"\1{_ZERO_WIDTH_SPACE}:", shown)


def _escape_mark(found: re.Match[str]) -> str:
    mark = found.group()
    return f"{mark}\\" if mark[-1:].isdigit() else f"{mark[:-1]}\\{mark[-1]}"


def _sign_for(character: str) -> str:
    if character in "\n\t":
        return character if character == "\n" else " "
    if character in "\u2028\u2029":
        return " "
    if character < " ":
        return chr(0x2400 + ord(character))
    return "␡" if character == "\x7f" else "\ufffd"
