"""Không khen trùng: one deed, one subject, one proposing unit at a level.

For “Người tốt, việc tốt” one deed may be honoured at several levels, and one person many times
for other deeds. What the scores find, the clerk decides: a ruling, with its reason, stands above
the score in either direction.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from records.errors import written_date
from records.rules.facts import Award, Category, Facts, PastGrant, PendingNomination, Ruling
from records.rules.findings import Finding, Severity
from records.rules.grounds import Ground
from records.rules.likeness import Likeness, compare_deeds, compare_persons, fold

Other: TypeAlias = PastGrant | PendingNomination

DAYS_APART = 30
"""Where the office has set no other number (`deed_days_apart`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One record that may be of the same person, with both scores."""

    other: Other
    person: Likeness
    deed: Likeness

    @property
    def is_certain(self) -> bool:
        """Tell whether both scores take the two for one."""
        return self.person.is_same and self.deed.is_same

    @property
    def is_suspect(self) -> bool:
        """Tell whether a person must look."""
        return self.person.is_alike and self.deed.is_alike

    @property
    def explanation(self) -> str:
        """Both scores with their reasons, in Vietnamese."""
        person, deed = ", ".join(self.person.reasons), ", ".join(self.deed.reasons)
        return f"người {self.person.score}/100: {person}; việc làm {self.deed.score}/100: {deed}"


def matches(facts: Facts, *, days_apart: int = DAYS_APART) -> tuple[Match, ...]:
    """Compare with every past grant and pending line; those of another person are left out.

    The order is that of the scores, the highest first.
    """
    found = []
    for other in others(facts):
        person = compare_persons(facts.nominee.who, other.who)
        if person.is_alike:
            found.append(
                Match(other=other, person=person, deed=_compare_deeds(facts, other, days_apart))
            )
    found.sort(key=lambda match: (-match.deed.score, -match.person.score, match.other.key))
    return tuple(found)


def others(facts: Facts) -> tuple[Other, ...]:
    """List what a nomination is compared with: what was granted, what is pending."""
    return (*facts.past, *facts.pending)


def _compare_deeds(facts: Facts, other: Other, days_apart: int) -> Likeness:
    """Compare the accounts; work of two times that do not meet is never one achievement."""
    ours, theirs = facts.proposal.period, other.period
    if ours is not None and theirs is not None and not ours.meets(theirs):
        return Likeness(0, ("khác thời gian lập thành tích",))
    return compare_deeds(facts.proposal.deed, other.deed, days_apart=days_apart)


def check(facts: Facts, ground: Ground) -> Iterator[Finding]:
    """Judge every match, by the clerk's ruling where there is one."""
    window = ground.law("deed_days_apart")
    days_apart = int(window.number()) if window is not None else DAYS_APART
    rulings = {ruling.against: ruling for ruling in facts.rulings}
    for other in others(facts):
        if other.key in rulings:
            yield from ruled(other, rulings[other.key], ground)
    for match in matches(facts, days_apart=days_apart):
        if match.other.key in rulings:
            continue
        if isinstance(match.other, PastGrant):
            yield from granted_before(match, match.other, facts, ground)
            yield from period_counts_anew(match, match.other, facts, ground)
        else:
            yield from proposed_elsewhere(match, match.other, facts, ground)


def granted_before(
    match: Match, past: PastGrant, facts: Facts, ground: Ground
) -> Iterator[Finding]:
    """KT-01, E-07, E-08, E-09: one deed is rewarded once at a level, and by one form.

    Where nobody has checked the local rule E-09, the law's own (KT-01) says the same.

    Wrong:  “Người tốt, việc tốt” of the ward in March and in May for the same purse given back
    Wrong:  Giấy khen and Bằng khen for one deed
    Right:  the ward's title, then the city's, for one deed of wide effect (E-08)
    Right:  a second title for another deed (E-07)
    """
    proposal = facts.proposal
    what = f"{past.award.label} ({past.level.label}, {_decision(past)})"
    both_titles = past.award is proposal.award is Award.GOOD_DEED
    if not match.is_suspect:
        if both_titles and match.person.is_same:
            message = f"Đã được tặng {what} cho việc khác; được tặng tiếp cho việc làm tốt mới."
            yield from ground.find("E-07", Severity.INFO, message, by="ntvt_many_times")
    elif both_titles and past.level is not proposal.level:
        message = (
            f"Việc làm này có thể đã được tặng {what}; một việc tốt được xét ở nhiều cấp tùy mức "
            f"độ, phạm vi ảnh hưởng ({match.explanation})."
        )
        yield from ground.find("E-08", Severity.INFO, message, by="ntvt_several_levels")
    elif both_titles:
        message = f"{_how_sure(match)} đã được tặng {what} cho chính việc này; {_scores(match)}"
        local = ground.law("ntvt_once_per_level")
        if local is not None and local.is_verified:
            yield from ground.find("E-09", _weight(match), message, by="ntvt_once_per_level")
        else:
            yield from ground.find("KT-01", _weight(match), message, by="one_award_per_deed")
    elif Award.GOOD_DEED in (past.award, proposal.award):
        message = (
            f"{_how_sure(match)} đã được tặng {what} cho chính việc này; không vừa tặng danh hiệu "
            f"“Người tốt, việc tốt” vừa khen hình thức khác cho một việc, người có thẩm quyền "
            f"quyết định; {_scores(match)}"
        )
        yield from ground.find("KT-01", Severity.WARNING, message, by="one_award_per_deed")
    else:
        message = (
            f"{_how_sure(match)} đã được tặng {what} cho chính thành tích này; không khen nhiều "
            f"lần, nhiều hình thức cho một thành tích; {_scores(match)}"
        )
        yield from ground.find("KT-01", _weight(match), message, by="one_award_per_deed")


def proposed_elsewhere(
    match: Match, pending: PendingNomination, facts: Facts, ground: Ground
) -> Iterator[Finding]:
    """E-09, E-10, KT-01: one deed goes to one level once, from one unit.

    Wrong:  the ward's women's union and the school both propose her for the same rescue
    Right:  the ward's committee proposes her to the ward, the union another deed of hers
    """
    proposal = facts.proposal
    if not match.is_suspect:
        return
    whose = f"{pending.award.label} ({pending.level.label}) do {pending.unit} đề nghị"
    if pending.award is not proposal.award:
        message = f"Cùng việc này đang được đề nghị {whose}; {_scores(match)}"
        yield from ground.find("KT-01", Severity.WARNING, message, by="one_award_per_deed")
    elif pending.level is not proposal.level:
        if proposal.award is Award.GOOD_DEED:
            message = f"Cùng việc này đang được đề nghị {whose}; một việc tốt được xét ở nhiều cấp."
            yield from ground.find("E-08", Severity.INFO, message, by="ntvt_several_levels")
        else:
            message = f"Cùng thành tích này đang được đề nghị {whose}; {_scores(match)}"
            yield from ground.find("KT-01", Severity.WARNING, message, by="one_award_per_deed")
    elif fold(pending.unit) == fold(proposal.unit):
        message = (
            f"{_how_sure(match)} đã có trong một đề nghị khác của chính đơn vị gửi cùng cấp; "
            f"{_scores(match)}"
        )
        yield from ground.find("E-09", _weight(match), message, by="ntvt_once_per_level")
    else:
        message = (
            f"{_how_sure(match)} đang được {pending.unit} đề nghị cho chính việc này; một thành "
            f"tích, một đối tượng chỉ một đơn vị đề nghị; {_scores(match)}"
        )
        yield from ground.find("E-10", _weight(match), message, by="ntvt_one_proposer")


def period_counts_anew(
    match: Match, past: PastGrant, facts: Facts, ground: Ground
) -> Iterator[Finding]:
    """KT-09: the next award of merit counts from the time stated in the last decision.

    A decision that states none: from the day of the decision.
    """
    proposal = facts.proposal
    merit = Category.MERIT
    if proposal.period is None or proposal.category is not merit or past.category is not merit:
        return
    if not match.person.is_same or past.award is not proposal.award:
        return
    counts_from = past.period.last if past.period is not None else past.granted_on
    if proposal.period.first <= counts_from:
        message = (
            f"Thời gian lập thành tích phải tính tiếp từ sau ngày {written_date(counts_from)} "
            f"({_decision(past)}), hồ sơ tính từ ngày {written_date(proposal.period.first)}."
        )
        yield from ground.find("KT-09", Severity.ERROR, message, by="next_award_counts_from_last")


def ruled(other: Other, ruling: Ruling, ground: Ground) -> Iterator[Finding]:
    """KT-01: what the clerk decided, with the reason, in the place of the score."""
    if ruling.is_duplicate:
        message = f"{ruling.by} kết luận trùng với {_named(other)}; lý do: {ruling.reason}"
        yield from ground.decided("KT-01", Severity.ERROR, message, by="one_award_per_deed")
    else:
        message = f"{ruling.by} kết luận không trùng với {_named(other)}; lý do: {ruling.reason}"
        yield from ground.decided("KT-01", Severity.INFO, message, by="one_award_per_deed")


def _weight(match: Match) -> Severity:
    return Severity.ERROR if match.is_certain else Severity.WARNING


def _named(other: Other) -> str:
    if isinstance(other, PastGrant):
        return f"{other.award.label} ({_decision(other)})"
    return f"đề nghị của {other.unit}"


def _decision(past: PastGrant) -> str:
    return past.decision or f"quyết định ngày {written_date(past.granted_on)}"


def _how_sure(match: Match) -> str:
    return "Người, tập thể được đề nghị" if match.is_certain else "Nghi trùng: có thể"


def _scores(match: Match) -> str:
    return f"{match.explanation}."
