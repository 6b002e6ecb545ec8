"""Sealing what was kept before there was a key, and changing the key."""

from typing import Final

from sqlalchemy import String, select, type_coerce, update

from records.nominations import Nomination
from records.people import Person
from records.sealing import Seal, is_sealed
from service.workflow.desk import Desk

_COLUMNS: Final = (Nomination.identity_number, Person.identity_number)


def seal_numbers(desk: Desk, *, old: Seal | None = None) -> int:
    """Seal every identity number with the key of the desk's database: all of them or none.

    `old` opens what another key sealed before; without it such a number is refused. Gives how
    many were sealed anew.

    Raises:
        SealRefused: a number was sealed with a key that is not given.
    """
    sealed = 0
    with desk.transaction() as session:
        for column in _COLUMNS:
            table = column.class_
            kept = select(table.id, type_coerce(column, String)).where(column.is_not(None))
            for key, text in session.execute(kept).all():
                if is_sealed(text) and old is None:
                    continue
                number = old.open(text) if old is not None else text
                session.execute(update(table).where(table.id == key).values(identity_number=number))
                sealed += 1
    return sealed
