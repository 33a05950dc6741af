"""Where something was asked on Discord, and who asks: ids, reach and rights as the rest of claimcheck knows them.

A server is a tenant ("discord:123"). What is said to the bot alone, or where only a person has installed it, belongs to
that person's own tenant ("discord:@me-456"). A public thread or forum post belongs to the channel it hangs on and is
read by whoever reads that; a private thread is a channel of its own.
"""

import discord

from bot.access import Person, Place, Reach

NAME = "discord"


def tenant_of(guild: int | None, *, user: int) -> str:
    """The tenant of a server, or of one person."""
    return f"{NAME}:@me-{user}" if guild is None else f"{NAME}:{guild}"


def request_id(tenant: str, *, channel: int, message: int) -> str:
    """The identity of a request: the channel or thread where its message stands, and that message."""
    return f"{tenant}:{channel}:{message}"


def message_key(message: int) -> str:
    """The name of a message's request that can be told from its id alone, when all that is known is its deletion."""
    return f"{NAME}:message:{message}"


def find_place(channel: object, *, channel_id: int, guild: discord.Guild | None, message: int, user: int) -> Place:
    """The place of a message in a channel of discord.py's; `channel` may be one that discord.py knows little of."""
    tenant = tenant_of(guild.id if guild else None, user=user)
    if guild is None:
        return Place(tenant=tenant, channel=str(channel_id), message=str(message), reach=Reach.DIRECT)
    if not isinstance(channel, discord.Thread):
        reach = _reach(channel, guild)
        return Place(tenant=tenant, channel=str(channel_id), message=str(message), reach=reach)
    if channel.is_private():
        own = str(channel.id)
        return Place(tenant=tenant, channel=own, message=str(message), reach=Reach.PRIVATE, thread=own)
    return Place(
        tenant=tenant,
        channel=str(channel.parent_id),
        message=str(message),
        reach=_reach(channel.parent, guild),
        thread=str(channel.id),
    )


def own_place(*, user: int, channel: int, message: int) -> Place:
    """The place of a question that only its asker sees answered, in a server or conversation that has not the bot."""
    return Place(tenant=tenant_of(None, user=user), channel=str(channel), message=str(message), reach=Reach.DIRECT)


def find_person(user: discord.abc.User, *, admin: bool) -> Person:
    """Who asks. `admin`: may manage the server; alone with the bot everybody may."""
    return Person(id=str(user.id), name=user.display_name, admin=admin)


def manages(user: discord.abc.User) -> bool:
    """Whether the author of a message may manage its server (or is alone with the bot)."""
    return not isinstance(user, discord.Member) or user.guild_permissions.manage_guild


def _reach(channel: object, guild: discord.Guild) -> Reach:
    """Public where @everyone sees the channel; private where that is not known."""
    everyone = guild.get_role(guild.id)
    if everyone is None or not isinstance(channel, discord.abc.GuildChannel):
        return Reach.PRIVATE
    return Reach.PUBLIC if channel.permissions_for(everyone).view_channel else Reach.PRIVATE
