"""A day of an office in a minute: many clients at one server, and a server that does not grow.

    python -m benchmarks.load                     60 seconds, eight clients, SQLite, waitress
    python -m benchmarks.load --seconds 300 --clients 16
    python -m benchmarks.load --renders 100000    only: memory over so many renders

The clients send nominations, previews, papers to be numbered at once, downloads, PDFs; one of them
has a list of 500 certificates printed again and again meanwhile. Every answer is looked at: an
error is counted, and the books are inspected at the end.
"""

import argparse
import http.client
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

from records.store import Store
from service.workflow import inspecting, setting_up
from service.workflow.desk import Desk

ROOT = Path(__file__).parents[1]
BODY = "phuong-hai-ba-trung"
#: How often each kind of work comes, of a hundred.
MIX = {"nominate": 25, "preview": 30, "issue": 20, "download": 15, "pdf": 10}
CERTIFICATES = 500


class Figures:
    """Times in milliseconds by kind of work, and what went wrong."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = defaultdict(list)
        self.errors: dict[str, int] = defaultdict(int)
        self.issued: list[int] = []
        self._lock = threading.Lock()

    def note(self, kind: str, ms: float, *, is_good: bool, document_id: int | None = None) -> None:
        """Write one answer down."""
        with self._lock:
            self.times[kind].append(ms)
            if not is_good:
                self.errors[kind] += 1
            if document_id is not None:
                self.issued.append(document_id)


class Client:
    """One client with a connection of its own."""

    def __init__(self, port: int, number: int, figures: Figures) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.figures = figures
        self.number = number
        self.random = random.Random(number)
        self.sent = 0

    def work(self, until: float) -> None:
        """Do one thing after another until that moment."""
        kinds = [kind for kind, share in MIX.items() for _ in range(share)]
        while time.monotonic() < until:
            kind = self.random.choice(kinds)
            self.sent += 1
            getattr(self, f"_{kind}")()

    def print_all(self, until: float) -> None:
        """Have a ceremony printed again and again."""
        post = "CHỦ TỊCH"
        listed = {
            "authority": f"{post} ỦY BAN NHÂN DÂN PHƯỜNG HAI BÀ TRƯNG",
            "act": "TẶNG",
            "award": "GIẤY KHEN",
            "decision": "211/QĐ-UBND",
            "decided_on": "2026-10-12",
            "place": "Phường Hai Bà Trưng",
            "issued_on": "2026-10-12",
            "signer_post": post,
            "signer_name": "Hoàng Đình Khuyến",
            "recipients": [
                {"name": f"Bà Nguyễn Thuỵ Ưu {at}", "deed": "Đã có việc làm tốt năm 2026"}
                for at in range(CERTIFICATES)
            ],
        }
        while time.monotonic() < until:
            self._ask("certificates", "POST", "/api/v1/certificates", listed)

    def _nominate(self) -> None:
        name = f"Nguyễn Thuỵ Ưu {self.number}-{self.sent}"
        nominee = {"body": BODY, "award": "ntvt", "name": name, "deed": f"Việc tốt {self.sent}."}
        self._ask("nominate", "POST", "/api/v1/nominations", nominee)

    def _preview(self) -> None:
        self._ask("preview", "POST", "/api/v1/documents", {**_paper(self.sent), "dry_run": True})

    def _issue(self) -> None:
        key = f"tai-{self.number}-{self.sent}"
        body = self._ask(
            "issue", "POST", "/api/v1/documents", {**_paper(self.sent), "issue": True}, key
        )
        if body:
            self.figures.issued.append(json.loads(body)["id"])

    def _download(self) -> None:
        if self.figures.issued:
            chosen = self.random.choice(self.figures.issued)
            self._ask("download", "GET", f"/api/v1/documents/{chosen}/docx")

    def _pdf(self) -> None:
        if self.figures.issued:
            chosen = self.random.choice(self.figures.issued)
            self._ask("pdf", "GET", f"/api/v1/documents/{chosen}/pdf")

    def _ask(self, kind: str, method: str, path: str, sent: object = None, key: str = "") -> bytes:
        headers = {"Content-Type": "application/json"} if sent is not None else {}
        if key:
            headers["Idempotency-Key"] = key
        body = json.dumps(sent).encode() if sent is not None else None
        began = time.perf_counter()
        self.connection.request(method, path, body=body, headers=headers)
        answer = self.connection.getresponse()
        content = answer.read()
        is_good = answer.status in (200, 201)
        if not is_good and not self.figures.errors[kind]:
            sys.stderr.write(f"{kind}: {answer.status} {content[:300].decode()}\n")
        self.figures.note(kind, (time.perf_counter() - began) * 1000, is_good=is_good)
        return content if is_good else b""


def _paper(number: int) -> dict[str, Any]:
    return {
        "body": BODY,
        "paper": {
            "kind": "plan",
            "abstract": f"Tổ chức phong trào “Người tốt, việc tốt”, lần {number}",
            "body": "I. MỤC ĐÍCH\n\nBiểu dương việc tốt.\n\nII. TỔ CHỨC\n\nCác đơn vị thực hiện.",
            "recipients": ["Các đơn vị thuộc phường"],
            "archive": "VT",
        },
    }


@contextmanager
def served(url: str) -> Iterator[tuple[int, int]]:
    """Start the server on a free port; gives its process and its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "TRINHKY_DATABASE_URL": url,
        "TRINHKY_PORT": str(port),
        "TRINHKY_API_RATE": "0",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "service", "serve"],
        cwd=ROOT,
        env={**os.environ, **settings},
        stdout=subprocess.DEVNULL,
    )
    try:
        while socket.socket().connect_ex(("127.0.0.1", port)):
            if process.poll() is not None:
                raise SystemExit("the server ended")
            time.sleep(0.2)
        yield process.pid, port
    finally:
        process.terminate()
        process.wait(timeout=30)


