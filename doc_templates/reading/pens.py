"""How lines and grounds of shapes are drawn: what both languages mean, and how VML says it."""

import math
from dataclasses import replace
from typing import Final, NamedTuple

from lxml import etree

from doc_templates.reading import colors, drawn
from doc_templates.reading.drawn import Faults, Refused, first
from doc_templates.reading.model import Edge, Image, Shape, Stroke, TextBox

TRANSPARENT: Final = "màu trong suốt"
GRADIENT: Final = "màu chuyển sắc"
PATTERN: Final = "nền hoa văn hoặc nền ảnh"
EFFECTS: Final = "hiệu ứng của hình (bóng, phát sáng…)"
ARROW: Final = "đường kẻ có mũi tên"
ROUND: Final = "đường kẻ đầu tròn"
COMPOUND: Final = "đường kẻ nhiều nét"
SOLID: Final = "solid"
FLAT: Final = "flat"
SQUARE: Final = "sq"
#: What counts as no width is drawn as thin as one can see.
THINNEST: Final = 0.1
#: Word's words for the border of a text box, by the dash of its outline.
_EDGES: Final = {
    "": "single",
    "dot": "dotted",
    "sysDot": "dotted",
    "dash": "dashed",
    "sysDash": "dashed",
    "lgDash": "dashed",
    "dashDot": "dotDash",
    "lgDashDot": "dotDash",
    "sysDashDot": "dotDash",
    "lgDashDotDot": "dotDotDash",
    "sysDashDotDot": "dotDotDash",
}
#: The dashes of VML in the words of DrawingML.
_VML_DASHES: Final = {
    "solid": "solid",
    "shortdash": "sysDash",
    "shortdot": "sysDot",
    "1 1": "sysDot",
    "shortdashdot": "sysDashDot",
    "shortdashdotdot": "sysDashDotDot",
    "dot": "dot",
    "dash": "dash",
    "longdash": "lgDash",
    "dashdot": "dashDot",
    "longdashdot": "lgDashDot",
    "longdashdotdot": "lgDashDotDot",
}


class Pen(NamedTuple):
    """How a line is drawn.

    `dash` is DrawingML's word for it, "" for a solid one; `cap` is "flat", "sq" for ends that
    reach half a width further, or "rnd".
    """

    width: float
    color: str
    dash: str = ""
    cap: str = FLAT


def dash_of(name: str) -> str:
    """Check DrawingML's name of a dash; "" for a solid line.

    Raises:
        Refused: it is none.
    """
    if name == SOLID:
        return ""
    if name not in _EDGES:
        raise Refused(f"nét đứt kiểu “{name[:40]}”")
    return name


def edge(pen: Pen | None) -> Edge | None:
    """Make a border of a line.

    Raises:
        Refused: its dashes have ends of their own.
    """
    if pen is None:
        return None
    if pen.dash and pen.cap != FLAT:
        raise Refused(ROUND)
    return Edge(_EDGES[pen.dash], pen.width, pen.color)


def line_across(
    width: float,
    height: float,
    pen: Pen | None,
    *,
    flips_h: bool = False,
    flips_v: bool = False,
    turned: float = 0.0,
) -> tuple[Shape, ...]:
    """Make the diagonal of a box from its top left corner, flipped, then turned by degrees.

    It turns clockwise round the centre of its box, and may leave the box. No pen, no line.

    Raises:
        Refused: its ends are not of the kind that we draw.
    """
    if pen is None:
        return ()
    if pen.cap != FLAT and (pen.dash or pen.cap != SQUARE):
        raise Refused(ROUND)
    half_width, half_height = width / 2, height / 2
    x = -half_width if not flips_h else half_width
    y = -half_height if not flips_v else half_height
    if turned:
        cos, sin = math.cos(math.radians(turned)), math.sin(math.radians(turned))
        x, y = x * cos - y * sin, x * sin + y * cos
    length = math.hypot(x, y)
    if pen.cap == SQUARE and length:
        longer = 1 + pen.width / 2 / length
        x, y = x * longer, y * longer
    ends = (half_width + x, half_height + y, half_width - x, half_height - y)
    x1, y1, x2, y2 = (round(end, 6) for end in ends)
    return (Stroke(x1, y1, x2, y2, pen.width, pen.color, pen.dash),)


