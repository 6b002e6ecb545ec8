"""Reads tables: the grid, rows and cells, and the border that wins at each edge."""

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from lxml import etree

from doc_templates.reading.cells import CellReader, TableFrame, span_of
from doc_templates.reading.model import Block, Cell, Edge, Row, Table
from doc_templates.reading.names import VAL, W, child, is_on, local, named, number, points, value_of
from doc_templates.reading.properties import TRACKED, Refuse
from doc_templates.reading.table_styles import TableStyle, read_edges, read_look, read_margins

if TYPE_CHECKING:
    from doc_templates.reading.blocks import BlockReader, Part

#: Word itself stops at 63 columns.
MOST_COLUMNS: Final = 63
MOST_ROWS: Final = 30_000
_DEFAULT_MARGINS: Final = {"left": 5.4, "top": 0.0, "right": 5.4, "bottom": 0.0}
_PASSED_TABLE: Final = named(
    "tblStyle tblOverlap tblStyleRowBandSize tblStyleColBandSize tblW jc tblInd "
    "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"
)
_PASSED_ROW: Final = named(
    "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader jc"
)
_TRACKED: Final = frozenset({"ins", "del", "trPrChange", "tcPrChange", "tblPrChange", "cellIns"})
_FULL_PERCENT: Final = 5000.0


def read_table(blocks: "BlockReader", element: etree._Element, part: "Part") -> list[Block]:
    """Read a table; one without rows gives nothing."""
    refuse = blocks.findings.refuse
    properties = child(element, "tblPr")
    _refuse_unknown(properties, refuse)
    theme = blocks.sheet.theme
    style_id = value_of(properties, "tblStyle", blocks.sheet.default_table)
    if style_id not in blocks.sheet.styles:
        style_id = blocks.sheet.default_table
    style = TableStyle(blocks.sheet, style_id, refuse)
    frame = TableFrame(
        style=style,
        look=read_look(child(properties, "tblLook")),
        edges={**style.whole.edges, **read_edges(child(properties, "tblBorders"), theme, refuse)},
        margins={
            **_DEFAULT_MARGINS,
            **style.whole.margins,
            **read_margins(child(properties, "tblCellMar")),
        },
    )
    found = _through(element, "tr", refuse)
    if len(found) > MOST_ROWS:
        refuse(f"bảng quá {MOST_ROWS} dòng")
        return []
    grid = read_grid(element, found, refuse)
    if not found or not grid:
        return []
    reader = _RowReader(blocks, part, frame, grid, len(found))
    rows = [reader.read(one, place) for place, one in enumerate(found)]
    indent = child(properties, "tblInd")
    return [
        Table(
            rows=tuple(settle_edges(rows)),
            grid=grid,
            align=_align(value_of(properties, "jc", style.align)),
            indent=points(indent.get(f"{W}w")) if indent is not None else (style.indent or 0.0),
            left_margin=frame.margins["left"],
        )
    ]


def _align(text: str) -> str:
    return {"center": "center", "right": "right", "end": "right"}.get(text, "left")


def _refuse_unknown(properties: etree._Element | None, refuse: Refuse) -> None:
    for element in properties if properties is not None else ():
        name = local(element)
        if name == "tblpPr":
            refuse("bảng trôi (chữ chạy quanh bảng)")
        elif name == "tblCellSpacing":
            if points(element.get(f"{W}w")):
                refuse("khoảng hở giữa các ô của bảng")
        elif name == "bidiVisual":
            if is_on(element):
                refuse("bảng xếp từ phải sang trái")
        elif name in _TRACKED:
            refuse(TRACKED)
        elif element.tag.startswith(W) and name not in _PASSED_TABLE:
            refuse(f"thiết lập bảng “{name}”")


def _through(element: etree._Element, wanted: str, refuse: Refuse) -> list[etree._Element]:
    """Give the children of one name, those in content controls too."""
    found: list[etree._Element] = []
    for one in element:
        name = local(one)
        if name == wanted:
            found.append(one)
        elif name in {"sdt", "customXml"}:
            content = child(one, "sdtContent") if name == "sdt" else one
            if content is not None:
                found += _through(content, wanted, refuse)
        elif name in _TRACKED:
            refuse(TRACKED)
    return found


def read_grid(
    element: etree._Element, rows: list[etree._Element], refuse: Refuse
) -> tuple[float, ...]:
    """Read the widths of the columns: of the grid, else of the cells of the longest row."""
    columns = child(element, "tblGrid")
    grid = [points(one.get(f"{W}w")) for one in columns] if columns is not None else []
    spans = max((_span_of_row(row) for row in rows), default=0)
    if spans > MOST_COLUMNS or len(grid) > MOST_COLUMNS:
        refuse(f"bảng quá {MOST_COLUMNS} cột")
        return ()
    if len(grid) < spans or not any(grid):
        widest = max(rows, key=_span_of_row, default=None)
        grid = _grid_of_cells(widest) if widest is not None else []
        if not grid or min(grid) <= 0:
            refuse("bảng không ghi độ rộng cột")
            return ()
    return tuple(max(width, 0.0) for width in grid)


