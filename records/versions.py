"""The makings of a document: from which data, form and engine came which bytes.

A version is never changed. The one that was issued can never be deleted either.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, event, func, select
from sqlalchemy.orm import Mapped, Session, UOWTransaction, mapped_column

from records import blobs
from records.base import NEVER_REUSES_IDS, Hash, Id, JsonObject, Key, Model, changed_columns, choice
from records.errors import DocumentFrozen


class VersionReason(StrEnum):
    """Why a version was made."""

    DRAFT = "draft"
    ISSUE = "issue"


class DocumentVersion(Model):
    """One making of a document: from which data, form and engine came which bytes."""

    __tablename__ = "document_versions"

    id: Mapped[Id]
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    n: Mapped[int]
    paper: Mapped[JsonObject]
    form_key: Mapped[Key]
    form_hash: Mapped[Hash]
    engine: Mapped[Key]
    sha256: Mapped[Hash] = mapped_column(ForeignKey("blobs.sha256"), index=True)
    made_at: Mapped[datetime]
    made_by: Mapped[Key]
    reason: Mapped[VersionReason] = mapped_column(choice(VersionReason))

    __table_args__ = (
        UniqueConstraint("document_id", "n"),
        CheckConstraint("n >= 1", name="n_from_one"),
        NEVER_REUSES_IDS,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """What was made, and from what.

    `paper` is the data in the shape of the paper file; `form_hash` the SHA-256 of the
    template; `engine` names the program's version.
    """

    content: bytes
    paper: JsonObject
    form_key: str
    form_hash: str
    engine: str


def add(
    session: Session,
    document_id: int,
    making: Making,
    *,
    by: str,
    at: datetime,
    reason: VersionReason,
) -> DocumentVersion:
    """Keep the next version of a document together with its bytes."""
    last = select(func.max(DocumentVersion.n)).where(DocumentVersion.document_id == document_id)
    version = DocumentVersion(
        document_id=document_id,
        n=(session.scalars(last).one() or 0) + 1,
        paper=making.paper,
        form_key=making.form_key,
        form_hash=making.form_hash,
        engine=making.engine,
        sha256=blobs.keep(session, making.content),
        made_at=at,
        made_by=by,
        reason=reason,
    )
    session.add(version)
    session.flush()
    return version


def versions_of(session: Session, document_id: int) -> tuple[DocumentVersion, ...]:
    """Give all versions of a document, oldest first."""
    found = select(DocumentVersion).where(DocumentVersion.document_id == document_id)
    return tuple(session.scalars(found.order_by(DocumentVersion.n)))


@event.listens_for(Session, "before_flush")
def _refuse_changes(session: Session, _flush: UOWTransaction, _instances: object) -> None:
    for row in session.deleted:
        if isinstance(row, DocumentVersion) and row.reason is VersionReason.ISSUE:
            raise DocumentFrozen("bản ban hành", f"{row.document_id}/{row.n}")
    for row in session.dirty:
        if isinstance(row, DocumentVersion) and (changed := changed_columns(row)):
            raise DocumentFrozen("phiên bản văn bản", f"{row.document_id}/{row.n}", changed)
