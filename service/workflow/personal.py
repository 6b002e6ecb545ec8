"""What is kept of one person: all of it to be handed out, and what the law lets be erased.

Source: Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15. Issued papers and the golden book are records
of the State and stay as they are; what was never decided, and identity numbers, may go.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from records import audit, documents, nominations
from records.base import fold
from records.documents import Document, DocumentState
from records.errors import Conflict, ReasonMissing
from records.grants import Grant
from records.nominations import Nomination
from records.people import Person
from records.states import NominationState
from service.workflow.desk import Desk

_ERASED_NAME: Final = "(đã xóa theo yêu cầu)"
_OPEN: Final = (NominationState.SUBMITTED, NominationState.ACCEPTED, NominationState.AGREED)
#: What of a line tells of a person, with what stands there after.
_PERSONAL: Final[dict[str, Any]] = {
    "name": _ERASED_NAME,
    "folded_name": fold(_ERASED_NAME),
    "honorific": "",
    "printed_name": "",
    "birth": None,
    "gender": "",
    "post": "",
    "printed_post": "",
    "unit_name": "",
    "residence": "",
    "identity_number": None,
    "deed": "",
    "summary": "",
    "deed_on": None,
    "person_id": None,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What an erasure did: lines emptied, identity numbers removed, and drafts that still name
    the person, which the office has to make anew or cancel."""

    lines: int
    numbers: int
    drafts: tuple[int, ...]


def export(desk: Desk, nomination_id: int) -> dict[str, Any]:
    """Give everything that is kept of the person of a nomination, for that person.

    Raises:
        NotFound: there is no such nomination.
    """
    with desk.reading() as session:
        lines = _lines_of(session, nominations.get_nomination(session, nomination_id))
        return {
            "nominations": [_line(session, line) for line in lines],
            "awards": [
                {
                    "decision": one.decision,
                    "granted_on": one.granted_on.isoformat(),
                    "name": one.name,
                    "post": one.post,
                    "unit": one.unit_name,
                    "deed": one.deed,
                }
                for one in _granted(session, lines)
            ],
            "papers": [
                {"id": one.id, "symbol": one.symbol, "state": one.state.value}
                for one in _papers_naming(session, lines)
            ],
        }


def erase(desk: Desk, nomination_id: int, *, reason: str, by: str) -> Erased:
    """Erase what may be erased of the person of a nomination; the reason is kept, no name.

    Raises:
        NotFound: there is no such nomination.
        ReasonMissing: it says no reason.
        Conflict: a line of this person still waits for a decision: withdraw it first.
    """
    if not reason.strip():
        raise ReasonMissing("xóa dữ liệu cá nhân")
    with desk.transaction() as session:
        lines = _lines_of(session, nominations.get_nomination(session, nomination_id))
        waiting = [line.id for line in lines if line.state in _OPEN]
        if waiting:
            listed = ", ".join(map(str, waiting))
            raise Conflict(f"Đề nghị {listed} đang chờ quyết định: rút đề nghị trước khi xóa.")
        drafts = tuple(
            one.id for one in _papers_naming(session, lines) if one.state is DocumentState.DRAFT
        )
        numbers = sum(line.identity_number is not None for line in lines)
        emptied = [line for line in lines if line.state is not NominationState.GRANTED]
        registered = _registered(session, lines)
        for line in lines:
            line.identity_number = None
        for line in emptied:
            for name, value in _PERSONAL.items():
                setattr(line, name, value)
            line.past_awards = []
        for person in registered:
            person.identity_number = None
        session.flush()
        audit.append(
            session,
            lines[0].body_id,
            at=desk.now(),
            actor=by,
            action="person.erased",
            subject_type="nomination",
            subject_id=nomination_id,
            detail={"lines": len(emptied), "numbers": numbers, "reason": reason},
        )
        return Erased(lines=len(emptied), numbers=numbers, drafts=drafts)


def _lines_of(session: Session, line: Nomination) -> Sequence[Nomination]:
    """Find all lines of one person: by number, by the office's key, else by name and birth."""
    same = [Nomination.id == line.id]
    if line.identity_number:
        same.append(Nomination.identity_number == line.identity_number)
    if line.person_id is not None:
        same.append(Nomination.person_id == line.person_id)
    if line.birth is not None:
        same.append(
            (Nomination.folded_name == line.folded_name)
            & (Nomination.birth == line.birth)
            & (Nomination.subject == line.subject)
        )
    return session.scalars(select(Nomination).where(or_(*same)).order_by(Nomination.id)).all()


def _registered(session: Session, lines: Sequence[Nomination]) -> Sequence[Person]:
    """Find the person in the registry: by the office's key or the number."""
    keys = {line.person_id for line in lines if line.person_id is not None}
    numbers = {line.identity_number for line in lines if line.identity_number}
    query = select(Person).where(or_(Person.id.in_(keys), Person.identity_number.in_(numbers)))
    return session.scalars(query).all()


def _granted(session: Session, lines: Sequence[Nomination]) -> Sequence[Grant]:
    """Find the person's awards: of these lines, by the registry, else by name and birth."""
    same: list[ColumnElement[bool]] = [
        Grant.nomination_id.in_([line.id for line in lines]),
        Grant.person_id.in_([person.id for person in _registered(session, lines)]),
    ]
    same += [
        (Grant.folded_name == line.folded_name)
        & (Grant.birth == line.birth)
        & (Grant.subject == line.subject)
        for line in lines
        if line.birth is not None
    ]
    return session.scalars(select(Grant).where(or_(*same)).order_by(Grant.id)).all()


def _papers_naming(session: Session, lines: Sequence[Nomination]) -> list[Document]:
    """Find the papers of these lines' dossiers that list the person."""
    names = {line.shown_name for line in lines}
    found = []
    for dossier_id in sorted({line.dossier_id for line in lines if line.dossier_id is not None}):
        listed, _ = documents.list_documents(session, dossier_id=dossier_id, size=1_000)
        found += [
            one
            for one in listed
            if any(row.get("name") in names for row in one.paper.get("nominees", []))
        ]
    return found


def _line(session: Session, line: Nomination) -> dict[str, Any]:
    return {
        "id": line.id,
        "state": line.state.label,
        "name": line.name,
        "birth": str(line.birth) if line.birth else "",
        "gender": line.gender,
        "post": line.post,
        "unit": line.unit_name,
        "residence": line.residence,
        "identity_number": line.identity_number or "",
        "deed": line.deed,
        "deed_on": str(line.deed_on) if line.deed_on else "",
        "past_awards": list(line.past_awards),
        "steps": [
            {"state": one.state.label, "at": one.at.isoformat(), "reason": one.reason}
            for one in nominations.events_of(session, line)
        ],
    }
