"""The lines of a pasted text: cleaned, with what stood around them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

BREAKS = re.compile("\r\n|[\n\r\v\x85\u2028\u2029]")
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"  # zero width, direction marks
)

LONGEST_WRAPPED_LINE = 140
"""Letters. A paste wrapped at the edge of a page has no longer line."""

SHORTEST_WRAPPED_LINE = 45
"""Letters. Where every line is shorter, the lines were not broken by a page edge."""

FULL = 0.85
"""A line this near to the width of the paste was broken because it was full."""

BRIM_FULL = 0.97
"""The same for a line that could as well be a heading."""


EXACTLY_FULL = 1.0
"""The next word would not have fitted: only in a paste wrapped by counting letters."""

CERTAIN_BREAKS = 3
"""So many sentences broken by full lines leave no doubt that a page edge broke them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line with words on it.

    `raw` has single spaces and keeps its stars; `cells` are the same words cut at tabs.
    `after_gap` says that an empty line stands above; `indent` counts the spaces before
    the first word (a tab counts eight); `is_loose` says that the lines it stands among
    were not broken by a page edge.
    """

    raw: str
    cells: tuple[str, ...]
    after_gap: bool
    indent: int
    is_loose: bool = False


def clean(text: str) -> str:
    """Drop what cannot be seen, make every line break a newline, compose to NFC."""
    broken = BREAKS.sub("\n", text.replace("\f", "\n\n"))
    return unicodedata.normalize("NFC", INVISIBLE.sub("", broken))


def read_lines(text: str) -> list[Line]:
    """Cut a text into its lines, leaving out the empty ones."""
    lines: list[Line] = []
    chunk: list[Line] = []
    after_gap = False
    for typed in clean(text).split("\n"):
        if raw := fold(typed):
            indented = typed.expandtabs(8)
            line = Line(
                raw=raw,
                cells=tuple(fold(cell) for cell in typed.split("\t")),
                after_gap=after_gap,
                indent=len(indented) - len(indented.lstrip()),
            )
            after_gap = False
            chunk.append(line)
        else:
            after_gap = True
            lines += _settled(chunk)
            chunk = []
    return lines + _settled(chunk)


def fold(text: str) -> str:
    """Make every stretch of white space one space and trim the ends."""
    return " ".join(text.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrapping:
    """How a page edge broke the lines of a paste.

    `width` is how many letters a full line has, 0 when no page edge broke the lines;
    `is_certain` says that many full lines break off in the middle of a sentence.
    """

    width: int
    is_certain: bool

    def fills(self, line: Line, following: Line, *, share: float = FULL) -> bool:
        """Tell whether `line` ended because the next word had no room on it."""
        if not self.width or line.is_loose or following.after_gap:
            return False
        next_word = following.raw.partition(" ")[0]
        return len(line.raw) + 1 + len(next_word) > share * self.width


def find_wrapping(lines: Sequence[Line]) -> Wrapping:
    """Measure a paste by its longest line and by the sentences its lines break."""
    lengths = [len(line.raw) for line in lines if not line.is_loose]
    width = max(lengths, default=0)
    if width < SHORTEST_WRAPPED_LINE:
        return Wrapping(width=0, is_certain=False)
    guess = Wrapping(width=width, is_certain=False)
    broken = sum(
        guess.fills(line, following) and following.raw[0].islower() and line.raw[-1].isalpha()
        for line, following in pairwise(lines)
    )
    return Wrapping(width=width, is_certain=broken >= CERTAIN_BREAKS)


def _settled(chunk: Sequence[Line]) -> list[Line]:
    """The lines of one chunk, marked loose when one of them is too long to be wrapped."""
    if all(len(line.raw) <= LONGEST_WRAPPED_LINE for line in chunk):
        return list(chunk)
    return [
        Line(
            raw=line.raw,
            cells=line.cells,
            after_gap=line.after_gap,
            indent=line.indent,
            is_loose=True,
        )
        for line in chunk
    ]
