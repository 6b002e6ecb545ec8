"""Our engine against LibreOffice, warm and cold: time, memory, cost of a page.

python -m benchmarks.pdf --unoserver 127.0.0.1:2003     with one that is running
python -m benchmarks.pdf --cold "soffice"               also started anew for each paper

All take turns in one run; the figures are medians of the ratios of each round. Every round has
papers that were not laid out before, so that nothing is remembered but the template.
"""

import argparse
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from doc_templates import catalogue
from doc_templates.layout import lines
from doc_templates.paper import Paper
from doc_templates.pdf import unoserver
from doc_templates.pdf.fast import to_pdf
from doc_templates.reading import styles
from service.intake import papers

_FIXTURES: Final = Path(__file__).parents[1] / "fixtures" / "papers"
_DAY: Final = date(2026, 10, 9)
_ROUNDS: Final = 9
_SECONDS: Final = 300.0

Make = Callable[[int], bytes]


def _paper(name: str) -> Paper:
    read = tomllib.loads((_FIXTURES / name).read_text(encoding="utf-8"))
    return papers.parse_paper(read).to_paper(today=_DAY)


def _numbered(paper: Paper, round_: int) -> Paper:
    """Give a paper that differs from the last in its title and in every nominee's deed."""
    nominees = tuple(
        replace(one, deed=f"{one.deed} (lượt {round_}.{place})")
        for place, one in enumerate(paper.nominees)
    )
    return replace(paper, abstract=f"{paper.abstract} lượt {round_}", nominees=nominees)


def _with_rows(paper: Paper, count: int) -> Paper:
    rows = (paper.nominees * (count // len(paper.nominees) + 1))[:count]
    return replace(paper, nominees=rows)


def cases() -> dict[str, Make]:
    """Give the papers by name: a function that makes the paper of a round."""
    decision = _paper("dossier/quyet-dinh.toml")
    submission = _paper("dossier/to-trinh.toml")
    plan = _paper("hai-ba-trung-124-kh-ubnd.toml")
    profile = _paper("dossier/trich-ngang.toml")

    def maker(paper: Paper) -> Make:
        return lambda round_: catalogue.merge(_numbered(paper, round_))

    return {
        "letter, 2 pages": maker(_paper("gia-lam-875-ubnd-nv.toml")),
        "plan, 6 pages": maker(plan),
        "decision with list, 4 pages": maker(decision),
        "submission, 80 rows": maker(_with_rows(submission, 80)),
        "profile extract, 80 rows, landscape": maker(_with_rows(profile, 80)),
        "decision, 1,000 rows": maker(_with_rows(decision, 1000)),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--unoserver", default="")
    parser.add_argument("--cold", default="", help="command that starts LibreOffice")
    parser.add_argument("--rounds", type=int, default=_ROUNDS)
    asked = parser.parse_args()
    print("| paper | ours ms | warm ms | warm / ours | first / warm | cold / ours | ms a page |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name, make in cases().items():
        rounds = max(3, asked.rounds // 3) if "1,000" in name else asked.rounds
        print(_row(name, make, asked.unoserver, asked.cold, rounds), flush=True)
    return 0


def _row(name: str, make: Make, address: str, cold: str, rounds: int) -> str:
    first = _first_time(make(0))
    ours, warm, ratios, colds = [], [], [], []
    pages = 0
    for round_ in range(1, rounds + 1):
        docx = make(round_)
        spent, pdf = _timed(lambda docx=docx: to_pdf(docx))
        ours.append(spent)
        pages = pdf.count(b"/Type /Page\n") or pdf.count(b"/Type /Page ")
        if address:
            other, _ = _timed(lambda docx=docx: unoserver.convert(docx, address, _SECONDS))
            warm.append(other)
            ratios.append(other / spent)
        if cold and round_ <= 3:
            colds.append(_timed(lambda docx=docx: _cold(docx, cold))[0] / spent)
    mid = statistics.median
    return (
        f"| {name} | {mid(ours) * 1e3:.1f} | {mid(warm) * 1e3 if warm else 0:.0f} | "
        f"{mid(ratios) if ratios else 0:.1f} | {mid(warm) / first if warm else 0:.1f} | "
        f"{mid(colds) if colds else 0:.0f} | {mid(ours) * 1e3 / max(pages, 1):.2f} |"
    )


def _first_time(docx: bytes) -> float:
    """Time a file whose template was never seen: nothing is remembered of its styles or lines."""
    styles.read_sheet.cache_clear()
    lines._memory.clear()
    return _timed(lambda: to_pdf(docx))[0]


def _timed(act: Callable[[], bytes]) -> tuple[float, bytes]:
    start = time.perf_counter()
    made = act()
    return time.perf_counter() - start, made


def _cold(docx: bytes, command: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "a.docx"
        source.write_bytes(docx)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        convert = ["--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        subprocess.run(
            [*shlex.split(command), profile, *convert],
            check=True,
            timeout=_SECONDS,
            stdout=subprocess.DEVNULL,
        )
        return source.with_suffix(".pdf").read_bytes()


if __name__ == "__main__":
    sys.exit(main())
