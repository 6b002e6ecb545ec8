"""Who signs, and with whose authority."""

import pytest
from paper_samples import by_name, read_cases

from doc_templates.paper import Signature, SigningMode
from doc_templates.parts import signature


def _signature(case):
    values = {
        key: value for key, value in case.items() if key not in ("name", "lines", "faults", "mode")
    }
    return Signature(name="Trần Thị Ngọc Ánh", mode=SigningMode(case.get("mode", "")), **values)


@pytest.mark.parametrize("case", read_cases("signatures"), ids=by_name)
def test_the_lines_above_a_signature_say_with_whose_authority(case):
    given = _signature(case)

    block = signature.make_signature(given)

    assert list(block.lines) == case["lines"]
    assert block.office_post == case.get("office_post", "")
    assert block.name == "Trần Thị Ngọc Ánh"
    assert list(signature.find_faults(given)) == []


@pytest.mark.parametrize("case", read_cases("signatures", "wrong"), ids=by_name)
def test_what_cannot_be_signed_so_is_named_with_its_place(case):
    faults = signature.find_faults(_signature(case))

    assert [[fault.pointer, fault.code] for fault in faults] == case["faults"]


def test_a_mode_that_was_not_chosen_is_not_dropped_from_the_post():
    block = signature.make_signature(Signature(name="A", head="KT. CHỦ TỊCH"))

    assert block.lines == ("KT. CHỦ TỊCH",)
