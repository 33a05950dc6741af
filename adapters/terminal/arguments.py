"""The command line: what may be asked, in argparse's words, and the exit codes."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from bot import __version__

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

exit codes:
  0  every input was checked
  1  a defect in claimcheck itself; the traceback is on standard error
  2  the command line or the settings cannot be used
  3  nothing could be fetched or read
  4  some inputs could be checked, others not

Settings are read from the environment or from a .env file; .env.example describes them."""


class ExitCode(IntEnum):
    """What the process returns; `claimcheck --help` documents them."""

    OK = 0
    DEFECT = 1
    USAGE = 2
    FAILED = 3
    PARTLY_FAILED = 4


class Format(StrEnum):
    """How an answer is printed."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"
    JSONL = "jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAsked:
    """`claimcheck check`: the inputs as given and how to show the answers."""

    inputs: tuple[str, ...]
    format: Format
    everything: bool
    colour: bool
    annotate: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionAsked:
    """`claimcheck version`."""


def parse_arguments(arguments: Sequence[str] | None = None) -> CheckAsked | VersionAsked:
    """What was asked (in `sys.argv` by default); exits as argparse does: 2, or 0 after --help and --version."""
    parser = build_parser()
    found = parser.parse_args(arguments)
    if found.command == "version":
        return VersionAsked()
    asked = CheckAsked(
        inputs=tuple(found.inputs),
        format=Format(found.format),
        everything=found.everything,
        colour=not found.no_color,
        annotate=found.annotate,
    )
    if asked.format is Format.JSON and len(asked.inputs) > 1:
        parser.error("--json takes one input; use --jsonl for several")
    if asked.annotate and asked.format is not Format.TEXT:
        parser.error(f"--annotate marks the text in the terminal; it does not go with --{asked.format}")
    return asked


def build_parser() -> argparse.ArgumentParser:
    """The parser behind the command, whose help the README is held to."""
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="claimcheck", description=_DESCRIPTION, epilog=_EXAMPLES, formatter_class=layout, allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"claimcheck {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    _add_check(commands, layout)
    commands.add_parser("version", help="print the version", allow_abbrev=False)
    return parser


def _add_check(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", layout: type[argparse.HelpFormatter]
) -> None:
    check = commands.add_parser(
        "check",
        help="check links, files or a pasted text",
        description="Check links, files (text, HTML, PDF, .docx) or standard input (-), each as one article.",
        epilog=_EXAMPLES,
        formatter_class=layout,
        allow_abbrev=False,
    )
    check.add_argument("inputs", nargs="+", metavar="URL|FILE|-", help="a link, a file, or - for standard input")
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
    check.add_argument("--no-color", action="store_true", help="no colours (NO_COLOR in the environment does the same)")
