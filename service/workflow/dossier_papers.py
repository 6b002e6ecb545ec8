"""The papers of one dossier: its Tờ trình and Bản trích ngang, made and changed together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from doc_templates import catalogue
from doc_templates.kinds import PROFILE_EXTRACT, DocumentKind
from records import bodies, documents, dossiers, versions
from records.bodies import IssuingBody, Signatory
from records.documents import Document, DocumentState, Making
from records.dossiers import Dossier, DossierState
from records.errors import Conflict, NotFound
from records.nominations import NominationState
from service.intake import papers
from service.intake.documents import DraftEntry
from service.intake.fields import EntryInvalid, FieldError
from service.workflow import composing, drafting, nominating, proposing
from service.workflow.desk import Desk

_IN_FORCE = (DocumentState.DRAFT, DocumentState.ISSUED)
_ENDED = (DossierState.DECIDED, DossierState.WITHDRAWN)


class NextStep(StrEnum):
    """What can be done next with a dossier."""

    ADD_LINES = "add-lines"
    DRAFT_SUBMISSION = "draft-submission"
    ISSUE_SUBMISSION = "issue-submission"
    AWAIT_DECISION = "await-decision"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """A dossier at a glance. `unit` is "" where none filed it.

    `count` lines are proposed; `awaiting` of them wait for the council, `agreed` wait for
    their decision. `submission` and `decision` are the newest in force, draft or issued;
    `None`: there is none.
    """

    dossier: Dossier
    unit: str
    count: int
    awaiting: int
    agreed: int
    next_step: NextStep
    submission: Document | None
    decision: Document | None


def overview(session: Session, dossier: Dossier) -> Overview:
    """Show a dossier at a glance, with what can be done next."""
    lines = proposing.proposed_lines(session, dossier)
    submission = find_submission(session, dossier)
    if dossier.state in _ENDED:
        step = NextStep.NOTHING
    elif not lines:
        step = NextStep.ADD_LINES
    elif submission is None:
        step = NextStep.DRAFT_SUBMISSION
    elif submission.state is DocumentState.DRAFT:
        step = NextStep.ISSUE_SUBMISSION
    else:
        step = NextStep.AWAIT_DECISION
    return Overview(
        dossier=dossier,
        unit=bodies.get_unit(session, dossier.unit_id).name if dossier.unit_id else "",
        count=len(lines),
        awaiting=sum(line.state in nominating.AWAITING for line in lines),
        agreed=sum(line.state is NominationState.AGREED for line in lines),
        next_step=step,
        submission=submission,
        decision=_find_paper(session, dossier, DocumentKind.DECISION),
    )


def find_submission(session: Session, dossier: Dossier) -> Document | None:
    """Find the newest Tờ trình of a dossier that is a draft or in force."""
    return _find_paper(session, dossier, DocumentKind.SUBMISSION)


def draft_submission(desk: Desk, entry: DraftEntry, *, by: str) -> int:
    """Draft a Tờ trình with the Bản trích ngang that goes with it: both or none.

    The same entry sent again while its draft stands unchanged gives that draft. Gives the
    id of the Tờ trình.

    Raises:
        EntryInvalid: the papers have faults; all are listed, under "/paper" and "/signatory".
        NotFound: the body or the dossier is not known.
        MergeFailed: a paper cannot be made.
    """
    today = desk.today()
    on = entry.paper.get("issued_on")
    with desk.reading() as session:
        body = bodies.get_body(session, entry.body)
        dossier = dossiers.get_dossier(session, entry.dossier or 0)
        day = on if isinstance(on, date) else today
        signatory = _signatory(session, body, entry.signatory, day)
        extract = {
            "kind": PROFILE_EXTRACT,
            "abstract": proposing.extract_title(session, dossier),
            "issued_on": on,
        }
        filled = [
            composing.fill_paper(session, body, paper, on=day, signatory=signatory, dossier=dossier)
            for paper in ({**entry.paper, "kind": DocumentKind.SUBMISSION.value}, extract)
        ]
    main, annex = (drafting.make(desk, paper) for paper in _check(filled))
    with desk.transaction() as session:
        before = find_submission(session, dossier)
        if before is not None and _is_same(before, body, main):
            return before.id
        document = _keep(session, body, dossier, signatory, main, by=by, at=desk.now())
        _keep(session, body, dossier, signatory, annex, by=by, at=desk.now(), to=document)
        return document.id


def amend(
    desk: Desk,
    document_id: int,
    given: Mapping[str, Any],
    *,
    by: str,
    signatory: str = "",
    seen: str = "",
) -> None:
    """Change values of a draft; its annex papers take the same date and signature.

    `signatory` is a key of the document's body; "" leaves the signature as it is. `seen` is
    the `edition` of the draft that was changed; "" when nobody looked at it.

    Raises:
        EntryInvalid: the papers have faults; all are listed, under "/paper" and "/signatory".
        AlreadyIssued, StateRefused: it is no draft any more.
        Conflict: somebody else changed it meanwhile.
        NotFound: there is no such document.
    """
    on = given.get("issued_on")
    with desk.reading() as session:
        document = documents.get_document(session, document_id)
        documents.check_draft(document)
        body = session.get_one(IssuingBody, document.body_id)
        shared: dict[str, Any] = {"issued_on": on}
        signer = None
        if signatory:
            day = on if isinstance(on, date) else desk.today()
            signer = _signatory(session, body, signatory, day, kind=document.kind)
            shared["signature"] = composing.fill_paper(
                session, body, {"kind": document.kind}, on=day, signatory=signer
            )["signature"]
        drafts = [document, *_draft_annexes(session, document)]
        edition = edition_of(session, document)
    changed = [{**drafts[0].paper, **given, **shared}]
    changed += [{**annex.paper, **shared} for annex in drafts[1:]]
    makings = [drafting.make(desk, paper) for paper in _check(changed)]
    with desk.transaction() as session:
        for one, making in zip(drafts, makings, strict=True):
            row = documents.get_document(session, one.id, lock=True)
            if row.id == document_id and edition_of(session, row) != (seen or edition):
                raise Conflict(
                    "Dự thảo vừa được người khác sửa; chưa ghi gì. Chép lại phần vừa gõ nếu cần, "
                    "mở lại dự thảo rồi sửa tiếp."
                )
            documents.amend_draft(
                session,
                row,
                paper=making.paper,
                abstract=making.paper.get("abstract", ""),
                signatory_id=signer.id if signer else None,
                by=by,
                at=desk.now(),
            )
            documents.keep_version(session, row, making, by=by, at=desk.now())


def edition_of(session: Session, document: Document) -> str:
    """Name the state of a draft, to see later whether somebody changed it."""
    made = versions.versions_of(session, document.id)
    return str(made[-1].n) if made else "0"


def _find_paper(session: Session, dossier: Dossier, kind: DocumentKind) -> Document | None:
    found, _ = documents.list_documents(session, dossier_id=dossier.id, kind=kind)
    return next((document for document in found if document.state in _IN_FORCE), None)


def _signatory(
    session: Session,
    body: IssuingBody,
    key: str,
    on: date,
    kind: str = DocumentKind.SUBMISSION.value,
) -> Signatory:
    try:
        return bodies.signatory_on(session, body, on, kind=kind, key=key)
    except NotFound as error:
        message = f"“Người ký”: {error} Hãy chọn người ký khác hoặc đổi ngày."
        raise EntryInvalid(
            [FieldError(pointer="/signatory", code="not-found", message=message)]
        ) from error


def _check(filled: list[dict[str, Any]]) -> list[papers.PaperEntry]:
    """Check several papers; every fault of every paper is told, once, under "/paper"."""
    entries, faults = [], []
    for paper in filled:
        try:
            entries.append(papers.parse_paper(paper))
        except EntryInvalid as error:
            faults += [
                FieldError(pointer=f"/paper{one.pointer}", code=one.code, message=one.message)
                for one in error.errors
            ]
    if faults:
        raise EntryInvalid(list(dict.fromkeys(faults)))
    return entries


def _keep(
    session: Session,
    body: IssuingBody,
    dossier: Dossier,
    signatory: Signatory,
    making: Making,
    *,
    by: str,
    at: datetime,
    to: Document | None = None,
) -> Document:
    document = documents.make_draft(
        session,
        body.id,
        kind=making.form_key,
        paper=making.paper,
        abstract=making.paper.get("abstract", ""),
        dossier_id=dossier.id,
        campaign_id=dossier.campaign_id,
        signatory_id=signatory.id,
        attached_to_id=to.id if to else None,
        by=by,
        at=at,
    )
    documents.keep_version(session, document, making, by=by, at=at)
    return document


def _is_same(before: Document, body: IssuingBody, making: Making) -> bool:
    return (
        before.state is DocumentState.DRAFT
        and before.body_id == body.id
        and dict(before.paper) == making.paper
    )


def _draft_annexes(session: Session, document: Document) -> list[Document]:
    return [
        annex
        for annex in documents.annexes_of(session, document)
        if annex.state is DocumentState.DRAFT
    ]


def kind_title(kind: str) -> str:
    """Name a kind of paper in Vietnamese, be it one of the 29 or a form of the field.

    An old paper of which nobody knows the kind is just a paper.
    """
    if kind in set(DocumentKind):
        return DocumentKind(kind).title
    titles = {form.kind: form.title for form in catalogue.list_forms()}
    return titles.get(kind, "Văn bản")
