"""Reads the cells of a table: what is set in them, and the lines round them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lxml import etree

from doc_templates.reading.model import Cell, Edge
from doc_templates.reading.names import VAL, W, child, is_on, local, named, number
from doc_templates.reading.properties import TRACKED, shade_of
from doc_templates.reading.styles import key_of
from doc_templates.reading.table_styles import (
    CellLook,
    Edges,
    Look,
    Margins,
    Region,
    TableStyle,
    read_edges,
    read_margins,
)

if TYPE_CHECKING:
    from doc_templates.reading.blocks import BlockReader, Part

_CELL_PROPERTIES: Final = f"{W}tcPr"
_SPAN: Final = f"{W}gridSpan"
_PASSED: Final = named("cnfStyle tcW gridSpan noWrap hideMark headers")
_TRACKED: Final = named("tcPrChange cellIns cellDel cellMerge")


@dataclass(slots=True)
class TableFrame:
    """What holds for a whole table, or for a row with exceptions."""

    style: TableStyle
    look: Look
    edges: Edges
    margins: Margins


class _Setting(NamedTuple):
    """What holds for all cells that are written alike and stand alike."""

    merge: str
    margins: tuple[float, float, float, float]
    top: Edge | None
    bottom: Edge | None
    left: Edge | None
    right: Edge | None
    shade: str
    valign: str
    look: CellLook | None


class _Rim(NamedTuple):
    """At which sides a cell stands at the rim of its table."""

    top: bool
    bottom: bool
    left: bool
    right: bool


class CellReader:
    """Reads the cells of a table of so many rows and columns."""

    def __init__(self, blocks: "BlockReader", part: "Part", rows: int, columns: int) -> None:
        self._blocks = blocks
        self._part = part
        self._rows = rows
        self._columns = columns
        self._settings: dict[Any, _Setting] = {}

    def anew(self) -> "CellReader":
        """Give a reader that remembers nothing, for a row with exceptions of its own."""
        return CellReader(self._blocks, self._part, self._rows, self._columns)

    def read(self, element: etree._Element, frame: TableFrame, row: int, column: int) -> Cell:
        """Read a cell that begins in this column."""
        properties = child(element, "tcPr")
        span = span_of(element)
        last = column + span - 1
        region, met = frame.style.region(
            frame.look,
            row=row,
            rows=self._rows,
            column=column,
            columns=self._columns,
            last_column=last,
        )
        rim = _Rim(row == 0, row == self._rows - 1, column == 0, last == self._columns - 1)
        key = (met, rim, key_of(properties))
        setting = self._settings.get(key)
        if setting is None:
            setting = self._settings[key] = self._setting_of(properties, frame, region, rim)
        return Cell(
            blocks=self._blocks.read_all(element, self._part, setting.look),
            column=column,
            span=span,
            merge=setting.merge,
            margins=setting.margins,
            top=setting.top,
            bottom=setting.bottom,
            left=setting.left,
            right=setting.right,
            shade=setting.shade,
            valign=setting.valign,
        )

    def _setting_of(
        self, properties: etree._Element | None, frame: TableFrame, region: Region, rim: _Rim
    ) -> _Setting:
        direct: Edges = {}
        shade, valign, merge = region.shade, region.valign or "top", ""
        margins: Margins = {}
        theme, refuse = self._blocks.sheet.theme, self._blocks.findings.refuse
        for element in properties if properties is not None else ():
            name = local(element)
            if name == "tcBorders":
                direct = read_edges(element, theme, refuse)
            elif name == "shd":
                shade = shade_of(element, theme)
            elif name == "vAlign":
                valign = element.get(VAL, "top")
            elif name == "vMerge":
                merge = "start" if element.get(VAL, "continue") == "restart" else "on"
            elif name == "tcMar":
                margins = read_margins(element)
            elif name in _TRACKED:
                refuse(TRACKED)
            elif element.tag.startswith(W) and name not in _PASSED:
                self._refuse(element, name)
        sides = {**frame.margins, **margins}
        edges = _edges_of(frame.edges, (region.cell_edges, direct), rim)
        has_look = region.runs or region.paragraphs
        return _Setting(
            merge=merge,
            margins=_margins_beside(edges, sides),
            top=edges["top"],
            bottom=edges["bottom"],
            left=edges["left"],
            right=edges["right"],
            shade=shade,
            valign=valign,
            look=CellLook(region.runs or None, region.paragraphs or None) if has_look else None,
        )

    def _refuse(self, element: etree._Element, name: str) -> None:
        refuse = self._blocks.findings.refuse
        if name == "hMerge":
            refuse("ô gộp ngang kiểu cũ (hMerge)")
        elif name == "textDirection":
            if element.get(VAL, "lrTb") not in {"lrTb", "tb"}:
                refuse("chữ xoay dọc trong ô")
        elif name == "tcFitText":
            if is_on(element):
                refuse("chữ ép vừa ô")
        else:
            refuse(f"thiết lập ô “{name}”")


def _margins_beside(edges: Edges, sides: Margins) -> tuple[float, float, float, float]:
    """Keep the text off the inner halves of the borders beside it."""
    left, right = (edge.width / 2 if edge else 0.0 for edge in (edges["left"], edges["right"]))
    inner = max(left, sides["left"])
    outer = max(inner + right, sides["left"] + sides["right"]) - inner
    return inner, sides["top"], outer, sides["bottom"]


def span_of(cell: etree._Element) -> int:
    """Give how many columns of the grid a cell spans."""
    for properties in cell.iterchildren(_CELL_PROPERTIES):
        for one in properties.iterchildren(_SPAN):
            return max(int(number(one.get(VAL), 1.0)), 1)
    return 1


def _edges_of(table: Edges, layers: tuple[Edges, ...], rim: _Rim) -> Edges:
    """Give a cell's edges: of the table at its rim and inside it, of the style's conditions,
    of the cell itself, each over the one before."""
    edges: Edges = {
        "top": table.get("top" if rim.top else "insideH"),
        "bottom": table.get("bottom" if rim.bottom else "insideH"),
        "left": table.get("left" if rim.left else "insideV"),
        "right": table.get("right" if rim.right else "insideV"),
    }
    for layer in layers:
        for side, inside, is_rim in (
            ("top", "insideH", rim.top),
            ("bottom", "insideH", rim.bottom),
            ("left", "insideV", rim.left),
            ("right", "insideV", rim.right),
        ):
            if inside in layer and not is_rim:
                edges[side] = layer[inside]
            if side in layer:
                edges[side] = layer[side]
    return edges
