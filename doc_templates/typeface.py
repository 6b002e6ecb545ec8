"""How wide a line of the official typeface is.

The figures are the advances of Times, which every Times-metric face shares (Times New
Roman, Liberation Serif, Tinos). A letter with marks is as wide as its bare letter, but for
the horn of ơ and ư, which is wider in each face; checked against measured lines of real
papers to a tenth of a millimetre.
"""

import unicodedata
from itertools import pairwise
from typing import Final

from reportlab.pdfbase.pdfmetrics import stringWidth

_POINTS_PER_MM: Final = 72 / 25.4
_FACES: Final = {
    (False, False): "Times-Roman",
    (True, False): "Times-Bold",
    (False, True): "Times-Italic",
    (True, True): "Times-BoldItalic",
}
#: Finer than a letter: a narrower search would not move a word.
_BALANCE_STEP_MM: Final = 0.5
_BARE: Final = str.maketrans({"đ": "d", "Đ": "D"})
_HORN: Final = "\u031b"
#: What the horn adds to ơ, ư and Ư in each face, in thousandths of the size; Ơ is as wide as O.
_HORN_ADDS: Final = {
    (False, False): {"o": 29, "u": 42, "U": 54},
    (True, False): {"o": 54, "u": 44, "U": 74},
    (False, True): {"o": 34, "u": 45, "U": 32},
    (True, True): {"o": 37, "u": 43, "U": 53},
}


def width_mm(text: str, *, size_pt: float, bold: bool = False, italic: bool = False) -> float:
    """Measure one line of text in millimetres."""
    decomposed = unicodedata.normalize("NFD", text.translate(_BARE))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    horned = pairwise(decomposed)
    adds = _HORN_ADDS[bold, italic]
    horns = sum(adds.get(letter, 0) for letter, mark in horned if mark == _HORN)
    points = float(stringWidth(bare, _FACES[bold, italic], size_pt)) + horns * size_pt / 1000
    return points / _POINTS_PER_MM


def break_lines(
    text: str, *, within_mm: float, size_pt: float, bold: bool = False, italic: bool = False
) -> list[str]:
    """Break text into lines no wider than `within_mm`, filling each from the left.

    A single word wider than the line stands alone on its line. Empty text gives no line. A
    non-breaking space holds its words together.
    """
    lines: list[str] = []
    for word in filter(None, text.split(" ")):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_mm(longer, size_pt=size_pt, bold=bold, italic=italic) <= within_mm:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def balance_lines(
    text: str, *, within_mm: float, size_pt: float, bold: bool = False, italic: bool = False
) -> list[str]:
    """Break text into as few lines as fit, of lengths as equal as words allow.

    What a careful clerk does by hand under a title, so that no word is left alone.
    """
    widest = break_lines(text, within_mm=within_mm, size_pt=size_pt, bold=bold, italic=italic)
    least, most = 0.0, within_mm
    best = widest
    while most - least > _BALANCE_STEP_MM:
        middle = (least + most) / 2
        lines = break_lines(text, within_mm=middle, size_pt=size_pt, bold=bold, italic=italic)
        if len(lines) > len(widest):
            least = middle
        else:
            most, best = middle, lines
    return best
