"""The tables of the first version.

Written with SQLAlchemy's own types, so that it stays what it was whatever becomes of bot.store.columns.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """From nothing."""
    _create_requests()
    _create_articles()
    _create_deliveries()
    _create_settings()
    _create_reviews()
    _create_installations()


def downgrade() -> None:
    """To nothing: what refers goes before what it refers to, indexes go with their tables."""
    for table in (
        "oauth_states", "installations", "feedback", "undos", "overrules", "tenant_settings", "channel_settings",
        "delivery_reports", "deliveries", "reports", "document_requests", "documents", "request_files", "request_keys",
        "requests",
    ):  # fmt: skip
        op.drop_table(table)


def _create_requests() -> None:
    op.create_table(
        "requests",
        sa.Column("id", sa.String(), nullable=False),
        *_place(),
        sa.Column("asker_id", sa.String(), nullable=False),
        sa.Column("asker_name", sa.Text(), nullable=False),
        sa.Column("asker_admin", sa.Boolean(), nullable=False),
        sa.Column("whispered", sa.Boolean(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("links", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("error", sa.Text()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _time("accepted_at"),
        _time("finished_at", nullable=True),
        _primary("requests", "id"),
    )
    op.create_index("ix_requests_place", "requests", ["tenant", "channel", "accepted_at"])
    op.create_index("ix_requests_asker", "requests", ["tenant", "asker_id", "accepted_at"])
    op.create_index("ix_requests_state", "requests", ["state", "accepted_at"])
    op.create_index("ix_requests_age", "requests", ["accepted_at"])
    op.create_table(
        "request_keys",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        _primary("request_keys", "key"),
        _reference("request_keys", "request_id", "requests.id"),
    )
    op.create_index("ix_request_keys_request_id", "request_keys", ["request_id"])
    op.create_table(
        "request_files",
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        _primary("request_files", "request_id", "position"),
        _reference("request_files", "request_id", "requests.id"),
    )


def _create_articles() -> None:
    op.create_table(
        "documents",
        _number(),
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("url_sha256", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("public_link", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text()),
        sa.Column("sought", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        _time("read_at"),
        _primary("documents", "id"),
        sa.UniqueConstraint("tenant", "channel", "user", "url_sha256", "sha256", name="uq_documents_tenant"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_documents_url", "documents", ["tenant", "url_sha256", "read_at"])
    op.create_index("ix_documents_age", "documents", ["read_at"])
    op.create_table(
        "document_requests",
        sa.Column("document_id", _NUMBER, nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        _primary("document_requests", "document_id", "request_id"),
        _reference("document_requests", "document_id", "documents.id"),
        _reference("document_requests", "request_id", "requests.id"),
    )
    op.create_index("ix_document_requests_request_id", "document_requests", ["request_id"])
    op.create_table(
        "reports",
        _number(),
        sa.Column("document_id", _NUMBER, nullable=False),
        sa.Column("engine_name", sa.String(), nullable=False),
        sa.Column("engine_version", sa.String(), nullable=False),
        sa.Column("grades", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        _time("checked_at"),
        _primary("reports", "id"),
        _reference("reports", "document_id", "documents.id"),
        sa.UniqueConstraint("document_id", "engine_name", "engine_version", name="uq_reports_document_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reports_age", "reports", ["checked_at"])


def _create_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("marker", sa.String(), nullable=False),
        *_place(),
        sa.Column("message", sa.String()),
        sa.Column("revision", sa.Integer(), nullable=False),
        _time("revised_at"),
        _primary("deliveries", "request_id"),
        _reference("deliveries", "request_id", "requests.id"),
        sa.UniqueConstraint("marker", name="uq_deliveries_marker"),
    )
    op.create_index("ix_deliveries_place", "deliveries", ["tenant", "channel", "revised_at"])
    op.create_index("ix_deliveries_message", "deliveries", ["tenant", "channel", "message"])
    op.create_table(
        "delivery_reports",
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("report_id", _NUMBER, nullable=False),
        _primary("delivery_reports", "request_id", "position"),
        _reference("delivery_reports", "request_id", "deliveries.request_id"),
        _reference("delivery_reports", "report_id", "reports.id"),
    )
    op.create_index("ix_delivery_reports_report_id", "delivery_reports", ["report_id"])


def _create_settings() -> None:
    op.create_table(
        "channel_settings",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("auto_check", sa.String(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        *_signature(),
        _primary("channel_settings", "tenant", "channel"),
    )
    op.create_index("ix_channel_settings_auto_check", "channel_settings", ["auto_check"])
    op.create_table(
        "tenant_settings",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        *_signature(),
        _primary("tenant_settings", "tenant"),
    )


def _create_reviews() -> None:
    op.create_table(
        "overrules",
        _number(),
        sa.Column("report_id", _NUMBER, nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        *_signature(),
        _primary("overrules", "id"),
        _reference("overrules", "report_id", "reports.id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_overrules_report_id", "overrules", ["report_id"])
    op.create_table(
        "undos",
        sa.Column("overrule_id", _NUMBER, nullable=False),
        *_signature(),
        _primary("undos", "overrule_id"),
        _reference("undos", "overrule_id", "overrules.id"),
    )
    op.create_table(
        "feedback",
        _number(),
        sa.Column("report_id", _NUMBER, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        *_signature(),
        _primary("feedback", "id"),
        _reference("feedback", "report_id", "reports.id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feedback_report_id", "feedback", ["report_id"])


def _create_installations() -> None:
    op.create_table(
        "installations",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        _time("installed_at"),
        _primary("installations", "tenant"),
    )
    op.create_index("ix_installations_platform", "installations", ["platform"])
    op.create_table(
        "oauth_states",
        sa.Column("sha256", sa.String(), nullable=False),
        _time("expires_at"),
        _primary("oauth_states", "sha256"),
    )


def _number() -> sa.Column[int]:
    return sa.Column("id", _NUMBER, autoincrement=True, nullable=False)


def _time(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _place() -> tuple[sa.Column[str], ...]:
    return (
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("thread", sa.String()),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("reach", sa.String(), nullable=False),
    )


def _signature() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("by_id", sa.String(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("by_admin", sa.Boolean(), nullable=False),
        _time("at"),
    )


def _primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}", ondelete="CASCADE")
