"""Invented news articles for tests of the whole analysis; no such people, firms or floods exist."""

from pathlib import Path

_TEXTS = Path(__file__).with_name("texts")

FERRIES = (_TEXTS / "ferries.txt").read_text(encoding="utf-8")
LAKE = (_TEXTS / "lake.txt").read_text(encoding="utf-8")
LOAN = (_TEXTS / "loan.txt").read_text(encoding="utf-8")
FLOOD = (_TEXTS / "flood.txt").read_text(encoding="utf-8")
THEFT = (_TEXTS / "theft.txt").read_text(encoding="utf-8")
RATES = (_TEXTS / "rates.txt").read_text(encoding="utf-8")
STORIES = (FERRIES, LAKE, LOAN, FLOOD, THEFT, RATES)
