"""The tables. What is asked for by a query is a column; the rest of a value is one JSON payload (bot.store.payloads).

An absent channel, user or URL of a document is the empty string, so that unique constraints hold: no two NULLs are
equal. Whatever changes here needs a migration (bot/store/migrations); a test compares the two.
"""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.store.columns import RowNumber, UtcTime, Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _number() -> Column[Any]:
    return Column("id", RowNumber, primary_key=True, autoincrement=True)


def _place() -> tuple[Column[Any], ...]:
    return (
        Column("tenant", String, nullable=False),
        Column("channel", String, nullable=False),
        Column("thread", String),
        Column("message_id", String, nullable=False),
        Column("reach", String, nullable=False),
    )


def _signature() -> tuple[Column[Any], ...]:
    return (
        Column("by_id", String, nullable=False),
        Column("by_name", Words, nullable=False),
        Column("by_admin", Boolean, nullable=False),
        Column("at", UtcTime, nullable=False),
    )


def _owner(name: str, target: str, *, primary: bool = False, index: bool = False) -> Column[Any]:
    return Column(
        name, ForeignKey(target, ondelete="CASCADE"), primary_key=primary, nullable=False, index=index and not primary
    )


requests = Table(
    "requests",
    metadata,
    Column("id", String, primary_key=True),
    *_place(),
    Column("asker_id", String, nullable=False),
    Column("asker_name", Words, nullable=False),
    Column("asker_admin", Boolean, nullable=False),
    Column("whispered", Boolean, nullable=False),
    Column("message", Words, nullable=False),
    Column("links", Words, nullable=False),
    Column("state", String, nullable=False),
    Column("error", Words),
    Column("attempts", Integer, nullable=False),
    Column("accepted_at", UtcTime, nullable=False),
    Column("finished_at", UtcTime),
    Index("ix_requests_place", "tenant", "channel", "accepted_at"),
    Index("ix_requests_asker", "tenant", "asker_id", "accepted_at"),
    Index("ix_requests_state", "state", "accepted_at"),
    Index("ix_requests_age", "accepted_at"),
)

request_keys = Table(
    "request_keys",
    metadata,
    Column("key", String, primary_key=True),
    _owner("request_id", "requests.id", index=True),
)

request_files = Table(
    "request_files",
    metadata,
    _owner("request_id", "requests.id", primary=True),
    Column("position", Integer, primary_key=True),
    Column("name", Words, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    _number(),
    Column("tenant", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("user", String, nullable=False),
    Column("url", Words, nullable=False),
    # What is compared and indexed instead of the URL, which may be longer than an index of Postgres admits.
    Column("url_sha256", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("public_link", Boolean, nullable=False),
    Column("title", Words, nullable=False),
    Column("outlet", Words),
    # Title, URL and outlet, case-folded, a line each: what a search looks through, alike on every database.
    Column("sought", Words, nullable=False),
    Column("payload", Text, nullable=False),
    Column("read_at", UtcTime, nullable=False),
    UniqueConstraint("tenant", "channel", "user", "url_sha256", "sha256"),
    Index("ix_documents_url", "tenant", "url_sha256", "read_at"),
    Index("ix_documents_age", "read_at"),
    sqlite_autoincrement=True,
)

# Which requests a document was read or shown for.
document_requests = Table(
    "document_requests",
    metadata,
    _owner("document_id", "documents.id", primary=True),
    Column("request_id", ForeignKey("requests.id", ondelete="CASCADE"), primary_key=True, index=True),
)

reports = Table(
    "reports",
    metadata,
    _number(),
    _owner("document_id", "documents.id"),
    Column("engine_name", String, nullable=False),
    Column("engine_version", String, nullable=False),
    Column("grades", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("checked_at", UtcTime, nullable=False),
    UniqueConstraint("document_id", "engine_name", "engine_version"),
    Index("ix_reports_age", "checked_at"),
    sqlite_autoincrement=True,
)

deliveries = Table(
    "deliveries",
    metadata,
    _owner("request_id", "requests.id", primary=True),
    Column("marker", String, nullable=False, unique=True),
    *_place(),
    Column("message", String),
    Column("revision", Integer, nullable=False),
    Column("revised_at", UtcTime, nullable=False),
    Index("ix_deliveries_place", "tenant", "channel", "revised_at"),
    Index("ix_deliveries_message", "tenant", "channel", "message"),
)

delivery_reports = Table(
    "delivery_reports",
    metadata,
    _owner("request_id", "deliveries.request_id", primary=True),
    Column("position", Integer, primary_key=True),
    _owner("report_id", "reports.id", index=True),
)

channel_settings = Table(
    "channel_settings",
    metadata,
    Column("tenant", String, primary_key=True),
    Column("channel", String, primary_key=True),
    Column("auto_check", String, nullable=False, index=True),
    Column("payload", Text, nullable=False),
    *_signature(),
)

tenant_settings = Table(
    "tenant_settings",
    metadata,
    Column("tenant", String, primary_key=True),
    Column("payload", Text, nullable=False),
    *_signature(),
)

overrules = Table(
    "overrules",
    metadata,
    _number(),
    _owner("report_id", "reports.id", index=True),
    Column("claim_id", String, nullable=False),
    Column("grade", Integer, nullable=False),
    Column("reason", Words, nullable=False),
    *_signature(),
    sqlite_autoincrement=True,
)

# An overrule is never changed: taking it back is a row of its own, at most one for each.
undos = Table(
    "undos",
    metadata,
    _owner("overrule_id", "overrules.id", primary=True),
    *_signature(),
)

feedback = Table(
    "feedback",
    metadata,
    _number(),
    _owner("report_id", "reports.id", index=True),
    Column("reason", Words, nullable=False),
    *_signature(),
    sqlite_autoincrement=True,
)

installations = Table(
    "installations",
    metadata,
    Column("tenant", String, primary_key=True),
    Column("platform", String, nullable=False, index=True),
    Column("data", Text, nullable=False),  # encrypted by whoever holds the key (bot.store.installations)
    Column("installed_at", UtcTime, nullable=False),
)

oauth_states = Table(
    "oauth_states",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("expires_at", UtcTime, nullable=False),
)
