"""A database that is away, moved, full, stopped, too old or too new: told, and nothing lost."""

# ruff: noqa: PT012  a refusal may come as late as the commit, so all of it stands under raises

from __future__ import annotations

import multiprocessing
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from record_samples import make_body
from sqlalchemy import text

from records import bodies
from records.errors import StoreRefused, StoreUnavailable
from records.store import Store
from tests.databases import crash_and_restart, start_server

HANG = """
import sys, portalocker
with open(sys.argv[1], "a") as queue:
    portalocker.lock(queue, portalocker.LockFlags.EXCLUSIVE)
    print(flush=True)
    sys.stdin.read()
"""


def path_of(store: Store) -> Path:
    return Path(str(store.url.database))


def keys(store: Store) -> list[str]:
    with store.reading() as session:
        return [body.key for body in bodies.bodies(session)]


def test_a_database_that_is_not_there_is_said_to_be_away_and_no_empty_one_is_made(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'typed-wrong' / 'records.db'}")

    with pytest.raises(StoreUnavailable) as told, store.reading() as session:
        bodies.bodies(session)

    assert told.value.reason == "away"
    assert store.current_revision() is None
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_into_a_file_that_was_moved_away(sqlite_store):
    store = sqlite_store
    with store.transaction() as session:
        make_body(session, "before")
    path = path_of(store)
    path.rename(path.with_suffix(".moved"))

    with pytest.raises(StoreUnavailable) as told, store.transaction() as session:
        make_body(session, "lost")

    assert told.value.reason == "away"
    path.with_suffix(".moved").rename(path)
    assert keys(store) == ["before"]


def test_a_file_put_in_the_place_of_another_is_the_one_that_is_written_to(sqlite_store):
    store = sqlite_store
    with store.transaction() as session:
        make_body(session, "before")
    path = path_of(store)
    restored = path.with_suffix(".restored")
    shutil.copyfile(path.with_suffix(".upgraded"), restored)
    for left_over in path.parent.glob(f"{path.name}-*"):
        left_over.unlink()
    restored.rename(path)

    with store.transaction() as session:
        make_body(session, "after")

    assert keys(Store(str(store.url))) == ["after"]


def test_a_writer_that_hangs_does_not_hold_the_others_for_ever(sqlite_store, monkeypatch):
    store = sqlite_store
    queue = f"{path_of(store)}.lock"
    with subprocess.Popen(
        [sys.executable, "-c", HANG, queue], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as hanging:
        assert hanging.stdout
        hanging.stdout.readline()
        monkeypatch.setattr("records.store.BUSY_TIMEOUT_MS", 50)
        with pytest.raises(StoreUnavailable) as told, store.transaction() as session:
            make_body(session, "in vain")
        monkeypatch.undo()
        waiting = threading.Thread(target=_write, args=(store, "patient"))
        waiting.start()
        hanging.kill()
        waiting.join(10)

    assert told.value.reason == "locked"
    assert keys(store) == ["patient"]
    _write(store, "next")


def _write(store: Store, key: str) -> None:
    with store.transaction() as session:
        make_body(session, key)


def test_a_folder_that_nobody_may_write_to_is_told(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    store = Store(f"sqlite:///{tmp_path / 'file' / 'records.db'}")

    with pytest.raises(StoreUnavailable):
        store.upgrade()


def test_a_database_without_tables_says_what_to_do(database_url):
    store = Store(database_url)
    if store.is_sqlite:
        path_of(store).touch()

    with pytest.raises(StoreUnavailable, match="database upgrade") as told:
        keys(store)
    store.dispose()

    assert told.value.reason == "outdated"


def test_a_database_of_a_newer_program_is_left_alone(store):
    with store.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(StoreUnavailable) as told:
        store.upgrade()

    assert told.value.reason == "newer"
    assert not store.is_current()
    with store.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0003'"))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "postgresql://office:port/records",
        "sqlite:///records.db?mode=memory",
        "sqlite:///records.db?timeout=soon",
        "sqlite://office/records.db",
        "sqlite+aiosqlite://",
    ],
)
def test_an_address_with_a_typing_error_is_refused_in_words(url):
    with pytest.raises(StoreRefused):
        Store(url)


@pytest.mark.postgres
def test_an_unknown_option_of_the_address_is_told_and_not_a_fault_of_the_program(postgres_url):
    mark = "&" if "?" in postgres_url else "?"
    store = Store(f"{postgres_url}{mark}sslmoed=require")

    with pytest.raises(StoreUnavailable):
        store.current_revision()
    store.dispose()


@pytest.mark.postgres
def test_a_row_that_somebody_holds_is_not_waited_for_for_ever(postgres_store, monkeypatch):
    monkeypatch.setattr("records.store.BUSY_TIMEOUT_MS", 100)
    store = Store(postgres_store.url.render_as_string(hide_password=False))
    with postgres_store.transaction() as session:
        make_body(session, "held")
    holding = postgres_store.engine.connect()
    holding.execute(text("SELECT 1 FROM issuing_bodies FOR UPDATE"))

    with pytest.raises(StoreUnavailable) as told, store.transaction() as session:
        session.execute(text("SELECT 1 FROM issuing_bodies FOR UPDATE"))
    holding.close()
    store.dispose()

    assert told.value.reason == "locked"


@pytest.mark.postgres
@pytest.mark.slow
def test_a_server_that_crashed_is_away_and_then_works_again(tmp_path):
    with start_server() as server:
        store = Store(server.get_uri())
        store.upgrade()
        _write(store, "before")

        with crash_and_restart(server), pytest.raises(StoreUnavailable) as told:
            _write(store, "meanwhile")
        _write(store, "after")

        assert told.value.reason == "away"
        assert keys(store) == ["before", "after"]
        store.dispose()


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="NOT RUN, needs limits of file size")
def test_a_full_disk_is_told_nothing_is_half_written_and_it_goes_on_afterwards(sqlite_url):
    store = Store(sqlite_url)
    store.upgrade()
    store.dispose()
    child = multiprocessing.get_context("spawn").Process(target=_fill, args=(sqlite_url,))
    child.start()
    child.join()

    assert child.exitcode == 0
    written = keys(store)
    _write(store, "space again")
    assert keys(store) == sorted([*written, "space again"])
    assert 0 < len(written) < 500
    store.dispose()


def _fill(url: str) -> None:
    """Write until the disk is full; ends with 0 when that is told as it should be."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    store = Store(url)
    limit = path_of(store).stat().st_size + 60_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    with pytest.raises(StoreUnavailable) as told:
        for n in range(500):
            with store.transaction() as session:
                make_body(session, f"body-{n:03}", place="x" * 2_000)
    assert told.value.reason == "full"
