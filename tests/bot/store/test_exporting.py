"""A tenant takes its data along: everything that is kept of it, nothing of another, no tokens."""

import json
from dataclasses import replace

import pytest

from bot.report import Grade
from bot.store import Store
from bot.store.records import ChannelSettings, Installation, StoredFile, TenantSettings
from bot.store.tables import metadata
from tests.bot.store.samples import ANN, TENANT, TEXT, SetClock, keep, request

pytestmark = pytest.mark.asyncio

NOT_EXPORTED = {"request_keys", "document_requests", "oauth_states"}  # Names of events, links between rows, secrets.


async def _fill(store: Store, tenant: str) -> None:
    asked = replace(
        request(tenant=tenant), message="line\nbreak\u2028and more", files=(StoredFile(name="a.txt", data=b"\xff"),)
    )
    report_id = await keep(store, asked)
    await store.reviews.overrule(report_id, claim_id="c1", grade=Grade.VAGUE, reason="one", by=ANN)
    await store.reviews.undo(report_id, by=ANN)
    await store.reviews.feedback(report_id, reason="no use", by=ANN)
    await store.channels.save(tenant, "C1", ChannelSettings(emoji="eyes"), by=ANN)
    await store.channels.save_tenant(tenant, TenantSettings(), by=ANN)
    await store.installations.save(Installation(tenant=tenant, data="xoxb-made-up", installed_at=SetClock().now))


async def test_every_kind_of_row_is_exported_as_one_line_of_json(store: Store) -> None:
    await _fill(store, TENANT)
    lines = [line async for line in store.keeping.export(TENANT)]
    assert all(len(line.splitlines()) == 1 for line in lines)
    rows = {row["kind"]: row for row in map(json.loads, lines)}
    assert len(rows) == len(lines) == len(metadata.tables.keys() - NOT_EXPORTED)
    assert rows["document"]["payload"]["text"] == TEXT
    assert rows["report"]["payload"]["claims"][0]["id"] == "c1"
    assert rows["request"]["message"] == "line\nbreak\u2028and more"
    assert rows["request"]["accepted_at"] == "2026-03-02T09:00:00Z"
    assert rows["channel_settings"]["payload"]["emoji"] == "eyes"


async def test_an_export_holds_no_token_and_nothing_of_another_tenant(store: Store) -> None:
    await _fill(store, TENANT)
    alone = [line async for line in store.keeping.export(TENANT)]
    await _fill(store, "slack:T2")
    assert [line async for line in store.keeping.export(TENANT)] == alone
    installation = next(row for row in map(json.loads, alone) if row["kind"] == "installation")
    assert set(installation) == {"kind", "tenant", "platform", "installed_at"}


async def test_an_export_of_many_pages_is_complete(store: Store) -> None:
    ids = [str(number) for number in range(250)]
    for id_ in ids:
        await store.requests.accept(request(message=id_), keys=frozenset())
    exported = [json.loads(line)["message_id"] async for line in store.keeping.export(TENANT)]
    assert sorted(exported) == sorted(ids)
