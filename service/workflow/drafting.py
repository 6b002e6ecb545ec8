"""Making drafts: what the clerk gave, completed from the records, merged and kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from doc_templates import catalogue
from records import bodies, documents, dossiers, registers
from records.bodies import IssuingBody
from records.documents import Document, Making
from service.intake import papers
from service.intake.documents import DraftEntry
from service.intake.fields import EntryInvalid, FieldError, read_date
from service.intake.papers import PaperEntry
from service.workflow import composing, linking
from service.workflow.desk import ENGINE, Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A draft as it was kept. `expected` is the number it would get now; None: it gets none."""

    document_id: int
    kind: str
    title: str
    abstract: str
    expected: int | None
    content: bytes


def draft(desk: Desk, entry: DraftEntry, *, by: str, call_hash: str | None = None) -> Drafted:
    """Make a draft and its first version; `call_hash` names the call that will go on with it.

    Raises:
        EntryInvalid: the paper has faults; all are listed, under "/paper". Or it cannot go
            with the one it shall be attached to, or a decision has nobody to name.
        FormUnknown: there is no form for the paper's kind.
        NotFound: the body, signatory, dossier or a linked document is not known.
        StateRefused: a document to be corrected, replaced or recalled is not in force.
    """
    today = desk.today()
    with desk.reading() as session:
        filled = fill(session, entry, today=today)
    paper = _parse(filled)
    making = make(desk, paper)
    with desk.transaction() as session:
        body = bodies.get_body(session, entry.body)
        linking.check_links(session, entry, body, lock=True)
        signatory = _signatory(session, body, entry, on=paper.issued_on or today)
        kept = documents.make_draft(
            session,
            body.id,
            kind=paper.kind,
            paper=making.paper,
            abstract=paper.abstract,
            dossier_id=entry.dossier,
            campaign_id=_campaign_of(session, entry.dossier),
            signatory_id=signatory,
            attached_to_id=entry.attached_to,
            corrects_id=entry.corrects,
            replaces_id=entry.replaces,
            recalls_id=entry.recalls,
            call_hash=call_hash,
            by=by,
            at=desk.now(),
        )
        documents.keep_version(session, kept, making, by=by, at=desk.now())
        return _drafted(session, kept, body, making, today=today)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """A paper made and thrown away: what a draft would be. `expected` as in `Drafted`."""

    kind: str
    title: str
    abstract: str
    expected: int | None
    content: bytes
    paper: dict[str, Any]


def rehearse(desk: Desk, entry: DraftEntry) -> Rehearsed:
    """Make the paper of a draft without keeping anything.

    Raises:
        EntryInvalid, FormUnknown, NotFound, StateRefused, MergeFailed: as `draft`.
    """
    with desk.reading() as session:
        filled = fill(session, entry, today=desk.today())
    paper = _parse(filled)
    making = make(desk, paper)
    with desk.reading() as session:
        body = bodies.get_body(session, entry.body)
        on = paper.issued_on or desk.today()
        is_numbered = linking.has_number(paper.kind) and entry.attached_to is None
        series = bodies.series_for(body, paper.kind)
        expected = registers.preview(session, body, series, on.year) if is_numbered else None
    return Rehearsed(
        kind=paper.kind,
        title=catalogue.get_form(paper.kind).title,
        abstract=paper.abstract,
        expected=expected,
        content=making.content,
        paper=making.paper,
    )


def amend(desk: Desk, document_id: int, given: Mapping[str, Any], *, by: str) -> Drafted:
    """Change values of a draft's paper and make it again; what is not given stays.

    Raises:
        EntryInvalid: the paper has faults; all are listed, under "/paper".
        AlreadyIssued: it is no draft any more.
        NotFound: there is no such document.
    """
    with desk.reading() as session:
        document = documents.get_document(session, document_id)
        documents.check_draft(document)
        before = dict(document.paper)
    paper = _parse({**before, **given, "kind": before["kind"]})
    making = make(desk, paper)
    with desk.transaction() as session:
        document = documents.get_document(session, document_id, lock=True)
        documents.amend_draft(
            session,
            document,
            paper=making.paper,
            abstract=paper.abstract,
            by=by,
            at=desk.now(),
        )
        documents.keep_version(session, document, making, by=by, at=desk.now())
        body = session.get_one(IssuingBody, document.body_id)
        return _drafted(session, document, body, making, today=desk.today())


def make(desk: Desk, paper: PaperEntry) -> Making:
    """Merge a paper as it stands, without a number unless it has one.

    Raises:
        PaperUnfit, MergeFailed: the paper cannot be made.
    """
    return Making(
        content=desk.templates.merge(paper.to_paper(today=desk.today())),
        paper=paper.to_json(),
        form_key=paper.kind,
        form_hash=desk.templates.form(paper.kind).hash,
        engine=ENGINE,
    )


def expected_number(
    session: Session, document: Document, body: IssuingBody, *, today: date
) -> int | None:
    """Tell the number a draft would get now; None for papers without one of their own.

    A draft without a date would get it today, which is the day in Việt Nam.
    """
    if not linking.has_number(document.kind) or document.attached_to_id is not None:
        return None
    on = planned_day(document.paper) or today
    return registers.preview(session, body, bodies.series_for(body, document.kind), on.year)


def planned_day(paper: Mapping[str, Any]) -> date | None:
    """Tell the day that a draft bears; None: it bears none, or none that can be read."""
    try:
        found = read_date(paper.get("issued_on"))
    except ValueError:
        return None
    return found if isinstance(found, date) else None


def fill(session: Session, entry: DraftEntry, *, today: date) -> dict[str, Any]:
    """Complete the paper of an entry with what the records know; its faults are not looked for.

    Raises:
        EntryInvalid: it cannot go with the one it shall be attached to, or names nobody.
        FormUnknown, NotFound, StateRefused: as `draft`.
    """
    body = bodies.get_body(session, entry.body)
    on = planned_day(entry.paper) or today
    linking.check_links(session, entry, body)
    dossier = None
    if entry.dossier is not None:
        dossier = dossiers.get_dossier(session, entry.dossier)
    signatory = None
    if entry.signatory:
        kind = str(entry.paper.get("kind", ""))
        signatory = bodies.signatory_on(session, body, on, kind=kind, key=entry.signatory)
    filled = composing.fill_paper(
        session, body, entry.paper, on=on, signatory=signatory, dossier=dossier
    )
    linking.check_agreed(dossier, filled)
    return filled


def _parse(filled: Mapping[str, Any]) -> PaperEntry:
    """Check the paper; the pointers of its faults begin with "/paper"."""
    try:
        return papers.parse_paper(filled)
    except EntryInvalid as error:
        raise EntryInvalid(
            [
                FieldError(pointer=f"/paper{one.pointer}", code=one.code, message=one.message)
                for one in error.errors
            ]
        ) from error


def _signatory(session: Session, body: IssuingBody, entry: DraftEntry, *, on: date) -> int | None:
    if "signature" in entry.paper and not entry.signatory:
        return None
    kind = str(entry.paper["kind"])
    return bodies.signatory_on(session, body, on, kind=kind, key=entry.signatory).id


def _campaign_of(session: Session, dossier_id: int | None) -> int | None:
    return dossiers.get_dossier(session, dossier_id).campaign_id if dossier_id is not None else None


def _drafted(
    session: Session, document: Document, body: IssuingBody, making: Making, *, today: date
) -> Drafted:
    return Drafted(
        document_id=document.id,
        kind=document.kind,
        title=catalogue.get_form(document.kind).title,
        abstract=document.abstract,
        expected=expected_number(session, document, body, today=today),
        content=making.content,
    )
