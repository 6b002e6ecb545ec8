"""`/van-ban/moi`, `/ho-so/…/quyet-dinh`: a paper begun from what the records know, and drafted."""

from collections.abc import Callable
from typing import Any, Final

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from doc_templates import catalogue
from doc_templates.kinds import DocumentKind
from records import bodies, documents, dossiers
from records.errors import Conflict, NotFound
from service.guarding import actor
from service.intake import documents as intake
from service.intake.fields import EntryInvalid, FieldError
from service.web import forms
from service.web.forms import PaperForm
from service.web.showing import clerk, desk
from service.workflow import access, deciding, drafting, proposing
from service.workflow.proposing import Choices, Proposal

blueprint = Blueprint("web_drafting", __name__)
_DECISION: Final = DocumentKind.DECISION.value
_DOSSIER: Final = "/ho-so/<int(max=2147483647):dossier_id>/quyet-dinh"
_ANY: Final = "/van-ban/moi/<kind>"
_CHANGED: Final = (
    "Vừa đổi cơ quan ban hành: người ký, nơi nhận và dòng lưu đã được điền lại theo cơ quan này. "
    "Xem lại rồi bấm lập văn bản lần nữa."
)
Propose = Callable[[str], Proposal]


@blueprint.get("/van-ban/moi")
def index() -> str:
    """List the kinds of paper that can be begun on a page."""
    kinds = [form for form in catalogue.list_forms() if is_drafted_here(form)]
    return render_template("paper_kinds.html", kinds=kinds)


@blueprint.get(_ANY)
def begin(kind: str) -> str:
    """Show the form of a kind, begun for the body of `?co-quan=`, or one's own.

    `?nhu=` is a paper of that kind to do again: its words, with today's signatory and no date.
    """
    _check_kind(kind)
    before = _paper_before(kind)
    proposal = deciding.begin(desk(), kind, body_key=before.get("issuer") or _own_body())
    return _show(kind, _begun(kind, proposal).filled(before), proposal.choices)


@blueprint.post(_ANY)
def draft(kind: str) -> ResponseReturnValue:
    """Draft the paper, or show what to put right."""
    _check_kind(kind)
    return _draft(kind, lambda body: deciding.begin(desk(), kind, body_key=body))


@blueprint.get(_DOSSIER)
def decision_form(dossier_id: int) -> str:
    """Show the form of the decision on a dossier, begun from the record."""
    proposal = deciding.propose_decision(desk(), dossier_id)
    if not proposal.count:
        raise Conflict("Hồ sơ chưa có ai được Hội đồng đồng ý nên chưa lập được Quyết định.")
    return _show(_DECISION, _begun(_DECISION, proposal), proposal.choices, dossier_id=dossier_id)


@blueprint.post(_DOSSIER)
def draft_decision(dossier_id: int) -> ResponseReturnValue:
    """Draft the decision with the list of those who were agreed to."""
    return _draft(
        _DECISION,
        lambda body: deciding.propose_decision(desk(), dossier_id, body_key=body),
        dossier_id=dossier_id,
    )


def is_drafted_here(form: catalogue.Form) -> bool:
    """Tell whether a page can ask for all that a kind of paper needs."""
    if form.kind not in set(DocumentKind):
        return False
    asked = {field.name for field in forms.form_of(form.kind).fields}
    of_record = {name for name in form.required if name.startswith("issuer.")}
    return set(form.required) <= asked | of_record


def offers(kind: str) -> bool:
    """Tell whether a paper of a kind can be begun on a page, or done again."""
    return kind in {form.kind for form in catalogue.list_forms() if is_drafted_here(form)}


def is_sketched(kind: str) -> bool:
    """Tell whether a kind has a form on a page, so that its pages can be shown beside it."""
    return kind in {form.kind for form in catalogue.list_forms()}


def _check_kind(kind: str) -> None:
    if not offers(kind):
        raise NotFound("trang lập văn bản loại", kind)


