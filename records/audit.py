"""Who did what: one append-only chain for each issuing body.

Each entry carries the hash of the one before it, so that an entry changed, removed or put
in between is found. A chain cannot stop somebody who rewrites all of it: the head is small
enough to be printed with the paper register.

An entry names things by their ids only; personal data stays where it can be protected.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, event, select
from sqlalchemy.orm import Mapped, Session, UOWTransaction, mapped_column

from records.base import Hash, JsonObject, Key, Model, insert_if_absent, is_being_written, writing
from records.errors import DocumentFrozen

FIRST_HASH = "0" * 64
THE_HOUSE = 0
"""The chain of acts that belong to no issuing body."""


class AuditEntry(Model):
    """One act. `body_id` is `THE_HOUSE` where no issuing body is concerned."""

    __tablename__ = "audit_entries"

    body_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[Key]
    action: Mapped[Key]
    subject_type: Mapped[Key]
    subject_id: Mapped[Key]
    detail: Mapped[JsonObject]
    prev_hash: Mapped[Hash]
    hash: Mapped[Hash]

    __table_args__ = (CheckConstraint("n >= 1", name="n_from_one"),)


class AuditHead(Model):
    """The last entry of a chain; the row that writers of one body queue for."""

    __tablename__ = "audit_heads"

    body_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    n: Mapped[int]
    hash: Mapped[Hash]


def append(
    session: Session,
    body_id: int,
    *,
    at: datetime,
    actor: str,
    action: str,
    subject_type: str,
    subject_id: int | str,
    detail: JsonObject | None = None,
) -> AuditEntry:
    """Write the next entry of the body's chain.

    Holds the chain's head until the caller's transaction ends. Take a register's lock
    before the first entry, never after: the order book, then head, is the same everywhere.
    `detail` is plain JSON (dates as ISO text) and holds ids, never names.
    """
    head = _locked_head(session, body_id)
    entry = AuditEntry(
        body_id=body_id,
        n=head.n + 1,
        at=at,
        actor=actor,
        action=action,
        subject_type=subject_type,
        subject_id=str(subject_id),
        detail=_plain(detail or {}),
        prev_hash=head.hash,
    )
    entry.hash = _hash_of(entry)
    session.add(entry)
    with writing(session, head):
        head.n = entry.n
        head.hash = entry.hash
    return entry


def verify_chain(session: Session, body_id: int) -> list[str]:
    """Walk the chain from its start and tell what does not fit; empty is well."""
    problems = []
    n, last_hash = 0, FIRST_HASH
    # Columns, not objects: a chain may have a million entries.
    columns = select(
        AuditEntry.body_id,
        AuditEntry.n,
        AuditEntry.at,
        AuditEntry.actor,
        AuditEntry.action,
        AuditEntry.subject_type,
        AuditEntry.subject_id,
        AuditEntry.detail,
        AuditEntry.prev_hash,
        AuditEntry.hash,
    )
    entries = columns.where(AuditEntry.body_id == body_id).order_by(AuditEntry.n)
    for entry in session.execute(entries.execution_options(yield_per=1_000)):
        if entry.n != n + 1:
            problems.append(f"Nhật ký thiếu mục từ {n + 1} đến {entry.n - 1}.")
        elif entry.prev_hash != last_hash:
            problems.append(f"Mục nhật ký {entry.n} không nối tiếp mục trước.")
        if _hash_of(entry) != entry.hash:
            problems.append(f"Mục nhật ký {entry.n} đã bị sửa.")
        n, last_hash = entry.n, entry.hash
    head = session.get(AuditHead, body_id)
    if (head.n, head.hash) != (n, last_hash) if head else n > 0:
        problems.append(f"Đầu nhật ký không khớp mục cuối ({n}).")
    return problems


def entries_about(
    session: Session, subject_type: str, subject_id: int | str
) -> tuple[AuditEntry, ...]:
    """Give what was done to one thing, oldest first."""
    found = select(AuditEntry).where(
        AuditEntry.subject_type == subject_type, AuditEntry.subject_id == str(subject_id)
    )
    return tuple(session.scalars(found.order_by(AuditEntry.at, AuditEntry.n)))


def _locked_head(session: Session, body_id: int) -> AuditHead:
    query = (
        select(AuditHead)
        .where(AuditHead.body_id == body_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    head = session.scalars(query).one_or_none()
    if head is None:
        insert_if_absent(session, AuditHead, {"body_id": body_id, "n": 0, "hash": FIRST_HASH})
        head = session.scalars(query).one()
    return head


def _hash_of(entry: Any) -> str:
    content = {
        "body_id": entry.body_id,
        "n": entry.n,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "action": entry.action,
        "subject_type": entry.subject_type,
        "subject_id": entry.subject_id,
        "detail": entry.detail,
    }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256((entry.prev_hash + canonical).encode()).hexdigest()


def _plain(detail: JsonObject) -> JsonObject:
    """Write days as ISO text, so that the hash is the same before and after the database."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in detail.items()
    }


@event.listens_for(Session, "before_flush")
def _refuse_changes(session: Session, _flush: UOWTransaction, _instances: object) -> None:
    for row in (*session.dirty, *session.deleted):
        if isinstance(row, AuditEntry) and (row in session.deleted or session.is_modified(row)):
            raise DocumentFrozen("mục nhật ký", f"{row.body_id}/{row.n}")
        if isinstance(row, AuditHead) and not is_being_written(session, row):
            raise DocumentFrozen("đầu nhật ký", row.body_id)
