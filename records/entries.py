"""The lines of the registers: one for each number, with the ten columns of the decree.

They are written through `records.registers` and never deleted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, event, func, select
from sqlalchemy.orm import Mapped, Session, UOWTransaction, mapped_column

from records import audit
from records.base import (
    NEVER_REUSES_IDS,
    Hash,
    Id,
    Key,
    Model,
    changed_columns,
    choice,
    is_being_written,
    writing,
)
from records.bodies import IssuingBody
from records.errors import DocumentFrozen, KeyReused, NotFound, ReasonMissing, StateRefused


class EntryKind(StrEnum):
    """Where an entry's paper comes from."""

    ISSUED = "issued"
    """Made and numbered here."""
    EXTERNAL = "external"
    """Numbered here, made elsewhere; its bytes are a scan or a slip."""
    LEGACY = "legacy"
    """Numbered on paper before this book was opened; bytes are optional."""


class EntryState(StrEnum):
    """Whether a number stands or was cancelled; it is never free again."""

    ACTIVE = "active"
    CANCELLED = "cancelled"


class RegisterEntry(Model):
    """One line of a book, with the ten columns of the decree.

    Only the state, the delivery (`sent_on`, `receipt`) and the note may change later.
    Source: Nghị định 30/2020/NĐ-CP, Phụ lục IV.
    """

    __tablename__ = "register_entries"

    id: Mapped[Id]
    register_id: Mapped[int] = mapped_column(ForeignKey("registers.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("issuing_bodies.id"))
    number: Mapped[int]
    suffix: Mapped[Key] = mapped_column(default="")
    """What a paper book put after the number: “a”, “bis”; empty nearly always."""
    kind: Mapped[Key]
    symbol: Mapped[str]
    """The printed text: “125/KH-UBND”."""
    issued_on: Mapped[date]
    abstract: Mapped[str]
    signer: Mapped[str] = mapped_column(default="")
    recipients: Mapped[str] = mapped_column(default="")
    archive: Mapped[str] = mapped_column(default="")
    copies: Mapped[int | None]
    sent_on: Mapped[date | None]
    receipt: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"), unique=True)
    sha256: Mapped[Hash | None] = mapped_column(ForeignKey("blobs.sha256"), index=True)
    entry_kind: Mapped[EntryKind] = mapped_column(choice(EntryKind))
    reason: Mapped[str] = mapped_column(default="")
    """Why a legacy number was entered."""
    key: Mapped[Key | None]
    key_hash: Mapped[Hash | None]
    entered_at: Mapped[datetime]
    entered_by: Mapped[Key]
    state: Mapped[EntryState] = mapped_column(choice(EntryState), default=EntryState.ACTIVE)
    cancelled_reason: Mapped[str | None]
    cancelled_by: Mapped[Key | None]
    cancelled_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("register_id", "number", "suffix"),
        UniqueConstraint("body_id", "key"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("entry_kind = 'legacy' OR sha256 IS NOT NULL", name="bytes_kept"),
        CheckConstraint("entry_kind <> 'legacy' OR reason <> ''", name="legacy_explained"),
        CheckConstraint("(key IS NULL) = (key_hash IS NULL)", name="key_with_hash"),
        CheckConstraint(
            "(state = 'cancelled') = (cancelled_reason IS NOT NULL)", name="cancel_explained"
        ),
        NEVER_REUSES_IDS,
    )


MAY_CHANGE = frozenset({"sent_on", "receipt", "note"})
"""What a clerk fills in after the paper has gone out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a clerk would write into the book: the columns 1 to 7 and 10.

    `copies` is how many were made; `None`: not counted.
    Source: Nghị định 30/2020/NĐ-CP, Phụ lục IV.
    """

    kind: str
    symbol: str
    issued_on: date
    abstract: str
    signer: str = ""
    recipients: str = ""
    archive: str = ""
    copies: int | None = None
    note: str = ""


def get_entry(session: Session, entry_id: int) -> RegisterEntry:
    """Look a line up.

    Raises:
        NotFound: there is none.
    """
    entry = session.get(RegisterEntry, entry_id)
    if entry is None:
        raise NotFound("dòng trong sổ", entry_id)
    return entry


def entry_of(session: Session, document_id: int) -> RegisterEntry | None:
    """Find the line of a document; `None`: a draft, or an annex paper without a number."""
    query = select(RegisterEntry).where(RegisterEntry.document_id == document_id)
    return session.scalars(query).one_or_none()


def find_replay(
    session: Session, body: IssuingBody, key: str, key_hash: str
) -> RegisterEntry | None:
    """Find what was already entered for this idempotency key.

    `key_hash` is the SHA-256 of the request. Ask after `lock`, so that a twin request that
    is still running has ended.

    Raises:
        KeyReused: the key came with another request.
    """
    query = select(RegisterEntry).where(RegisterEntry.body_id == body.id, RegisterEntry.key == key)
    entry = session.scalars(query).one_or_none()
    if entry is not None and entry.key_hash != key_hash:
        raise KeyReused(key)
    return entry


def page_of(
    session: Session, register_id: int, *, page: int = 1, size: int = 50
) -> tuple[tuple[RegisterEntry, ...], int]:
    """Give one page of the book, by number upwards, and how many lines there are in all."""
    of_book = RegisterEntry.register_id == register_id
    total = session.scalars(select(func.count()).where(of_book)).one()
    query = (
        select(RegisterEntry)
        .where(of_book)
        .order_by(RegisterEntry.number, RegisterEntry.suffix)
        .limit(size)
        .offset((page - 1) * size)
    )
    return tuple(session.scalars(query)), total


def cancel(session: Session, entry: RegisterEntry, *, reason: str, by: str, at: datetime) -> None:
    """Mark a number as cancelled; the line and its bytes stay, the number is not free.

    Raises:
        ReasonMissing: `reason` is empty.
        StateRefused: it is cancelled already.
    """
    if not reason.strip():
        raise ReasonMissing("hủy số văn bản")
    session.refresh(entry, with_for_update=True)
    if entry.state is not EntryState.ACTIVE:
        raise StateRefused("số văn bản", entry.symbol, entry.state, [EntryState.ACTIVE], "hủy")
    with writing(session, entry):
        entry.state = EntryState.CANCELLED
        entry.cancelled_reason = reason
        entry.cancelled_by = by
        entry.cancelled_at = at
    audit.append(
        session,
        entry.body_id,
        at=at,
        actor=by,
        action="register-entry.cancelled",
        subject_type="register-entry",
        subject_id=entry.id,
        detail={"number": entry.number, "suffix": entry.suffix},
    )


@event.listens_for(Session, "before_flush")
def _refuse_changes(session: Session, _flush: UOWTransaction, _instances: object) -> None:
    for row in session.deleted:
        if isinstance(row, RegisterEntry):
            raise DocumentFrozen("dòng trong sổ", row.symbol)
    for row in session.dirty:
        if isinstance(row, RegisterEntry) and not is_being_written(session, row):
            frozen = changed_columns(row).keys() - MAY_CHANGE
            if frozen:
                raise DocumentFrozen("dòng trong sổ", row.symbol, frozen)
