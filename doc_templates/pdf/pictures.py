"""Pictures of pages, for previews: a page is written as a PDF of its own and drawn by PDFium.

The picture is of what will be printed, drawn from the same display list by the program that
most browsers show PDFs with.
"""

import io
import threading
from typing import Final

import pypdfium2
from PIL import Image

from doc_templates.layout.display import Layout
from doc_templates.pdf.writer import write

#: A screen's width, and what a printer could use.
LEAST_WIDTH: Final = 50
MOST_WIDTH: Final = 3_000
#: PDFium is one state for the whole process.
_pdfium: Final = threading.Lock()


def page_png(layout: Layout, page: int, *, width: int, is_small: bool = False) -> bytes:
    """Draw one page (counted from 0) as PNG, so many pixels wide.

    A small one has 32 colours: a page of text is a third of the bytes and reads the same.

    Raises:
        IndexError: there is no such page.
    """
    if not 0 <= page < len(layout.pages):
        raise IndexError(page)
    width = min(max(width, LEAST_WIDTH), MOST_WIDTH)
    one = Layout([layout.pages[page]], media=layout.media)
    content = write(one)
    with _pdfium:
        document = pypdfium2.PdfDocument(content)
        try:
            scale = width / layout.pages[page].width
            image = document[0].render(scale=scale).to_pil()
        finally:
            document.close()
    buffer = io.BytesIO()
    image = image.convert("RGB")
    if is_small:
        image = image.quantize(32, method=Image.Quantize.FASTOCTREE)
    image.save(buffer, "PNG", compress_level=3)
    return buffer.getvalue()
