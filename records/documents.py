"""The papers themselves: drafts, issued documents, their versions and their bytes.

An issued document never changes. Three guards see to it: `issue` is the one function that
turns a draft into an issued document, a listener refuses changes to issued rows, and
database triggers refuse what comes past both. A mistake is answered as the decree answers
it, by a new document that corrects, replaces or recalls the old one (Nghị định
30/2020/NĐ-CP, Điều 18); the old one's number, date and bytes stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, event, func, select
from sqlalchemy.orm import Mapped, Session, UOWTransaction, mapped_column

from records import audit, registers, versions
from records.base import (
    NEVER_REUSES_IDS,
    Id,
    JsonObject,
    Key,
    Model,
    changed_columns,
    choice,
    is_being_written,
    writing,
)
from records.errors import (
    AlreadyIssued,
    Conflict,
    DocumentFrozen,
    NotFound,
    ReasonMissing,
    StateRefused,
)
from records.registers import RegisterEntry
from records.versions import DocumentVersion, Making, VersionReason

__all__ = [
    "Attachment",
    "Document",
    "DocumentState",
    "DocumentVersion",
    "Making",
    "VersionReason",
    "amend_draft",
    "annexes_of",
    "cancel",
    "check_draft",
    "get_document",
    "issue",
    "issued_version",
    "keep_version",
    "list_documents",
    "make_draft",
]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """An annex paper to be issued with the paper it goes with."""

    document: Document
    making: Making


def make_draft(
    session: Session,
    body_id: int,
    *,
    kind: str,
    paper: JsonObject,
    by: str,
    at: datetime,
    abstract: str = "",
    campaign_id: int | None = None,
    dossier_id: int | None = None,
    signatory_id: int | None = None,
    attached_to_id: int | None = None,
    corrects_id: int | None = None,
    replaces_id: int | None = None,
    recalls_id: int | None = None,
) -> Document:
    """Write a new draft; the links say what it will do to an older one once it is issued.

    Raises:
        NotFound: a linked document is missing.
        StateRefused: a document to be corrected, replaced or recalled is not in force.
    """
    for older_id in (corrects_id, replaces_id, recalls_id):
        if older_id is not None:
            _check_in_force(get_document(session, older_id))
    document = Document(
        body_id=body_id,
        kind=kind,
        paper=paper,
        abstract=abstract,
        campaign_id=campaign_id,
        dossier_id=dossier_id,
        signatory_id=signatory_id,
        attached_to_id=attached_to_id,
        corrects_id=corrects_id,
        replaces_id=replaces_id,
        recalls_id=recalls_id,
        created_at=at,
        created_by=by,
        updated_at=at,
        updated_by=by,
    )
    session.add(document)
    session.flush()
    _note(session, document, "document.drafted", by=by, at=at, kind=kind)
    return document


def amend_draft(
    session: Session,
    document: Document,
    *,
    by: str,
    at: datetime,
    paper: JsonObject | None = None,
    abstract: str | None = None,
    signatory_id: int | None = None,
) -> None:
    """Change a draft; `None` leaves a part as it is.

    Raises:
        AlreadyIssued: it is no draft any more.
    """
    check_draft(document)
    if paper is not None:
        document.paper = paper
    if abstract is not None:
        document.abstract = abstract
    if signatory_id is not None:
        document.signatory_id = signatory_id
    document.updated_at = at
    document.updated_by = by
    session.flush()
    _note(session, document, "document.amended", by=by, at=at)


def keep_version(
    session: Session, document: Document, making: Making, *, by: str, at: datetime
) -> DocumentVersion:
    """Keep one making of a draft, so that what was shown or signed can be shown again.

    Raises:
        AlreadyIssued: it is no draft any more.
    """
    check_draft(document)
    return versions.add(session, document.id, making, by=by, at=at, reason=VersionReason.DRAFT)


def issue(
    session: Session,
    document: Document,
    making: Making,
    *,
    entry: RegisterEntry,
    by: str,
    at: datetime,
    attachments: Sequence[Attachment] = (),
) -> DocumentVersion:
    """Turn a draft into an issued document, for good; gives the version that was issued.

    `entry` is the line of the register just entered for these very bytes; number, symbol
    and date are taken from it. What the draft was to replace or recall changes its state
    in the same transaction.

    Raises:
        AlreadyIssued: it is no draft any more.
        Conflict: `entry` is of another document or of other bytes, or an attachment
            belongs to another paper.
        StateRefused: what it corrects, replaces or recalls is not in force any more.
    """
    session.refresh(document, with_for_update=True)
    check_draft(document)
    version = versions.add(session, document.id, making, by=by, at=at, reason=VersionReason.ISSUE)
    if (entry.document_id, entry.sha256) != (document.id, version.sha256):
        raise Conflict(
            f"Dòng sổ {entry.symbol} không phải của văn bản {document.id}: cần cùng văn bản "
            "và cùng nội dung."
        )
    with writing(session, document):
        document.number = entry.number
        document.symbol = entry.symbol
        _freeze(document, version, entry.issued_on)
    _note_issue(session, document, version)
    for attachment in attachments:
        _issue_annex(session, document, attachment, version)
    _act_on_older(session, document, by=by, at=at)
    return version


def cancel(session: Session, document: Document, *, reason: str, by: str, at: datetime) -> None:
    """Cancel a draft, or an issued document together with its number and its annexes.

    Number, date and bytes of an issued one stay in the register, marked as cancelled.

    Raises:
        ReasonMissing: `reason` is empty.
        StateRefused: it was recalled, replaced or cancelled already.
    """
    if not reason.strip():
        raise ReasonMissing("hủy văn bản")
    session.refresh(document, with_for_update=True)
    able = [DocumentState.DRAFT, DocumentState.ISSUED]
    if document.state not in able:
        raise StateRefused(
            "văn bản",
            document.symbol or document.id,
            document.state.label,
            [state.label for state in able],
            "hủy",
        )
    if entry := registers.entry_of(session, document.id):
        registers.cancel(session, entry, reason=reason, by=by, at=at)
    for annex in annexes_of(session, document):
        if annex.state in able:
            _end(session, annex, DocumentState.CANCELLED, reason=reason, by=by, at=at)
    _end(session, document, DocumentState.CANCELLED, reason=reason, by=by, at=at)


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
    page: int = 1,
    size: int = 50,
) -> tuple[tuple[Document, ...], int]:
    """Give one page of documents, the newest first, and how many there are in all."""
    query = select(Document)
    wanted = {"body_id": body_id, "kind": kind, "state": state, "dossier_id": dossier_id}
    query = query.filter_by(**{name: value for name, value in wanted.items() if value is not None})
    total = session.scalars(select(func.count()).select_from(query.subquery())).one()
    rows = query.order_by(Document.id.desc()).limit(size).offset((page - 1) * size)
    return tuple(session.scalars(rows)), total


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


def _freeze(document: Document, version: DocumentVersion, issued_on: date) -> None:
    document.paper = version.paper
    document.issued_on = issued_on
    document.issued_n = version.n
    document.state = DocumentState.ISSUED
    document.updated_at = version.made_at
    document.updated_by = version.made_by


def _issue_annex(
    session: Session, document: Document, attachment: Attachment, issued: DocumentVersion
) -> None:
    annex = attachment.document
    session.refresh(annex, with_for_update=True)
    check_draft(annex)
    if annex.attached_to_id != document.id or document.issued_on is None:
        raise Conflict(f"Văn bản {annex.id} không kèm theo văn bản {document.id}.")
    version = versions.add(
        session,
        annex.id,
        attachment.making,
        by=issued.made_by,
        at=issued.made_at,
        reason=VersionReason.ISSUE,
    )
    with writing(session, annex):
        _freeze(annex, version, document.issued_on)
    _note_issue(session, annex, version)


def _act_on_older(session: Session, document: Document, *, by: str, at: datetime) -> None:
    """Let the document just issued do to older ones what it was made for."""
    if document.corrects_id is not None:
        _check_in_force(get_document(session, document.corrects_id, lock=True))
    for older_id, state in (
        (document.replaces_id, DocumentState.REPLACED),
        (document.recalls_id, DocumentState.RECALLED),
    ):
        if older_id is not None:
            older = get_document(session, older_id, lock=True)
            _check_in_force(older)
            _end(session, older, state, reason=f"văn bản số {document.symbol}", by=by, at=at)


def _end(
    session: Session,
    document: Document,
    state: DocumentState,
    *,
    reason: str,
    by: str,
    at: datetime,
) -> None:
    with writing(session, document):
        document.state = state
        document.ended_reason = reason
        document.updated_at = at
        document.updated_by = by
    _note(session, document, f"document.{state.value}", by=by, at=at)


def _check_in_force(document: Document) -> None:
    if document.state is not DocumentState.ISSUED:
        raise StateRefused(
            "văn bản",
            document.symbol or document.id,
            document.state.label,
            [DocumentState.ISSUED.label],
            "đính chính, thay thế hoặc thu hồi",
        )


def _note_issue(session: Session, document: Document, version: DocumentVersion) -> None:
    _note(
        session,
        document,
        "document.issued",
        by=version.made_by,
        at=version.made_at,
        n=version.n,
        sha256=version.sha256,
        form_key=version.form_key,
        form_hash=version.form_hash,
        symbol=document.symbol,
        issued_on=document.issued_on,
    )


def _note(
    session: Session, document: Document, action: str, *, by: str, at: datetime, **detail: object
) -> None:
    audit.append(
        session,
        document.body_id,
        at=at,
        actor=by,
        action=action,
        subject_type="document",
        subject_id=document.id,
        detail=detail,
    )


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
