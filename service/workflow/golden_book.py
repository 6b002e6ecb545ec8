"""The golden book by hand: awards decided before the office kept its papers here, or elsewhere."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from records import awards, bodies, grants, people
from records.awards import AwardTitle, Subject
from records.base import PartialDate, fold
from records.bodies import IssuingBody
from records.documents import Document, DocumentState
from records.errors import ReasonMissing
from records.grants import Grant
from service.intake.fields import EntryInvalid, FieldError
from service.intake.past_awards import PastAwardEntry
from service.workflow import composing
from service.workflow.desk import Desk

_SYMBOL: Final = re.compile(r"\b\d+[0-9a-z]*/[^\s,;]+")
_BARE_SYMBOL: Final = re.compile(r"(?:số )?(?P<symbol>\d+[0-9a-z]*/[^\s,;]+)(?: ngày .+)?", re.I)
_Key = tuple[int, str, str, object, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What was entered: the new lines' ids in the order given; how many stood there already."""

    grant_ids: tuple[int, ...]
    standing: int


def enter(desk: Desk, entries: Sequence[PastAwardEntry], *, reason: str, by: str) -> Entered:
    """Enter awards into the golden books: all of them or none.

    A line that stands already (same book, award, decision, name, birth and unit) is left as it
    is, so that a list can be sent again after lines were added to it. A decision that was
    issued here is linked: when it is recalled, the award counts no more.

    Raises:
        ReasonMissing: nobody says why they are entered by hand.
        NotFound: a body or an award is not known.
        EntryInvalid: an award is not for such a subject, or a number in the golden book is taken.
    """
    if not reason.strip():
        raise ReasonMissing("ghi khen thưởng trước đây vào sổ vàng")
    with desk.transaction() as session:
        bodies_of = {key: bodies.get_body(session, key) for key in {one.body for one in entries}}
        titles = {key: awards.get_title(session, key) for key in {one.award for one in entries}}
        _check_subjects(entries, titles)
        standing = _standing(session, bodies_of.values(), entries)
        kept: list[int] = []
        for at, entry in enumerate(entries):
            body, title = bodies_of[entry.body], titles[entry.award]
            key = _key_of(body, title, entry)
            if key in standing:
                continue
            standing.add(key)
            kept.append(_keep(desk, session, body, title, entry, at=at, reason=reason, by=by))
        return Entered(grant_ids=tuple(kept), standing=len(entries) - len(kept))


def strike(desk: Desk, grant_id: int, *, reason: str, by: str) -> None:
    """Strike a wrong line out of the golden book, so that it counts no more.

    Raises:
        NotFound: there is no such line.
        ReasonMissing: nobody says why.
        Conflict: a decision made here entered it, or it is struck out already.
    """
    with desk.transaction() as session:
        grant = grants.get_grant(session, grant_id)
        grants.strike(session, grant, reason=reason, by=by, at=desk.now())


def to_json(session: Session, lines: Sequence[Grant]) -> list[dict[str, Any]]:
    """Give lines of the golden book for other systems, in their order."""
    titles = {line.award_title_id for line in lines}
    keys = {key: session.get_one(AwardTitle, key).key for key in titles}
    return [
        {
            "id": line.id,
            "award": keys[line.award_title_id],
            "subject": line.subject.value,
            "name": line.name,
            "post": line.post,
            "unit": line.unit_name,
            "decision": line.decision,
            "granted_on": line.granted_on.isoformat(),
            "sequence": line.sequence,
            "document": line.document_id,
            "nomination": line.nomination_id,
            "reason": line.reason,
            "struck": line.struck_reason or None,
        }
        for line in lines
    ]


def _check_subjects(entries: Sequence[PastAwardEntry], titles: Mapping[str, AwardTitle]) -> None:
    faults = [
        FieldError(
            pointer=f"/awards/{at}/award",
            code="award-not-for-subject",
            message=f"“{entry.name}”: {titles[entry.award].name} không xét tặng cho "
            f"{Subject(entry.subject.value).label.lower()}; hãy xem lại đối tượng, hình thức.",
        )
        for at, entry in enumerate(entries)
        if not titles[entry.award].allows(Subject(entry.subject.value))
    ]
    if faults:
        raise EntryInvalid(faults)


