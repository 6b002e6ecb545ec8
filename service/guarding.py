"""At the door of the web server: who asks, may they do it, is the record theirs.

An office that has made no account yet is one person at one machine, and only that machine is
let in. From the first account or key on, every page asks for a sign-in and every call for a
key; what is another body's answers 404, as if it were not there.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote

from flask import Flask, Response, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from records import bodies
from records.accounts import Permission
from records.documents import Document
from records.dossiers import Dossier
from records.errors import NotFound
from records.grants import Grant
from records.nominations import Nomination
from records.registers import Register
from service.workflow import access
from service.workflow.access import AccessRefused, Actor, KeyMissing
from service.workflow.desk import Desk

COOKIE: Final = "trinhky"
#: What is open to anybody: the sign-in, its style sheets, whether the server lives, and the page
#: that says whether a paper is ours.
PUBLIC: Final = frozenset(
    {
        "static",
        "bootstrap.static",
        "healthz",
        "api_describing.show",
        "web_access.sign_in",
        "web_verifying.form",
        "web_verifying.show",
    }
)
METRICS: Final = "metrics"
#: What each page or call that changes something asks for. One that is not named here asks for
#: the administrator; a page that only shows asks for leave to read.
ASKS: Final[Mapping[str, Permission]] = {
    "api_nominations.nominate": Permission.NOMINATE,
    "api_nominations.agree": Permission.REVIEW,
    "api_golden_book.enter": Permission.REVIEW,
    "api_golden_book.strike": Permission.REVIEW,
    "api_movement.rule": Permission.REVIEW,
    "api_movement.record": Permission.NOMINATE,
    "api_documents.draft": Permission.DRAFT,
    "api_documents.issue": Permission.ISSUE,
    "api_documents.cancel": Permission.ISSUE,
    "api_certificates.of_list": Permission.READ,
    "api_certificates.fit_of_list": Permission.READ,
    "api_checking.check": Permission.READ,
    "api_printing.pdf": Permission.READ,
    "api_printing.print_together": Permission.READ,
    "api_render.render": Permission.READ,
    "web_access.sign_out": Permission.READ,
    "web_access.change_password": Permission.READ,
    "web_accounts.add": Permission.ADMINISTER,
    "web_accounts.reset_password": Permission.ADMINISTER,
    "web_accounts.close": Permission.ADMINISTER,
    "web_drafting.draft": Permission.DRAFT,
    "web_drafting.draft_decision": Permission.DRAFT,
    "web_drafting.draft_submission": Permission.DRAFT,
    "web_sketching.show": Permission.DRAFT,
    "web_checking.check": Permission.READ,
    "web_golden_book.enter": Permission.REVIEW,
    "web_golden_book.look": Permission.REVIEW,
    "web_golden_book.receive": Permission.REVIEW,
    "web_golden_book.strike": Permission.REVIEW,
    "web_nominations.amend": Permission.NOMINATE,
    "web_nominations.withdraw": Permission.NOMINATE,
    "web_nominations.add": Permission.NOMINATE,
    "web_nominations.open_dossier": Permission.NOMINATE,
    "web_paper_forms.check": Permission.ADMINISTER,
    "web_sheets.look": Permission.NOMINATE,
    "web_sheets.receive": Permission.NOMINATE,
    "web_steps.submit": Permission.NOMINATE,
    "web_steps.receive_paper": Permission.NOMINATE,
    "web_steps.accept": Permission.REVIEW,
    "web_steps.give_back": Permission.REVIEW,
    "web_steps.hold": Permission.REVIEW,
    "web_steps.draft_minutes": Permission.DRAFT,
    "web_reviews.rule": Permission.REVIEW,
    "web_dossiers.agree": Permission.REVIEW,
    "web_documents.edit": Permission.DRAFT,
    "web_documents.issue": Permission.ISSUE,
    "web_documents.cancel": Permission.ISSUE,
}
#: Pages that only show, yet not to everybody.
SHOWS: Final[Mapping[str, Permission]] = {
    "web_accounts.administer": Permission.ADMINISTER,
    "web_drafting.index": Permission.DRAFT,
    "web_drafting.begin": Permission.DRAFT,
    "web_drafting.decision_form": Permission.DRAFT,
    "web_drafting.submission_form": Permission.DRAFT,
    "web_documents.edit_form": Permission.DRAFT,
    "web_documents.cancel_form": Permission.ISSUE,
    "web_dossiers.agree_form": Permission.REVIEW,
    "web_golden_book.entry_form": Permission.REVIEW,
    "web_golden_book.sheet_form": Permission.REVIEW,
    "web_golden_book.strike_form": Permission.REVIEW,
    "web_nominations.add_form": Permission.NOMINATE,
    "web_nominations.open_form": Permission.NOMINATE,
    "web_sheets.form": Permission.NOMINATE,
    "web_steps.return_form": Permission.REVIEW,
    "web_steps.council_form": Permission.REVIEW,
}
_ROWS: Final = {
    "document_id": Document,
    "dossier_id": Dossier,
    "register_id": Register,
    "nomination_id": Nomination,
    "grant_id": Grant,
}
#: Numbers in a body that was sent, and whose rows they are.
_SENT: Final = {
    "dossier": Dossier,
    "draft": Document,
    "attached_to": Document,
    "corrects": Document,
    "replaces": Document,
    "recalls": Document,
    "nomination": Nomination,
}
_SENT_LISTS: Final = {"documents": Document}
_LOOPBACK: Final = ("127.", "::1")


def guard(app: Flask) -> None:
    """Ask at every request."""
    app.before_request(_ask)


def actor() -> Actor:
    """Give who asks; the one person at this machine, where nobody has an account."""
    found: Actor = g.get("actor", access.AT_THIS_MACHINE)
    return found


def address_of_caller() -> str:
    """Give the address of who asks: behind a proxy on this machine, the one that it names last."""
    direct = request.remote_addr or ""
    named = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return named[:64] if named and direct.startswith(_LOOPBACK) else direct


def asked_of(endpoint: str, method: str) -> Permission:
    """Tell what a page or call asks for."""
    if method in ("GET", "HEAD", "OPTIONS"):
        return SHOWS.get(endpoint, Permission.READ)
    return ASKS.get(endpoint, Permission.ADMINISTER)


def _ask() -> ResponseReturnValue | None:
    endpoint = request.endpoint
    if endpoint is None or endpoint in PUBLIC:
        return None
    desk: Desk = current_app.extensions["desk"]
    if endpoint == METRICS:
        _ask_for_figures(desk)
        return None
    is_api = request.path.startswith("/api/")
    if access.is_open_house(desk):
        return None if _is_here() else _refuse_stranger(is_api=is_api)
    found = _by_key(desk) if is_api else _by_cookie(desk)
    if found is None:
        return _refuse_stranger(is_api=is_api)
    g.actor = found
    permission = asked_of(endpoint, request.method)
    if not found.may(permission):
        raise AccessRefused(permission)
    if found.body_id is not None:
        with desk.reading() as session:
            _check_theirs(session, found)
    return None


def _ask_for_figures(desk: Desk) -> None:
    """Let this machine itself read the figures, and whoever has a key that reads."""
    if _is_here():
        return
    found = None if access.is_open_house(desk) else _by_key(desk)
    if found is None or not found.may(Permission.READ):
        raise KeyMissing


def _is_here() -> bool:
    """Tell whether the request comes from this machine itself, through no proxy."""
    address = request.remote_addr or ""
    return address.startswith(_LOOPBACK) and "X-Forwarded-For" not in request.headers


def _by_key(desk: Desk) -> Actor | None:
    kind, _, key = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not key.strip():
        return None
    return access.actor_of_key(desk, key.strip())


def _by_cookie(desk: Desk) -> Actor | None:
    token = request.cookies.get(COOKIE, "")
    return access.actor_of_token(desk, token) if token else None


def _refuse_stranger(*, is_api: bool) -> ResponseReturnValue:
    if is_api:
        raise KeyMissing
    if request.method == "GET":
        back = request.full_path.rstrip("?")
        return redirect(f"{url_for('web_access.sign_in')}?ve={quote(back)}", 303)
    return Response(status=303, headers={"Location": url_for("web_access.sign_in")})


def _check_theirs(session: Session, found: Actor) -> None:
    """See to it that every record that is named is open to who asks.

    Raises:
        NotFound: one is another body's.
    """
    for body_id, what in _named(session):
        if not access.is_open(session, found, body_id):
            raise NotFound("mục này", what)


def _named(session: Session) -> Iterator[tuple[int, object]]:
    """Name the bodies of all records in the address and in what was sent."""
    arguments = request.view_args or {}
    for name, table in _ROWS.items():
        if name in arguments:
            yield from _of_row(session, table, arguments[name])
    if "body" in arguments:
        yield from _of_body(session, arguments["body"])
    sent = request.get_json(silent=True) if request.is_json else request.form.to_dict()
    if isinstance(sent, dict):
        yield from _of_sent(session, sent)


def _of_sent(session: Session, sent: Mapping[str, Any]) -> Iterator[tuple[int, object]]:
    for name in ("body", "issuer", "campaign"):
        if isinstance(sent.get(name), str):
            yield from _of_body(session, sent[name].partition("/")[0])
    for name, table in _SENT.items():
        yield from _of_row(session, table, sent.get(name))
    for name, table in _SENT_LISTS.items():
        listed = sent.get(name)
        for one in listed if isinstance(listed, list) else []:
            yield from _of_row(session, table, one)
    against = sent.get("against")
    if isinstance(against, str) and against.startswith("nomination:"):
        yield from _of_row(session, Nomination, against.removeprefix("nomination:"))
    for name in ("nominations", "awards"):
        listed = sent.get(name)
        for one in listed if isinstance(listed, list) else []:
            if isinstance(one, dict) and isinstance(one.get("body"), str):
                yield from _of_body(session, one["body"])


def _of_row(session: Session, table: type[Any], value: object) -> Iterator[tuple[int, object]]:
    text = str(value)
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        return
    row = session.get(table, int(text))
    if row is not None:
        yield row.body_id, text


def _of_body(session: Session, key: str) -> Iterator[tuple[int, object]]:
    body = bodies.find_body(session, key)
    if body is not None:
        yield body.id, key
