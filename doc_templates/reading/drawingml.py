"""Reads w:drawing: where the drawing stands, and the one picture or shape in it."""

from dataclasses import replace
from typing import Final

from lxml import etree

from doc_templates.reading import drawn, outlines, pens
from doc_templates.reading.drawn import DrawingContext, Faults, Refused, Unknown, children, first
from doc_templates.reading.model import (
    Anchor,
    Drawing,
    Edge,
    RunStyle,
    Shape,
    TextBox,
)

_CONTENTS: Final = {
    "chart": "biểu đồ",
    "chartex": "biểu đồ",
    "diagram": "SmartArt",
    "wordprocessingGroup": drawn.GROUP,
    "wordprocessingCanvas": "khung vẽ (Drawing Canvas)",
    "ole": "đối tượng nhúng (OLE)",
    "lockedCanvas": "khung vẽ (Drawing Canvas)",
    "slicer": "bộ lọc bảng (Slicer)",
    "webVideoPr": "phim trên mạng",
    "compatibility": "hình vẽ kiểu cũ",
}
#: What new programs draw, and keep a picture of for old ones.
_PICTURED: Final = {"wordprocessingInk": "nét mực (Ink)", "model3d": "mô hình 3D"}
_PICTURE: Final = "picture"
_SHAPE: Final = "wordprocessingShape"
_LINES: Final = frozenset({"line", "straightConnector1"})
_RECTANGLES: Final = frozenset({"rect", "flowChartProcess"})
_H_FROM: Final = frozenset({"column", "page", "margin", "leftMargin", "rightMargin", "character"})
_V_FROM: Final = frozenset({"paragraph", "page", "margin", "line", "topMargin", "bottomMargin"})
_H_ALIGN: Final = frozenset({"", "left", "center", "right"})
_V_ALIGN: Final = frozenset({"", "top", "center", "bottom"})
_WRAPS: Final = frozenset(
    {"wp:wrapSquare", "wp:wrapTight", "wp:wrapThrough", "wp:wrapTopAndBottom"}
)
_VALIGN: Final = {"t": "top", "ctr": "center", "b": "bottom"}
_WHOLE: Final = 100_000.0
_TURN: Final = 60_000 * 360


def read(
    element: etree._Element, *, style: RunStyle, context: DrawingContext, faults: Faults
) -> Drawing | None:
    """Read a w:drawing. None without a fault means that nothing shows."""
    frames = [one for name, one in children(element) if name in {"wp:inline", "wp:anchor"}]
    if len(frames) != 1:
        faults.add(drawn.EMPTY, is_final=False)
        return None
    frame = frames[0]
    properties = first(frame, "wp:docPr")
    if properties is not None and drawn.is_true(properties.get("hidden")):
        return None
    width = height = 0.0
    with faults:
        width, height = _size(first(frame, "wp:extent"))
    shapes: tuple[Shape, ...] = ()
    content: etree._Element | None = None
    with faults:
        shapes, content = _read_graphic(frame, width, height, context, faults)
    anchor: Anchor | None = None
    if drawn.tag(frame) == "wp:anchor":
        with faults:
            anchor = _read_anchor(frame, faults)
        if drawn.is_in_box(frame):
            faults.add(drawn.ANCHORED_IN_BOX)
    if faults.found:
        return None
    if content is not None:
        with faults:
            blocks = drawn.read_box_text(context, content)
            shapes = tuple(
                replace(one, blocks=blocks) if isinstance(one, TextBox) else one for one in shapes
            )
    return Drawing(width=width, height=height, shapes=shapes, style=style, anchor=anchor)


def _size(element: etree._Element | None) -> tuple[float, float]:
    if element is None:
        raise Refused(drawn.BAD_SIZE)
    return drawn.extent(element.get("cx")), drawn.extent(element.get("cy"))


def _read_anchor(frame: etree._Element, faults: Faults) -> Anchor:
    """Read where an anchored drawing stands. What matters only to wrapping is passed over."""
    if any(name in _WRAPS for name, _ in children(frame)):
        faults.add(drawn.WRAPPED)
    for name, one in children(frame):
        if name in {"wp14:sizeRelH", "wp14:sizeRelV"} and any(
            drawn.figure(share.text) != 0.0 for _, share in children(one)
        ):
            faults.add(drawn.SHARES)
    behind = drawn.is_true(frame.get("behindDoc"))
    if drawn.is_true(frame.get("simplePos")):
        faults.add("vị trí tuyệt đối (simplePos)")
    h_from, h_offset, h_align = _read_place(first(frame, "wp:positionH"), "column", _H_FROM)
    v_from, v_offset, v_align = _read_place(first(frame, "wp:positionV"), "paragraph", _V_FROM)
    if h_align not in _H_ALIGN or v_align not in _V_ALIGN:
        faults.add(drawn.FACING)
    if v_from == "line" and v_align not in {"", "top"}:
        faults.add("hình căn theo dòng chữ")
    return Anchor(
        h_from=h_from,
        h_offset=h_offset,
        h_align=h_align,
        v_from=v_from,
        v_offset=v_offset,
        v_align=v_align,
        behind=behind,
        in_cell=drawn.is_true(frame.get("layoutInCell"), default=True),
    )


