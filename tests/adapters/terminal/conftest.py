"""The whole command as the tests run it, each with a store of its own."""

import io
import sys
from pathlib import Path

import pytest

from adapters.settings import Settings, variable_of
from adapters.terminal.cli import run
from tests.adapters.terminal.newsroom import Claimcheck, Newsroom


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


@pytest.fixture
def claimcheck(
    newsroom: Newsroom, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Claimcheck:
    """Runs the command and returns exit code, standard output and standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    for name in Settings.model_fields:
        monkeypatch.delenv(variable_of(name), raising=False)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'kept' / 'claimcheck.db'}")

    def claimcheck(*arguments: str, piped: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(piped)))
        try:
            code = run(arguments, open_desk=newsroom.open)
        except SystemExit as left:
            code = int(str(left.code))
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return claimcheck
