"""The `claimcheck` command: from the command line to an exit code."""

import asyncio
import logging
import os
import sys
from collections.abc import Sequence

from adapters.desk import open_desk
from adapters.settings import Settings, SettingsBroken, read_settings
from adapters.terminal.arguments import parse_arguments
from adapters.terminal.asked import (
    AskedWithSettings,
    CheckAsked,
    DiscordInviteAsked,
    DoctorAsked,
    ExitCode,
    ForgetAsked,
    ServeAsked,
    SlackManifestAsked,
    StoredAsked,
    TenantExportAsked,
    VersionAsked,
)
from adapters.terminal.checks import OpenDesk, check
from adapters.terminal.printing import warn
from adapters.terminal.services import operate
from adapters.terminal.stored import answer, export_tenant, forget
from bot import __version__
from bot.errors import ClaimcheckError


def run(arguments: Sequence[str] | None = None, *, open_desk: OpenDesk = open_desk) -> int:
    """The console script: answer the command line on standard output and return the exit code."""
    logging.basicConfig(level=logging.CRITICAL, format="claimcheck: %(message)s")
    logging.getLogger("adapters").setLevel(logging.ERROR)
    asked = parse_arguments(arguments)
    try:
        return _say_version() if isinstance(asked, VersionAsked) else _do(asked, read_settings(), open_desk=open_desk)
    except SettingsBroken as broken:
        warn(broken.message)
        return ExitCode.USAGE
    except ClaimcheckError as error:
        warn(error.message)
        return ExitCode.FAILED
    except BrokenPipeError:
        # The reader has seen enough (| head). Keep the interpreter from complaining when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.OK
    except KeyboardInterrupt:
        return 128 + 2


def _say_version() -> int:
    sys.stdout.write(f"claimcheck {__version__}\n")
    return ExitCode.OK


def _do(asked: AskedWithSettings, settings: Settings, *, open_desk: OpenDesk) -> int:
    match asked:
        case CheckAsked():
            return check(asked, settings=settings, open_desk=open_desk)
        case StoredAsked():
            return asyncio.run(answer(asked, settings=settings))
        case TenantExportAsked():
            return asyncio.run(export_tenant(asked, settings=settings))
        case ForgetAsked():
            return asyncio.run(forget(asked, settings=settings))
        case ServeAsked() | SlackManifestAsked() | DiscordInviteAsked() | DoctorAsked():
            return operate(asked, settings)


if __name__ == "__main__":
    sys.exit(run())
