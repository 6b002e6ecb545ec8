"""`/so-vang`: who was awarded by which decision; awards of the past entered, wrong lines struck."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from records import awards, bodies, grants
from records.accounts import Permission
from records.awards import AwardTitle
from records.bodies import IssuingBody
from records.errors import Conflict, NotFound
from service.guarding import actor
from service.intake import documents, past_awards, sheets
from service.intake.fields import FIRST_YEAR, LAST_YEAR, EntryInvalid, FieldError
from service.intake.heads import PAST_AWARDS
from service.intake.past_awards import PastAwardEntry
from service.intake.sheets import Sheet
from service.problems import describe
from service.web import carried
from service.web.forms import Control, FormField, PaperForm, read_form
from service.web.showing import PAGE_SIZE, Page, clerk, desk, page_number
from service.workflow import access, golden_book, nominating
from service.workflow.proposing import Option

blueprint = Blueprint("web_golden_book", __name__, url_prefix="/so-vang")
_LABELS: Final = {name: field.title or name for name, field in PastAwardEntry.model_fields.items()}
_REASON: Final = "Lý do ghi bằng tay"
_WHY: Final = "Một câu, được lưu với dòng. Ví dụ: nhập từ sổ vàng giấy năm 2019."
_CONTROLS: Final = {
    "issuer": Control.CHOICE,
    "award": Control.CHOICE,
    "subject": Control.CHOICE,
    "deed": Control.TEXT,
    "birth": Control.DAY,
    "granted_on": Control.DAY,
    "sequence": Control.DAY,
}
_SHARED: Final = ("body", "award", "decision")


@blueprint.get("")
def show() -> str:
    """Show a page of the golden books that are open to who asks; `?ten=`, `?nam=`, `?co-quan=`."""
    asked = {name: request.args.get(name, "").strip() for name in ("ten", "nam", "co-quan")}
    number = page_number()
    with desk().reading() as session:
        own = _open_bodies(session)
        wanted = {body.id for body in own if asked["co-quan"] in ("", body.key)}
        lines, total = grants.list_grants(
            session,
            body_ids=wanted,
            year=_year(asked["nam"]),
            name=asked["ten"],
            page=number,
            size=PAGE_SIZE,
        )
        titles = {
            line.award_title_id: session.get_one(AwardTitle, line.award_title_id).name
            for line in lines
        }
        return render_template(
            "golden_book.html",
            lines=lines,
            titles=titles,
            bodies=own,
            names={body.id: body.full_name for body in own},
            asked=asked,
            page=Page(number=number, total=total),
            entered=request.args.get("ghi", type=int),
            standing=request.args.get("co", type=int),
            is_struck="gach" in request.args,
            may_enter=actor().may(Permission.REVIEW),
        )


@blueprint.get("/ghi")
def entry_form() -> str:
    """Ask for one award of the past."""
    return _show_entry(_form())


@blueprint.post("/ghi")
def enter() -> ResponseReturnValue:
    """Enter one award, or show the page again with what is wrong beside its field."""
    typed = read_form()
    form = _form().filled(typed)
    raw = {name: typed.get(name, "") for name in _LABELS} | {"body": typed.get("issuer", "")}
    faults: list[FieldError] = []
    entries, reason = [], ""
    try:
        entries = [past_awards.parse_past_award(raw, today=desk().today())]
    except EntryInvalid as error:
        faults += error.errors
    try:
        reason = documents.parse_reason(typed.get("reason", ""))
    except EntryInvalid as error:
        faults += error.errors
    if faults:
        return _show_entry(form.faulted(faults)), 422
    try:
        done = golden_book.enter(desk(), entries, reason=reason, by=clerk())
    except EntryInvalid as error:
        own = [replace(one, pointer=one.pointer.removeprefix("/awards/0")) for one in error.errors]
        return _show_entry(form.faulted(own)), 422
    if done.standing:
        message = "Sổ vàng đã có đúng người này theo quyết định này; chưa ghi gì."
        fault = FieldError(pointer="/name", code="standing", message=message)
        return _show_entry(form.faulted([fault])), 409
    return redirect(url_for(".show", ghi=1), 303)


@blueprint.get("/nhap-danh-sach")
def sheet_form() -> str:
    """Ask for the office's own list of past awards."""
    return _show_sheet({})


