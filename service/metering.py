"""What the server does, in figures for Prometheus and in lines for a log; never what was said.

A request is named by its rule (“/van-ban/<document_id>”), not by its address, and nobody by
name: neither figures nor lines hold anything that a person typed.
"""

import json
import logging
import time
from typing import Final

from flask import Flask, Response, current_app, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from records import registers
from records.errors import RecordsError
from service.workflow.desk import Desk

_BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_log: Final = logging.getLogger("trinhky.requests")


class Meter:
    """The figures of one process of the server."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "trinhky_requests",
            "Requests answered",
            ("method", "endpoint", "status"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "trinhky_request_seconds",
            "Time from a request to its answer",
            ("endpoint",),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self.numbers = Gauge(
            "trinhky_numbers", "Numbers that stand in the registers", registry=self.registry
        )
        self.database = Gauge(
            "trinhky_database_up", "1 when the database can be read", registry=self.registry
        )

    def expose(self, desk: Desk) -> bytes:
        """Write all figures as Prometheus reads them."""
        try:
            with desk.reading() as session:
                self.numbers.set(registers.count_entries(session))
            self.database.set(1)
        except RecordsError:
            self.database.set(0)
        return generate_latest(self.registry)


def meter(app: Flask) -> None:
    """Count every request of an application, and answer `/metrics`."""
    app.extensions["meter"] = Meter()
    app.before_request(_begin)
    app.after_request(_end)
    app.add_url_rule("/metrics", "metrics", _show)


def _begin() -> None:
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    found: Meter = current_app.extensions["meter"]
    endpoint = request.endpoint or "-"
    seconds = time.perf_counter() - g.get("began", time.perf_counter())
    found.requests.labels(request.method, endpoint, response.status_code).inc()
    found.seconds.labels(endpoint).observe(seconds)
    if _log.isEnabledFor(logging.INFO):
        rule = request.url_rule.rule if request.url_rule else "-"
        line = {
            "method": request.method,
            "rule": rule,
            "status": response.status_code,
            "ms": round(seconds * 1000, 1),
            "bytes": response.content_length,
        }
        _log.info(json.dumps(line))
    return response


def _show() -> Response:
    found: Meter = current_app.extensions["meter"]
    return Response(found.expose(current_app.extensions["desk"]), mimetype=CONTENT_TYPE_LATEST)
