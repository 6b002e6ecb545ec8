"""`/api/v1/check`: a Word file in, what a strict reviewer would say out."""

from flask import Blueprint, Response, jsonify, request

from doc_templates.kinds import DocumentKind
from service.intake.fields import EntryInvalid, FieldError
from service.workflow import checking

blueprint = Blueprint("api_checking", __name__, url_prefix="/api/v1")


@blueprint.post("/check")
def check() -> Response:
    """Check a Word file, sent as the body or as the part “file” of a form.

    `?kind=` says what paper it is meant to be.
    """
    return jsonify(checking.to_json(checking.check_docx(_read_docx(), kind=_read_kind())))


def _read_kind() -> DocumentKind | None:
    asked = request.args.get("kind", "")
    if not asked:
        return None
    if asked not in set(DocumentKind):
        message = f"“kind”: không có loại văn bản “{asked[:40]}”."
        raise EntryInvalid([FieldError(pointer="/kind", code="kind-unknown", message=message)])
    return DocumentKind(asked)


def _read_docx() -> bytes:
    if request.mimetype != "multipart/form-data":
        return bytes(request.get_data(cache=False))
    sent = request.files.get("file")
    if sent is None:
        message = "Gửi tệp .docx ở mục tên “file”."
        raise EntryInvalid([FieldError(pointer="/file", code="missing", message=message)])
    return bytes(sent.read())
