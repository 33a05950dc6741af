"""A Postgres of the tests' own: a cluster in a temporary folder, reached by a socket in it, gone when they end."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

_SECONDS = 60
_OWNER = "claimcheck"
_SERVER_ACCOUNT = "postgres"  # Postgres refuses to run as root, so as root it runs as this account.


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running Postgres. Every test gets a database of its own."""

    folder: Path
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def url(self, database: str) -> str:
        """The URL of a database, as DATABASE_URL takes it."""
        return f"postgresql://{_OWNER}@/{database}?host={self.folder}"

    def create(self, *, template: str = "template1") -> str:
        """A new database, a copy of the template; its name."""
        name = f"test_{next(self._numbers)}"
        # Copying files takes a third of the time of the default, and nothing here outlives a crash anyway.
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        self._execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def drop(self, database: str) -> None:
        """Drop a database, whoever is still connected."""
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))

    def empty(self, database: str, *, tables: list[str]) -> None:
        """Delete every row of these tables, in this order: far quicker than another copy of the database."""
        self.disconnect(database)
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            for table in tables:
                connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))

    def disconnect(self, database: str) -> None:
        """Cut every connection to a database, as a restart or a failing network would."""
        statement = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {}"
        self._execute(sql.SQL(statement).format(sql.Literal(database)))

    def restart(self) -> None:
        """Stop the server, whoever is connected, and start it again."""
        data, log = str(self.folder / "data"), str(self.folder / "log")
        _run(["pg_ctl", "-D", data, "-l", log, "-w", "-m", "fast", "restart"], _account())

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def run_cluster() -> Iterator[Cluster]:
    """A Postgres cluster for as long as the block runs. Skips the test where Postgres is not installed."""
    missing = [program for program in ("initdb", "pg_ctl", "postgres") if shutil.which(program) is None]
    if missing:
        pytest.skip(f"Postgres is not on the path: {', '.join(missing)}")
    with tempfile.TemporaryDirectory(prefix="claimcheck-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        account = _account()
        if account is not None:
            try:
                shutil.chown(folder, account)
            except LookupError:
                pytest.skip(f"Postgres does not run as root, and there is no account {account!r}")
        data = str(folder / "data")
        _run(["initdb", "-D", data, "-U", _OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"], account)
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off -c max_connections=200"
        _run(["pg_ctl", "-D", data, "-l", str(folder / "log"), "-w", "-o", options, "start"], account)
        try:
            yield Cluster(folder)
        finally:
            _run(["pg_ctl", "-D", data, "-w", "-m", "immediate", "stop"], account)


def _account() -> str | None:
    return _SERVER_ACCOUNT if os.geteuid() == 0 else None


def _run(command: list[str], account: str | None) -> None:
    program = shutil.which(command[0]) or command[0]
    # Its output goes nowhere: a server that starts keeps a pipe open for as long as it runs.
    subprocess.run(  # noqa: S603 - fixed programs with fixed options
        [program, *command[1:]],
        check=True,
        timeout=_SECONDS,
        user=account,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
