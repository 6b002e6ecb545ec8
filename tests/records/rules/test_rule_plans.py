"""The five plans as data: their numbers and days, written here by hand."""

import pytest

from records import bodies
from records.rules.counts import Scope
from records.rules.facts import Subject
from records.rules.plans import PlanInvalid, read_plan
from tests.records.rules.rule_cases import PLANS, ROOT, plan

KEYS = ("gia-lam-2023", "nam-tu-liem-2023", "hai-ba-trung-2023", "hung-yen-2022", "son-tay-2017")


def numbers(key: str) -> list[tuple]:
    return [
        (rule.id, rule.part, rule.minimum, rule.minimum_high, rule.maximum, rule.period.value)
        for rule in plan(key).quotas
    ]


def test_nam_tu_liem_asks_for_exemplars_and_articles():
    assert numbers("nam-tu-liem-2023") == [
        ("Q-01", 1, 2, None, None, "month"),
        ("Q-02", 1, 3, None, None, "month"),
        ("Q-03", 1, 3, None, None, "month"),
        ("Q-04", 1, 5, None, None, "month"),
        ("Q-05", 1, 15, None, None, "once"),
        ("Q-06", 1, 15, None, None, "once"),
        ("Q-07", 1, 3, 5, None, "once"),
        ("Q-08", 1, 15, None, None, "once"),
    ]


def test_hung_yen_sets_ceilings():
    assert numbers("hung-yen-2022") == [
        ("Q-09", 1, None, None, 2, "year"),
        ("Q-10", 1, None, None, 4, "year"),
        ("Q-11", 1, None, None, 200, "once"),
        ("Q-12", 1, None, None, 20, "once"),
    ]


def test_son_tay_asks_for_an_exemplar_a_month_and_articles():
    assert [row[:3] for row in numbers("son-tay-2017")] == [
        ("Q-13", 1, 1),
        ("Q-13", 2, 1),
        ("Q-14", 1, 1),
        ("Q-14", 2, 1),
        ("Q-15", 1, 1),
        ("Q-15", 2, 1),
        ("Q-16", 1, 2),
        ("Q-16", 2, 2),
        ("Q-17", 1, 6),
        ("Q-17", 2, 6),
        ("Q-18", 1, 2),
    ]


def test_hai_ba_trung_asks_every_month_without_a_number():
    assert numbers("hai-ba-trung-2023") == [
        ("Q-19", 1, 1, None, 1, "once"),
        ("Q-20", 1, None, None, None, "month"),
        ("Q-21", 1, None, None, None, "month"),
    ]


def test_the_days_are_those_of_the_papers():
    days = {
        rule.id: (rule.kind.value, rule.day, rule.month, rule.year)
        for key in KEYS
        for rule in plan(key).deadlines
    }

    assert days == {
        "D-01": ("before", 30, 4, 2023),
        "D-02": ("before", 10, 4, 2023),
        "D-03": ("monthly", 20, None, None),
        "D-04": ("before", 28, 4, 2017),
        "D-05": ("yearly", 19, 5, None),
        "D-06": ("yearly", 11, 6, None),
        "D-07": ("monthly", 20, None, None),
        "D-08": ("milestone", None, None, 2025),
    }


@pytest.mark.parametrize("key", KEYS)
def test_a_plan_names_only_unit_types_and_subjects_of_the_records(key):
    types = {each.value for each in bodies.UnitType}

    for rule in (*plan(key).quotas, *plan(key).deadlines):
        assert set(rule.unit_types) <= types
    for rule in plan(key).quotas:
        assert set(rule.subjects) <= {each.value for each in Subject}


@pytest.mark.parametrize("key", KEYS)
def test_every_rule_carries_its_clause_and_its_place(key):
    for rule in (*plan(key).quotas, *plan(key).deadlines):
        assert len(rule.clause) > 20
        assert rule.source.startswith(plan(key).document)
        assert "mục" in rule.source


def test_each_of_the_five_papers_has_its_plan():
    papers = {path.name for path in (ROOT / "fixtures" / "papers").glob("*.toml")}

    assert {path.name for path in PLANS.glob("*.toml")} == papers


def test_a_unit_is_bound_by_the_numbers_of_its_type_and_branch():
    read = plan("son-tay-2017")

    police = {rule.id for rule in read.quotas_for("HIEP_QUAN", "cong-an")}
    commune = {rule.id for rule in read.quotas_for("UBND_XA")}

    assert police == {"Q-13", "Q-16"}
    assert commune == {"Q-13", "Q-14"}
    assert all(rule.scope is not Scope.UNIT for rule in plan("hung-yen-2022").quotas)
    assert {rule.id for rule in plan("nam-tu-liem-2023").deadlines_for("TRUONG")} == {
        "D-03",
        "D-07",
    }


HEAD = 'key = "k"\ndocument = "Kế hoạch"\nissued_by = "UBND"\nabstract = "V/v"\n'
QUOTA = '[[quotas]]\nid = "Q-01"\nclause = "…"\nplace = "mục 1"\ncounters = ["article"]\n'
DAY = '[[deadlines]]\nid = "D-01"\naction = "gửi"\nclause = "…"\nplace = "mục 1"\n'


@pytest.mark.parametrize(
    "text",
    [
        "not toml",
        'key = "k"',
        HEAD + 'colour = "red"\n',
        HEAD + QUOTA + "minimum = 5\nmaximum = 2\n",
        HEAD + QUOTA + "minimum = -1\n",
        HEAD + QUOTA + "minimum = 1\ncolour = 3\n",
        HEAD + QUOTA + 'minimum = 1\nperiod = "week"\n',
        HEAD + QUOTA + "minimum = 1\nsince = 2023-05-01\nuntil = 2023-04-01\n",
        HEAD + QUOTA + "minimum = 1\n" + QUOTA + "minimum = 2\n",
        HEAD + DAY + 'kind = "before"\nday = 30\nmonth = 4\n',
        HEAD + DAY + 'kind = "before"\nday = 31\nmonth = 4\nyear = 2023\n',
        HEAD + DAY + 'kind = "monthly"\n',
        HEAD + DAY + 'kind = "monthly"\ndefaults_to = "D-99"\n',
    ],
)
def test_a_plan_that_cannot_be_kept_is_refused(text):
    with pytest.raises(PlanInvalid):
        read_plan(text, "thử.toml")
