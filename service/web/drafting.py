"""`/van-ban/moi`, `/ho-so/…/to-trinh`, `/ho-so/…/quyet-dinh`: a paper begun from what the records
know, put right by a clerk, and drafted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from doc_templates import catalogue
from doc_templates.kinds import DocumentKind
from records import bodies, documents, dossiers
from records.errors import Conflict, NotFound
from service.guarding import actor
from service.intake import documents as intake
from service.intake.documents import DraftEntry
from service.intake.fields import EntryInvalid, FieldError
from service.web import forms
from service.web.forms import PaperForm
from service.web.showing import clerk, desk
from service.workflow import access, deciding, dossier_papers, drafting, proposing
from service.workflow.proposing import Choices, Proposal

blueprint = Blueprint("web_drafting", __name__)
_ANY: Final = "/van-ban/moi/<kind>"
_SUBMISSION: Final = "/ho-so/<int(max=2147483647):dossier_id>/to-trinh"
_DECISION: Final = "/ho-so/<int(max=2147483647):dossier_id>/quyet-dinh"
_CHANGED: Final = (
    "Vừa đổi cơ quan ban hành: người ký, nơi nhận và dòng lưu đã được điền lại theo cơ quan này. "
    "Xem lại rồi bấm lập văn bản lần nữa."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """How a paper is begun and drafted.

    `propose` takes the key of a body, "" for the one that fits best; `draft` keeps the paper and
    gives its number among the documents.
    """

    kind: str
    propose: Callable[[str], Proposal]
    draft: Callable[[DraftEntry], int]
    dossier_id: int | None = None


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
    beginning = _of_kind(kind)
    before = _paper_before(kind)
    proposal = beginning.propose(before.get("issuer") or _own_body())
    form = forms.form_of(kind, with_issuer=True).filled(_values(proposal)).filled(before)
    return _show(beginning, form, proposal.choices)


@blueprint.post(_ANY)
def draft(kind: str) -> ResponseReturnValue:
    """Draft the paper, or show what to put right."""
    return _draft(_of_kind(kind))


@blueprint.get(_SUBMISSION)
def submission_form(dossier_id: int) -> str:
    """Show the form of a Tờ trình, begun from the record."""
    return _show_proposed(_submission_on(dossier_id))


@blueprint.post(_SUBMISSION)
def draft_submission(dossier_id: int) -> ResponseReturnValue:
    """Draft the Tờ trình with its Bản trích ngang, or show what to put right."""
    return _draft(_submission_on(dossier_id))


@blueprint.get(_DECISION)
def decision_form(dossier_id: int) -> str:
    """Show the form of the decision on a dossier, begun from the record."""
    beginning = _decision_on(dossier_id)
    if not beginning.propose("").count:
        raise Conflict("Hồ sơ chưa có ai được Hội đồng đồng ý nên chưa lập được Quyết định.")
    return _show_proposed(beginning)


@blueprint.post(_DECISION)
def draft_decision(dossier_id: int) -> ResponseReturnValue:
    """Draft the decision with the list of those who were agreed to."""
    return _draft(_decision_on(dossier_id))


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


def _of_kind(kind: str) -> Beginning:
    """Begin a paper of any kind.

    Raises:
        NotFound: no page asks for such a paper.
    """
    if not offers(kind):
        raise NotFound("trang lập văn bản loại", kind)
    return Beginning(
        kind=kind,
        propose=lambda body: deciding.begin(desk(), kind, body_key=body),
        draft=_keep,
    )


def _submission_on(dossier_id: int) -> Beginning:
    return Beginning(
        kind=DocumentKind.SUBMISSION.value,
        propose=lambda body: proposing.propose_submission(desk(), dossier_id, body_key=body),
        draft=lambda entry: dossier_papers.draft_submission(desk(), entry, by=clerk()),
        dossier_id=dossier_id,
    )


def _decision_on(dossier_id: int) -> Beginning:
    return Beginning(
        kind=DocumentKind.DECISION.value,
        propose=lambda body: deciding.propose_decision(desk(), dossier_id, body_key=body),
        draft=_keep,
        dossier_id=dossier_id,
    )


def _keep(entry: DraftEntry) -> int:
    return drafting.draft(desk(), entry, by=clerk()).document_id


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


def _show_proposed(beginning: Beginning) -> str:
    """Show the form as the record proposes it, for a body that is open to who asks."""
    proposal = beginning.propose("")
    if proposal.choices.body not in _open_bodies():
        proposal = beginning.propose(_own_body())
    form = forms.form_of(beginning.kind, with_issuer=True).filled(_values(proposal))
    return _show(beginning, form, proposal.choices)


def _draft(beginning: Beginning) -> ResponseReturnValue:
    typed = forms.read_form()
    form = forms.form_of(beginning.kind, with_issuer=True).filled(typed)
    issuer = typed.get("issuer", "")
    if "refill" in typed or issuer != typed.get("filled_for", issuer):
        return _refill(beginning, form, issuer, is_asked="refill" in typed)
    raw: dict[str, Any] = {
        "body": issuer,
        "signatory": typed.get("signatory", ""),
        "paper": {**forms.paper_of(form, typed), "kind": beginning.kind},
        "dossier": beginning.dossier_id,
    }
    try:
        made = beginning.draft(intake.parse_draft(raw))
    except EntryInvalid as error:
        choices = _choices(beginning, form, issuer)
        return _show(beginning, form.faulted(error.errors), choices), 422
    return redirect(url_for("web_documents.show", document_id=made), 303)


def _refill(
    beginning: Beginning, form: PaperForm, issuer: str, *, is_asked: bool
) -> ResponseReturnValue:
    """Show the form again with what belongs to another body: signers, recipients, archive.

    A body that was changed without asking is said, so that nobody signs for another's; one that
    is not there costs nothing of what was typed.
    """
    try:
        proposal = beginning.propose(issuer)
    except NotFound as error:
        proposal = beginning.propose("")
        return _show(beginning, form.faulted([_fault(str(error))]), proposal.choices), 422
    begun = _values(proposal)
    form = form.filled({name: begun[name] for name in ("signatory", "recipients", "archive")})
    if not is_asked:
        form = form.faulted([_fault(_CHANGED)])
    return _show(beginning, form, proposal.choices), 200 if is_asked else 422


def _fault(message: str) -> FieldError:
    """Say something beside the issuing body."""
    return FieldError(pointer="/body", code="choice-wrong", message=message)


def _choices(beginning: Beginning, form: PaperForm, issuer: str) -> Choices:
    """Tell what may be chosen on the day that was typed, or today."""
    typed = next(field.value for field in form.fields if field.name == "issued_on")
    day = forms.typed_day(typed)
    try:
        return proposing.choices(desk(), issuer, kind=beginning.kind, on=day)
    except NotFound:
        return beginning.propose("").choices


def _values(proposal: Proposal) -> dict[str, str]:
    return {
        "issuer": proposal.choices.body,
        "signatory": proposal.signatory,
        "abstract": proposal.abstract,
        "addressees": "\n".join(proposal.addressees),
        "legal_bases": "\n".join(proposal.legal_bases),
        "body": proposal.text,
        "recipients": "\n".join(proposal.recipients),
        "archive": proposal.archive,
    }


def _open_bodies() -> set[str]:
    with desk().reading() as session:
        return {
            body.key for body in bodies.bodies(session) if access.is_open(session, actor(), body.id)
        }


def _show(beginning: Beginning, form: PaperForm, choices: Choices) -> str:
    open_to = _open_bodies()
    offered = tuple(one for one in choices.bodies if one.key in open_to)
    with desk().reading() as session:
        overview = None
        if beginning.dossier_id is not None:
            dossier = dossiers.get_dossier(session, beginning.dossier_id)
            overview = dossier_papers.overview(session, dossier)
        return render_template(
            "paper_form.html",
            form=form.offering({"issuer": offered, "signatory": choices.signatories}),
            choices=choices,
            kind=beginning.kind,
            title=catalogue.get_form(beginning.kind).title,
            overview=overview,
        )
