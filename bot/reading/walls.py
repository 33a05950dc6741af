"""Pages that are no article: told apart by what they say and how little of it, and named to the reader."""

from dataclasses import dataclass

from bot.errors import NotAnArticle
from bot.reading.wording import page_words

# Under so many words of prose a page that asks for something else first shows no whole article.
_SHORT = 250
_STUB = 150
_BRIEF = 60
_LEAST_ARTICLE = 40
_CONSENT_PHRASES = 4
_CONSENT_EACH_WORDS = 45
_PAYWALL_HINTS = 2
# A page that says how long its article is shows a stub when less than this share of it came.
_STUB_SHARE = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What a page shows besides its prose.

    `title` is the page's or its first heading; `prose` the extracted article text; `visible` all text a reader sees;
    `free` is False where the page itself says that the article is not free; `stated_words` how long it says the
    article is (0: it does not say).
    """

    title: str
    prose: str
    visible: str
    password: bool
    video: bool
    free: bool
    stated_words: int


def require_article(signals: Signals) -> tuple[str, ...]:
    """Raises NotAnArticle, naming what the page is instead; else the notes that an article with gaps needs."""
    words = len(signals.prose.split())
    for is_so, what in (
        (_is_error(signals, words), "The site shows an error page or a check for robots at this link, not an article."),
        (_is_consent(signals, words), "The site asks for consent to cookies before it shows the article."),
        (_is_login(signals, words), "The site asks for a login before it shows the article."),
        (_is_stub(signals, words), "The site shows only the beginning of this article without a subscription."),
        (_is_video(signals, words), "This page holds a video and no article text."),
        (words < _LEAST_ARTICLE, "No article text was found on this page."),
    ):
        if is_so:
            message = f"{what} Open it in a browser and paste the text."
            raise NotAnArticle(message)
    if not signals.free or _asks_to_subscribe(signals.prose):
        return ("The page may be cut by a paywall; only the part that is open was read.",)
    return ()


def _is_error(signals: Signals, words: int) -> bool:
    """With hardly any text the title may say it anywhere; with some, it must begin with more than a word of it."""
    title = _folded(signals.title)
    if words < _BRIEF:
        return any(f" {phrase} " in f" {title} " for phrase in page_words("error_titles"))
    telling = (phrase for phrase in page_words("error_titles") if " " in phrase)
    return words < _STUB and any(f"{title} ".startswith(f"{phrase} ") for phrase in telling)


def _is_consent(signals: Signals, words: int) -> bool:
    if words >= _SHORT:
        return False
    text = _folded(signals.prose if words >= _LEAST_ARTICLE else signals.visible)
    hits = sum(text.count(phrase) for phrase in page_words("consent"))
    distinct = sum(1 for phrase in page_words("consent") if phrase in text)
    return distinct >= _CONSENT_PHRASES and hits * _CONSENT_EACH_WORDS >= len(text.split())


def _is_login(signals: Signals, words: int) -> bool:
    title = _folded(signals.title)
    asks = any(title == t or title.startswith((f"{t} ", f"{t}:")) for t in page_words("login_titles"))
    return words < _STUB and (asks or (signals.password and words < _BRIEF))


def _is_stub(signals: Signals, words: int) -> bool:
    if signals.stated_words and words < _STUB_SHARE * signals.stated_words and not signals.free:
        return True
    hints = sum(1 for phrase in page_words("paywall_hints") if phrase in _folded(signals.visible))
    if words < _STUB and hints >= _PAYWALL_HINTS:
        return True
    return words < _SHORT and (not signals.free or _asks_to_subscribe(signals.visible))


def _is_video(signals: Signals, words: int) -> bool:
    return signals.video and words < _BRIEF


def _asks_to_subscribe(text: str) -> bool:
    folded = _folded(text)
    return any(phrase in folded for phrase in page_words("paywall"))


def _folded(text: str) -> str:
    return " ".join("".join(c if c.isalnum() or c in "'-/" else " " for c in text.lower().replace("’", "'")).split())
