"""Draws the template of a list to sign for what was handed over: a landscape page."""

from typing import Final

from docx.document import Document

from doc_templates.authoring import blocks, page

#: Head, width in mm, attribute of the row; together as wide as the text. The last is empty.
COLUMNS: Final = (
    ("STT", 12.0, "number"),
    ("Họ và tên", 55.0, "name"),
    ("Chức vụ, đơn vị hoặc nơi cư trú", 65.0, "post_and_unit"),
    ("Hình thức khen thưởng", 55.0, "award"),
    ("Tiền thưởng (đồng)", 30.0, "prize"),
    ("Ký nhận", 35.0, "receipt"),
)


def draw() -> Document:
    """Draw the template."""
    document = page.blank_page(landscape=True)
    page.add_page_number(document.sections[0])
    blocks.add_letterhead(document, symbol=False, landscape=True)
    blocks.add_title(document, "DANH SÁCH KÝ NHẬN", rule=False)
    blocks.add_pointer(document)
    blocks.add_list(document, COLUMNS)
    blocks.add_signed_alone(document, landscape=True, total="{{ money }}")
    return document
