"""A process that issues is killed before and after its every statement; run as a process.

The events are those of SQLAlchemy, in this process only; nothing in the product knows of it.
"""

import os
import signal
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from records import audit, blobs, bodies, documents, registers
from records.documents import Document
from records.entries import RegisterEntry
from records.store import Store
from service.workflow import setting_up
from service.workflow.desk import Desk
from tests.factories import WARD, issue, make_draft, paper_of

FIXTURES = Path(__file__).parents[2] / "fixtures"
NOMINEES = [{"name": "Đặng Đức Huệ", "summary": "Trả lại của rơi."}]


def _now() -> datetime:
    return datetime(2026, 10, 9, 2, 0, tzinfo=UTC)


def run(url: str, told: Path, stride: int) -> None:
    """Kill at every `stride`-th moment until one run survives; write down what is wrong."""
    desk = Desk(Store(url), _now)
    desk.store.upgrade()
    setting_up.load_office(desk, setting_up.read_office(FIXTURES / "demo"))
    problems: list[str] = []
    killed = 0
    for moment in count(1, stride):
        main = make_draft(desk, paper=paper_of("submission", nominees=NOMINEES)).document_id
        annex = paper_of("profile_extract", nominees=NOMINEES)
        make_draft(desk, paper=annex, attached_to=main)
        desk.store.dispose()
        code = _issue_and_die(url, main, moment)
        problems += [f"killed at {moment}: {problem}" for problem in _inspect(desk)]
        numbers = {issue(desk, main, key=f"key-{main}").number for _ in range(2)}
        if len(numbers) != 1:
            problems.append(f"killed at {moment}: the same key gave {numbers}")
        problems += [f"after {moment}: {problem}" for problem in _inspect(desk)]
        if code != -signal.SIGKILL:
            problems += [] if code == 0 else [f"ended with {code}"]
            break
        killed += 1
    told.write_text("\n".join([str(killed), *problems]), encoding="utf-8")


def _issue_and_die(url: str, document_id: int, moment: int) -> int:
    """Issue in a process of its own, killed at that moment; gives how it ended."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    desk = Desk(Store(url), _now)
    moments = count(1)

    def tick(*_: object) -> None:
        if next(moments) == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(desk.store.engine, name, tick)
    event.listen(Session, "after_commit", tick)
    try:
        issue(desk, document_id, key=f"key-{document_id}")
    except BaseException:
        os._exit(1)
    os._exit(0)


def _inspect(desk: Desk) -> list[str]:
    """Read the book as an inspector would."""
    problems = []
    with desk.reading() as session:
        body = bodies.get_body(session, WARD)
        for book in registers.registers_of(session, body):
            entries, _ = registers.entries(session, book, size=10_000)
            if [entry.number for entry in entries] != list(range(1, book.last + 1)):
                problems.append(f"the book does not run from 1 to {book.last}")
            for entry in entries:
                document = documents.get_document(session, entry.document_id or 0)
                if (document.state.value, document.number) != ("issued", entry.number):
                    problems.append(f"number {entry.number} has no issued document")
                blobs.read_bytes(session, entry.sha256 or "")
        numbered = select(func.count()).select_from(Document).where(Document.number.is_not(None))
        entered = select(func.count()).select_from(RegisterEntry)
        if session.scalar(numbered) != session.scalar(entered):
            problems.append("documents and lines of the book do not agree")
        for annex in session.scalars(select(Document).where(Document.attached_to_id.is_not(None))):
            if documents.get_document(session, annex.attached_to_id or 0).state is not annex.state:
                problems.append(f"annex {annex.id} is in another state than its paper")
        problems += audit.verify_chain(session, body.id)
    return problems
