"""How near our pages are to the reference's.

python -m benchmarks.fidelity                         a table of the corpus
python -m benchmarks.fidelity FOLDER                  of a folder of .docx with a .pdf beside each
python -m benchmarks.fidelity --make --soffice "chroot DIR soffice" --work DIR/tmp/x --inside /tmp/x
"""

import argparse
import shlex
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.fidelity import compare, corpus, reference
from benchmarks.fidelity.compare import Nearness, Pages
from benchmarks.fidelity.words import words_of
from doc_templates.errors import PaperError, PaperUnsupported
from doc_templates.pdf.fast import to_pdf


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--make", action="store_true", help="make the reference again")
    parser.add_argument("--soffice", default="soffice", help="the command, with what starts it")
    parser.add_argument("--work", type=Path, default=Path("var/fidelity"))
    parser.add_argument("--inside", default="", help="how the command calls that folder")
    asked = parser.parse_args()
    if asked.make:
        inside = asked.inside or str(asked.work.resolve())
        reference.make(shlex.split(asked.soffice), asked.work, inside)
        return 0
    refused: Counter[str] = Counter()
    print("| document | pages | breaks | line starts | median pt | p95 pt | letters by page |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    rows: list[Nearness] = []
    for name, docx, pages in _documents(asked.folder):
        try:
            found = compare.compare(words_of(to_pdf(docx)), pages)
        except PaperUnsupported as error:
            refused.update({finding.construct for finding in error.findings})
            continue
        except PaperError as error:
            refused[str(error)] += 1
            continue
        rows.append(found)
        print(
            f"| {name} | {found.pages}/{found.reference_pages} | {found.equal_breaks}/"
            f"{found.breaks} | {found.line_share:.1%} | {found.median:.2f} | {found.p95:.2f} | "
            f"{found.same_words_pages}/{found.reference_pages} |"
        )
    counts = sum(row.pages == row.reference_pages for row in rows)
    breaks = sum(row.breaks for row in rows)
    equal = sum(row.equal_breaks for row in rows)
    lines = sum(row.lines for row in rows)
    same = sum(row.equal_lines for row in rows)
    print(
        f"\n{len(rows)} documents: page count equal in {counts}; page breaks {equal}/{breaks}; "
        f"line starts {same / lines:.2%}"
        if lines
        else "\nno document"
    )
    for construct, count in refused.most_common():
        print(f"refused {count}: {construct}")
    return 0


def _documents(folder: Path | None) -> Iterator[tuple[str, bytes, Pages]]:
    if folder is None:
        for name, docx in corpus.documents():
            yield name, docx, reference.read(name)
        return
    for path in sorted(folder.glob("*.docx")):
        beside = path.with_suffix(".pdf")
        if beside.exists():
            yield path.stem, path.read_bytes(), words_of(beside.read_bytes())


if __name__ == "__main__":
    sys.exit(main())
