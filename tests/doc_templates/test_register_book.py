"""The register on paper: a cover and ten columns, nothing lost, nothing cut."""

from datetime import date

import pypdfium2

from doc_templates import pdf
from doc_templates.layout.display import Glyphs, Rule
from doc_templates.register_book import COLUMNS, Book, BookLine, lay_out_book


def line(number: int, *, abstract: str = "Tổ chức phong trào", cancelled: bool = False) -> BookLine:
    return BookLine(
        cells=(
            f"{number:02d}/KH-UBND",
            "09/10/2026",
            f"Kế hoạch: {abstract}",
            "Hoàng Đình Khuyến",
            "Như kính gửi; Thường trực Đảng ủy",
            "VT, VHXH",
            "12",
            "10/10/2026",
            "",
            "",
        ),
        is_cancelled=cancelled,
    )


def book(count: int, **changed: object) -> Book:
    given = {
        "superior": "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI",
        "body": "Ủy ban nhân dân Phường Hai Bà Trưng",
        "title": "Sổ đăng ký văn bản đi",
        "year": 2026,
        "lines": [line(number) for number in range(1, count + 1)],
        "first": 1,
        "last": count,
        "first_on": date(2026, 1, 5),
        "last_on": date(2026, 10, 9),
    }
    return Book(**{**given, **changed})  # type: ignore[arg-type]


def test_the_cover_says_whose_book_of_what_days_and_numbers() -> None:
    cover = [
        item.text for item in lay_out_book(book(310)).pages[0].items if isinstance(item, Glyphs)
    ]

    assert cover == [
        "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI",
        "ỦY BAN NHÂN DÂN PHƯỜNG HAI BÀ TRƯNG",
        "SỔ ĐĂNG KÝ VĂN BẢN ĐI",
        "Năm: 2026",
        "Từ ngày 05/01/2026 đến ngày 09/10/2026",
        "Từ số 01 đến số 310",
        "Quyển số: 01",
    ]


def test_every_sheet_repeats_the_ten_heads_and_no_line_is_lost() -> None:
    document = pypdfium2.PdfDocument(pdf.write(lay_out_book(book(120))))
    texts = [page.get_textpage().get_text_bounded() for page in document]

    assert all("trích yếu" in text and "(10)" in text for text in texts[1:])
    printed = " ".join(texts[1:])
    assert [number for number in range(1, 121) if f"{number:02d}/KH-UBND" not in printed] == []


def test_the_columns_fill_the_sheet_between_its_margins() -> None:
    assert len(COLUMNS) == 10
    assert sum(width for _, width in COLUMNS) == 297 - 20 - 10


def test_letters_stay_within_their_column_and_lines_within_the_page() -> None:
    long = "việc tổ chức xét tặng danh hiệu “Người tốt, việc tốt” " * 8
    symbol = BookLine(cells=("1234/QĐ-UBND-VHXH-TĐKT-HCTH-TCKH", *[long] * 9))
    layout = lay_out_book(book(0, lines=[symbol, line(2)], last=2))

    for page in layout.pages[1:]:
        right = max(item.x1 for item in page.items if isinstance(item, Rule))
        for item in page.items:
            if isinstance(item, Glyphs):
                assert item.x + item.width <= right + 0.01


def test_a_number_that_was_cancelled_is_struck_out() -> None:
    plain = lay_out_book(book(0, lines=[line(1)], last=1)).pages[1].items
    struck = lay_out_book(book(0, lines=[line(1, cancelled=True)], last=1)).pages[1].items

    assert sum(isinstance(item, Rule) for item in struck) > sum(
        isinstance(item, Rule) for item in plain
    )


def test_a_book_without_lines_is_a_cover_and_an_empty_sheet() -> None:
    layout = lay_out_book(book(0, first=None, last=None, first_on=None, last_on=None))

    assert len(layout.pages) == 2
    cover = [item.text for item in layout.pages[0].items if isinstance(item, Glyphs)]
    assert "Từ số …… đến số ……" in cover
