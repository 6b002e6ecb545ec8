"""Our own engine: the bytes of a Word file laid out as PDF, without an office suite."""

from doc_templates.layout.display import Layout
from doc_templates.layout.laying import lay_out as lay_out_paper
from doc_templates.pdf.writer import write
from doc_templates.reading.reader import read


def lay_out(docx: bytes) -> Layout:
    """Lay a Word file out into pages.

    Raises:
        PaperUnreadable: not a Word document within limits.
        PaperUnsupported: it holds what this engine does not lay out; every place is named.
    """
    return lay_out_paper(read(docx))


def to_pdf(docx: bytes) -> bytes:
    """Make a PDF of a Word file; equal files give equal bytes.

    Raises:
        PaperUnreadable: not a Word document within limits, or a picture in it is damaged.
        PaperUnsupported: it holds what this engine does not lay out; every place is named.
    """
    return write(lay_out(docx))
