"""The invitation asks for just what the code uses: more would give too much away, with less calls are refused."""

from urllib.parse import parse_qs, urlparse

import discord
import pytest

from adapters.discord.permissions import RIGHTS, TokenMalformed, invite_url, permission_bits
from handlers.reply import Reply, ReplyFile
from tests.adapters.chat.replies import seed_card
from tests.adapters.discord.clerk import PLACEHOLDER, marker_of
from tests.adapters.discord.conftest import MENTION, Desk
from tests.adapters.discord.server import TOKEN
from tests.adapters.discord.test_threads import ask
from tests.adapters.discord.world import BOT


def test_the_invitation_names_the_application_its_permissions_and_scopes() -> None:
    query = parse_qs(urlparse(invite_url(TOKEN)).query)
    assert query == {
        "client_id": [str(BOT)],
        "permissions": [str(permission_bits())],
        "scope": ["bot applications.commands"],
    }


def test_the_table_has_discords_own_names_and_bits() -> None:
    for right in RIGHTS:
        assert getattr(discord.Permissions, right.name).flag == 1 << right.bit


@pytest.mark.parametrize("token", ["", "abc", "xoxb-1", "bm90LWEtbnVtYmVy.x.y", "OTAw", "ü.a.b"])
def test_a_token_that_is_none_is_told_where_to_get_one(token: str) -> None:
    with pytest.raises(TokenMalformed, match="Developer Portal"):
        invite_url(token)


@pytest.mark.asyncio
async def test_all_that_the_bot_does_needs_just_the_permissions_of_the_invitation(desk: Desk) -> None:
    """The tests' Discord notes which permission each call needs, and refuses it without; the bot has the table's."""
    file = ReplyFile(name="report.md", text="# Report", caption="Here it is.")
    async with desk.connected() as adapter:
        await desk.server.say(desk.channel, desk.ada, f"{MENTION} https://news.example/story")
        await desk.server.command(desk.channel, desk.ada, "check", link_or_text="https://news.example/story")
        await desk.answered(2)
        assert set(desk.clerk.done.values()).isdisjoint({"cannot_post"})
        _, thread = await ask(desk, adapter)
        posted = await thread.post(PLACEHOLDER, marker=marker_of("one"))
        await thread.find(marker_of("one"))
        await thread.edit(posted, Reply(parts=(seed_card(), file)))
        await thread.remove(posted)
        desk.server.rest.fail_next(
            "POST", r"/messages$", status=400, body={"code": 50035, "message": "Invalid Form Body"}
        )
        await thread.post(PLACEHOLDER, marker=marker_of("two"))
        desk.server.rest.fail_next(
            "POST", r"/threads$", status=403, body={"code": 50013, "message": "Missing Permissions"}
        )
        _, reply = await ask(desk, adapter)
        await reply.post(PLACEHOLDER, marker=marker_of("three"))
    assert desk.server.needed == permission_bits()
