"""The rules that papers are checked against: each with its id, its weight and its source.

A check is a function over the parts of a paper that yields remarks. It is written down under the
ids it speaks of, so that every id of docs/decree-30.md leads to what checks it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from doc_templates.conformity.findings import Answer, Finding, Severity, shorten
from doc_templates.conformity.lines import Line
from doc_templates.conformity.parts import Parts
from doc_templates.errors import PaperFinding
from doc_templates.kinds import DocumentKind
from doc_templates.reading.model import Paper

E, W, I = Severity.ERROR, Severity.WARNING, Severity.HINT  # noqa: E741  as in docs/decree-30.md
#: From this day on the decree holds; before it Thông tư 01/2011/TT-BNV did.
IN_FORCE: Final = date(2020, 3, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a check looks at: the paper as read and its parts. `pages` is how many pages it
    has, None where nobody laid it out; `meant` is the kind it is meant to be, None where nobody
    said; `is_composed` is off where letters have loose accents;
    `unread` is what of the file was not understood."""

    paper: Paper
    parts: Parts
    pages: int | None = None
    meant: DocumentKind | None = None
    is_composed: bool = True
    unread: tuple[PaperFinding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. `is_shared`: both regimes have it, so that papers before 2020 are held to it."""

    id: str
    title: str
    severity: Severity
    source: str
    is_shared: bool = False

    def deviates(
        self, line: Line | str, found: str, advice: str, severity: Severity | None = None
    ) -> Finding:
        """Say that something is not as the rule wants it."""
        return self._finding(Answer.DEVIATES, line, found, advice, severity)

    def unsure(self, line: Line | str, found: str, advice: str = "") -> Finding:
        """Say that it cannot be told."""
        return self._finding(Answer.UNSURE, line, found, advice, None)

    def absent(self) -> Finding:
        """Say that the paper has no such part."""
        return self._finding(Answer.ABSENT, "", "", "", None)

    def _finding(
        self,
        answer: Answer,
        line: Line | str,
        found: str,
        advice: str,
        severity: Severity | None,
    ) -> Finding:
        is_line = isinstance(line, Line)
        return Finding(
            rule=self.id,
            severity=severity or self.severity,
            answer=answer,
            place=line.place if isinstance(line, Line) else line,
            quoted=shorten(line.text) if is_line and isinstance(line, Line) else "",
            found=found,
            advice=advice,
            source=self.source,
        )


Check = Callable[[Sheet], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Checked:
    """A check with the rules it speaks of."""

    rules: tuple[Rule, ...]
    check: Check


def rule(id_: str, title: str, severity: Severity, source: str, *, is_shared: bool = False) -> Rule:
    """Write a rule down."""
    return Rule(id=id_, title=title, severity=severity, source=source, is_shared=is_shared)


_PLACE: Final = "NĐ 30/2020, Phụ lục I, Phần I"


def at(place: str) -> str:
    """Name a place of the decree's first appendix."""
    return f"{_PLACE}, {place}"
