"""One call gives a numbered paper: drafted, numbered, frozen, and safe to send again."""

import hashlib
import json
from contextlib import suppress

from records import bodies, documents, registers
from records.errors import AlreadyIssued, StateRefused
from service.intake.documents import DraftEntry, IssueEntry
from service.intake.fields import EntryInvalid, FieldError
from service.workflow import drafting, issuing
from service.workflow.desk import Desk
from service.workflow.issuing import Issued

#: What is said of a draft that another call has issued or cleared away meanwhile.
_TAKEN = (AlreadyIssued, StateRefused)
_SENT_AGAIN = "Cùng một yêu cầu được gửi nhiều lần cùng lúc; văn bản đã ban hành từ lần khác."


def issue_at_once(desk: Desk, entry: DraftEntry, asked: IssueEntry, *, by: str) -> Issued:
    """Draft a paper and issue it under the next number.

    The same key with the same request gives the same document, however often and however
    broken off it was sent before; a draft that a broken call left is gone on with.

    Raises:
        EntryInvalid: there is no key, or the paper has faults.
        KeyReused: the key came with another request.
        Further as `drafting.draft` and `issuing.issue`.
    """
    if not asked.key:
        message = "Ban hành trong một lần gọi cần khóa chống lặp (đầu mục Idempotency-Key)."
        raise EntryInvalid([FieldError(pointer="/key", code="missing", message=message)])
    request = _hash(entry, asked)
    call = hashlib.sha256(f"{asked.key}\n{request}".encode()).hexdigest()
    document_id = (
        _answered(desk, entry, asked.key, request)
        or _left_behind(desk, entry, call)
        or drafting.draft(desk, entry, by=by, call_hash=call).document_id
    )
    try:
        issued = issuing.issue(desk, document_id, asked, by=by, request=request)
    except _TAKEN:
        # A twin of this call took the draft, and was quicker: its answer is ours too.
        answered = _answered(desk, entry, asked.key, request)
        if answered is None:
            raise
        document_id = answered
        issued = issuing.issue(desk, document_id, asked, by=by, request=request)
    if issued.document_id != document_id:  # another call with this key was quicker
        with suppress(*_TAKEN):  # a third one cleared it away
            issuing.cancel(desk, document_id, reason=_SENT_AGAIN, by=by)
    return issued


def _answered(desk: Desk, entry: DraftEntry, key: str, request: str) -> int | None:
    """Give the document that a call with this key has made already."""
    with desk.reading() as session:
        body = bodies.get_body(session, entry.body)
        kept = registers.find_replay(session, body, key, request)
        return kept.document_id if kept is not None else None


def _left_behind(desk: Desk, entry: DraftEntry, call: str) -> int | None:
    """Find the draft that the very same call has made, and did not come to issue."""
    with desk.reading() as session:
        body = bodies.get_body(session, entry.body)
        return documents.find_draft_of(session, body.id, call)


def _hash(entry: DraftEntry, asked: IssueEntry) -> str:
    said = [entry.model_dump(mode="json"), asked.model_dump(mode="json")]
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()
