"""Quotas and deadlines of a plan, and what is counted against them, as frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from records.rules.span import Span


class Counter(StrEnum):
    """What a quota counts. Exemplars and good deeds are counted apart, always."""

    EXEMPLAR = "exemplar"
    GOOD_DEED = "good_deed"
    SUDDEN = "sudden"
    ARTICLE = "article"
    ARTICLE_SUBJECT = "article_subject"
    PROVINCIAL_PROPOSAL = "provincial_proposal"
    PROVINCIAL_CONGRESS = "provincial_congress"
    NATIONAL_CONGRESS = "national_congress"
    COPY = "copy"
    DOSSIER_SET = "dossier_set"
    GOOD_DEED_GRANTED = "good_deed_granted"
    GOOD_DEED_SUBMITTED = "good_deed_submitted"

    @property
    def label(self) -> str:
        """What is counted, in Vietnamese."""
        return _COUNTER_LABELS[self]


_COUNTER_LABELS = {
    Counter.EXEMPLAR: "gương điển hình tiên tiến",
    Counter.GOOD_DEED: "gương người tốt, việc tốt",
    Counter.SUDDEN: "cá nhân có thành tích đột xuất",
    Counter.ARTICLE: "bài viết, tác phẩm",
    Counter.ARTICLE_SUBJECT: "tập thể, cá nhân được nêu gương trong bài viết",
    Counter.PROVINCIAL_PROPOSAL: (
        "tập thể, cá nhân đề nghị Chủ tịch Ủy ban nhân dân tỉnh khen thưởng"
    ),
    Counter.PROVINCIAL_CONGRESS: "gương điển hình tiên tiến tại Đại hội Thi đua yêu nước tỉnh",
    Counter.NATIONAL_CONGRESS: ("gương điển hình tiên tiến tại Đại hội Thi đua yêu nước toàn quốc"),
    Counter.COPY: "bản của mỗi bài viết",
    Counter.DOSSIER_SET: "bộ hồ sơ",
    Counter.GOOD_DEED_GRANTED: "người được tặng danh hiệu “Người tốt, việc tốt”",
    Counter.GOOD_DEED_SUBMITTED: "người trình xét tặng danh hiệu “Người tốt, việc tốt”",
}

ONLY_INDIVIDUALS = frozenset(
    {Counter.GOOD_DEED, Counter.GOOD_DEED_GRANTED, Counter.GOOD_DEED_SUBMITTED}
)
"""“Người tốt, việc tốt” is never a collective's or a household's (E-01)."""


class Scope(StrEnum):
    """For whom the number is set."""

    UNIT = "unit"
    MOVEMENT = "movement"
    BODY = "body"
    ITEM = "item"


class Period(StrEnum):
    """For how long the number is set."""

    MONTH = "month"
    YEAR = "year"
    ONCE = "once"

    @property
    def label(self) -> str:
        """The Vietnamese words for people."""
        return {Period.MONTH: "tháng", Period.YEAR: "năm", Period.ONCE: "cả đợt"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaRule:
    """One number of a plan. Neither minimum nor maximum: the plan asks, but sets no number."""

    id: str
    """As the office knows it: Q-01; parts of one rule share it."""
    part: int = 1
    clause: str
    """The words of the plan."""
    source: str
    """The paper and its place: “Công văn số 961/UBND-NV, mục 4”."""
    counters: tuple[Counter, ...]
    """What counts; several: any of them."""
    scope: Scope = Scope.UNIT
    unit_types: tuple[str, ...] = ()
    """Whom it binds (values of `bodies.UnitType`); empty: every unit."""
    sectors: tuple[str, ...] = ()
    """The branches among them: cong-an, quan-su, giao-duc; empty: every one."""
    subjects: tuple[str, ...] = ()
    """Who counts (values of `facts.Subject`); empty: anybody the counter allows."""
    is_broad: bool | None = None
    """Only movements with many kinds of participants, or only others; `None`: all."""
    minimum: int | None = None
    minimum_high: int | None = None
    """The upper end of a range like “3 đến 5”; reached is the range at `minimum`."""
    maximum: int | None = None
    period: Period = Period.ONCE
    within: Span | None = None
    """The days in which it holds; `None`: no end is set."""

    def __post_init__(self) -> None:
        ends = (self.minimum, self.minimum_high, self.maximum)
        numbers = [end for end in ends if end is not None]
        if any(number < 0 for number in numbers) or numbers != sorted(numbers):
            raise ValueError(f"{self.id}: the numbers {numbers} are not in order")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaUse:
    """How much of one quota is used in one period by one unit or movement."""

    rule: QuotaRule
    whose: str
    """The unit, movement or body, as people name it."""
    period: Span
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One thing that may count against quotas."""

    counter: Counter
    whose: str
    """The unit, or the movement, or the body: what the rule's scope speaks of."""
    on: date
    unit_type: str = ""
    sector: str = ""
    subject: str = ""
    is_broad: bool | None = None
    amount: int = 1


class DeadlineKind(StrEnum):
    """How a day is meant."""

    BEFORE = "before"
    """“trước ngày 30/4/2023”: once."""
    MONTHLY = "monthly"
    """“trước ngày 20 hằng tháng”."""
    YEARLY = "yearly"
    """A day of every year that the movement keeps: 19/5."""
    MILESTONE = "milestone"
    """A day or a year by which something takes place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRule:
    """One deadline of a plan."""

    id: str
    action: str
    """What is to be done, in Vietnamese, as it stands after “Hạn ”."""
    clause: str
    source: str
    kind: DeadlineKind
    day: int | None = None
    month: int | None = None
    year: int | None = None
    """`None` in `day` and `month` of a milestone: some time that year."""
    is_inclusive: bool = False
    """“trước ngày X” leaves X out unless the office reads it otherwise."""
    unit_types: tuple[str, ...] = ()
    counters: tuple[Counter, ...] = ()
    """What, when it comes in, meets the deadline; empty: the office keeps no count of it."""
    defaults_to: str = ""
    """The deadline whose day is meant where this one names none (D-07 to D-03)."""
    within: Span | None = None

    def __post_init__(self) -> None:
        wants = {
            DeadlineKind.BEFORE: (self.day, self.month, self.year),
            DeadlineKind.MONTHLY: (self.day,),
            DeadlineKind.YEARLY: (self.day, self.month),
            DeadlineKind.MILESTONE: (self.year,),
        }[self.kind]
        if None in wants:
            raise ValueError(f"{self.id}: a {self.kind} deadline lacks its day")
        if self.day is not None:
            leap_year_if_any = self.year or 2000
            date(leap_year_if_any, self.month or 1, self.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What came in, or has not yet, under one deadline."""

    rule: DeadlineRule
    whose: str
    for_day: date
    """Any day of the month or year it is for; for a single day it does not matter."""
    filed_on: date | None = None
    """`None`: not yet."""
    holidays: frozenset[date] = frozenset()
    """Days off besides Saturdays, Sundays and the fixed holidays: Tết, Giỗ Tổ, bridge days."""
