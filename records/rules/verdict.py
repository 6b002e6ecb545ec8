"""`judge(facts, on)`: all rules over one nomination, and one answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from records.rules import deadlines, duplicates, eligibility, papers, quotas
from records.rules.facts import Facts
from records.rules.findings import Finding, Severity, in_order
from records.rules.grounds import Ground


class Outcome(StrEnum):
    """What the rules say."""

    YES = "yes"
    NEEDS_A_PERSON = "needs_a_person"
    NO = "no"

    @property
    def label(self) -> str:
        """The Vietnamese words for people."""
        return {
            Outcome.YES: "đủ điều kiện",
            Outcome.NEEDS_A_PERSON: "cần người xem xét",
            Outcome.NO: "không đủ điều kiện",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer for one nomination, by the law of one day."""

    on: date
    findings: tuple[Finding, ...]
    """The heaviest first."""

    @property
    def outcome(self) -> Outcome:
        """No on any error, a person on any warning, otherwise yes."""
        severities = {finding.severity for finding in self.findings}
        if Severity.ERROR in severities:
            return Outcome.NO
        return Outcome.NEEDS_A_PERSON if Severity.WARNING in severities else Outcome.YES

    @property
    def is_held(self) -> bool:
        """Tell whether it only waits: discipline or an inquiry is open (KT-04)."""
        return any(finding.code == "KT-04" for finding in self.findings)


def unjudged(name: str, on: date) -> Verdict:
    """Answer for a nomination whose award no rule speaks of: a person has to look (L-01)."""
    message = (
        "Chưa có quy tắc nào cho danh hiệu, hình thức này trong chương trình; người có thẩm quyền "
        "đối chiếu quy định rồi quyết định."
    )
    ground = Ground(on=on, subject=name)
    found = ground.decided("L-01", Severity.WARNING, message, by="one_award_per_deed")
    return Verdict(on=on, findings=tuple(found))


def judge(facts: Facts, on: date) -> Verdict:
    """Judge a nomination by the law of the day `on`, which is the day it was made.

    Never raises: what cannot be judged is a finding for a person.
    """
    ground = Ground(on=on, area=facts.proposal.area, subject=facts.nominee.who.name)
    found = [
        *eligibility.check(facts, ground),
        *duplicates.check(facts, ground),
        *papers.check(facts, ground),
        *quotas.check(facts, on),
        *deadlines.check(facts, on),
    ]
    return Verdict(on=on, findings=in_order(found))
