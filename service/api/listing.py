"""`/api/v1`: what there is, page by page: documents, dossiers, nominations, registers, forms.

A page ends with `next`, to be sent as `?cursor=` for the page after it; null on the last.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from doc_templates import catalogue
from records import awards, bodies, documents, dossiers, nominations, registers
from records.bodies import COMMON_SERIES
from records.documents import Document, DocumentState
from records.dossiers import Dossier
from records.errors import NotFound
from records.nominations import Nomination, NominationState
from records.registers import RegisterEntry
from service.api.requests import LAST_PAGE, desk, read_number
from service.guarding import actor
from service.intake import papers
from service.intake.fields import FIRST_YEAR, LAST_YEAR, EntryInvalid, FieldError
from service.workflow import access

blueprint = Blueprint("api_listing", __name__, url_prefix="/api/v1")
MOST: Final = 200
_USUAL: Final = 50
_HIGHEST: Final = 2**31 - 1


@blueprint.get("/bodies")
def list_bodies() -> ResponseReturnValue:
    """List the bodies that are open to the key, with the time in which they act."""
    with desk().reading() as session:
        return jsonify(
            bodies=[
                {
                    "key": body.key,
                    "name": body.full_name,
                    "code": body.code,
                    "valid_from": body.valid_from.isoformat() if body.valid_from else None,
                    "valid_to": body.valid_to.isoformat() if body.valid_to else None,
                }
                for body in bodies.bodies(session)
                if access.is_open(session, actor(), body.id)
            ]
        )


@blueprint.get("/awards")
def list_awards() -> ResponseReturnValue:
    """List what can be awarded, the highest first."""
    with desk().reading() as session:
        return jsonify(
            awards=[
                {"key": title.key, "name": title.name, "level": title.level.value}
                for title in awards.titles(session)
            ]
        )


@blueprint.get("/documents")
def list_documents() -> ResponseReturnValue:
    """List documents, the newest first: `?body=`, `?kind=`, `?state=`, `?dossier=`."""
    state = _choice("state", DocumentState)
    limit, before = _page()
    with desk().reading() as session:
        found, _ = documents.list_documents(
            session,
            body_ids=_bodies(session),
            kind=request.args.get("kind") or None,
            state=DocumentState(state) if state else None,
            dossier_id=read_number("dossier", least=1, most=_HIGHEST),
            before=before,
            size=limit + 1,
        )
        return _answer("documents", found, limit, lambda one: _document(session, one))


@blueprint.get("/dossiers")
def list_dossiers() -> ResponseReturnValue:
    """List dossiers, the newest first: `?body=`."""
    limit, before = _page()
    with desk().reading() as session:
        found, _ = dossiers.list_dossiers(
            session, body_ids=_bodies(session), before=before, size=limit + 1
        )
        return _answer("dossiers", found, limit, lambda one: _dossier(session, one))


@blueprint.get("/dossiers/<int(max=2147483647):dossier_id>")
def show_dossier(dossier_id: int) -> ResponseReturnValue:
    """Show a dossier with its lines and the papers of its checklist."""
    with desk().reading() as session:
        dossier = dossiers.get_dossier(session, dossier_id)
        return jsonify(
            **_dossier(session, dossier),
            lines=[_nomination(session, one) for one in nominations.lines_of(session, dossier.id)],
            papers=[
                {"label": paper.label, "is_there": paper.is_present}
                for paper in dossiers.papers_of(session, dossier)
            ],
        )


@blueprint.get("/nominations")
def list_nominations() -> ResponseReturnValue:
    """List nominations, the newest first: `?body=`, `?state=`, `?text=` (a part of the name)."""
    state = _choice("state", NominationState)
    limit, before = _page()
    with desk().reading() as session:
        found, _ = nominations.list_nominations(
            session,
            body_ids=_bodies(session),
            state=NominationState(state) if state else None,
            text=request.args.get("text", "")[:200].replace("\0", ""),
            before=before,
            size=limit + 1,
        )
        return _answer("nominations", found, limit, lambda one: _nomination(session, one))


@blueprint.get("/nominations/<int(max=2147483647):nomination_id>")
def show_nomination(nomination_id: int) -> ResponseReturnValue:
    """Show a nomination and its way so far; an identity number is never shown."""
    with desk().reading() as session:
        line = nominations.get_nomination(session, nomination_id)
        return jsonify(
            **_nomination(session, line),
            deed=line.deed,
            steps=[
                {"state": one.state.value, "at": one.at.isoformat(), "reason": one.reason}
                for one in nominations.events_of(session, line)
            ],
        )


@blueprint.get("/bodies/<body>/registers")
def list_registers(body: str) -> ResponseReturnValue:
    """List the books of a body, the latest year first."""
    with desk().reading() as session:
        own = bodies.get_body(session, body)
        return jsonify(
            registers=[
                {
                    "year": book.year,
                    "series": book.series,
                    "first": book.first,
                    "last": book.last,
                    "is_closed": book.closed_at is not None,
                }
                for book in registers.registers_of(session, own)
            ]
        )


@blueprint.get("/bodies/<body>/registers/<int(max=9999):year>")
def show_register(body: str, year: int) -> ResponseReturnValue:
    """Give a page of a book by number upwards: `?series=`, `?page=`."""
    series = request.args.get("series", COMMON_SERIES)
    number = read_number("page", least=1, most=LAST_PAGE) or 1
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotFound("sổ năm", year)
    with desk().reading() as session:
        own = bodies.get_body(session, body)
        book = registers.find_register(session, own, series, year)
        if book is None:
            raise NotFound("sổ đăng ký văn bản đi", f"{series[:40]} {year}")
        lines, total = registers.entries(session, book, page=number, size=MOST)
        return jsonify(
            entries=[_entry(line) for line in lines],
            total=total,
            page=number,
            pages=max(1, -(-total // MOST)),
        )


@blueprint.get("/templates")
def list_templates() -> ResponseReturnValue:
    """List the forms by kind, each with the hash of the template that fills it now."""
    templates = desk().templates
    return jsonify(
        templates=[
            {
                "kind": form.kind,
                "title": form.title,
                "hash": templates.form(form.kind).hash,
                "tier": templates.form(form.kind).tier.value,
            }
            for form in catalogue.list_forms()
        ]
    )


@blueprint.get("/templates/<kind>/schema")
def show_schema(kind: str) -> ResponseReturnValue:
    """Give the JSON Schema of the values that a form takes."""
    return jsonify(papers.schema_of(kind))


def _page() -> tuple[int, int | None]:
    """Read how many are asked for, and after which one."""
    limit = read_number("limit", least=1, most=MOST) or _USUAL
    return limit, read_number("cursor", least=1, most=_HIGHEST)


def _choice(name: str, allowed: type[DocumentState] | type[NominationState]) -> str:
    """Read a choice of the query; "": it is not asked for."""
    text = request.args.get(name, "")
    if text and text not in {one.value for one in allowed}:
        listed = ", ".join(one.value for one in allowed)
        message = f"“{name}”: chỉ nhận {listed}."
        raise EntryInvalid([FieldError(pointer=f"/{name}", code="choice-wrong", message=message)])
    return text


def _bodies(session: Session) -> set[int] | None:
    """Give the bodies that are asked for and open to the key; None: all.

    Raises:
        NotFound: the body asked for is not there, or another's.
    """
    asked = request.args.get("body", "")
    if asked:
        body = bodies.get_body(session, asked)
        if not access.is_open(session, actor(), body.id):
            raise NotFound("cơ quan", asked)
        return {body.id}
    if actor().body_id is None:
        return None
    return {body.id for body in bodies.bodies(session) if access.is_open(session, actor(), body.id)}


def _answer(
    name: str, found: Sequence[Any], limit: int, shape: Callable[[Any], dict[str, Any]]
) -> ResponseReturnValue:
    shown = found[:limit]
    following = str(shown[-1].id) if len(found) > limit else None
    return jsonify({name: [shape(one) for one in shown], "next": following})


def _body_key(session: Session, body_id: int) -> str:
    return session.get_one(bodies.IssuingBody, body_id).key


def _document(session: Session, one: Document) -> dict[str, Any]:
    return {
        "id": one.id,
        "body": _body_key(session, one.body_id),
        "kind": one.kind,
        "state": one.state.value,
        "abstract": one.abstract,
        "number": one.number,
        "symbol": one.symbol,
        "issued_on": one.issued_on.isoformat() if one.issued_on else None,
        "dossier": one.dossier_id,
    }


def _dossier(session: Session, one: Dossier) -> dict[str, Any]:
    return {
        "id": one.id,
        "body": _body_key(session, one.body_id),
        "title": one.title,
        "state": one.state.value,
    }


def _nomination(session: Session, one: Nomination) -> dict[str, Any]:
    return {
        "id": one.id,
        "body": _body_key(session, one.body_id),
        "dossier": one.dossier_id,
        "award": session.get_one(awards.AwardTitle, one.award_title_id).key,
        "state": one.state.value,
        "subject": one.subject.value,
        "name": one.shown_name,
        "post": one.shown_post,
        "unit": one.unit_name,
    }


def _entry(line: RegisterEntry) -> dict[str, Any]:
    return {
        "number": line.number,
        "suffix": line.suffix,
        "symbol": line.symbol,
        "issued_on": line.issued_on.isoformat(),
        "kind": line.kind,
        "abstract": line.abstract,
        "document": line.document_id,
        "state": line.state.value,
    }
