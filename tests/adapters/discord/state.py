"""The state of the tests' Discord: what is there, and what Discord refuses about it."""

from dataclasses import dataclass, field

from tests.adapters.discord import world
from tests.adapters.discord.world import BOT, Channel, Json, Snowflakes

_NEEDS = {  # What a call needs in its channel, as documented: permission bits.
    "see": 1 << 10, "send": 1 << 11, "embed": 1 << 14, "attach": 1 << 15, "history": 1 << 16, "open": 1 << 35,
    "send_in_thread": 1 << 38,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Call:
    """One request of the bot's."""

    method: str
    path: str
    body: Json
    files: tuple[tuple[str, bytes], ...] = ()
    query: dict[str, str] = field(default_factory=dict)


class Refused(Exception):
    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code


class State:
    """People, servers, channels, messages; the bot's calls, and the faults in them."""

    def __init__(self) -> None:
        self.ids = Snowflakes()
        self.me = world.user(BOT, "claimcheck", bot=True)
        self.people: dict[int, Json] = {BOT: self.me}
        self.guilds: dict[int, Json] = {}
        self.channels: dict[int, Channel] = {}
        self.calls: list[Call] = []
        self.faults: list[str] = []
        self.needed = 0
        self.shards = 1
        self.content_allowed = False
        self.commands: list[Json] = []
        self.interactions: dict[str, Json] = {}
        self.nonces: dict[tuple[int, str], Json] = {}
        self.cdn: dict[str, bytes] = {}
        self.base = ""

    def add_person(self, name: str) -> Json:
        who = world.user(self.ids.new(), name)
        self.people[int(who["id"])] = who
        return who

    def add_guild(self, name: str, *, bot_may: int, id_: int | None = None) -> int:
        guild = id_ or self.ids.new()
        self.guilds[guild] = {
            "id": str(guild), "name": name, "owner_id": "1", "icon": None, "features": [], "emojis": [], "stickers": [],
            "roles": [world.role(guild, "@everyone", world.EVERYBODY),
                      world.role(self.ids.new(), "claimcheck", bot_may, managed_by=BOT)],
            "afk_timeout": 300, "verification_level": 0, "default_message_notifications": 0, "mfa_level": 0,
            "explicit_content_filter": 0, "system_channel_flags": 0, "premium_tier": 0, "preferred_locale": "en-US",
            "nsfw_level": 0, "premium_progress_bar_enabled": False, "bot_may": bot_may,
        }  # fmt: skip
        return guild

    def add_channel(self, guild: int, name: str, *, kind: int = 0, hidden: bool = False) -> Channel:
        data = world.text_channel(self.ids.new(), name, guild=guild, kind=kind, hidden=hidden)
        return self.keep(Channel(data=data, guild=guild, bot_may=self.guilds[guild]["bot_may"]))

    def add_thread(
        self, parent: Channel, name: str, *, id_: int | None = None, kind: int = 11, owner: int = 1
    ) -> Channel:
        data = world.thread_channel(id_ or self.ids.new(), name, parent=parent.data, owner=owner, kind=kind)
        return self.keep(Channel(data=data, guild=parent.guild, bot_may=parent.bot_may))

    def add_direct(self, who: Json) -> Channel:
        known = (one for one in self.channels.values() if one.data.get("recipients") == [who])
        found = next(known, None)
        return found or self.keep(Channel(data=world.direct_channel(self.ids.new(), who), guild=None, bot_may=-1))

    def keep(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        return channel

    def event_of(self, channel: Channel, posted: Json) -> Json:
        if channel.guild is None:
            return posted
        person = world.member(posted["author"])
        return posted | {"guild_id": str(channel.guild), "member": {k: v for k, v in person.items() if k != "user"}}

    def veiled(self, data: Json, *, intents: int) -> Json:
        """Without the message-content intent: only mentions, direct messages and its own say anything."""
        mine = data["author"]["id"] == str(BOT) or any(one["id"] == str(BOT) for one in data["mentions"])
        direct = self.channels[int(data["channel_id"])].guild is None
        if intents & world.MESSAGE_CONTENT or mine or direct:
            return data
        return data | {"content": "", "embeds": [], "attachments": [], "components": []}

    def check(self, faults: list[str]) -> None:
        if faults:
            self.faults += faults
            raise Refused(400, 50035, f"Invalid Form Body: {faults}")

    def channel(self, id_: str, *needs: str) -> Channel:
        """The channel, if it is there and the bot may do this in it."""
        channel = self.channels.get(int(id_))
        if channel is None:
            raise Refused(404, 10003, "Unknown Channel")
        if channel.guild is not None:
            wanted = sum(_NEEDS[need] for need in needs)
            self.needed |= wanted
            if channel.bot_may & wanted != wanted:
                raise Refused(403, 50001 if not channel.bot_may & _NEEDS["see"] else 50013, "Missing Permissions")
        return channel

    def post(self, channel: Channel, call: Call) -> Json:
        body = call.body | {"attachments": self.store_files(call)}
        if reference := call.body.get("message_reference"):
            body["referenced_message"] = channel.messages.get(int(reference["message_id"]))
        posted = world.message(self.ids.new(), channel, self.me, body)
        channel.messages[int(posted["id"])] = posted
        return posted

    def revise(self, posted: Json, call: Call) -> Json:
        kept = {key: call.body[key] for key in ("content", "embeds", "components", "flags") if key in call.body}
        if posted["flags"] & (1 << 15) and not call.body.get("flags", 0) & (1 << 15) and call.body.get("embeds"):
            raise Refused(400, 50035, "Components V2 cannot be taken back")
        if "flags" in kept:
            kept["flags"] |= posted["flags"] & 64  # what one person sees stays so
        posted |= {key: value or ("" if key == "content" else 0 if key == "flags" else [])
                   for key, value in kept.items()}  # fmt: skip
        if "attachments" in call.body or call.files:
            posted["attachments"] = self.store_files(call)
        return posted

    def store_files(self, call: Call) -> list[Json]:
        stored = []
        for name, data in call.files:
            path = f"/attachments/{self.ids.new()}/{name}"
            self.cdn[path] = data
            stored.append(self.attachment(path, len(data)))
        return stored

    def attachment(self, path: str, size: int) -> Json:
        url = self.base + path
        name = path.rsplit("/", 1)[1]
        return {"id": str(self.ids.new()), "filename": name, "size": size, "url": url, "proxy_url": url}

    def add_file(self, name: str, data: bytes, *, said_size: int | None = None) -> Json:
        """A file somebody uploaded, to be put among a message's attachments."""
        path = f"/attachments/{self.ids.new()}/{name}"
        self.cdn[path] = data
        return self.attachment(path, said_size if said_size is not None else len(data))

    def gateway_url(self) -> str:
        return self.base.replace("http", "ws", 1) + "/gateway"
