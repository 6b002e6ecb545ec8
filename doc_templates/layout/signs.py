"""Signs that the official typeface has not: bullets, boxes, ticks, drawn as outlines.

Word writes many of them as codes of the fonts Symbol and Wingdings; the tables below lead from
those codes to Unicode. Outlines stand in a square of one, y down from the top of a capital
letter to the baseline.
"""

import math
from dataclasses import dataclass
from typing import Final

#: How high the square of a sign stands above the baseline, in parts of the size.
HEIGHT: Final = 0.66
#: Codes of Symbol and Wingdings that lists and forms use, with and without the private prefix.
_SYMBOL: Final = {
    0xB7: "•",
    0x2D: "−",
    0xB0: "°",
    0xB1: "±",
    0xB4: "×",
    0xA2: "′",
    0xB2: "″",
    0xBC: "…",
    0x28: "(",
    0x29: ")",
    0x2B: "+",
    0x3D: "=",
    0x2A: "*",
    0x2C: ",",
    0x2E: ".",
    0x2F: "/",
    0x3A: ":",
    0x3B: ";",
    0x25: "%",
    0x20: " ",
    **{0x30 + digit: str(digit) for digit in range(10)},
}
_WINGDINGS: Final = {
    0xA7: "▪",
    0xD8: "➢",
    0xFC: "✓",
    0xFB: "✗",
    0xFD: "☒",
    0xFE: "☑",
    0x6F: "☐",
    0xA8: "☐",
    0x76: "❖",
    0x77: "◆",
    0x75: "◆",
    0x6E: "■",
    0x6C: "●",
    0x9F: "•",
    0xA1: "○",
    0x71: "❑",
    0xE0: "→",
    0xE8: "➔",
    0xF0: "⇨",
    0x20: " ",
}
_TABLES: Final = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}
_PRIVATE: Final = 0xF000

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Outline:
    """Lines through points; closed and filled, closed, or open. `width` is of the pen."""

    points: tuple[Point, ...]
    is_filled: bool = False
    is_closed: bool = True
    width: float = 0.07


@dataclass(frozen=True, slots=True)
class Sign:
    """A drawn sign: its advance in parts of the size, and its outlines."""

    advance: float
    outlines: tuple[Outline, ...]


def _square(left: float, top: float, right: float, bottom: float) -> tuple[Point, ...]:
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def _circle(radius: float) -> tuple[Point, ...]:
    steps = 24
    return tuple(
        (
            0.5 + radius * math.cos(2 * math.pi * step / steps),
            0.5 + radius * math.sin(2 * math.pi * step / steps),
        )
        for step in range(steps)
    )


_BOX: Final = Outline(_square(0.08, 0.08, 0.92, 0.92))
_TICK: Final = Outline(((0.2, 0.5), (0.42, 0.78), (0.82, 0.2)), is_closed=False, width=0.11)
_CROSS: Final = (
    Outline(((0.22, 0.22), (0.78, 0.78)), is_closed=False, width=0.09),
    Outline(((0.78, 0.22), (0.22, 0.78)), is_closed=False, width=0.09),
)
_ARROW: Final = (
    Outline(((0.05, 0.5), (0.9, 0.5)), is_closed=False),
    Outline(((0.62, 0.25), (0.92, 0.5), (0.62, 0.75)), is_closed=False),
)
_DIAMOND: Final = ((0.5, 0.1), (0.9, 0.5), (0.5, 0.9), (0.1, 0.5))
_SMALL_DIAMONDS: Final = tuple(
    Outline(((x, y - 0.19), (x + 0.19, y), (x, y + 0.19), (x - 0.19, y)), is_filled=True)
    for x, y in ((0.5, 0.25), (0.75, 0.5), (0.5, 0.75), (0.25, 0.5))
)
DRAWN: Final[dict[str, Sign]] = {
    "☐": Sign(0.8, (_BOX,)),
    "□": Sign(0.8, (_BOX,)),
    "❑": Sign(0.8, (_BOX,)),
    "☑": Sign(0.8, (_BOX, _TICK)),
    "☒": Sign(0.8, (_BOX, *_CROSS)),
    "✓": Sign(0.8, (_TICK,)),
    "✔": Sign(0.8, (_TICK,)),
    "✗": Sign(0.8, _CROSS),
    "■": Sign(0.8, (Outline(_square(0.1, 0.1, 0.9, 0.9), is_filled=True),)),
    "▪": Sign(0.46, (Outline(_square(0.2, 0.35, 0.6, 0.75), is_filled=True),)),
    "●": Sign(0.8, (Outline(_circle(0.4), is_filled=True),)),
    "○": Sign(0.8, (Outline(_circle(0.38)),)),
    "◦": Sign(0.5, (Outline(tuple((x * 0.6, y) for x, y in _circle(0.3))),)),
    "◆": Sign(0.8, (Outline(_DIAMOND, is_filled=True),)),
    "❖": Sign(0.85, _SMALL_DIAMONDS),
    "➢": Sign(
        0.85,
        (Outline(((0.1, 0.15), (0.92, 0.5), (0.1, 0.85), (0.32, 0.5)), is_filled=True),),
    ),
    "→": Sign(1.0, _ARROW),
    "➔": Sign(1.0, _ARROW),
    "⇨": Sign(1.0, _ARROW),
}


def to_unicode(text: str, family: str) -> str:
    """Turn codes of a font of signs into Unicode; what the tables do not know stays."""
    table = _TABLES.get(family.strip().lower())
    if table is None:
        return text
    letters = []
    for letter in text:
        code = ord(letter)
        code = code - _PRIVATE if _PRIVATE <= code < _PRIVATE + 256 else code
        letters.append(table.get(code, letter))
    return "".join(letters)
