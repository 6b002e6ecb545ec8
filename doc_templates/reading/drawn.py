"""What both languages of drawings share: the context of a drawing, its names, its figures."""

import math
from collections.abc import Iterator
from typing import Final, Protocol

from lxml import etree

from doc_templates.reading.model import Block

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATIONSHIPS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
OFFICE: Final = "{urn:schemas-microsoft-com:office:office}"
_SPACES: Final = {
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.microsoft.com/office/drawing/2010/main": "a14",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing": "wp14",
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "urn:schemas-microsoft-com:office:word": "w10",
}
#: No page of Word is a tenth as large; what is larger is damage.
MOST_POINTS: Final = 20_000.0
_EMU: Final = 12_700
_UNITS: Final = {
    "pt": 1.0,
    "in": 72.0,
    "cm": 72 / 2.54,
    "mm": 72 / 25.4,
    "pc": 12.0,
    "pi": 12.0,
    "px": 0.75,
    "emu": 1 / 12_700,
}
_FIXED: Final = 65_536
BAD_SIZE: Final = "hình có kích thước hoặc vị trí sai"
WRAPPED: Final = "chữ chạy quanh hình"
NESTED: Final = "ô chữ trong ô chữ"
ANCHORED_IN_BOX: Final = "hình neo trong ô chữ"
FACING: Final = "vị trí theo lề trong, lề ngoài"
SHARES: Final = "vị trí hoặc cỡ hình theo phần trăm trang"
TURNED: Final = "hình xoay"
GROUP: Final = "nhóm hình vẽ"
EMPTY: Final = "hình vẽ không có nội dung đọc được"
#: Kinds of pictures that our engine does not draw, by the ending of the part.
_REFUSED_ENDINGS: Final = {
    "emf": "ảnh EMF",
    "wmf": "ảnh WMF",
    "emz": "ảnh EMF",
    "wmz": "ảnh WMF",
    "svg": "ảnh SVG",
    "gif": "ảnh GIF",
    "bmp": "ảnh BMP",
    "tif": "ảnh TIFF",
    "tiff": "ảnh TIFF",
    "pct": "ảnh PICT",
    "pict": "ảnh PICT",
    "eps": "ảnh EPS",
    "webp": "ảnh WebP",
    "jxr": "ảnh JPEG XR",
    "wdp": "ảnh JPEG XR",
    "pdf": "ảnh PDF",
}


class DrawingContext(Protocol):
    """What a drawing asks of the part in which it stands."""

    def media(self, rel_id: str) -> str | None:
        """Give the name of the part that holds an embedded picture; None when missing."""
        ...

    def blocks(self, content: etree._Element) -> tuple[Block, ...]:
        """Read the paragraphs and tables of a w:txbxContent."""
        ...

    def refuse(self, construct: str) -> None:
        """Note that a construct is not supported here."""
        ...

    def theme_color(self, name: str) -> str:
        """Give the colour of a scheme name ("accent1", "tx1"), "" when there is none."""
        ...

    def theme_line(self, index: int) -> float:
        """Give the width of a line style of the theme, counted from 1, in points."""
        ...


class Refused(Exception):
    """A drawing cannot be shown; its argument names the construct. It never leaves the room."""

    def __init__(self, construct: str) -> None:
        self.construct = construct
        super().__init__(construct)


class Unknown(Refused):
    """It is not known what is written here; an older way of writing may say it."""


class Faults:
    """Gathers what is refused in one drawing; as a context it catches and goes on behind.

    `is_final` says that we know what is written and do not draw it, so that an older way of
    writing, which often says less, is not to be tried.
    """

    def __init__(self) -> None:
        self.found: list[str] = []
        self.is_final = False

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, _trace: object) -> bool:
        if isinstance(error, Refused):
            self.add(error.construct, is_final=not isinstance(error, Unknown))
            return True
        return False

    def add(self, construct: str, *, is_final: bool = True) -> None:
        """Note a construct, once."""
        self.is_final = self.is_final or is_final
        if construct not in self.found:
            self.found.append(construct)


def tag(element: etree._Element) -> str:
    """Name an element by the usual prefix ("wp:inline"); what we do not know has "?:"."""
    name = element.tag
    if not isinstance(name, str):
        return ""
    space, _, name = name.rpartition("}")
    return f"{_SPACES.get(space.removeprefix('{'), '?')}:{name}"


