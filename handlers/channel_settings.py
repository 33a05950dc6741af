"""Settings of a channel and of its tenant: what there is, what it may be, and changing it, in words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from bot.access import Person, Place
from bot.errors import InputError, NotAllowed
from bot.store.records import AnswerWhere, AutoCheck, ChannelSettings, Detail, TenantSettings, Who
from handlers.commands import ChangeSetting
from handlers.reply import Notice, SettingLine, SettingsSheet

if TYPE_CHECKING:
    from bot.store import Store  # imports the database, which an answer without a store can do without

_MOST_AN_HOUR = 1000
# A shortcode as chats write it, with or without colons and a skin tone; a custom emoji of Discord; a sign itself.
_SHORTCODE = re.compile(r":?([a-z0-9_+'-]{1,60}):?(?::skin-tone-[2-6]:)?")
_CUSTOM = re.compile(r"<a?:(\w{2,32}):\d{1,20}>")
_SIGN = re.compile(r"[^\x00-\x7f\s]{1,12}")
_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setting:
    """One setting: its name as typed, the words for what it may be (all there is, unless `open`), and what it does."""

    name: str
    choices: tuple[str, ...]
    explained: str
    open: bool = False
    of_tenant: bool = False


AUTO_CHECK, EMOJI, DETAIL, HOURLY_CAP, ANSWER = "auto-check", "emoji", "detail", "hourly-cap", "answer"
OVERRULE_BY, SETTINGS_BY = "overrule-by", "settings-by"
_SETTINGS = {
    setting.name: setting
    for setting in (
        _Setting(
            name=AUTO_CHECK,
            choices=tuple(AutoCheck),
            explained="what sets me off here: mentions and the emoji (off), links too (links), or mentions only",
        ),
        _Setting(name=EMOJI, choices=("an emoji",), explained="the reaction that has a message checked", open=True),
        _Setting(name=DETAIL, choices=tuple(Detail), explained="how much of a report is shown at first"),
        _Setting(
            name=HOURLY_CAP,
            choices=(f"1 to {_MOST_AN_HOUR}",),
            explained="how many checks this channel may ask for in an hour",
            open=True,
        ),
        _Setting(
            name=ANSWER, choices=tuple(AnswerWhere), explained="whether I answer in the thread or the asker alone"
        ),
        _Setting(
            name=OVERRULE_BY,
            choices=tuple(Who),
            explained="who may set a grade, in the whole workspace",
            of_tenant=True,
        ),
        _Setting(
            name=SETTINGS_BY,
            choices=tuple(Who),
            explained="who may change the settings of channels, in the whole workspace",
            of_tenant=True,
        ),
    )
}
_ALIASES = {
    "auto": AUTO_CHECK,
    "autocheck": AUTO_CHECK,
    "cap": HOURLY_CAP,
    "limit": HOURLY_CAP,
    "overrule": OVERRULE_BY,
}


async def word_settings(*, store: "Store", place: Place, asker: Person) -> SettingsSheet:
    """How the bot behaves at the place."""
    channel = await store.channels.settings(place.tenant, place.channel)
    tenant = await store.channels.tenant_settings(place.tenant)
    values = _values(channel, tenant)
    lines = tuple(
        SettingLine(
            name=setting.name,
            value=values[setting.name],
            choices=_listed(setting.choices),
            explained=setting.explained,
        )
        for setting in _SETTINGS.values()
    )
    return SettingsSheet(lines=lines, may_change=asker.admin or tenant.settings_by is Who.EVERYONE)


async def change_setting(command: ChangeSetting, *, store: "Store", place: Place, asker: Person) -> Notice:
    """Change one setting and say so. Raises InputError for what cannot be set, NotAllowed for who may not.

    What holds for the whole tenant is for its admins, whoever may change the settings of a channel.
    """
    setting = _find_setting(command.name)
    channel = await store.channels.settings(place.tenant, place.channel)
    tenant = await store.channels.tenant_settings(place.tenant)
    if not asker.admin and (setting.of_tenant or tenant.settings_by is Who.ADMINS):
        message = f"Here only admins may change “{setting.name}”. Ask one of them."
        raise NotAllowed(message)
    value = _read_value(setting, command.value)
    before = _values(channel, tenant)[setting.name]
    if setting.of_tenant:
        await store.channels.save_tenant(place.tenant, _with_tenant(tenant, setting.name, value), by=asker)
    else:
        await store.channels.save(place.tenant, place.channel, _with(channel, setting.name, value), by=asker)
    where = "in this workspace" if setting.of_tenant else "here"
    return Notice(text=f"Set: {setting.name} is now “{value}” {where} (it was “{before}”).")


def _find_setting(typed: str) -> _Setting:
    name = re.sub(r"[\s_]+", "-", typed.strip().casefold())
    name = _ALIASES.get(name, name)
    if name in _SETTINGS:
        return _SETTINGS[name]
    near = get_close_matches(name, _SETTINGS, n=1, cutoff=0.7)
    meant = f" Did you mean “{near[0]}”?" if near else f" There are: {', '.join(_SETTINGS)}."
    message = f"There is no setting “{_shown(typed)}”.{meant}"
    raise InputError(message)


def _read_value(setting: _Setting, typed: str) -> str:
    value = typed.strip()
    if setting.name == EMOJI:
        return _read_emoji(value)
    if setting.name == HOURLY_CAP:
        if not _NUMBER.fullmatch(value) or not 1 <= int(value) <= _MOST_AN_HOUR:
            message = f"“{_shown(value)}” is no number from 1 to {_MOST_AN_HOUR}, which {setting.name} must be."
            raise InputError(message)
        return str(int(value))
    if value.casefold() not in setting.choices:
        message = f"{setting.name} can be {_listed(setting.choices)}, but not “{_shown(value)}”."
        raise InputError(message)
    return value.casefold()


def _read_emoji(value: str) -> str:
    if found := (_SHORTCODE.fullmatch(value.casefold()) or _CUSTOM.fullmatch(value)):
        return found[1]
    if _SIGN.fullmatch(value):
        return value
    message = f"“{_shown(value)}” is no emoji. Type its name, with or without colons, like :mag:."
    raise InputError(message)


def _values(channel: ChannelSettings, tenant: TenantSettings) -> Mapping[str, str]:
    return {
        AUTO_CHECK: channel.auto_check.value,
        EMOJI: channel.emoji,
        DETAIL: channel.detail.value,
        HOURLY_CAP: str(channel.hourly_cap),
        ANSWER: channel.answer.value,
        OVERRULE_BY: tenant.overrule_by.value,
        SETTINGS_BY: tenant.settings_by.value,
    }


def _with(channel: ChannelSettings, name: str, value: str) -> ChannelSettings:
    match name:
        case "auto-check":
            return replace(channel, auto_check=AutoCheck(value))
        case "emoji":
            return replace(channel, emoji=value)
        case "detail":
            return replace(channel, detail=Detail(value))
        case "hourly-cap":
            return replace(channel, hourly_cap=int(value))
        case _:
            return replace(channel, answer=AnswerWhere(value))


def _with_tenant(tenant: TenantSettings, name: str, value: str) -> TenantSettings:
    who = Who(value)
    return replace(tenant, overrule_by=who) if name == OVERRULE_BY else replace(tenant, settings_by=who)


def _listed(choices: tuple[str, ...]) -> str:
    return choices[0] if len(choices) == 1 else f"{', '.join(choices[:-1])} or {choices[-1]}"


def _shown(typed: str) -> str:
    return " ".join(typed.split())[:40]
