"""docs/rules.md names every rule, where it is kept and which cases check it."""

import importlib
import re

import pytest

from records.rules.plans import read_plan
from tests.records.rules.rule_cases import PLANS, ROOT, all_cases

PAGE = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
IDS = [
    *(f"Q-{number:02d}" for number in range(1, 22)),
    *(f"D-{number:02d}" for number in range(1, 9)),
    *(f"E-{number:02d}" for number in range(1, 13)),
    *(f"H-{number:02d}" for number in range(1, 4)),
    "P-01",
    *(f"KT-{number:02d}" for number in range(1, 12)),
    *(f"TT-{number:02d}" for number in range(1, 7)),
]


def rows() -> list[list[str]]:
    """The rows of the table: id, rule, function, cases."""
    lines = re.findall(r"^\| ([A-Z]+-\d\d) \| (.+) \| `([\w.]+)` \| `([\w/.]+)` \|$", PAGE, re.M)
    return [list(line) for line in lines]


def test_every_id_has_one_row():
    assert sorted(row[0] for row in rows()) == sorted(IDS)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_a_row_names_a_function_that_is_there(row):
    module, function = row[2].split(".")

    assert callable(getattr(importlib.import_module(f"records.rules.{module}"), function))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_a_row_names_cases_that_check_the_id(row):
    checked = [case["file"] for case in all_cases() if row[0] in case["rules"]]

    assert row[3].rpartition("/")[2] in checked


@pytest.mark.parametrize("code", IDS)
def test_every_id_has_a_right_and_where_it_can_fail_a_wrong_case(code):
    found = [case for case in all_cases() if code in case["rules"]]

    said = {any(code in finding for finding in case.get("findings", ())) for case in found}

    always_said = {"E-07", "E-08", "KT-06", "TT-01", "TT-02"}
    never_said = {"KT-02", "KT-11", "TT-05"}
    if code in never_said:
        assert said == {False}
    elif code not in always_said:
        assert said == {True, False}


def test_a_case_names_no_id_that_nobody_knows():
    assert {code for case in all_cases() for code in case["rules"]} == set(IDS)


def test_the_page_lists_the_rules_of_each_plan():
    listed = dict(re.findall(r"\| `fixtures/plans/([\w-]+\.toml)` \| ([A-Z0-9, -]+) \|", PAGE))

    held = {}
    for path in PLANS.glob("*.toml"):
        read = read_plan(path.read_text(encoding="utf-8"), path.name)
        held[path.name] = {rule.id for rule in (*read.quotas, *read.deadlines)}

    assert {name: set(ids.split(", ")) for name, ids in listed.items()} == held
