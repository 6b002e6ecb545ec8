"""How fast papers are checked: one of ten pages, warm; a thousand in one run.

python -m benchmarks.conformity
"""

import statistics
import sys
import time
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

from doc_templates import catalogue, pdf
from doc_templates.conformity import check
from service.intake import papers

_FIXTURES = Path(__file__).parents[1] / "fixtures" / "papers"
_DAY = date(2026, 10, 9)


def main() -> int:
    plan = _paper("hai-ba-trung-124-kh-ubnd.toml")
    half = plan.body.index("\n\nII.") if "\n\nII." in plan.body else len(plan.body) // 2
    long = replace(plan, body=f"{plan.body[:half]}\n\n{plan.body}")
    listed = _paper("dossier/quyet-dinh.toml")
    cases = {
        "letter": catalogue.merge(_paper("gia-lam-875-ubnd-nv.toml")),
        "plan": catalogue.merge(plan),
        "long plan": catalogue.merge(long),
        "decision, 80 rows": catalogue.merge(replace(listed, nominees=(listed.nominees * 7)[:80])),
    }
    print("| paper | pages | ms |")
    print("|---|---:|---:|")
    for name, docx in cases.items():
        pages = len(pdf.lay_out(docx).pages)
        spent = []
        for _ in range(15):
            start = time.perf_counter()
            check(docx, pages=pages)
            spent.append(time.perf_counter() - start)
        print(f"| {name} | {pages} | {statistics.median(spent) * 1e3:.1f} |")
    start = time.perf_counter()
    for round_ in range(1000):
        check(list(cases.values())[round_ % 2])
    print(f"\n1,000 papers: {time.perf_counter() - start:.1f} s")
    return 0


def _paper(name: str):  # type: ignore[no-untyped-def]
    read = tomllib.loads((_FIXTURES / name).read_text(encoding="utf-8"))
    return papers.parse_paper(read).to_paper(today=_DAY)


if __name__ == "__main__":
    sys.exit(main())
