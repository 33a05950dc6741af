"""What the app may do, hear and offer: the tables that the code registers from and the manifest is made of."""

from dataclasses import dataclass

COMMAND = "/claimcheck"
SHORTCUT = "check_claims"
SHORTCUT_NAME = "Check claims"
EVENTS_PATH = "/slack/events"
INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One event as the manifest names it, the listener's name for it, and the scopes that it needs."""

    event: str
    listener: str
    scopes: tuple[str, ...] = ()


EVENTS = (
    Heard(event="app_mention", listener="app_mention", scopes=("app_mentions:read",)),
    Heard(event="message.channels", listener="message", scopes=("channels:history",)),
    Heard(event="message.groups", listener="message", scopes=("groups:history",)),
    Heard(event="message.im", listener="message", scopes=("im:history",)),
    Heard(event="message.mpim", listener="message", scopes=("mpim:history",)),
    Heard(event="reaction_added", listener="reaction_added", scopes=("reactions:read",)),
    Heard(event="app_uninstalled", listener="app_uninstalled"),
    Heard(event="tokens_revoked", listener="tokens_revoked"),
)

# Methods of the Web API that are called, and the scopes that each needs. A test holds the calls to this table.
METHODS: dict[str, tuple[str, ...]] = {
    "apps.connections.open": (),  # the app token's connections:write
    "auth.test": (),
    "chat.delete": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.history": ("channels:history", "groups:history", "im:history", "mpim:history"),
    "conversations.info": ("channels:read", "groups:read", "mpim:read"),  # of direct messages nothing has to be asked
    "conversations.open": ("im:write",),
    "conversations.replies": ("channels:history", "groups:history", "im:history", "mpim:history"),
    "files.completeUploadExternal": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "files.info": ("files:read",),
    "oauth.v2.access": (),
    "reactions.add": ("reactions:write",),
    "users.info": ("users:read",),
    "views.open": (),
}

SCOPES = tuple(
    sorted(
        {
            "commands",
            *(scope for heard in EVENTS for scope in heard.scopes),
            *(scope for scopes in METHODS.values() for scope in scopes),
        }
    )
)
