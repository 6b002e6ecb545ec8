"""Checks Word files against the decree; a stranger's file and our own are read alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from doc_templates import conformity, pdf
from doc_templates.conformity import RULES, Answer, Finding, Report, Severity
from doc_templates.errors import PaperError

#: How long a file may take: the check, and the counting of its pages.
SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A file and what was found in it; where it could not be read, `report` is None and
    `problem` says why."""

    name: str
    report: Report | None
    problem: PaperError | None = None


def check_docx(docx: bytes) -> Report:
    """Check one Word file; its pages are counted where our engine lays it out.

    Raises:
        PaperUnreadable: not a Word document within limits.
        PaperUnsupported: nothing of it can be read.
        ConversionFailed: it took too long.
    """
    return conformity.check(docx, pages=_count_pages(docx), seconds=SECONDS)


def _count_pages(docx: bytes) -> int | None:
    try:
        return len(pdf.lay_out(docx, seconds=SECONDS).pages)
    except PaperError:
        return None


def check_files(files: Sequence[Path]) -> Iterator[Checked]:
    """Check file after file; one that cannot be read holds up no other."""
    for file in files:
        try:
            yield Checked(name=str(file), report=check_docx(file.read_bytes()))
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
