"""`/de-nghi`: nominees found, read, put right, taken back; one more put into a dossier."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from records import awards, bodies, campaigns, dossiers, nominations
from records.accounts import Permission
from records.bodies import IssuingBody
from records.dossiers import DossierState
from records.errors import Conflict, NotFound
from records.nominations import MAY_BE_AMENDED, Nomination, NominationState
from service.guarding import actor
from service.intake.documents import parse_reason
from service.intake.fields import EntryInvalid, FieldError
from service.intake.nominations import parse_amendment, parse_nomination, parse_title
from service.web import nominee_forms
from service.web.forms import Control, FormField, PaperForm, read_form
from service.web.showing import PAGE_SIZE, Page, clerk, desk, page_number
from service.workflow import access, filing, nominating
from service.workflow.proposing import Option

blueprint = Blueprint("web_nominations", __name__)
_ONE: Final = "/de-nghi/<int(max=2147483647):nomination_id>"
_DOSSIER: Final = "/ho-so/<int(max=2147483647):dossier_id>"
_OPEN: Final = (DossierState.DRAFT, DossierState.RETURNED)
_CLOSED: Final = frozenset(
    {NominationState.WITHDRAWN, NominationState.REFUSED, NominationState.GRANTED}
)


@blueprint.get("/de-nghi")
def index() -> str:
    """List nominees: `?ten=` a part of the name, `?trang-thai=` a state."""
    asked = {name: request.args.get(name, "").strip() for name in ("ten", "trang-thai")}
    state = asked["trang-thai"] if asked["trang-thai"] in set(NominationState) else ""
    number = page_number()
    with desk().reading() as session:
        found, total = nominations.list_nominations(
            session,
            body_ids=_open_bodies(session),
            state=NominationState(state) if state else None,
            text=asked["ten"].replace("\0", ""),
            page=number,
            size=PAGE_SIZE,
        )
        return render_template(
            "nominations.html",
            lines=found,
            titles=_titles(session),
            states=list(NominationState),
            asked=asked,
            page=Page(number=number, total=total),
        )


@blueprint.get(_ONE)
def show(nomination_id: int) -> str:
    """Show a nominee with its way so far, and the form where it may be put right."""
    return _show(nomination_id)


@blueprint.post(_ONE)
def amend(nomination_id: int) -> ResponseReturnValue:
    """Put right what was asked for, or show what is wrong beside its field."""
    typed = read_form()
    with desk().reading() as session:
        line = nominations.get_nomination(session, nomination_id)
        form = _form_of(line).filled(typed)
        before = nominee_forms.said(form, nominee_forms.values_of(line))
        is_open = line.state in MAY_BE_AMENDED
    raw = nominee_forms.changed(nominee_forms.said(form, typed), before)
    if not raw:
        return redirect(url_for(".show", nomination_id=nomination_id), 303)
    try:
        filing.amend(desk(), nomination_id, parse_amendment(raw), by=clerk())
    except EntryInvalid as error:
        return _show(nomination_id, form.faulted(error.errors)), 422
    except Conflict as error:
        if not is_open:
            raise
        fault = FieldError(pointer="", code="conflict", message=str(error))
        return _show(nomination_id, form.faulted([fault])), 409
    return redirect(url_for(".show", nomination_id=nomination_id, sua=1), 303)


@blueprint.post(f"{_ONE}/rut")
def withdraw(nomination_id: int) -> ResponseReturnValue:
    """Take a nominee back, with the reason."""
    typed = request.form.get("reason", "")
    try:
        filing.withdraw(desk(), nomination_id, reason=parse_reason(typed), by=clerk())
    except EntryInvalid as error:
        told = [one.message for one in error.errors]
        return _show(nomination_id, withdrawing=(typed, told)), 422
    return redirect(url_for(".show", nomination_id=nomination_id), 303)


@blueprint.get(f"{_DOSSIER}/them-nguoi")
def add_form(dossier_id: int) -> str:
    """Ask for one more nominee of a dossier that is with its unit."""
    return _show_addition(dossier_id, _addition(dossier_id))


@blueprint.post(f"{_DOSSIER}/them-nguoi")
def add(dossier_id: int) -> ResponseReturnValue:
    """Put one more nominee at the end of a dossier."""
    typed = read_form()
    form = _addition(dossier_id).filled(typed)
    with desk().reading() as session:
        shared = nominating.shared_of(session, dossiers.get_dossier(session, dossier_id))
    raw = {**nominee_forms.said(form, typed), **shared, "award": typed.get("award", "")}
    raw["subject"] = typed.get("subject", "")
    try:
        nominating.add(desk(), dossier_id, parse_nomination(raw), by=clerk())
    except EntryInvalid as error:
        return _show_addition(dossier_id, form.faulted(error.errors)), 422
    except (Conflict, NotFound) as error:
        fault = FieldError(pointer="", code="conflict", message=str(error))
        return _show_addition(dossier_id, form.faulted([fault])), 409
    return redirect(url_for("web_dossiers.show", dossier_id=dossier_id, _anchor="danh-sach"), 303)


@blueprint.get("/ho-so/moi")
def open_form() -> str:
    """Ask for a new dossier with its first nominee."""
    return render_template("nominee_new.html", form=_opening())


@blueprint.post("/ho-so/moi")
def open_dossier() -> ResponseReturnValue:
    """Open a dossier with its first nominee, or show what is wrong beside its field."""
    typed = read_form()
    form = _opening().filled(typed)
    body, _, campaign = typed.get("campaign", "").partition("/")
    raw = {
        **nominee_forms.said(form, typed),
        "body": body,
        "campaign": campaign,
        "award": typed.get("award", ""),
        "subject": typed.get("subject", ""),
        "nominating_unit": typed.get("nominating_unit", ""),
    }
    faults: list[FieldError] = []
    if not typed.get("dossier", "").strip():
        message = "“Tên hồ sơ”: ghi tên, ví dụ “Trường Tiểu học Hoa Phượng, tháng 10/2026”."
        faults.append(FieldError(pointer="/dossier", code="missing", message=message))
    try:
        title = parse_title(typed.get("dossier", ""))
        entries = [parse_nomination({name: value for name, value in raw.items() if value != ""})]
    except EntryInvalid as error:
        faults += error.errors
    if faults:
        return render_template("nominee_new.html", form=form.faulted(_named(faults))), 422
    try:
        kept = nominating.nominate(desk(), entries, by=clerk(), dossier=title)
    except (Conflict, NotFound) as error:
        fault = FieldError(pointer="", code="conflict", message=str(error))
        return render_template("nominee_new.html", form=form.faulted([fault])), 422
    return redirect(url_for("web_dossiers.show", dossier_id=kept.dossier_id), 303)


def _named(faults: Sequence[FieldError]) -> list[FieldError]:
    """Put a fault of the body beside the campaign, which says whose it is."""
    return [replace(one, pointer="/campaign") if one.pointer == "/body" else one for one in faults]


def _form_of(line: Nomination) -> PaperForm:
    asked = set(line.to_amend) if line.state is NominationState.RETURNED else set()
    only = [name for name, column in filing.AMENDABLE.items() if column in asked]
    return nominee_forms.form_of(only=only, has_number=line.identity_number is not None)


def _show(
    nomination_id: int,
    form: PaperForm | None = None,
    *,
    withdrawing: tuple[str, Sequence[str]] = ("", ()),
) -> str:
    with desk().reading() as session:
        line = nominations.get_nomination(session, nomination_id)
        may_amend = line.state in MAY_BE_AMENDED and actor().may(Permission.NOMINATE)
        if form is None and may_amend:
            form = _form_of(line).filled(nominee_forms.values_of(line))
        return render_template(
            "nominee.html",
            line=line,
            title=_titles(session)[line.award_title_id],
            body=session.get_one(IssuingBody, line.body_id),
            dossier=dossiers.get_dossier(session, line.dossier_id) if line.dossier_id else None,
            steps=nominations.events_of(session, line),
            form=form if may_amend else None,
            may_withdraw=line.state not in _CLOSED and actor().may(Permission.NOMINATE),
            withdrawing=withdrawing,
            is_amended="sua" in request.args,
        )


def _addition(dossier_id: int) -> PaperForm:
    with desk().reading() as session:
        dossier = dossiers.get_dossier(session, dossier_id)
        lines = nominations.lines_of(session, dossier.id)
        titles = awards.titles(session)
        usual = session.get_one(awards.AwardTitle, lines[-1].award_title_id).key if lines else ""
    return PaperForm(fields=(*_award_fields(titles, usual), *nominee_forms.form_of().fields))


def _opening() -> PaperForm:
    today = desk().today()
    with desk().reading() as session:
        allowed = _open_bodies(session)
        own = [body for body in bodies.bodies(session) if allowed is None or body.id in allowed]
        rounds = [
            Option(key=f"{body.key}/{one.key}", label=f"{body.full_name}: {one.name}")
            for body in own
            for one in campaigns.campaigns_of(session, body)
        ]
        units = sorted(
            {unit.name for body in own for unit in bodies.units_of(session, body, on=today)}
        )
        titles = awards.titles(session)
    head = (
        FormField(
            name="campaign",
            label="Đợt khen thưởng",
            control=Control.CHOICE,
            is_required=True,
            options=tuple(rounds),
        ),
        FormField(
            name="nominating_unit",
            label="Đơn vị đề nghị",
            control=Control.CHOICE,
            options=(Option(key="", label="(cơ quan tự đề nghị)"), *map(_same, units)),
        ),
        FormField(
            name="dossier",
            label="Tên hồ sơ",
            help="Ví dụ: Trường Tiểu học Hoa Phượng, tháng 10/2026",
            is_required=True,
        ),
    )
    return PaperForm(fields=(*head, *_award_fields(titles, ""), *nominee_forms.form_of().fields))


def _same(text: str) -> Option:
    return Option(key=text, label=text)


def _award_fields(titles: Sequence[awards.AwardTitle], usual: str) -> tuple[FormField, FormField]:
    return (
        FormField(
            name="award",
            label="Danh hiệu, hình thức đề nghị",
            control=Control.CHOICE,
            is_required=True,
            value=usual,
            options=(
                *(() if usual else (Option(key="", label="(chọn danh hiệu, hình thức)"),)),
                *(Option(key=title.key, label=title.name) for title in titles),
            ),
        ),
        FormField(
            name="subject",
            label="Đối tượng",
            control=Control.CHOICE,
            is_required=True,
            options=tuple(Option(key=one.value, label=one.label) for one in awards.Subject),
        ),
    )


def _show_addition(dossier_id: int, form: PaperForm) -> str:
    with desk().reading() as session:
        dossier = dossiers.get_dossier(session, dossier_id)
        return render_template("nominee_add.html", dossier=dossier, form=form)


def _titles(session: Session) -> dict[int, str]:
    return {title.id: title.name for title in awards.titles(session)}


def _open_bodies(session: Session) -> set[int] | None:
    """Give the bodies that are open to who asks; None: all."""
    if actor().body_id is None:
        return None
    return {body.id for body in bodies.bodies(session) if access.is_open(session, actor(), body.id)}
