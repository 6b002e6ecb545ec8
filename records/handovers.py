"""Đã trao: which awards were put into whose hands, when, with how much money."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from records import audit
from records.base import Key, Model
from records.errors import Conflict
from records.grants import Grant


class Handover(Model):
    """One award handed over; `received_by` is who took it in the awarded one's place."""

    __tablename__ = "handovers"

    grant_id: Mapped[int] = mapped_column(
        ForeignKey("grants.id"), primary_key=True, autoincrement=False
    )
    handed_on: Mapped[date]
    received_by: Mapped[str] = mapped_column(default="")
    prize: Mapped[int] = mapped_column(default=0)
    """In đồng; 0: none was paid."""
    by: Mapped[Key]
    at: Mapped[datetime]

    __table_args__ = (CheckConstraint("prize >= 0", name="prize_not_negative"),)


def hand_over(
    session: Session,
    grant: Grant,
    *,
    handed_on: date,
    prize: int,
    by: str,
    at: datetime,
    received_by: str = "",
) -> Handover:
    """Write down that an award was handed over.

    Raises:
        Conflict: it was handed over already, or before it was decided.
    """
    if session.get(Handover, grant.id) is not None:
        raise Conflict(f"Số {grant.sequence or grant.id} ({grant.name}) đã ghi là đã trao.")
    if handed_on < grant.granted_on:
        raise Conflict(f"Ngày trao phải từ ngày quyết định {grant.granted_on:%d/%m/%Y} trở đi.")
    row = Handover(
        grant_id=grant.id,
        handed_on=handed_on,
        received_by=received_by,
        prize=prize,
        by=by,
        at=at,
    )
    session.add(row)
    session.flush()
    audit.append(
        session,
        grant.body_id,
        at=at,
        actor=by,
        action="grant.handed-over",
        subject_type="grant",
        subject_id=grant.id,
        detail={"handed_on": handed_on.isoformat(), "prize": prize},
    )
    return row


def handovers_of(session: Session, grant_ids: Iterable[int]) -> dict[int, Handover]:
    """Give what was handed over of these awards, by award."""
    query = select(Handover).where(Handover.grant_id.in_(list(grant_ids)))
    return {one.grant_id: one for one in session.scalars(query)}
