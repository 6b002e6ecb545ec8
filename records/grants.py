"""What was awarded, by which decision: the golden book (sổ vàng).

A grant keeps a snapshot of name, post and unit as the decision had them; the person may be
called and employed otherwise today. What was awarded before the office kept its papers here,
or by another body, is entered by hand with the reason, and struck out when it was wrong.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Final

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
from records.errors import Conflict, NotFound, ReasonMissing

_CHUNK: Final = 500


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
    reason: Mapped[str] = mapped_column(default="")
    """Why it was entered without a list decided here; "" for what a decision here entered."""
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[Key]
    struck_at: Mapped[datetime | None]
    """When a wrong entry was struck out; it stays legible and counts no more."""
    struck_by: Mapped[Key] = mapped_column(default="")
    struck_reason: Mapped[str] = mapped_column(default="")

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
    reason: str = "",
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
        reason=reason,
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


def strike(session: Session, grant: Grant, *, reason: str, by: str, at: datetime) -> None:
    """Strike out an award that was entered by hand and is wrong; the line stays legible.

    Raises:
        ReasonMissing: nobody says why.
        Conflict: a decision made here awarded it, or it is struck out already.
    """
    if not reason.strip():
        raise ReasonMissing("gạch một dòng của sổ vàng")
    if not grant.reason:
        raise Conflict(
            f"Dòng {grant.id} của sổ vàng do quyết định ban hành ở đây ghi vào; muốn bỏ thì "
            "thu hồi hoặc hủy bỏ quyết định đó."
        )
    if grant.struck_at is not None:
        raise Conflict(f"Dòng {grant.id} của sổ vàng đã được gạch.")
    grant.struck_at, grant.struck_by, grant.struck_reason = at, by, reason
    session.flush()
    audit.append(
        session,
        grant.body_id,
        at=at,
        actor=by,
        action="grant.struck",
        subject_type="grant",
        subject_id=grant.id,
        detail={},
    )


def get_grant(session: Session, grant_id: int) -> Grant:
    """Look a line of the golden book up.

    Raises:
        NotFound: there is none.
    """
    grant = session.get(Grant, grant_id)
    if grant is None:
        raise NotFound("dòng sổ vàng", grant_id)
    return grant


def entered_alike(session: Session, body_id: int, names: Collection[str]) -> tuple[Grant, ...]:
    """Give the awards in a body's book that bear one of these folded names; struck ones not."""
    listed = sorted(set(names))
    found: list[Grant] = []
    for start in range(0, len(listed), _CHUNK):
        query = select(Grant).where(
            Grant.body_id == body_id,
            Grant.folded_name.in_(listed[start : start + _CHUNK]),
            Grant.struck_at.is_(None),
        )
        found += session.scalars(query)
    return tuple(found)


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
    body_ids: Collection[int] | None = None,
    year: int | None = None,
    name: str = "",
    page: int = 1,
    size: int = 50,
) -> tuple[tuple[Grant, ...], int]:
    """Give one page of the golden book, the latest first, and how many there are in all.

    `body_ids` are the bodies whose awards are shown, None: all; `name` is a part of the name,
    with or without accents. Lines struck out are among them.
    """
    query = select(Grant)
    if body_ids is not None:
        query = query.where(Grant.body_id.in_(list(body_ids)))
    if fold(name):
        query = query.where(Grant.folded_name.contains(fold(name), autoescape=True))
    if year is not None:
        query = query.where(Grant.granted_on.between(date(year, 1, 1), date(year, 12, 31)))
    total = session.scalars(select(func.count()).select_from(query.subquery())).one()
    order = (Grant.granted_on.desc(), Grant.decision, Grant.sequence, Grant.id.desc())
    return tuple(session.scalars(query.order_by(*order).limit(size).offset((page - 1) * size))), (
        total
    )
