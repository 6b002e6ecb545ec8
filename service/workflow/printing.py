"""PDFs, made anew from the bytes of a Word file each time they are asked for.

The Word file stays the one source: a PDF is kept nowhere and decides nothing.
"""

from dataclasses import dataclass
from typing import Final

from doc_templates import pdf
from service.workflow import issuing
from service.workflow.desk import Desk

#: How long a file may take: one that a stranger sends, and one of the office, whose list may
#: have thousands of lines.
STRANGER_SECONDS: Final = 60.0
OFFICE_SECONDS: Final = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Printout:
    """A PDF; `engine` says what made it, `notice` what to look at again ("" for nothing)."""

    content: bytes
    name: str
    engine: str
    notice: str


def can_print() -> bool:
    """Tell whether this machine can make a PDF at all."""
    return pdf.is_there()


def pdf_of_docx(
    docx: bytes, *, name: str = "van-ban.pdf", seconds: float = OFFICE_SECONDS
) -> Printout:
    """Make a PDF of a Word file, ours or another's, within that time.

    Raises:
        PaperError: see `doc_templates.pdf.convert`.
    """
    made = pdf.convert(docx, seconds=seconds)
    engine = f"LibreOffice {made.engine.version}".strip()
    return Printout(content=made.pdf, name=name, engine=engine, notice=made.notice)


def pdf_of_document(desk: Desk, document_id: int) -> Printout:
    """Make a PDF of a document: of the issued bytes, or of the last version of a draft.

    Raises:
        NotFound: there is no such document, or it has no version yet.
        BytesDamaged: the kept bytes are not those that were issued.
        PaperError: see `doc_templates.pdf.convert`.
    """
    content, name = issuing.read_docx(desk, document_id)
    return pdf_of_docx(content, name=name.removesuffix(".docx") + ".pdf")
