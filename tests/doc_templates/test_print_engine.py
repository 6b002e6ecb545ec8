"""Our engine from bytes to pages: what is set how, what is refused, what is bounded."""

import time

import pytest
from word_files import TIMES, paragraph, word_file

from doc_templates.errors import ConversionFailed, PaperUnreadable, PaperUnsupported
from doc_templates.layout.display import Glyphs, Layout, Rule, Shape
from doc_templates.pdf.fast import find_unsupported, lay_out, to_pdf

LONG = "Người tốt, việc tốt ở tổ dân phố số 9 được biểu dương trong buổi sinh hoạt đầu tuần. " * 6
PAGE = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" '
PAGE += 'w:bottom="1134" w:left="1701" w:header="567" w:footer="567"/></w:sectPr>'


def texts(layout: Layout, page: int = 0) -> list[Glyphs]:
    return [item for item in layout.pages[page].items if isinstance(item, Glyphs)]


def constructs(docx: bytes) -> list[str]:
    return [finding.construct for finding in find_unsupported(docx)]


# Lines


def test_no_line_begins_with_a_closing_mark_or_ends_after_a_slash() -> None:
    text = "Quyết định số 77/2025/QĐ-UBND của Ủy ban nhân dân thành phố ; và văn bản khác ." * 8

    lines = [one.text for one in texts(lay_out(word_file(paragraph(text))))]

    assert len(lines) > 5
    assert not [line for line in lines if line[0] in ";,.)/"]
    assert not [line for line in lines if line.rstrip().endswith("/")]


def test_justified_lines_fill_the_column_but_for_the_last() -> None:
    layout = lay_out(word_file(paragraph(LONG, '<w:jc w:val="both"/>') + PAGE))

    *full, last = texts(layout)
    assert {round(one.x + one.width, 1) for one in full} == {538.6}
    assert last.word_space == 0


def test_line_of_times_is_as_high_as_its_font_says() -> None:
    layout = lay_out(word_file(paragraph("Một") + paragraph("Hai") + PAGE))

    first, second = texts(layout)
    assert second.y - first.y == pytest.approx(16.1)


def test_text_behind_a_right_tab_ends_at_its_stop() -> None:
    tabs = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8000"/></w:tabs>'
    body = f"<w:p><w:pPr>{tabs}</w:pPr><w:r><w:t>Họ tên</w:t><w:tab/><w:t>9</w:t></w:r></w:p>"

    name, dots, number = texts(lay_out(word_file(body + PAGE)))

    assert set(dots.text) == {"."}
    assert number.x + number.width == pytest.approx(85.05 + 400, abs=0.05)
    assert name.x < dots.x < number.x


# Pages


def test_heading_that_is_kept_goes_with_its_text_to_the_next_page() -> None:
    filler = paragraph("Dòng") * 44
    heading = paragraph("Tiêu đề", "<w:keepNext/>")

    layout = lay_out(word_file(filler + heading + paragraph(LONG) + PAGE))

    assert len(layout.pages) == 2
    assert texts(layout, 1)[0].text == "Tiêu đề"


def test_no_line_of_a_paragraph_stands_alone_at_the_foot_of_a_page() -> None:
    layout = lay_out(word_file(paragraph("Dòng") * 44 + paragraph(LONG) + PAGE))

    assert {one.text for one in texts(layout, 0)} == {"Dòng"}


def test_number_of_the_page_and_their_count_are_printed() -> None:
    field = '<w:p><w:fldSimple w:instr=" PAGE "/><w:r><w:t>/</w:t></w:r>'
    field += '<w:fldSimple w:instr=" NUMPAGES "/></w:p>'
    new_page = paragraph("Trang sau", "<w:pageBreakBefore/>")

    layout = lay_out(word_file(field + new_page * 11 + PAGE))

    assert "".join(one.text for one in texts(layout)) == "1/12"


def test_heads_of_a_table_stand_on_every_page_and_rows_are_cut() -> None:
    cell = "<w:tc><w:tcPr/>{}</w:tc>"
    head = f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cell.format(paragraph('Đầu cột'))}</w:tr>"
    rows = f"<w:tr>{cell.format(paragraph(LONG) * 4)}</w:tr>" * 6
    table = f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="4000"/></w:tblGrid>{head}{rows}</w:tbl>'

    layout = lay_out(word_file(table + PAGE))

    assert len(layout.pages) > 3
    assert all(texts(layout, n)[0].text == "Đầu cột" for n in range(len(layout.pages)))
    words = " ".join(one.text for n in range(len(layout.pages)) for one in texts(layout, n))
    assert words.count("buổi") == 6 * 4 * 6


# Signs


def test_bullets_of_symbol_fonts_are_printed_or_drawn() -> None:
    symbol = '<w:r><w:sym w:font="Symbol" w:char="F0B7"/></w:r>'
    box = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'

    layout = lay_out(word_file(f"<w:p>{symbol}</w:p><w:p>{box}</w:p>"))

    assert [one.text for one in texts(layout)] == ["•"]
    assert [item for item in layout.pages[0].items if isinstance(item, Shape)]


