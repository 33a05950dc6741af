"""What a reader can do with an answer by a click: small values that fit a button and work a month later.

A button carries no content and no permission, only what was asked of which stored report; whether the person may see
that report is decided anew at every click.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.errors import StaleAction

_VERSION = "cc1"
_ENCODED = re.compile(r"cc1:([a-z]+):(\d{1,18})(?::([A-Za-z0-9-]{1,40}))?")


class ActionKind(StrEnum):
    """The buttons. OVERRULE, NOT_USEFUL and SETTINGS open a form first."""

    SHOW_ALL = "all"
    WHY = "why"
    SOURCES = "sources"
    AGAIN = "again"
    EXPORT = "export"
    OVERRULE = "overrule"
    NOT_USEFUL = "useless"
    SETTINGS = "settings"
    UNDO = "undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One button: `report` is the stored report's id; `argument` a claim's id for WHY, a format for EXPORT."""

    kind: ActionKind
    report: int
    argument: str | None = None

    def encode(self) -> str:
        """At most 80 characters of plain ASCII (Discord allows 100 in a custom_id, Slack 255 in an action_id)."""
        return f"{_VERSION}:{self.kind}:{self.report}" + (f":{self.argument}" if self.argument else "")


def decode_action(encoded: str) -> Action:
    """The action a button carries; StaleAction where it is none of ours, or of a version that is gone."""
    found = _ENCODED.fullmatch(encoded)
    if found is None or found[1] not in set(ActionKind):
        message = "This button is from an older version of claimcheck. Ask for the check again to get a new one."
        raise StaleAction(message)
    return Action(kind=ActionKind(found[1]), report=int(found[2]), argument=found[3])
