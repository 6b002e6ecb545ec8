"""Is this paper ours, and does it still hold: for anybody who holds a copy of it.

The code on a paper is the beginning of the hash of its issued bytes: whoever has no paper cannot
guess it, and it says nothing by itself.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from records.bodies import IssuingBody
from records.documents import Document, DocumentState, DocumentVersion
from records.errors import NotFound
from service.workflow.desk import Desk
from service.workflow.dossier_papers import kind_title

#: Hexadecimal digits of a code: 96 bits.
CODE_LENGTH: Final = 24
_MOST_NAMES: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What anybody may know of an issued paper; names are masked (`mask_name`)."""

    kind: str
    symbol: str
    issued_on: date | None
    issuer: str
    abstract: str
    state: DocumentState
    reason: str
    names: tuple[str, ...]
    sha256: str


def code_of(sha256: str) -> str:
    """Give the code of a paper by the hash of its issued bytes."""
    return sha256[:CODE_LENGTH]


def verify(desk: Desk, code: str) -> Verified:
    """Say what a code stands for.

    Raises:
        NotFound: no issued paper has that code.
    """
    code = code.lower()
    is_code = len(code) == CODE_LENGTH and all(one in "0123456789abcdef" for one in code)
    with desk.reading() as session:
        found = (
            session.execute(
                select(Document, DocumentVersion.sha256)
                .join(DocumentVersion, DocumentVersion.document_id == Document.id)
                .where(
                    DocumentVersion.n == Document.issued_n,
                    DocumentVersion.sha256.startswith(code, autoescape=True),
                )
            ).first()
            if is_code
            else None
        )
        if found is None:
            raise NotFound("văn bản có mã kiểm tra", code)
        document, sha256 = found
        body = session.get_one(IssuingBody, document.body_id)
        return Verified(
            kind=kind_title(document.kind),
            symbol=document.symbol or "",
            issued_on=document.issued_on,
            issuer=body.full_name,
            abstract=document.abstract,
            state=document.state,
            reason=document.ended_reason or "",
            names=_names(document.paper.get("nominees", [])),
            sha256=sha256,
        )


def is_the_same(verified: Verified, content: bytes) -> bool:
    """Tell whether a file is the issued one, byte for byte."""
    return hashlib.sha256(content).hexdigest() == verified.sha256


def mask_name(name: str) -> str:
    """Show family name and initials: “Nguyễn T. Ư.”; a collective's name is shown whole."""
    first, *others = name.split()
    return " ".join([first, *(f"{one[0]}." for one in others)])


def _names(nominees: Sequence[object]) -> tuple[str, ...]:
    shown = []
    for one in nominees[:_MOST_NAMES]:
        if isinstance(one, dict) and str(one.get("name", "")).strip():
            is_person = one.get("subject", "individual") == "individual"
            shown.append(mask_name(str(one["name"])) if is_person else str(one["name"]))
    return tuple(shown)
