"""The one path to an issued document: render, then number, stamp and keep in one transaction.

Rendering happens outside every lock, with a mark where the number will stand. Inside the
lock only small things are left: take the number, put it in place of the mark, keep the
bytes. The number is spent when that transaction commits, and not before; a process that
dies at any moment leaves no gap and no number without its document.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from doc_templates import catalogue, merge
from doc_templates.errors import PaperDeviates
from doc_templates.kinds import PROFILE_EXTRACT, DocumentKind, print_number
from doc_templates.merge import CompiledForm
from doc_templates.paper import NUMBER_MARK, Paper
from doc_templates.parts import letterhead
from records import audit, blobs, bodies, documents, dossiers, registers, versions
from records.base import fold
from records.bodies import IssuingBody
from records.documents import Attachment, Document, DocumentState, Making
from records.dossiers import PaperKind
from records.entries import Line, RegisterEntry
from records.errors import Conflict, NotFound
from records.regimes import FormRegime, form_regime
from records.webhooks import Event
from service.intake import papers
from service.intake.documents import IssueEntry
from service.workflow import backing_up, checking, composing, drafting, granting, linking, notifying
from service.workflow.desk import ENGINE, Desk

#: Which line of a dossier's checklist a paper issued here fills.
_ON_CHECKLIST: Final = {
    DocumentKind.SUBMISSION.value: PaperKind.SUBMISSION,
    PROFILE_EXTRACT: PaperKind.PROFILE_EXTRACT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """An issued document.

    `state` may be another one when a request is sent again much later. `number_changed` says
    that the number given is not the one the clerk saw; `is_replay` that the same request had
    been answered before. `notices` are Vietnamese sentences.
    """

    document_id: int
    kind: str
    number: int
    symbol: str
    issued_on: date
    sha256: str
    annex_ids: tuple[int, ...]
    state: DocumentState = DocumentState.ISSUED
    number_changed: bool = False
    is_replay: bool = False
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Rendered:
    """A paper rendered with the mark, and from which state of its draft."""

    document_id: int
    draft: Mapping[str, Any]
    entry: papers.PaperEntry
    paper: Paper
    form: CompiledForm
    content: bytes


def issue(
    desk: Desk,
    document_id: int,
    entry: IssueEntry,
    *,
    by: str,
    request: str = "",
    seen: Collection[str] | None = None,
) -> Issued:
    """Issue a draft, with the papers attached to it, under the next number of its register.

    It bears the date asked for, else that of the draft, else today's in Việt Nam. With a key,
    the same request gives the same document again, as often as it is sent; `request` tells one
    request from another where it is more than this one (`at_once`).

    Raises:
        EditionDiffers, AlreadyIssued, StateRefused: it is none of those `seen`, or no draft.
        EntryInvalid, PaperUnfit, MergeFailed: the paper cannot be made; no number is spent.
        PaperDeviates: it is against the form of the decree, and no reason to issue it is given.
        RegisterClosed, DateInFuture, DateOutOfOrder: the register refuses the date.
        KeyReused: the key came with another request before.
        Conflict: the draft was changed meanwhile, the kind carries no number, or the body is
            not in force on that day.
        StoreUnavailable: try again; nothing was spent.
    """
    request = request or _request_hash(document_id, entry)
    if entry.key and (before := _find_replay(desk, document_id, entry, request)):
        return before
    main, annexes, body, on = _render(desk, document_id, asked=entry.issued_on, seen=seen)
    stops = _check_form([main, *annexes], despite=entry.despite)
    with desk.transaction() as session:
        series = bodies.series_for(body, main.paper.kind)
        register = registers.lock(session, body, series, on.year)
        if entry.key and (kept := registers.find_replay(session, body, entry.key, request)):
            return _replayed(session, kept)
        document = _unchanged(session, main)
        documents.check_edition(document, seen)
        annex_rows = [_unchanged(session, annex) for annex in annexes]
        if [row.id for row in _draft_annexes(session, document)] != [row.id for row in annex_rows]:
            raise Conflict(
                "Vừa có văn bản kèm theo được thêm hoặc bớt trong lúc ban hành; chưa dùng số nào. "
                "Xem lại dự thảo rồi ban hành lại."
            )
        number = registers.allocate(session, register, on=on, today=desk.today())
        for rendered in (main, *annexes):
            blobs.keep(session, rendered.form.docx)  # so that it can be filled again for ever
        making = _stamp(main, number, on)
        line = _line(main.paper, number, on)
        digest = blobs.keep(session, making.content)
        registered = registers.enter(
            session,
            register,
            number,
            line,
            sha256=digest,
            document_id=document.id,
            key=entry.key,
            key_hash=request if entry.key else None,
            by=by,
            at=desk.now(),
        )
        attachments = [
            Attachment(document=row, making=_stamp(annex, number, on))
            for row, annex in zip(annex_rows, annexes, strict=True)
        ]
        documents.issue(
            session,
            document,
            making,
            entry=registered,
            attachments=attachments,
            by=by,
            at=desk.now(),
        )
        if stops:
            _note_despite(session, document, stops, entry.despite, by=by, at=desk.now())
        if document.kind == DocumentKind.DECISION:
            granting.enter_awards(session, document, main.paper.nominees, by=by, at=desk.now())
        notifying.tell_issued(session, desk, document)
        if document.dossier_id is not None:
            _tick_off(session, [document, *annex_rows], line.symbol)
        backing_up.note_given(desk, body.key, series, registered)
        return Issued(
            document_id=document.id,
            kind=document.kind,
            number=number,
            symbol=line.symbol,
            issued_on=on,
            sha256=digest,
            annex_ids=tuple(row.id for row in annex_rows),
            number_changed=entry.expected is not None and entry.expected != number,
            notices=tuple(_notices(on, entry.expected, number)),
        )


def cancel(
    desk: Desk, document_id: int, *, reason: str, by: str, seen: Collection[str] | None = None
) -> None:
    """Cancel a draft, or an issued document with its number; the number is never used again.

    Raises:
        ReasonMissing: the reason is empty.
        EditionDiffers, StateRefused: it is none of those `seen`, or not in force any more.
        NotFound: there is no such document.
    """
    with desk.transaction() as session:
        document = documents.get_document(session, document_id, lock=True)
        documents.check_edition(document, seen)
        documents.cancel(session, document, reason=reason, by=by, at=desk.now())
        notifying.tell(session, desk, Event.CANCELLED, document)


def read_docx(desk: Desk, document_id: int) -> tuple[bytes, str]:
    """Read the bytes of a document and a name for its file: issued bytes, or the last draft.

    Raises:
        NotFound: there is no such document, or it has no version yet.
        BytesDamaged: the kept bytes are not those that were issued.
    """
    with desk.reading() as session:
        document = documents.get_document(session, document_id)
        if document.issued_n is not None:
            version = documents.issued_version(session, document)
        else:
            made = versions.versions_of(session, document.id)
            if not made:
                raise NotFound("bản thảo của văn bản", document_id)
            version = made[-1]
        return blobs.read_bytes(session, version.sha256), f"{file_name(document)}.docx"


def file_name(document: Document) -> str:
    """Name a document's file by its register or its kind, never by what somebody typed."""
    if document.symbol:
        return document.symbol.replace("/", "-")
    title = fold(catalogue.get_form(document.kind).title).replace(" ", "-")
    return f"{title}-{document.id}"


