"""The environment, read once into a frozen value. Nothing else reads it.

Every setting is described in `.env.example`, which a test holds to this module.
"""

import ipaddress
import re
from typing import Annotated

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import ClaimcheckError

_HOST = re.compile(
    r"(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?)(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?)*"
)
_PROXY = re.compile(r"https?://[^\s/?#]+/?", re.IGNORECASE)


class SettingsBroken(ClaimcheckError):
    """The environment holds settings that cannot be used; the message names every one."""

    code = "bad_settings"


class Settings(BaseSettings):
    """What the person who runs the bot decides. Variables start with CLAIMCHECK_; a `.env` file is read too."""

    model_config = SettingsConfigDict(
        env_prefix="CLAIMCHECK_",
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    proxy: str | None = Field(default=None, description="proxy that every fetch goes through, as a URL")
    fetch_allow: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="hosts, addresses or networks that may be fetched although they are not public"
    )
    threads: int = Field(default=1, ge=1, le=64, description="threads that the analysis of one text may use")

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


def read_settings() -> Settings:
    """The settings of this process; SettingsBroken says everything that is wrong at once."""
    try:
        return Settings()
    except ValidationError as broken:
        raise SettingsBroken(_in_words(broken)) from broken


def _is_host_or_network(entry: str) -> bool:
    try:
        ipaddress.ip_network(entry, strict=False)
    except ValueError:
        return bool(_HOST.fullmatch(entry)) and not re.fullmatch(r"[\d.]+", entry)
    return True


def _in_words(broken: ValidationError) -> str:
    wrong = []
    for error in broken.errors(include_url=False):
        name = "CLAIMCHECK_" + "_".join(str(part) for part in error["loc"][:1]).upper()
        wrong.append(f"{name} {error['msg'].removeprefix('Value error, ').removeprefix('Input ')}")
    return "These settings cannot be used: " + "; ".join(wrong) + ". See .env.example."
