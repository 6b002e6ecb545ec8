"""By when: “trước ngày X”, monthly days, days of the year; reminders, and the last good day.

“Trước ngày X” leaves X itself out unless the office reads it otherwise. A holiday moves no
deadline: it is only pointed out while there is still time to file before it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from records.errors import written_date
from records.rules.counts import DeadlineKind, DeadlineRule, Filing
from records.rules.facts import Facts
from records.rules.figures import find_figure
from records.rules.findings import Finding, Severity

REMINDER_DAYS = (7, 3, 1)
_SUNDAY = 7
_SATURDAY = 6


def named_day(rule: DeadlineRule, for_day: date) -> date:
    """Give the day the plan names, in the month or year of `for_day`.

    A day that the month lacks (31 in April) is its last; a year alone is its last day.
    """
    match rule.kind:
        case DeadlineKind.MONTHLY:
            year, month = for_day.year, for_day.month
        case DeadlineKind.YEARLY:
            year, month = for_day.year, rule.month or 12
        case DeadlineKind.BEFORE | DeadlineKind.MILESTONE:
            year, month = rule.year or for_day.year, rule.month or 12
    return date(year, month, min(rule.day or 31, monthrange(year, month)[1]))


def last_good_day(rule: DeadlineRule, for_day: date) -> date:
    """Give the last day that is still in time.

    The whole of April is before “ngày 31”; the whole of March but its last day is.
    """
    day = named_day(rule, for_day)
    is_before = rule.kind in (DeadlineKind.BEFORE, DeadlineKind.MONTHLY)
    is_named_in_month = rule.day == day.day
    if not is_before or rule.is_inclusive or not is_named_in_month or day == date.min:
        return day
    return day - timedelta(days=1)


def is_in_time(filing: Filing) -> bool | None:
    """Tell whether it came in time; `None`: it has not come."""
    if filing.filed_on is None:
        return None
    return filing.filed_on <= last_good_day(filing.rule, filing.for_day)


def check(facts: Facts, on: date) -> Iterator[Finding]:
    """Judge the filings a nomination depends on."""
    for filing in facts.filings:
        yield from judge_filing(filing, on)


def judge_filing(filing: Filing, on: date) -> Iterator[Finding]:
    """D-01 to D-08: in time, late, or not here yet.

    Wrong:  filed on 20/4 under “trước ngày 20 hằng tháng”
    Right:  filed on 19/4
    """
    rule = filing.rule
    last = last_good_day(rule, filing.for_day)
    limit = f"hạn {rule.action} là hết ngày {written_date(last)}"
    if rule.kind in (DeadlineKind.YEARLY, DeadlineKind.MILESTONE):
        if filing.filed_on is None:
            yield from _reminder(filing, on, last, f"{written_date(last)}: {rule.action}")
        return
    if filing.filed_on is None:
        if on > last:
            yield _finding(filing, Severity.WARNING, f"{filing.whose} chưa gửi; {limit}.")
            return
        yield from _reminder(filing, on, last, limit)
        yield from _day_off(filing, on, last)
    elif filing.filed_on > last:
        days = (filing.filed_on - last).days
        message = (
            f"{filing.whose} gửi ngày {written_date(filing.filed_on)}, quá hạn {days} ngày; "
            f"{limit}{_reading(rule)}."
        )
        yield _finding(filing, Severity.WARNING, message)


def _reading(rule: DeadlineRule) -> str:
    return "" if rule.is_inclusive else " (“trước ngày” không gồm chính ngày đó)"


def _reminder(filing: Filing, on: date, last: date, what: str) -> Iterator[Finding]:
    days = (last - on).days
    if days in reminder_days(on) or days == 0:
        when = "hôm nay" if days == 0 else f"còn {days} ngày"
        yield _finding(filing, Severity.INFO, f"{filing.whose}: {when}, {what}.")


def _day_off(filing: Filing, on: date, last: date) -> Iterator[Finding]:
    if (last - on).days <= max(reminder_days(on)) and is_day_off(last, filing.holidays):
        message = (
            f"Ngày cuối của hạn ({written_date(last)}) là ngày nghỉ; hạn không tự lùi, nên gửi sớm "
            "hơn."
        )
        yield _finding(filing, Severity.WARNING, message)


def reminder_days(on: date) -> tuple[int, ...]:
    """Give how many days before the last good day to remind."""
    held = find_figure("reminder_days", on=on)
    return REMINDER_DAYS if held is None else tuple(int(word) for word in held.words())


def is_day_off(day: date, holidays: frozenset[date] = frozenset()) -> bool:
    """Tell whether offices are closed: weekend, fixed holiday, or one of the office's list."""
    held = find_figure("fixed_holidays", on=day)
    fixed = held.words() if held is not None else ()
    return (
        day.isoweekday() in (_SATURDAY, _SUNDAY)
        or day.strftime("%m-%d") in fixed
        or day in holidays
    )


def hand_back_by(
    revoked_on: date, *, working_days: int, holidays: frozenset[date] = frozenset()
) -> date:
    """KT-11: the last day to hand back certificate and money after an award is revoked.

    Working days are counted from the day after the decision to revoke.
    Source: Nghị định 152/2025/NĐ-CP, Điều 58, khoản 2 (`hand_back_working_days`: 15).
    """
    day, left = revoked_on, working_days
    while left > 0:
        day += timedelta(days=1)
        left -= 0 if is_day_off(day, holidays) else 1
    return day


def _finding(filing: Filing, severity: Severity, message: str) -> Finding:
    return Finding(
        code=filing.rule.id,
        severity=severity,
        message=message,
        source=filing.rule.source,
        subject=filing.whose,
    )
