"""`/kiem-the-thuc`: a clerk drops a Word file and reads what a strict reviewer would say."""

from base64 import b64encode

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from doc_templates.conformity import RULES, Severity
from doc_templates.errors import PaperError
from service.workflow import checking

blueprint = Blueprint("web_checking", __name__, url_prefix="/kiem-the-thuc")


@blueprint.get("")
def form() -> str:
    """Show where to drop the file."""
    return render_template("check.html", report=None, fault="", name="")


@blueprint.post("")
def check() -> ResponseReturnValue:
    """Check the file that was dropped; nothing of it is kept."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        fault = "Chọn một tệp Word (.docx) rồi bấm Kiểm."
        return render_template("check.html", report=None, fault=fault, name=""), 422
    try:
        report, pages, places = checking.check_with_pages(sent.read())
    except PaperError as error:
        return (
            render_template("check.html", report=None, fault=str(error), name=sent.filename),
            422,
        )
    return render_template(
        "check.html",
        report=report,
        fault="",
        name=sent.filename,
        rules=RULES,
        severities=list(Severity),
        pages=[(page.number, b64encode(page.png).decode("ascii")) for page in pages],
        places=places,
    )
