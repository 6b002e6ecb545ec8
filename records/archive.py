"""The documents as they lie in the archive, and how to find them.

They are written through `records.documents`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, event, func, select
from sqlalchemy.orm import Mapped, Session, UOWTransaction, mapped_column

from records.base import (
    NEVER_REUSES_IDS,
    Hash,
    Id,
    JsonObject,
    Key,
    Model,
    changed_columns,
    choice,
    is_being_written,
)
from records.errors import AlreadyIssued, DocumentFrozen, EditionDiffers, NotFound, StateRefused
from records.versions import DocumentVersion


class DocumentState(StrEnum):
    """The life of a document; only a draft may change."""

    DRAFT = "draft"
    ISSUED = "issued"
    RECALLED = "recalled"
    REPLACED = "replaced"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The Vietnamese words for people."""
        return _STATE_LABELS[self]


_STATE_LABELS = {
    DocumentState.DRAFT: "Dự thảo",
    DocumentState.ISSUED: "Đã ban hành",
    DocumentState.RECALLED: "Đã thu hồi",
    DocumentState.REPLACED: "Đã được thay thế",
    DocumentState.CANCELLED: "Đã hủy",
}


class Document(Model):
    """One official paper.

    An annex paper (a Bản trích ngang with its Tờ trình) has `attached_to_id` and no number
    of its own; it is issued together with the paper it goes with.
    """

    __tablename__ = "documents"

    id: Mapped[Id]
    body_id: Mapped[int] = mapped_column(ForeignKey("issuing_bodies.id"), index=True)
    kind: Mapped[Key]
    state: Mapped[DocumentState] = mapped_column(
        choice(DocumentState), default=DocumentState.DRAFT, index=True
    )
    abstract: Mapped[str] = mapped_column(default="")
    paper: Mapped[JsonObject]
    """What the paper is made from, in the shape of the paper file; assign, never mutate."""
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaigns.id"))
    dossier_id: Mapped[int | None] = mapped_column(ForeignKey("dossiers.id"), index=True)
    signatory_id: Mapped[int | None] = mapped_column(ForeignKey("signatories.id"))
    attached_to_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"), index=True)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    recalls_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    number: Mapped[int | None]
    symbol: Mapped[str | None]
    issued_on: Mapped[date | None]
    issued_n: Mapped[int | None]
    """Which version was issued."""
    call_hash: Mapped[Hash | None] = mapped_column(index=True)
    """Which call of another system made it, so that the same call, sent again, goes on with it."""
    created_at: Mapped[datetime]
    created_by: Mapped[Key]
    updated_at: Mapped[datetime]
    updated_by: Mapped[Key]
    ended_reason: Mapped[str | None]
    """Why it was recalled, replaced or cancelled."""

    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'cancelled') OR (issued_n IS NOT NULL AND issued_on IS NOT NULL)",
            name="issued_with_version",
        ),
        CheckConstraint("state <> 'draft' OR issued_n IS NULL", name="draft_not_issued"),
        CheckConstraint("(number IS NULL) = (symbol IS NULL)", name="number_with_symbol"),
        CheckConstraint("attached_to_id IS NULL OR number IS NULL", name="annex_without_number"),
        NEVER_REUSES_IDS,
    )


SET_BY_ISSUE = frozenset({"state", "number", "symbol", "issued_on", "issued_n", "ended_reason"})
"""What no hand but those of `issue` and `cancel` may set, also on a draft."""


