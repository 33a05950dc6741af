"""Where something was said on Slack, who said it, and under which names the same request may come again."""

from dataclasses import dataclass

from adapters.slack.payloads import Json, flag_at, list_at, text_at
from bot.access import Person, Place, Reach
from handlers.request import Incoming, Request

NAME = "slack"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One message, click or command: whose workspace, where, in which thread, by whom.

    `message` is a time stamp of Slack's, or the id of what has none (a slash command). `version` tells apart what is
    asked of one message anew (after an edit, by a click). `also` are further names of the same request.
    """

    tenant: str
    channel: str
    message: str
    user: str
    thread: str | None = None
    version: str = ""
    also: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        """The request's identity: "slack:T1:C1:1699.23"."""
        return f"{self.tenant}:{self.channel}:{self.message}" + (f":{self.version}" if self.version else "")

    def place(self, reach: Reach) -> Place:
        """The place of it."""
        return Place(
            tenant=self.tenant, channel=self.channel, message=self.message, reach=reach, thread=self.thread or None
        )

    def incoming(self, request: Request, *, reach: Reach, asker: Person, whispered: bool = False) -> Incoming:
        """The request for the service."""
        return Incoming(
            id=self.id,
            keys=self.also | {self.id},
            place=self.place(reach),
            asker=asker,
            request=request,
            whispered=whispered,
        )


def tenant_of(team: str | None, enterprise: str | None = None) -> str:
    """The tenant of a workspace; where an app is installed for a whole organisation only, of that."""
    return f"{NAME}:{team or enterprise or ''}"


def read_message(body: Json, event: Json, *, tenant: str) -> Asking:
    """Who said what where, of a message or a mention. Message and mention have one time stamp, so one identity."""
    names = {
        f"{tenant}:event:{text_at(body, 'event_id')}" if text_at(body, "event_id") else "",
        f"{tenant}:client:{text_at(event, 'client_msg_id')}" if text_at(event, "client_msg_id") else "",
    }
    ts, thread = text_at(event, "ts"), text_at(event, "thread_ts")
    return Asking(
        tenant=tenant,
        channel=text_at(event, "channel"),
        message=ts,
        user=text_at(event, "user"),
        thread=thread if thread != ts else None,
        also=frozenset(names - {""}),
    )


def read_click(body: Json, *, tenant: str) -> Asking:
    """Who clicked where: the place is that of the message with the button, every click another request.

    A message that only one person sees begins no thread.
    """
    message = text_at(body, "container", "message_ts") or text_at(body, "message", "ts")
    thread = text_at(body, "container", "thread_ts") or text_at(body, "message", "thread_ts")
    actions = list_at(body, "actions")
    return Asking(
        tenant=tenant,
        channel=text_at(body, "container", "channel_id") or text_at(body, "channel", "id"),
        message=message,
        user=text_at(body, "user", "id"),
        thread=thread or (None if is_private(body) else message) or None,
        version=text_at(actions[0], "action_ts") if actions else "",
    )


def is_private(body: Json) -> bool:
    """Whether the message with the button is seen by one person only."""
    return flag_at(body, "container", "is_ephemeral")


def reach_of(channel_type: str, *, shared: bool) -> Reach | None:
    """Who reads along, by the type that Slack names; None where it names none.

    What is shared with another organisation or workspace is no place of this one alone.
    """
    kinds = {"channel": Reach.PUBLIC, "group": Reach.PRIVATE, "im": Reach.DIRECT, "mpim": Reach.DIRECT}
    reach = kinds.get(channel_type)
    return Reach.SHARED if shared and reach is not None else reach
