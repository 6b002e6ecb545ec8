"""Blocks set in a column: paragraphs as lines, tables as rows, and stacks of both.

A strip knows its height and how it may be cut; it does not know its page.
"""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple, Protocol

from doc_templates.deadline import Deadline
from doc_templates.layout.filling import Line
from doc_templates.layout.lines import Setting, set_lines
from doc_templates.layout.words import Complain
from doc_templates.reading.model import Block, Cell, Edge, Paragraph, ParagraphStyle, Row, Table

#: What "automatic" gaps of web pages become: an empty line of HTML, or five points in old files.
_AUTO_GAP: Final = 14.0
_OLD_AUTO_GAP: Final = 5.0
_MODE_OF_OUTER_EDGES: Final = 15
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


class Setter:
    """Sets blocks into strips. `numbers` are the texts of PAGE and NUMPAGES now."""

    def __init__(
        self, setting: Setting, complain: "Complaints", deadline: Deadline, *, adds_gaps: bool
    ) -> None:
        self.setting = setting
        self.adds_gaps = adds_gaps
        self.numbers: dict[str, str] = {}
        self.used: set[str] = set()
        self._complaints = complain
        self._deadline = deadline
        #: How many cells stand round what is being set.
        self._depth = 0

    def paragraph(self, paragraph: Paragraph, width: float) -> ParagraphStrip:
        """Set a paragraph in a column of this width."""
        self._deadline.check()
        style = paragraph.style
        numbers = self._numbers_of(paragraph)
        lines = set_lines(
            paragraph, width, self.setting, numbers, self._complaints.about(paragraph)
        )
        auto = _OLD_AUTO_GAP if self.adds_gaps else _AUTO_GAP
        return ParagraphStrip(
            paragraph=paragraph,
            lines=lines,
            width=width,
            before=auto if style.before_auto else style.before,
            after=auto if style.after_auto else style.after,
            pad_top=_pad(style.top),
            pad_bottom=_pad(style.bottom),
        )

    def _numbers_of(self, paragraph: Paragraph) -> dict[str, str]:
        kinds = {item.kind for item in paragraph.items if hasattr(item, "kind")}
        self.used |= kinds & {"PAGE", "NUMPAGES"}
        return {kind: text for kind, text in self.numbers.items() if kind in kinds}

    def strip(self, block: Block, width: float) -> Strip:
        """Set one block."""
        if isinstance(block, Paragraph):
            return self.paragraph(block, width)
        return self.table(block, width)

    def stack(self, blocks: tuple[Block, ...], width: float, *, counts_last: bool = True) -> Stack:
        """Set blocks one below the other; the gap above the first counts, and the one below the
        last unless `counts_last` is off."""
        stack = Stack()
        y = 0.0
        strips = [self.strip(block, width) for block in blocks]
        self.settle(strips)
        above: Strip | None = None
        for place, strip in enumerate(strips):
            if place == len(strips) - 1 and place and _is_closing(above, strip):
                break
            gap = gap_between(above, strip, adds=self.adds_gaps)
            y += gap
            if isinstance(strip, ParagraphStrip):
                strip.lead = lead_of(above, strip, gap)
            stack.strips.append((y, strip))
            y += strip.height
            above = strip
        if isinstance(above, ParagraphStrip) and counts_last:
            y += above.after
        stack.height = y
        return stack

    def settle(self, strips: list[Strip], *, is_first: bool = True) -> None:
        """Let neighbours know each other: borders they share, automatic gaps they have not.

        `is_first` says that the paper, a cell or a box begins with these.
        """
        join_borders(strips)
        if self.adds_gaps:
            return
        for place, strip in enumerate(strips):
            if not isinstance(strip, ParagraphStrip):
                continue
            above = strips[place - 1] if place else None
            if strip.style.before_auto and (
                (place == 0 and is_first) or _are_of_one_list(above, strip)
            ):
                strip.before = 0.0
            if strip.style.after_auto and place + 1 < len(strips):
                strip.after = 0.0 if _are_of_one_list(strip, strips[place + 1]) else strip.after

    def table(self, table: Table, width: float) -> TableStrip:
        """Set a table in a column of this width."""
        total = sum(table.grid)
        edges = [0.0]
        for column in table.grid:
            edges.append(edges[-1] + column)
        spans = _spans(table)
        rows: list[RowStrip] = []
        for place, row in enumerate(table.rows):
            cells = [
                self._cell(cell, edges, spans.get((place, cell.column), 1)) for cell in row.cells
            ]
            border = max((_width(cell.top) for cell in row.cells), default=0.0)
            rows.append(RowStrip(row, cells, 0.0, border, _keeps(row)))
        _settle_heights(rows)
        heads = 0
        while heads < len(rows) and rows[heads].row.is_head:
            heads += 1
        bottom = max((_width(cell.bottom) for cell in table.rows[-1].cells), default=0.0)
        return TableStrip(
            table=table,
            rows=rows,
            x=self._left_of(table, total, width),
            width=total,
            heads=heads if heads < len(rows) else 0,
            bottom=bottom,
        )

    def _left_of(self, table: Table, total: float, width: float) -> float:
        if table.align == "center":
            return (width - total) / 2
        if table.align == "right":
            return width - total
        # Up to Word 2010 the text of a table stands at the margin, and its border outside; later,
        # and within cells, the table begins at the outer edge of its border.
        if 0 < self.setting.mode < _MODE_OF_OUTER_EDGES and not self._depth:
            return table.indent - table.left_margin
        first = table.rows[0].cells[:1]
        border = max((_width(cell.left) for cell in first), default=0.0)
        return (max(table.indent, 0.0) if self._depth else table.indent) + border / 2

    def _cell(self, cell: Cell, edges: list[float], rows: int) -> CellStrip:
        x = edges[cell.column]
        width = edges[cell.column + cell.span] - x
        left, _, right, _ = cell.margins
        blocks = () if cell.merge == "on" else cell.blocks
        self._depth += 1
        stack = self.stack(blocks, max(width - left - right, 1.0))
        self._depth -= 1
        return CellStrip(cell, stack, x, width, rows)


