"""`/ho-so/…`: a dossier handed in, taken in, given back, and voted on by the council."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from records import blobs, dossiers, nominations
from records import council as councils
from records.dossiers import DossierPaper, PaperKind
from records.errors import Conflict, NominationsUnfit, NotFound, VoteUnsound
from records.rules.votes import Ballot
from service.downloads import disposition
from service.intake.council import parse_sitting
from service.intake.documents import parse_reason
from service.intake.fields import EntryInvalid
from service.intake.nominations import AmendmentEntry
from service.problems import describe
from service.web.showing import clerk, desk
from service.workflow import council, filing, nominating

blueprint = Blueprint("web_steps", __name__, url_prefix="/ho-so/<int(max=2147483647):dossier_id>")
#: How a PDF, a JPEG, a PNG and a Word file begin.
_KINDS_OF_FILES = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n", b"PK\x03\x04")
_LABELS = {name: str(field.title) for name, field in AmendmentEntry.model_fields.items()}


@blueprint.post("/nop")
def submit(dossier_id: int) -> ResponseReturnValue:
    """Hand the dossier in."""
    filing.submit(desk(), dossier_id, by=clerk())
    return _back(dossier_id)


@blueprint.post("/tiep-nhan")
def accept(dossier_id: int) -> ResponseReturnValue:
    """Take the dossier in."""
    filing.accept(desk(), dossier_id, by=clerk())
    return _back(dossier_id)


@blueprint.get("/tra-lai")
def return_form(dossier_id: int) -> str:
    """Ask what is missing, and on which lines."""
    return _show_return(dossier_id)


@blueprint.post("/tra-lai")
def give_back(dossier_id: int) -> ResponseReturnValue:
    """Give the dossier back to its unit."""
    typed = request.form.get("reason", "")
    fields = request.form.getlist("fields")
    positions = [
        int(one) for one in request.form.getlist("lines") if one.isascii() and one.isdigit()
    ]
    try:
        reason = parse_reason(typed)
    except EntryInvalid as error:
        faults = [fault.message for fault in error.errors]
        return _show_return(dossier_id, faults, typed, fields, positions), 422
    filing.give_back(
        desk(), dossier_id, reason=reason, fields=fields, positions=positions, by=clerk()
    )
    return _back(dossier_id)


@blueprint.post("/giay-to")
def receive_paper(dossier_id: int) -> ResponseReturnValue:
    """Tick a paper of the checklist off, with its scan."""
    sent = request.files.get("file")
    content = sent.read() if sent is not None and sent.filename else None
    if content is not None and not content.startswith(_KINDS_OF_FILES):
        raise Conflict("Bản quét phải là PDF, ảnh JPEG, PNG hoặc tệp Word (.docx).")
    note, name = request.form.get("note", ""), request.form.get("name", "")
    kind = PaperKind.OTHER
    if position := request.form.get("position", ""):
        with desk().reading() as session:
            paper = _paper_at(session, dossier_id, position)
            kind, name = paper.paper_kind, paper.name
    filing.receive_paper(
        desk(),
        dossier_id,
        kind,
        name=parse_reason(name) if name.strip() else "",
        note=parse_reason(note) if note.strip() else "",
        file_name=(sent.filename or "")[:200] if sent is not None and content else "",
        content=content,
        is_confirmed=True if "confirmed" in request.form else None,
    )
    return _back(dossier_id, "giay-to")


@blueprint.get("/giay-to/<int(max=10000):position>")
def paper_file(dossier_id: int, position: int) -> Response:
    """Send the scan of a paper, always to be kept as a file."""
    with desk().reading() as session:
        paper = _paper_at(session, dossier_id, str(position))
        if paper.sha256 is None:
            raise NotFound("bản quét", position)
        content = blobs.read_bytes(session, paper.sha256)
        name = paper.file_name or f"giay-to-{position}"
    headers = {"Content-Disposition": disposition(name)}
    return Response(content, mimetype="application/octet-stream", headers=headers)


def _paper_at(session: Session, dossier_id: int, position: str) -> DossierPaper:
    papers = dossiers.papers_of(session, dossiers.get_dossier(session, dossier_id))
    for paper in papers:
        if str(paper.position) == position:
            return paper
    raise NotFound("giấy tờ", position[:40])


@blueprint.get("/hoi-dong")
def council_form(dossier_id: int) -> str:
    """Show the council, its members and a row of votes for each line."""
    return _show_council(dossier_id, {})


@blueprint.post("/hoi-dong")
def hold(dossier_id: int) -> ResponseReturnValue:
    """Record the sitting with its votes, or show what does not add up."""
    typed = request.form.to_dict()
    try:
        council.hold(desk(), dossier_id, parse_sitting(_sitting(typed)), by=clerk())
    except (EntryInvalid, VoteUnsound, NominationsUnfit) as error:
        faults = [fault.message for fault in describe(error).errors]
        return _show_council(dossier_id, typed, faults), 422
    except Conflict as error:
        return _show_council(dossier_id, typed, [str(error)]), 409
    return _back(dossier_id, "hoi-dong")


@blueprint.post("/bien-ban")
def draft_minutes(dossier_id: int) -> ResponseReturnValue:
    """Draft the minutes of the last sitting from its votes."""
    made = council.draft_minutes(desk(), dossier_id, by=clerk())
    return redirect(url_for("web_documents.show", document_id=made.document_id), 303)


def _back(dossier_id: int, anchor: str = "") -> ResponseReturnValue:
    where = url_for("web_dossiers.show", dossier_id=dossier_id, _anchor=anchor or None)
    return redirect(where, 303)


def _show_return(
    dossier_id: int,
    faults: Sequence[str] = (),
    typed: str = "",
    fields: Sequence[str] = (),
    positions: Sequence[int] = (),
) -> str:
    with desk().reading() as session:
        dossier = dossiers.get_dossier(session, dossier_id)
        return render_template(
            "return.html",
            dossier=dossier,
            lines=nominations.lines_of(session, dossier.id),
            labels=[(name, _LABELS[name]) for name in filing.AMENDABLE],
            faults=faults,
            typed=typed,
            fields=fields,
            positions=positions,
        )


def _show_council(dossier_id: int, typed: dict[str, str], faults: Sequence[str] = ()) -> str:
    today = desk().today()
    with desk().reading() as session:
        dossier = dossiers.get_dossier(session, dossier_id)
        lines = nominating.awaiting_council(session, dossier)
        if not lines:
            raise Conflict("Hồ sơ này không còn đề nghị nào chờ Hội đồng.")
        return render_template(
            "council.html",
            dossier=dossier,
            lines=[(line.position or at, line) for at, line in enumerate(lines, start=1)],
            members=councils.members_on(session, dossier.body_id, today),
            ballots=list(Ballot),
            today=today,
            typed=typed,
            faults=faults,
        )


def _sitting(typed: dict[str, str]) -> dict[str, Any]:
    """Read the fields of the form; a count left empty is nought, an empty row is not said."""
    votes = []
    for name in typed:
        if not name.startswith("approving-"):
            continue
        place = name.removeprefix("approving-")
        counts = {
            kind: typed.get(f"{kind}-{place}", "").strip()
            for kind in ("approving", "rejecting", "other", "invalid")
        }
        if any(counts.values()):
            votes.append(
                {"line": _number(place)} | {kind: _number(text) for kind, text in counts.items()}
            )
    absent = [
        {"name": typed[f"member-{key}"], "reason": typed.get(f"reason-{key}", "")}
        for key in (name.removeprefix("absent-") for name in typed if name.startswith("absent-"))
        if f"member-{key}" in typed
    ]
    plain = {
        name: typed.get(name, "")
        for name in ("held_on", "begins_at", "ends_at", "place", "discussion", "despite")
    }
    return {
        **plain,
        "ballot": typed.get("ballot", Ballot.HANDS.value),
        "absent": absent,
        "unanimous": "unanimous" in typed,
        "of_present": "of_present" in typed,
        "votes": votes,
    }


def _number(text: str) -> int | str:
    text = text.strip()
    if not text:
        return 0
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else text
