"""A table within the text of a paper."""

from paper_samples import W, make_paper, read_body

from doc_templates import catalogue

_LONG = "Đã có thành tích đột xuất trong phòng, chống thiên tai, cứu hộ, cứu nạn " * 3


def _tables(*tables):
    """Merge a plan whose text holds the tables; leave out letterhead and signature."""
    written = "\n\n".join(
        "\n".join(f"| {' | '.join(row)} |" for row in (rows[0], ["---"] * len(rows[0]), *rows[1:]))
        for rows in tables
    )
    body = read_body(catalogue.merge(make_paper("plan", body=f"Mở đầu.\n\n{written}\n\nHết.")))
    return [table for table in body.iter(f"{W}tbl") if table.find(f".//{W}tblHeader") is not None]


def _widths_mm(table):
    return [
        int(column.get(f"{W}w")) * 25.4 / 1440 for column in table.findall(f"{W}tblGrid/{W}gridCol")
    ]


def test_a_column_of_numbers_is_narrow_and_one_of_words_is_wide():
    (table,) = _tables([["STT", "Họ và tên", "Thành tích"], ["1", "Nguyễn Thị Thùy Dương", _LONG]])

    number, name, deed = _widths_mm(table)
    assert 9 < number < 16
    assert 40 < name < 55
    assert deed > 90


def test_a_table_is_as_wide_as_the_text_whatever_it_holds():
    for rows in (
        [["STT", "a"], ["1", "2"]],
        [["STT", "Nội dung"], ["1", _LONG]],
        [[_LONG, _LONG], [_LONG, _LONG]],
        [["", ""], ["x", ""]],
        [list("abcdefgh"), list("12345678")],
    ):
        (table,) = _tables(rows)

        assert abs(sum(_widths_mm(table)) - 165) < 0.5


def test_columns_of_figures_are_centred_and_columns_of_words_are_not():
    (table,) = _tables([["STT", "Số tiền", "Đơn vị"], ["1", "760.000", "Tổ 7"], ["2", "", "8"]])

    for row in table.findall(f"{W}tr")[1:]:
        centred = [cell.find(f"{W}p/{W}pPr/{W}jc") is not None for cell in row.findall(f"{W}tc")]
        assert centred == [True, True, False]


def test_a_gap_stands_above_a_table_and_is_kept_with_it():
    for table in _tables([["a", "b"], ["1", "2"]], [["c", "d"], ["3", "4"]]):
        gap = table.getprevious()

        assert gap.find(f"{W}pPr/{W}keepNext") is not None
        assert gap.find(f"{W}pPr/{W}spacing").get(f"{W}line") == "120"


def test_the_last_row_stays_with_what_follows_so_that_no_mark_and_signature_stand_alone():
    (table,) = _tables([["a", "b"], ["1", "2"], ["3", "4"]])

    kept = [row.find(f".//{W}keepNext") is not None for row in table.findall(f"{W}tr")]
    assert kept == [False, False, True]
