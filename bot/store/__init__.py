"""What outlives a process: requests, reports, deliveries, settings, reviews. The only place for SQLAlchemy."""

from bot.store.store import Store, open_store

__all__ = ["Store", "open_store"]
