"""Reads how a shape of DrawingML is drawn: its geometry, line, fill, colours and effects."""

from typing import Final

from lxml import etree

from doc_templates.reading import colors, drawn, pens
from doc_templates.reading.drawn import DrawingContext, Faults, Refused, Unknown, children, first

_OPAQUE: Final = frozenset({"alpha", "alphaMod"})
_EFFECTS: Final = frozenset({"a:effectLst", "a:effectDag"})
_SPACE: Final = frozenset({"a:scene3d", "a:sp3d"})


def geometry(properties: etree._Element | None, *, default: str) -> str:
    """Give the name of a preset shape; "" for one that is drawn freely."""
    if first(properties, "a:custGeom") is not None:
        return ""
    found = first(properties, "a:prstGeom")
    return default if found is None else found.get("prst", "")


def share(text: str | None) -> float:
    """Read a share that is written in thousandths of a percent, or with a percent sign.

    Raises:
        Refused: it is none.
    """
    text = (text or "").strip()
    value = drawn.figure(text.removesuffix("%"))
    if value is None:
        raise Refused(drawn.BAD_SIZE)
    return value / 100 if text.endswith("%") else value / 100_000


def read_color(holder: etree._Element | None, context: DrawingContext) -> str:
    """Read the colour that an element holds; "" when it holds none.

    Raises:
        Refused: it is transparent, or changed in a way that we do not know.
    """
    for name, one in children(holder):
        color = _plain_color(name, one, context)
        if color is None:
            continue
        if not color:
            raise Unknown(f"màu “{one.get('val', name)[:40]}”")
        modifiers = []
        for changed, modifier in children(one):
            changed = changed.rpartition(":")[2]
            value = share(modifier.get("val", "100%"))
            if changed in _OPAQUE:
                if value != 1.0:
                    raise Refused(pens.TRANSPARENT)
            elif changed in colors.MODIFIERS:
                modifiers.append((changed, value))
            else:
                raise Unknown(f"màu biến đổi kiểu “{changed[:40]}”")
        return colors.modify(color, modifiers)
    return ""


def _plain_color(name: str, element: etree._Element, context: DrawingContext) -> str | None:
    """Give a colour before it is changed; "" for one unknown, None for what is no colour."""
    value = element.get("val", "")
    match name:
        case "a:srgbClr":
            return colors.hex_of(value)
        case "a:schemeClr":
            return colors.hex_of(context.theme_color(value))
        case "a:prstClr":
            return colors.preset(value)
        case "a:sysClr":
            return colors.hex_of(element.get("lastClr")) or colors.system(value)
        case "a:scrgbClr" | "a:hslClr":
            return ""
    return None


def read_line(
    properties: etree._Element | None,
    style: etree._Element | None,
    context: DrawingContext,
    faults: Faults,
) -> pens.Pen | None:
    """Read the line of a shape: its own, where it says nothing that of its style; None for none.

    Raises:
        Refused: the colour or the width is not one that we draw.
    """
    line = first(properties, "a:ln")
    reference = first(style, "a:lnRef")
    index = _index(reference)
    if line is None and index == 0:
        return None
    color = ""
    for name, one in children(line):
        match name:
            case "a:noFill":
                return None
            case "a:solidFill":
                color = read_color(one, context)
            case "a:gradFill":
                raise Refused(pens.GRADIENT)
            case "a:pattFill":
                raise Refused(pens.PATTERN)
    if not color and index:
        color = read_color(reference, context)
    if not color:
        return None
    width = drawn.emu(None if line is None else line.get("w"), default=_width(index, context))
    if line is not None:
        _check_ends(line, faults)
    cap = pens.FLAT if line is None else line.get("cap", pens.FLAT)
    return pens.Pen(max(width, pens.THINNEST), color, _dash(line), cap)


def _index(reference: etree._Element | None) -> int:
    value = drawn.figure("0" if reference is None else reference.get("idx", "0"))
    return int(value) if value is not None and 0 <= value < 1e4 else 0


def _width(index: int, context: DrawingContext) -> float:
    return context.theme_line(index) if index else 0.75


def _check_ends(line: etree._Element, faults: Faults) -> None:
    for name, one in children(line):
        if name in {"a:headEnd", "a:tailEnd"} and one.get("type", "none") != "none":
            faults.add(pens.ARROW)
        elif name == "a:custDash":
            faults.add("nét đứt tự đặt")
    if line.get("cmpd", "sng") != "sng":
        faults.add(pens.COMPOUND)


def _dash(line: etree._Element | None) -> str:
    dash = first(line, "a:prstDash")
    return "" if dash is None else pens.dash_of(dash.get("val", pens.SOLID))


def read_fill(
    properties: etree._Element | None, style: etree._Element | None, context: DrawingContext
) -> str:
    """Read the fill of a shape: its own, else that of its style; "" for none.

    Raises:
        Refused: it is not one plain colour.
    """
    for name, one in children(properties):
        match name:
            case "a:noFill":
                return ""
            case "a:solidFill":
                return read_color(one, context)
            case "a:gradFill":
                raise Refused(pens.GRADIENT)
            case "a:pattFill" | "a:blipFill" | "a:grpFill":
                raise Refused(pens.PATTERN)
    reference = first(style, "a:fillRef")
    index = _index(reference)
    if index > 1:
        # Only the first fill of a theme is plain; the others shade from dark to light.
        raise Refused(pens.GRADIENT)
    return read_color(reference, context) if index else ""


def check_effects(
    properties: etree._Element | None, style: etree._Element | None, faults: Faults
) -> None:
    """Refuse shadows, glows and depth. An empty list of effects takes those of the style away."""
    is_listed = False
    for name, one in children(properties):
        if name in _EFFECTS:
            is_listed = True
            if len(one):
                faults.add(pens.EFFECTS)
        elif name in _SPACE:
            faults.add("hiệu ứng 3D")
    if not is_listed and _index(first(style, "a:effectRef")):
        faults.add(pens.EFFECTS)


def check_letters(
    style: etree._Element | None, content: etree._Element, context: DrawingContext
) -> None:
    """Refuse letters that take a colour other than black from the style of their shape.

    Raises:
        Refused: they do.
    """
    color = read_color(first(style, "a:fontRef"), context)
    if color in {"", "000000"}:
        return
    for run in content.iter(f"{drawn.W}r"):
        has_own = first(run, "w:rPr", "w:color") is not None
        if not has_own and first(run, "w:t") is not None:
            raise Refused("màu chữ theo kiểu của hình")
