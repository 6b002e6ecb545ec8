"""Draws the template of a Báo cáo thành tích."""

from docx.document import Document

from doc_templates.authoring import blocks, page


def draw() -> Document:
    """Draw the template: the unit's head confirms on the left, the reporter signs on the right."""
    document = page.blank_page()
    page.add_page_number(document.sections[0])
    blocks.add_letterhead(document, symbol=False)
    blocks.add_title(document, "BÁO CÁO THÀNH TÍCH")
    blocks.add_body(document)
    blocks.add_report_closing(document)
    return document
