"""Pages as they will be printed: a display list, testable without a PDF.

Points, from the top left corner of the page, y down. The order is the order of drawing.
"""

from dataclasses import dataclass, field
from typing import NamedTuple


class Glyphs(NamedTuple):
    """Letters on one line in one face; `y` is the baseline.

    `face` names a typeface of `doc_templates.fonts` ("Tinos-Bold"). Each space is
    `word_space` wider than in the face, each letter `letter_space`.
    """

    x: float
    y: float
    text: str
    face: str
    size: float
    color: str
    word_space: float = 0.0
    letter_space: float = 0.0
    width: float = 0.0


class Rule(NamedTuple):
    """A straight line; `dash` is "", "dash", "dot" or "dashDot"."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    color: str
    dash: str = ""


class Area(NamedTuple):
    """A rectangle with a fill, a line, or both; "" for neither."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    line: str = ""
    line_width: float = 0.0


class Picture(NamedTuple):
    """A picture in its box; `media` is a key of the layout's `media`."""

    x: float
    y: float
    width: float
    height: float
    media: str
    crop: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


class Shape(NamedTuple):
    """Lines through points, closed and filled, or drawn with a pen of this width."""

    points: tuple[tuple[float, float], ...]
    color: str
    is_filled: bool
    is_closed: bool
    width: float


Item = Glyphs | Rule | Area | Picture | Shape


@dataclass(frozen=True, slots=True)
class Backdrop:
    """What many pages have below everything else; kept once in a file."""

    items: tuple[Item, ...]


@dataclass(slots=True)
class Page:
    """One page; `number` is what PAGE prints on it."""

    width: float
    height: float
    number: int
    items: list[Item] = field(default_factory=list)
    backdrop: Backdrop | None = None


class Box(NamedTuple):
    """A named place on a page (counted from 0), such as where a signature goes."""

    name: str
    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(slots=True)
class Layout:
    """A paper laid out. `media` are the bytes of its pictures; `title` and `author` are those
    of the file's properties."""

    pages: list[Page]
    media: dict[str, bytes] = field(default_factory=dict)
    boxes: list[Box] = field(default_factory=list)
    title: str = ""
    author: str = ""
