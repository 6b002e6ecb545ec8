"""`/ho-so`: a dossier, the council's word on it, its Tờ trình with its Bản trích ngang."""

from collections.abc import Sequence

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from doc_templates.kinds import PROFILE_EXTRACT, DocumentKind
from records import awards, documents, dossiers, nominations
from records import council as councils
from records.bodies import IssuingBody
from records.campaigns import Campaign
from records.dossiers import PaperKind
from records.errors import Conflict, NominationsUnfit
from records.states import NominationState
from service.downloads import disposition
from service.intake import documents as intake
from service.intake.fields import EntryInvalid
from service.problems import describe
from service.web.showing import clerk, desk
from service.workflow import dossier_papers, nominating, printing_together

blueprint = Blueprint(
    "web_dossiers", __name__, url_prefix="/ho-so/<int(max=2147483647):dossier_id>"
)
KIND = DocumentKind.SUBMISSION.value
#: Which papers of the checklist are made here.
_MADE_HERE = {PaperKind.SUBMISSION: KIND, PaperKind.PROFILE_EXTRACT: PROFILE_EXTRACT}


#: States whose reason the unit has to read.
_WITH_REASON = frozenset(
    {NominationState.RETURNED, NominationState.REFUSED, NominationState.WITHDRAWN}
)


@blueprint.get("")
def show(dossier_id: int) -> str:
    """Show a dossier: its lines, its checklist, its documents."""
    with desk().reading() as session:
        dossier = dossiers.get_dossier(session, dossier_id)
        papers, _ = documents.list_documents(session, dossier_id=dossier.id)
        return render_template(
            "dossier.html",
            overview=dossier_papers.overview(session, dossier),
            body=session.get_one(IssuingBody, dossier.body_id),
            campaign=session.get(Campaign, dossier.campaign_id) if dossier.campaign_id else None,
            lines=(lines := nominations.lines_of(session, dossier.id)),
            sitting=(sitting := councils.last_session(session, dossier.id)),
            votes=councils.votes_of(session, sitting) if sitting else {},
            reasons={
                line.id: nominations.events_of(session, line)[-1].reason
                for line in lines
                if line.state in _WITH_REASON
            },
            titles={title.id: title.name for title in awards.titles(session)},
            checklist=[
                (paper, _made(papers, paper.paper_kind))
                for paper in dossiers.papers_of(session, dossier)
            ],
            documents=papers,
        )


@blueprint.get("/van-ban.pdf")
def papers_pdf(dossier_id: int) -> Response:
    """Send all papers of a dossier as one PDF."""
    made = printing_together.pdf_of_dossier(desk(), dossier_id)
    headers = {"Content-Disposition": disposition(made.name)}
    return Response(made.content, mimetype="application/pdf", headers=headers)


@blueprint.get("/dong-y")
def agree_form(dossier_id: int) -> str:
    """Ask before it is recorded that the council agreed."""
    return _show_agreement(dossier_id)


@blueprint.post("/dong-y")
def agree(dossier_id: int) -> ResponseReturnValue:
    """Record that the council agreed to all lines that wait for it."""
    typed = request.form.get("despite", "")
    try:
        despite = intake.parse_reason(typed) if typed.strip() else ""
        nominating.agree_all(desk(), dossier_id, by=clerk(), despite=despite)
    except (NominationsUnfit, EntryInvalid) as error:
        faults = [fault.message for fault in describe(error).errors]
        return _show_agreement(dossier_id, faults=faults, despite=typed), 409
    return redirect(url_for(".show", dossier_id=dossier_id, _anchor="hoi-dong"), 303)


def _show_agreement(dossier_id: int, *, faults: Sequence[str] = (), despite: str = "") -> str:
    with desk().reading() as session:
        dossier = dossiers.get_dossier(session, dossier_id)
        lines = nominating.awaiting_council(session, dossier)
        if not lines:
            raise Conflict("Hồ sơ này không còn đề nghị nào chờ Hội đồng.")
        return render_template(
            "agree.html", dossier=dossier, lines=lines, faults=faults, despite=despite
        )


def _made(
    papers: tuple[documents.Document, ...], paper_kind: PaperKind
) -> documents.Document | None:
    """Find the newest document that is this paper of the checklist."""
    kind = _MADE_HERE.get(paper_kind)
    ended = documents.DocumentState.CANCELLED
    return next((one for one in papers if one.kind == kind and one.state is not ended), None)
