"""Reads everything that is kept against everything else, as an inspector would.

Nothing is changed. What does not agree is named with its place, one sentence each. Rows are
read as plain columns, since there may be hundreds of thousands.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from records import audit
from records.archive import Document, DocumentState
from records.audit import AuditEntry, AuditHead
from records.blobs import Blob
from records.bodies import IssuingBody
from records.books import Register
from records.entries import EntryKind, EntryState, RegisterEntry
from records.versions import DocumentVersion, VersionReason

_AT_ONCE = 1_000
_ENTERED = "register-entry.entered"
_CANCELLED = "register-entry.cancelled"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not agree: a code, where, and a Vietnamese sentence."""

    code: str
    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass(slots=True)
class Inspection:
    """What was looked at and what was found; `size` counts the bytes of papers that were
    hashed again."""

    books: int = 0
    entries: int = 0
    documents: int = 0
    audit_entries: int = 0
    blobs: int = 0
    size: int = 0
    problems: list[Problem] = field(default_factory=list)


def inspect(session: Session, *, is_deep: bool = True) -> Inspection:
    """Read books, documents, bytes and audit chains; `is_deep` hashes all bytes again.

    Source of the rules: Nghị định 30/2020/NĐ-CP, Điều 15 (numbers in order, none twice).
    """
    found = Inspection()
    entries = _read_entries(session)
    found.entries = len(entries)
    found.problems += _books(session, entries, found)
    found.problems += _papers(session, entries, found)
    found.problems += _bytes(session, entries, found, is_deep=is_deep)
    found.problems += _chains(session, entries, found)
    return found


def _read_entries(session: Session) -> dict[int, Any]:
    """Read the lines of all books by id."""
    columns = (
        RegisterEntry.id,
        RegisterEntry.register_id,
        RegisterEntry.body_id,
        RegisterEntry.number,
        RegisterEntry.suffix,
        RegisterEntry.symbol,
        RegisterEntry.issued_on,
        RegisterEntry.document_id,
        RegisterEntry.sha256,
        RegisterEntry.entry_kind,
        RegisterEntry.state,
    )
    query = select(*columns).order_by(RegisterEntry.register_id, RegisterEntry.number)
    return {row.id: row for row in session.execute(query)}


def _books(session: Session, entries: dict[int, Any], found: Inspection) -> Iterator[Problem]:
    """Numbers of a book stand one after the other, and their days never go back."""
    of_book: dict[int, list[Any]] = {}
    for entry in entries.values():
        of_book.setdefault(entry.register_id, []).append(entry)
    query = select(
        Register.id, Register.series, Register.year, Register.first, Register.last, Register.last_on
    )
    for book in session.execute(query):
        found.books += 1
        place = f"Sổ “{book.series}” năm {book.year}"
        given = [
            entry
            for entry in of_book.pop(book.id, [])
            if entry.entry_kind is not EntryKind.LEGACY and not entry.suffix
        ]
        yield from _numbers(place, book, {entry.number for entry in given})
        latest: date | None = None
        for entry in given:
            if entry.issued_on.year != book.year:
                yield Problem(
                    "year-differs",
                    place,
                    f"số {entry.symbol} ghi ngày {entry.issued_on:%d/%m/%Y}, khác năm của sổ.",
                )
            if latest is not None and entry.issued_on < latest:
                yield Problem(
                    "date-goes-back",
                    place,
                    f"số {entry.symbol} ghi ngày {entry.issued_on:%d/%m/%Y}, trước ngày của số "
                    "liền trước.",
                )
            latest = entry.issued_on
        if latest is not None and book.last_on != latest:
            yield Problem("last-day", place, "ngày cuối ghi ở sổ không phải ngày của số cuối.")
    for register_id in of_book:
        yield Problem("book-missing", f"Sổ thứ {register_id}", "có dòng mà không có sổ.")


def _numbers(place: str, book: Any, present: set[int]) -> Iterator[Problem]:
    missing = [n for n in range(book.first, book.last + 1) if n not in present]
    if missing:
        told = ", ".join(map(str, missing[:10])) + (" …" if len(missing) > 10 else "")
        yield Problem("gap", place, f"thiếu {len(missing)} số: {told}.")
    beyond = sorted(n for n in present if not book.first <= n <= book.last)
    if beyond:
        told = ", ".join(map(str, beyond[:10]))
        yield Problem(
            "beyond", place, f"có số ngoài dãy đã cấp ({book.first}–{book.last}): {told}."
        )


def _papers(session: Session, entries: dict[int, Any], found: Inspection) -> Iterator[Problem]:
    """Every number has its document, every issued document its number, and both agree."""
    query = select(
        Document.id,
        Document.state,
        Document.number,
        Document.symbol,
        Document.issued_on,
        Document.attached_to_id,
        Document.issued_n,
        DocumentVersion.sha256,
    ).outerjoin(
        DocumentVersion,
        (DocumentVersion.document_id == Document.id) & (DocumentVersion.n == Document.issued_n),
    )
    documents = {row.id: row for row in session.execute(query)}
    found.documents = len(documents)
    numbered = set()
    for entry in entries.values():
        if entry.document_id is None:
            if entry.entry_kind is EntryKind.ISSUED:
                yield Problem("document-missing", f"Số {entry.symbol}", "không có văn bản.")
            continue
        numbered.add(entry.document_id)
        document = documents.get(entry.document_id)
        if document is None:
            yield Problem("document-missing", f"Số {entry.symbol}", "không có văn bản.")
            continue
        place = f"Văn bản {document.id}"
        told = (document.number, document.symbol, document.issued_on, document.sha256)
        wanted = (entry.number, entry.symbol, entry.issued_on, entry.sha256)
        if told != wanted:
            yield Problem(
                "register-differs",
                place,
                f"số, ngày hoặc nội dung khác với dòng {entry.symbol} trong sổ.",
            )
    for document in documents.values():
        is_issued = document.state not in (DocumentState.DRAFT, DocumentState.CANCELLED)
        if is_issued and document.attached_to_id is None and document.id not in numbered:
            yield Problem(
                "number-missing", f"Văn bản {document.id}", "đã ban hành mà không có số trong sổ."
            )