def framed(
    width: float,
    height: float,
    media: str,
    crop: tuple[float, float, float, float],
    *,
    line: Edge | None,
    ground: str,
) -> tuple[Shape, ...]:
    """Make a picture with its border, which lies within its box, and the ground behind it.

    Word draws the border half outside; LibreOffice, which we follow, within.
    """
    below = (TextBox(0.0, 0.0, width, height, fill=ground),) if ground else ()
    if line is None:
        return (*below, Image(0.0, 0.0, width, height, media, crop))
    edge_width = min(line.width, width / 2, height / 2)
    image = Image(
        edge_width,
        edge_width,
        width - 2 * edge_width,
        height - 2 * edge_width,
        media,
        crop,
    )
    return (*below, image, bordered_within(TextBox(0.0, 0.0, width, height), line))


def bordered_within(box: TextBox, line: Edge | None) -> TextBox:
    """Give a box a border whose outer side is the box; its text moves in by the border."""
    if line is None:
        return box
    left, top, right, bottom = box.insets
    half = min(line.width, box.width, box.height) / 2
    return replace(
        box,
        x=box.x + half,
        y=box.y + half,
        width=box.width - 2 * half,
        height=box.height - 2 * half,
        line=line,
        insets=(left + half, top + half, right + half, bottom + half),
    )


def read_stroke(shape: etree._Element, faults: Faults, *, usually: bool) -> Pen | None:
    """Read the line of a shape of VML; `usually` says whether its kind has one.

    Raises:
        Refused: the colour or the width is not one that we draw.
    """
    own = first(shape, "v:stroke")
    stroked = shape.get("stroked")
    if own is not None and own.get("on") is not None:
        stroked = own.get("on")
    if not drawn.is_true(stroked, default=usually):
        return None
    if own is not None:
        _check_stroke(own, faults)
    text = (own.get("color") if own is not None else None) or shape.get("strokecolor") or "black"
    weight = (own.get("weight") if own is not None else None) or shape.get("strokeweight")
    name = own.get("dashstyle", SOLID).lower() if own is not None else SOLID
    dash = dash_of(_VML_DASHES.get(name, name))
    width = drawn.length(weight, 0.75)
    if width < 0:
        raise Refused(drawn.BAD_SIZE)
    return Pen(max(width, THINNEST), read_color(text), dash)


def _check_stroke(stroke: etree._Element, faults: Faults) -> None:
    if any(stroke.get(end, "none") != "none" for end in ("startarrow", "endarrow")):
        faults.add(ARROW)
    if stroke.get("linestyle", "single").lower() != "single":
        faults.add(COMPOUND)
    if stroke.get("filltype", SOLID) != SOLID:
        faults.add(PATTERN)
    if drawn.fraction(stroke.get("opacity"), 1.0) != 1.0:
        faults.add(TRANSPARENT)


def read_filled(shape: etree._Element, *, usually: bool) -> str:
    """Read the ground of a shape of VML; `usually` says whether its kind has one.

    Raises:
        Refused: it is not one plain colour.
    """
    own = first(shape, "v:fill")
    filled = shape.get("filled")
    if own is not None and own.get("on") is not None:
        filled = own.get("on")
    if not drawn.is_true(filled, default=usually):
        return ""
    if own is not None:
        kind = own.get("type", SOLID).lower()
        if kind.startswith("gradient"):
            raise Refused(GRADIENT)
        if kind != SOLID:
            raise Refused(PATTERN)
        if drawn.fraction(own.get("opacity"), 1.0) != 1.0:
            raise Refused(TRANSPARENT)
    text = (own.get("color") if own is not None else None) or shape.get("fillcolor") or "white"
    return read_color(text)


def read_color(text: str) -> str:
    """Read a colour of VML: a name or digits, with an index of the palette that we pass over.

    Raises:
        Refused: it is none.
    """
    name = text.partition("[")[0].strip()
    digits = name.removeprefix("#")
    if name.startswith("#") and len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    found = colors.hex_of(digits) if name.startswith("#") else ""
    found = found or colors.preset(name) or colors.system(name)
    if not found:
        raise Refused(f"màu “{name[:40]}”")
    return found
