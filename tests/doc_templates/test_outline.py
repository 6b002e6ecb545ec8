"""The text of a paper as clerks write it, read into blocks."""

import tomllib
from pathlib import Path

import pytest

from doc_templates.outline import Block, BlockKind, Run, parse, set_end_mark, to_text
from doc_templates.outline.inline import write_runs

ROOT = Path(__file__).parents[2]
CASES = ROOT / "fixtures" / "outline_cases"


def cases_of(*names: str) -> list[dict]:
    return [
        case
        for name in names
        for case in tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    ]


OUTLINES = cases_of("levels", "markers", "wrapping", "emphasis", "tables", "headings")
ENDINGS = cases_of("endings")


def described(block: Block) -> str:
    """One line for a block: kind, `!` for a heading, marker, words with their stars."""
    kind = f"{block.kind}!" if block.is_heading else str(block.kind)
    words = write_runs(block.runs)
    if block.rows:
        words = " // ".join(" | ".join(write_runs(cell) for cell in row) for row in block.rows)
    return " ".join(part for part in (kind, block.marker, words) if part)


@pytest.mark.parametrize("case", OUTLINES, ids=lambda case: case["name"])
def test_a_pasted_text_gives_the_blocks_the_case_names(case):
    blocks = parse(case["text"])

    assert [described(block) for block in blocks] == case["blocks"]


@pytest.mark.parametrize("case", OUTLINES, ids=lambda case: case["name"])
def test_a_case_written_out_is_read_the_same_again(case):
    blocks = parse(case["text"])

    assert parse(to_text(blocks)) == blocks


@pytest.mark.parametrize("case", ENDINGS, ids=lambda case: case["typed"])
def test_the_end_mark_is_set_once_whatever_was_typed(case):
    blocks = set_end_mark(parse("1. Mở đầu.\n\n" + case["typed"]))

    assert [block.text for block in blocks[:-1]] == ["Mở đầu."]
    assert write_runs(blocks[-1].runs) == case["ended"]


def test_the_end_mark_after_a_table_stands_in_a_paragraph_of_its_own():
    blocks = parse("| TT | Họ và tên |\n| 1 | Nguyễn Thuỵ Ưu |")

    ended = set_end_mark(blocks)

    assert ended == (*blocks, Block(kind=BlockKind.PARAGRAPH, runs=(Run(text="./."),)))
    assert set_end_mark(ended) == ended


def test_an_end_mark_typed_too_early_becomes_a_full_stop():
    blocks = parse("Các đơn vị thực hiện./.\n\nLưu ý: gửi trước ngày 20./.")

    ended = set_end_mark(blocks)

    assert [block.text for block in ended] == [
        "Các đơn vị thực hiện.",
        "Lưu ý: gửi trước ngày 20./.",
    ]


@pytest.mark.parametrize("text", ["", "  \n\n\t", "\ufeff"])
def test_an_empty_body_has_no_blocks_and_no_end_mark(text):
    assert set_end_mark(parse(text)) == ()


def test_markers_carry_their_numbers():
    blocks = parse("Chương II\nIV. NỘI DUNG\n3. Ba:\n3.1. Một\nđ) Năm.\n- Gạch.\nĐiều 5. Năm.")

    assert [block.number for block in blocks] == [2, 4, 3, (3, 1), 5, None, 5]


def test_a_backslash_written_out_keeps_a_false_marker_false():
    blocks = parse("V. Hugo là nhà văn.\n\n30.4 là ngày nghỉ.")

    assert to_text(blocks) == "\\ V. Hugo là nhà văn.\n\n\\ 30.4 là ngày nghỉ."
    assert parse(to_text(blocks)) == blocks


def test_an_outline_is_written_as_a_clerk_would_write_it():
    text = (
        "I. **MỤC ĐÍCH**\n\n1. Mục đích\n\n- *Nâng cao* nhận thức.\n\n"
        "| A | B |\n|---|---|\n| 1 | 2 |"
    )

    assert to_text(parse(text)) == text


@pytest.mark.parametrize(
    "pasted",
    ["*a " * 30_000, "1. a\n" * 9_000, "a“\n\n" * 9_000, "\ta|b\n" * 9_000, "a./.”" * 18_000],
    ids=["stars", "clauses", "quotes", "bars", "marks"],
)
def test_a_very_long_paste_is_read(pasted):
    assert set_end_mark(parse(pasted))
