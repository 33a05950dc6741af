"""What is said while a request is on its way, when it is turned away, and when there is no answer to come. Pure."""

from datetime import timedelta

from handlers.reply import Notice, Reply

_MINUTE = 60
_HOUR = 3600


def word_queued(ahead: int) -> Reply:
    """The work on the request has not begun; `ahead` requests came earlier and are not answered yet."""
    return _say(
        f"Queued, {ahead} ahead of this. The answer will appear here." if ahead > 0 else "Queued, next in line."
    )


def word_reading() -> Reply:
    """The work on the request has begun."""
    return _say("Reading…")


def word_checking(sentences: int) -> Reply:
    """What was asked about is read; the claims in its sentences, which nobody has counted yet, are found and graded."""
    what = "1 sentence" if sentences == 1 else f"{sentences} sentences"
    return _say(f"Checking {what} for claims, and who stands behind each…")


def word_tried_enough() -> Reply:
    """The work on the request broke off too often."""
    return _say(
        "I tried three times to answer this and broke off each time, so I have stopped; other requests are not "
        "affected. If it was a link, paste the article's text instead."
    )


def word_limit(limit: int, *, wait: timedelta, by_person: bool) -> str:
    """Why a request is turned away: as many as may be were asked for within the hour, and when to come back."""
    who = "You have" if by_person else "This channel has"
    things = "1 thing" if limit == 1 else f"{limit} things"
    return f"{who} asked me for {things} within the hour, which is the most I do. Ask again {_word_wait(wait)}."


def _word_wait(wait: timedelta) -> str:
    minutes = max(1, -(-round(wait.total_seconds()) // _MINUTE))
    if minutes == 1:
        return "in a minute"
    return f"in {minutes} minutes" if minutes * _MINUTE < _HOUR else "in an hour"


def _say(text: str) -> Reply:
    return Reply(parts=(Notice(text=text),))
