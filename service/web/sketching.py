"""`/van-ban/xem-nhap`: the pages of what is being typed, for the script beside the form."""

from base64 import b64encode
from typing import Any, Final

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from service.intake import documents as intake
from service.intake.fields import EntryInvalid
from service.web import forms
from service.web.showing import desk, form_in_address
from service.workflow import sketching
from service.workflow.sketching import SketchPage

blueprint = Blueprint("web_sketching", __name__)
_MOST_SEEN: Final = 100


@blueprint.post("/van-ban/xem-nhap")
def show() -> ResponseReturnValue:
    """Give the pages as pictures, the place of each field on them, and what is still wrong.

    Sent are the fields of the form with its `kind`, and `dossier` or `draft`; `seen` names
    the pages that the browser has, which are not sent again.
    """
    typed = forms.read_form()
    kind = form_in_address(typed.get("kind", "")).kind
    empty = forms.form_of(kind, with_issuer=True)
    raw: dict[str, Any] = {
        "body": typed.get("issuer") or "-",
        "signatory": typed.get("signatory", ""),
        "paper": {**forms.paper_of(empty, typed), "kind": kind},
    }
    draft = typed.get("draft", "")
    if typed.get("dossier", "").isdecimal():
        raw["dossier"] = int(typed["dossier"])
    try:
        entry = intake.parse_draft(raw)
    except EntryInvalid as error:
        made = sketching.Sketch(faults=tuple(error.errors), reason=str(error))
    else:
        made = sketching.sketch(
            desk(),
            entry,
            draft_id=int(draft) if draft.isdecimal() else None,
            seen=frozenset(typed.get("seen", "").split(",")[:_MOST_SEEN]),
        )
    faulted = empty.faulted(made.faults)
    return jsonify(
        {
            "pages": [_page(page) for page in made.pages],
            "count": made.count,
            "reason": made.reason,
            "faults": [
                {"field": field.name, "message": message}
                for field in faulted.fields
                for message in field.errors
            ],
        }
    )


def _page(page: SketchPage) -> dict[str, Any]:
    source = None if page.png is None else f"data:image/png;base64,{b64encode(page.png).decode()}"
    return {
        "digest": page.digest,
        "ratio": round(page.ratio, 4),
        "source": source,
        "places": [
            [
                place.field,
                *(round(one, 4) for one in (place.x, place.y, place.width, place.height)),
                place.text,
            ]
            for place in page.places
        ],
    }
