"""Prize money in whole đồng: coefficient × base salary of the decision's day, rounded up.

No binary fractions anywhere: coefficients are exact decimals, amounts are integers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from records.errors import written_date
from records.rules.facts import HANOI, Award, Level, Subject
from records.rules.figures import Figure, FigureMissing, figure
from records.rules.findings import Finding, Severity
from records.rules.grounds import Ground
from records.rules.likeness import fold
from records.rules.span import Span


class Rounding(StrEnum):
    """What is done with the product."""

    UP = "up"
    """Up to the law's step, ten thousand đồng (Nghị định 152/2025/NĐ-CP, Điều 49, khoản 2)."""
    NONE = "none"
    """As multiplied; a press report on Quyết định 77/2025/QĐ-UBND writes 702.000 đồng."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prize:
    """The money that goes with one award, in đồng."""

    award: Award
    subject: Subject
    coefficient: Decimal
    """Times the base salary, those of a collective or a household included."""
    base_salary: int
    raw: int
    """Before rounding (a part of a đồng counts as one)."""
    amount: int
    """What is paid."""
    figures: tuple[Figure, ...]

    @property
    def is_verified(self) -> bool:
        """Tell whether all figures behind it were checked in their texts."""
        return all(each.is_verified for each in self.figures)

    @property
    def source(self) -> str:
        """All texts behind it."""
        return "; ".join(dict.fromkeys(each.source for each in self.figures))


def prize(
    award: Award,
    subject: Subject,
    level: Level,
    *,
    decided_on: date,
    area: str = HANOI,
    rounding: Rounding = Rounding.UP,
) -> Prize:
    """TT-01, TT-02: reckon the prize of one award by the law of the decision's day.

    A collective gets the law's multiple of an individual's coefficient, a household too;
    rounding comes last. Titles of collectives have coefficients of their own.

    Raises:
        FigureMissing: the law held for that day names no such prize.
    """
    own = figure(_prize_name(award, level), on=decided_on, area=area)
    base = figure("base_salary", on=decided_on)
    used, coefficient = [own, base], own.number()
    if subject is not Subject.INDIVIDUAL and not award.is_title:
        times = figure(f"prize_times.{subject.value}", on=decided_on)
        used.append(times)
        coefficient *= times.number()
    step = 1
    if rounding is Rounding.UP:
        rule = figure("prize_rounding", on=decided_on)
        used.append(rule)
        step = int(rule.number())
    salary = int(base.number())
    raw, amount = amounts(coefficient, salary, step=step)
    return Prize(
        award=award,
        subject=subject,
        coefficient=coefficient,
        base_salary=salary,
        raw=raw,
        amount=amount,
        figures=tuple(used),
    )


def amounts(coefficient: Decimal, base_salary: int, *, step: int) -> tuple[int, int]:
    """Multiply, then round up to `step`: 0,3 × 2.530.000 = 759.000, 760.000."""
    exact = Fraction(coefficient) * base_salary
    raw = -(-exact.numerator // exact.denominator)
    return raw, -(-exact.numerator // (exact.denominator * step)) * step


def _prize_name(award: Award, level: Level) -> str:
    is_by_level = award is Award.GOOD_DEED
    return f"prize.{award.value}.{level.value}" if is_by_level else f"prize.{award.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """One award of one decision, or of decisions made at one time, to one receiver."""

    award: Award
    level: Level
    amount: int
    counted: Span | None = None
    """The time or the day of the achievement."""
    deed_key: str = ""
    """Tells one achievement from another within one time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """What is paid for one award, and the rule that says so."""

    granted: Granted
    paid: int
    rule: str


