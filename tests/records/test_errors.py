"""Every refusal has a stable code and a Vietnamese sentence."""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path

import pytest

from records import errors
from records.errors import DateOutOfOrder, DocumentFrozen, NotFound, NumberTaken, RecordsError


def _family(parent=RecordsError):
    yield parent
    for child in parent.__subclasses__():
        yield from _family(child)


@pytest.mark.parametrize("kind", list(_family()), ids=lambda kind: kind.__name__)
def test_codes_are_kebab_case_and_of_one_class_only(kind):
    same = [other for other in _family() if other.code == kind.code]

    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", kind.code)
    assert same == [kind]


def test_the_tree_in_the_docstring_names_the_whole_family():
    tree = ast.get_docstring(ast.parse(Path(errors.__file__).read_text(encoding="utf-8")))

    assert all(re.search(rf"^ *{kind.__name__}\b", tree, re.MULTILINE) for kind in _family())


def test_sentences_say_what_was_expected_and_what_was_found():
    late = DateOutOfOrder(date(2025, 3, 1), 12, date(2025, 3, 7))

    assert str(late).startswith("Ngày ban hành phải từ 07/3/2025 trở đi")
    assert "đang là 01/3/2025" in str(late)
    assert str(NumberTaken(7)) == "Số 07 đã có trong sổ."
    assert str(NotFound("văn bản", 12)) == "Không tìm thấy văn bản “12”."
    assert "xóa" in str(DocumentFrozen("văn bản", 12))
    assert "sửa (abstract)" in str(DocumentFrozen("văn bản", 12, ["abstract"]))
