"""A tenant's data as JSON lines: what is kept, as it is kept, without tokens."""

from collections.abc import AsyncIterator

import msgspec
from sqlalchemy import Column, RowMapping, Select, Table, select, tuple_

from bot.contract import escape_unsafe
from bot.store.database import Database
from bot.store.payloads import to_json
from bot.store.tables import (
    channel_settings,
    deliveries,
    delivery_reports,
    documents,
    feedback,
    installations,
    overrules,
    reports,
    request_files,
    requests,
    tenant_settings,
    undos,
)

_PAGE = 100  # Rows read at a time: no transaction stays open while somebody downloads slowly.
_JSON = frozenset({"payload", "links", "grades"})  # Columns that hold JSON already.
_DERIVED = frozenset({"sought", "url_sha256"})  # Columns made of others, for queries.

Rows = Select[*tuple[object, ...]]
Key = tuple[Column[object], ...]


async def export_tenant(database: Database, tenant: str) -> AsyncIterator[str]:
    """One JSON object a line, without line breaks: `kind`, then the columns of the row."""
    for kind, rows, key in _kinds(tenant):
        page = rows.order_by(*key).limit(_PAGE)
        while True:
            async with database.read() as connection:
                found = (await connection.execute(page)).mappings().all()
            for row in found:
                yield _line(kind, row)
            if len(found) < _PAGE:
                break
            last = tuple(found[-1][column.name] for column in key)
            page = rows.where(tuple_(*key) > last).order_by(*key).limit(_PAGE)


def _line(kind: str, row: RowMapping) -> str:
    columns = {str(name): msgspec.Raw(str(value).encode()) if name in _JSON else value for name, value in row.items()}
    return escape_unsafe(to_json({"kind": kind, **columns}))


def _kinds(tenant: str) -> list[tuple[str, Rows, Key]]:
    asked = select(requests.c.id).where(requests.c.tenant == tenant)
    read = select(documents.c.id).where(documents.c.tenant == tenant)
    checked = select(reports.c.id).where(reports.c.document_id.in_(read))
    made = select(overrules.c.id).where(overrules.c.report_id.in_(checked))
    document = [column for column in documents.c if column.name not in _DERIVED]
    no_tokens = [column for column in installations.c if column.name != "data"]
    by_request = delivery_reports.c.request_id
    return [
        ("request", select(requests).where(requests.c.tenant == tenant), _key(requests)),
        ("file", select(request_files).where(request_files.c.request_id.in_(asked)), _key(request_files)),
        ("document", select(*document).where(documents.c.tenant == tenant), _key(documents)),
        ("report", select(reports).where(reports.c.document_id.in_(read)), _key(reports)),
        ("delivery", select(deliveries).where(deliveries.c.tenant == tenant), _key(deliveries)),
        ("shown", select(delivery_reports).where(by_request.in_(asked)), _key(delivery_reports)),
        ("overrule", select(overrules).where(overrules.c.report_id.in_(checked)), _key(overrules)),
        ("undo", select(undos).where(undos.c.overrule_id.in_(made)), _key(undos)),
        ("feedback", select(feedback).where(feedback.c.report_id.in_(checked)), _key(feedback)),
        (
            "channel_settings",
            select(channel_settings).where(channel_settings.c.tenant == tenant),
            _key(channel_settings),
        ),
        ("tenant_settings", select(tenant_settings).where(tenant_settings.c.tenant == tenant), _key(tenant_settings)),
        ("installation", select(*no_tokens).where(installations.c.tenant == tenant), _key(installations)),
    ]


def _key(table: Table) -> Key:
    return tuple(table.primary_key.columns)
