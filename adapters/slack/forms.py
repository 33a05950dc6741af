"""Forms: what they ask, and reading what comes back. A form remembers nothing but where it was opened."""

import json
from collections.abc import Iterator, Mapping, Sequence

from adapters.chat.buttons import name_claim
from adapters.chat.clicks import LONGEST_REASON, read_feedback, read_overrule
from adapters.slack.payloads import Json, map_at, text_at
from adapters.slack.places import Asking
from adapters.slack.rendering import Element, Message, plain_text
from bot.errors import ClaimcheckError, NotStored
from bot.report import Grade
from handlers.actions import Action, ActionKind
from handlers.commands import ChangeSetting, StoredCommand
from handlers.reply import ClaimLine, SettingLine

FORM = "form:"
EDITED = "edited"  # the button that has an edited message checked
CLAIM, GRADE, REASON, SETTING, VALUE = "claim", "grade", "reason", "setting", "value"

_LONGEST_TITLE = 24
_LONGEST_OPTION = 75
_LONGEST_HINT = 150
_MOST_OPTIONS = 100
_FIELD = "field"


def overrule_form(action: Action, asking: Asking, claims: Sequence[ClaimLine]) -> Element:
    """Which of the claims, which grade, why. Of more claims than a menu takes, the number is to be typed."""
    which = (
        {"type": "static_select", "options": [_option(name_claim(claim), claim.id) for claim in claims]}
        if 0 < len(claims) <= _MOST_OPTIONS
        else {"type": "plain_text_input", "max_length": 6, "placeholder": plain_text("3", longest=_LONGEST_HINT)}
    )
    grades = [_option(f"{int(grade)} · {grade.label}", str(int(grade))) for grade in Grade]
    return _form(
        "Overrule a grade",
        action,
        asking,
        _input(CLAIM, "Claim", {**which, "action_id": _FIELD}, hint="By the number that stands before it"),
        _input(GRADE, "Grade", {"type": "static_select", "action_id": _FIELD, "options": grades}),
        _input(REASON, "Why", _long_text(), hint="It is kept, with your name."),
    )


def feedback_form(action: Action, asking: Asking) -> Element:
    """Why it was no use."""
    reason = _input(REASON, "What was wrong or missing?", _long_text())
    return _form("Not useful", action, asking, {**reason, "optional": True})


def setting_form(action: Action, asking: Asking, lines: Sequence[SettingLine]) -> Element:
    """Which setting, and what it shall be."""
    options = [_option(f"{line.name} (now {line.value})", line.name) for line in lines]
    told = "\n".join(f"{line.name}: {line.choices} — {line.explained}" for line in lines)
    value = {"type": "plain_text_input", "action_id": _FIELD, "max_length": 60}
    return _form(
        "Change a setting",
        action,
        asking,
        {"type": "section", "text": plain_text(told, longest=2_900)},
        _input(SETTING, "Setting", {"type": "static_select", "action_id": _FIELD, "options": options}),
        _input(VALUE, "New value", value),
    )


def read_form(action: Action, values: Mapping[str, str]) -> StoredCommand:
    """The command that a filled-in form asks for; FormIncomplete says what cannot be used."""
    if action.kind is ActionKind.OVERRULE:
        return read_overrule(
            action.report, claim=values.get(CLAIM, ""), grade=values.get(GRADE, ""), reason=values.get(REASON, "")
        )
    if action.kind is ActionKind.NOT_USEFUL:
        return read_feedback(action.report, reason=values.get(REASON, ""))
    return ChangeSetting(name=values.get(SETTING, ""), value=values.get(VALUE, ""))


def errors_of(error: ClaimcheckError, values: Mapping[str, str]) -> dict[str, str]:
    """The sentence beside the field that it is about."""
    if VALUE in values:
        return {VALUE: error.message}
    numbered = values.get(CLAIM, "").strip().casefold().removeprefix("c").isdigit()
    about_claim = CLAIM in values and (not numbered or isinstance(error, NotStored))
    return {CLAIM if about_claim else REASON: error.message}


def values_of(view: Json) -> dict[str, str]:
    """What was filled in, by the fields' names."""
    return dict(_filled_in(map_at(view, "state", "values")))


def read_place(view: Json, *, tenant: str, user: str) -> Asking:
    """Where a form was opened, and by whom it was filled in."""
    try:
        kept = json.loads(text_at(view, "private_metadata") or "{}")
    except ValueError:
        kept = {}
    return Asking(
        tenant=tenant,
        channel=text_at(kept, "channel"),
        message=text_at(kept, "message"),
        thread=text_at(kept, "thread") or None,
        user=user,
    )


def offer_recheck(message: str) -> Message:
    """The offer to check an edited message, for its author."""
    words = "That message says something else now than when I checked it."
    button = {
        "type": "button",
        "text": plain_text("Check the new version", longest=_LONGEST_OPTION),
        "action_id": EDITED,
        "value": message,
    }
    section: Element = {"type": "section", "text": plain_text(words, longest=200)}
    return Message(text=words, blocks=(section, {"type": "actions", "elements": [button]}))


def _form(title: str, action: Action, asking: Asking, *blocks: Element) -> Element:
    kept = {"channel": asking.channel, "message": asking.message, "thread": asking.thread or ""}
    return {
        "type": "modal",
        "callback_id": f"{FORM}{action.encode()}",
        "private_metadata": json.dumps(kept),
        "title": plain_text(title, longest=_LONGEST_TITLE),
        "submit": plain_text("Send", longest=_LONGEST_TITLE),
        "close": plain_text("Cancel", longest=_LONGEST_TITLE),
        "blocks": list(blocks),
    }


def _input(name: str, label: str, element: Element, *, hint: str = "") -> Element:
    block: Element = {
        "type": "input",
        "block_id": name,
        "label": plain_text(label, longest=_LONGEST_HINT),
        "element": element,
    }
    return {**block, "hint": plain_text(hint, longest=_LONGEST_HINT)} if hint else block


def _long_text() -> Element:
    return {"type": "plain_text_input", "action_id": _FIELD, "multiline": True, "max_length": LONGEST_REASON}


def _option(label: str, value: str) -> Element:
    return {"text": plain_text(label, longest=_LONGEST_OPTION), "value": value}


def _filled_in(values: Json) -> Iterator[tuple[str, str]]:
    for name in values:
        yield name, text_at(values, name, _FIELD, "value") or text_at(values, name, _FIELD, "selected_option", "value")
