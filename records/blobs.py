"""The bytes of papers, each kept once under its SHA-256, in the same database as the rest.

One transaction holds a number and its bytes together, and one backup holds them both;
files beside the database would leave orphans and were not faster.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import LargeBinary, event, select
from sqlalchemy.orm import Mapped, Session, UOWTransaction, mapped_column

from records.base import Hash, Model, insert_if_absent
from records.errors import BytesDamaged, DocumentFrozen, NotFound


class Blob(Model):
    """Bytes under their SHA-256; the content is read only when asked for."""

    __tablename__ = "blobs"

    sha256: Mapped[Hash] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int]


def keep(session: Session, content: bytes) -> str:
    """Keep bytes in the database and give their SHA-256; the same bytes are kept once."""
    digest = hashlib.sha256(content).hexdigest()
    if session.scalars(select(Blob.sha256).where(Blob.sha256 == digest)).first() is not None:
        return digest
    values = {"sha256": digest, "content": content, "size": len(content)}
    insert_if_absent(session, Blob, values)
    return digest


def read_bytes(session: Session, sha256: str) -> bytes:
    """Give kept bytes, hashed again so that damaged ones are never handed out.

    Raises:
        NotFound: they are not there.
        BytesDamaged: they are not what was kept.
    """
    content = session.scalars(select(Blob.content).where(Blob.sha256 == sha256)).one_or_none()
    if content is None:
        raise NotFound("nội dung văn bản", sha256)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise BytesDamaged(sha256)
    return content


@event.listens_for(Session, "before_flush")
def _refuse_changes(session: Session, _flush: UOWTransaction, _instances: object) -> None:
    for row in (*session.dirty, *session.deleted):
        if isinstance(row, Blob):
            raise DocumentFrozen("nội dung văn bản", row.sha256)
