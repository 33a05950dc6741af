"""The manifest names just what the code uses."""

import re
from pathlib import Path

import pytest

import adapters.slack
from adapters.slack.capabilities import COMMAND, EVENTS, METHODS, SCOPES, SHORTCUT
from adapters.slack.manifest import render_manifest

yaml = pytest.importorskip("yaml", reason="reads the manifest; comes along with the durable engine")

CODE = "\n".join(path.read_text() for path in Path(adapters.slack.__file__).parent.glob("*.py"))


def test_it_asks_for_the_scopes_that_events_and_methods_need() -> None:
    manifest = yaml.safe_load(render_manifest())
    assert tuple(manifest["oauth_config"]["scopes"]["bot"]) == SCOPES
    assert manifest["settings"]["event_subscriptions"]["bot_events"] == [heard.event for heard in EVENTS]
    needed = {scope for scopes in METHODS.values() for scope in scopes}
    needed |= {scope for heard in EVENTS for scope in heard.scopes} | {"commands"}
    assert set(SCOPES) == needed


def test_the_table_of_methods_holds_just_those_that_the_code_calls() -> None:
    """The SDK's methods are named after Slack's: chat_postMessage is chat.postMessage."""
    names = {method.replace(".", "_"): method for method in METHODS}
    called = {names[name] for name in re.findall(r"client(?:\(.*?\))?\.(\w+)\(", CODE) if name in names}
    inside = {  # called by the SDK for us
        *("files.getUploadURLExternal", "files.completeUploadExternal"),  # files_upload_v2
        *("apps.connections.open", "oauth.v2.access"),  # Socket Mode, OAuth
    }
    assert called | inside == set(METHODS)


def test_command_and_shortcut_are_those_that_are_listened_to() -> None:
    features = yaml.safe_load(render_manifest())["features"]
    assert [command["command"] for command in features["slash_commands"]] == [COMMAND]
    assert [shortcut["callback_id"] for shortcut in features["shortcuts"]] == [SHORTCUT]
    assert all(len(item["description"]) <= 150 for item in features["shortcuts"])


def test_without_an_address_it_is_for_socket_mode_and_with_one_for_http() -> None:
    socket = yaml.safe_load(render_manifest())
    assert socket["settings"]["socket_mode_enabled"] is True
    assert "request_url" not in socket["settings"]["event_subscriptions"]
    http = yaml.safe_load(render_manifest("https://bot.example/"))
    assert http["settings"]["socket_mode_enabled"] is False
    assert http["settings"]["event_subscriptions"]["request_url"] == "https://bot.example/slack/events"
    assert http["features"]["slash_commands"][0]["url"] == "https://bot.example/slack/events"
    assert http["oauth_config"]["redirect_urls"] == ["https://bot.example/slack/oauth_redirect"]
