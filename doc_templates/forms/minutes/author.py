"""Draws the template of a Biên bản."""

from docx.document import Document

from doc_templates.authoring import blocks, page
from doc_templates.kinds import DocumentKind


def draw() -> Document:
    """Draw the template: no place and date, the secretary signs on the left."""
    document = page.blank_page()
    page.add_page_number(document.sections[0])
    blocks.add_letterhead(document, dated=False)
    blocks.add_title(document, DocumentKind.MINUTES.heading)
    blocks.add_body(document)
    blocks.add_two_signatures(document, "THƯ KÝ", "secretary")
    return document
