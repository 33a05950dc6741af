"""Registering the commands, only when Discord has others than we do.

What Discord has is asked and compared; so nothing needs to be remembered, and several processes agree.
"""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

import discord
from discord import app_commands

logger = logging.getLogger(__name__)


async def sync_commands(tree: app_commands.CommandTree[discord.Client]) -> bool:
    """Register the tree's commands where they differ from what is registered; whether they did."""
    wanted = _essence([command.to_dict(tree) for command in _global_commands(tree)])
    # As JSON: what discord.py makes of it loses some of the places where a command may be used.
    registered = await tree.client.http.get_global_commands(tree.client.application_id or 0)
    if wanted == _essence(registered):
        return False
    await tree.sync()
    logger.info("the commands were registered anew")
    return True


def _global_commands(tree: app_commands.CommandTree[discord.Client]) -> Sequence[Any]:
    return [
        *tree.get_commands(type=discord.AppCommandType.chat_input),
        *tree.get_commands(type=discord.AppCommandType.message),
    ]


def _essence(commands: Sequence[Mapping[str, Any]]) -> list[tuple[object, ...]]:
    """What we decide about commands, without what Discord adds."""
    return sorted(
        (
            command["name"],
            int(command["type"]),
            command.get("description") or "",
            tuple(sorted(command.get("contexts") or ())),
            tuple(sorted(command.get("integration_types") or ())),
            tuple(
                (option["name"], int(option["type"]), option["description"], bool(option.get("required")))
                for option in command.get("options") or ()
            ),
        )
        for command in commands
    )
