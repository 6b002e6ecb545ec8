"""Reads the properties of runs and paragraphs: one element in, what it sets out.

The answer is a plain dict of attribute names of `RunStyle` or `ParagraphStyle`, so that
layers of styles are laid over each other by updating one dict with the next. What we do not
know is refused by name; what does not show on paper is passed over.
"""

from collections.abc import Callable
from typing import Any, Final

from lxml import etree

from doc_templates.reading import colors
from doc_templates.reading.model import Edge, Raised, TabStop
from doc_templates.reading.names import VAL, W, is_on, local, named, number, points
from doc_templates.reading.theme import Theme, mix

Refuse = Callable[[str], None]
Layer = dict[str, Any]

_PASSED_RUN: Final = named(
    "rStyle lang noProof szCs bCs iCs kern webHidden cs specVanish snapToGrid effect w14 "
    "rsid lastRenderedPageBreak oMath glow shadow14 ligatures numForm numSpacing "
    "stylisticSets cntxtAlts"
)
#: What Word draws round letters by these is decoration that we do not draw.
_REFUSED_RUN: Final = {
    "outline": "chữ viền rỗng",
    "shadow": "chữ có bóng",
    "emboss": "chữ nổi",
    "imprint": "chữ chìm",
    "bdr": "khung quanh chữ",
    "fitText": "chữ ép vừa ô",
    "eastAsianLayout": "chữ xếp kiểu Đông Á",
    "rtl": "chữ viết từ phải sang trái",
    "em": "dấu nhấn trên chữ",
}
_TRACKED: Final = named(
    "ins del moveFrom moveTo rPrChange pPrChange tblPrChange trPrChange tcPrChange "
    "sectPrChange tblGridChange cellIns cellDel cellMerge numberingChange"
)
TRACKED: Final = "thay đổi đang theo dõi (Track Changes) chưa được chấp nhận"
_PASSED_PARAGRAPH: Final = named(
    "pStyle numPr rPr sectPr outlineLvl cnfStyle divId suppressLineNumbers "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE "
    "autoSpaceDN adjustRightInd snapToGrid suppressOverlap rsid textboxTightWrap "
    "collapsed"
)
_ALIGN: Final = {
    "left": "left",
    "start": "left",
    "right": "right",
    "end": "right",
    "center": "center",
    "both": "both",
    "distribute": "distribute",
    "mediumKashida": "both",
    "highKashida": "both",
    "lowKashida": "both",
    "thaiDistribute": "both",
}
_TAB_ALIGN: Final = {
    "left": "left",
    "start": "left",
    "center": "center",
    "right": "right",
    "end": "right",
    "decimal": "decimal",
    "num": "left",
    "clear": "clear",
    "bar": "bar",
}
_BORDER_SIDES: Final = {
    "top": "top",
    "bottom": "bottom",
    "left": "left_edge",
    "start": "left_edge",
    "right": "right_edge",
    "end": "right_edge",
    "between": "between",
}
#: Lines that we draw as they are; others of Word's 190 are ornaments.
_DRAWN_LINES: Final = named(
    "single thick double dotted dashed dotDash dashSmallGap triple hairline"
)
_NO_LINE: Final = frozenset({"nil", "none"})
_WIDEST_LINE: Final = 12.0


def read_run(element: etree._Element, theme: Theme, refuse: Refuse) -> Layer:
    """Read an rPr."""
    layer: Layer = {}
    for one in element:
        name = local(one)
        if name in _RUN:
            _RUN[name](one, layer, theme)
        elif name in _TRACKED:
            refuse(TRACKED)
        elif name in _REFUSED_RUN:
            if is_on(one) and one.get(VAL) not in {"none", "nil"}:
                refuse(_REFUSED_RUN[name])
        elif name == "w":
            if number(one.get(VAL), 100.0) != 100.0:
                refuse("chữ co giãn bề ngang")
        elif one.tag.startswith(W) and name not in _PASSED_RUN:
            refuse(f"định dạng chữ “{name}”")
    return layer


