"""The container files agree with the settings and with each other; no engine is needed to see that."""

import re
from pathlib import Path

import pytest

from adapters.settings import Settings, variable_of

ROOT = Path(__file__).parents[3]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", [DOCKERFILE, COMPOSE, OPERATIONS], ids=["Dockerfile", "compose.yaml", "operations.md"])
def test_every_setting_that_is_named_exists(text: str) -> None:
    named = set(re.findall(r"\b(?:CLAIMCHECK|SLACK|DISCORD)_[A-Z_]+\b|\bDATABASE_URL(?:_FILE)?\b", text))
    known = {variable_of(name) for name in Settings.model_fields}
    assert {name.removesuffix("_FILE") for name in named} - {"EMPTY_DATABASE_URL"} <= known
    assert named


def test_the_image_runs_without_root_and_writes_to_its_volume_alone() -> None:
    last = DOCKERFILE.rsplit("FROM", 1)[1]
    assert re.search(r"^USER 10001:10001$", last, re.MULTILINE)
    assert "XDG_DATA_HOME=/data" in last
    assert "VOLUME /data" in last
    assert COMPOSE.count("read_only: true") == 1
    assert "- ALL" in COMPOSE


def test_the_port_that_is_watched_is_the_one_that_is_opened() -> None:
    opened = re.search(r"CLAIMCHECK_METRICS_PORT=(\d+)", DOCKERFILE)
    assert opened is not None
    assert f"EXPOSE {opened[1]}" in DOCKERFILE
    assert f"127.0.0.1:{opened[1]}/healthz" in DOCKERFILE


def test_workers_have_names_of_their_own() -> None:
    names = re.findall(r"CLAIMCHECK_EXECUTOR_ID: (\S+)", COMPOSE)
    assert len(names) == len(set(names)) == COMPOSE.count("<<: *worker") == 2


def test_nothing_is_sent_to_the_builder_but_what_is_copied() -> None:
    sent = set(re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE))
    copied = {
        name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE) for name in line.split()
    }
    assert sent == copied
    assert all((ROOT / name).exists() for name in sent)


def test_every_metric_is_documented() -> None:
    source = (ROOT / "adapters" / "operations" / "metrics.py").read_text(encoding="utf-8")
    names = set(re.findall(r'"(claimcheck_\w+)"', source))
    assert len(names) >= 10
    assert [name for name in names if f"`{name}" not in OPERATIONS] == []
