"""`/api/v1/nominations`, `/api/v1/dossiers`: nominees, and what the council said of them."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from service.api.requests import clerk, desk, read_key, read_object
from service.intake import nominations
from service.intake.documents import parse_reason
from service.intake.fields import EntryInvalid, FieldError
from service.intake.unknown_names import take_known
from service.workflow import nominating

blueprint = Blueprint("api_nominations", __name__, url_prefix="/api/v1")
#: More than the list of any unit; a larger import is a job of its own.
MOST_AT_ONCE = 1_000


@blueprint.post("/nominations")
def nominate() -> ResponseReturnValue:
    """Keep one nomination, or `{"nominations": [...], "dossier": "title"}`: all or none.

    The header `Idempotency-Key` makes a repeated call safe. A name in a nomination that nobody
    knows is a warning in the answer; a name beside the list is refused.
    """
    raw = read_object()
    title = ""
    if "nominations" in raw:
        listed = raw["nominations"]
        if isinstance(listed, list) and len(listed) > MOST_AT_ONCE:
            message = f"“Các đề nghị”: mỗi lần gửi từ 1 đến {MOST_AT_ONCE}; hãy chia nhỏ."
            raise EntryInvalid(
                [FieldError(pointer="/nominations", code="too-many", message=message)]
            )
        (entries, title), warnings = take_known(
            raw, nominations.parse_batch, below=("/nominations/",)
        )
    else:
        entry, warnings = take_known(raw, nominations.parse_nomination, below=("/",))
        entries = [entry]
    received = nominating.nominate(desk(), entries, by=clerk(), dossier=title, key=read_key())
    headers = {"Idempotency-Replayed": "true"} if received.is_replay else {}
    answer = {
        "nominations": [{"id": one} for one in received.nomination_ids],
        "dossier": {"id": received.dossier_id} if received.dossier_id else None,
        "warnings": warnings,
    }
    return jsonify(answer), 200 if received.is_replay else 201, headers


@blueprint.post("/dossiers/<int(max=2147483647):dossier_id>/agree")
def agree(dossier_id: int) -> ResponseReturnValue:
    """Record that the council agreed to all lines of a dossier; safe to repeat.

    The body may say `{"despite": "why"}` where the rules stop a line.
    """
    raw = read_object() if request.data else {}
    despite = parse_reason(str(raw.get("despite", ""))) if "despite" in raw else ""
    agreed = nominating.agree_all(desk(), dossier_id, by=clerk(), despite=despite)
    return jsonify(dossier=dossier_id, agreed=agreed)
