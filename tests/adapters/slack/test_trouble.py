"""What keeps the adapter from hearing is said as long as it does: a socket that is gone, a start that takes long."""

import asyncio
from pathlib import Path

import pytest

from adapters.slack.adapter import open_slack
from bot.store import open_store
from handlers.persistence import Pace
from tests.adapters.chat.quick_service import open_quick_service
from tests.adapters.slack.slack_server import serve_slack
from tests.adapters.slack.world import LINK, NewsEngine, free_port, open_world, slack_settings
from tests.handlers.service_room import until

pytestmark = pytest.mark.asyncio

NO_CONNECTION = "There is no connection to Slack at the moment."


async def test_a_socket_that_is_being_opened_anew_is_trouble_until_it_is_there(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:

        async def hears() -> bool:
            return world.adapter.trouble == ""

        async def asks_for_another_socket() -> bool:
            return len(world.slack.called("apps.connections.open")) == 2

        await until(hears)
        holding = world.slack.hold("apps.connections.open")
        await world.slack.drop()
        await until(asks_for_another_socket)
        assert world.adapter.trouble == NO_CONNECTION
        holding.set()
        await until(hears)
        await world.slack.deliver("events_api", world.event(world.mention(LINK)))
        await world.settled()


@pytest.mark.parametrize("way", ["socket", "http", "speak"])
async def test_an_adapter_that_has_not_started_yet_or_has_ended_is_in_trouble(tmp_path: Path, way: str) -> None:
    url = f"sqlite:///{tmp_path / 'claimcheck.db'}"
    async with serve_slack() as slack, open_store(url) as store:
        settings = slack_settings(slack, url, http=way == "http", port=free_port())
        holding = slack.hold("auth.test")
        async with (
            open_slack(settings, store=store) as adapter,
            open_quick_service(
                store, platforms={"slack": adapter.platform}, desk=NewsEngine().desk, pace=Pace()
            ) as service,
        ):

            async def is_starting() -> bool:
                return bool(slack.called("auth.test"))

            async def is_well() -> bool:
                return adapter.trouble == ""

            assert adapter.trouble == NO_CONNECTION
            running = asyncio.create_task(adapter.speak() if way == "speak" else adapter.serve(service))
            await until(is_starting)
            assert adapter.trouble == NO_CONNECTION
            holding.set()
            await until(is_well)
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            assert adapter.trouble == NO_CONNECTION
