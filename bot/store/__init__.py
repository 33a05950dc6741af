"""What outlives a process: requests, reports, deliveries, settings, reviews. The only place for SQLAlchemy.

The values that go in and come out (bot.store.records) are imported everywhere; the database behind them takes half a
second to import, so it is imported when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.store.articles import Articles
    from bot.store.channels import Channels
    from bot.store.deliveries import Deliveries
    from bot.store.installations import Installations
    from bot.store.keeping import Keeping
    from bot.store.requests import Requests
    from bot.store.reviews import Reviews
    from bot.store.store import Clock, Store, open_store, utc_now

__all__ = [
    "Articles",
    "Channels",
    "Clock",
    "Deliveries",
    "Installations",
    "Keeping",
    "Requests",
    "Reviews",
    "Store",
    "open_store",
    "utc_now",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module("bot.store.store"), name)