def _render(
    desk: Desk, document_id: int, *, asked: date | None, seen: Collection[str] | None
) -> tuple[_Rendered, list[_Rendered], IssuingBody, date]:
    """Render a draft and its annexes with the mark, outside any lock; tells the date they bear."""
    with desk.reading() as session:
        document = documents.get_document(session, document_id)
        documents.check_edition(document, seen)
        documents.check_draft(document)
        if not linking.has_number(document.kind) or document.attached_to_id is not None:
            raise Conflict(
                "Văn bản này không có số riêng: nó được ban hành cùng văn bản mà nó kèm theo."
            )
        body = session.get_one(IssuingBody, document.body_id)
        on = asked or drafting.planned_day(document.paper) or desk.today()
        bodies.check_in_force(session, body, on)
        drafts = [(document.id, dict(document.paper))]
        drafts += [(annex.id, dict(annex.paper)) for annex in _draft_annexes(session, document)]
    main, *annexes = [_prepare(desk, one, paper, on) for one, paper in drafts]
    symbol = letterhead.print_symbol(main.paper)
    pointer = composing.point_to(main.paper, symbol, on, body)
    return (
        _merge(main),
        [_merge(replace(one, paper=replace(one.paper, attached_to=pointer))) for one in annexes],
        body,
        on,
    )


def _check_form(rendered: Sequence[_Rendered], *, despite: str) -> list[str]:
    """Give the rules that papers are against, where there is a reason to issue them anyway.

    Raises:
        PaperDeviates: there is none.
    """
    found = [finding for one in rendered for finding in checking.find_stops(one.content)]
    if found and not despite:
        raise PaperDeviates([str(finding) for finding in found])
    return sorted({finding.rule for finding in found})


def _note_despite(
    session: Session,
    document: Document,
    rules: Sequence[str],
    reason: str,
    *,
    by: str,
    at: datetime,
) -> None:
    audit.append(
        session,
        document.body_id,
        at=at,
        actor=by,
        action="document.issued-despite",
        subject_type="document",
        subject_id=document.id,
        detail={"rules": list(rules), "reason": reason},
    )


