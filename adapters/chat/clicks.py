"""What a click, a choice or a filled-in form asks for, the same on every chat platform."""

from bot.errors import InputError, StaleAction
from bot.report import Grade
from handlers.actions import Action, ActionKind
from handlers.commands import (
    ExplainClaim,
    Export,
    ExportFormat,
    OverruleClaim,
    SendFeedback,
    ShowAll,
    ShowSettings,
    ShowSources,
    StoredCommand,
    Undo,
)
from handlers.request import Attachment, Request

LONGEST_REASON = 1000  # characters of a reason that a form takes


class FormIncomplete(InputError):
    """A form came back with something in it that cannot be used."""

    code = "form_incomplete"


def command_of(action: Action) -> StoredCommand:
    """The command behind a button that opens no form. StaleAction where the button lacks what its kind needs."""
    report, argument = action.report, action.argument
    match action.kind:
        case ActionKind.SHOW_ALL:
            return ShowAll(report=report)
        case ActionKind.SOURCES:
            return ShowSources(report=report)
        case ActionKind.SETTINGS:
            return ShowSettings()
        case ActionKind.UNDO:
            return Undo(report=report)
        case ActionKind.WHY if argument:
            return ExplainClaim(claim=argument, report=report)
        case ActionKind.EXPORT if argument in set(ExportFormat):
            return Export(format=ExportFormat(argument), report=report)
    message = "This button is from another version of claimcheck. Ask for the check again to get a new one."
    raise StaleAction(message)


def request_again(action: Action) -> Request:
    """What the AGAIN button says: the words that anybody could type for this report."""
    return Request(message=f"recheck {action.report}")


def request_check(words: str, *, files: tuple[Attachment, ...] = (), links: tuple[str, ...] = ()) -> Request:
    """What pointing at a message says: check it. Whatever it says is never a command, for nobody said it to us."""
    return Request(message=f"Check: {words}" if words else "", attachments=files, links=links)


def read_overrule(report: int, *, claim: str, grade: str, reason: str) -> OverruleClaim:
    """The overrule that a form asks for; FormIncomplete says which field cannot be used, and how to fill it."""
    number = claim.strip().casefold().removeprefix("c")
    if not (number.isascii() and number.isdigit()):
        message = f"“{claim.strip()}” is no claim's number. Give the number that stands before the claim."
        raise FormIncomplete(message)
    if grade not in {str(int(known)) for known in Grade}:
        message = "Grades run from 0 to 5. Choose one of them."
        raise FormIncomplete(message)
    words = " ".join(reason.split())
    if not words:
        message = "Say why, too: the reason is kept with the grade."
        raise FormIncomplete(message)
    return OverruleClaim(claim=f"c{int(number)}", grade=Grade(int(grade)), reason=words, report=report)


def read_feedback(report: int, *, reason: str) -> SendFeedback:
    """The feedback that a form gives; an empty reason is a reason too."""
    return SendFeedback(report=report, reason=" ".join(reason.split()) or "no reason given")
