"""Puts strips on a page: letters, lines under them, shades, borders and drawings."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from doc_templates.layout import anchors
from doc_templates.layout.anchors import CellArea
from doc_templates.layout.display import Area, Box, Glyphs, Item, Page, Picture, Rule, Shape
from doc_templates.layout.filling import Line, Placed, Run
from doc_templates.layout.looks import Look
from doc_templates.layout.setting import Setter
from doc_templates.layout.signs import DRAWN, HEIGHT, Sign
from doc_templates.layout.strips import (
    CellStrip,
    ParagraphStrip,
    Part,
    RowStrip,
    Stack,
    TableStrip,
)
from doc_templates.reading.model import (
    Anchor,
    Drawing,
    Edge,
    Image,
    Section,
    Stroke,
    TextBox,
)
from doc_templates.styles import Style

#: Where a line under letters stands and how thick it is, in parts of their size.
_UNDERLINE_AT: Final = 0.109
_UNDERLINE_WIDTH: Final = 0.049
_STRIKE_AT: Final = 0.26
_DASHES: Final = {
    "dotted": "dot",
    "dashed": "dash",
    "dashSmallGap": "dash",
    "dotDash": "dashDot",
    "dash": "dash",
    "dot": "dot",
    "dottedHeavy": "dot",
    "dashedHeavy": "dash",
    "dashLong": "dash",
}
_DRAWN: Final = frozenset(DRAWN)
_DOUBLE: Final = frozenset({"double", "triple"})
#: Styles whose paragraphs are places of their own, by the name that others ask for.
_BOXES: Final = {Style.SIGNING_SPACE.value: "signature"}
#: From this compatibility mode on, drawings in cells are always measured from the cell.
MODE_OF_CELLS: Final = 15


@dataclass(slots=True)
class Brush:
    """Draws on one page. What stands behind the text is kept apart until the page is done."""

    page: Page
    index: int
    section: Section
    setter: Setter
    boxes: list[Box]
    behind: list[Item] = field(default_factory=list)
    shades: list[Item] = field(default_factory=list)
    front: list[Item] = field(default_factory=list)
    borders: list[Item] = field(default_factory=list)
    cells: list[CellArea] = field(default_factory=list)
    body_top: float = 0.0

    def finish(self) -> None:
        """Give the page its items in the order of drawing."""
        self.page.items = [*self.behind, *self.shades, *self.front, *self.borders]

    def line(
        self, strip: ParagraphStrip, index: int, left: float, top: float, anchor: float
    ) -> None:
        """Draw one line of a paragraph whose column begins at `left`.

        `anchor` is the height from which drawings of the paragraph are measured.
        """
        line = strip.lines[index]
        baseline = top + line.baseline
        for run in line.runs:
            self._run(run, left, baseline, line)
        for placed in line.placed:
            at = baseline - placed.drawing.height
            self.drawing(placed.drawing, left + placed.x, at)
        for placed in line.anchored:
            self._anchored(placed, strip, left, top, anchor)

    def _run(self, run: Run, left: float, baseline: float, line: Line) -> None:
        look, x = run.look, left + run.x
        y = baseline - look.rise
        if look.shade:
            self.shades.append(
                Area(x, baseline - line.above, run.width, line.above + line.below, look.shade)
            )
        if not _DRAWN.isdisjoint(run.text):
            self._signs(run, x, y)
        elif run.text:
            self.front.append(
                Glyphs(
                    x, y, run.text, look.face.name, look.size, look.color, run.word_space,
                    look.letter_space, run.width,
                )
            )  # fmt: skip
        if look.underline:
            self._underline(run, x, baseline)
        if look.strike:
            at = y - look.size * _STRIKE_AT
            width = look.size * _UNDERLINE_WIDTH
            self.front.append(Rule(x, at, x + run.width, at, width, look.color))

    def _signs(self, run: Run, x: float, y: float) -> None:
        """Draw a run that holds signs which no face has, letter by letter."""
        look = run.look
        for letter in run.text:
            sign = DRAWN.get(letter)
            width = look.face.width(letter) * look.size + look.letter_space
            width += run.word_space if letter == " " else 0.0
            if sign is None:
                glyphs = Glyphs(x, y, letter, look.face.name, look.size, look.color, width=width)
                self.front.append(glyphs)
            else:
                self._sign(sign, x, y - HEIGHT * look.size, look)
            x += width

    def _sign(self, sign: Sign, x: float, y: float, look: Look) -> None:
        unit = HEIGHT * look.size
        for outline in sign.outlines:
            points = tuple((x + px * unit, y + py * unit) for px, py in outline.points)
            self.front.append(
                Shape(
                    points, look.color, outline.is_filled, outline.is_closed, outline.width * unit
                )
            )

    def _underline(self, run: Run, x: float, baseline: float) -> None:
        look = run.look
        width = look.size * _UNDERLINE_WIDTH * (2 if look.underline == "thick" else 1)
        at = baseline + look.size * _UNDERLINE_AT
        dash = _DASHES.get(look.underline, "")
        self.front.append(Rule(x, at, x + run.width, at, width, look.color, dash))
        if look.underline == "double":
            at += 2 * width
            self.front.append(Rule(x, at, x + run.width, at, width, look.color, dash))

    def paragraph_frame(
        self, strip: ParagraphStrip, left: float, top: float, bottom: float, *, ends: str = ""
    ) -> None:
        """Draw shade and borders of a paragraph between two heights.

        `ends` names edges that are not drawn since the paragraph goes on there: "t", "b", "tb".
        """
        style = strip.style
        edges = (style.top, style.bottom, style.left_edge, style.right_edge)
        if not style.shade and not any(edges):
            return
        x1 = left + style.left + min(style.first_line, 0.0)
        x2 = left + strip.width - style.right
        if style.left_edge is not None:
            x1 -= style.left_edge.space + style.left_edge.width / 2
        if style.right_edge is not None:
            x2 += style.right_edge.space + style.right_edge.width / 2
        if style.shade:
            self.shades.append(Area(x1, top, x2 - x1, bottom - top, style.shade))
        if style.top is not None and not strip.joins_above and "t" not in ends:
            self._edge(style.top, x1, top + style.top.width / 2, x2, top + style.top.width / 2)
        if style.bottom is not None and not strip.joins_below and "b" not in ends:
            at = bottom - style.bottom.width / 2
            self._edge(style.bottom, x1, at, x2, at)
        if style.between is not None and strip.joins_above:
            self._edge(style.between, x1, top, x2, top)
        for edge, x in ((style.left_edge, x1), (style.right_edge, x2)):
            if edge is not None:
                self._edge(edge, x, top, x, bottom)

    def _edge(self, edge: Edge, x1: float, y1: float, x2: float, y2: float) -> None:
        """Draw a border along its middle."""
        if edge.kind in _DOUBLE:
            # Two lines as thick as the border is called, with as much between them.
            shift = edge.width
            dx, dy = (shift, 0.0) if x1 == x2 else (0.0, shift)
            for sign in (-1, 1):
                self.borders.append(
                    Rule(
                        x1 + sign * dx, y1 + sign * dy, x2 + sign * dx, y2 + sign * dy,
                        edge.width, edge.color,
                    )
                )  # fmt: skip
            return
        dash = _DASHES.get(edge.kind, "")
        self.borders.append(Rule(x1, y1, x2, y2, edge.width, edge.color, dash))

    def stack(self, stack: Stack, left: float, top: float) -> None:
        """Draw a stack whole."""
        for offset, strip in stack.strips:
            if isinstance(strip, ParagraphStrip):
                self.paragraph(strip, left, top + offset)
            else:
                self.table(strip, left, top + offset)

    def paragraph(self, strip: ParagraphStrip, left: float, top: float) -> None:
        """Draw a paragraph whole."""
        self.paragraph_frame(strip, left, top, top + strip.height)
        self.note_box(strip, left, top, strip.height)
        y = top + strip.pad_top
        for index, line in enumerate(strip.lines):
            self.line(strip, index, left, y, top - strip.lead)
            y += line.height

    def note_box(self, strip: ParagraphStrip, left: float, top: float, height: float) -> None:
        """Remember where a place that others ask for stands."""
        name = _BOXES.get(strip.style.style)
        if name:
            self.boxes.append(Box(name, self.index, left, top, strip.width, height))

    def parts(self, parts: Iterable[Part], left: float, shift: float) -> None:
        """Draw parts of a stack, each at its top plus `shift`."""
        for part in parts:
            if isinstance(part.strip, ParagraphStrip):
                top = part.top + shift
                ends = ("t" if part.place else "") + (
                    "b" if part.place < len(part.strip.lines) - 1 else ""
                )
                self.paragraph_frame(part.strip, left, top, part.bottom + shift, ends=ends)
                start = top - part.strip.pad_top - part.strip.lead if part.place == 0 else top
                self.line(part.strip, part.place, left, top, start)
            else:
                strip = part.strip
                self.row(strip, strip.rows[part.place], left + strip.x, part.top + shift)
                if part.place == len(strip.rows) - 1:
                    self.closing_border(strip, part.place, left + strip.x, part.bottom + shift)

    def table(self, strip: TableStrip, left: float, top: float) -> None:
        """Draw a table whole, as in a cell or a header."""
        y = top
        tops = []
        for row in strip.rows:
            tops.append(y)
            y += row.height
        tops.append(y)
        for place, row in enumerate(strip.rows):
            self.row(strip, row, left + strip.x, tops[place])
            for cell in row.cells:
                if cell.rows > 1:
                    height = tops[place + cell.rows] - tops[place]
                    self.cell_text(cell, left + strip.x, tops[place], height, row.border)
        self.closing_border(strip, len(strip.rows) - 1, left + strip.x, y)

    def row(self, table: TableStrip, row: RowStrip, left: float, top: float) -> None:
        """Draw a row with its borders; cells that go on below are drawn by their whole height."""
        self.row_frame(row, left, top, row.height)
        for cell in row.cells:
            if cell.rows == 1 and cell.cell.merge != "on":
                self.cell_text(cell, left, top, row.height, row.border)

    def row_frame(self, row: RowStrip, left: float, top: float, height: float) -> None:
        """Draw shades and borders of a row, but the border that closes the table."""
        for strip in row.cells:
            cell, x = strip.cell, left + strip.x
            if cell.shade:
                self.shades.append(Area(x, top, strip.width, height, cell.shade))
            if cell.top is not None and cell.merge != "on":
                at = top + cell.top.width / 2
                self._edge(cell.top, x, at, x + strip.width, at)
            if cell.left is not None:
                self._edge(cell.left, x, top, x, top + height)
            if cell.right is not None and strip is row.cells[-1]:
                x += strip.width
                self._edge(cell.right, x, top, x, top + height)

    def closing_border(self, table: TableStrip, row: int, left: float, at: float) -> None:
        """Draw the border below a row that is the last on its page."""
        for strip in table.rows[row].cells:
            edge = strip.cell.bottom
            if edge is not None:
                y, x = at + edge.width / 2, left + strip.x
                self._edge(edge, x, y, x + strip.width, y)

    def cell_text(
        self, strip: CellStrip, left: float, top: float, height: float, border: float
    ) -> None:
        """Draw what stands in a cell, at the height that its alignment asks for."""
        margin_left, margin_top, _, margin_bottom = strip.cell.margins
        room = height - border - margin_top - margin_bottom - strip.stack.height
        share = {"center": 0.5, "bottom": 1.0}.get(strip.cell.valign, 0.0)
        inner = top + border + margin_top
        x = left + strip.x
        self.enter_cell(strip, x, top, height, inner)
        self.stack(strip.stack, x + margin_left, inner + max(room, 0.0) * share)
        self.cells.pop()

    def enter_cell(
        self, strip: CellStrip, x: float, top: float, height: float, inner: float
    ) -> None:
        """Measure anchored drawings from a cell, until `cells` is popped."""
        left, _, right, bottom = strip.cell.margins
        x1, x2 = x + left, x + strip.width - right
        outer = (x, top, x + strip.width, top + height)
        self.cells.append(CellArea(outer, (x1, inner, x2, top + height - bottom), (x1, x2)))

    def drawing(self, drawing: Drawing, x: float, y: float, *, behind: bool = False) -> None:
        """Draw shapes with the top left corner of their box at a place."""
        target = self.behind if behind else self.front
        for shape in drawing.shapes:
            match shape:
                case Stroke():
                    target.append(
                        Rule(
                            x + shape.x1, y + shape.y1, x + shape.x2, y + shape.y2, shape.width,
                            shape.color, _DASHES.get(shape.dash, shape.dash),
                        )
                    )  # fmt: skip
                case Image():
                    target.append(
                        Picture(
                            x + shape.x, y + shape.y, shape.width, shape.height, shape.media,
                            shape.crop,
                        )
                    )  # fmt: skip
                case TextBox():
                    self._text_box(shape, x + shape.x, y + shape.y, target)

    def _text_box(self, box: TextBox, x: float, y: float, target: list[Item]) -> None:
        left, top, right, bottom = box.insets
        width = max(box.width - left - right, 1.0)
        stack = self.setter.stack(box.blocks, width, counts_last=False)
        height = box.height
        if box.grows and box.blocks:
            height = max(stack.height + top + bottom, 0.0)
        if box.fill or box.line:
            line = box.line
            target.append(
                Area(
                    x, y, box.width, height, box.fill,
                    line.color if line else "", line.width if line else 0.0,
                )
            )  # fmt: skip
        room = max(height - top - bottom - stack.height, 0.0)
        share = {"center": 0.5, "bottom": 1.0}.get(box.valign, 0.0)
        self.stack(stack, x + left, y + top + room * share)

    def _anchored(
        self, placed: Placed, strip: ParagraphStrip, left: float, top: float, anchor: float
    ) -> None:
        drawing = placed.drawing
        if drawing.anchor is None:
            return
        area = self._area_of(drawing.anchor, strip, left)
        x = anchors.across(drawing.anchor, drawing.width, area, left + placed.x)
        y = anchors.down(drawing.anchor, drawing.height, area, top, anchor)
        self.drawing(drawing, x, y, behind=drawing.anchor.behind)

    def _area_of(self, anchor: Anchor, strip: ParagraphStrip, left: float) -> CellArea:
        """Give the areas that an anchor measures from: those of the cell, or of the page."""
        is_in_cell = anchor.in_cell or self.setter.setting.mode >= MODE_OF_CELLS
        if self.cells and is_in_cell:
            return self.cells[-1]
        section, page = self.section, self.page
        column = (
            (section.left, page.width - section.right) if self.cells else (left, left + strip.width)
        )
        return CellArea(
            outer=(0.0, 0.0, page.width, page.height),
            inner=(
                section.left,
                self.body_top,
                page.width - section.right,
                page.height - abs(section.bottom),
            ),
            column=column,
            is_page=True,
        )
