"""Words of an article made fit for a Discord message: shown as they are, never acted upon.

Discord reads mark-up in message text, text displays and embeds: bold, headings, spoilers, code, masked links, mentions,
time stamps, custom emoji. `AllowedMentions.none()` keeps anybody from being pinged; what stands here keeps an article
from looking like something it is not. What hides or reorders words is gone already (`adapters.chat.visible`).
"""

import re

_ZERO_WIDTH_SPACE = "\u200b"
_MARK = re.compile(r"[\\`*_~|\[\]#]")
_LINE_OPENING = re.compile(r"^(\s*)([>+-]|\d+(?=[.)]))")
_ANGLE = re.compile(r"<(?=\S)")  # opens mentions, channels, emoji, time stamps, slash commands and hidden links
_AT = re.compile(r"@(?=\S)")
_SCHEME = re.compile(r"(?i)\b([a-z][a-z0-9+.-]{1,15}):(?=/)")


def escape(words: str) -> str:
    """The words as Discord shows them letter by letter: no mark-up, no link, no mention."""
    shown = _MARK.sub(r"\\\g<0>", words)
    shown = _LINE_OPENING.sub(_escape_opening, shown)
    # A zero-width space keeps the reader's eye and takes the meaning away.
    shown = _ANGLE.sub(f"<{_ZERO_WIDTH_SPACE}", shown)
    shown = _AT.sub(f"@{_ZERO_WIDTH_SPACE}", shown)
    return _SCHEME.sub(rf"\1{_ZERO_WIDTH_SPACE}:", shown)


def fence(words: str) -> str:
    """The words in a code block, to be copied as they are; nothing in them can end the block."""
    return f"```text\n{words.replace('`', '´')}\n```"


def _escape_opening(found: re.Match[str]) -> str:
    space, mark = found.groups()
    return f"{space}{mark}\\" if mark.isdigit() else f"{space}\\{mark}"