def _bytes(
    session: Session, entries: dict[int, Any], found: Inspection, *, is_deep: bool
) -> Iterator[Problem]:
    """The bytes of every paper are there and are what was kept."""
    known = set(session.scalars(select(Blob.sha256)))
    versions = session.execute(
        select(
            DocumentVersion.document_id,
            DocumentVersion.sha256,
            DocumentVersion.form_hash,
            DocumentVersion.reason,
        )
    )
    for row in versions:
        # The template is kept from the issue on: a draft is made with the one of the day.
        kept = {row.sha256}
        if row.reason is VersionReason.ISSUE:
            kept.add(row.form_hash)
        for digest in kept - known:
            yield Problem(
                "bytes-missing", f"Văn bản {row.document_id}", f"thiếu nội dung {digest[:16]}…."
            )
    for entry in entries.values():
        if entry.sha256 and entry.sha256 not in known:
            yield Problem("bytes-missing", f"Số {entry.symbol}", "thiếu nội dung đã lưu.")
    found.blobs = len(known)
    if is_deep:
        yield from _hashes(session, found)


def _hashes(session: Session, found: Inspection) -> Iterator[Problem]:
    symbols = dict(
        session.execute(
            select(RegisterEntry.sha256, RegisterEntry.symbol).where(
                RegisterEntry.sha256.is_not(None)
            )
        ).all()
    )
    query = select(Blob.sha256, Blob.content, Blob.size).execution_options(yield_per=50)
    for row in session.execute(query):
        found.size += len(row.content)
        if hashlib.sha256(row.content).hexdigest() == row.sha256 and len(row.content) == row.size:
            continue
        symbol = symbols.get(row.sha256)
        place = f"Số {symbol}" if symbol else f"Nội dung {row.sha256[:16]}…"
        yield Problem("bytes-damaged", place, "nội dung đã lưu không còn đúng như khi lưu.")


def _chains(session: Session, entries: dict[int, Any], found: Inspection) -> Iterator[Problem]:
    """The audit chains are whole, and replayed they give the books."""
    entered: dict[int, dict[str, Any]] = {}
    cancelled: set[int] = set()
    bodies = {audit.THE_HOUSE, *session.scalars(select(IssuingBody.id))}
    bodies |= set(session.scalars(select(AuditHead.body_id)))
    for body_id in sorted(bodies):
        for message in audit.verify_chain(session, body_id):
            yield Problem("chain-broken", _name_of(session, body_id), message)
    found.audit_entries = session.scalars(select(func.count()).select_from(AuditEntry)).one()
    query = select(AuditEntry.action, AuditEntry.subject_id, AuditEntry.detail).where(
        AuditEntry.action.in_([_ENTERED, _CANCELLED])
    )
    for row in session.execute(query.execution_options(yield_per=_AT_ONCE)):
        if row.action == _ENTERED:
            entered[int(row.subject_id)] = row.detail
        else:
            cancelled.add(int(row.subject_id))
    for entry in entries.values():
        yield from _replayed(entry, entered.pop(entry.id, None), is_cancelled=entry.id in cancelled)
    for detail in entered.values():
        yield Problem(
            "entry-missing",
            f"Số {detail.get('symbol', '')}",
            "có trong nhật ký mà không còn trong sổ.",
        )


def _replayed(
    entry: Any, detail: dict[str, Any] | None, *, is_cancelled: bool
) -> Iterator[Problem]:
    place = f"Số {entry.symbol}"
    if detail is None:
        yield Problem("not-in-log", place, "có trong sổ mà nhật ký không ghi lần cấp số.")
        return
    told = {
        "number": entry.number,
        "suffix": entry.suffix,
        "symbol": entry.symbol,
        "issued_on": entry.issued_on.isoformat(),
        "document_id": entry.document_id,
        "sha256": entry.sha256,
        "entry_kind": entry.entry_kind.value,
    }
    differing = [name for name, value in told.items() if detail.get(name) != value]
    if differing:
        yield Problem("log-differs", place, f"sổ khác nhật ký ở: {', '.join(differing)}.")
    if (entry.state is EntryState.CANCELLED) != is_cancelled:
        yield Problem("cancel-differs", place, "việc hủy số trong sổ và trong nhật ký không khớp.")


def _name_of(session: Session, body_id: int) -> str:
    if body_id == audit.THE_HOUSE:
        return "Nhật ký chung"
    body = session.get(IssuingBody, body_id)
    return f"Nhật ký của {body.full_name}" if body else f"Nhật ký {body_id}"