def _read_fonts(element: etree._Element, layer: Layer, theme: Theme) -> None:
    for kind in ("ascii", "hAnsi"):
        named = element.get(f"{W}{kind}Theme")
        if named and theme.font(named):
            layer["family"] = theme.font(named)
            return
        family = element.get(W + kind)
        if family:
            layer["family"] = family
            return


def _read_underline(element: etree._Element, layer: Layer, _theme: Theme) -> None:
    kind = element.get(VAL, "single")
    layer["underline"] = "" if kind == "none" else kind


def _read_color(element: etree._Element, layer: Layer, theme: Theme) -> None:
    layer["color"] = theme.color_of(element, default="000000")


def _read_shade(element: etree._Element, layer: Layer, theme: Theme) -> None:
    layer["shade"] = shade_of(element, theme)


def _read_highlight(element: etree._Element, layer: Layer, _theme: Theme) -> None:
    layer["shade"] = colors.HIGHLIGHTS.get(element.get(VAL, "none"), "")


def _read_raised(element: etree._Element, layer: Layer, _theme: Theme) -> None:
    kind = element.get(VAL, "baseline")
    layer["raised"] = Raised(kind) if kind in set(Raised) else Raised.NOT


def _read_size(element: etree._Element, layer: Layer, _theme: Theme) -> None:
    layer["size"] = min(max(number(element.get(VAL), 20.0) / 2, 1.0), 1638.0)


def _toggle(name: str) -> Callable[[etree._Element, Layer, Theme], None]:
    def read(element: etree._Element, layer: Layer, _theme: Theme) -> None:
        layer[name] = is_on(element)

    return read


def _length(name: str, twentieths: int = 20) -> Callable[[etree._Element, Layer, Any], None]:
    def read(element: etree._Element, layer: Layer, _theme: Any) -> None:
        layer[name] = number(element.get(VAL)) / twentieths

    return read


_RUN: Final[dict[str, Callable[[etree._Element, Layer, Theme], None]]] = {
    "rFonts": _read_fonts,
    "sz": _read_size,
    "b": _toggle("bold"),
    "i": _toggle("italic"),
    "strike": _toggle("strike"),
    "dstrike": _toggle("strike"),
    "caps": _toggle("caps"),
    "smallCaps": _toggle("small_caps"),
    "vanish": _toggle("hidden"),
    "u": _read_underline,
    "color": _read_color,
    "shd": _read_shade,
    "highlight": _read_highlight,
    "vertAlign": _read_raised,
    "position": _length("position", 2),
    "spacing": _length("letter_space"),
}


def read_paragraph(element: etree._Element, theme: Theme, refuse: Refuse) -> Layer:
    """Read a pPr. Tabs come as a dict of place to stop, where None clears one."""
    layer: Layer = {}
    for one in element:
        name = local(one)
        if name in _PARAGRAPH:
            _PARAGRAPH[name](one, layer)
        elif name == "pBdr":
            _read_borders(one, layer, theme, refuse)
        elif name == "shd":
            layer["shade"] = shade_of(one, theme)
        elif name in _TRACKED:
            refuse(TRACKED)
        elif name == "framePr":
            refuse("khung chữ (Frame)")
        elif name in {"bidi", "mirrorIndents"}:
            if is_on(one):
                refuse("đoạn viết từ phải sang trái" if name == "bidi" else "lề đối xứng")
        elif name == "textDirection":
            if one.get(VAL, "lrTb") not in {"lrTb", "tb"}:
                refuse("chữ xoay dọc")
        elif name == "textAlignment":
            if one.get(VAL, "auto") not in {"auto", "baseline"}:
                refuse("căn dọc các chữ trong dòng")
        elif one.tag.startswith(W) and name not in _PASSED_PARAGRAPH:
            refuse(f"định dạng đoạn “{name}”")
    return layer


