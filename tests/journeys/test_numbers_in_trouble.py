"""Killed at every statement, asked sixteen times at once, by two servers: one number each."""

import json
import multiprocessing
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from records import bodies, registers
from records.store import Store
from service.workflow import setting_up
from service.workflow.desk import Desk
from tests.factories import WARD, make_draft
from tests.journeys import kill_points

pytestmark = pytest.mark.slow
FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="NOT RUN, needs processes that can fork")
def test_killed_at_any_statement_leaves_no_gap_and_the_same_key_gives_one_number(
    database_url: str, tmp_path: Path
) -> None:
    told = tmp_path / "told"
    process = multiprocessing.get_context("spawn").Process(
        target=kill_points.run, args=(database_url, told, 4)
    )
    process.start()
    process.join()

    killed, *problems = told.read_text(encoding="utf-8").split("\n")
    assert problems == []
    assert int(killed) > 15


def test_sixteen_clients_of_two_servers_with_one_key_get_one_document(database_url: str) -> None:
    desk = Desk(Store(database_url))
    desk.store.upgrade()
    setting_up.load_office(desk, setting_up.read_office(FIXTURES / "demo"))
    document = make_draft(desk).document_id
    others = [make_draft(desk).document_id for _ in range(8)]

    with ExitStack() as opened:
        servers = [opened.enter_context(_server(database_url)) for _ in range(2)]
        calls = [(servers[at % 2], document, "one-key") for at in range(16)]
        calls += [(servers[at % 2], other, f"key-{other}") for at, other in enumerate(others)]
        with ThreadPoolExecutor(len(calls)) as clients:
            answers = list(clients.map(lambda call: _issue(*call), calls))

    same, rest = answers[:16], answers[16:]
    assert {(status, answer["sha256"]) for status, answer in same} == {(200, same[0][1]["sha256"])}
    assert sorted({same[0][1]["number"]} | {answer["number"] for _, answer in rest}) == list(
        range(1, 10)
    )
    with desk.reading() as session:
        (book,) = registers.registers_of(session, bodies.get_body(session, WARD))
        assert (book.last, registers.gaps(session, book)) == (9, ())
    desk.store.dispose()


#: The database has others to serve: asked again with the same key, nothing is done twice.
BUSY = 503


def _issue(address: str, document: int, key: str) -> tuple[int, dict[str, object]]:
    asked = urllib.request.Request(
        f"{address}/api/v1/documents/{document}/issue",
        data=b"{}",
        headers={"Content-Type": "application/json", "Idempotency-Key": key},
    )
    for _ in range(20):
        try:
            with urllib.request.urlopen(asked, timeout=60) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                if error.code != BUSY:
                    return error.code, json.load(error)
    raise AssertionError("busy for good")


@contextmanager
def _server(url: str) -> Iterator[str]:
    """A service in a process of its own, on a port that was free."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "TRINHKY_DATABASE_URL": url, "TRINHKY_PORT": str(port)}
    with subprocess.Popen(
        [sys.executable, "-m", "service", "serve"], env=environment, stdout=subprocess.DEVNULL
    ) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            for _ in range(200):
                try:
                    urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
                    break
                except OSError:
                    time.sleep(0.05)
            yield address
        finally:
            process.terminate()
