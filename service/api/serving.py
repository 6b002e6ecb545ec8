"""What every call of another system has: how many are left, and whether anything changed."""

import time
from typing import Final

from flask import Flask, Response, current_app, g, request

from service.guarding import actor, address_of_caller
from service.throttling import Allowance, Rate

PREFIX: Final = "/api/"


def serve(app: Flask, *, most_a_minute: int) -> None:
    """Count the calls of each key, and let a call ask only for what it does not know yet.

    To be called after the guard, which finds out whose key it is.
    """
    app.extensions["rate"] = Rate(most_a_minute) if most_a_minute else None
    app.before_request(_take)
    app.after_request(_tell)


def _take() -> None:
    rate: Rate | None = current_app.extensions["rate"]
    if rate is None or not request.path.startswith(PREFIX):
        return
    caller = actor().login if "actor" in g else address_of_caller()
    g.allowance = rate.take(caller, time.monotonic())


def _tell(response: Response) -> Response:
    if not request.path.startswith(PREFIX):
        return response
    allowance: Allowance | None = g.get("allowance")
    if allowance is not None:
        response.headers["RateLimit-Limit"] = str(allowance.most)
        response.headers["RateLimit-Remaining"] = str(allowance.left)
        response.headers["RateLimit-Reset"] = str(allowance.reset)
    if request.method == "GET" and response.status_code == 200:
        response.add_etag()
        response.headers["Cache-Control"] = "private, no-cache"
        response.make_conditional(request)
    return response
