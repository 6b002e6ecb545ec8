"""`/api/v1/grants`: the golden book read, awards of the past entered, wrong lines struck out."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from records import bodies, grants
from service.api.requests import LAST_PAGE, clerk, desk, read_number, read_object
from service.intake import past_awards as intake
from service.intake.documents import parse_reason
from service.intake.fields import FIRST_YEAR, LAST_YEAR, EntryInvalid, FieldError
from service.workflow import golden_book

blueprint = Blueprint("api_golden_book", __name__, url_prefix="/api/v1")
PAGE_SIZE = 100
MOST_AT_ONCE = 1_000


@blueprint.get("/bodies/<body>/grants")
def show(body: str) -> ResponseReturnValue:
    """Give a page of a golden book, the latest first; `?name=`, `?year=`, `?page=`."""
    year = read_number("year", least=FIRST_YEAR, most=LAST_YEAR)
    number = read_number("page", least=1, most=LAST_PAGE) or 1
    with desk().reading() as session:
        own = bodies.get_body(session, body)
        lines, total = grants.list_grants(
            session,
            body_ids=(own.id,),
            year=year,
            name=request.args.get("name", ""),
            page=number,
            size=PAGE_SIZE,
        )
        return jsonify(
            grants=golden_book.to_json(session, lines),
            total=total,
            page=number,
            pages=max(1, -(-total // PAGE_SIZE)),
        )


@blueprint.post("/grants")
def enter() -> ResponseReturnValue:
    """Enter awards decided earlier or elsewhere: `{"reason": …, "awards": [...]}`; all or none.

    A line that stands in the book already is left, so the call is safe to repeat.
    """
    raw = read_object()
    reason = parse_reason(str(raw.get("reason", "")))
    listed = raw.get("awards")
    if not isinstance(listed, list) or not 1 <= len(listed) <= MOST_AT_ONCE:
        message = f"“awards”: cần một danh sách từ 1 đến {MOST_AT_ONCE} dòng."
        raise EntryInvalid([FieldError(pointer="/awards", code="list-expected", message=message)])
    shared = {name: value for name, value in raw.items() if name not in ("reason", "awards")}
    entries = intake.parse_past_awards(listed, today=desk().today(), shared=shared)
    done = golden_book.enter(desk(), entries, reason=reason, by=clerk())
    return jsonify(grants=[{"id": one} for one in done.grant_ids], standing=done.standing), 201


@blueprint.post("/grants/<int(max=2147483647):grant_id>/strike")
def strike(grant_id: int) -> ResponseReturnValue:
    """Strike a wrong line out: `{"reason": …}`."""
    reason = parse_reason(str(read_object().get("reason", "")))
    golden_book.strike(desk(), grant_id, reason=reason, by=clerk())
    return jsonify(id=grant_id, struck=reason)
