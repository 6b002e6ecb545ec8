"""Calls of other systems that were answered, so that one sent again gets the same answer.

A number has its own memory in the book (`registers.find_replay`); this is for what takes none.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from records.base import Hash, Id, JsonObject, Key, Model, insert_if_absent
from records.errors import KeyReused


class AnsweredCall(Model):
    """One call: its key, what was asked, and the answer; empty while it is being answered."""

    __tablename__ = "answered_calls"
    __table_args__ = (UniqueConstraint("body_id", "key"),)

    id: Mapped[Id]
    body_id: Mapped[int] = mapped_column(ForeignKey("issuing_bodies.id"))
    key: Mapped[Key]
    request_hash: Mapped[Hash]
    answer: Mapped[JsonObject]
    at: Mapped[datetime]


def begin(
    session: Session, body_id: int, key: str, request_hash: str, *, at: datetime
) -> AnsweredCall:
    """Take a call for the rest of the transaction; a twin waits here until it ends.

    Its `answer` is empty for a new call, else what the first one was answered.

    Raises:
        KeyReused: the key came with another request.
    """
    row = {
        "body_id": body_id,
        "key": key,
        "request_hash": request_hash,
        "answer": {},
        "at": at,
    }
    insert_if_absent(session, AnsweredCall, row)
    query = select(AnsweredCall).where(AnsweredCall.body_id == body_id, AnsweredCall.key == key)
    call = session.scalars(query.with_for_update()).one()
    if call.request_hash != request_hash:
        raise KeyReused(key)
    return call
