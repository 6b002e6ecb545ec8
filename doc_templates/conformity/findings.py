"""What a check says of a paper: that it conforms, deviates, or that it cannot tell."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_QUOTED: Final = 80


class Severity(StrEnum):
    """How much a deviation weighs."""

    ERROR = "E"
    """Against the words of the decree."""
    WARNING = "W"
    """Against usage, or against a recommendation."""
    HINT = "I"
    """To be looked at."""

    @property
    def label(self) -> str:
        """The word for people."""
        return {"E": "Lỗi", "W": "Cảnh báo", "I": "Gợi ý"}[self.value]


class Answer(StrEnum):
    """What a check says."""

    CONFORMS = "conforms"
    DEVIATES = "deviates"
    UNSURE = "unsure"
    ABSENT = "absent"
    """The paper has nothing that the rule speaks of."""

    @property
    def label(self) -> str:
        """The words for people."""
        return {
            "conforms": "đúng",
            "deviates": "chưa đúng",
            "unsure": "chưa rõ",
            "absent": "không có",
        }[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One remark: `rule` is the id of docs/decree-30.md (“TY-02”), `place` where it stands in
    the file, `quoted` what stands there, `found` what is the matter, `advice` what to do."""

    rule: str
    severity: Severity
    answer: Answer
    place: str
    quoted: str
    found: str
    advice: str
    source: str

    def __str__(self) -> str:
        at = f"{self.place}, “{self.quoted}”: " if self.quoted else f"{self.place}: "
        return f"[{self.rule}] {at}{self.found} {self.advice} ({self.source})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that was found in one paper, in the order of the rules; `answers` by rule.

    `kind` is the name of the kind as it was recognised, "" for none; `unread` are constructs
    of the file that were not understood.
    """

    kind: str
    regime: str
    findings: tuple[Finding, ...]
    answers: dict[str, Answer]
    unread: tuple[str, ...] = ()

    def count(self, severity: Severity) -> int:
        """Count the deviations of a severity."""
        return sum(
            one.severity is severity and one.answer is Answer.DEVIATES for one in self.findings
        )


def shorten(text: str) -> str:
    """Give the opening of a text, for a message."""
    text = " ".join(text.split())
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1]}…"
