"""How high the rows of a table are, with cells that span several of them."""

from doc_templates.layout.strips import RowStrip
from doc_templates.reading.model import Table


def spans_of(table: Table) -> dict[tuple[int, int], int]:
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


def settle_heights(rows: list[RowStrip]) -> None:
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
