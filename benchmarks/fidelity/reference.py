"""Makes and reads the reference: where LibreOffice puts the words of the corpus."""

import gzip
import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.fidelity.corpus import ROOT, documents
from benchmarks.fidelity.words import Word, words_of

FOLDER: Final = ROOT / "fixtures" / "golden" / "pdf"
#: Older ones break lines of files in mode 15 elsewhere than Word does.
OLDEST: Final = (25, 2)
_SECONDS: Final = 600


def make(soffice: Sequence[str], work: Path, inside: str) -> None:
    """Lay the corpus out by LibreOffice and write where the words stand.

    `work` is a folder for files; `inside` is how the program that `soffice` starts calls it.
    """
    said = subprocess.run([*soffice, "--version"], capture_output=True, text=True, check=True)
    found = re.search(r"(\d+)\.(\d+)[\d.]*", said.stdout)
    if found is None or (int(found[1]), int(found[2])) < OLDEST:
        raise SystemExit(f"needs LibreOffice {OLDEST[0]}.{OLDEST[1]} or later: {said.stdout}")
    work.mkdir(parents=True, exist_ok=True)
    names = []
    for name, docx in documents():
        (work / f"{name}.docx").write_bytes(docx)
        names.append(name)
    subprocess.run(
        [
            *soffice, f"-env:UserInstallation=file://{inside}/profile", "--headless",
            "--convert-to", "pdf", "--outdir", inside,
            *(f"{inside}/{name}.docx" for name in names),
        ],
        check=True,
        timeout=_SECONDS,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in names:
        pages = words_of((work / f"{name}.pdf").read_bytes())
        rows = [[[w.text, round(w.x, 2), round(w.y, 2)] for w in page] for page in pages]
        kept = {"made_by": f"LibreOffice {found[0]}", "font": "Liberation Serif", "pages": rows}
        packed = json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()
        (FOLDER / f"{name}.json.gz").write_bytes(gzip.compress(packed, 9, mtime=0))


def read(name: str) -> list[list[Word]]:
    """Read where the words of a document stand in the reference."""
    kept = json.loads(gzip.decompress((FOLDER / f"{name}.json.gz").read_bytes()))
    return [[Word(*word) for word in page] for page in kept["pages"]]
