"""`/api/v1`: dossiers judged, look-alikes ruled on, campaigns against their plans."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from service.api.requests import clerk, desk, read_object
from service.intake import movement
from service.workflow import counting, planning, reviewing

blueprint = Blueprint("api_movement", __name__, url_prefix="/api/v1")


@blueprint.get("/dossiers/<int(max=2147483647):dossier_id>/review")
def review(dossier_id: int) -> ResponseReturnValue:
    """Judge all lines of a dossier; changes nothing."""
    return jsonify(reviewing.to_json(reviewing.review(desk(), dossier_id)))


@blueprint.post("/nominations/<int(max=2147483647):nomination_id>/rulings")
def rule(nomination_id: int) -> ResponseReturnValue:
    """Keep a word on a nomination and another record."""
    entry = movement.parse_ruling(read_object())
    reviewing.rule(
        desk(),
        nomination_id,
        entry.against,
        is_duplicate=entry.is_duplicate,
        reason=entry.reason,
        by=clerk(),
    )
    return jsonify(nomination=nomination_id, against=entry.against), 201


@blueprint.get("/bodies/<body>/campaigns/<key>/status")
def show_status(body: str, key: str) -> ResponseReturnValue:
    """Say where a campaign stands today, or on the day `?on=`."""
    on = movement.parse_day(request.args.get("on", ""))
    return jsonify(planning.to_json(counting.status(desk(), body, key, on=on)))


@blueprint.post("/bodies/<body>/campaigns/<key>/contributions")
def record(body: str, key: str) -> ResponseReturnValue:
    """Write down what a unit sent in under the plan."""
    entry = movement.parse_contribution(read_object())
    return jsonify(id=planning.record(desk(), body, key, entry, by=clerk())), 201
