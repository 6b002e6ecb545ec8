"""`/van-ban`: a document, its Word files, its issue, its change and its cancelling."""

import uuid
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from doc_templates.errors import PaperDeviates
from doc_templates.pdf import Finish
from records import bodies, documents, dossiers, registers, versions
from records.bodies import IssuingBody
from records.documents import Document, DocumentState
from records.errors import (
    Conflict,
    DateInFuture,
    DateOutOfOrder,
    DateOutsideYear,
    RegisterClosed,
)
from records.regimes import FormRegime, form_regime
from service.downloads import disposition
from service.intake import documents as intake
from service.intake.fields import EntryInvalid
from service.web import drafting, forms
from service.web.showing import PAGE_SIZE, clerk, desk, print_day
from service.workflow import (
    consistency,
    dossier_papers,
    issuing,
    linking,
    printing,
    proposing,
    verifying,
)
from service.workflow.proposing import Option

blueprint = Blueprint(
    "web_documents", __name__, url_prefix="/van-ban/<int(max=2147483647):document_id>"
)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
#: Refusals of a date by the register: said beside the date.
_OF_THE_DATE = (DateInFuture, DateOutOfOrder, DateOutsideYear, RegisterClosed)


@blueprint.get("")
def show(document_id: int) -> str:
    """Show a document; `?du-kien=` is the number the clerk saw before it was issued."""
    return _show(document_id)


@blueprint.get("/docx")
def docx(document_id: int) -> Response:
    """Send the Word file: the issued bytes, or the last version of a draft."""
    content, name = issuing.read_docx(desk(), document_id)
    response = Response(content, mimetype=DOCX)
    response.headers["Content-Disposition"] = disposition(name)
    return response


@blueprint.get("/pdf")
def pdf(document_id: int) -> Response:
    """Send the same file laid out as PDF; `?ky=1` with fields to sign, as PDF/A-2b.

    `?ma=1` puts a QR code on it that leads to the page on which anybody may verify it.
    """
    is_to_sign, has_code = request.args.get("ky") == "1", request.args.get("ma") == "1"
    finish = Finish(is_archival=True, has_fields=True) if is_to_sign else None
    if has_code:
        finish = replace(finish or Finish(), code=_address_of_code(document_id))
    made = printing.pdf_of_document(desk(), document_id, finish=finish)
    response = Response(made.content, mimetype=PDF)
    response.headers["Content-Disposition"] = disposition(made.name)
    return response


def _address_of_code(document_id: int) -> str:
    """Give the address of the page that verifies an issued document.

    Raises:
        NotFound: it has not been issued.
    """
    with desk().reading() as session:
        document = documents.get_document(session, document_id)
        code = verifying.code_of(documents.issued_version(session, document).sha256)
    return url_for("web_verifying.show", code=code, _external=True)


@blueprint.get("/xem-truoc")
def preview(document_id: int) -> str:
    """Show the pages of a document as they will be printed."""
    pages = printing.count_pages(desk(), document_id)
    with desk().reading() as session:
        document = documents.get_document(session, document_id)
        return render_template(
            "preview.html", document=document, pages=pages, width=printing.USUAL_WIDTH
        )


@blueprint.get("/trang/<int(min=1,max=5000):page>.png")
def page_picture(document_id: int, page: int) -> Response:
    """Send a page as a picture, counted from 1."""
    response = Response(printing.picture_of_page(desk(), document_id, page), mimetype="image/png")
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    response.make_conditional(request.environ)
    return response


@blueprint.post("/ban-hanh")
def issue(document_id: int) -> ResponseReturnValue:
    """Issue a draft; the hidden key makes a double click or a resent form harmless."""
    typed = forms.read_form()
    try:
        entry = intake.parse_issue(
            {
                "issued_on": typed.get("issued_on", ""),
                "key": typed.get("key") or None,
                "expected": _number(typed.get("expected", "")),
                "despite": typed.get("despite", ""),
            }
        )
        issuing.issue(desk(), document_id, entry, by=clerk())
    except EntryInvalid as error:
        return _show(document_id, typed=typed, faults=[one.message for one in error.errors]), 422
    except _OF_THE_DATE as error:
        return _show(document_id, typed=typed, faults=[str(error)]), 409
    except PaperDeviates as error:
        return _show(document_id, typed=typed, deviations=list(error.findings)), 422
    seen: dict[str, Any] = {"du-kien": entry.expected} if entry.expected else {}
    return redirect(url_for(".show", document_id=document_id, **seen), 303)


@blueprint.get("/sua")
def edit_form(document_id: int) -> str:
    """Show the form of a draft with what it holds."""
    with desk().reading() as session:
        document = documents.get_document(session, document_id)
        documents.check_draft(document)
        edition = dossier_papers.edition_of(session, document)
        form = forms.form_of(document.kind).filled(forms.values_of(document.paper))
    return _show_edit(document_id, form, edition=edition)


@blueprint.post("/sua")
def edit(document_id: int) -> ResponseReturnValue:
    """Change a draft and make it again, or show what to put right."""
    typed = forms.read_form()
    with desk().reading() as session:
        document = documents.get_document(session, document_id)
        documents.check_draft(document)
    form = forms.form_of(document.kind).filled(typed)
    edition = typed.get("edition", "")
    try:
        dossier_papers.amend(
            desk(),
            document_id,
            forms.paper_of(form, typed),
            signatory=typed.get("signatory", ""),
            seen=edition,
            by=clerk(),
        )
    except EntryInvalid as error:
        return _show_edit(document_id, form.faulted(error.errors), edition=edition), 422
    return redirect(url_for(".show", document_id=document_id), 303)


