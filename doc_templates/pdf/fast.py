"""Our own engine: the bytes of a Word file laid out as PDF, without an office suite."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from doc_templates.deadline import Deadline
from doc_templates.errors import PaperFinding, PaperUnsupported
from doc_templates.layout.display import Layout
from doc_templates.layout.laying import lay_out as lay_out_paper
from doc_templates.pdf.writer import write
from doc_templates.reading.reader import read

#: Counts up whenever a page may look otherwise than before: pictures are kept under it.
VERSION: Final = "1"
#: How long a file may take, unless the caller says otherwise; an office's own takes milliseconds.
SECONDS: Final = 60.0


def lay_out(docx: bytes, *, seconds: float = SECONDS) -> Layout:
    """Lay a Word file out into pages.

    Raises:
        PaperUnreadable: not a Word document within limits.
        PaperUnsupported: it holds what this engine does not lay out; every place is named.
        ConversionFailed: it took longer than `seconds`.
    """
    deadline = Deadline(seconds)
    with _uncollected():
        return lay_out_paper(read(docx, deadline), deadline)


def to_pdf(docx: bytes, *, seconds: float = SECONDS) -> bytes:
    """Make a PDF of a Word file; equal files give equal bytes.

    Raises:
        PaperUnreadable: not a Word document within limits, or a picture in it is damaged.
        PaperUnsupported: it holds what this engine does not lay out; every place is named.
        ConversionFailed: it took longer than `seconds`.
    """
    with _uncollected():
        return write(lay_out(docx, seconds=seconds))


def find_unsupported(docx: bytes) -> tuple[PaperFinding, ...]:
    """Name what of a file, such as a template, this engine does not lay out; () for nothing.

    Raises:
        PaperUnreadable: not a Word document within limits.
        ConversionFailed: it took too long.
    """
    try:
        lay_out(docx)
    except PaperUnsupported as error:
        return error.findings
    return ()


_count = threading.Lock()
_laying_out = 0
_was_on = False


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let no search for rings of objects interrupt: pages have none, and are of limited size.

    The search goes on when the last thread that lays out is done.
    """
    global _laying_out, _was_on
    with _count:
        if not _laying_out:
            _was_on = gc.isenabled()
            gc.disable()
        _laying_out += 1
    try:
        yield
    finally:
        with _count:
            _laying_out -= 1
            if not _laying_out and _was_on:
                gc.enable()
