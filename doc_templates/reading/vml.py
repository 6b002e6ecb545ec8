"""Reads w:pict, the drawings of Word before 2010: lines, rectangles, text boxes, pictures."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from doc_templates.reading import drawn, pens
from doc_templates.reading.drawn import DrawingContext, Faults, Refused, children, first
from doc_templates.reading.model import Anchor, Drawing, RunStyle, Shape, TextBox

_LONGEST_STYLE: Final = 4_000
_SHAPES: Final = frozenset(
    {
        "v:shape",
        "v:line",
        "v:rect",
        "v:oval",
        "v:roundrect",
        "v:polyline",
        "v:curve",
        "v:arc",
        "v:image",
        "v:group",
    }
)
_REFUSED: Final = {
    "v:oval": "hình “oval”",
    "v:roundrect": "hình “roundRect”",
    "v:polyline": "hình vẽ tự do",
    "v:curve": "hình “curve”",
    "v:arc": "hình “arc”",
    "v:image": "ảnh kiểu VML cũ",
    "v:group": drawn.GROUP,
}
#: Kinds of v:shape by their number (MS-ODRAW, MSOSPT).
_RECTANGLE: Final = 1
_LINE: Final = 20
_CONNECTOR: Final = 32
_PICTURE: Final = 75
_TEXT_BOX: Final = 202
_WORD_ART: Final = range(136, 176)
_H_FROM: Final = {
    "text": "column",
    "column": "column",
    "margin": "margin",
    "page": "page",
    "char": "character",
    "left-margin-area": "leftMargin",
    "right-margin-area": "rightMargin",
}
_V_FROM: Final = {
    "text": "paragraph",
    "paragraph": "paragraph",
    "margin": "margin",
    "page": "page",
    "line": "line",
    "top-margin-area": "topMargin",
    "bottom-margin-area": "bottomMargin",
}
_H_ALIGN: Final = {"absolute": "", "left": "left", "center": "center", "right": "right"}
_V_ALIGN: Final = {"absolute": "", "top": "top", "center": "center", "bottom": "bottom"}
#: Word writes the second for what is not set.
_NO_SHARE: Final = frozenset({"0", "-10001"})
_SHARES: Final = tuple(f"mso-{what}-percent" for what in ("left", "top", "width", "height"))
_VALIGN: Final = {"top": "top", "middle": "center", "bottom": "bottom"}


@dataclass(frozen=True, slots=True)
class _Made:
    """A drawing before its text: how far its left top corner is from where it is anchored."""

    left: float
    top: float
    width: float
    height: float
    shapes: tuple[Shape, ...]


def read(
    element: etree._Element, *, style: RunStyle, context: DrawingContext, faults: Faults
) -> Drawing | None:
    """Read a w:pict. None without a fault means that nothing shows."""
    shapes = [(name, one) for name, one in children(element) if name in _SHAPES]
    if len(shapes) != 1:
        faults.add(drawn.GROUP if shapes else drawn.EMPTY)
        return None
    name, shape = shapes[0]
    css = read_css(shape.get("style"))
    if css.get("visibility") == "hidden":
        return None
    if name in _REFUSED:
        faults.add(_REFUSED[name])
        return None
    _check(shape, css, faults)
    made: _Made | None = None
    with faults:
        made = _make(name, shape, css, context, faults)
    anchor: Anchor | None = None
    if css.get("position") == "absolute":
        wrap = first(shape, "w10:wrap")
        with faults:
            anchor = _read_anchor(css, wrap, faults)
        if wrap is not None and wrap.get("type", "none") != "none":
            faults.add(drawn.WRAPPED)
        if drawn.is_in_box(shape):
            faults.add(drawn.ANCHORED_IN_BOX)
    if faults.found or made is None:
        return None
    if anchor is not None:
        anchor = replace(anchor, h_offset=made.left, v_offset=made.top)
    drawn_shapes = made.shapes
    content = first(shape, "v:textbox", "w:txbxContent")
    if content is not None:
        with faults:
            blocks = drawn.read_box_text(context, content)
            drawn_shapes = tuple(
                replace(one, blocks=blocks) if isinstance(one, TextBox) else one
                for one in drawn_shapes
            )
    return Drawing(
        width=made.width, height=made.height, shapes=drawn_shapes, style=style, anchor=anchor
    )


def read_css(text: str | None) -> Mapping[str, str]:
    """Read the attribute `style` by property; the last of several wins."""
    found: dict[str, str] = {}
    for one in (text or "")[:_LONGEST_STYLE].split(";"):
        name, colon, value = one.partition(":")
        if colon:
            found[name.strip().lower()] = value.strip()
    return found


def _kind_of(shape: etree._Element) -> int:
    """Give the number of a shape's type; 0 for one that is drawn freely."""
    for text in (shape.get("type", "").rpartition("_t")[2], shape.get(f"{drawn.OFFICE}spt")):
        value = drawn.figure(text)
        if value is not None and 0 < value < 1_000:
            return int(value)
    return 0


