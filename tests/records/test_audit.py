"""The chain of acts: who tampers with it is found."""

# ruff: noqa: PT012  a refusal may come as late as the commit, so all of it stands under raises

from __future__ import annotations

from datetime import date

import pytest
from record_samples import NOW
from sqlalchemy import text

from records import audit
from records.errors import DocumentFrozen

BODY = 7


@pytest.fixture
def chain(store):
    with store.transaction() as session:
        for n in range(1, 5):
            _append(session, n)


def test_a_chain_nobody_touched_is_whole(store, chain):
    with store.reading() as session:
        assert audit.verify_chain(session, BODY) == []
        assert audit.verify_chain(session, audit.THE_HOUSE) == []


def test_each_body_has_a_chain_of_its_own(store, chain):
    with store.transaction() as session:
        entry = _append(session, 1, body_id=audit.THE_HOUSE)

    assert (entry.n, entry.prev_hash) == (1, audit.FIRST_HASH)


def test_days_in_the_detail_are_the_same_before_and_after_the_database(store):
    with store.transaction() as session:
        _append(session, 1, on=date(2025, 10, 10))

    with store.reading() as session:
        assert audit.verify_chain(session, BODY) == []
        (entry,) = audit.entries_about(session, "document", 1)
    assert entry.detail == {"on": "2025-10-10"}


@pytest.mark.parametrize(
    ("tampering", "problem"),
    [
        ("UPDATE audit_entries SET actor = 'kẻ khác' WHERE n = 2", "Mục nhật ký 2 đã bị sửa"),
        ("UPDATE audit_entries SET detail = '{}' WHERE n = 3", "Mục nhật ký 3 đã bị sửa"),
        ("DELETE FROM audit_entries WHERE n = 2", "thiếu mục từ 2 đến 2"),
        ("DELETE FROM audit_entries WHERE n = 4", "Đầu nhật ký không khớp"),
        ("DELETE FROM audit_entries", "Đầu nhật ký không khớp"),
        ("UPDATE audit_entries SET n = 9 WHERE n = 4", "thiếu mục từ 4 đến 8"),
        ("UPDATE audit_heads SET n = 3", "Đầu nhật ký không khớp"),
    ],
)
def test_tampering_behind_the_guards_is_found(store, chain, tampering, problem):
    _without_guards(store, tampering)

    with store.reading() as session:
        problems = audit.verify_chain(session, BODY)

    assert any(problem in found for found in problems)


def test_an_entry_is_not_changed_by_hand(store, chain):
    with pytest.raises(DocumentFrozen), store.transaction() as session:
        session.get_one(audit.AuditEntry, (BODY, 1)).actor = "kẻ khác"


def test_an_act_is_not_kept_when_its_transaction_fails(store, chain):
    with pytest.raises(ZeroDivisionError), store.transaction() as session:
        _append(session, 5)
        raise ZeroDivisionError

    with store.reading() as session:
        assert session.get_one(audit.AuditHead, BODY).n == 4
        assert audit.verify_chain(session, BODY) == []


def _append(session, subject_id, *, body_id=BODY, **detail):
    return audit.append(
        session,
        body_id,
        at=NOW,
        actor="thanh",
        action="document.drafted",
        subject_type="document",
        subject_id=subject_id,
        detail=detail or {"n": subject_id},
    )


def _without_guards(store, statement):
    """Do what somebody with the keys to the database server could do."""
    with store.transaction() as session:
        if store.is_sqlite:
            guards = session.execute(
                text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            ).all()
            for name, _ in guards:
                session.execute(text(f"DROP TRIGGER {name}"))
            session.execute(text(statement))
            for _, definition in guards:
                session.connection().exec_driver_sql(definition)
        else:
            session.execute(text("SET LOCAL session_replication_role = replica"))
            session.execute(text(statement))
