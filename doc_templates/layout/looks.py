"""How the letters of a run stand on a line: their face, their size and their height.

A line is as high as its font says: ascent and line gap above the baseline, descent below,
each rounded to a twentieth of a point, which is the unit in which lines are stacked.
"""

from dataclasses import dataclass
from typing import Final

from doc_templates.layout import faces
from doc_templates.layout.faces import Face
from doc_templates.reading.model import Raised, RunStyle

#: Families that are as wide as Times, letter by letter, and have its height.
_TIMES: Final = frozenset(
    {
        *("times new roman", "times", "tinos", "liberation serif", "nimbus roman"),
        *("times new roman bold", "timesnewromanpsmt", "times roman", "thorndale"),
    }
)
#: Fonts of signs; what we know of them is drawn.
SIGNS: Final = frozenset({"symbol", "wingdings", "wingdings 2", "webdings"})
#: Height above and below the baseline of other families, in parts of the size (from their
#: hhea tables): an empty paragraph set in one of them keeps its height.
_HEIGHTS: Final = {
    "times": (0.93359375, 0.21630859375),
    "calibri": (0.970703125, 0.25),
    "arial": (0.93798828125, 0.2119140625),
    "helvetica": (0.93798828125, 0.2119140625),
    "cambria": (0.950195312, 0.222167969),
    "courier new": (0.83251953125, 0.30029296875),
    "tahoma": (1.00048828125, 0.20654296875),
    "verdana": (1.00537109375, 0.2099609375),
    "segoe ui": (1.0791015625, 0.2509765625),
    "symbol": (0.93359375, 0.21630859375),
    "wingdings": (0.8984375, 0.2109375),
}
#: Of the size, of the ascent and of the descent (as measured in the reference).
_SMALL_SHARE: Final = 0.58
_RAISED_SHARE: Final = 0.42
_SMALL_CAPS_SHARE: Final = 0.8
_TWIPS: Final = 20


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """A run's letters: `size` is as drawn, `rise` above the baseline; `above` and `below` are
    what they need of the line. `is_ours` is off where our faces do not stand for the family."""

    face: Face
    size: float
    rise: float
    above: float
    below: float
    color: str
    letter_space: float
    underline: str
    strike: bool
    shade: str
    is_italic: bool
    is_ours: bool
    is_sign: bool
    family: str


_looks: dict[RunStyle, tuple[Look, Look]] = {}
_MOST_LOOKS: Final = 10_000


def look_of(style: RunStyle) -> Look:
    """Give the look of a run; remembered for each style."""
    return _both(style)[0]


def small_look_of(style: RunStyle) -> Look:
    """Give the look of the lower-case letters of small capitals."""
    return _both(style)[1]


def _both(style: RunStyle) -> tuple[Look, Look]:
    found = _looks.get(style)
    if found is None:
        if len(_looks) >= _MOST_LOOKS:
            _looks.clear()
        found = _looks[style] = (_make(style, 1.0), _make(style, _SMALL_CAPS_SHARE))
    return found


def _make(style: RunStyle, share: float) -> Look:
    family = style.family.strip().lower()
    is_times = family in _TIMES
    above, below = _HEIGHTS.get("times" if is_times else family, _HEIGHTS["times"])
    full = style.size * share
    ascent, descent = above * full, below * full
    rise, size = style.position, full
    if style.raised is not Raised.NOT:
        size = full * _SMALL_SHARE
        rise += _RAISED_SHARE * ascent if style.raised is Raised.SUPER else -_RAISED_SHARE * descent
    return Look(
        face=faces.face(bold=style.bold, italic=style.italic),
        size=size,
        rise=rise,
        above=to_twips(ascent) + max(style.position, 0.0),
        below=to_twips(descent) + max(-style.position, 0.0),
        color=style.color,
        letter_space=style.letter_space,
        underline=style.underline,
        strike=style.strike,
        shade=style.shade,
        is_italic=style.italic,
        is_ours=is_times,
        is_sign=family in SIGNS,
        family=style.family,
    )


def to_twips(length: float) -> float:
    """Round a length to a twentieth of a point."""
    return int(length * _TWIPS + 0.5) / _TWIPS
