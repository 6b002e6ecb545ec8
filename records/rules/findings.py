"""What a rule finds: a stable code, a sentence as an official would say it, and its source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "E"
    WARNING = "W"
    INFO = "I"

    @property
    def label(self) -> str:
        """What it means for the nomination, in Vietnamese."""
        return {
            Severity.ERROR: "không đủ điều kiện",
            Severity.WARNING: "cần người xem xét",
            Severity.INFO: "lưu ý",
        }[self]

    @property
    def weight(self) -> int:
        """The order in lists: the heaviest first."""
        return "EWI".index(self.value)


_CODE = re.compile(r"[A-Z]+-\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One conclusion about one subject.

    `code` is the rule's id in the office's papers (E-05, KT-04) and never changes; `subject`
    names whom or what it is about; `source` is the law or plan with its article.
    """

    code: str
    severity: Severity
    message: str
    source: str
    subject: str = ""

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.code):
            raise ValueError(f"no code of a rule: {self.code!r}")
        if not self.message or not self.source:
            raise ValueError(f"{self.code}: a finding needs its sentence and its source")

    def __str__(self) -> str:
        return f"{self.severity} {self.code} {self.message} ({self.source})"


def in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """Order findings: the heaviest first, then by code; what is said twice is said once."""
    once = dict.fromkeys(findings)
    return tuple(
        sorted(once, key=lambda each: (each.severity.weight, each.code, each.subject, each.message))
    )