def _read_align(element: etree._Element, layer: Layer) -> None:
    layer["align"] = _ALIGN.get(element.get(VAL, "left"), "left")


def _read_indents(element: etree._Element, layer: Layer) -> None:
    for names, key in ((("start", "left"), "left"), (("end", "right"), "right")):
        for name in names:
            if (text := element.get(W + name)) is not None:
                layer[key] = points(text)
    if (text := element.get(f"{W}hanging")) is not None:
        layer["first_line"] = -points(text)
    elif (text := element.get(f"{W}firstLine")) is not None:
        layer["first_line"] = points(text)


def _read_spacing(element: etree._Element, layer: Layer) -> None:
    for name in ("before", "after"):
        if (text := element.get(W + name)) is not None:
            layer[name] = points(text)
        auto = element.get(f"{W}{name}Autospacing")
        if auto is not None:
            layer[f"{name}_auto"] = auto.lower() in {"1", "true", "on"}
    rule = element.get(f"{W}lineRule")
    text = element.get(f"{W}line")
    if text is not None:
        rule = rule or "auto"
        layer["line_rule"] = rule
        layer["line"] = abs(number(text, 240.0)) / 240 if rule == "auto" else abs(points(text))
        if layer["line"] == 0:
            layer["line_rule"], layer["line"] = "auto", 1.0


def _read_tabs(element: etree._Element, layer: Layer) -> None:
    stops: dict[float, TabStop | None] = layer.setdefault("tabs", {})
    for one in element:
        at = points(one.get(f"{W}pos"))
        align = _TAB_ALIGN.get(one.get(VAL, "left"), "left")
        leader = one.get(f"{W}leader", "")
        stops[at] = (
            None if align == "clear" else TabStop(at, align, "" if leader == "none" else leader)
        )


def _on(name: str) -> Callable[[etree._Element, Layer], None]:
    def read(element: etree._Element, layer: Layer) -> None:
        layer[name] = is_on(element)

    return read


_PARAGRAPH: Final[dict[str, Callable[[etree._Element, Layer], None]]] = {
    "jc": _read_align,
    "ind": _read_indents,
    "spacing": _read_spacing,
    "tabs": _read_tabs,
    "keepNext": _on("keep_next"),
    "keepLines": _on("keep_lines"),
    "widowControl": _on("widow_control"),
    "pageBreakBefore": _on("page_break_before"),
    "contextualSpacing": _on("contextual"),
}


def _read_borders(element: etree._Element, layer: Layer, theme: Theme, refuse: Refuse) -> None:
    for one in element:
        side = _BORDER_SIDES.get(local(one))
        if side:
            layer[side] = read_edge(one, theme, refuse)


def read_edge(element: etree._Element, theme: Theme, refuse: Refuse) -> Edge | None:
    """Read one border; None for none."""
    kind = element.get(VAL, "single")
    if kind in _NO_LINE:
        return None
    if kind not in _DRAWN_LINES:
        refuse(f"đường viền kiểu “{kind}”")
        return None
    # An eighth of a point is the unit; a line of no width is drawn as thin as one can see.
    width = min(max(number(element.get(f"{W}sz"), 4.0) / 8, 0.25), _WIDEST_LINE)
    space = min(max(number(element.get(f"{W}space")), 0.0), 31.0)
    return Edge(kind, width, theme.color_of(element, default="000000", name="color"), space)


def shade_of(element: etree._Element, theme: Theme) -> str:
    """Read a shade as one colour; "" for none. Patterns are mixed to their mean."""
    fill = theme.color_of(element, default="", name="fill")
    kind = element.get(VAL, "clear")
    if kind in {"clear", "nil"}:
        return fill
    front = theme.color_of(element, default="000000", name="color")
    if kind == "solid":
        return front
    if kind.startswith("pct"):
        share = number(kind[3:]) / 100
        return mix(front, fill or "FFFFFF", share)
    return fill
