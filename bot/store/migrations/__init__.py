"""Alembic migrations of the store, run by bot.store.migrating on every start."""