def _check(shape: etree._Element, css: Mapping[str, str], faults: Faults) -> None:
    """Refuse what changes any shape."""
    if drawn.is_true(shape.get(f"{drawn.OFFICE}hr")):
        faults.add("đường kẻ ngang (Horizontal Line)")
    if css.get("rotation", "0").rstrip("fd") not in {"0", ""}:
        faults.add(drawn.TURNED)
    if any(css.get(name, "0") not in _NO_SHARE for name in _SHARES):
        faults.add(drawn.SHARES)
    for name, one in children(shape):
        match name:
            case "v:shadow" if drawn.is_true(one.get("on")):
                faults.add(pens.EFFECTS)
            case "o:extrusion" if drawn.is_true(one.get("on")):
                faults.add("hiệu ứng 3D")
            case "v:textpath" if drawn.is_true(one.get("on"), default=True):
                faults.add("chữ nghệ thuật (WordArt)")
            case "o:signatureline":
                faults.add("ô ký của Office")
            case "o:callout" if drawn.is_true(one.get("on")):
                faults.add("hình “callout”")
            case "w10:bordertop" | "w10:borderleft" | "w10:borderbottom" | "w10:borderright":
                faults.add("viền quanh ảnh")


def _make(
    name: str,
    shape: etree._Element,
    css: Mapping[str, str],
    context: DrawingContext,
    faults: Faults,
) -> _Made:
    if name == "v:line":
        return _make_line(shape, css, faults)
    kind = _RECTANGLE if name == "v:rect" else _kind_of(shape)
    if kind in _WORD_ART:
        raise Refused("chữ nghệ thuật (WordArt)")
    width, height = drawn.length(css.get("width")), drawn.length(css.get("height"))
    if width < 0 or height < 0:
        raise Refused(drawn.BAD_SIZE)
    # Margins add to the place, as in any style sheet; only a v:line does without both.
    left = drawn.length(css.get("left"), 0.0) + drawn.length(css.get("margin-left"), 0.0)
    top = drawn.length(css.get("top"), 0.0) + drawn.length(css.get("margin-top"), 0.0)
    made = _Made(left, top, width, height, ())
    if kind in {_LINE, _CONNECTOR}:
        if first(shape, "v:textbox") is not None:
            faults.add("chữ trên đường kẻ")
        pen = pens.read_stroke(shape, faults, usually=True)
        flip = css.get("flip", "").lower()
        return replace(
            made,
            shapes=pens.line_across(width, height, pen, flips_h="x" in flip, flips_v="y" in flip),
        )
    if kind == _PICTURE or (kind in {0, _RECTANGLE} and first(shape, "v:imagedata") is not None):
        return replace(made, shapes=_make_picture(shape, css, width, height, context, faults))
    if kind not in {_RECTANGLE, _TEXT_BOX}:
        raise Refused(f"hình VML kiểu {kind}" if kind else "hình vẽ tự do")
    if first(shape, "v:imagedata") is not None:
        faults.add("ảnh trong hình vẽ")
    pen = pens.read_stroke(shape, faults, usually=True)
    fill = pens.read_filled(shape, usually=True)
    box = TextBox(0.0, 0.0, width, height, fill=fill)
    line = pens.edge(pen)
    holder = first(shape, "v:textbox")
    if holder is None:
        return replace(made, shapes=(replace(box, line=line),))
    # LibreOffice makes a frame of such a box, with the border within it.
    box = pens.bordered_within(_with_body(box, holder, css, faults), line)
    return replace(made, shapes=(box,))


