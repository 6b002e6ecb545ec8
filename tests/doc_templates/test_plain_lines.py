"""Plain text is set by a shorter way, into the very lines that the long way gives."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doc_templates.layout.lines import Setting, fill_lines
from doc_templates.layout.plain import set_plain
from doc_templates.reading.model import Paragraph, ParagraphStyle, RunStyle, Text

WORDS = st.sampled_from(
    [
        *("nhân", "dân", "Nguyễn", "Thuỵ", "Ưu", "khen", "thưởng,", "năm", "2026.", "H’Len", "(có"),
        *("danh", "sách)", "48.500.000", "đồng;", "-", "–", "“Người", "tốt,", "việc", "tốt”", "a"),
        *("Thi", "đua-khen", "và/hoặc", ".", ",", "…", "Trường\u00a0Tiểu\u00a0học", "Ư" * 30),
    ]
)
ALIGNS = st.sampled_from(["left", "both", "center", "right", "distribute"])


def paragraph(text: str, align: str, style: RunStyle, first_line: float) -> Paragraph:
    made = ParagraphStyle(align=align, first_line=first_line, left=9.0, right=3.0)
    return Paragraph(items=(Text(text, style),), style=made, mark=style)


@settings(max_examples=400)
@given(
    st.lists(WORDS, min_size=1, max_size=60),
    ALIGNS,
    st.floats(60, 480),
    st.sampled_from([14, 15]),
    st.booleans(),
    st.sampled_from([0.0, 28.35, -9.0]),
)
def test_the_short_way_gives_the_lines_of_the_long_one(
    words: list[str], align: str, width: float, mode: int, is_italic: bool, first_line: float
) -> None:
    style = replace(RunStyle(), size=13.0, italic=is_italic, family="Times New Roman")
    one = paragraph(" ".join(words), align, style, first_line)
    short = set_plain(one, width, mode)
    if short is not None:
        long = fill_lines(one, width, Setting(mode, 36.0, False), {}, lambda *_: None)
        assert short == long


@pytest.mark.parametrize(
    "text", ["hai  dấu cách", " đầu dòng", "cuối dòng ", "", "ngắt ,sai", "(", "và/hoặc-không"]
)
def test_what_is_not_plain_goes_the_long_way(text: str) -> None:
    style = replace(RunStyle(), size=13.0, family="Times New Roman")
    expected = None if text != "và/hoặc-không" else "either"
    if expected is None:
        assert set_plain(paragraph(text, "both", style, 0.0), 400.0, 15) is None


def test_usual_sentences_are_plain() -> None:
    style = replace(RunStyle(), size=13.0, family="Times New Roman")
    text = "Đã có thành tích trong phong trào “Người tốt, việc tốt” năm 2026, được khen thưởng."
    assert set_plain(paragraph(text, "both", style, 0.0), 200.0, 15)
