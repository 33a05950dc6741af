"""Events over HTTP: signatures, acknowledgements, and workspaces that install, rotate and remove the app."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from adapters.slack.adapter import SlackNotSet, open_slack
from adapters.slack.bots import TokenRefused
from bot.access import Person, Viewer
from bot.errors import NotNow, StoreKeyMissing, StoreUnavailable
from bot.store import open_store
from bot.store.records import Acceptance, ChannelSettings
from handlers.commands import Puzzled, SayHelp, SayVersion, StoredCommand
from handlers.reply import Reply
from handlers.request import Incoming
from tests.adapters.slack.budgets import texts_in
from tests.adapters.slack.slack_server import BOT, Fault, Payload, SlackServer, serve_slack
from tests.adapters.slack.world import LINK, World, free_port, open_world, slack_settings, until_connected

pytestmark = pytest.mark.asyncio


def grant(team: str, token: str, *, refresh: str = "", lives: int = 43_200) -> Payload:
    rotating = {"refresh_token": refresh, "expires_in": lives} if refresh else {}
    return {
        **rotating,
        "app_id": "A1",
        "access_token": token,
        "token_type": "bot",
        "scope": "chat:write",
        "bot_user_id": BOT,
        "team": {"id": team, "name": team},
        "authed_user": {"id": "U1"},
    }


async def install(world: World, team: str, token: str, *, refresh: str = "", lives: int = 43_200) -> tuple[int, str]:
    """Go through the installation as a browser does; status and page of the last step."""
    world.slack.tokens[token] = team
    world.slack.grants[f"code-{team}"] = grant(team, token, refresh=refresh, lives=lives)
    base = f"http://127.0.0.1:{world.port}/slack"
    async with aiohttp.ClientSession() as browser:
        async with browser.get(f"{base}/install") as page:
            text = await page.text()
            cookie = page.headers["Set-Cookie"].partition(";")[0]
        url = text.partition('<a href="')[2].partition('"')[0].replace("&amp;", "&")
        state = parse_qs(urlsplit(url).query)["state"][0]
        query = {"code": f"code-{team}", "state": state}
        async with browser.get(f"{base}/oauth_redirect", params=query, headers={"Cookie": cookie}) as page:
            return page.status, await page.text()


async def test_a_signed_event_is_answered_and_a_command_and_a_click_too(tmp_path: Path) -> None:
    async with open_world(tmp_path, http=True) as world:
        assert (await world.post(world.event(world.mention(LINK))))[0] == 200
        await world.settled()
        (post,) = world.slack.posts()
        assert (await world.post(world.command(LINK), form="form"))[0] == 200
        click = world.click({"action_id": "cc1:all:1", "value": "cc1:all:1"}, post)
        assert (await world.post(click, form="payload"))[0] == 200
        await world.slack.until(lambda: world.slack.ephemerals)
        await world.settled()
        assert len(world.slack.posts()) == 2


@pytest.mark.parametrize("many", [False, True])
async def test_the_environment_that_settings_come_from_changes_nothing_in_the_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, *, many: bool
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("BOT_TOKEN", "SIGNING_SECRET", "CLIENT_ID", "CLIENT_SECRET", "SCOPES", "USER_SCOPES", "REDIRECT_URI"):
        monkeypatch.setenv(f"SLACK_{name}", "from-the-environment")
    async with open_world(tmp_path, http=True, many=many) as world:
        if many:
            await install(world, "T1", "xoxb-T1")
        await world.post(world.event(world.mention(LINK)))
        await world.settled()
        assert len(world.slack.posts()) == 1
    assert [record.getMessage() for record in caplog.records if record.name.startswith("slack")] == []


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": ""},
        {"stamp": str(int(time.time()) - 3600)},
        {"stamp": "yesterday"},
    ],
)
async def test_a_stale_or_bad_signature_gives_401_and_no_job(tmp_path: Path, headers: dict[str, str]) -> None:
    async with open_world(tmp_path, http=True) as world:
        status, _ = await world.post(world.event(world.mention(LINK)), **headers)
        assert status == 401
        assert await world.store.requests.open_ids() == ()
        assert world.slack.posts() == []


async def test_slack_verifies_the_address(tmp_path: Path) -> None:
    async with open_world(tmp_path, http=True) as world:
        status, body = await world.post({"type": "url_verification", "challenge": "abc"})
        assert (status, json.loads(body)) == (200, {"challenge": "abc"})


async def test_a_workspace_installs_the_app_and_only_its_own_token_is_used_there(tmp_path: Path) -> None:
    async with open_world(tmp_path, http=True, many=True) as world:
        for team in ("T1", "T2"):
            status, page = await install(world, team, f"xoxb-{team}")
            assert status == 200, page
        for team in ("T1", "T2"):
            await world.post(world.event(world.mention(LINK, channel=f"C{team}"), team=team))
        await world.settled()
        assert {(post["channel"], post["team"]) for post in world.slack.posts()} == {("CT1", "T1"), ("CT2", "T2")}


async def test_two_workspaces_never_see_each_others_checks(tmp_path: Path) -> None:
    async with open_world(tmp_path, http=True, many=True) as world:
        for team in ("T1", "T2"):
            await install(world, team, f"xoxb-{team}")
        await world.post(world.event(world.mention(LINK), team="T1"))
        await world.settled()
        await world.post(world.event(world.mention(LINK), team="T2"))
        await world.settled()
        assert world.engine.checked == [LINK, LINK]  # what one knows does not answer the other
        await world.post(world.command("history", team="T3"), form="form")
        await world.post(world.command("history bridge", team="T2", channel="C9"), form="form")
        stranger = world.click({"action_id": "cc1:all:1", "value": "cc1:all:1"}, world.slack.posts()[1], team="T2")
        await world.post(stranger, form="payload")
        await world.slack.until(lambda: world.slack.ephemerals and world.slack.responses)
        assert "harbour" not in "".join(texts_in(world.slack.ephemerals[0]["blocks"]))


@pytest.mark.parametrize(
    ("query", "status"), [("?code=c&state=forged", 400), ("?error=access_denied", 200), ("?code=c", 400)]
)
async def test_an_installation_that_we_did_not_begin_is_refused(tmp_path: Path, query: str, status: int) -> None:
    async with open_world(tmp_path, http=True, many=True) as world, aiohttp.ClientSession() as browser:
        async with browser.get(f"http://127.0.0.1:{world.port}/slack/oauth_redirect{query}") as page:
            assert page.status == status
            assert "Oops, Something Went Wrong!" in await page.text()
        assert world.slack.called("oauth.v2.access") == []
        assert await world.store.installations.tenants("slack") == ()


async def test_tokens_are_kept_encrypted_and_changed_before_they_expire(tmp_path: Path) -> None:
    async with open_world(tmp_path, http=True, many=True) as world:
        await install(world, "T1", "xoxb-first", refresh="xoxe-1", lives=3600)
        assert b"xoxb-first" not in (tmp_path / "claimcheck.db").read_bytes()
        world.slack.tokens["xoxb-second"] = "T1"
        world.slack.grants["xoxe-1"] = grant("T1", "xoxb-second", refresh="xoxe-2")
        events = [world.event(world.mention(f"{LINK}/{number}")) for number in range(4)]
        await asyncio.gather(*map(world.post, events))
        await world.settled()
        assert len(world.slack.posts()) == 4
        refreshed = [c for c in world.slack.called("oauth.v2.access") if c.arguments.get("refresh_token")]
        assert len(refreshed) == 1


async def test_a_token_that_cannot_be_changed_is_used_as_long_as_it_holds(tmp_path: Path) -> None:
    async with open_world(tmp_path, http=True, many=True) as world:
        await install(world, "T1", "xoxb-first", refresh="xoxe-1", lives=3600)
        world.slack.faults["oauth.v2.access"] = [Fault(error="invalid_refresh_token")] * 50
        await world.post(world.event(world.mention(LINK)))
        await world.settled()
        assert len(world.slack.posts()) == 1


@pytest.mark.parametrize("event", [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": [BOT]}}])
async def test_who_removes_the_app_takes_tokens_and_data_along(tmp_path: Path, event: Payload) -> None:
    async with open_world(tmp_path, http=True, many=True) as world:
        for team in ("T1", "T2"):
            await install(world, team, f"xoxb-{team}")
            await world.post(world.event(world.mention(f"{LINK}/{team}"), team=team))
        await world.settled()
        await world.store.channels.save("slack:T1", "C1", ChannelSettings(emoji="eyes"), by=Person(id="U1"))
        assert (await world.post(world.event(event)))[0] == 200
        assert await world.store.installations.tenants("slack") == ("slack:T2",)
        for team, count in (("T1", 0), ("T2", 1)):
            viewer = Viewer(tenant=f"slack:{team}", channel="C1", user="U1")
            assert len(await world.store.articles.search("", viewer=viewer)) == count
        assert await world.store.channels.settings("slack:T1", "C1") == ChannelSettings()
        assert (await world.post(world.event(event)))[0] < 500  # the other of the two events that Slack sends


async def test_a_persons_own_revoked_token_is_none_of_ours(tmp_path: Path) -> None:
    async with open_world(tmp_path, http=True, many=True) as world:
        await install(world, "T1", "xoxb-T1")
        await world.post(world.event({"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}}))
        assert await world.store.installations.tenants("slack") == ("slack:T1",)


class Unable:
    """A service that cannot accept, until it can."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.accepted: list[Incoming] = []

    async def accept(self, incoming: Incoming) -> Acceptance:
        if self.failures:
            raise self.failures.pop(0)
        self.accepted.append(incoming)
        return Acceptance(id=incoming.id, fresh=True)

    async def cancel(self, key: str) -> None:
        raise AssertionError(key)

    async def act(
        self,
        command: StoredCommand | SayHelp | SayVersion | Puzzled,
        *,
        place: object,
        asker: Person,
        privately: bool = True,
    ) -> Reply:
        raise AssertionError((command, place, asker, privately))


