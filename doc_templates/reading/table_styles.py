"""What a table's style says of each of its cells: borders, shades, letters, by where it stands."""

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from lxml import etree

from doc_templates.reading.model import Edge
from doc_templates.reading.names import W, child, local, number, points, value_of
from doc_templates.reading.properties import (
    Layer,
    Refuse,
    read_edge,
    read_paragraph,
    read_run,
    shade_of,
)
from doc_templates.reading.styles import Sheet, overlay
from doc_templates.reading.theme import Theme

#: Sides of a table or cell; a table has lines inside too.
SIDES: Final = {
    "top": "top",
    "bottom": "bottom",
    "left": "left",
    "start": "left",
    "right": "right",
    "end": "right",
    "insideH": "insideH",
    "insideV": "insideV",
}
_DIAGONALS: Final = frozenset({"tl2br", "tr2bl"})
#: In the order in which one is laid over the other.
_CONDITIONS: Final = (
    *("band1Vert", "band2Vert", "band1Horz", "band2Horz"),
    *("firstRow", "lastRow", "firstCol", "lastCol", "nwCell", "neCell", "swCell", "seCell"),
)
_LOOK_BITS: Final = {
    "firstRow": 0x20,
    "lastRow": 0x40,
    "firstColumn": 0x80,
    "lastColumn": 0x100,
    "noHBand": 0x200,
    "noVBand": 0x400,
}

Edges = dict[str, Edge | None]
Margins = dict[str, float]


class CellLook(NamedTuple):
    """What a style sets for the text of a cell."""

    runs: Layer | None
    paragraphs: Layer | None


@dataclass(slots=True)
class Region:
    """What a style sets in a part of a table; sides that are not named are not set."""

    edges: Edges = field(default_factory=dict)
    cell_edges: Edges = field(default_factory=dict)
    margins: Margins = field(default_factory=dict)
    shade: str = ""
    valign: str = ""
    runs: Layer = field(default_factory=dict)
    paragraphs: Layer = field(default_factory=dict)

    def add(self, other: "Region") -> None:
        """Lay another region over this one."""
        self.edges.update(other.edges)
        self.cell_edges.update(other.cell_edges)
        self.margins.update(other.margins)
        self.shade = other.shade or self.shade
        self.valign = other.valign or self.valign
        self.runs.update(other.runs)
        overlay(self.paragraphs, other.paragraphs)


@dataclass(frozen=True, slots=True)
class Look:
    """Which parts of its style a table shows (tblLook)."""

    first_row: bool
    last_row: bool
    first_column: bool
    last_column: bool
    bands_across: bool
    bands_down: bool