def get_document(session: Session, document_id: int, *, lock: bool = False) -> Document:
    """Look a document up; with `lock` nobody else changes it until the transaction ends.

    Raises:
        NotFound: there is none.
    """
    query = select(Document).where(Document.id == document_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    document = session.scalars(query).one_or_none()
    if document is None:
        raise NotFound("văn bản", document_id)
    return document


def edition_of(document: Document) -> str:
    """Name what a document is now: the same as long as nothing of it changes, else another."""
    told = [
        document.id,
        document.state.value,
        document.abstract,
        document.paper,
        document.attached_to_id,
        document.symbol,
        str(document.issued_on),
        document.issued_n,
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:40]


def check_edition(document: Document, seen: Collection[str] | None) -> None:
    """See to it that a document is one of the editions that were seen; `None`: any will do.

    Raises:
        EditionDiffers: it was changed since.
    """
    found = edition_of(document)
    if seen is not None and found not in seen:
        raise EditionDiffers(document.id, found)


def check_draft(document: Document) -> None:
    """See to it that the document is a draft.

    Raises:
        AlreadyIssued: it was issued.
        StateRefused: it was cancelled before it was issued.
    """
    if document.state is DocumentState.DRAFT:
        return
    if document.issued_n is None:
        raise StateRefused(
            "văn bản",
            document.id,
            document.state.label,
            [DocumentState.DRAFT.label],
            "sửa hoặc ban hành",
        )
    raise AlreadyIssued(document.id, document.symbol, document.issued_on)


def list_documents(
    session: Session,
    *,
    body_id: int | None = None,
    kind: str | None = None,
    state: DocumentState | None = None,
    dossier_id: int | None = None,
    body_ids: Collection[int] | None = None,
    before: int | None = None,
    page: int = 1,
    size: int = 50,
) -> tuple[tuple[Document, ...], int]:
    """Give one page of documents, the newest first, and how many there are in all.

    `body_ids` are the bodies whose documents are given, None: all; `before` is the id of the
    last document of the page before, for who goes through all of them.
    """
    query = select(Document)
    if body_ids is not None:
        query = query.where(Document.body_id.in_(list(body_ids)))
    if before is not None:
        query = query.where(Document.id < before)
    wanted = {"body_id": body_id, "kind": kind, "state": state, "dossier_id": dossier_id}
    query = query.filter_by(**{name: value for name, value in wanted.items() if value is not None})
    total = session.scalars(select(func.count()).select_from(query.subquery())).one()
    rows = query.order_by(Document.id.desc()).limit(size).offset((page - 1) * size)
    return tuple(session.scalars(rows)), total


def find_draft_of(session: Session, body_id: int, call_hash: str) -> int | None:
    """Find the draft that a call has made; `None`: there is none, or it is no draft any more."""
    query = select(Document.id).where(
        Document.call_hash == call_hash,
        Document.body_id == body_id,
        Document.state == DocumentState.DRAFT,
    )
    return session.scalars(query.order_by(Document.id).limit(1)).first()


def annexes_of(session: Session, document: Document) -> tuple[Document, ...]:
    """Give the annex papers of a document in the order of their making."""
    found = select(Document).where(Document.attached_to_id == document.id)
    return tuple(session.scalars(found.order_by(Document.id)))


def issued_version(session: Session, document: Document) -> DocumentVersion:
    """Give the version that was issued.

    Raises:
        NotFound: the document has not been issued.
    """
    query = select(DocumentVersion).where(
        DocumentVersion.document_id == document.id, DocumentVersion.n == document.issued_n
    )
    version = session.scalars(query).one_or_none()
    if version is None:
        raise NotFound("bản ban hành của văn bản", document.id)
    return version


@event.listens_for(Session, "before_flush")
def _refuse_changes(session: Session, _flush: UOWTransaction, _instances: object) -> None:
    for row in session.deleted:
        if isinstance(row, Document) and row.state is not DocumentState.DRAFT:
            raise DocumentFrozen("văn bản", row.symbol or row.id)
    for row in session.dirty:
        if isinstance(row, Document) and not is_being_written(session, row):
            changed = changed_columns(row)
            was = changed.get("state", row.state)
            if was is not DocumentState.DRAFT and changed:
                raise DocumentFrozen("văn bản", row.symbol or row.id, changed)
            if frozen := changed.keys() & SET_BY_ISSUE:
                raise DocumentFrozen("văn bản", row.id, frozen)
