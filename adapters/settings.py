"""The environment, read once into a frozen value. Nothing else reads it.

Every setting is described in `.env.example`, which a test holds to this module. Any of them can stand in a file instead
(DATABASE_URL_FILE=/run/secrets/database_url): that is how secrets reach a container.
"""

import ipaddress
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import platformdirs
from pydantic import AfterValidator, Field, SecretStr, ValidationError, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, EnvSettingsSource, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from bot.errors import ClaimcheckError

_PREFIX = "CLAIMCHECK_"
_FILE = "_file"
_HOST = re.compile(
    r"(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?)(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?)*"
)
_URL = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)
_PROXY = re.compile(r"https?://[^\s/?#]+/?", re.IGNORECASE)
_DATABASE = re.compile(r"sqlite:///(?!\s*$).+|postgresql://[^\s]+")
_KEYS = re.compile(r"[A-Za-z0-9_-]{43}=(?:\s*,\s*[A-Za-z0-9_-]{43}=)*")


class SettingsBroken(ClaimcheckError):
    """The environment holds settings that cannot be used; the message names every one."""

    code = "bad_settings"


class LogShape(StrEnum):
    """How the log of a service is written."""

    CONSOLE = "console"  # for a person who watches
    JSON = "json"  # one object a line, for a program


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unusable:
    """What stands in place of a value that was to come from a file, and why it does not."""

    why: str


class _NamedFiles(PydanticBaseSettingsSource):
    """Values from the files that NAME_FILE variables name, without the white space around them."""

    def __init__(self, settings: type[BaseSettings], *, variables: dict[str, str | None]) -> None:
        super().__init__(settings)
        self._variables = variables

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[str | _Unusable | None, str, bool]:
        """The value of one setting, None where no file is named for it."""
        variable = variable_of(field_name, field)
        key = variable if field.validation_alias else field_name  # as the environment's own source has it
        named = self._variables.get(variable.lower() + _FILE)
        if named is None:
            return None, key, False
        if self._variables.get(variable.lower()) is not None:
            return _Unusable(why=f"is set twice, here and in {variable}_FILE; leave one out"), key, False
        try:
            return Path(named).read_text(encoding="utf-8").strip(), key, False
        except (OSError, UnicodeError) as error:
            why = f"cannot be read from the file that {variable}_FILE names: {getattr(error, 'strerror', 'not text')}"
            return _Unusable(why=why), key, False

    def __call__(self) -> dict[str, str | _Unusable]:
        """All values that come from files, by the name of their field or its alias."""
        found = [self.get_field_value(field, name) for name, field in self.settings_cls.model_fields.items()]
        return {key: value for value, key, _ in found if value}


def _is_an_address(value: str) -> str:
    if not _URL.fullmatch(value):
        msg = "should be a URL that starts with https://"
        raise ValueError(msg)
    return value


def _file_in_the_data_folder() -> str:
    return f"sqlite:///{platformdirs.user_data_path('claimcheck', appauthor=False) / 'claimcheck.db'}"


