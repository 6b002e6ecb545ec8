"""Reading a request for another system: its JSON, its desk, its file to send back."""

import json
from typing import Any

from flask import Response, abort, current_app, request

from service.downloads import disposition
from service.guarding import actor
from service.intake.documents import parse_issue
from service.intake.fields import EntryInvalid, FieldError
from service.workflow.access import AT_THIS_MACHINE
from service.workflow.desk import Desk

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LAST_PAGE = 1_000_000
_DEEPEST = 30
#: No group of ours has more than thirty names.
_MOST_NAMES = 1_000


def desk() -> Desk:
    """Give the desk of the running application."""
    found: Desk = current_app.extensions["desk"]
    return found


def clerk() -> str:
    """Name who acts, for the log: the visible part of the key, or “api” in an open house."""
    found = actor()
    return "api" if found is AT_THIS_MACHINE else found.login


def read_object() -> dict[str, Any]:
    """Read the JSON object that was sent.

    Duplicate names, NaN and nesting beyond thirty levels are refused: two readers of such a
    body would understand two different things. So are groups of thousands of names.

    Raises:
        EntryInvalid: the body is not such an object.
    """
    if request.mimetype != "application/json":
        abort(415)
    try:
        value = json.loads(
            request.get_data(cache=False).decode("utf-8"),
            object_pairs_hook=_no_duplicates,
            parse_constant=_no_constant,
        )
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, _JsonRefused) else "không đọc được"
        raise EntryInvalid([_fault(f"JSON {reason}; hãy kiểm tra lại nội dung.")]) from error
    if not isinstance(value, dict):
        raise EntryInvalid([_fault("Cần một đối tượng JSON { … }.")])
    if _depth(value) > _DEEPEST:
        raise EntryInvalid([_fault(f"JSON lồng nhau quá {_DEEPEST} tầng.")])
    return value


def read_key() -> str:
    """Read the key by which a repeated call is known; "" where there is none.

    Raises:
        EntryInvalid: it holds what cannot be kept.
    """
    key = request.headers.get("Idempotency-Key")
    return parse_issue({"key": key}).key or "" if key is not None else ""


def read_editions() -> frozenset[str] | None:
    """Read which editions the caller saw (`If-Match`, RFC 9110); `None`: any will do."""
    told = request.if_match
    if "If-Match" not in request.headers or told.star_tag:
        return None
    return frozenset(told.as_set())


def read_number(name: str, *, least: int, most: int) -> int | None:
    """Read a number of the query; `None`: it is not asked for.

    Raises:
        EntryInvalid: it is no whole number from `least` to `most`.
    """
    text = request.args.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and least <= int(text) <= most):
        message = f"“{name}”: cần một số nguyên từ {least} đến {most}."
        raise EntryInvalid(
            [FieldError(pointer=f"/{name}", code="number-expected", message=message)]
        )
    return int(text)


def send_docx(content: bytes, name: str) -> Response:
    """Send a Word file under a name that every browser keeps (RFC 6266)."""
    response = Response(content, mimetype=DOCX)
    response.headers["Content-Disposition"] = disposition(name)
    return response


class _JsonRefused(ValueError):
    """JSON that the library would take and we do not."""


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > _MOST_NAMES:
        raise _JsonRefused(f"có một nhóm quá {_MOST_NAMES} mục")
    made: dict[str, Any] = {}
    for name, value in pairs:
        if name in made:
            raise _JsonRefused(f"có hai mục cùng tên “{name}”")
        made[name] = value
    return made


def _no_constant(name: str) -> None:
    raise _JsonRefused(f"có giá trị {name} không phải số")


def _depth(value: object) -> int:
    """Measure how deep lists and objects are nested, without recursion."""
    deepest, level = 0, [value]
    while level:
        deepest += 1
        inner: list[object] = []
        for one in level:
            if isinstance(one, dict):
                inner.extend(one.values())
            elif isinstance(one, list):
                inner.extend(one)
        level = [one for one in inner if isinstance(one, dict | list)]
    return deepest


def _fault(message: str) -> FieldError:
    return FieldError(pointer="", code="json-invalid", message=message)
