"""Draws the template of a Giấy mời."""

from docx.document import Document

from doc_templates.authoring import blocks, page
from doc_templates.kinds import DocumentKind
from doc_templates.styles import Style


def draw() -> Document:
    """Draw the template."""
    document = page.blank_page()
    page.add_page_number(document.sections[0])
    blocks.add_letterhead(document)
    blocks.add_title(document, DocumentKind.INVITATION.heading)
    blocks.add_choice(
        document, Style.BODY, "guests.only", "{{ host }} trân trọng kính mời: {{ guests.only }}"
    )
    blocks.add_choice(document, Style.BODY, "guests.lines", "{{ host }} trân trọng kính mời:")
    blocks.add_loop(document, Style.BODY, "line in guests.lines", "- {{ line }}")
    blocks.add_body(document)
    blocks.add_closing(document)
    return document
