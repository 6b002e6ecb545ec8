"""What holds for any facts: no crash, no bystander, money and days without surprises."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from records.rules import deadlines, prizes
from records.rules.counts import (
    Counter,
    DeadlineKind,
    DeadlineRule,
    Filing,
    Period,
    QuotaRule,
    QuotaUse,
    Scope,
)
from records.rules.facts import Award, Deed, Facts, Identity, Level, PastGrant, Ruling, Subject
from records.rules.findings import Severity
from records.rules.span import Span
from records.rules.verdict import Outcome, judge

DAYS = st.dates(min_value=date(1900, 1, 1))
WORDS = st.text(max_size=40) | st.sampled_from(["Nguyễn Thị Lan", "Nguyen Thi Lan", "H’Hen Niê"])
KEYS = st.sampled_from(["", "a", "b", "c"])


@st.composite
def spans(draw):
    one, other = draw(st.dates()), draw(st.dates())
    return Span(min(one, other), max(one, other))


@st.composite
def quota_rules(draw):
    ends = sorted(draw(st.lists(st.integers(0, 300), min_size=3, max_size=3)))
    kept = [end if draw(st.booleans()) else None for end in ends]
    return QuotaRule(
        id="Q-01",
        clause="…",
        source="Kế hoạch",
        counters=(draw(st.sampled_from(Counter)),),
        scope=draw(st.sampled_from(Scope)),
        period=draw(st.sampled_from(Period)),
        minimum=kept[0],
        minimum_high=kept[1],
        maximum=kept[2],
    )


@st.composite
def deadline_rules(draw):
    on = draw(st.dates())
    return DeadlineRule(
        id="D-01",
        action="gửi",
        clause="…",
        source="Kế hoạch",
        kind=draw(st.sampled_from(DeadlineKind)),
        day=on.day,
        month=on.month,
        year=on.year,
        is_inclusive=draw(st.booleans()),
    )


st.register_type_strategy(Span, spans())
st.register_type_strategy(QuotaRule, quota_rules())
st.register_type_strategy(DeadlineRule, deadline_rules())
st.register_type_strategy(
    Identity,
    st.builds(Identity, name=WORDS, identity=KEYS, person_key=KEYS, unit_names=st.tuples(WORDS)),
)
st.register_type_strategy(Deed, st.builds(Deed, text=WORDS, key=KEYS))
st.register_type_strategy(
    PastGrant, st.builds(PastGrant, key=KEYS, who=st.from_type(Identity), deed=st.from_type(Deed))
)
st.register_type_strategy(Ruling, st.builds(Ruling, against=KEYS))
FACTS = st.builds(
    Facts,
    past=st.lists(st.from_type(PastGrant), max_size=3).map(tuple),
    quotas=st.lists(st.builds(QuotaUse), max_size=2).map(tuple),
    filings=st.lists(st.builds(Filing), max_size=2).map(tuple),
)
MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@MANY
@given(FACTS, st.dates())
def test_judging_never_fails_and_says_why(facts, on):
    verdict = judge(facts, on)

    weights = [finding.severity.weight for finding in verdict.findings]
    assert weights == sorted(weights)
    assert (verdict.outcome is Outcome.NO) == (Severity.ERROR in severities(verdict))
    assert all(finding.message and finding.source for finding in verdict.findings)


def severities(verdict) -> set[Severity]:
    return {finding.severity for finding in verdict.findings}


@MANY
@given(FACTS, st.dates(), st.from_type(PastGrant))
def test_the_past_of_somebody_else_never_changes_the_verdict(facts, on, stranger):
    keys = {ruling.against for ruling in facts.rulings}
    stranger = replace(
        stranger,
        key=max(keys, default="") + "~",
        who=Identity(name="ЖЖЖЖ ЖЖЖЖ", identity="", person_key="", subject=stranger.who.subject),
    )

    with_stranger = judge(replace(facts, past=(*facts.past, stranger)), on)

    assert with_stranger == judge(facts, on)


@MANY
@given(FACTS, st.dates())
def test_the_order_of_the_past_never_changes_the_verdict(facts, on):
    turned = replace(facts, past=facts.past[::-1], pending=facts.pending[::-1])

    assert judge(turned, on) == judge(facts, on)


@given(st.decimals(0, 50, places=2), st.decimals(0, 50, places=2), st.integers(0, 10_000_000))
def test_a_prize_grows_with_its_coefficient_and_is_a_multiple_of_ten_thousand(one, other, salary):
    less, more = sorted((one, other))

    raw, amount = prizes.amounts(less, salary, step=10_000)

    assert amount % 10_000 == 0
    assert 0 <= amount - raw < 10_000
    assert raw - 1 < less * salary <= raw
    assert amount <= prizes.amounts(more, salary, step=10_000)[1]


@given(st.decimals(0, 50, places=2), st.integers(0, 9_000_000), st.integers(0, 9_000_000))
def test_a_prize_grows_with_the_base_salary(coefficient, one, other):
    less, more = sorted((one, other))

    assert (
        prizes.amounts(coefficient, less, step=10_000)[1]
        <= prizes.amounts(coefficient, more, step=10_000)[1]
    )


@given(
    st.sampled_from([Award.MERIT_PAPER, Award.MERIT_CERTIFICATE]),
    st.sampled_from(Subject),
    st.dates(date(2025, 7, 1), date(2027, 2, 28)),
)
def test_a_household_gets_no_less_than_one_and_no_more_than_a_collective(award, subject, on):
    amounts = [
        prizes.prize(award, each, Level.COMMUNE, decided_on=on).amount
        for each in (Subject.INDIVIDUAL, Subject.HOUSEHOLD, Subject.COLLECTIVE)
    ]

    assert amounts == sorted(amounts)
    made = prizes.prize(award, subject, Level.COMMUNE, decided_on=on)
    assert isinstance(made.amount, int)
    assert isinstance(made.coefficient, Decimal)


@given(deadline_rules(), DAYS)
def test_the_answer_to_a_deadline_turns_once(rule, for_day):
    last = deadlines.last_good_day(rule, for_day)
    days = [last + timedelta(days=step) for step in range(-40, 41) if in_calendar(last, step)]

    answers = [
        deadlines.is_in_time(Filing(rule=rule, whose="Xã", for_day=for_day, filed_on=day))
        for day in days
    ]

    turns = sum(before is not after for before, after in pairwise(answers))
    assert answers[0] is True
    assert turns == (answers[-1] is False)
    assert turns == 1 or days[-1] == last


def in_calendar(day: date, step: int) -> bool:
    return date.min.toordinal() <= day.toordinal() + step <= date.max.toordinal()


@given(st.lists(st.builds(prizes.Granted, amount=st.integers(1, 10_000_000)), max_size=6))
def test_of_all_awards_the_highest_is_always_paid(granted):
    made = prizes.payments(granted)

    assert [payment.granted for payment in made] == granted
    assert max((payment.paid for payment in made), default=0) == max(
        (each.amount for each in granted), default=0
    )
    assert all(payment.paid in (0, payment.granted.amount) for payment in made)
