"""How wide a line is, and where it breaks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doc_templates import typeface

WORDS = st.lists(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyỆỬĐ-", min_size=1, max_size=9))
WIDTHS = st.floats(min_value=10, max_value=160)


@pytest.mark.parametrize(
    ("text", "size", "bold", "italic", "measured_mm"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, True, False, 88.3),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, True, False, 95.7),
        ("Độc lập - Tự do - Hạnh phúc", 13, True, False, 56.1),
        ("Độc lập - Tự do - Hạnh phúc", 14, True, False, 60.5),
        ("ỦY BAN NHÂN DÂN", 13, True, False, 43.2),
        ("UBND THÀNH PHỐ HÀ NỘI", 13, False, False, 57.6),
        ("Phường Hai Bà Trưng, ngày 21 tháng 11 năm 2026", 13, False, True, 95.1),
        ("Phường Hai Bà Trưng, ngày 21 tháng 11 năm 2026", 14, False, True, 102.4),
    ],
)
def test_a_line_is_as_wide_as_it_was_measured_on_real_paper(text, size, bold, italic, measured_mm):
    width = typeface.width_mm(text, size_pt=size, bold=bold, italic=italic)

    assert width == pytest.approx(measured_mm, abs=0.1)


def test_text_in_decomposed_unicode_is_as_wide_as_composed():
    composed, decomposed = "Thuỵ Ưu", "Thuy\u0323 U\u031bu"

    assert typeface.width_mm(composed, size_pt=14) == typeface.width_mm(decomposed, size_pt=14)


@pytest.mark.parametrize("text", ["漢字", "𝔸", "\ue000SO\ue001", "\u200b", "“H’Len Niê”…"])
def test_letters_outside_the_typeface_are_measured_without_an_error(text):
    assert typeface.width_mm(text, size_pt=14) >= 0


@given(words=WORDS, within=WIDTHS, bold=st.booleans())
def test_breaking_loses_no_word_and_keeps_within_the_width(words, within, bold):
    text = " ".join(words)

    lines = typeface.break_lines(text, within_mm=within, size_pt=14, bold=bold)

    assert " ".join(lines) == text
    assert all(
        typeface.width_mm(line, size_pt=14, bold=bold) <= within or " " not in line
        for line in lines
    )


@given(words=WORDS, within=WIDTHS)
def test_balancing_takes_no_more_lines_than_filling(words, within):
    text = " ".join(words)

    filled = typeface.break_lines(text, within_mm=within, size_pt=14)
    balanced = typeface.balance_lines(text, within_mm=within, size_pt=14)

    assert " ".join(balanced) == text
    assert len(balanced) == len(filled)
    assert all(
        typeface.width_mm(line, size_pt=14) <= within or " " not in line for line in balanced
    )


def test_balancing_leaves_no_word_alone_on_the_last_line():
    text = "Về việc tặng danh hiệu “Người tốt, việc tốt” cho 12 cá nhân trên địa bàn năm 2026"

    lines = typeface.balance_lines(text, within_mm=145, size_pt=14, bold=True)

    widths = [typeface.width_mm(line, size_pt=14, bold=True) for line in lines]
    assert len(lines) == 2
    assert min(widths) > 0.8 * max(widths)


def test_a_space_that_must_not_break_holds_its_words_together():
    lines = typeface.break_lines("Quyết định số\u00a015 ngày", within_mm=10, size_pt=14)

    assert lines == ["Quyết", "định", "số\u00a015", "ngày"]
