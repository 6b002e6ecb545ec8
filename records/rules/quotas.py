"""How many: least and most for a month, a year or once, as a plan sets them.

A ceiling warns while units nominate and stops at the decision. A least number never stops
anybody: it tells the unit what is still to come, and the office who has fallen short.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum

from records.errors import written_date
from records.rules.counts import (
    ONLY_INDIVIDUALS,
    Counted,
    Period,
    QuotaRule,
    QuotaUse,
    Scope,
)
from records.rules.facts import Facts, Stage, Subject
from records.rules.findings import Finding, Severity
from records.rules.span import Span


class Standing(StrEnum):
    """Where a unit or movement stands against one number."""

    NO_NUMBER = "no_number"
    OPEN = "open"
    """Below the least number, and there is time left."""
    SHORT = "short"
    """Below the least number, and the time is over."""
    WITHIN = "within"
    FULL = "full"
    """At the most; nothing more can be granted."""
    PASSED = "passed"

    @property
    def label(self) -> str:
        """The Vietnamese words for the office's table."""
        return _STANDING_LABELS[self]


_STANDING_LABELS = {
    Standing.NO_NUMBER: "không định số",
    Standing.OPEN: "còn thiếu, chưa hết hạn",
    Standing.SHORT: "thiếu",
    Standing.WITHIN: "đạt",
    Standing.FULL: "đã đủ số tối đa",
    Standing.PASSED: "vượt số tối đa",
}


def applies(rule: QuotaRule, counted: Counted) -> bool:
    """Tell whether a thing counts against the number.

    “Người tốt, việc tốt” counts individuals alone, whatever the plan's sentence puts beside it;
    exemplars count collectives and households too.
    """
    is_barred = counted.counter in ONLY_INDIVIDUALS and counted.subject not in (
        "",
        Subject.INDIVIDUAL.value,
    )
    return (
        counted.counter in rule.counters
        and not is_barred
        and (not rule.unit_types or counted.unit_type in rule.unit_types)
        and (not rule.sectors or counted.sector in rule.sectors)
        and (not rule.subjects or counted.subject in rule.subjects)
        and (rule.is_broad is None or counted.is_broad is rule.is_broad)
        and (rule.within is None or counted.on in rule.within)
    )


def period_of(rule: QuotaRule, on: date) -> Span:
    """Give the month, the year or the whole time that `on` lies in."""
    match rule.period:
        case Period.MONTH:
            last = monthrange(on.year, on.month)[1]
            return Span(on.replace(day=1), on.replace(day=last))
        case Period.YEAR:
            return Span(date(on.year, 1, 1), date(on.year, 12, 31))
        case Period.ONCE:
            return rule.within or Span(date.min, date.max)


def use_of(rule: QuotaRule, counted: Iterable[Counted], *, whose: str, on: date) -> QuotaUse:
    """Count what `whose` has against the number in the period of `on`."""
    period = period_of(rule, on)
    count = sum(
        each.amount
        for each in counted
        if (rule.scope is Scope.BODY or each.whose == whose)
        and each.on in period
        and applies(rule, each)
    )
    return QuotaUse(rule=rule, whose=whose, period=period, count=count)


def standing(use: QuotaUse, on: date) -> Standing:
    """Say where it stands on that day."""
    rule = use.rule
    if rule.maximum is not None and use.count > rule.maximum:
        return Standing.PASSED
    if rule.minimum is not None and use.count < rule.minimum:
        has_time = rule.scope is not Scope.ITEM and on <= use.period.last
        return Standing.OPEN if has_time else Standing.SHORT
    if rule.maximum is not None and use.count == rule.maximum:
        return Standing.FULL
    return Standing.NO_NUMBER if rule.minimum is rule.maximum is None else Standing.WITHIN


def check(facts: Facts, on: date) -> Iterator[Finding]:
    """Judge the ceilings a nomination counts against; a least number stops nobody."""
    for use in facts.quotas:
        if use.rule.maximum is not None and use.rule.scope is not Scope.ITEM:
            yield from judge_use(use, on, stage=facts.stage)


def judge_use(use: QuotaUse, on: date, *, stage: Stage) -> Iterator[Finding]:
    """Q-01 to Q-21: one number against one count.

    Wrong:  a third collective proposed to the province for one movement in one year (Q-09)
    Right:  two, or four where the movement has many kinds of participants (Q-10)
    """
    found = standing(use, on)
    rule, when = use.rule, _when(use)
    counts = f"{use.whose}{when}: {_two(use.count)} {_what(rule)}"
    match found:
        case Standing.PASSED:
            is_stop = stage is Stage.DECIDING and rule.scope is not Scope.ITEM
            severity = Severity.ERROR if is_stop else Severity.WARNING
            yield _finding(use, severity, f"{counts}, vượt số tối đa {_two(rule.maximum)}.")
        case Standing.FULL if rule.minimum != rule.maximum:
            message = f"{counts}, đã đủ số tối đa {_two(rule.maximum)}; không nhận thêm được nữa."
            yield _finding(use, Severity.INFO, message)
        case Standing.SHORT:
            yield _finding(use, Severity.WARNING, f"{counts}, thiếu so với {_least(rule)}.")
        case Standing.OPEN:
            message = f"{counts}, còn thiếu so với {_least(rule)}{_until(use)}."
            yield _finding(use, Severity.INFO, message)
        case Standing.WITHIN if use.count < (rule.minimum_high or 0):
            message = f"{counts}, đạt mức tối thiểu, chưa đến {_two(rule.minimum_high)}."
            yield _finding(use, Severity.INFO, message)
        case Standing.NO_NUMBER if use.count == 0:
            message = f"{counts}; kế hoạch yêu cầu thực hiện nhưng không định số."
            yield _finding(use, Severity.INFO, message)
        case Standing.WITHIN | Standing.FULL | Standing.NO_NUMBER:
            pass


def _finding(use: QuotaUse, severity: Severity, message: str) -> Finding:
    return Finding(
        code=use.rule.id,
        severity=severity,
        message=message,
        source=use.rule.source,
        subject=use.whose,
    )


def _what(rule: QuotaRule) -> str:
    return " hoặc ".join(counter.label for counter in rule.counters)


def _least(rule: QuotaRule) -> str:
    if rule.minimum_high is not None:
        return f"yêu cầu ít nhất từ {_two(rule.minimum)} đến {_two(rule.minimum_high)}"
    return f"yêu cầu ít nhất {_two(rule.minimum)}"


def _when(use: QuotaUse) -> str:
    match use.rule.period:
        case Period.MONTH:
            return f", tháng {use.period.first.month}/{use.period.first.year}"
        case Period.YEAR:
            return f", năm {use.period.first.year}"
        case Period.ONCE:
            return ""


def _until(use: QuotaUse) -> str:
    return "" if use.period.last == date.max else f" đến hết ngày {written_date(use.period.last)}"


def _two(number: int | None) -> str:
    """Write a count as offices do: 02, 15; thousands apart by dots."""
    return f"{number or 0:02,d}".replace(",", ".")
