"""`/kiem-the-thuc`: a clerk drops a Word file and reads what a strict reviewer would say."""

from base64 import b64encode

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from doc_templates.conformity import RULES, Report, Severity
from doc_templates.errors import PaperError
from doc_templates.kinds import DocumentKind
from service.workflow import checking

blueprint = Blueprint("web_checking", __name__, url_prefix="/kiem-the-thuc")


@blueprint.get("")
def form() -> str:
    """Show where to drop the file."""
    return _shown()


@blueprint.post("")
def check() -> ResponseReturnValue:
    """Check the file that was dropped; nothing of it is kept."""
    sent = request.files.get("file")
    asked = request.form.get("kind", "")
    kind = DocumentKind(asked) if asked in set(DocumentKind) else None
    if sent is None or not sent.filename:
        fault = "Chọn một tệp Word (.docx) rồi bấm Kiểm."
        return _shown(fault=fault), 422
    try:
        report, pages, places = checking.check_with_pages(sent.read(), kind=kind)
    except PaperError as error:
        return _shown(fault=str(error), name=sent.filename, asked=kind), 422
    return _shown(
        report=report,
        name=sent.filename,
        asked=kind,
        rules=RULES,
        severities=list(Severity),
        pages=[(page.number, b64encode(page.png).decode("ascii")) for page in pages],
        places=places,
    )


def _shown(
    *,
    report: Report | None = None,
    fault: str = "",
    name: str = "",
    asked: DocumentKind | None = None,
    **more: object,
) -> str:
    return render_template(
        "check.html",
        report=report,
        fault=fault,
        name=name,
        asked=asked,
        kinds=list(DocumentKind),
        **more,
    )
