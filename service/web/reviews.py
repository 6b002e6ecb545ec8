"""`/ho-so/…/xet`: a dossier judged by the rules, and the clerk's word on look-alikes."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from records.rules.verdict import Outcome
from service.intake.documents import parse_reason
from service.intake.fields import EntryInvalid
from service.web.showing import clerk, desk
from service.workflow import reviewing

blueprint = Blueprint("web_reviews", __name__, url_prefix="/ho-so/<int(max=2147483647):dossier_id>")


@blueprint.get("/xet")
def show(dossier_id: int) -> str:
    """Show each line with its verdict, the findings with their sources, the look-alikes."""
    return _shown(dossier_id)


@blueprint.post("/xet")
def rule(dossier_id: int) -> ResponseReturnValue:
    """Keep a ruling, or show the page again with what is missing beside it."""
    nomination = request.form.get("nomination", "")
    against = request.form.get("against", "")
    word = request.form.get("ruling", "")
    typed = request.form.get("reason", "")
    faults = []
    if word not in ("duplicate", "distinct"):
        faults.append("Chọn “Trùng” hoặc “Không trùng”.")
    try:
        reason = parse_reason(typed)
    except EntryInvalid:
        faults.append("Ghi lý do của kết luận, một câu.")
    if faults or not (nomination.isascii() and nomination.isdigit() and len(nomination) < 10):
        return _shown(dossier_id, faults={(nomination, against): faults}, typed=typed), 422
    reviewing.rule(
        desk(),
        int(nomination),
        against,
        is_duplicate=word == "duplicate",
        reason=reason,
        by=clerk(),
    )
    return redirect(url_for(".show", dossier_id=dossier_id, _anchor=f"dong-{nomination}"), 303)


def _shown(
    dossier_id: int,
    *,
    faults: dict[tuple[str, str], list[str]] | None = None,
    typed: str = "",
) -> str:
    return render_template(
        "review.html",
        review=reviewing.review(desk(), dossier_id),
        outcomes=list(Outcome),
        faults=faults or {},
        typed=typed,
    )
