"""People, collectives and households that the office keeps across the years.

A nomination stands by itself; linking it to one of these is how the same person is
recognised next year.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, case, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from records.awards import Subject
from records.base import NEVER_REUSES_IDS, Id, Key, Model, PartialDate, SearchKey, choice, fold
from records.errors import NotFound
from records.sealing import SealedKey


class Person(Model):
    """An individual, collective or household, told apart by `subject`."""

    __tablename__ = "people"
    __table_args__ = NEVER_REUSES_IDS

    id: Mapped[Id]
    subject: Mapped[Subject] = mapped_column(choice(Subject))
    name: Mapped[str]
    folded_name: Mapped[SearchKey]
    lowered_name: Mapped[str]
    """The name in lower case with its accents, to put exact finds first."""
    birth: Mapped[PartialDate | None]
    gender: Mapped[Key] = mapped_column(default="")
    """“Nam”, “Nữ” or empty: not known or not asked."""
    identity_number: Mapped[SealedKey | None] = mapped_column(index=True)
    """CCCD; personal data: never in logs, audit entries or lists."""
    residence: Mapped[str] = mapped_column(default="")
    post: Mapped[str] = mapped_column(default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    note: Mapped[str] = mapped_column(default="")
    registered_at: Mapped[datetime]
    registered_by: Mapped[Key]


def register_person(
    session: Session,
    name: str,
    *,
    at: datetime,
    by: str,
    subject: Subject = Subject.INDIVIDUAL,
    birth: PartialDate | None = None,
    gender: str = "",
    identity_number: str | None = None,
    residence: str = "",
    post: str = "",
    unit_id: int | None = None,
    note: str = "",
) -> Person:
    """Write a person into the registry; looking for the same person first is the caller's."""
    person = Person(
        subject=subject,
        name=name,
        folded_name=fold(name),
        lowered_name=_lowered(name),
        birth=birth,
        gender=gender,
        identity_number=identity_number,
        residence=residence,
        post=post,
        unit_id=unit_id,
        note=note,
        registered_at=at,
        registered_by=by,
    )
    session.add(person)
    session.flush()
    return person


def rename(session: Session, person: Person, name: str) -> None:
    """Change the name together with its search keys."""
    person.name = name
    person.folded_name = fold(name)
    person.lowered_name = _lowered(name)
    session.flush()


def get_person(session: Session, person_id: int) -> Person:
    """Look a person up.

    Raises:
        NotFound: there is none.
    """
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound("người, tập thể, hộ gia đình", person_id)
    return person


def find_by_identity(session: Session, identity_number: str) -> Person | None:
    """Find the individual with that number; the first entered, should there be several."""
    query = select(Person).where(Person.identity_number == identity_number)
    return session.scalars(query.order_by(Person.id).limit(1)).first()


def find_people(
    session: Session, text: str, *, subject: Subject | None = None, limit: int = 20
) -> tuple[Person, ...]:
    """Search by a part of the name, with or without accents.

    Names that hold the very letters typed come first, then names that only look alike
    without accents; within each, the alphabet of the search key.
    """
    wanted = fold(text)
    if not wanted:
        return ()
    is_exact = Person.lowered_name.contains(_lowered(text), autoescape=True)
    query = select(Person).where(Person.folded_name.contains(wanted, autoescape=True))
    if subject is not None:
        query = query.where(Person.subject == subject)
    order = (case((is_exact, 0), else_=1), Person.folded_name, Person.id)
    return tuple(session.scalars(query.order_by(*order).limit(limit)))


def _lowered(name: str) -> str:
    return " ".join(name.lower().split())
