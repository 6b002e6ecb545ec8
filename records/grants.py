"""What was awarded, by which decision: the golden book (sổ vàng).

A grant keeps a snapshot of name, post and unit as the decision had them; the person may be
called and employed otherwise today.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from records import audit
from records.awards import Level, Subject
from records.base import (
    NEVER_REUSES_IDS,
    Id,
    Key,
    Model,
    PartialDate,
    SearchKey,
    choice,
    fold,
)


class Grant(Model):
    """One award received."""

    __tablename__ = "grants"

    id: Mapped[Id]
    body_id: Mapped[int] = mapped_column(ForeignKey("issuing_bodies.id"), index=True)
    award_title_id: Mapped[int] = mapped_column(ForeignKey("award_titles.id"))
    level: Mapped[Level] = mapped_column(choice(Level))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    nomination_id: Mapped[int | None] = mapped_column(ForeignKey("nominations.id"), unique=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    """The decision made here; `None`: an older or another body's, named by `decision`."""
    decision: Mapped[str]
    """Number, symbol and day as cited: “Quyết định số 125/QĐ-UBND ngày 10/10/2025”."""
    sequence: Mapped[int | None]
    """The place in the decision's list, which is the number in the golden book."""
    granted_on: Mapped[date]

    subject: Mapped[Subject] = mapped_column(choice(Subject))
    name: Mapped[str]
    folded_name: Mapped[SearchKey]
    birth: Mapped[PartialDate | None]
    post: Mapped[str] = mapped_column(default="")
    unit_name: Mapped[str] = mapped_column(default="")
    deed: Mapped[str] = mapped_column(default="")
    """The sentence for which it was given."""
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[Key]

    __table_args__ = (
        UniqueConstraint("document_id", "sequence"),
        CheckConstraint("sequence >= 1", name="sequence_from_one"),
        CheckConstraint("document_id IS NOT NULL OR decision <> ''", name="decision_named"),
        NEVER_REUSES_IDS,
    )


def record_grant(
    session: Session,
    body_id: int,
    *,
    award_title_id: int,
    level: Level,
    subject: Subject,
    name: str,
    decision: str,
    granted_on: date,
    by: str,
    at: datetime,
    person_id: int | None = None,
    nomination_id: int | None = None,
    document_id: int | None = None,
    sequence: int | None = None,
    birth: PartialDate | None = None,
    post: str = "",
    unit_name: str = "",
    deed: str = "",
) -> Grant:
    """Write an award into the golden book as the decision words it."""
    grant = Grant(
        body_id=body_id,
        award_title_id=award_title_id,
        level=level,
        subject=subject,
        name=name,
        folded_name=fold(name),
        decision=decision,
        granted_on=granted_on,
        person_id=person_id,
        nomination_id=nomination_id,
        document_id=document_id,
        sequence=sequence,
        birth=birth,
        post=post,
        unit_name=unit_name,
        deed=deed,
        recorded_at=at,
        recorded_by=by,
    )
    session.add(grant)
    session.flush()
    audit.append(
        session,
        body_id,
        at=at,
        actor=by,
        action="grant.recorded",
        subject_type="grant",
        subject_id=grant.id,
        detail={"document_id": document_id, "nomination_id": nomination_id},
    )
    return grant


def grants_by(session: Session, document_id: int) -> tuple[Grant, ...]:
    """Give what one decision granted, in the order of its list."""
    query = select(Grant).where(Grant.document_id == document_id)
    return tuple(session.scalars(query.order_by(Grant.sequence, Grant.id)))


def grants_of(
    session: Session, *, person_id: int | None = None, name: str = ""
) -> tuple[Grant, ...]:
    """Give the awards of a person, or of whoever bears that name, the latest first.

    The name is compared without accents, so a reader must still judge whether it is the
    same person. Neither given: nothing.
    """
    same = []
    if person_id is not None:
        same.append(Grant.person_id == person_id)
    if name.strip():
        same.append(Grant.folded_name == fold(name))
    if not same:
        return ()
    query = select(Grant).where(or_(*same))
    return tuple(session.scalars(query.order_by(Grant.granted_on.desc(), Grant.id.desc())))


def list_grants(
    session: Session,
    *,
    body_id: int | None = None,
    year: int | None = None,
    page: int = 1,
    size: int = 50,
) -> tuple[tuple[Grant, ...], int]:
    """Give one page of the golden book, the latest first, and how many there are in all."""
    query = select(Grant)
    if body_id is not None:
        query = query.where(Grant.body_id == body_id)
    if year is not None:
        query = query.where(Grant.granted_on.between(date(year, 1, 1), date(year, 12, 31)))
    total = session.scalars(select(func.count()).select_from(query.subquery())).one()
    order = (Grant.granted_on.desc(), Grant.id.desc())
    return tuple(session.scalars(query.order_by(*order).limit(size).offset((page - 1) * size))), (
        total
    )
