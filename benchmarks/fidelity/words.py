"""The words of a PDF with their places, as PDFium reads them: origins of letters, baselines."""

import ctypes
import unicodedata
from typing import Final, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

#: Letters of one word stand on one baseline, but for raised and lowered ones.
_SAME_LINE_PT: Final = 3.0
_BREAKS: Final = frozenset("\u00a0\u00ad\ufffe\u0002\u2028")


class Word(NamedTuple):
    """A word; `x` of its first letter, `y` of the baseline, points from the page's top left."""

    text: str
    x: float
    y: float


def words_of(pdf: bytes) -> list[list[Word]]:
    """Read the words of each page, in the order in which they are drawn, composed (NFC)."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_words_of_page(document[place]) for place in range(len(document))]
    finally:
        document.close()


def _words_of_page(page: pypdfium2.PdfPage) -> list[Word]:
    text = page.get_textpage()
    height = page.get_height()
    found: list[list[object]] = []
    current: list[object] | None = None
    x, y = ctypes.c_double(), ctypes.c_double()
    for place in range(pdfium.FPDFText_CountChars(text.raw)):
        letter = chr(pdfium.FPDFText_GetUnicode(text.raw, place))
        is_made_up = pdfium.FPDFText_IsGenerated(text.raw, place) == 1
        if letter.isspace() or letter in _BREAKS or is_made_up:
            current = None
            continue
        pdfium.FPDFText_GetCharOrigin(text.raw, place, ctypes.byref(x), ctypes.byref(y))
        down = height - y.value
        if current is None or abs(float(current[2]) - down) > _SAME_LINE_PT:  # type: ignore[arg-type]
            current = [letter, x.value, down]
            found.append(current)
        else:
            current[0] = f"{current[0]}{letter}"
    return [
        Word(unicodedata.normalize("NFC", str(one[0])), float(one[1]), float(one[2]))  # type: ignore[arg-type]
        for one in found
    ]
