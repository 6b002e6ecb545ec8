"""Where a drawing stands that is not set like a letter: measured from page, cell or paragraph."""

from typing import Final, NamedTuple

from doc_templates.reading.model import Anchor

_CENTRED: Final = {"center": 0.5, "inside": 0.0, "outside": 1.0, "right": 1.0, "bottom": 1.0}


class CellArea(NamedTuple):
    """What anchored drawings measure from: left, top, right, bottom of the outer and the inner
    area, and the column of text."""

    outer: tuple[float, float, float, float]
    inner: tuple[float, float, float, float]
    column: tuple[float, float]
    is_page: bool = False


def across(anchor: Anchor, width: float, area: CellArea, here: float) -> float:
    """Give the left edge of a drawing so wide; `here` is where the next letter would stand."""
    x1, _, x2, _ = area.outer
    inner1, _, inner2, _ = area.inner
    start, end = {
        "page": (x1, x2),
        "margin": (inner1, inner2),
        "leftMargin": (x1, inner1),
        "insideMargin": (x1, inner1),
        "rightMargin": (inner2, x2),
        "outsideMargin": (inner2, x2),
        "character": (here, here),
    }.get(anchor.h_from, area.column)
    if anchor.h_align:
        return start + (end - start - width) * _CENTRED.get(anchor.h_align, 0.0)
    return start + anchor.h_offset


def down(anchor: Anchor, height: float, area: CellArea, line: float, paragraph: float) -> float:
    """Give the top edge of a drawing so high, by the tops of its line and of its paragraph."""
    _, y1, _, y2 = area.outer
    _, inner1, _, inner2 = area.inner
    page = (y1, y2) if area.is_page else (inner1, inner2)
    start, end = {
        "page": page,
        "margin": (inner1, inner2),
        "topMargin": (y1, inner1),
        "bottomMargin": (inner2, y2),
        "line": (line, line),
    }.get(anchor.v_from, (paragraph, paragraph))
    if anchor.v_align:
        return start + (end - start - height) * _CENTRED.get(anchor.v_align, 0.0)
    return start + anchor.v_offset
