"""Installations and the states of those under way, as slack_sdk wants them and our store keeps them."""

import json
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from adapters.slack.places import tenant_of
from bot.errors import NotStored
from bot.store.records import Installation as InstallationRecord

if TYPE_CHECKING:
    from bot.store import Store

_STATE_SECONDS = 600

_logger = logging.getLogger(__name__)


class Installed(AsyncInstallationStore):
    """Installations, one for each workspace (or organisation), in the store; tokens are encrypted there."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    @property
    def logger(self) -> logging.Logger:
        """Where slack_sdk logs."""
        return _logger

    async def load(self, owner: str) -> Installation:
        """The installation of a workspace or an organisation, by its id; NotStored, StoreKeyMissing."""
        kept = await self._store.installations.load(tenant_of(owner))
        return Installation(**json.loads(kept.data))

    def seconds_left(self, expires_at: float) -> float:
        """Until a time in Unix seconds."""
        return expires_at - datetime.now(UTC).timestamp()

    async def async_save(self, installation: Installation) -> None:
        """Keep an installation in place of an earlier one."""
        team = None if installation.is_enterprise_install else installation.team_id
        record = InstallationRecord(
            tenant=tenant_of(team, installation.enterprise_id),
            data=json.dumps(installation.to_dict_for_copying(), default=str),
            installed_at=datetime.fromtimestamp(installation.installed_at, UTC),
        )
        await self._store.installations.save(record)

    async def async_save_bot(self, bot: Bot) -> None:
        """Nothing: a bot is kept with its installation."""

    async def async_find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,  # noqa: ARG002 - slack_sdk's signature; there is one for all users
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        """The installation of a workspace, None where there is none."""
        try:
            return await self.load((enterprise_id if is_enterprise_install else team_id) or enterprise_id or "")
        except NotStored:
            return None

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """The bot of a workspace, None where there is none."""
        found = await self.async_find_installation(
            enterprise_id=enterprise_id, team_id=team_id, is_enterprise_install=is_enterprise_install
        )
        return found.to_bot() if found else None

    async def async_delete_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,  # noqa: ARG002 - slack_sdk's signature; there is one for all users
    ) -> None:
        """Forget the tokens of a workspace."""
        await self._store.installations.delete(tenant_of(team_id, enterprise_id))

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forget the tokens of a workspace."""
        await self._store.installations.delete(tenant_of(team_id, enterprise_id))

    async def async_delete_all(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forget the tokens of a workspace and everything that is kept for it."""
        tenant = tenant_of(team_id, enterprise_id)
        await self._store.installations.delete(tenant)
        await self._store.keeping.forget(tenant=tenant)


class States(AsyncOAuthStateStore):
    """The proofs that an installation was begun by us, each good for once and ten minutes."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    @property
    def logger(self) -> logging.Logger:
        """Where slack_sdk logs."""
        return _logger

    async def async_issue(self, *_args: object, **_kwargs: object) -> str:
        """A new state."""
        return await self._store.installations.issue_state(_STATE_SECONDS)

    async def async_consume(self, state: str) -> bool:
        """Whether the state was issued and not used yet; it is used now."""
        return await self._store.installations.use_state(state)