def _paper_before(kind: str) -> dict[str, str]:
    """Give what stands in the form of the paper that shall be done again; {} for none."""
    asked = request.args.get("nhu", "")
    if not asked:
        return {}
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else 0
    with desk().reading() as session:
        document = documents.get_document(session, number)
        if document.kind != kind or not access.is_open(session, actor(), document.body_id):
            raise NotFound("văn bản", asked)
        body = session.get_one(bodies.IssuingBody, document.body_id)
        values = forms.values_of(document.paper)
        values.pop("issued_on", None)
        return {**values, "issuer": body.key}


def _own_body() -> str:
    asked = request.args.get("co-quan", "")
    with desk().reading() as session:
        if asked:
            body = bodies.get_body(session, asked)
            if not access.is_open(session, actor(), body.id):
                raise NotFound("cơ quan", asked)
            return asked
        mine = actor().body_id
        return session.get_one(bodies.IssuingBody, mine).key if mine is not None else ""


def _draft(kind: str, propose: Propose, *, dossier_id: int | None = None) -> ResponseReturnValue:
    typed = forms.read_form()
    form = forms.form_of(kind, with_issuer=True).filled(typed)
    issuer = typed.get("issuer", "")
    if "refill" in typed or issuer != typed.get("filled_for", issuer):
        return _refill(kind, form, propose, issuer, "refill" in typed, dossier_id)
    raw: dict[str, Any] = {
        "body": issuer,
        "signatory": typed.get("signatory", ""),
        "paper": {**forms.paper_of(form, typed), "kind": kind},
    }
    if dossier_id is not None:
        raw["dossier"] = dossier_id
    try:
        made = drafting.draft(desk(), intake.parse_draft(raw), by=clerk())
    except EntryInvalid as error:
        choices = _choices(kind, form, issuer, propose)
        return _show(kind, form.faulted(error.errors), choices, dossier_id=dossier_id), 422
    return redirect(url_for("web_documents.show", document_id=made.document_id), 303)


def _refill(
    kind: str,
    form: PaperForm,
    propose: Propose,
    issuer: str,
    is_asked: bool,
    dossier_id: int | None,
) -> ResponseReturnValue:
    """Show the form again with what belongs to another body: signers, recipients, archive."""
    proposal = propose(issuer)
    begun = _values(proposal)
    form = form.filled({name: begun[name] for name in ("signatory", "recipients", "archive")})
    if not is_asked:
        form = form.faulted([FieldError(pointer="/body", code="choice-wrong", message=_CHANGED)])
    shown = _show(kind, form, proposal.choices, dossier_id=dossier_id)
    return shown, 200 if is_asked else 422


def _choices(kind: str, form: PaperForm, issuer: str, propose: Propose) -> Choices:
    typed = next(field.value for field in form.fields if field.name == "issued_on")
    try:
        return proposing.choices(desk(), issuer, kind=kind, on=forms.typed_day(typed))
    except NotFound:
        return propose("").choices


def _begun(kind: str, proposal: Proposal) -> PaperForm:
    return forms.form_of(kind, with_issuer=True).filled(_values(proposal))


def _values(proposal: Proposal) -> dict[str, str]:
    return {
        "issuer": proposal.choices.body,
        "signatory": proposal.signatory,
        "abstract": proposal.abstract,
        "legal_bases": "\n".join(proposal.legal_bases),
        "body": proposal.text,
        "recipients": "\n".join(proposal.recipients),
        "archive": proposal.archive,
    }


def _show(kind: str, form: PaperForm, choices: Choices, *, dossier_id: int | None = None) -> str:
    with desk().reading() as session:
        open_to = {
            body.key for body in bodies.bodies(session) if access.is_open(session, actor(), body.id)
        }
        dossier = dossiers.get_dossier(session, dossier_id) if dossier_id is not None else None
    offered = tuple(one for one in choices.bodies if one.key in open_to)
    return render_template(
        "paper_form.html",
        form=form.offering({"issuer": offered, "signatory": choices.signatories}),
        choices=choices,
        kind=kind,
        title=catalogue.get_form(kind).title,
        dossier=dossier,
    )
