"""`/nhap-danh-sach`: the office's own Excel list becomes a dossier, every problem shown at once."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from records import awards, bodies, campaigns
from records.errors import Conflict, NotFound
from service.guarding import actor
from service.intake import nominations, sheets
from service.intake.fields import EntryInvalid
from service.intake.heads import NOMINEES
from service.intake.sheets import Sheet
from service.problems import describe
from service.web import carried
from service.web.showing import clerk, desk
from service.workflow import access, nominating

blueprint = Blueprint("web_sheets", __name__, url_prefix="/nhap-danh-sach")
_SHARED = ("campaign", "award", "unit", "dossier")


@blueprint.get("")
def form() -> str:
    """Ask for the file, or for cells pasted from Excel."""
    return _shown({})


@blueprint.post("")
def look() -> ResponseReturnValue:
    """Read the list and show what it holds, with every problem; nothing is kept yet."""
    typed = request.form.to_dict()
    try:
        sheet = carried.read_sent(request, NOMINEES)
    except EntryInvalid as error:
        return _shown(typed, faults=[one.message for one in error.errors]), 422
    faults = _faults(sheet, typed)
    return _shown(typed, sheet=sheet, faults=faults), 422 if faults else 200


@blueprint.post("/nhan")
def receive() -> ResponseReturnValue:
    """Keep the list that was looked at, under a new dossier: all of it or nothing."""
    typed = request.form.to_dict()
    sheet = carried.unpack(typed.get("rows", ""), NOMINEES)
    try:
        if not typed.get("dossier", "").strip():
            raise Conflict("Ghi tên hồ sơ, ví dụ “Trường Tiểu học Hoa Phượng, tháng 10/2026”.")
        entries = sheets.parse_sheet(
            sheet,
            _common(typed),
            nominations.parse_nomination,
            awards=nominating.award_keys(desk()),
        )
        title = nominations.parse_title(typed["dossier"])
        kept = nominating.nominate(desk(), entries, by=clerk(), dossier=title)
    except (EntryInvalid, Conflict, NotFound) as error:
        problem = describe(error)
        told = [one.message for one in problem.errors] or [problem.detail]
        return _shown(typed, sheet=sheet, faults=told), 422
    return redirect(url_for("web_reviews.show", dossier_id=kept.dossier_id), 303)


def _faults(sheet: Sheet, typed: dict[str, str]) -> list[str]:
    try:
        sheets.parse_sheet(
            sheet,
            _common(typed),
            nominations.parse_nomination,
            awards=nominating.award_keys(desk()),
        )
    except EntryInvalid as error:
        return [one.message for one in error.errors]
    return []


def _common(typed: dict[str, str]) -> dict[str, Any]:
    """Give what holds for every row; the campaign says whose it is."""
    body, _, campaign = typed.get("campaign", "").partition("/")
    shared = {
        "body": body,
        "campaign": campaign,
        "award": typed.get("award", ""),
        "nominating_unit": typed.get("unit", ""),
    }
    return {name: value for name, value in shared.items() if value}


def _shown(
    typed: dict[str, str], *, sheet: Sheet | None = None, faults: list[str] | None = None
) -> str:
    today = desk().today()
    with desk().reading() as session:
        listed = [
            (body, campaigns.campaigns_of(session, body))
            for body in bodies.bodies(session)
            if access.is_open(session, actor(), body.id)
        ]
        units = [
            unit.name
            for body, _ in listed
            for unit in bodies.units_of(session, body, on=today)
            if typed.get("campaign", "").partition("/")[0] in ("", body.key)
        ]
        return render_template(
            "sheet.html",
            campaigns=[(body, found) for body, found in listed if found],
            units=sorted(set(units)),
            titles=awards.titles(session),
            typed=typed,
            sheet=sheet,
            faults=faults or [],
            rows=carried.pack(sheet) if sheet else "",
            labels=_LABELS,
        )


_LABELS = {
    name: str(field.title) for name, field in nominations.NominationEntry.model_fields.items()
}
