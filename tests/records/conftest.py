"""An upgraded database for each test, once on SQLite and once on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from records.base import Model
from records.store import Store
from tests.databases import ENGINES, create_database


@pytest.fixture(scope="session")
def upgraded_postgres(postgres_server: Any) -> Iterator[Store]:
    """One upgraded database that tests use one after the other."""
    name = create_database(postgres_server)
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
