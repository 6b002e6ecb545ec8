"""The papers on which our layout is held to the reference, each in two compatibility modes.

All papers of the fixtures and of the forms, a decision with a list of 300 lines, and papers as
people write them in Word: header lines as shapes, tabs, lists, tables with two rows of heads.
Their words are our own.
"""

import io
import re
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from benchmarks.fidelity import by_hand
from doc_templates import catalogue
from doc_templates.paper import Paper
from service.intake import papers

ROOT: Final = Path(__file__).parents[2]
MODES: Final = (14, 15)
_DAY: Final = date(2026, 10, 9)
_MANY: Final = 300
_MODE: Final = re.compile(rb'(compatibilityMode"[^>]*w:val=")\d+')


#: The forms whose pages LibreOffice has laid out; later ones join when it lays them out next.
_FORMS = ("official_letter", "plan", "submission", "profile_extract", "decision")


def documents() -> Iterator[tuple[str, bytes]]:
    """Give every document of the corpus with its name."""
    for name, docx in _documents():
        for mode in MODES:
            yield f"{name}-{mode}", in_mode(docx, mode)


def _documents() -> Iterator[tuple[str, bytes]]:
    folder = ROOT / "fixtures" / "papers"
    for path in (*sorted(folder.glob("*.toml")), *sorted((folder / "dossier").glob("*.toml"))):
        yield path.stem, catalogue.merge(_paper(path.read_text(encoding="utf-8")))
    for form in map(catalogue.get_form, _FORMS):
        yield f"sample-{form.kind}", catalogue.merge(_paper(form.sample()))
    decision = _paper((folder / "dossier" / "quyet-dinh.toml").read_text(encoding="utf-8"))
    times = _MANY // len(decision.nominees) + 1
    many = (decision.nominees * times)[:_MANY]
    yield "quyet-dinh-300", catalogue.merge(replace(decision, nominees=many))
    yield from by_hand.documents()


def _paper(text: str) -> Paper:
    return papers.parse_paper(tomllib.loads(text)).to_paper(today=_DAY)


def in_mode(docx: bytes, mode: int) -> bytes:
    """Give the same file in another compatibility mode."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as read, zipfile.ZipFile(buffer, "w") as written:
        for info in read.infolist():
            content = read.read(info)
            if info.filename == "word/settings.xml":
                content = _MODE.sub(rb"\g<1>%d" % mode, content)
            written.writestr(info, content)
    return buffer.getvalue()
