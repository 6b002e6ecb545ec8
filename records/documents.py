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

from sqlalchemy.orm import Session

from records import audit, registers, versions
from records.archive import (
    Document,
    DocumentState,
    annexes_of,
    check_draft,
    check_edition,
    edition_of,
    find_draft_of,
    get_document,
    issued_version,
    list_documents,
)
from records.base import JsonObject, writing
from records.errors import Conflict, ReasonMissing, StateRefused
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
    "check_edition",
    "edition_of",
    "find_draft_of",
    "get_document",
    "issue",
    "issued_version",
    "keep_version",
    "list_documents",
    "make_draft",
]


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
    call_hash: str | None = None,
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
        call_hash=call_hash,
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
        Conflict: it is an issued annex; it stands and falls with the paper it goes with.
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
    if document.attached_to_id is not None and document.state is DocumentState.ISSUED:
        raise Conflict(
            f"Văn bản {document.id} đã ban hành kèm theo văn bản {document.attached_to_id}, không "
            "hủy riêng được; hãy hủy văn bản chính."
        )
    if entry := registers.entry_of(session, document.id):
        registers.cancel(session, entry, reason=reason, by=by, at=at)
    for annex in annexes_of(session, document):
        if annex.state in able:
            _end(session, annex, DocumentState.CANCELLED, reason=reason, by=by, at=at)
    _end(session, document, DocumentState.CANCELLED, reason=reason, by=by, at=at)


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
