"""Marks that are printed over a paper and stand in no Word file."""

from itertools import groupby
from typing import Final

import segno

from doc_templates.layout import faces
from doc_templates.layout.display import Area, Glyphs, Layout

DRAFT: Final = "DỰ THẢO"
#: The mark is no part of the form of a paper (Nghị định 30 names none): it stands in the upper
#: margin of the first page, where nothing else does, at the edge of the text.
_SIZE_PT: Final = 13.0
_RIGHT_PT: Final = 43.0
_TOP_PT: Final = 20.0
_INSET_PT: Final = 5.0
_HEIGHT_PT: Final = 20.0
_COLOR: Final = "C00000"
#: A code stands in the lower left corner of the first page, outside the text, with its quiet zone.
_CODE_MM: Final = 18.0
_CODE_EDGE_MM: Final = 6.0
_POINTS_PER_MM: Final = 72 / 25.4
_CODE_INK: Final = "000000"


def stamp_draft(layout: Layout) -> None:
    """Print DỰ THẢO in a frame over the first page."""
    if not layout.pages:
        return
    page = layout.pages[0]
    face = faces.face(bold=True)
    width = face.width(DRAFT) * _SIZE_PT
    x = page.width - _RIGHT_PT - width - 2 * _INSET_PT
    frame = Area(x, _TOP_PT, width + 2 * _INSET_PT, _HEIGHT_PT, "", _COLOR, 0.75)
    baseline = _TOP_PT + _HEIGHT_PT - _INSET_PT - 0.5
    letters = Glyphs(x + _INSET_PT, baseline, DRAFT, face.name, _SIZE_PT, _COLOR, width=width)
    page.items = [*page.items, frame, letters]


def stamp_code(layout: Layout, text: str) -> None:
    """Print a QR code that says `text` in the lower left corner of the first page.

    Raises:
        ValueError: the text is longer than a code can hold.
    """
    if not layout.pages:
        return
    page = layout.pages[0]
    matrix = [
        bytes(row) for row in segno.make(text, error="m", micro=False, boost_error=False).matrix
    ]
    size = _CODE_MM * _POINTS_PER_MM
    module = size / len(matrix)
    left = _CODE_EDGE_MM * _POINTS_PER_MM
    top = page.height - left - size
    drawn = []
    for number, row in enumerate(matrix):
        start = 0
        for is_dark, run in groupby(row):
            length = len(list(run))
            if is_dark:
                x, y = left + start * module, top + number * module
                drawn.append(Area(x, y, length * module, module, _CODE_INK))
            start += length
    page.items = [*page.items, *drawn]