def _prepare(desk: Desk, document_id: int, draft: dict[str, Any], on: date) -> _Rendered:
    entry = papers.parse_paper({**draft, "issued_on": on})
    paper = entry.to_paper(today=desk.today(), awaits_number=True)
    form = desk.templates.form(paper.kind)
    return _Rendered(document_id, draft, entry, paper, form, b"")


def _merge(rendered: _Rendered) -> _Rendered:
    return replace(rendered, content=catalogue.merge(rendered.paper, form=rendered.form))


def _draft_annexes(session: Session, document: Document) -> list[Document]:
    return [
        annex
        for annex in documents.annexes_of(session, document)
        if annex.state is DocumentState.DRAFT
    ]


def _unchanged(session: Session, rendered: _Rendered) -> Document:
    """Take the draft's row, if it is still what was rendered."""
    document = documents.get_document(session, rendered.document_id, lock=True)
    documents.check_draft(document)
    if dict(document.paper) != rendered.draft:
        raise Conflict(
            "Dự thảo vừa được người khác sửa trong lúc ban hành; chưa dùng số nào. "
            "Xem lại dự thảo rồi ban hành lại."
        )
    return document


def _stamp(rendered: _Rendered, number: int, on: date) -> Making:
    """Put the number in place of the mark, in the bytes and in the data they are made from."""
    printed = print_number(number)
    kept = {**rendered.entry.to_json(), "issued_on": on.isoformat()}
    if linking.has_number(rendered.paper.kind):
        kept["number"] = number
    if rendered.paper.attached_to:
        kept["attached_to"] = rendered.paper.attached_to.replace(NUMBER_MARK, printed)
    return Making(
        content=merge.replace_text(rendered.content, NUMBER_MARK, printed),
        paper=kept,
        form_key=rendered.paper.kind,
        form_hash=rendered.form.hash,
        engine=ENGINE,
    )


def _line(paper: Paper, number: int, on: date) -> Line:
    symbol = letterhead.symbol_of(replace(paper, number=number))
    return Line(
        kind=paper.kind,
        symbol=str(symbol),
        issued_on=on,
        abstract=paper.abstract,
        signer=paper.signature.name,
        recipients="; ".join(paper.recipients),
        archive=paper.archive,
    )


def _tick_off(session: Session, issued: Sequence[Document], symbol: str) -> None:
    """Tick the papers made here off the checklist of their dossier."""
    for document in issued:
        if document.dossier_id is None or document.kind not in _ON_CHECKLIST:
            continue
        dossiers.receive_paper(
            session,
            dossiers.get_dossier(session, document.dossier_id),
            _ON_CHECKLIST[document.kind],
            note=f"Ban hành cùng số {symbol}",
            file_name=f"{file_name(document)}.docx",
            sha256=documents.issued_version(session, document).sha256,
        )


def _notices(on: date, expected: int | None, number: int) -> list[str]:
    notices = []
    if expected is not None and expected != number:
        notices.append(
            f"Số đã cấp là {print_number(number)}, khác số dự kiến {print_number(expected)}: "
            "có văn bản khác vừa được ban hành trước."
        )
    if form_regime(on) is FormRegime.TT01_2011:
        notices.append(
            "Văn bản đề ngày trước 05/3/2020, khi thể thức theo Thông tư 01/2011/TT-BNV; "
            "bản này trình bày theo Nghị định 30/2020/NĐ-CP."
        )
    return notices


def _find_replay(desk: Desk, document_id: int, entry: IssueEntry, request: str) -> Issued | None:
    """Look for an answer already given, without waiting for writers."""
    with desk.reading() as session:
        document = documents.get_document(session, document_id)
        body = session.get_one(IssuingBody, document.body_id)
        kept = registers.find_replay(session, body, entry.key or "", request)
        return _replayed(session, kept) if kept else None


def _replayed(session: Session, kept: RegisterEntry) -> Issued:
    document = documents.get_document(session, kept.document_id or 0)
    return Issued(
        document_id=document.id,
        kind=document.kind,
        number=kept.number,
        symbol=kept.symbol,
        issued_on=kept.issued_on,
        sha256=kept.sha256 or "",
        annex_ids=tuple(annex.id for annex in documents.annexes_of(session, document)),
        state=document.state,
        is_replay=True,
    )


def _request_hash(document_id: int, entry: IssueEntry) -> str:
    """Hash what was asked for; the number the clerk saw is not part of it."""
    asked = {
        "document": document_id,
        "issued_on": entry.issued_on.isoformat() if entry.issued_on else None,
    }
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
