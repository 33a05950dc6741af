"""The durable flow, on both databases, with a real queue and a chat server on loopback."""

import asyncio

import pytest

from bot.store.records import RequestState
from tests.handlers.service_room import open_newsroom

LINK = "https://news.example/harbour"


@pytest.mark.asyncio
async def test_an_accepted_link_is_answered_by_one_post_that_is_edited_into_the_report(store_url: str) -> None:
    async with open_newsroom(store_url) as room:
        accepted = await room.ask(LINK)
        assert accepted.fresh
        assert await room.settled(accepted.id) == [RequestState.ANSWERED]
        (post,) = room.chat.posts
        assert post.texts == ["Reading…", f"REPORT {LINK}: 0 claims"]
        delivery = await room.store.deliveries.load(accepted.id)
        assert delivery is not None
        assert delivery.message == post.id
        assert len(delivery.report_ids) == 1