def load(*, seconds: float, clients: int) -> int:
    """Measure the mixed load; 1 when anything went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/records.db"
        store = Store(url)
        store.upgrade()
        desk = Desk(store)
        setting_up.load_office(desk, setting_up.read_office(ROOT / "fixtures" / "demo"))
        figures = Figures()
        with served(url) as (process, port):
            Client(port, 999, figures)._issue()
            before = rss_mb(process)
            until = time.monotonic() + seconds
            work: list[Callable[[float], None]] = [
                Client(port, number, figures).work for number in range(clients)
            ]
            work.append(Client(port, 998, figures).print_all)
            threads = [threading.Thread(target=one, args=(until,)) for one in work]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            after = rss_mb(process)
        problems = inspecting.verify(desk).inspection.problems
        store.dispose()
    sys.stdout.write("| work | answers | a second | p50 ms | p99 ms | errors |\n")
    sys.stdout.write("|---|---:|---:|---:|---:|---:|\n")
    for kind, times in sorted(figures.times.items()):
        cuts = quantiles(times, n=100) if len(times) > 1 else [times[0]] * 99
        sys.stdout.write(
            f"| {kind} | {len(times):,} | {len(times) / seconds:.1f} | {cuts[49]:.0f} | "
            f"{cuts[98]:.0f} | {figures.errors[kind]} |\n"
        )
    sys.stdout.write(
        f"\n{datetime.now(UTC).date()}; {clients} clients, one printing {CERTIFICATES} "
        f"certificates, {seconds:.0f} s; memory {before:.0f} → {after:.0f} MB; "
        f"{len(problems)} problems in the books.\n"
    )
    return 1 if problems or sum(figures.errors.values()) else 0


def renders(count: int) -> int:
    """Fill a decision so many times in one process and watch its memory."""
    from doc_templates import catalogue
    from service.intake import papers

    path = ROOT / "fixtures" / "papers" / "dossier" / "quyet-dinh.toml"
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    paper = papers.parse_paper(raw).to_paper(today=date(2026, 10, 9))
    seen = []
    began = time.perf_counter()
    for at in range(1, count + 1):
        catalogue.merge(paper)
        if at in (1_000, count // 10, count // 2, count):
            seen.append(f"{at:,}: {rss_mb(os.getpid()):.1f} MB")
    sys.stdout.write(f"{'; '.join(seen)}; {time.perf_counter() - began:.0f} s\n")
    return 0


def rss_mb(process: int) -> float:
    """Give the memory of a process that is in use."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def main() -> int:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--renders", type=int, default=0)
    arguments = parser.parse_args()
    if arguments.renders:
        return renders(arguments.renders)
    return load(seconds=arguments.seconds, clients=arguments.clients)


if __name__ == "__main__":
    sys.exit(main())