def _read_place(
    element: etree._Element | None, default: str, known: frozenset[str]
) -> tuple[str, float, str]:
    """Read a positionH or positionV as reference, offset and alignment."""
    if element is None:
        return default, 0.0, ""
    reference = element.get("relativeFrom", default)
    if reference not in known:
        raise Refused(drawn.FACING)
    for name, one in children(element):
        text = (one.text or "").strip()
        if name == "wp:posOffset":
            return reference, drawn.emu(text), ""
        if name == "wp:align":
            return reference, 0.0, text
        if name in {"mc:AlternateContent", "wp14:pctPosHOffset", "wp14:pctPosVOffset"}:
            raise Refused(drawn.SHARES)
    return reference, 0.0, ""


def _read_graphic(
    frame: etree._Element, width: float, height: float, context: DrawingContext, faults: Faults
) -> tuple[tuple[Shape, ...], etree._Element | None]:
    """Read what is drawn: shapes, and the text that goes into the text box among them."""
    holder = first(frame, "a:graphic", "a:graphicData")
    if holder is None:
        raise Unknown(drawn.EMPTY)
    kind = holder.get("uri", "").rpartition("/")[2]
    if kind == _PICTURE:
        picture = first(holder, "pic:pic")
        if picture is None:
            raise Unknown(drawn.EMPTY)
        return _read_picture(picture, width, height, context, faults), None
    if kind == _SHAPE:
        shape = first(holder, "wps:wsp")
        if shape is None:
            raise Unknown(drawn.EMPTY)
        return _read_shape(shape, width, height, context, faults)
    if kind in _CONTENTS:
        raise Refused(_CONTENTS[kind])
    raise Unknown(_PICTURED.get(kind, f"hình kiểu “{kind[:40]}”"))


def _read_picture(
    picture: etree._Element, width: float, height: float, context: DrawingContext, faults: Faults
) -> tuple[Shape, ...]:
    fill = first(picture, "pic:blipFill")
    blip = first(fill, "a:blip")
    media = ""
    crop = (0.0, 0.0, 0.0, 0.0)
    if blip is None:
        faults.add("ảnh không có trong tệp")
    else:
        with faults:
            embedded = drawn.relationship(blip, "embed")
            if not embedded and drawn.relationship(blip, "link"):
                raise Refused("ảnh liên kết ngoài tệp")
            media = drawn.media_of(context, embedded)
        _check_effects(blip, faults)
    with faults:
        crop = _read_shares(first(fill, "a:srcRect"))
        if min(crop) < 0 or crop[0] + crop[2] >= 1 or crop[1] + crop[3] >= 1:
            raise Refused("ảnh cắt quá khung")
    with faults:
        stretched = first(fill, "a:stretch")
        if first(fill, "a:tile") is not None or any(_read_shares(first(stretched, "a:fillRect"))):
            raise Refused("ảnh lát hoặc không phủ kín khung")
    properties = first(picture, "pic:spPr")
    geometry = outlines.geometry(properties, default="rect")
    if geometry not in _RECTANGLES:
        faults.add("ảnh cắt theo hình")
    turned, flips_h, flips_v = _turn(properties)
    if turned or flips_h or flips_v:
        faults.add("ảnh xoay hoặc lật")
    outlines.check_effects(properties, None, faults)
    line: Edge | None = None
    ground = ""
    with faults:
        line = pens.edge(outlines.read_line(properties, None, context, faults))
    with faults:
        ground = outlines.read_fill(properties, None, context)
    return pens.framed(width, height, media, crop, line=line, ground=ground)


def _check_effects(blip: etree._Element, faults: Faults) -> None:
    """Refuse what changes the colours of a picture; extensions carry only what Word keeps."""
    for name, one in children(blip):
        figures = {
            key: drawn.figure(one.get(key))
            for key in ("bright", "contrast", "amt")
            if key in one.attrib
        }
        match name:
            case "a:extLst":
                continue
            case "a:lum" if not any(figures.values()):
                continue
            case "a:alphaModFix" if figures.get("amt", _WHOLE) == _WHOLE:
                continue
            case "a:lum":
                faults.add("ảnh chỉnh độ sáng, tương phản")
            case "a:alphaModFix":
                faults.add("ảnh trong suốt")
            case _:
                faults.add("ảnh đổi màu")


