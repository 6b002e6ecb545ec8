"""Makes the web application: settings, desk, errors, faces, in that order."""

import json
import logging
import re
import uuid
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from flask_bootstrap import Bootstrap5
from werkzeug.exceptions import HTTPException

from service import guarding, metering, problems, web
from service.api import certificates as api_certificates
from service.api import checking as api_checking
from service.api import describing as api_describing
from service.api import documents as api_documents
from service.api import golden_book as api_golden_book
from service.api import listing as api_listing
from service.api import movement as api_movement
from service.api import nominations as api_nominations
from service.api import printing as api_printing
from service.api import render as api_render
from service.api import serving
from service.config import Settings, read_settings
from service.problems import PROBLEM_JSON, Problem, trace_of
from service.statics import serve_statics
from service.throttling import RateExceeded, Throttle
from service.workflow.desk import Desk, open_desk

#: A request is a form or a JSON body; the largest list of nominees stays far below.
LARGEST_REQUEST = 8 * 1024 * 1024
_log = logging.getLogger("trinhky")
_NUMBERS = re.compile(r"\d+(?:\.\d+){3}")


def create_app(settings: Settings | None = None, desk: Desk | None = None) -> Flask:
    """Make the application; the database is expected to be at its newest form."""
    settings = settings or read_settings()
    app = Flask("service", template_folder="web/templates", static_folder="web/static")
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    app.config["BOOTSTRAP_SERVE_LOCAL"] = True
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    Bootstrap5(app)
    serve_statics(app)
    app.extensions["desk"] = desk or open_desk(settings)
    app.extensions["throttle"] = Throttle()
    _answer_errors(app)
    hosts = {name.strip().lower() for name in f"{settings.host},{settings.names}".split(",")}
    app.extensions["hosts"] = hosts - {""}
    metering.meter(app)
    app.before_request(_refuse_other_names)
    app.before_request(_refuse_other_sites)
    guarding.guard(app)
    serving.serve(app, most_a_minute=settings.api_rate)
    app.context_processor(lambda: {"actor": guarding.actor()})
    app.after_request(_add_security_headers)
    app.register_blueprint(api_render.blueprint)
    app.register_blueprint(api_nominations.blueprint)
    app.register_blueprint(api_golden_book.blueprint)
    app.register_blueprint(api_movement.blueprint)
    app.register_blueprint(api_listing.blueprint)
    app.register_blueprint(api_describing.blueprint)
    app.register_blueprint(api_documents.blueprint)
    app.register_blueprint(api_printing.blueprint)
    app.register_blueprint(api_checking.blueprint)
    app.register_blueprint(api_certificates.blueprint)
    for blueprint in web.BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.add_url_rule("/healthz", "healthz", healthz)
    return app


def healthz() -> ResponseReturnValue:
    """Answer 200 when the database can be read and is at its newest form, else 503."""
    desk: Desk = current_app.extensions["desk"]
    revision = desk.store.current_revision()
    if revision is None:
        return jsonify(status="database-empty"), 503
    if not desk.store.is_current():
        return jsonify(status="database-outdated", revision=revision), 503
    return jsonify(status="ok", revision=revision)


def _answer_errors(app: Flask) -> None:
    for kind in problems.KNOWN:
        app.register_error_handler(kind, _answer_known)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_unknown)


def _answer_known(error: Exception) -> ResponseReturnValue:
    answer = _answer(problems.describe(error))
    if isinstance(error, RateExceeded):
        answer.headers["Retry-After"] = str(error.wait)
    return answer


def _answer_http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    code, title, detail = _HTTP.get(
        status,
        (
            "http-error",
            "Yêu cầu không thực hiện được",
            f"Máy chủ không nhận yêu cầu này ({error.name}).",
        ),
    )
    answer = _answer(Problem(status=status, code=code, title=title, detail=detail))
    if status == 405 and isinstance(answer, Response) and error.response is None:
        answer.headers["Allow"] = ", ".join(getattr(error, "valid_methods", None) or ())
    return answer


