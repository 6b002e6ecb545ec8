"""`/api/v1/documents/{id}/pdf`, `…/pages/{n}.png` and `/api/v1/pdf`: a Word file, laid out."""

from flask import Blueprint, Response, request

from doc_templates.pdf import Engine, Finish
from service.api.requests import desk, read_object
from service.downloads import disposition
from service.intake.fields import EntryInvalid, FieldError
from service.workflow import printing, printing_together
from service.workflow.printing import Printout

blueprint = Blueprint("api_printing", __name__, url_prefix="/api/v1")
PDF = "application/pdf"
#: More wait for a job of their own.
MOST_TOGETHER = 500


@blueprint.get("/documents/<int(max=2147483647):document_id>/pdf")
def document_pdf(document_id: int) -> Response:
    """Send a document as PDF: the issued bytes laid out, or the last version of a draft."""
    return _send(printing.pdf_of_document(desk(), document_id, engine=_engine(), finish=_finish()))


@blueprint.get("/documents/<int(max=2147483647):document_id>/pages/<int(min=1,max=5000):page>.png")
def page_picture(document_id: int, page: int) -> Response:
    """Send a page of a document as a picture, counted from 1; `?width=` in pixels."""
    width = request.args.get("width", default=printing.USUAL_WIDTH, type=int)
    picture = printing.picture_of_page(desk(), document_id, page, width=width)
    response = Response(picture, mimetype="image/png")
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    response.make_conditional(request.environ)
    return response


@blueprint.get("/dossiers/<int(max=2147483647):dossier_id>/pdf")
def dossier_pdf(dossier_id: int) -> Response:
    """Send all papers of a dossier as one PDF, in the order of their making."""
    return _send(printing_together.pdf_of_dossier(desk(), dossier_id))


@blueprint.post("/pdf")
def pdf() -> Response:
    """Lay out the .docx that is the body, or the part `file` of a form; nothing is kept.

    `?engine=` is auto (the default), fast or libreoffice.
    """
    return _send(
        printing.pdf_of_docx(
            _read_docx(),
            seconds=printing.STRANGER_SECONDS,
            engine=_engine() or Engine.AUTO,
            unoserver=desk().unoserver,
            finish=_finish(),
        )
    )


@blueprint.post("/print")
def print_together() -> Response:
    """Make one PDF of the documents whose ids are listed in `documents`, in their order."""
    sent = read_object().get("documents")
    ids = sent if isinstance(sent, list) and all(type(one) is int for one in sent) else []
    if not 0 < len(ids) <= MOST_TOGETHER:
        message = f"Cần một danh sách 1 đến {MOST_TOGETHER} số thứ tự văn bản."
        raise EntryInvalid(
            [FieldError(pointer="/documents", code="list-expected", message=message)]
        )
    response = Response(printing_together.print_together(desk(), ids), mimetype=PDF)
    response.headers["Content-Disposition"] = disposition("van-ban.pdf")
    return response


def _engine() -> Engine | None:
    """Read `?engine=`; None when it is not given."""
    asked = request.args.get("engine")
    if asked is None:
        return None
    if asked not in set(Engine):
        known = ", ".join(Engine)
        message = f"Không có bộ dàn trang “{asked[:20]}”; chọn một trong: {known}."
        raise EntryInvalid([FieldError(pointer="/engine", code="choice-wrong", message=message)])
    return Engine(asked)


def _finish() -> Finish:
    """Read `?archive=1&fields=1&code=…`."""
    return printing.parse_finish(
        is_archival=request.args.get("archive") == "1",
        has_fields=request.args.get("fields") == "1",
        code=request.args.get("code", ""),
    )


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
