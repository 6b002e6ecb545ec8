"""The language of papers: dates, counts, money, lists, names."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_samples import by_name, read_cases

from doc_templates import wording


@pytest.mark.parametrize("case", read_cases("dates"), ids=by_name)
def test_a_date_is_padded_as_the_decree_says(case):
    assert wording.print_date(case["date"]) == case["long"]
    assert wording.print_short_date(case["date"]) == case["short"]


@given(day=st.dates(min_value=date(1945, 9, 2)))
def test_only_january_and_february_take_a_zero_among_the_first_nine_months(day):
    _, month, _ = wording.print_short_date(day).split("/")

    assert (len(month) == 2) == (day.month in (1, 2, 10, 11, 12))


def test_a_date_to_be_written_by_hand_leaves_room_for_day_and_month():
    assert wording.print_date_gap(2023) == "ngày      tháng      năm 2023"


@pytest.mark.parametrize("case", read_cases("numbers"), ids=by_name)
def test_a_count_is_printed_and_said_in_words(case):
    assert wording.print_count(case["number"]) == case["count"]
    assert wording.number_in_words(case["number"]) == case["words"]


@pytest.mark.parametrize("number", [-1, 10**12])
def test_numbers_beyond_the_words_are_refused(number):
    with pytest.raises(ValueError, match="expected 0 to"):
        wording.number_in_words(number)


@given(number=st.integers(min_value=0, max_value=10**12 - 1))
def test_no_two_words_of_a_number_stand_apart_by_more_than_a_space(number):
    words = wording.number_in_words(number)

    assert words == " ".join(words.split())
    assert "mười năm" not in words.replace("mười lăm", "")
    assert "mươi một" not in words


@given(
    first=st.integers(min_value=0, max_value=10**12 - 1),
    second=st.integers(min_value=0, max_value=10**12 - 1),
)
def test_two_different_numbers_are_never_said_alike(first, second):
    same = wording.number_in_words(first) == wording.number_in_words(second)

    assert same == (first == second)


def test_money_is_printed_with_points_and_said_with_a_capital():
    assert wording.print_money(9_120_000) == "9.120.000 đồng"
    assert wording.money_in_words(9_120_000) == "Chín triệu một trăm hai mươi nghìn đồng"


def test_lines_of_a_list_are_closed_whatever_stop_was_typed():
    typed = ["- Bộ Nội vụ.", "Sở Nội vụ ,", "", "– Phòng Nội vụ;", " . "]

    closed = wording.close_lines(typed)

    assert closed == ("Bộ Nội vụ;", "Sở Nội vụ;", "Phòng Nội vụ.")


@given(lines=st.lists(st.text(alphabet="aăâ ;.,-/", max_size=12), max_size=6))
def test_a_closed_list_ends_once_and_holds_no_empty_line(lines):
    closed = wording.close_lines(lines)

    assert all(line.endswith(";") for line in closed[:-1])
    assert all(line.endswith(".") for line in closed[-1:])
    assert all(line.strip(" ;.") for line in closed)
    assert wording.close_lines(closed) == closed


@pytest.mark.parametrize(
    ("typed", "bare"),
    [
        ("- Như trên;", "Như trên"),
        ("-Như trên", "Như trên"),
        ("Như trên./.", "Như trên"),
        ("12/12 cá nhân", "12/12 cá nhân"),
        ("Đồng chí A (để b/c).", "Đồng chí A (để b/c)"),
        ("thi đua - khen thưởng", "thi đua - khen thưởng"),
    ],
)
def test_a_stop_and_a_dash_are_taken_away_and_nothing_else(typed, bare):
    assert wording.strip_stop(typed) == bare


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ([], ""),
        (["An"], "An"),
        (["An", "Bình"], "An và Bình"),
        (["An", "Bình", "Ưng"], "An, Bình và Ưng"),
    ],
)
def test_names_are_joined_in_a_sentence(names, sentence):
    assert wording.join_names(names) == sentence


@pytest.mark.parametrize("case", read_cases("names"), ids=by_name)
def test_the_name_of_a_body_is_written_as_within_a_sentence(case):
    assert wording.name_in_sentence(case["lines"]) == case["sentence"]


def test_a_figure_is_not_parted_from_its_word():
    text = wording.keep_together("số 15 ngày 05 tháng 01 năm 2026 tại Điều 3, khoản nào")

    assert text == "số\u00a015 ngày\u00a005 tháng\u00a001 năm\u00a02026 tại Điều\u00a03, khoản nào"


def test_a_short_quoted_name_is_held_together_and_a_long_one_is_not():
    short = wording.hold_quotes("danh hiệu “Người tốt, việc tốt” năm nay")
    long = wording.hold_quotes("về “đẩy mạnh học tập và làm theo gương tốt” năm nay")

    assert short == "danh hiệu “Người\u00a0tốt,\u00a0việc\u00a0tốt” năm nay"
    assert "\u00a0" not in long


@pytest.mark.parametrize(
    ("text", "lowered"),
    [("Đẩy mạnh", "đẩy mạnh"), ("UBND Huyện", "UBND Huyện"), ("Ưu tiên", "ưu tiên"), ("", "")],
)
def test_a_first_letter_is_made_small_but_for_abbreviations(text, lowered):
    assert wording.lower_first(text) == lowered
