"""The kinds of documents and their symbols."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_samples import by_name, read_cases

from doc_templates.kinds import (
    CopyKind,
    DocumentKind,
    Symbol,
    SymbolKind,
    compose_copy_symbol,
    compose_symbol,
    parse_symbol,
    print_number,
)

ABBREVIATIONS = dict(read_cases("kinds", "kinds"))
BODIES = st.from_regex(r"[A-ZĐ][A-ZĐ]{1,7}(-[A-ZĐ]{2,5})?", fullmatch=True)
OFFICES = st.from_regex(r"UB[A-ZĐ]{1,6}", fullmatch=True)
NUMBERS = st.integers(min_value=1, max_value=99_999)


def test_the_decree_names_twenty_nine_kinds_in_this_order():
    found = [(kind.title, kind.abbreviation) for kind in DocumentKind]

    assert found == list(ABBREVIATIONS.items())
    assert len(found) == 29


def test_no_two_kinds_share_an_abbreviation():
    abbreviations = [kind.abbreviation for kind in DocumentKind if kind.abbreviation]

    assert len(abbreviations) == 27
    assert len(set(abbreviations)) == 27


def test_copies_have_three_forms_with_their_own_abbreviations():
    found = {copy.value: copy.heading for copy in CopyKind}

    assert found == {"SY": "SAO Y", "TrS": "TRÍCH SAO", "SL": "SAO LỤC"}


@pytest.mark.parametrize(
    ("kind", "heading"),
    [
        (DocumentKind.DECISION, "QUYẾT ĐỊNH"),
        (DocumentKind.SUBMISSION, "TỜ TRÌNH"),
        (DocumentKind.PLAN, "KẾ HOẠCH"),
        (DocumentKind.AUTHORISATION, "GIẤY ỦY QUYỀN"),
    ],
)
def test_a_kind_is_printed_in_capitals_above_its_abstract(kind, heading):
    assert kind.heading == heading


@pytest.mark.parametrize(
    ("number", "printed"),
    [(1, "01"), (9, "09"), (10, "10"), (99, "99"), (100, "100"), (1801, "1801")],
)
def test_numbers_below_ten_take_a_leading_zero(number, printed):
    assert print_number(number) == printed


def test_a_number_not_given_yet_leaves_room_to_write():
    assert print_number(None).isspace()
    assert len(print_number(None)) >= 5


@pytest.mark.parametrize("number", [0, -1])
def test_no_document_has_a_number_below_one(number):
    with pytest.raises(ValueError, match="begins at 1"):
        print_number(number)


def test_a_named_kind_stands_before_the_body_in_its_symbol():
    symbol = compose_symbol(DocumentKind.SUBMISSION, body="THHP", number=7)

    assert str(symbol) == "07/TTr-THHP"
    assert symbol.notation == "TTr-THHP"


def test_a_letter_has_the_drafting_unit_after_the_body():
    symbol = compose_symbol(
        DocumentKind.OFFICIAL_LETTER, body="UBND", drafting_unit="NV", number=875
    )

    assert str(symbol) == "875/UBND-NV"
    assert symbol.form is SymbolKind.LETTER


def test_the_drafting_unit_is_no_part_of_a_named_kind():
    symbol = compose_symbol(DocumentKind.PLAN, body="UBND", drafting_unit="NV", number=124)

    assert str(symbol) == "124/KH-UBND"


def test_a_letter_without_drafting_unit_has_no_symbol():
    with pytest.raises(ValueError, match="drafting unit"):
        compose_symbol(DocumentKind.OFFICIAL_LETTER, body="UBND", number=1)


def test_an_open_letter_carries_no_symbol():
    with pytest.raises(ValueError, match="no symbol"):
        compose_symbol(DocumentKind.OPEN_LETTER, body="UBND", number=1)


def test_a_mark_can_stand_in_place_of_the_number():
    symbol = compose_symbol(DocumentKind.DECISION, body="UBND")

    assert symbol.printed(number="…") == "…/QĐ-UBND"
    assert str(symbol) == "     /QĐ-UBND"


@pytest.mark.parametrize("case", read_cases("symbols"), ids=by_name)
def test_a_symbol_is_read_for_what_it_is_and_printed_as_it_was(case):
    symbol = parse_symbol(case["text"])

    assert symbol is not None
    assert symbol.form.value == case["form"]
    assert symbol.number == case.get("number")
    assert symbol.year == case.get("year")
    assert symbol.kind == case.get("kind")
    assert str(symbol) == case["text"]


@pytest.mark.parametrize("case", read_cases("symbols", "wrong"), ids=by_name)
def test_what_is_no_symbol_is_not_read_as_one(case):
    assert parse_symbol(case["text"]) is None


@pytest.mark.parametrize("before", ["Số: ", "Số:", "Số:  "])
def test_the_word_before_a_symbol_may_be_there(before):
    symbol = parse_symbol(f"{before}124/KH-UBND")

    assert symbol == compose_symbol(DocumentKind.PLAN, body="UBND", number=124)


def test_a_party_symbol_may_go_without_its_zero():
    assert parse_symbol("7-CT/TU") == parse_symbol("07-CT/TU")


def test_a_symbol_of_a_named_kind_is_not_taken_for_a_letter():
    symbol = parse_symbol("124/KH-UBND")

    assert symbol is not None
    assert symbol.kind is DocumentKind.PLAN


@given(
    kind=st.sampled_from([kind for kind in DocumentKind if kind.abbreviation]),
    body=BODIES,
    number=st.none() | NUMBERS,
)
def test_the_symbol_of_any_named_kind_parses_back_to_itself(kind, body, number):
    symbol = compose_symbol(kind, body=body, number=number)

    assert parse_symbol(str(symbol)) == symbol


@given(body=OFFICES, unit=BODIES, number=st.none() | NUMBERS)
def test_the_symbol_of_any_letter_parses_back_to_itself(body, unit, number):
    symbol = compose_symbol(
        DocumentKind.OFFICIAL_LETTER, body=body, drafting_unit=unit, number=number
    )

    assert parse_symbol(str(symbol)) == symbol


@given(copy=st.sampled_from(CopyKind), body=BODIES, number=NUMBERS)
def test_the_symbol_of_any_copy_parses_back_to_itself(copy, body, number):
    symbol = compose_copy_symbol(copy, body=body, number=number)

    assert parse_symbol(str(symbol)) == symbol
    assert symbol.kind is None


@given(head=st.sampled_from(["CT", "NQ", "KH"]), body=BODIES, number=NUMBERS)
def test_any_party_symbol_parses_back_to_itself(head, body, number):
    symbol = Symbol(number=number, head=head, tail=body, form=SymbolKind.PARTY)

    assert parse_symbol(str(symbol)) == symbol


@given(text=st.text(max_size=30))
def test_any_text_is_read_or_refused_without_an_error(text):
    symbol = parse_symbol(text)

    assert symbol is None or parse_symbol(str(symbol)) == symbol
