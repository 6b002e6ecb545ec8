"""`/api/v1/documents`: drafts, issue, and the Word file of a document."""

from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from records import documents
from service.api.requests import clerk, desk, read_object, send_docx
from service.intake import documents as intake
from service.intake.fields import EntryInvalid, FieldError
from service.workflow import drafting, issuing
from service.workflow.issuing import Issued

blueprint = Blueprint("api_documents", __name__, url_prefix="/api/v1/documents")


@blueprint.post("")
def draft() -> ResponseReturnValue:
    """Draft a document; `expected` is the number it would get now."""
    made = drafting.draft(desk(), intake.parse_draft(read_object()), by=clerk())
    answer = {
        "id": made.document_id,
        "kind": made.kind,
        "state": documents.DocumentState.DRAFT.value,
        "abstract": made.abstract,
        "expected": made.expected,
    }
    return jsonify(answer), 201, {"Location": f"/api/v1/documents/{made.document_id}"}


@blueprint.get("/<int(max=2147483647):document_id>")
def show(document_id: int) -> ResponseReturnValue:
    """Show a document: state, number, date, and what it is made from."""
    with desk().reading() as session:
        document = documents.get_document(session, document_id)
        version = None
        if document.issued_n is not None:
            version = documents.issued_version(session, document)
        return jsonify(
            id=document.id,
            kind=document.kind,
            state=document.state.value,
            abstract=document.abstract,
            number=document.number,
            symbol=document.symbol,
            issued_on=document.issued_on.isoformat() if document.issued_on else None,
            sha256=version.sha256 if version else None,
            form_hash=version.form_hash if version else None,
            attached_to=document.attached_to_id,
            paper=document.paper,
        )


@blueprint.post("/<int(max=2147483647):document_id>/issue")
def issue(document_id: int) -> ResponseReturnValue:
    """Issue a draft. The header `Idempotency-Key` makes a repeated call safe."""
    raw = read_object() if request.get_data() else {}
    key = request.headers.get("Idempotency-Key")
    if key is not None and raw.setdefault("key", key) != key:
        message = "Khóa ở đầu mục Idempotency-Key khác khóa trong nội dung; hãy gửi một khóa."
        raise EntryInvalid([FieldError(pointer="/key", code="key-differs", message=message)])
    done = issuing.issue(desk(), document_id, intake.parse_issue(raw), by=clerk())
    headers = {"Idempotency-Replayed": "true"} if done.is_replay else {}
    return jsonify(_shape(done)), 200, headers


@blueprint.get("/<int(max=2147483647):document_id>/docx")
def docx(document_id: int) -> Response:
    """Send the Word file: the issued bytes, or the last version of a draft."""
    content, name = issuing.read_docx(desk(), document_id)
    return send_docx(content, name)


def _shape(done: Issued) -> dict[str, Any]:
    return {
        "id": done.document_id,
        "kind": done.kind,
        "state": done.state.value,
        "number": done.number,
        "symbol": done.symbol,
        "issued_on": done.issued_on.isoformat(),
        "sha256": done.sha256,
        "annexes": [{"id": annex} for annex in done.annex_ids],
        "number_changed": done.number_changed,
        "notices": list(done.notices),
    }
