"""Every case of fixtures/rule_cases comes out as an official would have it."""

import pytest

from tests.records.rules.rule_cases import all_cases, run

EXPECTED = ("outcome", "findings", "raw", "paid", "by", "last_day")


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: f"{case['file']}: {case['name']}")
def test_a_case_comes_out_as_an_official_would_have_it(case):
    said = run(case)

    expected = {name: case[name] for name in EXPECTED if name in case}
    if case.get("what") == "prize":
        expected["amount"] = case["amount"]
    if "findings" in expected:
        expected["findings"] = sorted(expected["findings"])
    assert said == expected


def test_no_two_cases_share_a_name():
    names = [case["name"] for case in all_cases()]

    assert sorted(names) == sorted(set(names))
