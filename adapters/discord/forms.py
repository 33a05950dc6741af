"""Forms: what they ask, and reading what comes back. A form remembers nothing; its custom id holds the action."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import discord
from discord import ui

from adapters.chat.clicks import LONGEST_REASON, read_feedback, read_overrule
from bot.report import Grade
from handlers.actions import Action, ActionKind
from handlers.commands import ChangeSetting, StoredCommand
from handlers.reply import SettingLine

FORM = "form:"
_CLAIM, _GRADE, _REASON, _NAME, _VALUE = "claim", "grade", "reason", "name", "value"
_LONGEST_OPTION = 100
_LONGEST_VALUE = 60


def overrule_form(action: Action) -> ui.Modal:
    """Which claim, which grade, why."""
    number = ui.TextInput[ui.Modal](
        custom_id=_CLAIM, max_length=6, placeholder="3", default=(action.argument or "").removeprefix("c") or None
    )
    grades = [discord.SelectOption(label=f"{int(grade)} · {grade.label}", value=str(int(grade))) for grade in Grade]
    reason = ui.TextInput[ui.Modal](
        custom_id=_REASON,
        style=discord.TextStyle.paragraph,
        max_length=LONGEST_REASON,
        placeholder="It is kept.",
    )
    return _form(
        "Overrule a grade",
        action,
        ui.Label(text="Claim", description="The number that stands before it", component=number),
        ui.Label(text="Grade", component=ui.Select[ui.Modal](custom_id=_GRADE, options=grades)),
        ui.Label(text="Why", component=reason),
    )


def feedback_form(action: Action) -> ui.Modal:
    """Why it was no use."""
    reason = ui.TextInput[ui.Modal](
        custom_id=_REASON, style=discord.TextStyle.paragraph, max_length=LONGEST_REASON, required=False
    )
    return _form("Not useful", action, ui.Label(text="What was wrong or missing?", component=reason))


def setting_form(action: Action, lines: Sequence[SettingLine]) -> ui.Modal:
    """Which setting, and what it shall be."""
    options = [
        discord.SelectOption(
            label=f"{line.name} (now {line.value})"[:_LONGEST_OPTION],
            value=line.name,
            description=line.choices[:_LONGEST_OPTION],
        )
        for line in lines
    ]
    value = ui.TextInput[ui.Modal](custom_id=_VALUE, max_length=_LONGEST_VALUE)
    return _form(
        "Change a setting",
        action,
        ui.Label(text="Setting", component=ui.Select[ui.Modal](custom_id=_NAME, options=options)),
        ui.Label(text="New value", component=value),
    )


def read_form(action: Action, values: Mapping[str, str]) -> StoredCommand:
    """The command that a filled-in form asks for; FormIncomplete says what cannot be used."""
    if action.kind is ActionKind.OVERRULE:
        return read_overrule(
            action.report,
            claim=values.get(_CLAIM, ""),
            grade=values.get(_GRADE, ""),
            reason=values.get(_REASON, ""),
        )
    if action.kind is ActionKind.NOT_USEFUL:
        return read_feedback(action.report, reason=values.get(_REASON, ""))
    return ChangeSetting(name=values.get(_NAME, ""), value=values.get(_VALUE, ""))


def values_of(data: Mapping[str, Any]) -> dict[str, str]:
    """What was filled in, by the fields' custom ids, of an interaction's data."""
    return dict(_filled_in(data.get("components") or ()))


def _filled_in(components: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for component in components:
        if "custom_id" in component:
            chosen = component.get("values") or [component.get("value") or ""]
            yield str(component["custom_id"]), str(chosen[0])
        yield from _filled_in([*(component.get("components") or ()), *filter(None, [component.get("component")])])


def _form(title: str, action: Action, *labels: ui.Label[ui.Modal]) -> ui.Modal:
    form = ui.Modal(title=title, custom_id=f"{FORM}{action.encode()}", timeout=None)
    for label in labels:
        form.add_item(label)
    form.stop()  # it is answered by its custom id (adapters.discord.clicking); nothing is to be kept per form
    return form
