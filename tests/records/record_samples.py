"""Plain functions that write what a test needs; every argument has a sensible default."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from records import blobs, documents, registers
from records.bodies import IssuingBody
from records.documents import Document, DocumentVersion, Making
from records.registers import Line, RegisterEntry

NOW = datetime(2025, 10, 10, 3, 0, tzinfo=UTC)
TODAY = date(2025, 10, 10)


def make_body(session: Session, key: str = "hai-ba-trung", **fields: object) -> IssuingBody:
    values: dict[str, object] = {
        "key": key,
        "full_name": "Ủy ban nhân dân phường Hai Bà Trưng",
        "name_lines": ["ỦY BAN NHÂN DÂN", "PHƯỜNG HAI BÀ TRƯNG"],
        "code": "UBND",
        "place": "Phường Hai Bà Trưng",
        "name_kind": "person",
        "archive_line": "VT, VHXH",
    }
    body = IssuingBody(**(values | fields))
    session.add(body)
    session.flush()
    return body


def make_line(number: int = 1, *, on: date = TODAY, kind: str = "submission") -> Line:
    return Line(
        kind=kind,
        symbol=f"{number:02d}/TTr-UBND",
        issued_on=on,
        abstract="Về việc đề nghị tặng danh hiệu “Người tốt, việc tốt”",
        signer="Nguyễn Thuỵ Ưu",
    )


def make_making(content: bytes = b"docx", **paper: object) -> Making:
    return Making(
        content=content,
        paper={"kind": "submission", "abstract": "đề nghị"} | paper,
        form_key="submission",
        form_hash=hashlib.sha256(b"form").hexdigest(),
        engine="0.1.0",
    )


def make_draft(session: Session, body: IssuingBody, **fields: object) -> Document:
    values: dict[str, object] = {
        "kind": "submission",
        "paper": {"kind": "submission"},
        "by": "thanh",
        "at": NOW,
    }
    return documents.make_draft(session, body.id, **(values | fields))  # type: ignore[arg-type]


def take_number(
    session: Session,
    body: IssuingBody,
    *,
    on: date = TODAY,
    today: date | None = None,
    content: bytes | None = None,
    document_id: int | None = None,
    key: str | None = None,
    key_hash: str | None = None,
) -> RegisterEntry:
    register = registers.lock(session, body, "chung", on.year)
    number = registers.allocate(session, register, on=on, today=today or max(on, TODAY))
    sha256 = blobs.keep(session, content or f"{body.id}/{register.year}/{number}".encode())
    return registers.enter(
        session,
        register,
        number,
        make_line(number, on=on),
        sha256=sha256,
        document_id=document_id,
        key=key,
        key_hash=key_hash,
        by="thanh",
        at=NOW,
    )


def issue(
    session: Session,
    document: Document,
    *,
    content: bytes = b"docx",
    on: date = TODAY,
    attachments: tuple[documents.Attachment, ...] = (),
) -> DocumentVersion:
    body = session.get_one(IssuingBody, document.body_id)
    entry = take_number(session, body, on=on, content=content, document_id=document.id)
    return documents.issue(
        session,
        document,
        make_making(content),
        entry=entry,
        by="thanh",
        at=NOW,
        attachments=attachments,
    )
