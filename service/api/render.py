"""`/api/v1/render/{kind}`: values in, a .docx out, nothing kept."""

from flask import Blueprint, Response

from doc_templates import catalogue
from service.api.requests import desk, read_object, send_docx
from service.intake import papers
from service.intake.fields import EntryInvalid, FieldError

blueprint = Blueprint("api_render", __name__, url_prefix="/api/v1")


@blueprint.post("/render/<kind>")
def render(kind: str) -> Response:
    """Make a paper of `kind`; the kind may be left out of the body, or must be the same."""
    catalogue.get_form(kind)
    raw = read_object()
    if raw.setdefault("kind", kind) != kind:
        message = f"“Loại văn bản”: địa chỉ nói {kind}, nội dung nói {str(raw['kind'])[:40]}."
        raise EntryInvalid([FieldError(pointer="/kind", code="kind-differs", message=message)])
    paper = papers.parse_paper(raw).to_paper(today=desk().today())
    return send_docx(desk().templates.merge(paper), f"{kind.replace('_', '-')}.docx")
