"""Draws the template of an article's cover."""

from docx.document import Document

from doc_templates.authoring import blocks, page
from doc_templates.styles import Style


def draw() -> Document:
    """Draw the template: title, writer, the person told of, the unit's confirmation."""
    document = page.blank_page()
    blocks.add_letterhead(document, symbol=False)
    blocks.add_title(document, "BÀI VIẾT")
    blocks.add_line(document, Style.BODY, "Người viết:")
    blocks.add_body(document)
    blocks.add_line(document, Style.BODY, "Người được nêu gương:")
    blocks.add_loop(document, Style.BODY, "line in told_of", "- {{ line }}")
    blocks.add_signed_alone(document, above="XÁC NHẬN CỦA\nTHỦ TRƯỞNG ĐƠN VỊ", total=False)
    return document
