"""`/api/v1/documents/{id}/pdf` and `/api/v1/pdf`: a Word file, laid out as PDF."""

from flask import Blueprint, Response, request

from service.api.requests import desk
from service.downloads import disposition
from service.intake.fields import EntryInvalid, FieldError
from service.workflow import printing
from service.workflow.printing import Printout

blueprint = Blueprint("api_printing", __name__, url_prefix="/api/v1")
PDF = "application/pdf"


@blueprint.get("/documents/<int(max=2147483647):document_id>/pdf")
def document_pdf(document_id: int) -> Response:
    """Send a document as PDF: the issued bytes laid out, or the last version of a draft."""
    return _send(printing.pdf_of_document(desk(), document_id))


@blueprint.post("/pdf")
def pdf() -> Response:
    """Lay out the .docx that is the body, or the part `file` of a form; nothing is kept."""
    return _send(printing.pdf_of_docx(_read_docx(), seconds=printing.STRANGER_SECONDS))


def _read_docx() -> bytes:
    if request.mimetype != "multipart/form-data":
        return bytes(request.get_data(cache=False))
    sent = request.files.get("file")
    if sent is None:
        message = "Gửi tệp .docx ở mục tên “file”."
        raise EntryInvalid([FieldError(pointer="/file", code="missing", message=message)])
    return bytes(sent.read())


def _send(printout: Printout) -> Response:
    response = Response(printout.content, mimetype=PDF)
    response.headers["Content-Disposition"] = disposition(printout.name)
    response.headers["Trinhky-Engine"] = printout.engine
    if printout.notice:
        response.headers["Trinhky-Notice"] = "engine-old"
    return response