def payments(granted: Sequence[Granted]) -> tuple[Payment, ...]:
    """TT-03, TT-04, TT-05: say which of the awards made at one time are paid.

    Titles of one time: only the highest; of different times: each. Forms for different times
    or achievements: each. A title and a form: both. Two forms for one achievement, which
    KT-01 forbids: only the higher, and `check_payments` asks for a person. The order stays.
    """
    groups: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for place, each in enumerate(granted):
        groups[_achievement(each)].append(place)
    has_both = {each.award.is_title for each in granted} == {True, False}
    made = []
    for place, each in enumerate(granted):
        rivals = groups[_achievement(each)]
        is_paid = place == max(rivals, key=lambda rival: (granted[rival].amount, -rival))
        rule = "TT-05" if has_both and len(rivals) == 1 else _rule_of(each)
        made.append(Payment(granted=each, paid=each.amount if is_paid else 0, rule=rule))
    return tuple(made)


def _rule_of(each: Granted) -> str:
    return "TT-03" if each.award.is_title else "TT-04"


def _achievement(each: Granted) -> tuple[object, ...]:
    """What two awards must share to be paid once; good deeds differ by deed, not by time."""
    by_deed = not each.award.is_title or each.award is Award.GOOD_DEED
    return (each.award.is_title, each.counted, each.deed_key if by_deed else "")


def check_payments(granted: Sequence[Granted], ground: Ground) -> Iterator[Finding]:
    """TT-03, TT-04: point out what is not paid, and two forms for one achievement."""
    for payment in payments(granted):
        if payment.paid or not payment.granted.amount:
            continue
        what = payment.granted.award.label
        if payment.granted.award.is_title:
            message = f"Không chi tiền thưởng {what}: cùng thời gian tính chỉ hưởng mức cao nhất."
            yield from ground.find("TT-03", Severity.INFO, message, by="highest_title_only")
        else:
            message = (
                f"Chưa chi tiền thưởng {what}: cùng một thành tích có hai hình thức khen thưởng."
            )
            yield from ground.find("TT-04", Severity.WARNING, message, by="each_form_apart")


def check_prize(
    award: Award, subject: Subject, level: Level, amount: int, ground: Ground
) -> Iterator[Finding]:
    """TT-01, TT-02: an amount in a paper is the law's of the decision's day, rounded as it says.

    Wrong:  760.000 đồng in a decision of 30/6/2026 (the salary of 01/7/2026)
    Wrong:  702.000 đồng where the law rounds up to 710.000
    """
    try:
        right = prize(award, subject, level, decided_on=ground.on, area=ground.area)
    except FigureMissing as missing:
        message = f"Chưa có mức tiền thưởng {award.label} để đối chiếu. {missing}"
        yield from ground.find("TT-01", Severity.WARNING, message, by="base_salary_of_decision_day")
        return
    if amount == right.amount:
        return
    wanted = f"{_dong(right.amount)} (chưa làm tròn: {_dong(right.raw)})"
    if amount == right.raw:
        message = f"Tiền thưởng {_dong(amount)} chưa làm tròn lên hàng chục nghìn đồng: {wanted}."
        yield from ground.find("TT-02", Severity.WARNING, message, by="prize_rounding")
    else:
        message = (
            f"Tiền thưởng {_dong(amount)} không đúng mức; theo lương cơ sở ngày "
            f"{written_date(ground.on)} ({_dong(right.base_salary)}) là {wanted}."
        )
        severity = Severity.ERROR if right.is_verified else Severity.WARNING
        yield from ground.find("TT-01", severity, message, by="base_salary_of_decision_day")


def check_fund(decided_by: str, paid_by: str, ground: Ground) -> Iterator[Finding]:
    """TT-06: the fund of the level that decides pays."""
    if fold(decided_by) != fold(paid_by):
        message = (
            f"Tiền thưởng do quỹ thi đua, khen thưởng của {decided_by} (cấp ra quyết định) chi, "
            f"không phải của {paid_by}."
        )
        yield from ground.find("TT-06", Severity.ERROR, message, by="decider_pays")


def _dong(amount: int) -> str:
    return f"{amount:,d}".replace(",", ".") + " đồng"
