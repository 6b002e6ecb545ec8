"""Checks Word files against the decree; a stranger's file and our own are read alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from doc_templates import conformity, merge, pdf
from doc_templates.conformity import RULES, Answer, Finding, Fixed, Report, Severity
from doc_templates.errors import PaperError
from doc_templates.kinds import DocumentKind
from doc_templates.layout.marks import mark_lines
from doc_templates.paper import NUMBER_MARK

#: How long a file may take: the check, and the counting of its pages.
SECONDS: Final = 30.0
#: Stands where the number will be.
_SOME_NUMBER: Final = "10"
#: More pages with marks are a second look, and a slow one.
MOST_PAGES: Final = 6
PAGE_WIDTH: Final = 700


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A file and what was found in it; where it could not be read, `report` is None and
    `problem` says why."""

    name: str
    report: Report | None
    problem: PaperError | None = None


def check_docx(docx: bytes, *, kind: DocumentKind | None = None) -> Report:
    """Check one Word file; its pages are counted where our engine lays it out.

    `kind` says what paper it is meant to be, None: what stands on the page.

    Raises:
        PaperUnreadable: not a Word document within limits.
        ConversionFailed: it took too long.
    """
    return conformity.check(docx, pages=_count_pages(docx), kind=kind, seconds=SECONDS)


def _count_pages(docx: bytes) -> int | None:
    try:
        return len(pdf.lay_out(docx, seconds=SECONDS).pages)
    except PaperError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedPage:
    """A page with marks: its number, its picture (PNG), how many there are in all."""

    number: int
    png: bytes


def check_with_pages(
    docx: bytes, *, kind: DocumentKind | None = None
) -> tuple[Report, list[MarkedPage], list[int]]:
    """Check a file and draw the pages that have something to look at, with numbered marks.

    The last list gives for each finding the page of its mark, 0 where it has none. There are no
    pages where our engine does not lay the file out.

    Raises:
        PaperError: see `check_docx`.
    """
    try:
        layout = pdf.lay_out(docx, seconds=SECONDS)
    except PaperError:
        report = conformity.check(docx, kind=kind, seconds=SECONDS)
        return report, [], [0] * len(report.findings)
    report = conformity.check(docx, pages=len(layout.pages), kind=kind, seconds=SECONDS)
    places = mark_lines(layout, [finding.quoted for finding in report.findings])
    shown = sorted({place for place in places if place})[:MOST_PAGES]
    pages = [
        MarkedPage(number=place, png=pdf.page_png(layout, place - 1, width=PAGE_WIDTH))
        for place in shown
    ]
    return report, pages, places


def find_stops(docx: bytes) -> list[Finding]:
    """Name what of a paper of our own is against the words of the decree; it waits for a number.

    Raises:
        PaperError: see `check_docx`.
    """
    shown = merge.replace_text(docx, NUMBER_MARK, _SOME_NUMBER)
    report = conformity.check(shown, seconds=SECONDS)
    return [
        finding
        for finding in report.findings
        if finding.severity is Severity.ERROR and finding.answer is Answer.DEVIATES
    ]


def fix_docx(docx: bytes) -> Fixed:
    """Mend what needs no person; the file given stays as it is.

    Raises:
        PaperUnfixable: it is signed, protected, has macros or tracked changes.
        PaperError: see `check_docx`.
    """
    return conformity.fix(docx)


def check_files(files: Sequence[Path], *, kind: DocumentKind | None = None) -> Iterator[Checked]:
    """Check file after file; one that cannot be read holds up no other."""
    for file in files:
        try:
            yield Checked(name=str(file), report=check_docx(file.read_bytes(), kind=kind))
        except PaperError as error:
            yield Checked(name=str(file), report=None, problem=error)


def to_json(report: Report) -> dict[str, Any]:
    """Give a report for machines."""
    return {
        "kind": report.kind,
        "regime": report.regime,
        "counts": {severity.value: report.count(severity) for severity in Severity},
        "answers": {id_: answer.value for id_, answer in report.answers.items()},
        "findings": [_finding_json(one) for one in report.findings],
        "unread": list(report.unread),
    }


def _finding_json(one: Finding) -> dict[str, str]:
    return {
        "rule": one.rule,
        "title": RULES[one.rule].title,
        "severity": one.severity.value,
        "answer": one.answer.value,
        "place": one.place,
        "quoted": one.quoted,
        "found": one.found,
        "advice": one.advice,
        "source": one.source,
    }


_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}


def to_sarif(checked: Sequence[Checked], version: str) -> dict[str, Any]:
    """Give what was found in the form of SARIF 2.1.0, which other tools read."""
    results = [
        {
            "ruleId": one.rule,
            "level": _LEVELS[one.severity] if one.answer is Answer.DEVIATES else "note",
            "message": {"text": f"{one.found} {one.advice}".strip()},
            "locations": [
                {
                    "physicalLocation": {"artifactLocation": {"uri": Path(each.name).as_posix()}},
                    "logicalLocations": [{"fullyQualifiedName": one.place}],
                }
            ],
        }
        for each in checked
        if each.report
        for one in each.report.findings
    ]
    rules = [
        {
            "id": rule.id,
            "shortDescription": {"text": rule.title},
            "help": {"text": rule.source},
            "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        }
        for rule in RULES.values()
    ]
    driver = {"name": "trinhky", "version": version, "rules": rules}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
    }
