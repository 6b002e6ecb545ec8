"""Opening a database, writing, reading, and a database in trouble."""

# ruff: noqa: PT012  a refusal may come as late as the commit, so all of it stands under raises

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from record_samples import make_body, make_draft
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from records import base, bodies, documents
from records.errors import StoreRefused, StoreUnavailable
from records.store import Store


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://x/y", "records.db"])
def test_an_address_that_cannot_keep_records_is_refused_in_plain_words(url):
    with pytest.raises(StoreRefused, match=r"SQLite|cơ sở dữ liệu"):
        Store(url)


def test_the_folder_of_the_database_is_made(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'văn thư' / 'records.db'}")

    store.upgrade()
    store.dispose()

    assert (tmp_path / "văn thư" / "records.db").exists()


def test_sqlite_is_opened_so_that_no_announced_number_is_lost(sqlite_store):
    store = sqlite_store

    with store.reading() as session:
        found = {
            name: session.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }

    full = 2
    assert found == {
        "journal_mode": "wal",
        "synchronous": full,
        "foreign_keys": 1,
        "busy_timeout": 60_000,
    }


def test_what_is_written_is_there_after_the_transaction(store):
    with store.transaction() as session:
        body = make_body(session)

    assert body.full_name == "Ủy ban nhân dân phường Hai Bà Trưng"  # still readable outside
    with store.reading() as session:
        assert bodies.get_body(session, "hai-ba-trung").name_lines[1] == "PHƯỜNG HAI BÀ TRƯNG"


def test_nothing_is_written_when_the_block_fails(store):
    with pytest.raises(ZeroDivisionError), store.transaction() as session:
        make_body(session)
        raise ZeroDivisionError

    with store.reading() as session:
        assert bodies.find_body(session, "hai-ba-trung") is None


def test_a_reading_session_cannot_write(store):
    with pytest.raises((StoreUnavailable, DBAPIError)), store.reading() as session:
        make_body(session)

    with store.reading() as session:
        assert bodies.find_body(session, "hai-ba-trung") is None


def test_a_connection_that_read_can_write_again(store):
    with store.reading() as session:
        bodies.bodies(session)

    with store.transaction() as session:
        make_body(session)


def test_a_transaction_inside_a_transaction_is_refused_and_not_waited_for(store):
    with (
        store.transaction(),
        pytest.raises(RuntimeError, match="already open"),
        store.transaction(),
    ):
        pass


def test_reading_goes_on_while_somebody_writes(store):
    with store.transaction() as session:
        make_body(session)
        with store.reading() as other:
            seen = bodies.find_body(other, "hai-ba-trung")

    assert seen is None


def test_writers_in_threads_all_get_their_turn(store):
    def write(key: str) -> None:
        with store.transaction() as session:
            make_body(session, key)

    threads = [threading.Thread(target=write, args=(f"phuong-{n}",)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with store.reading() as session:
        assert len(bodies.bodies(session)) == 12


def test_a_locked_database_is_told_as_unavailable(sqlite_url, monkeypatch):
    monkeypatch.setattr("records.store.BUSY_TIMEOUT_MS", 50)
    store = Store(sqlite_url)
    store.upgrade()
    other = sqlite3.connect(store.url.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreUnavailable) as told, store.transaction() as session:
        make_body(session)
    other.execute("ROLLBACK")
    other.close()

    assert told.value.reason == "locked"
    with store.transaction() as session:
        make_body(session)
    store.dispose()


def test_a_file_that_is_no_database_is_told_as_damaged(tmp_path):
    Path(tmp_path / "records.db").write_bytes(b"not a database at all, just words" * 100)
    store = Store(f"sqlite:///{tmp_path / 'records.db'}")

    with pytest.raises(StoreUnavailable) as told, store.reading() as session:
        session.execute(text("SELECT 1 FROM documents"))
    store.dispose()

    assert told.value.reason == "damaged"


@pytest.mark.postgres
def test_a_postgresql_server_that_is_away_is_told_as_unavailable(tmp_path):
    store = Store(f"postgresql://postgres@/nowhere?host={tmp_path}")

    with pytest.raises(StoreUnavailable) as told, store.reading() as session:
        session.execute(text("SELECT 1"))
    store.dispose()

    assert store.url.drivername == "postgresql+psycopg"
    assert told.value.reason == "away"


@pytest.mark.postgres
def test_a_lost_connection_is_told_as_unavailable_and_the_next_one_works(postgres_store):
    store = postgres_store
    with pytest.raises(StoreUnavailable) as told, store.transaction() as session:
        session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with store.transaction() as session:
        make_body(session)

    assert told.value.reason == "away"


def test_values_are_never_shown_in_database_errors(store):
    secret = "001080012345"
    with pytest.raises(DBAPIError) as told, store.transaction() as session:
        session.execute(text("SELECT :cccd WHERE FROM"), {"cccd": secret})

    assert secret not in str(told.value)


def test_vietnamese_text_in_json_is_stored_as_people_read_it(store):
    with store.transaction() as session:
        draft = make_draft(session, make_body(session), paper={"abstract": "đề nghị"})

    with store.reading() as session:
        stored = session.execute(text("SELECT CAST(paper AS TEXT) FROM documents")).scalar_one()
        document = documents.get_document(session, draft.id)

    assert stored == '{"abstract": "đề nghị"}'
    assert document.created_at.tzinfo is base.UTC
