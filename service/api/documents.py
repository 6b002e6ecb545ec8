"""`/api/v1/documents`: drafts, issue, and the Word file of a document."""

from typing import Any, Final

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from doc_templates import conformity
from records import documents
from records.accounts import Permission
from service.api.requests import clerk, desk, read_editions, read_object, send_docx
from service.guarding import actor
from service.intake import documents as intake
from service.intake.fields import EntryInvalid, FieldError
from service.intake.unknown_names import take_known
from service.workflow import at_once, drafting, issuing
from service.workflow.access import AccessRefused
from service.workflow.drafting import Rehearsed
from service.workflow.issuing import Issued

blueprint = Blueprint("api_documents", __name__, url_prefix="/api/v1/documents")
_MAY_BE_UNKNOWN: Final = ("/paper/",)


@blueprint.post("")
def draft() -> ResponseReturnValue:
    """Draft a document; `expected` is the number it would get now.

    `"issue": true`, or an object as `…/issue` takes it, issues it in the same call: the header
    `Idempotency-Key` is then required. `"dry_run": true` keeps nothing and says what the paper
    would be and where it is against the decree. A name in `paper` that nobody knows is a warning
    in the answer; it is refused where the paper is issued, which nobody can take back.
    """
    raw = read_object()
    asked, is_rehearsal = raw.pop("issue", False), raw.pop("dry_run", False)
    if is_rehearsal is True:
        rehearsed, warnings = take_known(
            raw,
            lambda known: drafting.rehearse(desk(), intake.parse_draft(known)),
            below=_MAY_BE_UNKNOWN if not asked else (),
        )
        return jsonify({**_rehearsal(rehearsed), "warnings": warnings})
    if asked:
        return _issue_at_once(intake.parse_draft(raw), asked)
    made, warnings = take_known(
        raw,
        lambda known: drafting.draft(desk(), intake.parse_draft(known), by=clerk()),
        below=_MAY_BE_UNKNOWN,
    )
    answer = {
        "id": made.document_id,
        "kind": made.kind,
        "state": documents.DocumentState.DRAFT.value,
        "abstract": made.abstract,
        "expected": made.expected,
        "warnings": warnings,
    }
    return jsonify(answer), 201, {"Location": f"/api/v1/documents/{made.document_id}"}


def _issue_at_once(entry: intake.DraftEntry, asked: object) -> ResponseReturnValue:
    if not actor().may(Permission.ISSUE):
        raise AccessRefused(Permission.ISSUE)
    said = dict(asked) if isinstance(asked, dict) else {}
    done = at_once.issue_at_once(desk(), entry, intake.parse_issue(_with_key(said)), by=clerk())
    headers = {"Location": f"/api/v1/documents/{done.document_id}"}
    if done.is_replay:
        headers["Idempotency-Replayed"] = "true"
    return jsonify(_shape(done)), 200 if done.is_replay else 201, headers


def _rehearsal(made: Rehearsed) -> dict[str, Any]:
    report = conformity.check(made.content)
    return {
        "kind": made.kind,
        "abstract": made.abstract,
        "expected": made.expected,
        "bytes": len(made.content),
        "deviations": [
            {
                "rule": one.rule,
                "severity": one.severity.value,
                "message": str(one),
            }
            for one in report.findings
            if one.answer is conformity.Answer.DEVIATES
        ],
    }


@blueprint.get("/<int(max=2147483647):document_id>")
def show(document_id: int) -> ResponseReturnValue:
    """Show a document: state, number, date, and what it is made from."""
    with desk().reading() as session:
        document = documents.get_document(session, document_id)
        edition = documents.edition_of(document)
        version = None
        if document.issued_n is not None:
            version = documents.issued_version(session, document)
        answer = jsonify(
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
        answer.set_etag(edition)
        return answer


@blueprint.post("/<int(max=2147483647):document_id>/issue")
def issue(document_id: int) -> ResponseReturnValue:
    """Issue a draft. The header `Idempotency-Key` makes a repeated call safe.

    With `If-Match` it is issued only as it was read.
    """
    raw = _with_key(read_object() if request.get_data() else {})
    done = issuing.issue(
        desk(), document_id, intake.parse_issue(raw), by=clerk(), seen=read_editions()
    )
    headers = {"Idempotency-Replayed": "true"} if done.is_replay else {}
    return jsonify(_shape(done)), 200, headers | _edition(done.document_id)


@blueprint.post("/<int(max=2147483647):document_id>/cancel")
def cancel(document_id: int) -> ResponseReturnValue:
    """Cancel a draft, or a document with its number: `{"reason": …}`; the number stays spent.

    With `If-Match` it is cancelled only as it was read.
    """
    reason = intake.parse_reason(str(read_object().get("reason", "")))
    issuing.cancel(desk(), document_id, reason=reason, by=clerk(), seen=read_editions())
    answer = {"id": document_id, "state": documents.DocumentState.CANCELLED.value}
    return jsonify(answer), 200, _edition(document_id)


@blueprint.get("/<int(max=2147483647):document_id>/docx")
def docx(document_id: int) -> Response:
    """Send the Word file: the issued bytes, or the last version of a draft."""
    content, name = issuing.read_docx(desk(), document_id)
    return send_docx(content, name)


def _edition(document_id: int) -> dict[str, str]:
    """Tell the edition that a change has made."""
    with desk().reading() as session:
        edition = documents.edition_of(documents.get_document(session, document_id))
    return {"ETag": f'"{edition}"'}


def _with_key(raw: dict[str, Any]) -> dict[str, Any]:
    """Take the key from the header, where it stands, into the request."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and raw.setdefault("key", key) != key:
        message = "Khóa ở đầu mục Idempotency-Key khác khóa trong nội dung; hãy gửi một khóa."
        raise EntryInvalid([FieldError(pointer="/key", code="key-differs", message=message)])
    return raw


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
