"""The command line in argparse's words: from its arguments to what was asked."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from adapters.terminal.asked import (
    LOCAL_TENANT,
    Asked,
    CheckAsked,
    DiscordInviteAsked,
    DoctorAsked,
    ForgetAsked,
    Format,
    ServeAsked,
    SlackManifestAsked,
    StoredAsked,
    TenantExportAsked,
    VersionAsked,
)
from bot import __version__
from handlers.commands import (
    ExplainClaim,
    Export,
    ExportFormat,
    OverruleClaim,
    Puzzled,
    ShowAll,
    ShowHistory,
    ShowSources,
    Undo,
)
from handlers.parsing import parse_command
from handlers.request import Request

_DESCRIPTION = """\
Reads a news article and shows how well each of its claims is sourced in the text: who stands behind it, through whom
it came, and a grade from 0 (nobody is cited) to 5 (a document you can look up), with the passages that show it.
It never says whether a claim is true."""

_EXAMPLES = """\
examples:
  claimcheck check https://news.example/article        fetch, read and check one article
  claimcheck check article.txt minutes.pdf notes.docx  check files
  pbpaste | claimcheck check -                         check a pasted text, or the links in it
  claimcheck check --all --annotate article.txt        every claim, and the text with the claims marked
  claimcheck check --json article.txt                  the report for a program (docs/report.md)
  claimcheck check --jsonl link1 link2 link3           several, one object a line, in order
  claimcheck recheck https://news.example/article      fetch it again, and see what changed
  claimcheck history harbour                           earlier checks that hold a word
  claimcheck why 3                                     why claim 3 of the latest check has its grade
  claimcheck serve                                     answer in Slack and Discord (docs/operations.md)

exit codes:
  0  every input was checked
  1  a defect in claimcheck itself; the traceback is on standard error
  2  the command line or the settings cannot be used
  3  nothing could be fetched or read
  4  some inputs could be checked, others not

