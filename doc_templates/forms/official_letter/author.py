"""Draws the template of a Công văn."""

from docx.document import Document

from doc_templates.authoring import blocks, page


def draw() -> Document:
    """Draw the template."""
    document = page.blank_page()
    page.add_page_number(document.sections[0])
    blocks.add_letterhead(document, letter=True)
    blocks.add_addressees(document)
    blocks.add_legal_bases(document)
    blocks.add_body(document)
    blocks.add_closing(document)
    return document