def test_underline_goes_under_letters_and_spaces_alike() -> None:
    layout = lay_out(word_file(paragraph("gạch chân cả câu", "", '<w:u w:val="single"/>')))

    (line,) = texts(layout)
    (rule,) = [item for item in layout.pages[0].items if isinstance(item, Rule)]
    assert (rule.x1, rule.x2 - rule.x1) == (line.x, pytest.approx(line.width))


# What is refused, all of it at once


def test_everything_that_is_not_laid_out_is_named_with_its_place() -> None:
    note = '<w:p><w:r><w:t>Có chú thích</w:t><w:footnoteReference w:id="1"/></w:r></w:p>'
    other = paragraph("Chữ khác", "", '<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>')
    framed = paragraph("Trong khung", '<w:framePr w:w="100"/>')

    findings = find_unsupported(word_file(note + framed))
    fonts = find_unsupported(word_file(paragraph("Trước") + other))

    assert [str(one) for one in findings] == [
        "đoạn 1, “Có chú thích”: chú thích cuối trang chưa hỗ trợ",
        "đoạn 2, “Trong khung”: khung chữ (Frame) chưa hỗ trợ",
    ]
    assert [str(one) for one in fonts] == ["đoạn 2, “Chữ khác”: phông chữ “Arial” chưa hỗ trợ"]


@pytest.mark.parametrize(
    ("body", "construct"),
    [
        ("<w:p><w:ins><w:r><w:t>x</w:t></w:r></w:ins></w:p>", "theo dõi"),
        (paragraph("x", "<w:bidi/>"), "từ phải sang trái"),
        ('<w:p/><w:sectPr><w:cols w:num="2"/></w:sectPr>', "chia cột"),
        ("<w:p><w:r><w:t>漢</w:t></w:r></w:p>", "U+6F22"),
        ("<w:altChunk/>", "altChunk"),
        ("<w:p><w:unknown/></w:p>", "unknown"),
    ],
)
def test_construct_that_would_change_the_page_is_refused(body: str, construct: str) -> None:
    assert any(construct in one for one in constructs(word_file(body)))


# Hostile and damaged files


@pytest.mark.parametrize(
    "docx",
    [
        b"",
        b"PK\3\4",
        word_file(paragraph("x"))[:300],
        b"%PDF-1.7",
        b"\xd0\xcf\x11\xe0" + b"\0" * 512,
    ],
    ids=["nothing", "a zip's head", "truncated", "a pdf", "encrypted or old"],
)
def test_what_is_no_word_file_is_unreadable(docx: bytes) -> None:
    with pytest.raises(PaperUnreadable):
        to_pdf(docx)


def test_styles_that_are_based_on_each_other_in_a_circle_end() -> None:
    style = '<w:style w:type="paragraph" w:styleId="S{}"><w:basedOn w:val="S{}"/></w:style>'
    ring = "".join(style.format(n, (n + 1) % 3) for n in range(3))

    layout = lay_out(word_file(paragraph("x", '<w:pStyle w:val="S1"/>'), styles=TIMES + ring))

    assert [one.text for one in texts(layout)] == ["x"]


def test_table_of_ten_thousand_columns_is_refused_at_once() -> None:
    grid = '<w:gridCol w:w="10"/>' * 10_000
    cells = "<w:tc><w:p/></w:tc>" * 10_000
    table = f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid><w:tr>{cells}</w:tr></w:tbl>"

    start = time.monotonic()

    assert constructs(word_file(table + "<w:p/>")) == ["bảng quá 63 cột"]
    assert time.monotonic() - start < 5


def test_tables_in_tables_without_end_are_refused() -> None:
    opening = '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="900"/></w:tblGrid><w:tr><w:tc>'
    body = opening * 40 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 40

    assert any("lồng nhau" in one for one in constructs(word_file(body)))


def test_work_that_takes_too_long_is_stopped() -> None:
    docx = word_file(paragraph("Một dòng") * 4_000)

    with pytest.raises(ConversionFailed):
        lay_out(docx, seconds=0.01)


def test_part_with_a_document_type_is_refused() -> None:
    evil = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'

    with pytest.raises(PaperUnreadable):
        to_pdf(word_file("<w:p/>", raw_settings=evil))


def test_equal_files_give_equal_bytes_and_text_comes_out_composed() -> None:
    decomposed = paragraph("Nguye\u0302\u0303n Thuỵ Ưu")

    first, second = to_pdf(word_file(decomposed)), to_pdf(word_file(decomposed))

    assert first == second
    assert texts(lay_out(word_file(decomposed)))[0].text == "Nguyễn Thuỵ Ưu"


def test_unsupported_files_say_how_many_places_there_are() -> None:
    with pytest.raises(PaperUnsupported, match="1 chỗ"):
        to_pdf(word_file(paragraph("x", '<w:framePr w:w="1"/>')))
