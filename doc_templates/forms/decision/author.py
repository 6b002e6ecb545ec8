"""Draws the template of a Quyết định khen thưởng."""

from typing import Final

from docx.document import Document

from doc_templates.authoring import blocks, page
from doc_templates.kinds import DocumentKind
from doc_templates.styles import Style

#: Head, width in mm, attribute of the row; together as wide as the text.
COLUMNS: Final = (
    ("STT", 11.0, "number"),
    ("Họ và tên", 38.0, "name"),
    ("Năm sinh", 22.5, "birth"),
    ("Chức vụ, đơn vị hoặc nơi cư trú", 45.0, "post_and_unit"),
    ("Thành tích", 48.5, "summary"),
)


def draw() -> Document:
    """Draw the template."""
    heading = DocumentKind.DECISION.heading
    document = page.blank_page()
    page.set_page(document.sections[0], restart=True)
    page.add_page_number(document.sections[0])
    blocks.add_letterhead(document)
    blocks.add_title(document, heading)
    blocks.add_line(document, Style.AUTHORITY, "{{ authority }}")
    blocks.add_legal_bases(document)
    blocks.add_line(document, Style.AUTHORITY, f"{heading}:")
    blocks.add_body(document)
    blocks.add_closing(document)
    blocks.add_annex(document, COLUMNS)
    return document