@blueprint.get("/huy")
def cancel_form(document_id: int) -> str:
    """Ask before a document is cancelled, and why."""
    return _show_cancel(document_id)


@blueprint.post("/huy")
def cancel(document_id: int) -> ResponseReturnValue:
    """Cancel a document with its number."""
    typed = forms.read_form()
    try:
        reason = intake.parse_reason(typed.get("reason", ""))
    except EntryInvalid as error:
        messages = [one.message for one in error.errors]
        return _show_cancel(document_id, reason=typed.get("reason", ""), faults=messages), 422
    issuing.cancel(desk(), document_id, reason=reason, by=clerk())
    return redirect(url_for(".show", document_id=document_id), 303)


def _show(
    document_id: int,
    *,
    typed: dict[str, str] | None = None,
    faults: list[str] | None = None,
    deviations: list[str] | None = None,
) -> str:
    with desk().reading() as session:
        document = documents.get_document(session, document_id)
        body = session.get_one(IssuingBody, document.body_id)
        main = None
        if document.attached_to_id is not None:
            main = documents.get_document(session, document.attached_to_id)
        return render_template(
            "document.html",
            document=document,
            body=body,
            main=main,
            can_repeat=drafting.offers(document.kind)
            and not document.dossier_id
            and document.state is not DocumentState.DRAFT,
            dossier=dossiers.get_dossier(session, document.dossier_id)
            if document.dossier_id
            else None,
            sha256=_sha256(session, document),
            annexes=[
                (annex, _sha256(session, annex))
                for annex in documents.annexes_of(session, document)
            ],
            entry=(entry := registers.entry_of(session, document.id)),
            entry_page=_page_of(session, entry) if entry else 1,
            is_of_old_form=document.issued_on is not None
            and form_regime(document.issued_on) is FormRegime.TT01_2011,
            seen=_number(request.args.get("du-kien", "")),
            issue=_issue_form(session, document, body, typed or {}),
            faults=faults or [],
            deviations=deviations or [],
            mismatches=consistency.check_document(session, document)
            if document.state is DocumentState.DRAFT
            else (),
            despite=(typed or {}).get("despite", ""),
        )


def _page_of(session: Session, entry: registers.RegisterEntry) -> int:
    """Tell on which page of its book a line stands, counted from the end: there is no gap."""
    register = session.get_one(registers.Register, entry.register_id)
    _, total = registers.entries(session, register, size=1)
    return max(0, total - 1 - (register.last - entry.number)) // PAGE_SIZE + 1


def _issue_form(
    session: Session, document: Document, body: IssuingBody, typed: dict[str, str]
) -> dict[str, Any] | None:
    """Give what the issue form holds; `None`: the document is not to be issued by itself."""
    is_draft = document.state is DocumentState.DRAFT
    if not is_draft or document.attached_to_id or not linking.has_number(document.kind):
        return None
    planned = forms.typed_day(str(document.paper.get("issued_on", ""))) or desk().today()
    on = forms.typed_day(typed.get("issued_on", "")) or planned
    series = bodies.series_for(body, document.kind)
    unit = document.paper.get("issuer", {}).get("drafting_unit", "")
    return {
        "issued_on": typed.get("issued_on", print_day(planned)),
        "symbol": proposing.expected_symbol(
            session, body, document.kind, on=on, drafting_unit=unit
        ),
        "expected": registers.preview(session, body, series, on.year),
        "key": typed.get("key") or uuid.uuid4().hex,
    }


def _show_edit(document_id: int, form: forms.PaperForm, *, edition: str) -> str:
    with desk().reading() as session:
        document = documents.get_document(session, document_id)
        body = session.get_one(IssuingBody, document.body_id)
    typed = next(field.value for field in form.fields if field.name == "issued_on")
    choices = proposing.choices(desk(), body.key, kind=document.kind, on=forms.typed_day(typed))
    signed = document.paper.get("signature", {}).get("name", "")
    kept = Option(key="", label=f"Giữ nguyên: {signed or 'như trong dự thảo'}")
    return render_template(
        "edit_form.html",
        document=document,
        body=body,
        form=form.offering({"signatory": (kept, *choices.signatories)}),
        edition=edition,
    )


def _show_cancel(document_id: int, *, reason: str = "", faults: list[str] | None = None) -> str:
    with desk().reading() as session:
        document = documents.get_document(session, document_id)
        if document.state not in (DocumentState.DRAFT, DocumentState.ISSUED):
            raise Conflict(
                f"Văn bản này đang ở trạng thái “{document.state.label}”, không hủy được nữa."
            )
        return render_template(
            "cancel.html",
            document=document,
            annexes=documents.annexes_of(session, document),
            reason=reason,
            faults=faults or [],
        )


def _sha256(session: Session, document: Document) -> str:
    """Give the hash of the issued bytes, or of a draft's last version; "" before the first."""
    if document.issued_n is not None:
        return documents.issued_version(session, document).sha256
    made = versions.versions_of(session, document.id)
    return made[-1].sha256 if made else ""


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else None
