"""Whether Discord knows our token, for `claimcheck doctor`."""

import aiohttp
import discord

from adapters.discord.adapter import REFUSED, TokenRefused
from bot.errors import TryLater


async def probe(token: str, *, proxy: str | None = None) -> str:
    """Ask Discord who the token belongs to: the bot's name. Raises TokenRefused, TryLater."""
    client = discord.Client(intents=discord.Intents(guilds=True), proxy=proxy)
    try:
        await client.login(token)
    except discord.LoginFailure as error:
        raise TokenRefused(REFUSED) from error
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        message = f"Discord does not answer ({type(error).__name__})."
        raise TryLater(message) from error
    finally:
        await client.close()
    return str(client.user)
