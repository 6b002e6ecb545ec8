"""How long the inspection of 100,000 papers takes; its rows, and their bytes by rate.

python -m benchmarks.verify [--papers 100000]

The rows are written straight into the tables, as many as issuing would have written: a draft's
and an issued version, the line of the book, the entries of the audit chain.
"""

import argparse
import hashlib
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from records import audit, blobs, inspection
from records.archive import Document, DocumentState
from records.base import writing
from records.bodies import bodies as list_bodies
from records.books import Register
from records.entries import EntryKind, EntryState, RegisterEntry
from records.store import Store
from records.versions import DocumentVersion, VersionReason
from service.workflow import setting_up
from service.workflow.desk import Desk

_FIXTURES = Path(__file__).parents[1] / "fixtures"
_AT = datetime(2026, 10, 9, 2, 0, tzinfo=UTC)
_BATCH = 2_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--papers", type=int, default=100_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/records.db")
        store.upgrade()
        setting_up.load_office(Desk(store), setting_up.read_office(_FIXTURES / "demo"))
        _fill(store, asked.papers)
        for is_deep in (False, True):
            with store.reading() as session:
                start = time.perf_counter()
                found = inspection.inspect(session, is_deep=is_deep)
                spent = time.perf_counter() - start
            hashed = f", {found.size / 1e6:.0f} MB hashed" if is_deep else ""
            print(
                f"{found.entries:,} numbers, {found.audit_entries:,} log entries{hashed}: "
                f"{spent:.1f} s, {len(found.problems)} problems",
                flush=True,
            )
            for problem in found.problems[:5]:
                print("  ", problem)
        store.dispose()
    return 0


def _fill(store: Store, papers: int) -> None:
    with store.transaction() as session:
        body = list_bodies(session)[0].id
        # The guards allow one act at a time; here years are written at once.
        for (name,) in session.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        ).all():
            session.execute(text(f'DROP TRIGGER "{name}"'))
    years = (papers + 9_999) // 10_000
    done = 0
    for back in range(years):
        year = 2026 - years + 1 + back
        count = min(10_000, papers - done)
        with store.transaction() as session:
            _fill_year(session, body, year, count, done)
        done += count


def _fill_year(session: Session, body: int, year: int, count: int, before: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=(n * 360) // count) for n in range(count)]
    book = Register(body_id=body, series="chung", year=year, first=1, last=count, last_on=days[-1])
    session.add(book)
    session.flush()
    head = audit._locked_head(session, body)
    n, last_hash = head.n, head.hash
    for start in range(0, count, _BATCH):
        rows: dict[type, list[dict[str, object]]] = {
            blobs.Blob: [],
            Document: [],
            DocumentVersion: [],
            RegisterEntry: [],
            audit.AuditEntry: [],
        }
        for number in range(start + 1, min(start + _BATCH, count) + 1):
            id_, on = before + number, days[number - 1]
            symbol = f"{number:02d}/KH-UBND"
            content = f"{year}/{number}/".encode() * 40
            digest = hashlib.sha256(content).hexdigest()
            rows[blobs.Blob].append({"sha256": digest, "content": content, "size": len(content)})
            rows[Document].append(
                {
                    **{"id": id_, "body_id": body, "kind": "plan", "state": DocumentState.ISSUED},
                    **{"abstract": "x", "paper": {"kind": "plan"}, "number": number},
                    **{"symbol": symbol, "issued_on": on, "issued_n": 1, "created_at": _AT},
                    **{"created_by": "b", "updated_at": _AT, "updated_by": "b"},
                }
            )
            rows[DocumentVersion].append(
                {
                    **{"document_id": id_, "n": 1, "paper": {"kind": "plan"}, "form_key": "plan"},
                    **{"form_hash": digest, "engine": "b", "sha256": digest, "made_at": _AT},
                    **{"made_by": "b", "reason": VersionReason.ISSUE},
                }
            )
            rows[RegisterEntry].append(
                {
                    **{"id": id_, "register_id": book.id, "body_id": body, "number": number},
                    **{"kind": "plan", "symbol": symbol, "issued_on": on, "abstract": "x"},
                    **{"document_id": id_, "sha256": digest, "entry_kind": EntryKind.ISSUED},
                    **{"entered_at": _AT, "entered_by": "b", "state": EntryState.ACTIVE},
                }
            )
            detail = {
                **{"register_id": book.id, "number": number, "suffix": "", "symbol": symbol},
                **{"issued_on": on.isoformat(), "entry_kind": "issued", "document_id": id_},
                "sha256": digest,
            }
            for action, told in (
                ("document.drafted", {}),
                ("register-entry.entered", detail),
                ("document.issued", {}),
            ):
                n += 1
                entry = audit.AuditEntry(
                    body_id=body,
                    n=n,
                    at=_AT,
                    actor="b",
                    action=action,
                    subject_type=action.partition(".")[0],
                    subject_id=str(id_),
                    detail=told,
                    prev_hash=last_hash,
                )
                last_hash = audit._hash_of(entry)
                rows[audit.AuditEntry].append(
                    {
                        **{"body_id": body, "n": n, "at": _AT, "actor": "b", "action": action},
                        **{"subject_type": entry.subject_type, "subject_id": entry.subject_id},
                        **{"detail": told, "prev_hash": entry.prev_hash, "hash": last_hash},
                    }
                )
        for model, listed in rows.items():
            session.execute(insert(model), listed)
    with writing(session, head):
        head.n, head.hash = n, last_hash
        session.flush()


if __name__ == "__main__":
    sys.exit(main())
