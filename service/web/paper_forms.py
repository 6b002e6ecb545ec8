"""`/bieu-mau`: the Word templates in use, and one that an office made tried before it is used."""

from base64 import b64encode

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from doc_templates import catalogue
from doc_templates.errors import PaperError
from service.downloads import disposition
from service.web.documents import DOCX
from service.web.showing import desk, form_in_address
from service.workflow import template_trials
from service.workflow.template_trials import Trial

blueprint = Blueprint("web_paper_forms", __name__, url_prefix="/bieu-mau")


@blueprint.get("")
def index() -> str:
    """List the forms, and whose template each of them fills."""
    forms = [(form, template_trials.is_own(desk(), form.kind)) for form in catalogue.list_forms()]
    return render_template("paper_forms.html", forms=forms)


@blueprint.get("/<kind>")
def show(kind: str) -> str:
    """Show the places of a template, and where to drop one's own."""
    return _shown(form_in_address(kind))


@blueprint.get("/<kind>/mau.docx")
def docx(kind: str) -> Response:
    """Send the template that we ship, to be restyled in Word."""
    content = form_in_address(kind).template()
    headers = {"Content-Disposition": disposition(f"{kind}.docx")}
    return Response(content, mimetype=DOCX, headers=headers)


@blueprint.post("/<kind>")
def check(kind: str) -> ResponseReturnValue:
    """Try the template that was dropped: its faults, or the pages it makes."""
    form = form_in_address(kind)
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _shown(form, fault="Chọn một tệp Word (.docx) rồi bấm Thử mẫu."), 422
    try:
        trial = template_trials.try_template(desk(), kind, sent.read())
    except PaperError as error:
        return _shown(form, fault=str(error), name=sent.filename), 422
    shown = _shown(form, trial=trial, name=sent.filename)
    return shown, 422 if trial.faults else 200


def _shown(
    form: catalogue.Form, *, trial: Trial | None = None, fault: str = "", name: str = ""
) -> str:
    return render_template(
        "paper_form_template.html",
        form=form,
        is_own=template_trials.is_own(desk(), form.kind),
        places=template_trials.placeholders(desk(), form.kind),
        trial=trial,
        pages=[b64encode(one).decode("ascii") for one in trial.pages] if trial else [],
        fault=fault,
        name=name,
    )
