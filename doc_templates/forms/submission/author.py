"""Draws the template of a Tờ trình."""

from typing import Final

from docx.document import Document

from doc_templates.authoring import blocks, page
from doc_templates.kinds import DocumentKind

#: Head, width in mm, attribute of the row; together as wide as the text.
COLUMNS: Final = (
    ("STT", 12.0, "number"),
    ("Họ và tên", 46.0, "name"),
    ("Năm sinh", 23.0, "birth"),
    ("Chức vụ, đơn vị hoặc nơi cư trú", 48.0, "post_and_unit"),
    ("Hình thức đề nghị", 36.0, "award"),
)


def draw() -> Document:
    """Draw the template."""
    document = page.blank_page()
    page.set_page(document.sections[0], restart=True)
    page.add_page_number(document.sections[0])
    blocks.add_letterhead(document)
    blocks.add_title(document, DocumentKind.SUBMISSION.heading)
    blocks.add_addressees(document)
    blocks.add_legal_bases(document)
    blocks.add_body(document)
    blocks.add_closing(document)
    blocks.add_annex(document, COLUMNS)
    return document
