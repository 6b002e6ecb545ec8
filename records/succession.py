"""Who stands in whose place: bodies and units that were merged, renamed or abolished."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from records.base import fold
from records.bodies import IssuingBody, Unit


def find_named(session: Session, text: str) -> tuple[tuple[IssuingBody | Unit, str], ...]:
    """Find bodies and units by a part of any name, with the name of who stands there today.

    Whoever is no more leads to the last of its successors; "" where none was declared.
    """
    wanted = fold(text)
    if not wanted:
        return ()
    rows: list[IssuingBody | Unit] = [
        *session.scalars(select(IssuingBody).order_by(IssuingBody.id)),
        *session.scalars(select(Unit).order_by(Unit.id)),
    ]
    return tuple((row, _last_name(session, row)) for row in rows if wanted in fold(_name(row)))


def _last_name(session: Session, row: IssuingBody | Unit) -> str:
    seen = {row.id}
    last = row
    while (after := last.successor_id) is not None and after not in seen:
        is_body = isinstance(row, IssuingBody)
        last = session.get_one(IssuingBody, after) if is_body else session.get_one(Unit, after)
        seen.add(after)
    return "" if last is row else _name(last)


def _name(row: IssuingBody | Unit) -> str:
    return row.full_name if isinstance(row, IssuingBody) else row.name
