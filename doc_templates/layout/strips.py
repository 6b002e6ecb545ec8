"""Blocks set in a column: paragraphs as lines, tables as rows, and stacks of both.

A strip knows its height and how it may be cut; it does not know its page.
"""

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from doc_templates.layout.filling import Line
from doc_templates.reading.model import Cell, Paragraph, ParagraphStyle, Row, Table

#: No line alone at the foot or the head of a page.
LEAST_LINES: Final = 2


@dataclass(slots=True)
class ParagraphStrip:
    """A paragraph in lines. `before` and `after` are its gaps; `pad_top` and `pad_bottom` are
    what its borders take. `lead` is what of the gap above it lies below the gap of the paragraph
    before: drawings that are anchored to it are measured from there."""

    paragraph: Paragraph
    lines: list[Line]
    width: float
    before: float
    after: float
    pad_top: float = 0.0
    pad_bottom: float = 0.0
    joins_above: bool = False
    joins_below: bool = False
    lead: float = 0.0

    @property
    def style(self) -> ParagraphStyle:
        """How it is set."""
        return self.paragraph.style

    @property
    def height(self) -> float:
        """Its height without the gaps around it."""
        return self.pad_top + sum(line.height for line in self.lines) + self.pad_bottom

    def height_of_first(self, count: int) -> float:
        """Give the room that its first lines need at the foot of a page."""
        lines = self.lines[:count]
        needed = self.pad_top + sum(line.height for line in lines)
        needed -= lines[-1].surplus if lines else 0.0
        return needed + (self.pad_bottom if count >= len(self.lines) else 0.0)

    @property
    def least_lines(self) -> int:
        """How many lines must stand together at its beginning."""
        count = len(self.lines)
        if self.style.keep_lines:
            return count
        if not self.style.widow_control:
            return 1
        return count if count < 2 * LEAST_LINES else LEAST_LINES


@dataclass(slots=True)
class CellStrip:
    """A cell set in its width; `x` is from the table's left edge, `rows` how many it spans."""

    cell: Cell
    stack: "Stack"
    x: float
    width: float
    rows: int = 1

    @property
    def needed(self) -> float:
        """The height that its text and margins need."""
        _, top, _, bottom = self.cell.margins
        return top + self.stack.height + bottom


@dataclass(slots=True)
class RowStrip:
    """A row; `height` includes the border above it."""

    row: Row
    cells: list[CellStrip]
    height: float
    border: float
    keeps: bool = False


@dataclass(slots=True)
class TableStrip:
    """A table; `x` is from the left edge of the column, `bottom` the border that closes it."""

    table: Table
    rows: list[RowStrip]
    x: float
    width: float
    heads: int
    bottom: float

    @property
    def height(self) -> float:
        """Its height in one piece."""
        return sum(row.height for row in self.rows) + self.bottom


Strip = ParagraphStrip | TableStrip


class Part(NamedTuple):
    """What of a stack stands together: a line or a row, from `top` to `bottom`."""

    strip: Strip
    place: int
    top: float
    bottom: float


@dataclass(slots=True)
class Stack:
    """Strips one below the other, with their tops; the height includes the last gap."""

    strips: list[tuple[float, Strip]] = field(default_factory=list)
    height: float = 0.0

    def parts(self) -> list[Part]:
        """Give all that stands together, from above to below."""
        found: list[Part] = []
        for top, strip in self.strips:
            y = top
            if isinstance(strip, ParagraphStrip):
                y += strip.pad_top
                for index, line in enumerate(strip.lines):
                    found.append(Part(strip, index, y, y + line.height))
                    y += line.height
            else:
                for index, row in enumerate(strip.rows):
                    found.append(Part(strip, index, y, y + row.height))
                    y += row.height
        return found


def gap_between(above: Strip | None, below: Strip, *, adds: bool) -> float:
    """Give the gap between two strips: the larger of the two that are asked for, or both."""
    before = below.before if isinstance(below, ParagraphStrip) else 0.0
    if above is None:
        return before
    after = above.after if isinstance(above, ParagraphStrip) else 0.0
    if isinstance(above, ParagraphStrip) and isinstance(below, ParagraphStrip):
        if above.style.style == below.style.style:
            after = 0.0 if above.style.contextual else after
            before = 0.0 if below.style.contextual else before
        if below.joins_above:
            between = below.style.between
            return (between.width + between.space if between else 0.0) + max(after, before)
    return after + before if adds else max(after, before)


def lead_of(above: Strip | None, strip: ParagraphStrip, gap: float) -> float:
    """Give what of a gap lies below the gap that the paragraph above asks for."""
    if not isinstance(above, ParagraphStrip):
        return gap
    same = above.style.style == strip.style.style and above.style.contextual
    return max(gap - (0.0 if same else above.after), 0.0)
