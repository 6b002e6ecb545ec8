"""Draws the template of a Bản trích ngang thành tích: a landscape page."""

from typing import Final

from docx.document import Document

from doc_templates.authoring import blocks, page
from doc_templates.styles import Style

#: Head, width in mm, attribute of the row; together as wide as the text.
COLUMNS: Final = (
    ("STT", 11.0, "number"),
    ("Họ và tên", 35.0, "name"),
    ("Ngày, tháng, năm sinh", 23.0, "birth"),
    ("Giới tính", 13.0, "gender"),
    ("Chức vụ, đơn vị hoặc nơi cư trú", 38.0, "post_and_unit"),
    ("Việc làm tốt, thành tích", 82.0, "deed"),
    ("Hình thức đề nghị", 25.0, "award"),
    ("Đã được khen thưởng", 25.0, "past_awards"),
)


def draw() -> Document:
    """Draw the template."""
    document = page.blank_page(landscape=True)
    page.add_page_number(document.sections[0])
    blocks.add_letterhead(document, symbol=False, landscape=True)
    blocks.add_title(document, "BẢN TRÍCH NGANG THÀNH TÍCH", rule=False)
    blocks.add_pointer(document)
    blocks.add_list(document, COLUMNS, may_split=True)
    total = blocks.add_line(document, Style.BODY, "{{ annex.total }}")
    total.paragraph_format.keep_with_next = True
    blocks.add_confirmation(document)
    return document