class Settings(BaseSettings):
    """What the person who runs the bot decides. A `.env` file is read too; the environment wins.

    Variables are the fields' names in capitals after CLAIMCHECK_, unless they are known by another name everywhere.
    """

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
        hide_input_in_errors=True,
    )

    proxy: str | None = Field(default=None, repr=False, description="proxy for every connection out, as a URL")
    fetch_allow: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="hosts, addresses or networks that may be fetched although they are not public"
    )
    threads: int = Field(default=1, ge=1, le=64, description="threads that the analysis of one text may use")

    database_url: str = Field(
        default_factory=_file_in_the_data_folder,
        validation_alias="DATABASE_URL",
        repr=False,  # it may hold a password
        description="where checks are kept: sqlite:///path or postgresql://…",
    )
    key: SecretStr | None = Field(default=None, description="Fernet keys that tokens are kept encrypted with")
    fresh_hours: float = Field(default=24, ge=0, le=8760, description="how long a link is answered from the store")
    retention_days: int = Field(default=30, ge=1, le=3650, description="how long checks are kept")
    workers: int = Field(default=2, ge=1, le=64, description="processes that analyse texts side by side")
    user_hourly: int = Field(default=30, ge=1, le=10_000, description="checks that one person may ask for in an hour")
    executor_id: str | None = Field(
        default=None, pattern=r"^[A-Za-z0-9._-]{1,63}$", description="the name of this process among several"
    )
    log: LogShape = Field(default=LogShape.CONSOLE, description="how the log of a service is written")
    metrics_port: int | None = Field(default=None, ge=1, le=65535, description="port of /metrics, /healthz, /readyz")
    metrics_host: str = Field(default="127.0.0.1", description="address that the metrics port is opened on")

    slack_bot_token: SecretStr | None = Field(
        default=None, validation_alias="SLACK_BOT_TOKEN", description="the bot's token in one workspace (xoxb-)"
    )
    slack_app_token: SecretStr | None = Field(
        default=None, validation_alias="SLACK_APP_TOKEN", description="the app's token for Socket Mode (xapp-)"
    )
    slack_signing_secret: SecretStr | None = Field(
        default=None, validation_alias="SLACK_SIGNING_SECRET", description="what events over HTTP are signed with"
    )
    slack_client_id: str | None = Field(
        default=None, validation_alias="SLACK_CLIENT_ID", description="for installation into many workspaces"
    )
    slack_client_secret: SecretStr | None = Field(
        default=None, validation_alias="SLACK_CLIENT_SECRET", description="for installation into many workspaces"
    )
    slack_api_url: Annotated[str, AfterValidator(_is_an_address)] = Field(
        default="https://slack.com/api/", validation_alias="SLACK_API_URL", description="where the Web API answers"
    )
    slack_port: int = Field(default=3000, ge=1, le=65535, description="port that Slack calls (events over HTTP)")
    slack_host: str = Field(default="127.0.0.1", description="address that this port is opened on")
    discord_bot_token: SecretStr | None = Field(
        default=None, validation_alias="DISCORD_BOT_TOKEN", description="the bot's token"
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  pydantic-settings passes it by name
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then files that variables name, the environment, the `.env` file."""
        variables: dict[str, str | None] = {}
        for source in (dotenv_settings, env_settings):
            if isinstance(source, EnvSettingsSource):
                variables.update(source.env_vars)
        return init_settings, _NamedFiles(settings_cls, variables=variables), env_settings, dotenv_settings

    @field_validator("*", mode="before")
    @classmethod
    def _files_can_be_read(cls, value: object) -> object:
        if isinstance(value, _Unusable):
            raise ValueError(value.why)  # noqa: TRY004  pydantic collects ValueError; the type of the input is right
        return value

    @field_validator("proxy")
    @classmethod
    def _a_proxy_is_a_url(cls, value: str | None) -> str | None:
        if value is not None and not _PROXY.fullmatch(value):
            msg = "should be the URL of a proxy, like http://proxy.newsroom.example:3128"
            raise ValueError(msg)
        return value

    @field_validator("fetch_allow", mode="before")
    @classmethod
    def _hosts_are_separated_by_commas(cls, value: object) -> object:
        return tuple(part.lower() for part in re.split(r"[,\s]+", value) if part) if isinstance(value, str) else value

    @field_validator("fetch_allow")
    @classmethod
    def _hosts_or_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        wrong = [entry for entry in value if not _is_host_or_network(entry)]
        if wrong:
            msg = f"should list host names, addresses or networks like 10.1.0.0/16, but holds {', '.join(wrong)}"
            raise ValueError(msg)
        return value

    @field_validator("database_url")
    @classmethod
    def _a_database_that_is_known(cls, value: str) -> str:
        if not _DATABASE.fullmatch(value):
            msg = "should be sqlite:/// and the path of a file, or postgresql://user:password@host/database"
            raise ValueError(msg)
        return value

    @field_validator("key")
    @classmethod
    def _keys_are_fernet_keys(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _KEYS.fullmatch(value.get_secret_value()):
            msg = "should be a key of 44 characters, or several with commas between; .env.example says how to make one"
            raise ValueError(msg)
        return value

    @field_validator("metrics_host", "slack_host")
    @classmethod
    def _ports_are_opened_on_an_address(cls, value: str) -> str:
        try:
            ipaddress.ip_address(value)
        except ValueError as error:
            msg = "should be an address of this machine, like 127.0.0.1 or 0.0.0.0"
            raise ValueError(msg) from error
        return value


def read_settings() -> Settings:
    """The settings of this process; SettingsBroken says everything that is wrong at once."""
    try:
        return Settings()
    except ValidationError as broken:
        raise SettingsBroken(_in_words(broken)) from broken


def variable_of(name: str, field: FieldInfo | None = None) -> str:
    """The environment variable of a field: `DATABASE_URL` of `database_url`, `CLAIMCHECK_PROXY` of `proxy`."""
    alias = (field or Settings.model_fields[name]).validation_alias
    return alias if isinstance(alias, str) else _PREFIX + name.upper()


def _is_host_or_network(entry: str) -> bool:
    try:
        ipaddress.ip_network(entry, strict=False)
    except ValueError:
        return bool(_HOST.fullmatch(entry)) and not re.fullmatch(r"[\d.]+", entry)
    return True


def _in_words(broken: ValidationError) -> str:
    wrong = []
    for error in broken.errors(include_url=False):
        name = str(error["loc"][0])
        variable = variable_of(name) if name in Settings.model_fields else name
        wrong.append(f"{variable} {error['msg'].removeprefix('Value error, ').removeprefix('Input ')}")
    return "These settings cannot be used: " + "; ".join(wrong) + ". See .env.example."
