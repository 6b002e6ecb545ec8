"""`/api/v1/check`: a Word file in, what a strict reviewer would say out."""

from flask import Blueprint, Response, jsonify, request

from service.intake.fields import EntryInvalid, FieldError
from service.workflow import checking

blueprint = Blueprint("api_checking", __name__, url_prefix="/api/v1")


@blueprint.post("/check")
def check() -> Response:
    """Check a Word file, sent as the body or as the part “file” of a form."""
    return jsonify(checking.to_json(checking.check_docx(_read_docx())))


def _read_docx() -> bytes:
    if request.mimetype != "multipart/form-data":
        return bytes(request.get_data(cache=False))
    sent = request.files.get("file")
    if sent is None:
        message = "Gửi tệp .docx ở mục tên “file”."
        raise EntryInvalid([FieldError(pointer="/file", code="missing", message=message)])
    return bytes(sent.read())
