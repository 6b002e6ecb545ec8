"""`/van-ban/<id>/giay-khen`: the certificates of a decision, looked at and printed."""

from flask import Blueprint, Response, render_template, request

from records import documents
from service.downloads import disposition
from service.web.showing import desk
from service.workflow import certifying

blueprint = Blueprint(
    "web_certificates", __name__, url_prefix="/van-ban/<int(max=2147483647):document_id>/giay-khen"
)
PDF = "application/pdf"


@blueprint.get("")
def show(document_id: int) -> str:
    """Show who gets a certificate, and which texts are small or do not fit."""
    sheets = certifying.of_decision(desk(), document_id)
    with desk().reading() as session:
        document = documents.get_document(session, document_id)
        return render_template(
            "certificates.html", document=document, sheets=sheets, fits=sheets.fits()
        )


@blueprint.get("/giay-khen.pdf")
def pdf(document_id: int) -> Response:
    """Send the certificates as one PDF; `?in=full|overprint`."""
    mode = certifying.parse_mode(request.args.get("in", "full"))
    sheets = certifying.of_decision(desk(), document_id)
    content = certifying.print_certificates(sheets, mode, folder=desk().certificates)
    return _send(content, "giay-khen.pdf")


@blueprint.get("/can-chinh.pdf")
def calibration(document_id: int) -> Response:
    """Send the sheet to measure how the printer stands to the stock."""
    sheets = certifying.of_decision(desk(), document_id)
    return _send(certifying.calibration(sheets.arrangements[0]), "to-can-chinh.pdf")


def _send(content: bytes, name: str) -> Response:
    response = Response(content, mimetype=PDF)
    response.headers["Content-Disposition"] = disposition(name)
    return response
