"""The pages beside a form: how long a clerk waits for them after a pause in typing.

    python -m benchmarks.sketch            40 changes to papers of 1, 2 and 8 pages

Each change is one more letter in the last paragraph; the browser has the other pages. Beside it,
in the same run, the paper is asked for as who has seen nothing.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from records.store import Store
from service.intake import documents as intake
from service.workflow import setting_up, sketching
from service.workflow.desk import Desk

FIXTURES = Path(__file__).parents[1] / "fixtures"
LINE = "Phát hiện, biểu dương gương người tốt, việc tốt trong nhân dân của phường."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--changes", type=int, default=40)
    changes = parser.parse_args().changes
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/records.db")
        store.upgrade()
        desk = Desk(store, lambda: datetime(2026, 10, 9, 2, 0, tzinfo=UTC))
        setting_up.load_office(desk, setting_up.read_office(FIXTURES / "demo"))
        print("pages  typing ms: p50  p95  bytes sent    unseen ms: p50  bytes sent")
        for lines in (4, 40, 230):
            measure(desk, [f"{n}. {LINE}" for n in range(1, lines)], changes)
        store.dispose()


def measure(desk: Desk, lines: Sequence[str], changes: int) -> None:
    typing, unseen, sent, whole = [], [], [], []
    seen: set[str] = set()
    count = 0
    for change in range(changes + 3):
        entry = intake.parse_draft(
            {
                "body": "phuong-hai-ba-trung",
                "paper": {
                    "kind": "plan",
                    "abstract": "Tổ chức phong trào “Người tốt, việc tốt” năm 2027",
                    "body": "\n\n".join([*lines, "Đoạn đang gõ " + "a" * change]),
                },
            }
        )
        for known, times, sizes in ((seen, typing, sent), (set(), unseen, whole)):
            begun = time.perf_counter()
            made = sketching.sketch(desk, entry, seen=known)
            times.append(1000 * (time.perf_counter() - begun))
            sizes.append(sum(len(page.png) for page in made.pages if page.png))
            count = made.count
        seen = {page.digest for page in made.pages}
    typing, unseen, sent, whole = (one[3:] for one in (typing, unseen, sent, whole))
    p95 = sorted(typing)[round(0.95 * (len(typing) - 1))]
    print(
        f"{count:5}  {statistics.median(typing):14.0f} {p95:4.0f} {statistics.median(sent):11.0f}"
        f" {statistics.median(unseen):17.0f} {statistics.median(whole):11.0f}"
    )


if __name__ == "__main__":
    main()