def _read_shares(element: etree._Element | None) -> tuple[float, float, float, float]:
    """Read the edges of a relative rectangle as left, top, right, bottom shares."""
    if element is None:
        return 0.0, 0.0, 0.0, 0.0
    left, top, right, bottom = (outlines.share(element.get(edge, "0")) for edge in "ltrb")
    return left, top, right, bottom


def _read_shape(
    shape: etree._Element, width: float, height: float, context: DrawingContext, faults: Faults
) -> tuple[tuple[Shape, ...], etree._Element | None]:
    properties = first(shape, "wps:spPr")
    style = first(shape, "wps:style")
    geometry = outlines.geometry(properties, default="")
    content = first(shape, "wps:txbx", "w:txbxContent")
    if first(shape, "wps:linkedTxbx") is not None:
        faults.add("ô chữ nối sang ô khác")
    outlines.check_effects(properties, style, faults)
    pen: pens.Pen | None = None
    with faults:
        pen = outlines.read_line(properties, style, context, faults)
    turned, flips_h, flips_v = _turn(properties)
    if geometry in _LINES:
        if content is not None:
            faults.add("chữ trên đường kẻ")
        shapes = pens.line_across(
            width, height, pen, flips_h=flips_h, flips_v=flips_v, turned=turned
        )
        return shapes, None
    if geometry not in _RECTANGLES:
        raise Refused(f"hình “{geometry[:40]}”" if geometry else "hình vẽ tự do")
    # A rectangle that is flipped is the same one; its text stays upright when flipped across.
    if turned not in {0.0, 180.0} or ((turned or flips_v) and content is not None):
        faults.add(drawn.TURNED)
    fill = ""
    with faults:
        fill = outlines.read_fill(properties, style, context)
    box = TextBox(0.0, 0.0, width, height, line=pens.edge(pen), fill=fill)
    if content is not None:
        with faults:
            outlines.check_letters(style, content, context)
        with faults:
            box = _with_body(box, first(shape, "wps:bodyPr"), faults)
    return (box,), content


def _with_body(box: TextBox, body: etree._Element | None, faults: Faults) -> TextBox:
    """Set out how a text box holds its text; without a w:bodyPr all is as usual."""
    if body is None:
        return box
    if body.get("vert", "horz") != "horz":
        faults.add("chữ xoay dọc trong ô chữ")
    if drawn.figure(body.get("rot", "0")) != 0.0:
        faults.add("chữ xoay trong ô chữ")
    if body.get("wrap", "square") != "square":
        faults.add("ô chữ không tự xuống dòng")
    if drawn.is_true(body.get("anchorCtr")):
        faults.add("ô chữ căn giữa theo chiều ngang của khung")
    if body.get("numCol", "1") not in {"0", "1"}:
        faults.add("ô chữ nhiều cột")
    warp = first(body, "a:prstTxWarp")
    if warp is not None and warp.get("prst", "textNoShape") != "textNoShape":
        faults.add("chữ nghệ thuật (WordArt)")
    fit = first(body, "a:normAutofit")
    if fit is not None and outlines.share(fit.get("fontScale", "100000")) != 1.0:
        faults.add("ô chữ tự thu nhỏ chữ")
    if any(first(body, name) is not None for name in ("a:scene3d", "a:sp3d")):
        faults.add("hiệu ứng 3D")
    valign = _VALIGN.get(body.get("anchor", "t"), "")
    if not valign:
        faults.add("căn dọc trong ô chữ")
    left, right = (drawn.emu(body.get(name), default=7.2) for name in ("lIns", "rIns"))
    top, bottom = (drawn.emu(body.get(name), default=3.6) for name in ("tIns", "bIns"))
    return replace(
        box,
        insets=(left, top, right, bottom),
        valign=valign,
        grows=first(body, "a:spAutoFit") is not None,
    )


def _turn(properties: etree._Element | None) -> tuple[float, bool, bool]:
    """Read by how many degrees a shape is turned, and whether it is flipped.

    Raises:
        Refused: the turn is no number.
    """
    frame = first(properties, "a:xfrm")
    if frame is None:
        return 0.0, False, False
    turned = drawn.figure(frame.get("rot", "0"))
    if turned is None:
        raise Refused(drawn.TURNED)
    return (
        turned % _TURN / 60_000,
        drawn.is_true(frame.get("flipH")),
        drawn.is_true(frame.get("flipV")),
    )
