"""What no single case says: counters, days, likeness, messages, agreement with the records."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records import awards, base, dossiers
from records.rules import deadlines, facts, quotas
from records.rules.counts import Counted, Counter, DeadlineKind, DeadlineRule, Filing
from records.rules.facts import Deed, Identity
from records.rules.findings import Finding, Severity
from records.rules.likeness import compare_deeds, compare_persons, fold
from records.rules.span import Span
from records.rules.verdict import Outcome, judge
from tests.records.rules.rule_cases import facts_of, plan, usual


def values(members) -> list[str]:
    return [member.value for member in members]


def test_the_closed_sets_are_those_of_the_records():
    assert values(facts.Subject) == values(awards.Subject)
    assert values(facts.Level) == values(awards.Level)
    assert values(facts.PaperKind) == values(dossiers.PaperKind)


@given(st.text(max_size=60))
def test_a_name_folds_as_in_the_records(text):
    assert fold(text) == base.fold(text)


def test_households_count_as_exemplars_and_never_as_good_deeds():
    q13 = plan("son-tay-2017").quotas[0]
    household = {"whose": "Phường Lê Lợi", "on": date(2017, 5, 8), "subject": "household"}

    assert quotas.applies(q13, Counted(counter=Counter.EXEMPLAR, **household))
    assert not quotas.applies(q13, Counted(counter=Counter.GOOD_DEED, **household))


def test_a_month_before_the_plan_does_not_count():
    q01 = plan("nam-tu-liem-2023").quotas[0]
    counted = Counted(
        counter=Counter.EXEMPLAR, whose="P", on=date(2023, 3, 31), unit_type="PHONG_BAN"
    )

    assert not quotas.applies(q01, counted)


def monthly(day: int, *, is_inclusive: bool = False) -> DeadlineRule:
    return DeadlineRule(
        id="D-03",
        action="gửi bài",
        clause="…",
        source="Công văn",
        kind=DeadlineKind.MONTHLY,
        day=day,
        is_inclusive=is_inclusive,
    )


@pytest.mark.parametrize(
    ("rule", "in_month", "last"),
    [
        (monthly(20), date(2023, 7, 1), date(2023, 7, 19)),
        (monthly(20, is_inclusive=True), date(2023, 7, 1), date(2023, 7, 20)),
        (monthly(1), date(2023, 1, 15), date(2022, 12, 31)),
        (monthly(31), date(2023, 4, 15), date(2023, 4, 30)),
        (monthly(31), date(2023, 3, 15), date(2023, 3, 30)),
        (monthly(30), date(2024, 2, 15), date(2024, 2, 29)),
    ],
)
def test_the_last_good_day_is_the_day_before(rule, in_month, last):
    assert deadlines.last_good_day(rule, in_month) == last


@pytest.mark.parametrize(
    ("on", "is_reminded"), [(12, True), (16, True), (18, True), (19, True), (13, False)]
)
def test_reminders_come_seven_three_and_one_day_before_and_on_the_day(on, is_reminded):
    filing = Filing(rule=monthly(20), whose="Phường", for_day=date(2023, 7, 1))

    found = list(deadlines.judge_filing(filing, date(2023, 7, on)))

    assert [finding.severity for finding in found] == [Severity.INFO] * is_reminded


def test_a_reminder_counts_to_the_last_good_day_and_says_so():
    filing = Filing(rule=monthly(20), whose="Phường Mễ Trì", for_day=date(2023, 7, 1))

    (found,) = deadlines.judge_filing(filing, date(2023, 7, 16))

    assert found.message == "Phường Mễ Trì: còn 3 ngày, hạn gửi bài là hết ngày 19/7/2023."


@pytest.mark.parametrize(
    ("day", "holidays", "is_off"),
    [
        (date(2023, 4, 29), (), True),
        (date(2024, 4, 30), (), True),
        (date(2024, 5, 2), (), False),
        (date(2024, 5, 2), (date(2024, 5, 2),), True),
    ],
)
def test_weekends_fixed_holidays_and_those_the_office_names_are_days_off(day, holidays, is_off):
    assert deadlines.is_day_off(day, frozenset(holidays)) is is_off


BORN = Span.day(date(1974, 5, 12))
YEAR = Span(date(1974, 1, 1), date(1974, 12, 31))


@pytest.mark.parametrize(
    ("one", "other", "is_same", "is_alike"),
    [
        ({"birth": BORN}, {"birth": BORN}, True, True),
        ({"birth": BORN}, {"birth": YEAR}, False, True),
        ({"birth": BORN, "unit_names": ("X",)}, {"birth": YEAR, "unit_names": ("x",)}, True, True),
        ({}, {}, False, True),
        ({}, {"name": "Nguyễn Thị Lân"}, False, True),
        ({}, {"name": "Trần Văn Bình"}, False, False),
        ({"birth": BORN}, {"birth": Span.day(date(1991, 1, 1))}, False, False),
        ({"identity": "a"}, {"identity": "b", "birth": BORN}, False, False),
        ({"identity": "a"}, {"identity": "a", "name": "Khác Hẳn"}, True, True),
        ({"person_key": "7"}, {"person_key": "7"}, True, True),
        ({}, {"subject": facts.Subject.HOUSEHOLD}, False, False),
        ({"name": ""}, {"name": ""}, False, False),
    ],
)
def test_two_records_are_one_person_by_number_or_by_name_with_birth(one, other, is_same, is_alike):
    found = compare_persons(
        Identity(**{"name": "Nguyễn Thị Lan"} | one), Identity(**{"name": "Nguyễn Thị Lan"} | other)
    )

    assert (found.is_same, found.is_alike) == (is_same, is_alike)
    assert 0 <= found.score <= 100
    assert bool(found.reasons) or not found.is_alike


PURSE = "Nhặt được ví có 27 triệu đồng trên đường Lò Đúc, tìm đến nhà trọ ở ngõ 17 trả lại."
RESCUE = "Lao xuống hồ Thiền Quang cứu hai cháu nhỏ khỏi đuối nước giữa trưa hè."
MARCH = Span.day(date(2023, 3, 12))


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        (Deed(text=PURSE), Deed(text=PURSE), 99, 100),
        (Deed(text=PURSE), Deed(text=PURSE.upper()), 99, 100),
        (Deed(text=PURSE), Deed(text=RESCUE), 0, 40),
        (Deed(text=PURSE), Deed(text="Trên đường Lò Đúc, bà " + PURSE.lower()), 80, 100),
        (Deed(text=PURSE, key="1"), Deed(text=RESCUE, key="1"), 100, 100),
        (Deed(done=MARCH), Deed(text=PURSE, done=MARCH), 60, 60),
        (Deed(), Deed(text=PURSE), 0, 0),
    ],
)
def test_two_accounts_are_scored_by_what_they_tell(one, other, least, most):
    assert least <= compare_deeds(one, other, days_apart=30).score <= most


def test_the_same_words_a_year_apart_are_for_a_person_to_look_at():
    later = Span.day(date(2024, 3, 12))

    found = compare_deeds(Deed(text=PURSE, done=MARCH), Deed(text=PURSE, done=later), days_apart=30)

    assert found.is_alike
    assert not found.is_same


def test_a_finding_explains_the_score_and_names_the_decision():
    verdict = judge(facts_of({"past": [{}]}), date(2023, 5, 10))

    (found,) = verdict.findings
    assert "Quyết định số 812/QĐ-UBND ngày 03/4/2023" in found.message
    assert "trùng ngày sinh" in found.message
    assert "mô tả giống nhau 100 %" in found.message
    assert found.subject == usual()["nominee"]["who"]["name"]
    assert found.source.startswith("Quyết định số 02/2018/QĐ-UBND")


def test_findings_come_heaviest_first_and_once():
    case = {
        "nominee": {"is_frontline": True, "unanswered": ["is_law_abiding"]},
        "proposal": {"helps_others": False},
        "past": [{}, {}],
    }

    verdict = judge(facts_of(case), date(2023, 5, 10))

    assert [str(found)[:6] for found in verdict.findings] == [
        "E E-04",
        "E E-09",
        "W E-03",
        "I E-11",
    ]
    assert verdict.outcome is Outcome.NO
    assert not verdict.is_held


def test_a_hold_says_that_the_nomination_only_waits():
    verdict = judge(facts_of({"nominee": {"holds": ["discipline"]}}), date(2026, 3, 10))

    assert verdict.is_held
    assert "đang xem xét kỷ luật" in verdict.findings[0].message


@pytest.mark.parametrize(
    "parts",
    [
        {"code": "e1", "message": "…", "source": "…"},
        {"code": "E-01", "message": "", "source": "…"},
        {"code": "E-01", "message": "…", "source": ""},
    ],
)
def test_a_finding_has_a_code_a_sentence_and_a_source(parts):
    with pytest.raises(ValueError, match=parts["code"]):
        Finding(severity=Severity.INFO, **parts)


def test_a_span_ends_after_it_begins():
    with pytest.raises(ValueError, match="before it begins"):
        Span(date(2023, 2, 1), date(2023, 1, 1))


@pytest.mark.parametrize(
    "members", [facts.Subject, facts.Level, facts.Award, facts.Category, facts.Hold, Counter]
)
def test_every_member_has_its_vietnamese_words(members):
    labels = [member.label for member in members]

    assert all(labels)
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("members", [Severity, Outcome, quotas.Standing])
def test_every_outcome_has_its_vietnamese_words(members):
    assert all(member.label for member in members)