def _make_line(shape: etree._Element, css: Mapping[str, str], faults: Faults) -> _Made:
    """Make a v:line, whose ends are measured from where it is anchored, and may be flipped."""
    x1, y1 = _point(shape.get("from", "0,0"))
    x2, y2 = _point(shape.get("to", "10,10"))
    pen = pens.read_stroke(shape, faults, usually=True)
    flip = css.get("flip", "").lower()
    lines = pens.line_across(
        abs(x2 - x1),
        abs(y2 - y1),
        pen,
        flips_h=(x2 < x1) != ("x" in flip),
        flips_v=(y2 < y1) != ("y" in flip),
    )
    return _Made(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1), lines)


def _point(text: str) -> tuple[float, float]:
    x, _, y = text.partition(",")
    return drawn.length(x, 0.0), drawn.length(y, 0.0)


def _make_picture(
    shape: etree._Element,
    css: Mapping[str, str],
    width: float,
    height: float,
    context: DrawingContext,
    faults: Faults,
) -> tuple[Shape, ...]:
    source = first(shape, "v:imagedata")
    if source is None:
        raise Refused("ảnh không có trong tệp")
    media = ""
    with faults:
        rel_id = drawn.relationship(source, "id")
        if not rel_id and (drawn.relationship(source, "href") or source.get("src")):
            raise Refused("ảnh liên kết ngoài tệp")
        media = drawn.media_of(context, rel_id)
    if css.get("flip"):
        faults.add("ảnh xoay hoặc lật")
    if any(source.get(name) is not None for name in ("gain", "blacklevel", "gamma")):
        faults.add("ảnh chỉnh độ sáng, tương phản")
    if source.get("chromakey") is not None or any(
        drawn.is_true(source.get(name)) for name in ("grayscale", "bilevel")
    ):
        faults.add("ảnh đổi màu")
    left, top, right, bottom = (
        drawn.fraction(source.get(f"crop{side}")) for side in ("left", "top", "right", "bottom")
    )
    if min(left, top, right, bottom) < 0 or left + right >= 1 or top + bottom >= 1:
        faults.add("ảnh cắt quá khung")
    line = pens.edge(pens.read_stroke(shape, faults, usually=False))
    ground = pens.read_filled(shape, usually=False)
    return pens.framed(width, height, media, (left, top, right, bottom), line=line, ground=ground)


def _with_body(
    box: TextBox, holder: etree._Element, css: Mapping[str, str], faults: Faults
) -> TextBox:
    """Set out how a text box holds its text."""
    own = read_css(holder.get("style"))
    if own.get("layout-flow", "horizontal") != "horizontal":
        faults.add("chữ xoay dọc trong ô chữ")
    if css.get("mso-wrap-style", "square") == "none":
        faults.add("ô chữ không tự xuống dòng")
    if "mso-next-textbox" in own:
        faults.add("ô chữ nối sang ô khác")
    valign = _VALIGN.get(css.get("v-text-anchor", "top"), "")
    if not valign:
        faults.add("căn dọc trong ô chữ")
    sides = [*(holder.get("inset") or "").split(","), "", "", ""][:4]
    left, right = (drawn.length(sides[place], 7.2, usually="emu") for place in (0, 2))
    top, bottom = (drawn.length(sides[place], 3.6, usually="emu") for place in (1, 3))
    return replace(
        box,
        insets=(left, top, right, bottom),
        valign=valign,
        grows=drawn.is_true(own.get("mso-fit-shape-to-text")),
    )


def _read_anchor(css: Mapping[str, str], wrap: etree._Element | None, faults: Faults) -> Anchor:
    """Read from where the place of an absolute shape is measured, without the offsets.

    `wrap` may say what the style does not.
    """
    beside = {} if wrap is None else {name: wrap.get(name) for name in ("anchorx", "anchory")}
    across = css.get("mso-position-horizontal-relative") or beside.get("anchorx") or "text"
    down = css.get("mso-position-vertical-relative") or beside.get("anchory") or "text"
    h_from, v_from = _H_FROM.get(across, ""), _V_FROM.get(down, "")
    h_align = _H_ALIGN.get(css.get("mso-position-horizontal", "absolute"))
    v_align = _V_ALIGN.get(css.get("mso-position-vertical", "absolute"))
    if not h_from or not v_from or h_align is None or v_align is None:
        faults.add(drawn.FACING)
    index = drawn.figure(css.get("z-index", "0"))
    return Anchor(
        h_from=h_from,
        h_align=h_align or "",
        v_from=v_from,
        v_align=v_align or "",
        behind=index is not None and index < 0,
    )