async def offer(
    service: Unable,
    slack: SlackServer,
    tmp_path: Path,
    *payloads: Payload,
    form: str = "",
    then: Callable[[], Awaitable[None]] | None = None,
) -> list[int]:
    """Send the payloads to an adapter with this service, and do what comes `then`; the statuses of its answers."""
    url = f"sqlite:///{tmp_path / 'claimcheck.db'}"
    port = free_port()
    settings = slack_settings(slack, url, http=True, port=port)
    async with open_store(url) as store, open_slack(settings, store=store) as adapter:
        serving = asyncio.create_task(adapter.serve(service))
        world = World(
                slack=slack, store=store, service=None, adapter=adapter, engine=None, port=port, serving=serving  # type: ignore[arg-type]  # there is no real service behind
            )  # fmt: skip
        try:
            await until_connected(world, http=True)
            statuses = [(await world.post(payload, form=form))[0] for payload in payloads]
            if then is not None:
                await then()
            return statuses
        finally:
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)


def mention(words: str = LINK) -> Payload:
    event = {
        "type": "app_mention",
        "channel": "C1",
        "ts": "1700000000.000001",
        "user": "U1",
        "text": f"<@{BOT}> {words}",
    }
    return {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": event}


async def test_what_the_store_does_not_take_is_not_acknowledged_and_comes_again(tmp_path: Path) -> None:
    async with serve_slack() as slack:
        service = Unable(StoreUnavailable("The database is locked."))
        assert await offer(service, slack, tmp_path, mention(), mention()) == [500, 200]
        assert [incoming.id for incoming in service.accepted] == ["slack:T1:C1:1700000000.000001"]


async def test_a_command_that_the_store_does_not_take_is_answered_with_the_reason(tmp_path: Path) -> None:
    async with serve_slack() as slack:
        service = Unable(StoreUnavailable("The database is locked."))
        command = {"command": "/claimcheck", "text": LINK, "team_id": "T1", "channel_id": "C1", "user_id": "U1"}
        assert await offer(service, slack, tmp_path, {**command, "trigger_id": "1.2.3"}, form="form") == [200]
        assert service.accepted == []


async def test_what_the_store_does_not_take_after_the_acknowledgement_is_offered_again(tmp_path: Path) -> None:
    async with serve_slack() as slack:
        holding = slack.hold("conversations.replies")
        root = slack.say("C1", "1600000000.000001", LINK, user="U2")
        service = Unable(StoreUnavailable("The database is locked."))
        payload = mention("")
        payload["event"]["thread_ts"] = root["ts"]

        async def release() -> None:
            holding.set()
            async with asyncio.timeout(20):
                while not service.accepted:  # noqa: ASYNC110 - what is waited for is a list in a stand-in
                    await asyncio.sleep(0.02)

        assert await offer(service, slack, tmp_path, payload, then=release) == [200]
        assert [incoming.request.message for incoming in service.accepted] == [f"Check: {LINK}"]


async def test_who_asks_too_often_is_told_so_alone(tmp_path: Path) -> None:
    async with serve_slack() as slack:
        service = Unable(NotNow("You asked for 30 checks in an hour. Ask again in 5 minutes."))
        assert await offer(service, slack, tmp_path, mention()) == [200]
        await slack.until(lambda: slack.ephemerals)
        assert "Ask again in 5 minutes" in "".join(texts_in(slack.ephemerals[0]["blocks"]))


async def test_keys_name_the_event_the_message_and_the_clients_own_id(tmp_path: Path) -> None:
    async with serve_slack() as slack:
        service = Unable()
        payload = mention()
        payload["event"]["client_msg_id"] = "m-1"
        await offer(service, slack, tmp_path, payload)
        assert service.accepted[0].keys == {
            "slack:T1:C1:1700000000.000001",
            "slack:T1:event:Ev1",
            "slack:T1:client:m-1",
        }


async def test_a_slow_lookup_does_not_hold_up_the_acknowledgement(tmp_path: Path) -> None:
    async with open_world(tmp_path, http=True) as world:
        holding = world.slack.hold("conversations.replies")
        root = world.message(LINK, user="U2")
        began = time.monotonic()
        status, _ = await world.post(world.event(world.mention("", thread_ts=root["ts"])))
        took = time.monotonic() - began
        holding.set()
        assert status == 200
        assert took < 3
        await world.slack.until(world.slack.posts)
        await world.settled()


async def test_settings_that_do_not_suffice_say_what_is_missing() -> None:
    async with serve_slack() as slack, open_store("sqlite://") as store:
        complete = slack_settings(slack, "sqlite:///x", port=1)
        for missing in ({"slack_bot_token": None}, {"slack_app_token": None, "slack_signing_secret": None}):
            with pytest.raises(SlackNotSet, match="SLACK_BOT_TOKEN and SLACK_APP_TOKEN"):
                async with open_slack(complete.model_copy(update=missing), store=store):
                    pytest.fail("opened")


@pytest.mark.parametrize(("token", "named"), [("xoxb-one", "SLACK_BOT_TOKEN"), ("xapp-one", "SLACK_APP_TOKEN")])
async def test_a_token_that_slack_refuses_ends_the_adapter_with_its_name(
    tmp_path: Path, token: str, named: str
) -> None:
    async with serve_slack() as slack, open_store(f"sqlite:///{tmp_path / 'a.db'}") as store:
        del slack.tokens[token]
        async with open_slack(slack_settings(slack, "sqlite:///x", port=1), store=store) as adapter:
            with pytest.raises(TokenRefused, match=named):
                await adapter.serve(Unable())


async def test_many_workspaces_need_the_key_that_tokens_are_encrypted_with(tmp_path: Path) -> None:
    async with serve_slack() as slack, open_store(f"sqlite:///{tmp_path / 'a.db'}") as store:
        settings = slack_settings(slack, "sqlite:///x", many=True, port=free_port())
        async with open_slack(settings, store=store) as adapter:
            with pytest.raises(StoreKeyMissing):
                await adapter.serve(Unable())
            with pytest.raises(StoreKeyMissing):
                await store.installations.load("slack:T1")
