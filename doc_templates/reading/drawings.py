"""Reads the drawings of a paper: pictures, straight lines, rectangles and text boxes.

What lies outside is refused by name, never drawn as something like it. A drawing that is
written twice, for new programs and for old ones, is taken as the new ones see it; where we do
not know what is written there, as the old ones do.

From where an anchor measures, as LibreOffice 25.2 sets it (measured with small files):

- across: "column" and "margin" are the text area without the paragraph's indents, "leftMargin"
  and "rightMargin" the strips beside it, "character" is where the next letter would stand.
- down: "paragraph" is the bottom of the paragraph above with its space after, so the space
  before of the own paragraph lies below it; the top of the text area for the first one on a page.
  "line" is the top of the line with the anchor; "topMargin" and "bottomMargin" are the strips
  above and below the text area.
- in a cell, unless `in_cell` is off before mode 15, "column" and "margin" are the cell's text
  area, "page" and "leftMargin" its box; "page" and "margin" down are the top of its text,
  "topMargin" the top of its box.
- nothing is moved back onto the page, and no line or row becomes higher.
"""

from typing import Final

from lxml import etree

from doc_templates.reading import drawingml, drawn, vml
from doc_templates.reading.drawn import DrawingContext, Faults, children
from doc_templates.reading.model import Drawing, RunStyle

__all__ = ["DrawingContext", "read_drawing"]

#: Word writes no alternative within an alternative.
_DEEPEST: Final = 3
_OBJECTS: Final = {
    "o:OLEObject": "đối tượng nhúng (OLE)",
    "w:objectEmbed": "đối tượng nhúng (OLE)",
    "w:objectLink": "đối tượng nhúng (OLE)",
    "w:control": "điều khiển biểu mẫu (ActiveX)",
    "w:movie": "phim",
}


def read_drawing(
    element: etree._Element, *, style: RunStyle, context: DrawingContext
) -> Drawing | None:
    """Read a w:drawing, w:pict, w:object or mc:AlternateContent of a run of this style.

    None means that nothing shows here: it is hidden, or something in it was refused, and the
    context knows.
    """
    faults = Faults()
    drawing = _read(element, style, context, faults, _DEEPEST)
    for construct in faults.found:
        context.refuse(construct)
    return None if faults.found else drawing


def _read(
    element: etree._Element, style: RunStyle, context: DrawingContext, faults: Faults, depth: int
) -> Drawing | None:
    match drawn.tag(element):
        case "w:drawing":
            return drawingml.read(element, style=style, context=context, faults=faults)
        case "w:pict":
            for name, _ in children(element):
                if name in _OBJECTS:
                    faults.add(_OBJECTS[name])
            if faults.found:
                return None
            return vml.read(element, style=style, context=context, faults=faults)
        case "w:object":
            named = [_OBJECTS[name] for name, _ in children(element) if name in _OBJECTS]
            faults.add(named[0] if named else _OBJECTS["o:OLEObject"])
        case "mc:AlternateContent" if depth:
            return _read_alternatives(element, style, context, faults, depth)
        case _:
            faults.add(drawn.EMPTY, is_final=False)
    return None


def _read_alternatives(
    element: etree._Element, style: RunStyle, context: DrawingContext, faults: Faults, depth: int
) -> Drawing | None:
    """Take the first way of writing that is known; name what stops us there."""
    named: Faults | None = None
    for name, way in children(element):
        if name not in {"mc:Choice", "mc:Fallback"}:
            continue
        within = [one for _, one in children(way)]
        if not within:
            continue
        tried = Faults()
        drawing: Drawing | None = None
        if len(within) == 1:
            drawing = _read(within[0], style, context, tried, depth - 1)
        else:
            tried.add(drawn.GROUP)
        if not tried.found:
            return drawing
        named = named or tried
        if tried.is_final:
            break
    for construct in named.found if named else [drawn.EMPTY]:
        faults.add(construct)
    return None
