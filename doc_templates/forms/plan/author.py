"""Draws the template of a Kế hoạch."""

from docx.document import Document

from doc_templates.authoring import blocks, page
from doc_templates.kinds import DocumentKind


def draw() -> Document:
    """Draw the template."""
    document = page.blank_page()
    page.add_page_number(document.sections[0])
    blocks.add_letterhead(document)
    blocks.add_title(document, DocumentKind.PLAN.heading)
    blocks.add_legal_bases(document)
    blocks.add_body(document)
    blocks.add_closing(document)
    return document
