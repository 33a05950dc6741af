"""Settings: what there is, what it may be, and who may change it."""

import pytest

from bot.access import Person
from bot.errors import InputError, NotAllowed
from bot.store import Store
from bot.store.records import AnswerWhere, AutoCheck, ChannelSettings, Detail, TenantSettings, Who
from handlers.channel_settings import change_setting, word_settings
from handlers.commands import ChangeSetting
from tests.handlers.newsroom import ANN, CHIEF, TENANT, place

pytestmark = pytest.mark.asyncio


async def change(store: Store, name: str, value: str, *, asker: Person = CHIEF) -> str:
    notice = await change_setting(ChangeSetting(name=name, value=value), store=store, place=place(), asker=asker)
    return notice.text


async def test_the_sheet_shows_every_setting_with_its_choices(store: Store) -> None:
    sheet = await word_settings(store=store, place=place(), asker=ANN)
    assert [(line.name, line.value) for line in sheet.lines] == [
        ("auto-check", "off"),
        ("emoji", "mag"),
        ("detail", "compact"),
        ("hourly-cap", "60"),
        ("answer", "thread"),
        ("overrule-by", "everyone"),
        ("settings-by", "admins"),
    ]
    assert sheet.lines[0].choices == "off, links or mentions"
    assert all(line.explained for line in sheet.lines)


@pytest.mark.parametrize(
    ("name", "value", "settings"),
    [
        ("auto-check", "links", ChannelSettings(auto_check=AutoCheck.LINKS)),
        ("Auto Check", "MENTIONS", ChannelSettings(auto_check=AutoCheck.MENTIONS)),
        ("auto_check", "links", ChannelSettings(auto_check=AutoCheck.LINKS)),
        ("detail", "full", ChannelSettings(detail=Detail.FULL)),
        ("hourly cap", "5", ChannelSettings(hourly_cap=5)),
        ("cap", "0010", ChannelSettings(hourly_cap=10)),
        ("answer", "privately", ChannelSettings(answer=AnswerWhere.PRIVATELY)),
        ("emoji", "eyes", ChannelSettings(emoji="eyes")),
        ("emoji", ":eyes:", ChannelSettings(emoji="eyes")),
        ("emoji", "eyes:", ChannelSettings(emoji="eyes")),
        ("emoji", ":Thumbsup::skin-tone-3:", ChannelSettings(emoji="thumbsup")),
        ("emoji", "+1", ChannelSettings(emoji="+1")),
        ("emoji", "🔍", ChannelSettings(emoji="🔍")),
        ("emoji", "👨‍👩‍👧", ChannelSettings(emoji="👨‍👩‍👧")),
        ("emoji", "<:Desk:1234567890>", ChannelSettings(emoji="Desk")),
    ],
)
async def test_a_setting_is_changed_however_it_is_typed(
    store: Store, name: str, value: str, settings: ChannelSettings
) -> None:
    await change(store, name, value)
    assert await store.channels.settings(TENANT, "C1") == settings
    assert await store.channels.settings(TENANT, "C2") == ChannelSettings()


async def test_the_change_is_said_with_what_it_was(store: Store) -> None:
    assert await change(store, "detail", "full") == "Set: detail is now “full” here (it was “compact”)."


async def test_other_settings_stay_as_they_are(store: Store) -> None:
    await change(store, "detail", "full")
    await change(store, "hourly-cap", "7")
    assert await store.channels.settings(TENANT, "C1") == ChannelSettings(detail=Detail.FULL, hourly_cap=7)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("volume", "11", "There are: auto-check, emoji"),
        ("emojy", "mag", "Did you mean “emoji”?"),
        ("detail", "everything", "detail can be compact or full, but not “everything”"),
        ("auto-check", "on", "auto-check can be off, links or mentions"),
        ("hourly-cap", "0", "no number from 1 to 1000"),
        ("hourly-cap", "9" * 5000, "no number from 1 to 1000"),
        ("hourly-cap", "0000010009999", "no number from 1 to 1000"),  # ten million, behind zeros
        ("hourly-cap", "000000001" + "0" * 5000, "no number from 1 to 1000"),
        ("hourly-cap", "many", "no number from 1 to 1000"),
        ("hourly-cap", "²", "no number from 1 to 1000"),
        ("emoji", "two words", "is no emoji"),
        ("emoji", "@everyone", "is no emoji"),
        ("emoji", "", "is no emoji"),
        ("settings-by", "me", "everyone or admins"),
    ],
)
async def test_what_cannot_be_set_is_told_in_words(store: Store, name: str, value: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        await change(store, name, value)
    assert await store.channels.settings(TENANT, "C1") == ChannelSettings()


class TestWhoMayChange:
    async def test_at_first_only_admins(self, store: Store) -> None:
        with pytest.raises(NotAllowed, match="only admins may change “detail”"):
            await change(store, "detail", "full", asker=ANN)
        assert not (await word_settings(store=store, place=place(), asker=ANN)).may_change
        assert (await word_settings(store=store, place=place(), asker=CHIEF)).may_change

    async def test_everybody_where_the_admins_say_so(self, store: Store) -> None:
        await change(store, "settings-by", "everyone")
        await change(store, "detail", "full", asker=ANN)
        assert (await word_settings(store=store, place=place(), asker=ANN)).may_change

    async def test_what_holds_for_the_whole_workspace_stays_with_the_admins(self, store: Store) -> None:
        await change(store, "settings-by", "everyone")
        for name in ("settings-by", "overrule-by"):
            with pytest.raises(NotAllowed):
                await change(store, name, "admins", asker=ANN)
        said = await change(store, "overrule-by", "admins")
        assert said == "Set: overrule-by is now “admins” in this workspace (it was “everyone”)."
        assert await store.channels.tenant_settings(TENANT) == TenantSettings(
            overrule_by=Who.ADMINS, settings_by=Who.EVERYONE
        )
