"""Commands for whoever runs the bot: serve, slack, discord, doctor. Each imports what it runs when it is asked for."""

import asyncio
import sys

from adapters.operations.findings import State
from adapters.settings import Settings, variable_of
from adapters.terminal.asked import DiscordInviteAsked, DoctorAsked, ExitCode, ServeAsked, SlackManifestAsked
from adapters.terminal.printing import print_findings, warn
from bot.errors import ClaimcheckError


class SplitRefused(ClaimcheckError):
    """Receiving and working cannot be told apart here."""

    code = "bad_settings"


def operate(asked: ServeAsked | SlackManifestAsked | DiscordInviteAsked | DoctorAsked, settings: Settings) -> int:
    """Do it; the exit code. Raises ClaimcheckError."""
    match asked:
        case SlackManifestAsked(url=url):
            from adapters.slack.manifest import render_manifest  # noqa: PLC0415  see the module's docstring

            sys.stdout.write(render_manifest(url))
            return ExitCode.OK
        case DiscordInviteAsked():
            return _print_invite(settings)
        case DoctorAsked():
            from adapters.operations.doctor import examine  # noqa: PLC0415  see the module's docstring

            findings = asyncio.run(examine(settings))
            print_findings(findings, colour=asked.colour)
            return ExitCode.FAILED if any(one.state is State.WRONG for one in findings) else ExitCode.OK
        case ServeAsked():
            return _serve(asked, settings)


def _serve(asked: ServeAsked, settings: Settings) -> int:
    from adapters.operations.platforms import find_platforms  # noqa: PLC0415  see the module's docstring

    _refuse_to_split(asked, settings)
    found = find_platforms(settings, only=asked.platform)
    if not found.ready:
        warn("there is nothing to serve.")
        for sentence in found.left_out:
            sys.stderr.write(f"  {sentence}\n")
        sys.stderr.write("Set what is missing in the environment or in .env (.env.example describes each).\n")
        return ExitCode.USAGE
    from adapters.operations.serving import Part, serve  # noqa: PLC0415  see the module's docstring

    part = Part.ALL if asked.receive and asked.work else Part.RECEIVE if asked.receive else Part.WORK
    return ExitCode.OK if asyncio.run(serve(settings, found=found, part=part)) else ExitCode.FAILED


def _refuse_to_split(asked: ServeAsked, settings: Settings) -> None:
    if (asked.receive and asked.work) or not settings.database_url.startswith("sqlite"):
        return
    part = "--receive" if asked.receive else "--work"
    message = (
        f"{part} takes one part of the work, and SQLite serves one process, which has to do all of it. "
        f"Leave {part} out, or set DATABASE_URL to a PostgreSQL database."
    )
    raise SplitRefused(message)


def _print_invite(settings: Settings) -> int:
    from adapters.discord.permissions import invite_url  # noqa: PLC0415  see the module's docstring

    if settings.discord_bot_token is None:
        warn(f"the invite link is made from the bot's token: set {variable_of('discord_bot_token')} first")
        return ExitCode.USAGE
    sys.stdout.write(f"{invite_url(settings.discord_bot_token.get_secret_value())}\n")
    return ExitCode.OK
