"""The app manifest, made of the tables that the code registers from."""

from collections.abc import Iterator, Mapping, Sequence

from adapters.slack.capabilities import (
    COMMAND,
    EVENTS,
    EVENTS_PATH,
    REDIRECT_PATH,
    SCOPES,
    SHORTCUT,
    SHORTCUT_NAME,
)

_PLAIN = "_-/.:"


def render_manifest(url: str | None = None) -> str:
    """The manifest as YAML, for Socket Mode; for events over HTTP, `url` is where the bot is reached from outside."""
    return "\n".join(_yaml(_manifest(url and url.rstrip("/")))) + "\n"


def _manifest(url: str | None) -> Mapping[str, object]:
    request_url = {"request_url": f"{url}{EVENTS_PATH}"} if url else {}
    command = {
        "command": COMMAND,
        "description": "Show how well each claim of an article is sourced",
        "usage_hint": "[link or text], help, history, settings",
        "should_escape": False,
        **({"url": request_url["request_url"]} if url else {}),
    }
    shortcut = {
        "name": SHORTCUT_NAME,
        "type": "message",
        "callback_id": SHORTCUT,
        "description": "Check the claims in this message",
    }
    return {
        "display_information": {
            "name": "claimcheck",
            "description": "Shows who stands behind each claim of a news article",
            "background_color": "#1d3557",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": False,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "claimcheck", "always_online": True},
            "shortcuts": [shortcut],
            "slash_commands": [command],
        },
        "oauth_config": {
            **({"redirect_urls": [f"{url}{REDIRECT_PATH}"]} if url else {}),
            "scopes": {"bot": SCOPES},
        },
        "settings": {
            "event_subscriptions": {**request_url, "bot_events": [heard.event for heard in EVENTS]},
            "interactivity": {"is_enabled": True, **request_url},
            "org_deploy_enabled": False,
            "socket_mode_enabled": url is None,
            "token_rotation_enabled": False,  # a token that stands in the settings must not expire
        },
    }


def _yaml(value: object, *, indent: str = "") -> Iterator[str]:
    """The lines of a value in YAML; only what a manifest holds: maps, lists, text, true and false."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if isinstance(inner, Mapping | list | tuple):
                yield f"{indent}{key}:"
                yield from _yaml(inner, indent=f"{indent}  ")
            else:
                yield f"{indent}{key}: {_scalar(inner)}"
    elif isinstance(value, Sequence):
        for item in value:
            first, *rest = _yaml(item) if isinstance(item, Mapping) else (_scalar(item),)
            yield f"{indent}- {first}"
            yield from (f"{indent}  {line}" for line in rest)


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    words = str(value)
    plain = words.isascii() and words[:1].isalpha() and all(c.isalnum() or c in _PLAIN for c in words)
    return words if plain and not words.endswith(":") else '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
