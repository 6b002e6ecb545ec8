"""What holds for every text that can be pasted."""

from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from doc_templates.outline import END_MARK, Block, BlockKind, parse, set_end_mark, to_text
from doc_templates.outline.lines import clean

MARKERS = [
    *("I. ", "II. ", "V. ", "XI. ", "A. ", "B. ", "C. ", "1. ", "2. ", "3. ", "20. ", "1/ ", "2) "),
    *("1.1. ", "1.2 ", "3.1. ", "1.1.1. ", "30.4 ", "a) ", "b) ", "đ) ", "f) ", "a. ", "b/ "),
    *("- ", "-", "– ", "• ", "* ", "+ ", "+", "\uf0b7\t", "**1.** ", "**- ", "*", "**", "***"),
    *("Phần thứ nhất", "Phần II: ", "Chương I", "CHƯƠNG II ", "Mục 1. ", "Mục 3", "Tiểu mục 2 - "),
    *("Điều 1. ", "Điều 2: ", "ĐIỀU 5. ", "**Điều 3.** ", "| ", "\\", "\\ ", "./.", "/lf", "./H"),
]
WORDS = [
    *("Mục đích", "MỤC ĐÍCH, YÊU CẦU", "tổ chức thực hiện", "Thi đua", "Khen thưởng", "trước ngày"),
    *("gồm:", "theo quy định;", "năm 2023.", "Huyện,", "“Người tốt", "việc tốt”", "(01 bộ)", "*"),
    *("**đậm**", "*nghiêng*", "***cả hai***", "2*3", "**", "***", "|", "\\*", "\\|", "\\\\", "\\"),
    *("1.362 người", "60 km/h", "24/7", "12/KH-UBND", "của", "các", "kế hoạch", "...", "“", "”"),
    "đẩy mạnh phong trào thi đua trên địa bàn Quận năm 2023 và những năm tiếp theo của",
    "Các phòng, ban, ngành, đoàn thể, đơn vị thuộc quận chủ động xây dựng kế hoạch, tổ chức",
]
BREAKS = [
    "\n",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\n\t",
    "\n    ",
    "\u00a0",
    "\u200b",
    "\f",
    " ",
    " ",
    " ",
]
pastes = st.lists(
    st.sampled_from(MARKERS) | st.sampled_from(WORDS) | st.sampled_from(BREAKS), max_size=40
).map("".join)
spaced_pastes = st.lists(
    st.tuples(
        st.sampled_from(["", "", *MARKERS]),
        st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join),
        st.sampled_from(BREAKS[:6]),
    ).map("".join),
    max_size=14,
).map("".join)
any_text = st.text(max_size=80) | pastes | spaced_pastes


def letters_of(text: str) -> str:
    return "".join(letter for letter in clean(text) if letter.isalnum())


def letters_of_blocks(blocks: tuple[Block, ...]) -> str:
    return "".join(
        letters_of(
            block.marker
            + block.text
            + "".join(run.text for row in block.rows for cell in row for run in cell)
        )
        for block in blocks
    )


@settings(max_examples=600, deadline=None)
@given(any_text)
@example("**1. ** Mục đích")
@example("Chương I I. TÊN CHƯƠNG")
@example("I. A\n\nB")
@example("1. Mục đích\nTỔ CHỨC THỰC HIỆN\n1. Phòng Nội vụ")
def test_an_outline_written_out_is_read_the_same_again(text):
    blocks = parse(text)

    again = parse(to_text(blocks))

    assert again == blocks


@settings(max_examples=400, deadline=None)
@given(any_text)
def test_no_letter_is_lost_and_none_is_moved(text):
    blocks = parse(text)

    assert letters_of_blocks(blocks) == letters_of(text)


@settings(max_examples=300, deadline=None)
@given(any_text)
def test_runs_are_tidy(text):
    for block in parse(text):
        cells = [block.runs, *(cell for row in block.rows for cell in row)]
        for runs in cells:
            styles = [(run.bold, run.italic) for run in runs]
            assert all(run.text for run in runs)
            assert all(one != other for one, other in pairwise(styles))
            assert "".join(run.text for run in runs) == " ".join(
                "".join(run.text for run in runs).split()
            )


@settings(max_examples=300, deadline=None)
@given(any_text)
def test_rows_of_a_table_have_one_length(text):
    for block in parse(text):
        assert bool(block.rows) == (block.kind is BlockKind.TABLE)
        assert len({len(row) for row in block.rows}) <= 1


@settings(max_examples=600, deadline=None)
@given(any_text)
@example("Trên đây là kế hoạch./.;./")
@example("xem tại https://sonoivu.vn/")
@example("“Người tốt, việc tốt./.”")
def test_setting_the_end_mark_twice_is_setting_it_once(text):
    once = set_end_mark(parse(text))

    assert set_end_mark(once) == once


@settings(max_examples=300, deadline=None)
@given(any_text, st.sampled_from(["", ".", ";", "./", "./.", " /.", ". /lf", "./H", ".\n\n./."]))
def test_the_mark_stands_directly_after_the_last_word(text, typed):
    blocks = parse(f"{text}\n\nĐề nghị thực hiện{typed}")

    ended = set_end_mark(blocks)

    assert ended[-1].text.endswith("Đề nghị thực hiện" + END_MARK)
