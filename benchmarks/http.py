"""What a paper costs through a web server, beside a request that makes none.

    python -m benchmarks.http                    waitress, and gunicorn where it is installed
    python -m benchmarks.http --requests 2000

Four paths of a tiny WSGI application, on the loopback only and without a framework:

    /empty      an empty answer
    /json       the record is parsed and its length answered
    /t1         the record is parsed and filled into the one-page decision
    /docxtpl    the same through docxtpl

Requests take turns path by path. CPU is that of the server's processes, read from /proc; so
what the client spends does not count. Only ratios of one run mean anything.
"""

import argparse
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.merge.templates import draw_decision, make_decision

ROOT = Path(__file__).parents[1]
PATHS = ("/empty", "/json", "/t1", "/docxtpl")
#: docxtpl takes so much longer that it gets few requests; the ratio does not mind.
SHARE = {"/docxtpl": 0.05}
BAR = 1.6
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Application:
    """The application that is measured; compiles the decision once."""

    def __init__(self) -> None:
        from benchmarks.merge.worker import Docxtpl
        from doc_templates.merge import Deflate, compile_form, render

        self.docx = draw_decision()
        self.form = compile_form(self.docx)
        self.render, self.deflate = render, Deflate.ISAL
        self.docxtpl = Docxtpl()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        size = int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(size)
        kind = "application/json"
        match environ["PATH_INFO"]:
            case "/json":
                answer = [json.dumps({"names": len(json.loads(body))}).encode()]
            case "/t1":
                kind = _DOCX
                # One piece: a server spends more on each piece than joining eleven KB costs.
                answer = [self.render(self.form, json.loads(body), deflate=self.deflate)]
            case "/docxtpl":
                kind, answer = _DOCX, [self.docxtpl.render(self.docx, json.loads(body))]
            case _:
                answer = [b""]
        length = str(sum(map(len, answer)))
        start_response("200 OK", [("Content-Type", kind), ("Content-Length", length)])
        return answer


def make_application() -> Application:
    """Make the application; a server calls this once."""
    return Application()


def serve_waitress(port: int) -> None:
    """Serve with waitress, one process of four threads."""
    import waitress

    waitress.serve(make_application(), host="127.0.0.1", port=port, threads=4, _quiet=True)


def server_commands() -> dict[str, list[str]]:
    """Name the servers that are installed, with the command that starts each; `{port}` in it."""
    servers = {"waitress": [sys.executable, "-m", "benchmarks.http", "--serve", "{port}"]}
    if find_spec("gunicorn"):
        servers["gunicorn"] = [
            *(sys.executable, "-m", "gunicorn", "--workers", "1", "--threads", "4"),
            *("--bind", "127.0.0.1:{port}", "--keep-alive", "30", "--log-level", "error"),
            "benchmarks.http:make_application()",
        ]
    return servers


@contextmanager
def started(command: list[str]) -> Iterator[tuple[int, int]]:
    """Start a server on a free port; gives its process and its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [part.format(port=port) for part in command],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(process, port)
        yield process.pid, port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def measure(process: int, port: int, *, requests: int, rounds: int) -> dict[str, list[float]]:
    """Send requests in turns; microseconds of the server's CPU for a request, by round."""
    records = [json.dumps(make_decision(seed)).encode() for seed in range(20)]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    counts = {path: max(5, int(requests / rounds * SHARE.get(path, 1))) for path in PATHS}
    taken: dict[str, list[float]] = {path: [] for path in PATHS}
    for path in PATHS:
        _send(connection, path, records, 20)
    for _ in range(rounds):
        for path in PATHS:
            before = cpu_of(process)
            _send(connection, path, records, counts[path])
            taken[path].append((cpu_of(process) - before) / counts[path] * 1e6)
    connection.close()
    return taken


def cpu_of(process: int) -> float:
    """Give the seconds that a process, its threads and its children have run."""
    seconds = 0.0
    for task in Path(f"/proc/{process}/task").iterdir():
        # Nanoseconds; the times in `stat` move in steps of ten milliseconds.
        seconds += int((task / "schedstat").read_text().split()[0]) / 1e9
        children = (task / "children").read_text().split()
        seconds += sum(cpu_of(int(child)) for child in children)
    return seconds


def _send(
    connection: http.client.HTTPConnection, path: str, records: list[bytes], count: int
) -> None:
    for n in range(count):
        connection.request("POST", path, body=records[n % len(records)])
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200 or (path in ("/t1", "/docxtpl") and body[:2] != b"PK"):
            raise SystemExit(f"{path} answered {answer.status}, {len(body)} bytes")


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(200):
        if process.poll() is not None:
            raise SystemExit(f"the server ended with {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server does not answer")


def main() -> int:
    """Measure every server that is installed; 1 when a paper costs more than it may."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--requests", type=int, default=3_000, help="for each path")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--serve", type=int, metavar="PORT", help=argparse.SUPPRESS)
    parser.add_argument("--history", type=Path, default=ROOT / "var" / "benchmarks" / "http.jsonl")
    arguments = parser.parse_args()
    if arguments.serve:
        serve_waitress(arguments.serve)
        return 0
    rows, is_kept = [], True
    for name, command in server_commands().items():
        with started(command) as (process, port):
            taken = measure(process, port, requests=arguments.requests, rounds=arguments.rounds)
        ratio = median(a / b for a, b in zip(taken["/t1"], taken["/json"], strict=True))
        over = median(a / b for a, b in zip(taken["/docxtpl"], taken["/t1"], strict=True))
        is_kept = is_kept and ratio <= BAR
        figures = " | ".join(f"{median(taken[path]):,.0f}" for path in PATHS)
        about = f"{name} {version(name)}"
        rows.append(f"| {about} | {figures} | {ratio:.2f} | {over:.0f} |")
        kept = {"server": about, "taken": taken, "ratio": ratio, "docxtpl": over}
        arguments.history.parent.mkdir(parents=True, exist_ok=True)
        with arguments.history.open("a", encoding="utf-8") as history:
            history.write(json.dumps(kept) + "\n")
    head = " | ".join(("CPU µs a request", *PATHS, "t1 / json", "docxtpl / t1"))
    sys.stdout.write(
        f"| {head} |\n| --- |{' ---: |' * (len(PATHS) + 2)}\n" + "\n".join(rows) + "\n\n"
        f"{datetime.now(UTC).date()}; bar for t1 / json: ≤ {BAR}; {arguments.requests} requests "
        f"for each path, {arguments.rounds} rounds.\n"
    )
    return 0 if is_kept else 1


if __name__ == "__main__":
    sys.exit(main())