def children(element: etree._Element | None) -> Iterator[tuple[str, etree._Element]]:
    """Give the children with their names; None has none."""
    for one in element if element is not None else ():
        if name := tag(one):
            yield name, one


def first(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Follow the first children of these names downwards; None where one is missing."""
    for wanted in path:
        element = next((one for name, one in children(element) if name == wanted), None)
        if element is None:
            return None
    return element


def figure(text: str | None) -> float | None:
    """Read a number that is one; None for none, for infinity and for damage."""
    try:
        value = float(text) if text is not None and len(text) <= 40 else math.nan
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def emu(text: str | None, default: float | None = None) -> float:
    """Read a length in EMU as points; one that is missing is the default.

    Raises:
        Refused: it is no length, or there is none and no default.
    """
    if text is None and default is not None:
        return default
    value = figure(text)
    if value is None or abs(value / _EMU) > MOST_POINTS:
        raise Refused(BAD_SIZE)
    return value / _EMU


def extent(text: str | None) -> float:
    """Read a length in EMU that cannot be below zero.

    Raises:
        Refused: it is.
    """
    length = emu(text)
    if length < 0:
        raise Refused(BAD_SIZE)
    return length


def length(text: str | None, default: float | None = None, *, usually: str = "px") -> float:
    """Read a length of VML in points; `usually` is the unit of a figure without one.

    Raises:
        Refused: it is no length, or there is none and no default.
    """
    text = (text or "").strip().lower()
    if not text and default is not None:
        return default
    digits = text.rstrip("abcdefghijklmnopqrstuvwxyz ")
    unit = text[len(digits) :].strip()
    value = figure(digits)
    scale = _UNITS.get(unit or usually)
    if value is None or scale is None or abs(value * scale) > MOST_POINTS:
        raise Refused(BAD_SIZE)
    return value * scale


def fraction(text: str | None, default: float = 0.0) -> float:
    """Read a share of VML: a part of one, of 65,536 where an "f" follows, or a percentage.

    Raises:
        Refused: it is none.
    """
    if text is None:
        return default
    text = text.strip().lower()
    value = figure(text.rstrip("f%"))
    if value is None:
        raise Refused(BAD_SIZE)
    if text.endswith("f"):
        return value / _FIXED
    return value / 100 if text.endswith("%") else value


def is_true(text: str | None, default: bool = False) -> bool:
    """Read a truth value of DrawingML or VML."""
    return default if text is None else text.strip().lower() in {"1", "t", "true", "on"}


def relationship(element: etree._Element, name: str) -> str:
    """Give the id of a relationship in an attribute of this name; "" for none."""
    return element.get(_RELATIONSHIPS + name, "")


def media_of(context: DrawingContext, rel_id: str) -> str:
    """Give the part of an embedded picture.

    Raises:
        Refused: it is missing, or of a kind that we do not draw.
    """
    part = context.media(rel_id) if rel_id else None
    if not part:
        raise Refused("ảnh không có trong tệp")
    ending = part.rpartition("/")[2].rpartition(".")[2].lower()
    if ending in _REFUSED_ENDINGS:
        raise Refused(_REFUSED_ENDINGS[ending])
    return part


def read_box_text(context: DrawingContext, content: etree._Element | None) -> tuple[Block, ...]:
    """Read the text of a text box; None has none.

    Raises:
        Refused: it stands within another text box.
    """
    if content is None:
        return ()
    if is_in_box(content):
        raise Refused(NESTED)
    return context.blocks(content)


def is_in_box(element: etree._Element) -> bool:
    """Tell whether an element stands within the text of a text box."""
    return any(tag(one) == "w:txbxContent" for one in element.iterancestors())


def theme_lines(theme: etree._Element) -> tuple[float, ...]:
    """Read the widths of a theme's line styles, in points; for `DrawingContext.theme_line`."""
    for one in theme.iter():
        if tag(one) == "a:lnStyleLst":
            widths = (figure(line.get("w", "9525")) for name, line in children(one))
            return tuple(min(max((width or 9525) / _EMU, 0.0), 1584.0) for width in widths)
    return ()
