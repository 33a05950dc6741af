"""Whether the text is in English.

Function words decide the plain cases, whatever names the text is full of; only where they are scarce is the
statistical model asked, and it must prefer another language by a clear margin.
"""

import re
import unicodedata

from bot.errors import UnsupportedLanguage
from bot.reading.wording import language_name

# Words that are frequent in English and are not words of the other languages written in Latin letters.
_ENGLISH = re.compile(
    r"(?:the|and|that|with|from|were|they|which|said|would|been|this|who|what|when|their|there|after|about|into|than"
    r"|says|you|your|its|has|had|it's)$",
    re.IGNORECASE,
)
# Running English holds 12 to 25 % of them; 8 % leaves room for lists of foreign names.
_PLAINLY_ENGLISH = 0.08
_MODEL_READS = 6000
_NO_LANGUAGE = "zxx"
# Difference of log-probabilities for one character; a text of names alone stays below it.
_CLEAR_MARGIN = 0.4
_FOREIGN_SCRIPT = 0.5
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def require_english(text: str) -> None:
    """Raises UnsupportedLanguage, which names the language, where the text as a whole is not English."""
    words = _WORD.findall(text)
    hits = sum(1 for w in words if _ENGLISH.match(w.replace("’", "'")))
    if not words or hits >= _PLAINLY_ENGLISH * len(words):
        return
    code = _modelled_language(text)
    if code != "en":
        name = language_name(code)
        message = f"This text is in {name}, as far as we can tell. Only English is supported so far."
        raise UnsupportedLanguage(message)


def written_in_another_script(text: str) -> bool:
    """Whether most letters are not Latin: such a text may have no spaces, so its words cannot be counted."""
    letters = [c for c in text[:_MODEL_READS] if c.isalpha()]
    foreign = sum(1 for c in letters if c > "ɏ" and not unicodedata.name(c, "").startswith(("LATIN", "MATHEMATICAL")))
    return foreign > _FOREIGN_SCRIPT * len(letters)


def _modelled_language(text: str) -> str:
    import py3langid  # noqa: PLC0415 - its model loads for half a second, and plainly English text never needs it

    sample = text[:_MODEL_READS]
    scores = dict(py3langid.rank(sample))
    best = max(scores, key=lambda code: scores[code])
    if best == _NO_LANGUAGE:
        return "en"
    clear = scores[best] - scores["en"] > _CLEAR_MARGIN * len(sample)
    return str(best) if clear or written_in_another_script(text) else "en"