def _standing(
    session: Session, books: Collection[IssuingBody], entries: Sequence[PastAwardEntry]
) -> set[_Key]:
    names = {fold(entry.name) for entry in entries}
    return {
        (
            grant.body_id,
            str(grant.award_title_id),
            _decision_key(grant.decision),
            grant.granted_on,
            grant.name.lower(),
            _who(str(grant.birth or ""), grant.unit_name),
        )
        for body in books
        for grant in grants.entered_alike(session, body.id, names)
    }


def _key_of(body: IssuingBody, title: AwardTitle, entry: PastAwardEntry) -> _Key:
    birth = str(PartialDate.parse(entry.birth)) if entry.birth else ""
    return (
        body.id,
        str(title.id),
        _decision_key(entry.decision),
        entry.granted_on,
        entry.name.lower(),
        _who(birth, entry.unit),
    )


def _who(birth: str, unit: str) -> str:
    return f"{birth} {fold(unit)}"


def _decision_key(decision: str) -> str:
    """Give the number and symbol of a decision, or all its words where it names none."""
    found = _SYMBOL.search(decision.lower())
    return found[0] if found else fold(decision)


def _keep(
    desk: Desk,
    session: Session,
    body: IssuingBody,
    title: AwardTitle,
    entry: PastAwardEntry,
    *,
    at: int,
    reason: str,
    by: str,
) -> int:
    if entry.granted_on is None:
        raise ValueError("the door gives every past award its day")
    made_here = _issued_here(session, body, entry)
    sequence = entry.sequence
    if made_here is not None:
        sequence = _sequence_in(session, made_here, entry, at)
    grant = grants.record_grant(
        session,
        body.id,
        award_title_id=title.id,
        level=title.level,
        subject=Subject(entry.subject.value),
        name=entry.name,
        birth=PartialDate.parse(entry.birth) if entry.birth else None,
        post=entry.post,
        unit_name=entry.unit,
        deed=entry.deed,
        decision=_cited(entry),
        granted_on=entry.granted_on,
        document_id=made_here.id if made_here else None,
        sequence=sequence,
        person_id=_person(desk, session, entry, by=by),
        reason=reason,
        by=by,
        at=desk.now(),
    )
    return grant.id


def _issued_here(session: Session, body: IssuingBody, entry: PastAwardEntry) -> Document | None:
    found = _SYMBOL.search(entry.decision)
    if found is None:
        return None
    query = select(Document).where(
        Document.body_id == body.id,
        Document.symbol == found[0],
        Document.issued_on == entry.granted_on,
        Document.state != DocumentState.DRAFT,
    )
    return session.scalars(query).first()


def _sequence_in(session: Session, made_here: Document, entry: PastAwardEntry, at: int) -> int:
    """Give the place in the list of a decision issued here: as said, else after the last."""
    listed = {one.sequence: one for one in grants.grants_by(session, made_here.id)}
    if entry.sequence is None:
        return max((number for number in listed if number is not None), default=0) + 1
    if taken := listed.get(entry.sequence):
        message = (
            f"“Số sổ vàng”: số {entry.sequence} của quyết định {made_here.symbol} đã là của "
            f"{taken.name}; hãy kiểm tra lại số, hoặc bỏ trống."
        )
        raise EntryInvalid(
            [FieldError(pointer=f"/awards/{at}/sequence", code="sequence-taken", message=message)]
        )
    return entry.sequence


def _cited(entry: PastAwardEntry) -> str:
    """Write the decision as the golden book cites it, where only number and symbol were given."""
    bare = _BARE_SYMBOL.fullmatch(entry.decision)
    if bare is None or entry.granted_on is None:
        return entry.decision
    return composing.cite_decision(bare["symbol"], entry.granted_on)


def _person(desk: Desk, session: Session, entry: PastAwardEntry, *, by: str) -> int | None:
    """Give the person with that number, entered now if need be; without a number, nobody."""
    if not entry.identity_number or entry.subject.value != Subject.INDIVIDUAL.value:
        return None
    known = people.find_by_identity(session, entry.identity_number)
    if known is None:
        known = people.register_person(
            session,
            entry.name,
            at=desk.now(),
            by=by,
            birth=PartialDate.parse(entry.birth) if entry.birth else None,
            identity_number=entry.identity_number,
            post=entry.post,
        )
    return known.id
