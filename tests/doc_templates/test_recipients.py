"""Kính gửi above the body, Nơi nhận below it."""

import pytest
from paper_samples import by_name, read_cases

from doc_templates.parts import recipients


@pytest.mark.parametrize("case", read_cases("recipients", "recipients"), ids=by_name)
def test_recipients_are_closed_with_the_archive_line_last(case):
    lines = recipients.make_recipients(case["typed"], case["archive"])

    assert list(lines) == case["printed"]


@pytest.mark.parametrize("case", read_cases("recipients", "addressees"), ids=by_name)
def test_one_addressee_stands_on_the_line_and_several_below(case):
    addressees = recipients.make_addressees(case["typed"])

    assert addressees.only == case["only"]
    assert list(addressees.lines) == case["printed"]
