"""What a decision awarded, put into hands: money reckoned, a list to sign, each hand-over kept."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from doc_templates import catalogue
from records import awards, bodies, documents, grants, handovers
from records.bodies import IssuingBody
from records.documents import Document, DocumentState
from records.errors import Conflict, NotFound
from records.grants import Grant
from records.handovers import Handover
from records.lookalikes import award_of
from records.nominations import Nomination
from records.rules import facts, prizes
from records.rules.figures import FigureMissing
from service.intake import papers
from service.workflow import composing
from service.workflow.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Awarded:
    """One award of a decision: `prize` in đồng, `raw` before rounding, `note` what is open."""

    number: int
    name: str
    what: str
    prize: int
    raw: int
    source: str
    note: str
    handover: Handover | None


def list_awards(desk: Desk, document_id: int) -> tuple[Awarded, ...]:
    """List what a decision awarded, with the money of the decision's day and what was handed over.

    Raises:
        NotFound: there is no such document.
        Conflict: it is no decision in force that awarded anything.
    """
    with desk.reading() as session:
        document = documents.get_document(session, document_id)
        return tuple(_awarded(desk, session, document))


def make_list(desk: Desk, document_id: int) -> tuple[bytes, str]:
    """Make the list to sign for certificates and money; gives the .docx and its name.

    Raises:
        NotFound, Conflict: as `list_awards`.
    """
    with desk.reading() as session:
        document = documents.get_document(session, document_id)
        listed = _awarded(desk, session, document)
        body = session.get_one(IssuingBody, document.body_id)
        given = {one.sequence: one for one in grants.grants_by(session, document.id)}
        lines = {
            key: session.get_one(Nomination, row.nomination_id)
            for key, row in given.items()
            if row.nomination_id is not None
        }
        on = document.issued_on or desk.today()
        decision = papers.parse_paper(dict(document.paper)).to_paper(today=on)
        nominees: list[dict[str, Any]] = [
            {
                "name": one.name,
                "honorific": lines[one.number].honorific if one.number in lines else "",
                "residence": lines[one.number].residence if one.number in lines else "",
                "subject": given[one.number].subject.value,
                "post": given[one.number].post,
                "unit": given[one.number].unit_name,
                "award": one.what,
                "prize": one.prize,
                "raw_prize": one.raw if one.raw != one.prize else 0,
            }
            for one in listed
        ]
        paper = {
            "kind": "handover_list",
            "issued_on": desk.today(),
            "abstract": _title(document),
            "attached_to": composing.point_to(decision, document.symbol or "", on, body),
            "nominees": [
                {name: value for name, value in one.items() if value not in ("", 0)}
                for one in nominees
            ],
        }
        signatory = bodies.signatory_on(session, body, desk.today(), kind=document.kind)
        filled = composing.fill_paper(session, body, paper, on=desk.today(), signatory=signatory)
    entry = papers.parse_paper(filled)
    content = catalogue.merge(
        entry.to_paper(today=desk.today()), form=desk.templates.form("handover_list")
    )
    return content, f"Danh-sach-ky-nhan-{document_id}.docx"


def record(
    desk: Desk,
    document_id: int,
    *,
    on: date,
    by: str,
    numbers: Collection[int] = (),
    received_by: Mapping[int, str] | None = None,
) -> int:
    """Write down that awards were handed over; gives how many.

    `numbers` are those of the decision's list, none: all that were not yet; `received_by` says
    by number who took an award in somebody's place.

    Raises:
        NotFound: there is no such document or number.
        Conflict: a day that cannot be, or one was handed over already.
    """
    if on > desk.today():
        raise Conflict(f"Ngày trao {on:%d/%m/%Y} chưa đến; ghi khi đã trao.")
    with desk.transaction() as session:
        document = documents.get_document(session, document_id)
        listed = {one.number: one for one in _awarded(desk, session, document)}
        given = {one.sequence: one for one in grants.grants_by(session, document.id)}
        for number in {*numbers, *(received_by or {})}:
            if number not in listed:
                raise NotFound("số trong danh sách của quyết định", number)
        chosen = numbers or [key for key, one in listed.items() if one.handover is None]
        for number in chosen:
            handovers.hand_over(
                session,
                given[number],
                handed_on=on,
                prize=listed[number].prize,
                received_by=(received_by or {}).get(number, ""),
                by=by,
                at=desk.now(),
            )
        return len(chosen)


def _awarded(desk: Desk, session: Session, document: Document) -> list[Awarded]:
    found = grants.grants_by(session, document.id)
    if not found or document.state is not DocumentState.ISSUED:
        raise Conflict(
            f"Văn bản {document.id} không phải quyết định đang có hiệu lực đã khen thưởng ai."
        )
    titles = {title.id: title for title in awards.titles(session)}
    handed = handovers.handovers_of(session, [one.id for one in found])
    area = session.get_one(IssuingBody, document.body_id).area
    listed = []
    for one in found:
        title = titles[one.award_title_id]
        money = _prize(one, award_of(title), area, desk.rounding)
        listed.append(
            Awarded(
                number=one.sequence or 0,
                name=one.name,
                what=title.name,
                prize=money.amount if money else 0,
                raw=money.raw if money else 0,
                source=money.source if money else "",
                note="" if money else "chưa nạp mức tiền thưởng của ngày quyết định",
                handover=handed.get(one.id),
            )
        )
    return listed


def _prize(
    one: Grant, award: facts.Award | None, area: str, rounding: prizes.Rounding
) -> prizes.Prize | None:
    if award is None:
        return None
    try:
        return prizes.prize(
            award,
            facts.Subject(one.subject.value),
            facts.Level(one.level.value),
            decided_on=one.granted_on,
            area=area,
            rounding=rounding,
        )
    except FigureMissing:
        return None


def _title(document: Document) -> str:
    text = document.abstract.removeprefix("Về việc ").removeprefix("về việc ")
    return f"{text[:1].upper()}{text[1:]}"
