"""Which lines head a text: the headline, with the site's name cut off, and lines in headline style."""

import re

from bot.reading.captions import is_verbless
from bot.reading.wording import page_words

_ENDS_SENTENCE = re.compile(r"""[.!?…][\"'“”’)\]]*$""")
_ENDS_LIKE_PROSE = re.compile(r"""(?<![A-Z])[.,;:][\"”’']?$|[;,:]$""")
_RUNS_ON = re.compile(r"[,:;–—-]$|https?://\S+$|pic\.twitter\.com/\S+$")
_WORD = re.compile(r"[^\W_][\w’'.-]*")
_SITE_SUFFIX = re.compile(r"^(?P<title>.+?\S)\s+(?P<mark>[-–—|·»]|::)\s+(?P<site>[^|–—·»]{2,60}?)\s*$", re.DOTALL)
_DOMAIN = re.compile(r"^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,4}$", re.IGNORECASE)
_LEAST_TITLE_WORDS = 2
_MOST_TITLE_WORDS = 32
_MOST_TITLE_CHARACTERS = 220
_LONG_WORD = 4
_TITLE_CASE = 0.8
_MOST_SITE_WORDS = 6
_MOST_BARE_SITE_WORDS = 3


def ends_sentence(line: str) -> bool:
    """Whether the line stops as a sentence does, quotation marks and brackets aside."""
    return bool(_ENDS_SENTENCE.search(line))


def runs_on(line: str) -> bool:
    """Whether the line leads into the next one (a colon, a comma, a dash) or ends in a link, as posts do."""
    return bool(_RUNS_ON.search(line))


def looks_like_headline(line: str) -> bool:
    """Whether a first line can be the title: short, and not stopped as prose is."""
    words = line.split()
    if not _LEAST_TITLE_WORDS <= len(words) <= _MOST_TITLE_WORDS or len(line) > _MOST_TITLE_CHARACTERS:
        return False
    if not _ENDS_LIKE_PROSE.search(line):
        return True
    # Some archives put a full stop after every headline; only its style then tells it from a first sentence.
    return line.rstrip("\"'”’").endswith(".") and (is_title_case(line) or is_verbless(line))


def is_title_case(line: str) -> bool:
    """Whether nearly all longer words are capitalised, as American headlines are."""
    longer = [w for w in _WORD.findall(line) if len(w) >= _LONG_WORD]
    capital = sum(1 for w in longer if w[0].isupper() or w[0].isdigit())
    return len(longer) > 1 and capital >= _TITLE_CASE * len(longer)


def split_site_name(title: str) -> tuple[str, str | None]:
    """The title without the name of the site at its end, and that name where it plainly is one."""
    m = _SITE_SUFFIX.match(title)
    if m is None or len(m["title"].split()) < _LEAST_TITLE_WORDS + 1:
        return title, None
    site = m["site"]
    return (m["title"], site) if _names_a_site(site, m["mark"]) else (title, None)


def _names_a_site(site: str, mark: str) -> bool:
    words = site.split()
    if len(words) > _MOST_SITE_WORDS or _ENDS_SENTENCE.search(site):
        return False
    if _DOMAIN.match(site):
        return True
    if not all(w[0].isupper() or w[0].isdigit() or w in {"of", "the", "and", "&", "for", "in"} for w in words):
        return False
    telling = {w.lower().strip(".,") for w in words} & page_words("outlet_words")
    bare = words[0] == "The" and 1 < len(words) <= _MOST_BARE_SITE_WORDS
    return mark in {"|", "·", "»", "::"} or bool(telling) or bare
