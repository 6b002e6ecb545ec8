"""Draws the template of a confirmation of the place of residence."""

from typing import Final

from docx.document import Document

from doc_templates.authoring import blocks, page
from doc_templates.styles import Style

#: Head, width in mm, attribute of the row; together as wide as the text.
COLUMNS: Final = (
    ("STT", 13.0, "number"),
    ("Họ và tên", 55.0, "name"),
    ("Năm sinh", 27.0, "birth"),
    ("Nơi cư trú", 70.0, "post_and_unit"),
)


def draw() -> Document:
    """Draw the template: the people stand in a table below the text."""
    document = page.blank_page()
    page.add_page_number(document.sections[0])
    blocks.add_letterhead(document, symbol=False)
    blocks.add_title(document, "GIẤY XÁC NHẬN")
    blocks.add_body(document)
    blocks.add_line(document, Style.TABLE_TEXT)
    blocks.add_list(document, COLUMNS)
    blocks.add_signed_alone(document)
    return document
