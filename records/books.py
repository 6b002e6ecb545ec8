"""The registers as books: one for each body, series and year; its row is the lock.

Numbers are taken and lines written through `records.registers`.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Select, UniqueConstraint, event, select
from sqlalchemy.orm import Mapped, Session, UOWTransaction, mapped_column

from records.base import (
    NEVER_REUSES_IDS,
    Id,
    Key,
    Model,
    changed_columns,
    insert_if_absent,
    is_being_written,
)
from records.bodies import IssuingBody
from records.errors import DocumentFrozen


class Register(Model):
    """One book: the numbers of one series of one body in one year."""

    __tablename__ = "registers"

    id: Mapped[Id]
    body_id: Mapped[int] = mapped_column(ForeignKey("issuing_bodies.id"))
    series: Mapped[Key]
    year: Mapped[int]
    first: Mapped[int] = mapped_column(default=1)
    """The first number given here; smaller ones were given on paper."""
    last: Mapped[int] = mapped_column(default=0)
    """The last number given; `first - 1` while there is none."""
    last_on: Mapped[date | None]
    """The date of the last number; `None` while there is none."""
    closed_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("body_id", "series", "year"),
        CheckConstraint("first >= 1", name="first_from_one"),
        CheckConstraint("last >= first - 1", name="last_from_first"),
        CheckConstraint("(last < first) = (last_on IS NULL)", name="date_with_number"),
        CheckConstraint("year BETWEEN 1945 AND 2999", name="year_sensible"),
        NEVER_REUSES_IDS,
    )


def find_register(session: Session, body: IssuingBody, series: str, year: int) -> Register | None:
    """Look a book up without waiting for its writers; `None`: no number was given yet."""
    return session.scalars(_one_book(body, series, year)).one_or_none()


def registers_of(session: Session, body: IssuingBody) -> tuple[Register, ...]:
    """List the books of a body, the latest year first."""
    found = select(Register).where(Register.body_id == body.id)
    return tuple(session.scalars(found.order_by(Register.year.desc(), Register.series)))


def lock(session: Session, body: IssuingBody, series: str, year: int) -> Register:
    """Take the book for the rest of the transaction; the year's first use makes it.

    The year is that of the document's date, never of the clock. Other writers of the same
    book wait until the caller's transaction ends.
    """
    query = (
        _one_book(body, series, year).with_for_update().execution_options(populate_existing=True)
    )
    register = session.scalars(query).one_or_none()
    if register is None:
        values = {"body_id": body.id, "series": series, "year": year, "first": 1, "last": 0}
        insert_if_absent(session, Register, values)
        register = session.scalars(query).one()
    return register


def preview(session: Session, body: IssuingBody, series: str, year: int) -> int:
    """Tell the number that would come next; another writer may take it first."""
    register = find_register(session, body, series, year)
    return 1 if register is None else register.last + 1


def _one_book(body: IssuingBody, series: str, year: int) -> Select[Register]:
    return select(Register).where(
        Register.body_id == body.id, Register.series == series, Register.year == year
    )


@event.listens_for(Session, "before_flush")
def _refuse_changes(session: Session, _flush: UOWTransaction, _instances: object) -> None:
    for row in session.deleted:
        if isinstance(row, Register):
            raise DocumentFrozen("sổ", f"{row.series}/{row.year}")
    for row in session.dirty:
        if isinstance(row, Register) and not is_being_written(session, row):
            changed = changed_columns(row)
            if changed:
                raise DocumentFrozen("sổ", f"{row.series}/{row.year}", changed)
