"""Sets blocks into strips: paragraphs into lines, cells into stacks, rows into tables."""

from itertools import pairwise
from typing import Final, Protocol

from doc_templates.deadline import Deadline
from doc_templates.layout.heights import settle_heights, spans_of
from doc_templates.layout.lines import Setting, set_lines
from doc_templates.layout.strips import (
    CellStrip,
    ParagraphStrip,
    RowStrip,
    Stack,
    Strip,
    TableStrip,
    gap_between,
    lead_of,
)
from doc_templates.layout.words import Complain
from doc_templates.reading.model import Block, Cell, Edge, Paragraph, ParagraphStyle, Row, Table

#: What "automatic" gaps of web pages become: an empty line of HTML, or five points in old files.
_AUTO_GAP: Final = 14.0
_OLD_AUTO_GAP: Final = 5.0
_MODE_OF_OUTER_EDGES: Final = 15


class Complaints(Protocol):
    """Hears of letters that cannot be printed; `about` binds it to a paragraph."""

    def about(self, paragraph: Paragraph) -> Complain:
        """Give what the lines of a paragraph call."""


class Setter:
    """Sets blocks into strips. `numbers` are the texts of PAGE and NUMPAGES now."""

    def __init__(
        self, setting: Setting, complain: Complaints, deadline: Deadline, *, adds_gaps: bool
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
        spans = spans_of(table)
        rows: list[RowStrip] = []
        for place, row in enumerate(table.rows):
            cells = [
                self._cell(cell, edges, spans.get((place, cell.column), 1)) for cell in row.cells
            ]
            border = max((_width(cell.top) for cell in row.cells), default=0.0)
            rows.append(RowStrip(row, cells, 0.0, border, _keeps(row)))
        settle_heights(rows)
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