@blueprint.post("/nhap-danh-sach")
def look() -> ResponseReturnValue:
    """Read the list and show what it holds, with every problem; nothing is kept yet."""
    typed = request.form.to_dict()
    try:
        sheet = carried.read_sent(request, PAST_AWARDS)
    except EntryInvalid as error:
        return _show_sheet(typed, faults=[one.message for one in error.errors]), 422
    try:
        _parse(sheet, typed)
    except EntryInvalid as error:
        told = [one.message for one in error.errors]
        return _show_sheet(typed, sheet=sheet, faults=told), 422
    return _show_sheet(typed, sheet=sheet)


@blueprint.post("/nhap-danh-sach/ghi")
def receive() -> ResponseReturnValue:
    """Enter the list that was looked at: all of it or nothing."""
    typed = request.form.to_dict()
    sheet = carried.unpack(typed.get("rows", ""), PAST_AWARDS)
    try:
        reason = documents.parse_reason(typed.get("reason", ""))
        done = golden_book.enter(desk(), _parse(sheet, typed), reason=reason, by=clerk())
    except (EntryInvalid, Conflict, NotFound) as error:
        problem = describe(error)
        told = [one.message for one in problem.errors] or [problem.detail]
        return _show_sheet(typed, sheet=sheet, faults=told), 422
    return redirect(url_for(".show", ghi=len(done.grant_ids), co=done.standing), 303)


@blueprint.get("/<int(max=2147483647):grant_id>/gach")
def strike_form(grant_id: int) -> str:
    """Ask why a line is wrong, and say what striking it out does."""
    return _show_strike(grant_id)


@blueprint.post("/<int(max=2147483647):grant_id>/gach")
def strike(grant_id: int) -> ResponseReturnValue:
    """Strike a line out, or say what is missing."""
    typed = request.form.get("reason", "")
    try:
        reason = documents.parse_reason(typed)
    except EntryInvalid as error:
        return _show_strike(grant_id, typed, [one.message for one in error.errors]), 422
    golden_book.strike(desk(), grant_id, reason=reason, by=clerk())
    return redirect(url_for(".show", gach=grant_id), 303)


def _form() -> PaperForm:
    """Make the form of one award from the labels of its entry."""
    with desk().reading() as session:
        choices = {
            "issuer": [(body.key, body.full_name) for body in _open_bodies(session)],
            "award": [(title.key, title.name) for title in awards.titles(session)],
            "subject": [(one.value, one.label) for one in awards.Subject],
        }
    fields = []
    for name, described in PastAwardEntry.model_fields.items():
        shown = "issuer" if name == "body" else name
        fields.append(
            FormField(
                name=shown,
                label=described.title or name,
                control=_CONTROLS.get(shown, Control.LINE),
                help=described.description or "",
                rows=3,
                is_required=described.is_required() or shown in choices,
                options=tuple(
                    Option(key=key, label=label) for key, label in choices.get(shown, ())
                ),
            )
        )
    fields.append(FormField(name="reason", label=_REASON, help=_WHY, is_required=True))
    return PaperForm(fields=tuple(fields))


def _show_entry(form: PaperForm) -> str:
    return render_template("past_award.html", form=form)


def _show_sheet(
    typed: Mapping[str, str], *, sheet: Sheet | None = None, faults: Sequence[str] = ()
) -> str:
    with desk().reading() as session:
        return render_template(
            "past_sheet.html",
            bodies=_open_bodies(session),
            titles=awards.titles(session),
            typed=typed,
            sheet=sheet,
            faults=faults,
            rows=carried.pack(sheet) if sheet else "",
            labels=_LABELS,
            reason_label=_REASON,
            reason_help=_WHY,
        )


def _show_strike(grant_id: int, typed: str = "", faults: Sequence[str] = ()) -> str:
    with desk().reading() as session:
        line = grants.get_grant(session, grant_id)
        return render_template("strike.html", line=line, typed=typed, faults=faults)


def _parse(sheet: Sheet, typed: Mapping[str, str]) -> list[PastAwardEntry]:
    today = desk().today()
    return sheets.parse_sheet(
        sheet,
        {name: typed[name] for name in _SHARED if typed.get(name, "").strip()},
        lambda raw: past_awards.parse_past_award(raw, today=today),
        awards=nominating.award_keys(desk()),
    )


def _open_bodies(session: Session) -> list[IssuingBody]:
    return [body for body in bodies.bodies(session) if access.is_open(session, actor(), body.id)]


def _year(text: str) -> int | None:
    """Read a year; anything else asks for none."""
    is_year = text.isascii() and text.isdigit() and len(text) == 4
    return int(text) if is_year and FIRST_YEAR <= int(text) <= LAST_YEAR else None
