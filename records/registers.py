"""The books in which issued papers are registered (sổ đăng ký văn bản đi), and their numbers.

A book belongs to one body, one series and one year; its row is the lock for its numbers.
Numbers run from `first` without a gap, are spent only when the caller's transaction
commits, and are never used again (Nghị định 30/2020/NĐ-CP, Điều 15). The order in a
transaction is always: `lock`, `find_replay`, `allocate`, keep the bytes, `enter`.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import event, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, SessionTransaction

from records import audit
from records.base import writing
from records.bodies import IssuingBody
from records.books import Register, find_register, lock, preview, registers_of
from records.entries import (
    EntryKind,
    EntryState,
    Line,
    RegisterEntry,
    cancel,
    entry_of,
    find_replay,
    get_entry,
    page_of,
)
from records.errors import (
    AlreadyIssued,
    Conflict,
    DateInFuture,
    DateOutOfOrder,
    DateOutsideYear,
    NumberTaken,
    ReasonMissing,
    RegisterClosed,
)

__all__ = [
    "EntryKind",
    "EntryState",
    "Line",
    "Register",
    "RegisterEntry",
    "allocate",
    "cancel",
    "close_year",
    "enter",
    "enter_legacy",
    "entries",
    "entry_of",
    "find_register",
    "find_replay",
    "gaps",
    "get_entry",
    "lock",
    "open_register",
    "preview",
    "registers_of",
    "reopen",
]


def allocate(session: Session, register: Register, *, on: date, today: date) -> int:
    """Take the next number of a locked book for a paper dated `on`.

    `today` is the day in Việt Nam. The number must be entered in the same transaction:
    a commit without its entry is refused. It is spent only when that commit succeeds.

    Raises:
        RegisterClosed: the book has been closed.
        DateOutsideYear: `on` lies in another year than the book.
        DateInFuture: `on` has not come yet.
        DateOutOfOrder: `on` is earlier than the date of the last number.
    """
    _check_open(register)
    _check_date(register, on=on, today=today)
    if register.last_on is not None and on < register.last_on:
        raise DateOutOfOrder(on, register.last, register.last_on)
    with writing(session, register):
        register.last += 1
        register.last_on = on
    _awaiting_entry(session).add((register.id, register.last))
    return register.last


def enter(
    session: Session,
    register: Register,
    number: int,
    line: Line,
    *,
    sha256: str,
    by: str,
    at: datetime,
    document_id: int | None = None,
    entry_kind: EntryKind = EntryKind.ISSUED,
    key: str | None = None,
    key_hash: str | None = None,
) -> RegisterEntry:
    """Write the line of a number just allocated; its bytes must be kept already.

    Raises:
        NumberTaken: the number was not allocated in this transaction.
        AlreadyIssued: the document stands in a book already.
        Conflict: the idempotency key was spent meanwhile; nothing may be written after it.
    """
    if (register.id, number) not in _awaiting_entry(session):
        raise NumberTaken(number, why="không được cấp trong giao dịch này")
    if document_id is not None and (earlier := entry_of(session, document_id)):
        raise AlreadyIssued(document_id, earlier.symbol, earlier.issued_on)
    entry = RegisterEntry(
        register_id=register.id,
        body_id=register.body_id,
        number=number,
        document_id=document_id,
        sha256=sha256,
        entry_kind=entry_kind,
        key=key,
        key_hash=key_hash,
        entered_at=at,
        entered_by=by,
        **asdict(line),
    )
    _write(session, entry)
    _awaiting_entry(session).discard((register.id, number))
    return entry


def enter_legacy(
    session: Session,
    register: Register,
    number: int,
    line: Line,
    *,
    reason: str,
    by: str,
    at: datetime,
    today: date,
    suffix: str = "",
    sha256: str | None = None,
    document_id: int | None = None,
) -> RegisterEntry:
    """Write a line for a number that was given on paper before this book was opened.

    Raises:
        ReasonMissing: `reason` is empty.
        RegisterClosed: the book has been closed.
        NumberTaken: the number is entered already, or not below the book's `first`.
        DateOutsideYear: the date is of another year.
        DateInFuture: the date has not come yet.
    """
    if not reason.strip():
        raise ReasonMissing("ghi số văn bản cũ")
    _check_open(register)
    _check_date(register, on=line.issued_on, today=today)
    if number >= register.first:
        raise NumberTaken(
            number,
            suffix,
            f"do sổ này cấp (sổ cấp từ số {register.first}); chỉ ghi số cũ nhỏ hơn, "
            "hoặc mở sổ từ số tiếp theo của sổ giấy",
        )
    same = select(RegisterEntry.id).where(
        RegisterEntry.register_id == register.id,
        RegisterEntry.number == number,
        RegisterEntry.suffix == suffix,
    )
    if session.scalars(same).first() is not None:
        raise NumberTaken(number, suffix)
    entry = RegisterEntry(
        register_id=register.id,
        body_id=register.body_id,
        number=number,
        suffix=suffix,
        sha256=sha256,
        document_id=document_id,
        entry_kind=EntryKind.LEGACY,
        reason=reason,
        entered_at=at,
        entered_by=by,
        **asdict(line),
    )
    _write(session, entry)
    return entry


def open_register(
    session: Session,
    body: IssuingBody,
    series: str,
    year: int,
    *,
    first: int,
    by: str,
    at: datetime,
) -> Register:
    """Open a book at `first`, the paper book having stood at `first - 1`.

    Raises:
        Conflict: the book has given a number already, or holds an old one at or above `first`.
    """
    register = lock(session, body, series, year)
    highest = session.scalars(
        select(func.max(RegisterEntry.number)).where(RegisterEntry.register_id == register.id)
    ).one()
    if register.last >= register.first or (highest is not None and highest >= first):
        raise Conflict(
            f"Sổ “{series}” năm {year} đã có số {max(register.last, highest or 0)}; "
            f"không mở lại từ số {first} được."
        )
    with writing(session, register):
        register.first = first
        register.last = first - 1
    _note(session, body.id, "register.opened", register.id, by=by, at=at, first=first)
    return register


def close_year(session: Session, register: Register, *, by: str, at: datetime) -> None:
    """Close the book (khóa sổ): no further number, no further old number.

    Raises:
        RegisterClosed: it is closed already.
    """
    session.refresh(register, with_for_update=True)
    _check_open(register)
    with writing(session, register):
        register.closed_at = at
    _note(
        session, register.body_id, "register.closed", register.id, by=by, at=at, last=register.last
    )


def reopen(session: Session, register: Register, *, reason: str, by: str, at: datetime) -> None:
    """Open a closed book again, with a reason.

    Raises:
        ReasonMissing: `reason` is empty.
    """
    if not reason.strip():
        raise ReasonMissing("mở lại sổ")
    session.refresh(register, with_for_update=True)
    with writing(session, register):
        register.closed_at = None
    _note(session, register.body_id, "register.reopened", register.id, by=by, at=at, reason=reason)


def entries(
    session: Session, register: Register, *, page: int = 1, size: int = 50
) -> tuple[tuple[RegisterEntry, ...], int]:
    """Give one page of the book, by number upwards, and how many lines there are in all."""
    return page_of(session, register.id, page=page, size=size)


def count_entries(session: Session) -> int:
    """Count the lines of all books."""
    return session.scalars(select(func.count()).select_from(RegisterEntry)).one()


def gaps(session: Session, register: Register) -> tuple[int, ...]:
    """Name the numbers from `first` to `last` that have no line; empty is well."""
    query = select(RegisterEntry.number).where(
        RegisterEntry.register_id == register.id,
        RegisterEntry.number >= register.first,
        RegisterEntry.suffix == "",
    )
    present = set(session.scalars(query))
    return tuple(n for n in range(register.first, register.last + 1) if n not in present)


def _check_open(register: Register) -> None:
    if register.closed_at is not None:
        raise RegisterClosed(register.series, register.year)


def _check_date(register: Register, *, on: date, today: date) -> None:
    if on.year != register.year:
        raise DateOutsideYear(on, register.year)
    if on > today:
        raise DateInFuture(on, today)


def _write(session: Session, entry: RegisterEntry) -> None:
    session.add(entry)
    try:
        session.flush()
    except IntegrityError as error:
        raise Conflict(
            f"Số {entry.symbol} không ghi được vào sổ: khóa chống lặp hoặc văn bản này vừa được "
            "ghi bởi người khác; xin thử lại."
        ) from error
    _note(
        session,
        entry.body_id,
        "register-entry.entered",
        entry.id,
        by=entry.entered_by,
        at=entry.entered_at,
        register_id=entry.register_id,
        number=entry.number,
        suffix=entry.suffix,
        symbol=entry.symbol,
        issued_on=entry.issued_on,
        entry_kind=entry.entry_kind.value,
        document_id=entry.document_id,
        sha256=entry.sha256,
    )


def _note(
    session: Session,
    body_id: int,
    action: str,
    subject_id: int,
    *,
    by: str,
    at: datetime,
    **detail: object,
) -> None:
    audit.append(
        session,
        body_id,
        at=at,
        actor=by,
        action=action,
        subject_type=action.partition(".")[0],
        subject_id=subject_id,
        detail=detail,
    )


def _awaiting_entry(session: Session) -> set[tuple[int, int]]:
    awaiting: set[tuple[int, int]] = session.info.setdefault("records.awaiting_entry", set())
    return awaiting


@event.listens_for(Session, "before_commit")
def _refuse_number_without_entry(session: Session) -> None:
    if awaiting := session.info.get("records.awaiting_entry"):
        numbers = ", ".join(str(number) for _, number in sorted(awaiting))
        raise Conflict(f"Số {numbers} đã cấp mà chưa ghi vào sổ; không được giữ số trống.")


@event.listens_for(Session, "after_soft_rollback")
def _forget_numbers(session: Session, _previous: SessionTransaction) -> None:
    session.info.pop("records.awaiting_entry", None)