def _answer_unknown(error: Exception) -> ResponseReturnValue:
    """Log the fault under an id that the person can quote; say nothing of its inside.

    The log names kinds of errors and places in the program, never their words: those may
    quote a value, and a value may be somebody's name.
    """
    fault_id = uuid.uuid4().hex[:12]
    rule = request.url_rule.rule if request.url_rule else "-"
    _log.error("fault=%s %s %s\n%s", fault_id, request.method, rule, trace_of(error))
    return _answer(
        Problem(
            status=500,
            code="internal-error",
            title="Lỗi của chương trình",
            detail=f"Việc chưa làm được và chưa có gì thay đổi. Mã sự cố: {fault_id}.",
        )
    )


_HTTP = {
    400: ("bad-request", "Yêu cầu không đọc được", "Nội dung gửi lên không phải JSON hợp lệ."),
    403: ("forbidden", "Không được phép", "Yêu cầu đến từ một trang khác nên bị từ chối."),
    404: ("not-found", "Không tìm thấy", "Không có địa chỉ này."),
    405: ("method-not-allowed", "Không nhận cách gọi này", "Địa chỉ này không nhận cách gọi đó."),
    413: ("too-large", "Quá lớn", "Nội dung gửi lên vượt 8 MB; hãy chia nhỏ."),
    415: (
        "json-expected",
        "Cần JSON",
        "Gửi nội dung dạng JSON với Content-Type: application/json.",
    ),
}


def _answer(problem: Problem) -> Response:
    if request.path.startswith("/api/") or request.path == "/healthz":
        is_english = _prefers_english()
        shape = problem.to_english_json() if is_english else problem.to_json()
        body = json.dumps(shape, ensure_ascii=False)
        response = Response(body, status=problem.status, mimetype=PROBLEM_JSON)
        response.content_language.add("en" if is_english else "vi")
        if is_english and not problem.is_wholly_english:
            response.content_language.add("vi")
        response.vary.add("Accept-Language")
        if problem.status == 503:
            response.headers["Retry-After"] = "5"
        if problem.status == 401:
            response.headers["WWW-Authenticate"] = "Bearer"
        return response
    return Response(web.show_problem(problem), status=problem.status, mimetype="text/html")


def _prefers_english() -> bool:
    """Tell whether the caller reads English rather than Vietnamese, which is the usual answer."""
    return request.accept_languages.best_match(("vi", "en"), default="vi") == "en"


def _refuse_other_names() -> Response | None:
    """Refuse a request for another machine's name.

    A page of another site can let its own name point at this machine and would then count as
    ours. It cannot do so with an address, nor with a name that no public register gives out.
    """
    try:
        host = urlsplit(f"//{request.headers.get('Host', '')}").hostname or ""
    except ValueError:
        host = "."
    name = host.rstrip(".") or host
    is_ours = bool(_NUMBERS.fullmatch(name)) or ":" in name or "." not in name
    if is_ours or name in current_app.extensions["hosts"]:
        return None
    return _answer(
        Problem(
            status=421,
            code="host-unknown",
            title="Tên máy không đúng",
            detail="Trang này không được mở dưới tên đó. Người quản trị khai tên máy trong thiết "
            "lập TRINHKY_NAMES, hoặc mở bằng địa chỉ IP.",
        )
    )


def _refuse_other_sites() -> None:
    """Refuse changes asked for by another site's page in the clerk's browser."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    if request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
        abort(403)
    origin = request.headers.get("Origin")
    if origin is not None and origin.partition("://")[2] != request.host:
        abort(403)


def _add_security_headers(response: Response) -> Response:
    response.headers.setdefault(
        "Content-Security-Policy",
        "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; form-action 'self'",
    )
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("X-Frame-Options", "DENY")
    if request.endpoint not in guarding.PUBLIC:
        response.headers.setdefault("Cache-Control", "no-store")
    return response
