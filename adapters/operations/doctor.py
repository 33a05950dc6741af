"""A look at the installation: what works, what does not, and what to do about it.

What is looked at is imported when its turn comes, so that a broken part does not hide the others.
"""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

from adapters.operations.findings import Finding, State
from adapters.operations.platforms import data_folder, find_platforms
from adapters.settings import Settings
from bot.errors import ClaimcheckError

_PAGE = "https://example.com/"  # reserved for examples by IANA, and made to be fetched
_LEAST_FREE = 1_000_000_000  # bytes
_CLOCK_MAY_BE_OFF = timedelta(minutes=2)  # Slack refuses signatures of more than five
_CARD_LINE = re.compile(r"^\| `([\w.]+)` \|.*\| `([0-9a-f]{64})` \|$", re.MULTILINE)


async def examine(settings: Settings, *, page: str = _PAGE) -> tuple[Finding, ...]:
    """Look at everything, one after the other. `page` is what is fetched to see whether fetching works."""
    return tuple([finding async for finding in _examine(settings, page)])


async def _examine(settings: Settings, page: str) -> AsyncIterator[Finding]:
    yield Finding(about="settings", state=State.OK, said="can be used")
    yield await _look_at_database(settings)
    yield _look_at_disk(data_folder(settings))
    yield await asyncio.to_thread(_look_at_model)
    async for finding in _look_outside(settings, page):
        yield finding
    yield await _look_at_slack(settings)
    yield await _look_at_discord(settings)


async def _look_at_database(settings: Settings) -> Finding:
    from bot.store import open_store  # noqa: PLC0415  see the module's docstring

    shown = re.sub(r"(?<=//)[^/]*@", "…@", settings.database_url)
    key = settings.key.get_secret_value() if settings.key else None
    try:
        async with open_store(settings.database_url, key=key, patience=5) as store:
            await store.ping()
            waiting = len(await store.requests.open_ids())
    except ClaimcheckError as error:
        return Finding(about="database", state=State.WRONG, said=f"{shown}: {error.message}")
    said = f"{shown} answers and is up to date; {waiting or 'no'} open request{'s' if waiting != 1 else ''}"
    return Finding(about="database", state=State.OK, said=said)


def _look_at_disk(folder: Path) -> Finding:
    there = next(parent for parent in (folder.absolute(), *folder.absolute().parents) if parent.exists())
    free = shutil.disk_usage(there).free
    said = f"{free / 1e9:.1f} GB free in {there}"
    if free < _LEAST_FREE:
        return Finding(about="disk", state=State.WRONG, said=f"{said}. Make room: checks cannot be kept without it.")
    return Finding(about="disk", state=State.OK, said=said)


def _look_at_model() -> Finding:
    from bot.analysis.tagger.model import WEIGHTS, WeightsDamaged, checksum, load_tagger  # noqa: PLC0415  see above

    card = (files("bot.analysis.tagger") / "MODEL_CARD.md").read_text(encoding="utf-8")
    stated = dict(_CARD_LINE.findall(card))
    try:
        wrong = [name for name in WEIGHTS if checksum(name) != stated.get(name)]
        load_tagger()
    except (WeightsDamaged, OSError):
        wrong = [*WEIGHTS]
    if wrong:
        said = f"{', '.join(wrong)} is not what was shipped. Install claimcheck again."
        return Finding(about="model", state=State.WRONG, said=said)
    return Finding(about="model", state=State.OK, said=f"{len(WEIGHTS)} files are what was shipped, and load")


async def _look_outside(settings: Settings, page: str) -> AsyncIterator[Finding]:
    from bot.reading.fetching import fetch  # noqa: PLC0415  see the module's docstring
    from bot.reading.policy import FetchPolicy  # noqa: PLC0415

    through = " through the proxy" if settings.proxy else ""
    try:
        fetched = await fetch(page, policy=FetchPolicy(allow=settings.fetch_allow, proxy=settings.proxy))
    except ClaimcheckError as error:
        advice = "Let this machine reach the web, or set CLAIMCHECK_PROXY; pasted texts and files are checked anyway."
        said = f"{page} cannot be fetched{through}: {error.message.partition('. ')[0].rstrip('.')}. {advice}"
        yield Finding(about="fetching", state=State.WRONG, said=said)
        yield Finding(about="clock", state=State.NOTE, said="not compared, since nothing could be fetched")
        return
    yield Finding(about="fetching", state=State.OK, said=f"{page} was fetched{through}")
    yield _compare_clock(fetched.served_at)


def _compare_clock(served_at: datetime | None) -> Finding:
    if served_at is None:
        return Finding(about="clock", state=State.NOTE, said="not compared, since the page told no time")
    off = abs(datetime.now(UTC) - served_at.replace(tzinfo=served_at.tzinfo or UTC))
    if off > _CLOCK_MAY_BE_OFF:
        said = f"{off.total_seconds():.0f} seconds off. Set it (NTP): Slack refuses events when it is minutes wrong."
        return Finding(about="clock", state=State.WRONG, said=said)
    return Finding(about="clock", state=State.OK, said="agrees with that of the page")


async def _look_at_slack(settings: Settings) -> Finding:
    if not (settings.slack_bot_token or settings.slack_app_token or settings.slack_signing_secret):
        return Finding(about="Slack", state=State.NOTE, said="not set up (SLACK_BOT_TOKEN and SLACK_APP_TOKEN)")
    left_out = find_platforms(settings, only="slack").left_out
    if left_out:
        return Finding(about="Slack", state=State.WRONG, said=left_out[0])
    if settings.slack_bot_token is None:
        said = "set up for installation into many workspaces; there is no token to try"
        return Finding(about="Slack", state=State.NOTE, said=said)
    from adapters.slack.probing import probe  # noqa: PLC0415  see the module's docstring

    try:
        who = await probe(
            url=settings.slack_api_url,
            bot_token=settings.slack_bot_token.get_secret_value(),
            app_token=settings.slack_app_token.get_secret_value() if settings.slack_app_token else None,
            proxy=settings.proxy,
        )
    except ClaimcheckError as error:
        return Finding(about="Slack", state=State.WRONG, said=error.message)
    return Finding(about="Slack", state=State.OK, said=who)


async def _look_at_discord(settings: Settings) -> Finding:
    if settings.discord_bot_token is None:
        return Finding(about="Discord", state=State.NOTE, said="not set up (DISCORD_BOT_TOKEN)")
    from adapters.discord.probing import probe  # noqa: PLC0415  see the module's docstring

    try:
        who = await probe(settings.discord_bot_token.get_secret_value(), proxy=settings.proxy)
    except ClaimcheckError as error:
        return Finding(about="Discord", state=State.WRONG, said=error.message)
    return Finding(about="Discord", state=State.OK, said=who)
