"""Draws the template of a paper whose kind is named above its abstract."""

from docx.document import Document

from doc_templates.authoring import blocks, page


def draw() -> Document:
    """Draw the template; the name of the kind is a value."""
    document = page.blank_page()
    page.add_page_number(document.sections[0])
    blocks.add_letterhead(document)
    blocks.add_title(document, "{{ heading }}")
    blocks.add_addressees(document, may_be_none=True)
    blocks.add_legal_bases(document)
    blocks.add_body(document)
    blocks.add_closing(document)
    return document
