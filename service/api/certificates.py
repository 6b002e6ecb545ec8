"""`/api/v1/certificates` and `/api/v1/documents/{id}/certificates`: one PDF, or what to look at."""

from typing import Any

from flask import Blueprint, Response, jsonify, request

from doc_templates.certificates import Fit
from service.api.requests import desk, read_object
from service.downloads import disposition
from service.intake.certificates import parse_certificates
from service.workflow import certifying
from service.workflow.certifying import Sheets

blueprint = Blueprint("api_certificates", __name__, url_prefix="/api/v1")
PDF = "application/pdf"


@blueprint.get("/documents/<int(max=2147483647):document_id>/certificates.pdf")
def of_decision(document_id: int) -> Response:
    """Send the certificates of a decision; `?mode=full|overprint`."""
    return _send(certifying.of_decision(desk(), document_id))


@blueprint.get("/documents/<int(max=2147483647):document_id>/certificates/fit")
def fit_of_decision(document_id: int) -> Response:
    """Tell which certificates of a decision have small letters or cannot be printed."""
    return jsonify(
        fits=[_to_json(fit) for fit in certifying.of_decision(desk(), document_id).fits()]
    )


@blueprint.post("/certificates")
def of_list() -> Response:
    """Send the certificates of a list; `?mode=full|overprint`."""
    return _send(_read_list())


@blueprint.post("/certificates/fit")
def fit_of_list() -> Response:
    """Tell which certificates of a list have small letters or cannot be printed."""
    return jsonify(fits=[_to_json(fit) for fit in _read_list().fits()])


def _read_list() -> Sheets:
    return certifying.of_list(parse_certificates(read_object()), folder=desk().certificates)


def _send(sheets: Sheets) -> Response:
    mode = certifying.parse_mode(request.args.get("mode", "full"))
    content = certifying.print_certificates(sheets, mode, folder=desk().certificates)
    response = Response(content, mimetype=PDF)
    response.headers["Content-Disposition"] = disposition("giay-khen.pdf")
    return response


def _to_json(fit: Fit) -> dict[str, Any]:
    return {
        "number": fit.number,
        "recipient": fit.recipient,
        "slot": fit.slot,
        "fault": fit.fault.value,
        "size": fit.size,
        "lines": fit.lines,
        "stops": fit.stops,
        "message": str(fit),
    }