def _span_of_row(row: etree._Element) -> int:
    properties = child(row, "trPr")
    before = after = 0
    if properties is not None and len(properties):
        before = int(number(value_of(properties, "gridBefore", "0")))
        after = int(number(value_of(properties, "gridAfter", "0")))
    return before + after + sum([span_of(cell) for cell in _cells(row)])


def _cells(row: etree._Element) -> list[etree._Element]:
    return _through(row, "tc", lambda _construct: None)


def _grid_of_cells(row: etree._Element) -> list[float]:
    grid: list[float] = []
    for cell in _cells(row):
        width = child(child(cell, "tcPr"), "tcW")
        if width is None or width.get(f"{W}type", "dxa") != "dxa":
            return []
        span = span_of(cell)
        grid += [points(width.get(f"{W}w")) / span] * span
    return grid


class _RowReader:
    """Reads the rows of one table from the first to the last."""

    def __init__(
        self,
        blocks: "BlockReader",
        part: "Part",
        frame: TableFrame,
        grid: tuple[float, ...],
        rows: int,
    ) -> None:
        self._blocks = blocks
        self._part = part
        self._frame = frame
        self._grid = grid
        self._rows = rows
        self._refuse = blocks.findings.refuse
        self._cells = CellReader(blocks, part, rows, len(grid))

    def read(self, element: etree._Element, place: int) -> Row:
        """Read one row."""
        properties = child(element, "trPr")
        frame = self._with_exceptions(child(element, "tblPrEx"))
        cells_of = self._cells if frame is self._frame else self._cells.anew()
        height, rule, cant_split, is_head = self._read_properties(properties)
        column = int(number(value_of(properties, "gridBefore", "0")))
        cells: list[Cell] = []
        for one in _through(element, "tc", self._refuse):
            cell = cells_of.read(one, frame, place, column)
            column += cell.span
            if column > len(self._grid):
                self._refuse("dòng của bảng rộng hơn lưới cột")
                break
            cells.append(cell)
        return Row(
            cells=tuple(cells),
            height=height,
            height_rule=rule,
            cant_split=cant_split,
            is_head=is_head,
        )

    def _with_exceptions(self, exceptions: etree._Element | None) -> TableFrame:
        if exceptions is None:
            return self._frame
        theme = self._blocks.sheet.theme
        edges = read_edges(child(exceptions, "tblBorders"), theme, self._refuse)
        margins = read_margins(child(exceptions, "tblCellMar"))
        return replace(
            self._frame,
            edges={**self._frame.edges, **edges},
            margins={**self._frame.margins, **margins},
        )

    def _read_properties(self, properties: etree._Element | None) -> tuple[float, str, bool, bool]:
        height, rule, cant_split, is_head = 0.0, "atLeast", False, False
        for element in properties if properties is not None else ():
            name = local(element)
            if name == "trHeight":
                height = max(points(element.get(VAL)), 0.0)
                rule = "exact" if element.get(f"{W}hRule") == "exact" else "atLeast"
            elif name == "cantSplit":
                cant_split = is_on(element)
            elif name == "tblHeader":
                is_head = is_on(element)
            elif name == "hidden":
                if is_on(element):
                    self._refuse("dòng ẩn trong bảng")
            elif name == "tblCellSpacing":
                if points(element.get(f"{W}w")):
                    self._refuse("khoảng hở giữa các ô của bảng")
            elif name in _TRACKED:
                self._refuse(TRACKED)
            elif element.tag.startswith(W) and name not in _PASSED_ROW:
                self._refuse(f"thiết lập dòng bảng “{name}”")
        return height, rule, cant_split, is_head


def settle_edges(rows: list[Row]) -> list[Row]:
    """Give both cells at an inner edge the border that wins there: the heavier one."""
    settled = [list(row.cells) for row in rows]
    for cells in settled:
        for place in range(len(cells) - 1):
            left, right = cells[place], cells[place + 1]
            if left.right != right.left:
                edge = heavier(left.right, right.left)
                cells[place] = replace(left, right=edge)
                cells[place + 1] = replace(right, left=edge)
    for above, below in pairwise(settled):
        _settle_between(above, below)
    return [
        row if row.cells == tuple(cells) else replace(row, cells=tuple(cells))
        for row, cells in zip(rows, settled, strict=True)
    ]


def _settle_between(above: list[Cell], below: list[Cell]) -> None:
    tops = {cell.column: place for place, cell in enumerate(below)}
    for place, cell in enumerate(above):
        other = tops.get(cell.column)
        if other is None or below[other].span != cell.span:
            continue
        if cell.bottom != below[other].top:
            edge = heavier(cell.bottom, below[other].top)
            above[place] = replace(cell, bottom=edge)
            below[other] = replace(below[other], top=edge)


def heavier(one: Edge | None, other: Edge | None) -> Edge | None:
    """Give the border that wins where two cells meet."""
    if one is None or other is None:
        return one or other
    return other if other.width > one.width else one
