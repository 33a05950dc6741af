"""Where something was asked, and who may see what came of it.

A tenant is one workspace or guild of one platform ("slack:T0123", "discord:456", "terminal:local"): nothing is ever
shared between two. Inside a tenant only checks of public links, asked in public channels, are shared; everything else
stays in the channel, or with the person, it came from.
"""

from dataclasses import dataclass, replace
from enum import StrEnum


class Reach(StrEnum):
    """Who can read along where something was asked."""

    PUBLIC = "public"  # every member of the tenant
    PRIVATE = "private"  # the members of one channel
    DIRECT = "direct"  # one person, or a group conversation
    SHARED = "shared"  # the members of one channel, people of other tenants among them


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a message stands. `message` is its id, `thread` that of the thread it belongs to, None outside one.

    `tenant` starts with the platform: "slack:T0123". All ids are the platform's own and opaque here.
    """

    tenant: str
    channel: str
    message: str
    reach: Reach
    thread: str | None = None

    @property
    def platform(self) -> str:
        """The part of the tenant before the colon, which names the adapter."""
        return self.tenant.partition(":")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who asks: the platform's id, the name it shows, and whether the platform lets this person run the tenant."""

    id: str
    name: str = ""
    admin: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Somebody who wants to see something, and from where.

    `outside`: people of other tenants read along, so that only what was asked in that very channel is shown.
    """

    tenant: str
    channel: str
    user: str
    outside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who may see a document and its report: a tenant, narrowed to one channel, narrowed to one user.

    `outside`: people of other tenants are in that channel. It is not kept: a channel may be shared later, or no longer.
    """

    tenant: str
    channel: str | None = None
    user: str | None = None
    outside: bool = False

    def within(self, channel: str) -> "Audience":
        """These people, as far as they are in that channel."""
        return replace(self, channel=self.channel or channel)

    def admits(self, viewer: Viewer) -> bool:
        """Whether this viewer may see it from there."""
        channels = (viewer.channel,) if viewer.outside else (None, viewer.channel)
        return self.tenant == viewer.tenant and self.channel in channels and self.user in (None, viewer.user)


def audience_of(place: Place, *, user: str, public_link: bool, whispered: bool) -> Audience:
    """Who may see what is read for a request from this place.

    `public_link`: what was read is a link that anybody can open, no pasted text and no file. `whispered`: the answer
    goes to the asker alone.
    """
    outside = place.reach is Reach.SHARED
    if whispered:
        return Audience(tenant=place.tenant, channel=place.channel, user=user, outside=outside)
    if public_link and place.reach is Reach.PUBLIC:
        return Audience(tenant=place.tenant)
    return Audience(tenant=place.tenant, channel=place.channel, outside=outside)
