"""Flows the rows of a table over pages: heads repeat, rows that may be cut are cut."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from doc_templates.layout.strips import CellStrip, ParagraphStrip, Part, RowStrip, TableStrip

if TYPE_CHECKING:
    from doc_templates.layout.pages import Pager

#: Heights are sums of twentieths of a point; less than this is no difference.
TOLERANCE: Final = 0.02


@dataclass(slots=True)
class _Merged:
    """A cell over several rows: its text goes on from row to row and from page to page."""

    cell: CellStrip
    parts: list[Part]
    last_row: int
    top: float
    border: float
    drawn: float = 0.0


class RowFlow:
    """Flows one table."""

    def __init__(self, pager: "Pager", table: TableStrip, place: int) -> None:
        self._pager = pager
        self._table = table
        self._place = place
        self._merged: list[_Merged] = []

    @property
    def _left(self) -> float:
        return self._pager.left + self._table.x

    def height_of_first(self) -> float:
        """Give the room that the table needs to begin on a page: heads and first rows kept."""
        last = self._last_kept(0)
        rows = self._table.rows[: last + 1]
        row = rows[-1]
        if not row.row.cant_split and row.row.height_rule != "exact" and not row.keeps:
            return sum(one.height for one in rows[:-1]) + _least_height(row)
        return sum(one.height for one in rows) + self._table.bottom

    def _last_kept(self, start: int) -> int:
        """Give the last row that stays with the row `start`."""
        rows = self._table.rows
        last = start
        while last < len(rows) - 1 and (rows[last].keeps or last < self._table.heads):
            last += 1
        return last

    def _group_height(self, start: int) -> float:
        rows = self._table.rows
        last = self._last_kept(start)
        height = sum(row.height for row in rows[start : last + 1]) + self._table.bottom
        if last == len(rows) - 1 and rows[last].keeps and self._pager.follows(self._place):
            height += self._pager.chain_height(self._place + 1)
        return height

    def flow(self) -> None:
        """Place all rows."""
        table = self._table
        index = 0
        is_grouped = -1
        while index < len(table.rows):
            row = table.rows[index]
            if index > is_grouped:
                is_grouped = self._last_kept(index)
                is_kept = is_grouped > index or row.keeps
                height = self._group_height(index)
                if is_kept and not self._fits(height) and self._fits_on_empty(height, index):
                    self._next_page(index)
                    continue
            if self._fits(row.height + table.bottom):
                self._draw_row(index)
                index += 1
            elif not self._is_splittable(row) or not self._split_row(index):
                if self._is_alone_on_page(index):
                    self._draw_row(index)
                    index += 1
                else:
                    self._next_page(index)
            else:
                index += 1
        self._close(len(table.rows) - 1)

    def _fits(self, height: float) -> bool:
        return height <= self._pager.room

    def _fits_on_empty(self, height: float, index: int) -> bool:
        heads = self._heads_height() if index >= self._table.heads else 0.0
        room = self._pager.bottom - self._pager.top - heads
        return height <= room and not self._is_alone_on_page(index)

    def _heads_height(self) -> float:
        height = sum(row.height for row in self._table.rows[: self._table.heads])
        return height if height < (self._pager.bottom - self._pager.top) / 2 else 0.0

    def _is_alone_on_page(self, index: int) -> bool:
        """Tell whether a new page would give a row no more room than it has here."""
        pager = self._pager
        if pager.is_at_top:
            return True
        heads = self._heads_height() if index >= self._table.heads else 0.0
        return index >= self._table.heads > 0 and pager.y <= pager.top + heads + 0.01

    def _next_page(self, index: int, *, splits: bool = False) -> None:
        if index > 0 and (splits or not self._pager.is_at_top):
            self._close(index - 1)
        self._pager.new_page(hard=False)
        for merged in self._merged:
            merged.top, merged.border = self._pager.y, 0.0
        if index >= self._table.heads and self._heads_height():
            for place in range(self._table.heads):
                self._draw_row(place)
            for merged in self._merged:
                merged.top = self._pager.y

    def _close(self, index: int) -> None:
        """Draw the border below the last row of a page, and what merged cells show on it."""
        pager = self._pager
        pager.brush.closing_border(self._table, index, self._left, pager.y)
        for merged in self._merged:
            if merged.last_row > index:
                self._draw_merged(merged, pager.y - merged.top, is_last=False)
        pager.y += self._table.bottom

    def _draw_row(self, index: int) -> None:
        pager, row = self._pager, self._table.rows[index]
        top = pager.y
        pager.brush.row(self._table, row, self._left, top)
        for cell in row.cells:
            if cell.rows > 1:
                last = index + cell.rows - 1
                self._merged.append(_Merged(cell, cell.stack.parts(), last, top, row.border))
        pager.y += row.height
        pager.is_at_top = False
        self._end_merged(index)

    def _end_merged(self, index: int) -> None:
        for merged in self._merged:
            if merged.last_row == index:
                self._draw_merged(merged, self._pager.y - merged.top, is_last=True)
        self._merged = [merged for merged in self._merged if merged.last_row > index]

    def _draw_merged(self, merged: _Merged, height: float, *, is_last: bool) -> None:
        """Draw what of a merged cell goes on this page."""
        strip = merged.cell
        left, top, _, _ = strip.cell.margins
        x = self._left + strip.x + left
        whole = not merged.drawn and is_last
        if whole:
            self._pager.brush.cell_text(strip, self._left, merged.top, height, merged.border)
            merged.parts = []
            return
        room = height - merged.border - top
        start = merged.parts[0].top if merged.parts else 0.0
        taken = [
            part for part in merged.parts if is_last or part.bottom - start <= room + TOLERANCE
        ]
        self._pager.brush.parts(taken, x, merged.top + merged.border + top - start)
        merged.parts = merged.parts[len(taken) :]
        merged.drawn += height

    def _is_splittable(self, row: RowStrip) -> bool:
        return not row.row.cant_split and row.row.height_rule != "exact" and not row.row.is_head

    def _split_row(self, index: int) -> bool:
        """Cut a row at the foot of the page and go on with it; tells whether it could be."""
        pager, table = self._pager, self._table
        row = table.rows[index]
        if _least_height(row) > self._room() + TOLERANCE:
            return False
        rests = [
            _Rest(cell, cell.stack.parts())
            for cell in row.cells
            if cell.rows == 1 and cell.cell.merge != "on"
        ]
        while True:
            top, room = pager.y, self._room()
            cuts = [rest.cut(room - row.border) for rest in rests]
            is_done = not any(rest.parts for rest in rests)
            height = max((cut.height for cut in cuts), default=0.0) + row.border
            height = height if is_done else room
            pager.brush.row_frame(row, self._left, top, height)
            for rest, cut in zip(rests, cuts, strict=True):
                self._draw_cut(rest.cell, cut, top, height, row.border)
            pager.y += height
            pager.is_at_top = False
            if is_done:
                break
            self._next_page(index + 1, splits=True)
        for cell in row.cells:
            if cell.rows > 1:
                last = index + cell.rows - 1
                parts = cell.stack.parts()
                self._merged.append(_Merged(cell, parts, last, top, row.border))
        self._end_merged(index)
        return True

    def _room(self) -> float:
        return self._pager.bottom - self._pager.y - self._table.bottom

    def _draw_cut(
        self, strip: CellStrip, cut: "_Cut", top: float, height: float, border: float
    ) -> None:
        brush, x = self._pager.brush, self._left + strip.x
        left, above, _, _ = strip.cell.margins
        brush.enter_cell(strip, x, top, height, top + border + above)
        brush.parts(cut.parts, x + left, top + border + above - cut.start)
        brush.cells.pop()


class _Cut(NamedTuple):
    """What of a cell goes on a page: its parts, where they begin in the stack, and the height
    that they take with the margins of the cell."""

    parts: list[Part]
    start: float
    height: float


@dataclass(slots=True)
class _Rest:
    """What of a cell is still to be placed."""

    cell: CellStrip
    parts: list[Part]
    is_begun: bool = False

    def cut(self, room: float) -> _Cut:
        """Take what fits into a height; after the first page, at least one line.

        The gap above a paragraph counts again where it goes on.
        """
        _, top, _, bottom = self.cell.cell.margins
        parts = self.parts
        start = 0.0
        if self.is_begun and parts:
            first = parts[0].strip
            before = first.before if isinstance(first, ParagraphStrip) else 0.0
            start = parts[0].top - before
        taken: list[Part] = []
        for part in parts:
            if part.bottom - start > room - top - bottom + TOLERANCE:
                break
            taken.append(part)
        if self.is_begun and parts and not taken:
            taken = parts[:1]
        self.parts = parts[len(taken) :]
        end = taken[-1].bottom if self.parts and taken else self.cell.stack.height
        is_empty = self.is_begun and not parts
        self.is_begun = True
        return _Cut(taken, start, 0.0 if is_empty else top + end - start + bottom)


def _least_height(row: RowStrip) -> float:
    """Give the height of the first lines of a row, with which it may begin on a page."""
    least = 0.0
    for cell in row.cells:
        if cell.rows > 1 or cell.cell.merge == "on":
            continue
        parts = cell.stack.parts()
        _, top, _, bottom = cell.cell.margins
        least = max(least, top + bottom + (parts[0].bottom if parts else 0.0))
    return least + row.border
