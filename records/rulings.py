"""Trùng hay không trùng: what a clerk decided about two records, and why.

The scores of `records.rules.duplicates` only point at what to look at. A ruling stands above
them; a later one about the same two stands above an earlier one, and none is ever deleted.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from records import audit
from records.base import Id, Key, Model
from records.errors import ReasonMissing


class DuplicateRuling(Model):
    """One decision about a nomination and another record."""

    __tablename__ = "duplicate_rulings"

    id: Mapped[Id]
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nominations.id"), index=True)
    against: Mapped[Key]
    """The other record: “grant:12”, “nomination:7” (`grant_key`, `nomination_key`)."""
    is_duplicate: Mapped[bool]
    reason: Mapped[str]
    by: Mapped[Key]
    at: Mapped[datetime]

    __table_args__ = (CheckConstraint("reason <> ''", name="reason_given"),)


def grant_key(grant_id: int) -> str:
    """Name an award of the golden book."""
    return f"grant:{grant_id}"


def nomination_key(nomination_id: int) -> str:
    """Name another nomination."""
    return f"nomination:{nomination_id}"


def rule(
    session: Session,
    nomination_id: int,
    against: str,
    *,
    body_id: int,
    is_duplicate: bool,
    reason: str,
    by: str,
    at: datetime,
) -> DuplicateRuling:
    """Keep a decision; that the other record is there is the caller's to see.

    Raises:
        ReasonMissing: it says no reason.
    """
    if not reason.strip():
        raise ReasonMissing("kết luận trùng hay không trùng")
    ruling = DuplicateRuling(
        nomination_id=nomination_id,
        against=against,
        is_duplicate=is_duplicate,
        reason=reason,
        by=by,
        at=at,
    )
    session.add(ruling)
    session.flush()
    audit.append(
        session,
        body_id,
        at=at,
        actor=by,
        action="nomination.ruled",
        subject_type="nomination",
        subject_id=nomination_id,
        detail={"against": against, "is_duplicate": is_duplicate},
    )
    return ruling


def rulings_on(
    session: Session, nomination_ids: Iterable[int]
) -> dict[int, dict[str, DuplicateRuling]]:
    """Give the decisions that stand, by nomination and by the other record."""
    ids = list(nomination_ids)
    standing: dict[int, dict[str, DuplicateRuling]] = {one: {} for one in ids}
    for start in range(0, len(ids), 500):
        query = select(DuplicateRuling).where(
            DuplicateRuling.nomination_id.in_(ids[start : start + 500])
        )
        for ruling in session.scalars(query.order_by(DuplicateRuling.id)):
            standing[ruling.nomination_id][ruling.against] = ruling
    return standing
