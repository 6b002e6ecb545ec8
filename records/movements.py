"""Phong trào thi đua: names in versions, who leads, from which day, by which paper.

A movement keeps its key through every change of name, so that what was counted for it last
year is found under its name of today.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from records.base import Id, Key, Model, fold
from records.bodies import IssuingBody
from records.errors import Conflict, NotFound, written_date


class MovementName(Model):
    """What a movement is called from one day on."""

    __tablename__ = "movement_names"

    id: Mapped[Id]
    body_id: Mapped[int] = mapped_column(ForeignKey("issuing_bodies.id"), index=True)
    key: Mapped[Key]
    name: Mapped[str]
    lead: Mapped[str] = mapped_column(default="")
    """The agency that leads it (cơ quan chủ trì)."""
    is_broad: Mapped[bool] = mapped_column(default=False)
    """With many kinds of participants: another ceiling holds (Q-10)."""
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    """The last day; `None`: the name of today."""
    source: Mapped[str] = mapped_column(default="")
    """The paper that gave the name: “Công văn số 1801/UBND-NC, mục 5”."""

    __table_args__ = (
        UniqueConstraint("body_id", "key", "valid_from"),
        CheckConstraint("valid_from <= valid_to", name="valid_in_order"),
    )


def name_movement(
    session: Session,
    body: IssuingBody,
    key: str,
    *,
    name: str,
    valid_from: date,
    lead: str = "",
    is_broad: bool = False,
    source: str = "",
) -> MovementName:
    """Begin a movement, or give it a new name from a day on: the former one ends the day before.

    Raises:
        Conflict: the day is not after the first day of the name that holds now.
    """
    before = history_of(session, body, key)
    if before:
        if valid_from <= before[-1].valid_from:
            since = written_date(before[-1].valid_from)
            raise Conflict(
                f"Phong trào “{before[-1].name}” có tên ấy từ {since}; tên mới phải từ sau ngày đó."
            )
        before[-1].valid_to = date.fromordinal(valid_from.toordinal() - 1)
    row = MovementName(
        body_id=body.id,
        key=key,
        name=name,
        lead=lead or (before[-1].lead if before else ""),
        is_broad=is_broad,
        valid_from=valid_from,
        source=source,
    )
    session.add(row)
    session.flush()
    return row


def history_of(session: Session, body: IssuingBody, key: str) -> tuple[MovementName, ...]:
    """Give all names of a movement, the oldest first."""
    query = select(MovementName).where(MovementName.body_id == body.id, MovementName.key == key)
    return tuple(session.scalars(query.order_by(MovementName.valid_from)))


def movement_on(session: Session, body: IssuingBody, text: str, day: date) -> MovementName:
    """Find a movement by its key or by any name it ever had, as it is called on a day.

    Raises:
        NotFound: there is none, or it had not begun.
    """
    query = select(MovementName).where(MovementName.body_id == body.id)
    names = tuple(session.scalars(query.order_by(MovementName.valid_from)))
    keys = {one.key for one in names if text == one.key or fold(text) == fold(one.name)}
    for one in names:
        holds = one.valid_from <= day and (one.valid_to is None or day <= one.valid_to)
        if one.key in keys and holds:
            return one
    raise NotFound(f"phong trào thi đua ngày {written_date(day)}", text)


def movements_on(session: Session, body: IssuingBody, day: date) -> tuple[MovementName, ...]:
    """List the movements of a body as they are called on a day."""
    query = select(MovementName).where(MovementName.body_id == body.id)
    return tuple(
        one
        for one in session.scalars(query.order_by(MovementName.name))
        if one.valid_from <= day and (one.valid_to is None or day <= one.valid_to)
    )
