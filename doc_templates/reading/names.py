"""Names of WordprocessingML, and the plain values its attributes hold."""

from typing import Final

from lxml import etree

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
VAL: Final = f"{W}val"
_OFF: Final = frozenset({"0", "false", "off", "none"})
_POINTS: Final = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "pi": 12.0}
#: No page of an office is a fraction as large; larger figures are damage.
MOST_POINTS: Final = 20_000.0


def named(words: str) -> frozenset[str]:
    """Give a set of names that are written in one text."""
    return frozenset(words.split())


def is_on(element: etree._Element) -> bool:
    """Read a property that is on by being there, unless it says otherwise."""
    return element.get(VAL, "1").lower() not in _OFF


def number(text: str | None, default: float = 0.0) -> float:
    """Read a figure; what is none, or beyond any paper, is the default."""
    if text is None:
        return default
    try:
        value = float(text)
    except ValueError:
        return default
    return value if -1e7 < value < 1e7 else default


def points(text: str | None, default: float = 0.0) -> float:
    """Read a length in points: twentieths, or a figure with its unit."""
    if text is None:
        return default
    unit = _POINTS.get(text[-2:])
    value = number(text[:-2]) * unit if unit else number(text, default * 20) / 20
    return value if abs(value) <= MOST_POINTS else default


def local(element: etree._Element) -> str:
    """Give the name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """Find a child of WordprocessingML; None has none."""
    if element is None:
        return None
    return next(element.iterchildren(W + name), None)


def value_of(element: etree._Element | None, name: str, default: str = "") -> str:
    """Give the attribute `val` of a child."""
    found = child(element, name)
    return default if found is None else found.get(VAL, default)