class Complaints(Protocol):
    """Hears of letters that cannot be printed; `about` binds it to a paragraph."""

    def about(self, paragraph: Paragraph) -> Complain:
        """Give what the lines of a paragraph call."""


def _are_of_one_list(above: Strip | None, below: Strip) -> bool:
    """Tell whether two strips are lines of lists, which stand close to each other."""
    return (
        isinstance(above, ParagraphStrip)
        and isinstance(below, ParagraphStrip)
        and above.paragraph.label is not None
        and below.paragraph.label is not None
    )


def _is_closing(above: Strip | None, strip: Strip) -> bool:
    """Tell whether a strip is the empty paragraph that must close a cell after a table."""
    return (
        isinstance(above, TableStrip)
        and isinstance(strip, ParagraphStrip)
        and not strip.paragraph.items
        and strip.paragraph.label is None
    )


def _pad(edge: Edge | None) -> float:
    return edge.width + edge.space if edge is not None else 0.0


def _width(edge: Edge | None) -> float:
    return edge.width if edge is not None else 0.0


def join_borders(strips: list[Strip]) -> None:
    """Let neighbours with the same borders share one box."""
    for above, below in pairwise(strips):
        if not isinstance(above, ParagraphStrip) or not isinstance(below, ParagraphStrip):
            continue
        one, other = above.style, below.style
        same = (_borders(one), one.left, one.right) == (_borders(other), other.left, other.right)
        if same and any(_borders(one)):
            above.joins_below = below.joins_above = True
            above.pad_bottom = below.pad_top = 0.0


def _borders(style: ParagraphStyle) -> tuple[Edge | None, ...]:
    return (style.top, style.bottom, style.left_edge, style.right_edge, style.between)


def _keeps(row: Row) -> bool:
    """Tell whether a row stays with the next: its first paragraph says so."""
    for cell in row.cells[:1]:
        for block in cell.blocks[:1]:
            return isinstance(block, Paragraph) and block.style.keep_next
    return False


def _spans(table: Table) -> dict[tuple[int, int], int]:
    """Give how many rows each cell that begins a merge spans, by row and column."""
    spans: dict[tuple[int, int], int] = {}
    begun: dict[int, tuple[int, int]] = {}
    for place, row in enumerate(table.rows):
        merged = {cell.column: cell for cell in row.cells}
        for column in list(begun):
            if column not in merged or merged[column].merge != "on":
                del begun[column]
        for cell in row.cells:
            if cell.merge == "start":
                begun[cell.column] = (place, cell.column)
                spans[(place, cell.column)] = 1
            elif cell.merge == "on" and cell.column in begun:
                spans[begun[cell.column]] += 1
    return spans


def _settle_heights(rows: list[RowStrip]) -> None:
    """Give each row its height; what a merged cell needs goes to the last row it spans."""
    waiting: list[tuple[int, int, float]] = []
    for place, strip in enumerate(rows):
        row = strip.row
        needed = 0.0
        for cell in strip.cells:
            if cell.rows > 1:
                waiting.append((place, place + cell.rows - 1, cell.needed))
            elif cell.cell.merge != "on":
                needed = max(needed, cell.needed)
        needed += strip.border
        for first, last, height in waiting:
            if last == place:
                needed = max(needed, height - sum(one.height for one in rows[first:last]))
        if row.height_rule == "exact" and row.height:
            strip.height = row.height
        else:
            strip.height = max(needed, row.height)
