"""What the records supply to a paper: letterhead, signature, recipients, nominees.

The only file that knows both wings' nouns. Records go in, a paper in the shape of the paper
file comes out; what the clerk gave is never overwritten.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from doc_templates import catalogue, wording
from doc_templates.kinds import PROFILE_EXTRACT, DocumentKind
from doc_templates.paper import Paper
from doc_templates.parts import letterhead
from records import awards, bodies, dossiers, nominations
from records.bodies import IssuingBody, Signatory
from records.dossiers import Dossier
from records.nominations import Nomination, NominationState

#: A decision awards only what was agreed; a unit's own papers list all but what is off.
_AGREED = frozenset({NominationState.AGREED, NominationState.GRANTED})
_OFF = frozenset({NominationState.WITHDRAWN, NominationState.REFUSED})


def fill_paper(
    session: Session,
    body: IssuingBody,
    given: Mapping[str, Any],
    *,
    on: date,
    signatory: Signatory | None = None,
    dossier: Dossier | None = None,
) -> dict[str, Any]:
    """Complete what was given of a paper with what the records know on that day.

    Raises:
        FormUnknown: there is no form for the paper's kind.
        NotFound: nobody may sign for the body on that day.
    """
    form = catalogue.get_form(str(given.get("kind", "")))
    paper = dict(given)
    issuer = given.get("issuer", {})
    if isinstance(issuer, Mapping):  # anything else is handed on, for the intake to refuse
        paper["issuer"] = {**_issuer(body, form.kind), **issuer}
    if "signature" not in paper:
        signatory = signatory or bodies.signatory_on(session, body, on, kind=form.kind)
        paper["signature"] = _signature(signatory)
    if "recipients" in form.takes:
        paper.setdefault("archive", body.archive_line)
        default = list(bodies.default_recipients(session, body, form.kind))
        paper.setdefault("recipients", default)
    if "nominees" in form.takes and dossier is not None:
        paper.setdefault("nominees", nominees_of(session, dossier, kind=form.kind))
    return {name: value for name, value in paper.items() if value not in (None, "", [])}


def nominees_of(session: Session, dossier: Dossier, *, kind: str) -> list[dict[str, Any]]:
    """Give the lines of a dossier as nominees of a paper of that kind, in their order."""
    lines = nominations.lines_of(session, dossier.id)
    if kind == DocumentKind.DECISION:
        lines = tuple(line for line in lines if line.state in _AGREED)
    return [
        nominee(session, line, is_long=kind == PROFILE_EXTRACT)
        for line in lines
        if line.state not in _OFF
    ]


def nominee(session: Session, line: Nomination, *, is_long: bool) -> dict[str, Any]:
    """Give one nomination as a nominee of a paper; the long account only where it is told."""
    title = session.get_one(awards.AwardTitle, line.award_title_id)
    values = {
        "name": line.shown_name,
        "subject": line.subject.value,
        "honorific": line.honorific,
        "birth": str(line.birth) if line.birth else "",
        "gender": line.gender,
        "post": line.shown_post,
        "unit": line.unit_name,
        "residence": line.residence,
        "deed": line.deed if is_long else "",
        "summary": line.summary,
        "award": title.name,
        "past_awards": list(line.past_awards),
    }
    return {name: value for name, value in values.items() if value not in ("", [])}


def checklist(session: Session, dossier: Dossier) -> Sequence[str]:
    """Name the papers that the dossier still lacks."""
    missing = dossiers.completeness(session, dossier).missing
    return [paper.label for paper in missing]


def point_to(paper: Paper, symbol: str, on: date, body: IssuingBody) -> str:
    """Refer to a paper, for the papers that go with it; to a decision by who decides."""
    is_decision = paper.kind == DocumentKind.DECISION
    whose = letterhead.decider(paper) if is_decision else body.full_name
    return f"{DocumentKind(paper.kind).title} số {symbol} {wording.print_date(on)} của {whose}"


def cite_decision(symbol: str, on: date) -> str:
    """Cite a decision as the golden book does: “Quyết định số 15/QĐ-UBND ngày 09/10/2026”."""
    return f"{DocumentKind.DECISION.title} số {symbol} ngày {wording.print_short_date(on)}"


def _issuer(body: IssuingBody, kind: str) -> dict[str, Any]:
    issuer: dict[str, Any] = {
        "name": list(body.name_lines),
        "full_name": body.full_name,
        "code": body.code,
        "place": body.place,
    }
    if body.superior_line:
        issuer["superior"] = body.superior_line
    if kind == DocumentKind.OFFICIAL_LETTER and body.drafting_unit:
        issuer["drafting_unit"] = body.drafting_unit
    return issuer


def _signature(signatory: Signatory) -> dict[str, Any]:
    values = {
        "on_behalf_of": signatory.on_behalf_of,
        "mode": signatory.mode.value,
        "head": signatory.head,
        "acting_for": signatory.acting_for,
        "post": signatory.post,
        "office_post": signatory.office_post,
        "name": signatory.name,
    }
    return {name: value for name, value in values.items() if value}
