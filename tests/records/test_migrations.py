"""The tables: from nothing to the newest form, alone and two at once."""

from __future__ import annotations

import subprocess
import sys

import pytest
from alembic import command
from record_samples import make_body, make_draft
from sqlalchemy import text

from records import store as store_module
from records.store import Store


@pytest.fixture
def store(database_url):
    """A database of its own, since these tests change its very tables."""
    opened = Store(database_url)
    opened.upgrade()
    yield opened
    opened.dispose()


def test_an_empty_database_upgraded_to_head_agrees_with_the_models(store):
    revision = store.current_revision()

    assert revision == "0008"
    assert store.check() == []


def test_an_untouched_database_has_no_revision_and_lacks_everything(database_url):
    store = Store(database_url)

    revision = store.current_revision()
    differences = store.check()
    store.dispose()

    assert revision is None
    assert any("documents" in difference for difference in differences)


def test_upgrading_twice_changes_nothing(store):
    with store.transaction() as session:
        make_body(session)

    store.upgrade()

    assert store.check() == []
    with store.reading() as session:
        assert session.execute(text("SELECT count(*) FROM issuing_bodies")).scalar_one() == 1


def test_a_lost_guard_is_reported(store):
    on = "" if store.is_sqlite else " ON documents"
    with store.transaction() as session:
        session.execute(text(f"DROP TRIGGER documents_refuse_update{on}"))

    differences = store.check()

    assert differences == ["trigger documents_refuse_update is missing"]


def test_tables_of_other_programs_are_left_alone(store):
    with store.transaction() as session:
        session.execute(text("CREATE TABLE somebody_elses (id INTEGER PRIMARY KEY)"))

    differences = store.check()

    assert differences == []


def test_a_filled_database_keeps_its_rows_through_down_and_up_of_the_guards(store):
    with store.transaction() as session:
        make_draft(session, make_body(session))

    _migrate(store, "downgrade", "0002")
    without = [one for one in store.check() if "trigger" in one]
    store.upgrade()

    assert len(without) == 14
    assert store.check() == []
    with store.reading() as session:
        assert session.execute(text("SELECT count(*) FROM documents")).scalar_one() == 1


def test_a_filled_database_is_not_taken_down(store):
    with store.transaction() as session:
        make_draft(session, make_body(session))

    with pytest.raises(RuntimeError, match="holds records"):
        _migrate(store, "downgrade", "base")

    assert store.current_revision() == "0008"


def test_an_empty_database_can_be_taken_down_and_up_again(store):
    _migrate(store, "downgrade", "base")
    store.upgrade()

    assert store.check() == []


def test_two_processes_may_upgrade_at_once(database_url):
    program = f"from records.store import Store; s = Store({database_url!r}); s.upgrade()"
    running = [subprocess.Popen([sys.executable, "-W", "error", "-c", program]) for _ in range(2)]

    results = [process.wait() for process in running]
    store = Store(database_url)
    differences = store.check()
    store.dispose()

    assert results == [0, 0]
    assert differences == []


def _migrate(store: Store, act: str, revision: str) -> None:
    with store._turn(), store._writer.connect() as connection, connection.begin():
        config = store_module._config()
        config.attributes["connection"] = connection
        getattr(command, act)(config, revision)