class TableStyle:
    """A table style with its conditions; cells of one kind share what is worked out."""

    def __init__(self, sheet: Sheet, style_id: str, refuse: Refuse) -> None:
        self.whole = Region()
        self.align = ""
        self.indent: float | None = None
        self._conditions: dict[str, Region] = {}
        self._bands = [1, 1]
        self._made: dict[tuple[str, ...], Region] = {}
        for style in sheet.chain(style_id):
            if style.kind != "table":
                continue
            self.whole.add(read_region(style.element, sheet.theme, refuse))
            properties = child(style.element, "tblPr")
            self.align = value_of(properties, "jc", self.align)
            if (indent := child(properties, "tblInd")) is not None:
                self.indent = points(indent.get(f"{W}w"))
            for place, name in enumerate(("tblStyleRowBandSize", "tblStyleColBandSize")):
                size = int(number(value_of(properties, name, "0")))
                self._bands[place] = size or self._bands[place]
            for condition in style.element.iterfind(f"{W}tblStylePr"):
                kind = condition.get(f"{W}type", "")
                region = self._conditions.setdefault(kind, Region())
                region.add(read_region(condition, sheet.theme, refuse))

    def region(
        self, look: Look, *, row: int, rows: int, column: int, columns: int, last_column: int
    ) -> tuple[Region, tuple[str, ...]]:
        """Give what holds for a cell from `column` to `last_column`, and the conditions met."""
        if not self._conditions:
            return self.whole, ()
        met = self._met(look, row, rows, column, columns, last_column)
        if met not in self._made:
            region = Region()
            region.add(self.whole)
            for name in met:
                region.add(self._conditions[name])
            self._made[met] = region
        return self._made[met], met

    def _met(
        self, look: Look, row: int, rows: int, column: int, columns: int, last_column: int
    ) -> tuple[str, ...]:
        is_first, is_last = look.first_row and row == 0, look.last_row and row == rows - 1
        is_left = look.first_column and column == 0
        is_right = look.last_column and last_column == columns - 1
        met: set[str] = set()
        if look.bands_down and not is_left and not is_right:
            met.add(f"band{(column - look.first_column) // self._bands[1] % 2 + 1}Vert")
        if look.bands_across and not is_first and not is_last:
            met.add(f"band{(row - look.first_row) // self._bands[0] % 2 + 1}Horz")
        met |= {
            name
            for name, holds in (
                ("firstRow", is_first),
                ("lastRow", is_last),
                ("firstCol", is_left),
                ("lastCol", is_right),
                ("nwCell", is_first and is_left),
                ("neCell", is_first and is_right),
                ("swCell", is_last and is_left),
                ("seCell", is_last and is_right),
            )
            if holds
        }
        return tuple(name for name in _CONDITIONS if name in met and name in self._conditions)


def read_region(element: etree._Element, theme: Theme, refuse: Refuse) -> Region:
    """Read what a style, or one of its conditions, sets."""
    region = Region()
    table, cell = child(element, "tblPr"), child(element, "tcPr")
    region.edges = read_edges(child(table, "tblBorders"), theme, refuse)
    region.cell_edges = read_edges(child(cell, "tcBorders"), theme, refuse)
    region.margins = read_margins(child(table, "tblCellMar"))
    for properties in (table, cell):
        if (shade := child(properties, "shd")) is not None:
            region.shade = shade_of(shade, theme) or region.shade
    region.valign = value_of(cell, "vAlign")
    if (runs := child(element, "rPr")) is not None:
        region.runs = read_run(runs, theme, refuse)
    if (paragraphs := child(element, "pPr")) is not None:
        region.paragraphs = read_paragraph(paragraphs, theme, refuse)
    return region


def read_edges(element: etree._Element | None, theme: Theme, refuse: Refuse) -> Edges:
    """Read tblBorders or tcBorders: sides that are named, None where a side has no line."""
    edges: Edges = {}
    for one in element if element is not None else ():
        name = local(one)
        if name in SIDES:
            edges[SIDES[name]] = read_edge(one, theme, refuse)
        elif name in _DIAGONALS and read_edge(one, theme, refuse) is not None:
            refuse("đường chéo trong ô")
    return edges


def read_margins(element: etree._Element | None) -> Margins:
    """Read tblCellMar or tcMar: sides that are named, in points."""
    margins: Margins = {}
    for one in element if element is not None else ():
        side = SIDES.get(local(one))
        if side and one.get(f"{W}type", "dxa") in {"dxa", "nil"}:
            margins[side] = max(points(one.get(f"{W}w")), 0.0)
    return margins


def read_look(element: etree._Element | None) -> Look:
    """Read tblLook, in its old form as bits or its new one as words."""
    bits = 0
    if element is not None and (text := element.get(f"{W}val")):
        try:
            bits = int(text, 16)
        except ValueError:
            bits = 0
    shown = {name: bool(bits & bit) for name, bit in _LOOK_BITS.items()}
    for name in _LOOK_BITS:
        if element is not None and (text := element.get(W + name)) is not None:
            shown[name] = text.lower() in {"1", "true", "on"}
    return Look(
        first_row=shown["firstRow"],
        last_row=shown["lastRow"],
        first_column=shown["firstColumn"],
        last_column=shown["lastColumn"],
        bands_across=not shown["noHBand"],
        bands_down=not shown["noVBand"],
    )