Settings are read from the environment or from a .env file; .env.example describes them."""

_Commands = argparse._SubParsersAction  # noqa: SLF001  argparse gives the type no public name


def parse_arguments(arguments: Sequence[str] | None = None) -> Asked:
    """What was asked (in `sys.argv` by default); exits as argparse does: 2, or 0 after --help and --version."""
    found = build_parser().parse_args(arguments)
    read: Callable[[argparse.Namespace], Asked] = found.read
    return read(found)


def build_parser() -> argparse.ArgumentParser:
    """The parser behind the command, whose help the README is held to."""
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="claimcheck", description=_DESCRIPTION, epilog=_EXAMPLES, formatter_class=layout, allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"claimcheck {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    _add_checks(commands)
    _add_questions(commands)
    _add_changes(commands)
    _add_services(commands)
    _add(commands, "version", _read_version, "print the version")
    return parser


def _read_check(found: argparse.Namespace) -> CheckAsked:
    asked = CheckAsked(
        inputs=tuple(found.inputs),
        format=Format(found.format),
        everything=found.everything,
        colour=not found.no_color,
        annotate=found.annotate,
        again=found.again,
        store=not found.no_store,
    )
    if asked.format is Format.JSON and len(asked.inputs) > 1:
        found.parser.error("--json takes one input; use --jsonl for several")
    if asked.annotate and asked.format is not Format.TEXT:
        found.parser.error(f"--annotate marks the text in the terminal; it does not go with --{asked.format}")
    return asked


def _read_history(found: argparse.Namespace) -> StoredAsked:
    return StoredAsked(command=ShowHistory(query=" ".join(found.query)), colour=not found.no_color)


def _read_show(found: argparse.Namespace) -> StoredAsked:
    return StoredAsked(command=ShowAll(report=found.report), colour=not found.no_color)


def _read_sources(found: argparse.Namespace) -> StoredAsked:
    return StoredAsked(command=ShowSources(report=found.report), colour=not found.no_color)


def _read_undo(found: argparse.Namespace) -> StoredAsked:
    return StoredAsked(command=Undo(report=found.report), colour=not found.no_color)


def _read_why(found: argparse.Namespace) -> StoredAsked:
    return StoredAsked(command=_as_in_a_chat("why", found), colour=not found.no_color)


def _read_overrule(found: argparse.Namespace) -> StoredAsked:
    said = f" {found.grade} {' '.join(found.reason)}"
    return StoredAsked(command=_as_in_a_chat("overrule", found, said), colour=not found.no_color)


def _as_in_a_chat(verb: str, found: argparse.Namespace, said: str = "") -> ExplainClaim | OverruleClaim:
    """The command as it is said in a chat, so that claims and grades are written the same everywhere."""
    of_report = f" of {found.report}" if found.report is not None else ""
    words = f"{verb} {found.claim}{of_report}{said}"
    command = parse_command(Request(message=words))
    parser: argparse.ArgumentParser = found.parser
    if not isinstance(command, ExplainClaim | OverruleClaim):
        parser.error((command.hint if isinstance(command, Puzzled) else "") or f"I do not understand “{words}”")
    return command


def _read_export(found: argparse.Namespace) -> StoredAsked | TenantExportAsked:
    if found.tenant is None:
        if found.format is None:
            found.parser.error("say md, json or csv, or --tenant TENANT")
        command = Export(format=ExportFormat(found.format), report=found.report)
        return StoredAsked(command=command, colour=not found.no_color, to=found.to)
    if found.format is not None or found.report is not None:
        found.parser.error("--tenant exports all that is kept of a tenant; leave out the format and --report")
    return TenantExportAsked(tenant=found.tenant, to=found.to)


def _read_forget(found: argparse.Namespace) -> ForgetAsked:
    if not any((found.tenant, found.url, found.channel, found.user)):
        found.parser.error("say what to forget: --url, --channel, --user, --tenant, or several to narrow it down")
    return ForgetAsked(
        tenant=found.tenant or LOCAL_TENANT, url=found.url, channel=found.channel, user=found.user, sure=found.yes
    )


def _read_serve(found: argparse.Namespace) -> ServeAsked:
    return ServeAsked(receive=found.receive or not found.work, work=found.work or not found.receive)


def _read_slack(found: argparse.Namespace) -> ServeAsked | SlackManifestAsked:
    if found.url is not None and not found.what:
        found.parser.error("--url is for the manifest: claimcheck slack manifest --url https://bot.example")
    return SlackManifestAsked(url=found.url) if found.what else ServeAsked(platform="slack")


def _read_discord(found: argparse.Namespace) -> ServeAsked | DiscordInviteAsked:
    return DiscordInviteAsked() if found.what else ServeAsked(platform="discord")


def _read_doctor(found: argparse.Namespace) -> DoctorAsked:
    return DoctorAsked(colour=not found.no_color)


def _read_version(_found: argparse.Namespace) -> VersionAsked:
    return VersionAsked()


def _add_checks(commands: "_Commands[argparse.ArgumentParser]") -> None:
    check = commands.add_parser(
        "check",
        help="check links, files or a pasted text",
        description="Check links, files (text, HTML, PDF, .docx) or standard input (-), each as one article.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    check.set_defaults(read=_read_check, parser=check)
    check.add_argument("inputs", nargs="+", metavar="URL|FILE|-", help="a link, a file, or - for standard input")
    _add_shapes(check)
    again = "fetch a link anew although it was checked a short while ago (CLAIMCHECK_FRESH_HOURS)"
    check.add_argument("--again", action="store_true", help=again)
    recheck = _add(commands, "recheck", _read_check, "fetch links anew and check them again, and show what changed")
    recheck.set_defaults(again=True)
    recheck.add_argument("inputs", nargs="+", metavar="URL", help="a link that was checked before")
    _add_shapes(recheck)


def _add_shapes(check: argparse.ArgumentParser) -> None:
    shape = check.add_mutually_exclusive_group()
    shape.set_defaults(format=Format.TEXT)
    shapes = {
        Format.JSON: "one input, one JSON object (claimcheck.report/1)",
        Format.JSONL: "any number of inputs, one JSON object a line, in order",
        Format.MARKDOWN: "Markdown, for a ticket or a mail",
    }
    for name, explained in shapes.items():
        shape.add_argument(f"--{name}", dest="format", action="store_const", const=name, help=explained)
    check.add_argument(
        "--all", dest="everything", action="store_true", help="every claim, not only those to check first"
    )
    check.add_argument("--annotate", action="store_true", help="after the report, the text with its claims marked")
    check.add_argument(
        "--no-store", action="store_true", help="keep nothing of it, and do not answer from what is kept"
    )
    _add_no_color(check)


def _add_questions(commands: "_Commands[argparse.ArgumentParser]") -> None:
    history = _add(commands, "history", _read_history, "list earlier checks, all or those that hold words")
    history.add_argument("query", nargs="*", metavar="WORD", help="words of the title, the outlet or the link")
    why = _add(commands, "why", _read_why, "say why a claim has its grade, with the passages")
    why.add_argument("claim", metavar="N", help="the claim's number: 3")
    show = _add(commands, "show", _read_show, "show a report again, every claim of it")
    sources = _add(commands, "sources", _read_sources, "list who stands behind the claims of a report")
    export = _add(commands, "export", _read_export, "print a report as a file, or all that is kept of a tenant")
    export.add_argument("format", nargs="?", choices=[*ExportFormat], help="Markdown, JSON or CSV")
    export.add_argument(
        "--tenant", help="instead of a report, everything that is kept of it, as JSON lines: slack:T0123"
    )
    export.add_argument("--to", type=Path, metavar="FILE", help="write there instead of to standard output")
    for command in (why, show, sources, export):
        _add_report(command)
    for command in (history, why, show, sources, export):
        _add_no_color(command)


def _add_changes(commands: "_Commands[argparse.ArgumentParser]") -> None:
    overrule = _add(commands, "overrule", _read_overrule, "set a claim's grade yourself, with the reason")
    overrule.add_argument("claim", metavar="N", help="the claim's number: 3")
    overrule.add_argument("grade", metavar="GRADE", help="the grade, 0 to 5")
    overrule.add_argument("reason", nargs="+", metavar="REASON", help="why, in words; it is kept with your name")
    undo = _add(commands, "undo", _read_undo, "take back the grade that you set last")
    for command in (overrule, undo):
        _add_report(command)
        _add_no_color(command)
    forget = _add(commands, "forget", _read_forget, "delete what is kept, for good")
    forget.add_argument("--url", help="every check of this link")
    forget.add_argument("--channel", help="everything from this channel")
    forget.add_argument("--user", help="everything this person asked for")
    forget.add_argument("--tenant", help=f"the workspace or guild meant: slack:T0123 (left out: {LOCAL_TENANT})")
    forget.add_argument("--yes", action="store_true", help="do not ask whether this is really meant")


def _add_services(commands: "_Commands[argparse.ArgumentParser]") -> None:
    serve = _add(commands, "serve", _read_serve, "run the bot on every platform that has credentials")
    serve.add_argument("--receive", action="store_true", help="only take requests in (needs PostgreSQL)")
    serve.add_argument(
        "--work", action="store_true", help="only answer requests that others took in (needs PostgreSQL)"
    )
    slack = _add(commands, "slack", _read_slack, "run the bot on Slack alone, or print its manifest")
    slack.add_argument("what", nargs="?", choices=["manifest"], help="print the app manifest (YAML) for Slack")
    slack.add_argument("--url", help="in the manifest: for events over HTTP, where Slack reaches the bot (https://…)")
    discord = _add(commands, "discord", _read_discord, "run the bot on Discord alone, or print its invite link")
    discord.add_argument("what", nargs="?", choices=["invite"], help="print the link that invites the bot")
    _add_no_color(_add(commands, "doctor", _read_doctor, "check the installation, and say what to do"))


def _add(
    commands: "_Commands[argparse.ArgumentParser]",
    name: str,
    read: Callable[[argparse.Namespace], Asked],
    explained: str,
) -> argparse.ArgumentParser:
    said = explained[:1].upper() + explained[1:] + "."
    command = commands.add_parser(name, help=explained, description=said, allow_abbrev=False)
    command.set_defaults(read=read, parser=command)
    return command


def _add_report(command: argparse.ArgumentParser) -> None:
    told = "the report's number in `claimcheck history` (left out: the latest)"
    command.add_argument("--report", type=int, metavar="ID", help=told)


def _add_no_color(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--no-color", action="store_true", help="no colours (NO_COLOR in the environment does the same)"
    )
