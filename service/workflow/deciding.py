"""What a form for a paper begins with: a decision from its dossier, any other from its body.

A proposal never says more than the records hold; what is not known is left for the clerk.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from doc_templates import wording
from doc_templates.kinds import DocumentKind
from records import bodies, council, dossiers, nominations
from records.awards import AwardTitle
from records.bodies import IssuingBody
from records.documents import Document, DocumentState
from records.dossiers import Dossier
from records.errors import NotFound
from records.lookalikes import award_of
from records.nominations import Nomination, NominationState
from records.rules import facts, prizes
from records.rules.bases import bases_on
from records.rules.figures import FigureMissing
from service.workflow import proposing
from service.workflow.desk import Desk
from service.workflow.proposing import Proposal

_AGREED = (NominationState.AGREED, NominationState.GRANTED)


def begin(desk: Desk, kind: str, *, body_key: str = "") -> Proposal:
    """Begin a paper of any kind for a body: who signs, who receives it, nothing else.

    Raises:
        NotFound: there is no such body, or none at all.
    """
    on = desk.today()
    with desk.reading() as session:
        body = _body(session, body_key, on)
        return Proposal(
            choices=proposing.choices_for(session, body, kind, on),
            signatory=_signatory(session, body, kind, on),
            abstract="",
            addressees=(),
            text="",
            recipients=bodies.default_recipients(session, body, kind),
            archive=body.archive_line,
            count=0,
        )


def propose_decision(desk: Desk, dossier_id: int, *, body_key: str = "") -> Proposal:
    """Begin the decision on a dossier from the lines that were agreed to.

    Raises:
        NotFound: there is no such dossier or body.
    """
    on, kind = desk.today(), DocumentKind.DECISION.value
    with desk.reading() as session:
        dossier = dossiers.get_dossier(session, dossier_id)
        body = _deciding_body(session, dossier, body_key, on)
        lines = [
            line for line in nominations.lines_of(session, dossier.id) if line.state in _AGREED
        ]
        titles = proposing.titles_of(session, lines)
        return Proposal(
            choices=proposing.choices_for(session, body, kind, on),
            signatory=_signatory(session, body, kind, on),
            abstract=f"Về việc {_what(lines, titles)}",
            addressees=(),
            text=_text(desk, session, dossier, body, lines, titles, on),
            recipients=bodies.default_recipients(session, body, kind) or ("Như Điều 3",),
            archive=body.archive_line,
            count=len(lines),
            legal_bases=_bases(session, dossier, body, on),
        )


def _body(session: Session, key: str, on: date) -> IssuingBody:
    if key:
        return bodies.get_body(session, key)
    found = proposing.bodies_on(session, on)
    if not found:
        raise NotFound("cơ quan đang hoạt động", on.isoformat())
    return found[0]


def _deciding_body(session: Session, dossier: Dossier, key: str, on: date) -> IssuingBody:
    """Take the body named; else the one that received the dossier, or who follows it."""
    if key:
        return bodies.get_body(session, key)
    receiving = session.get_one(IssuingBody, dossier.body_id)
    try:
        return bodies.body_on(session, receiving.key, on)
    except NotFound:
        return receiving


def _signatory(session: Session, body: IssuingBody, kind: str, on: date) -> str:
    try:
        return bodies.signatory_on(session, body, on, kind=kind).key
    except NotFound:
        return ""


def _what(lines: Sequence[Nomination], titles: Sequence[AwardTitle]) -> str:
    if not lines:
        return "khen thưởng"
    if len(titles) == 1:
        return f"tặng {proposing.in_sentence(titles[0])} cho {proposing.count_subjects(lines)}"
    return f"khen thưởng {proposing.count_subjects(lines)}"


def _bases(session: Session, dossier: Dossier, body: IssuingBody, on: date) -> tuple[str, ...]:
    """List the laws of the day, then what the council and the unit wrote."""
    listed = [f"Căn cứ {one.title}" for one in bases_on(on)]
    sitting = council.last_session(session, dossier.id)
    if sitting is not None:
        day = wording.print_date(sitting.held_on)
        name = f"Hội đồng Thi đua - Khen thưởng {_short(body)}".strip()
        listed.append(f"Căn cứ Biên bản họp {day} của {name}")
    query = select(Document).where(
        Document.dossier_id == dossier.id,
        Document.kind == DocumentKind.SUBMISSION.value,
        Document.state == DocumentState.ISSUED,
    )
    submission = session.scalars(query.order_by(Document.id.desc()).limit(1)).first()
    if submission is not None and submission.issued_on is not None:
        proposer = session.get_one(IssuingBody, submission.body_id).full_name
        day = wording.print_date(submission.issued_on)
        listed.append(f"Theo đề nghị của {proposer} tại Tờ trình số {submission.symbol} {day}")
    return tuple(listed)


def _short(body: IssuingBody) -> str:
    """Name the unit that a body governs: “Phường Hai Bà Trưng”."""
    return body.full_name.removeprefix("Ủy ban nhân dân").strip()


def _text(
    desk: Desk,
    session: Session,
    dossier: Dossier,
    body: IssuingBody,
    lines: Sequence[Nomination],
    titles: Sequence[AwardTitle],
    on: date,
) -> str:
    if not lines:
        return ""
    counted = "; ".join(
        f"{proposing.in_sentence(title)} cho "
        + proposing.count_subjects([one for one in lines if one.award_title_id == title.id])
        for title in titles
    )
    whom = wording.join_names(list(dict.fromkeys(line.subject.label.lower() for line in lines)))
    unit = bodies.get_unit(session, dossier.unit_id).name if dossier.unit_id else ""
    who = ", ".join(filter(None, [unit, f"các {whom} có tên tại Điều 1"]))
    articles = [f"Tặng {counted} (có danh sách kèm theo)."]
    if money := _money(desk, lines, titles, body.area, on):
        articles.append(money)
    articles.append(
        f"Quyết định này có hiệu lực kể từ ngày ký. {who[:1].upper()}{who[1:]} và các tổ chức, "
        "cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này."
    )
    return "\n\n".join(f"Điều {at}. {text}" for at, text in enumerate(articles, start=1))


def _money(
    desk: Desk,
    lines: Sequence[Nomination],
    titles: Sequence[AwardTitle],
    area: str,
    on: date,
) -> str:
    """Say the prize money of all, in figures and words; "" where one amount is not known."""
    by_id = {title.id: award_of(title) for title in titles}
    amounts = []
    for line in lines:
        award = by_id[line.award_title_id]
        if award is None:
            return ""
        try:
            prize = prizes.prize(
                award,
                facts.Subject(line.subject.value),
                facts.Level(line.level.value),
                decided_on=on,
                area=area,
                rounding=desk.rounding,
            )
        except FigureMissing:
            return ""
        amounts.append(prize.amount)
    total = sum(amounts)
    each = f"Mức tiền thưởng mỗi suất là {wording.print_money(amounts[0])}; tổng"
    opening = each if len(set(amounts)) == 1 else "Tổng"
    return (
        f"{opening} số tiền thưởng là {wording.print_money(total)} (bằng chữ: "
        f"{wording.money_in_words(total)}), trích từ Quỹ thi đua, khen thưởng."
    )
