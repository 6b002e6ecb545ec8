"""Checks a Word file against the decree: reads it, recognises its parts, asks every rule."""

import unicodedata
from dataclasses import replace
from itertools import chain
from typing import Final

from doc_templates.conformity import (
    bases,
    capitals,
    clauses,
    closing,
    language,
    lettering,
    marks,
    numbers,
    outline,
    page,
    places,
)
from doc_templates.conformity.findings import Answer, Finding, Report, Severity
from doc_templates.conformity.parts import Parts, recognise
from doc_templates.conformity.rules import IN_FORCE, Checked, Rule, Sheet
from doc_templates.deadline import Deadline
from doc_templates.kinds import DocumentKind
from doc_templates.reading.package import Package
from doc_templates.reading.reader import read_with_findings

#: How long a file may take, unless the caller says otherwise.
SECONDS: Final = 60.0
_CHECKS: Final = (
    *page.CHECKS,
    *lettering.CHECKS,
    *numbers.CHECKS,
    *places.CHECKS,
    *bases.CHECKS,
    *closing.CHECKS,
    *outline.CHECKS,
    *clauses.CHECKS,
    *marks.CHECKS,
    *language.CHECKS,
    *capitals.CHECKS,
)
RULES: Final[dict[str, Rule]] = {
    rule.id: rule for rule in chain.from_iterable(checked.rules for checked in _CHECKS)
}
_ORDER: Final = {id_: place for place, id_ in enumerate(RULES)}
#: More of one rule tell a reader nothing new.
_MOST_OF_A_RULE: Final = 20
_WEIGHT: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.HINT: 2}


def check(
    docx: bytes,
    *,
    pages: int | None = None,
    kind: DocumentKind | None = None,
    seconds: float = SECONDS,
) -> Report:
    """Check a Word file; `pages` is how many it has, where somebody laid it out.

    `kind` says what paper it is meant to be, None: what stands on the page.

    Raises:
        PaperUnreadable: not a Word document within limits.
        ConversionFailed: it took longer than `seconds`.
    """
    paper, unread = read_with_findings(docx, Deadline(seconds))
    parts = recognise(paper)
    sheet = Sheet(
        paper=paper,
        parts=parts if kind is None else replace(parts, kind=kind),
        pages=pages,
        meant=kind,
        is_composed=_is_composed(docx),
        unread=unread,
    )
    parts = sheet.parts
    is_old = parts.issued_on is not None and parts.issued_on < IN_FORCE
    answers: dict[str, Answer] = {}
    found: list[Finding] = []
    for checked in _CHECKS:
        found += _ask(checked, sheet, answers, is_old=is_old)
    found.sort(key=lambda one: (_WEIGHT[one.severity], _ORDER[one.rule]))
    return Report(
        kind=parts.kind.title if parts.kind else "",
        regime=_OLD if is_old else _NEW,
        findings=tuple(found),
        answers=answers,
        unread=tuple(str(one) for one in unread),
    )


_NEW: Final = "Nghị định 30/2020/NĐ-CP"
_OLD: Final = "Thông tư 01/2011/TT-BNV (chỉ kiểm những gì hai thể thức cùng có)"


def _is_composed(docx: bytes) -> bool:
    """Tell whether the text stands in composed letters; the reader composes what it reads."""
    package = Package(docx)
    text = package.members[package.main].decode("utf-8", "replace")
    return unicodedata.is_normalized("NFC", text)


def _ask(
    checked: Checked, sheet: Sheet, answers: dict[str, Answer], *, is_old: bool
) -> list[Finding]:
    """Ask one check and write down what it says of each of its rules."""
    kept: list[Finding] = []
    for rule in checked.rules:
        answers.setdefault(rule.id, Answer.CONFORMS)
    for finding in checked.check(sheet):
        if is_old and not RULES[finding.rule].is_shared:
            answers[finding.rule] = Answer.ABSENT
            continue
        answers[finding.rule] = _worse(answers[finding.rule], finding.answer)
        of_rule = sum(one.rule == finding.rule for one in kept)
        if finding.answer is not Answer.ABSENT and of_rule < _MOST_OF_A_RULE:
            kept.append(finding)
    return kept


_STRENGTH: Final = (Answer.CONFORMS, Answer.ABSENT, Answer.UNSURE, Answer.DEVIATES)


def _worse(one: Answer, other: Answer) -> Answer:
    return max(one, other, key=_STRENGTH.index)


def parts_of(docx: bytes) -> Parts:
    """Recognise the parts of a Word file, for whoever wants to see what was recognised.

    Raises:
        PaperUnreadable, ConversionFailed: see `check`.
    """
    paper, _ = read_with_findings(docx, Deadline(SECONDS))
    return recognise(paper)
