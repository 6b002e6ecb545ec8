"""Tables in a pasted text: cells between bars, or cells between tabs as a sheet gives them."""

import re
from collections.abc import Callable, Sequence

from doc_templates.outline.inline import read_runs, split_cells
from doc_templates.outline.lines import Line
from doc_templates.outline.markers import find_candidate
from doc_templates.outline.model import Block, BlockKind

_RULE_CELL = re.compile(r":?-{3,}:?$")

Cells = list[str]


def read_table(lines: Sequence[Line], start: int) -> tuple[Block, int] | None:
    """Read the table that begins at line `start`.

    Returns:
        the table and the index of the line after it, or `None` when no table begins there.
    """
    rows = (
        _rows(lines, start, _cells_in_bars)
        or _even_rows(lines, start, _cells_at_bars)
        or _without_indent(_even_rows(lines, start, _cells_at_tabs))
    )
    if not rows:
        return None
    after = start + len(rows)
    if len(rows) > 1 and all(_RULE_CELL.match(cell) for cell in rows[1]):
        del rows[1]
    width = max(len(row) for row in rows)
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    table = tuple(tuple(read_runs(cell) for cell in row) for row in padded)
    return Block(kind=BlockKind.TABLE, rows=table), after


def _rows(lines: Sequence[Line], start: int, cells_of: Callable[[Line], Cells]) -> list[Cells]:
    """The cells of the lines from `start`, as far as there is no empty line between."""
    rows: list[Cells] = []
    for position in range(start, len(lines)):
        line = lines[position]
        cells = cells_of(line)
        if not cells or (rows and line.after_gap):
            break
        rows.append(cells)
    return rows if rows and len(rows[0]) >= 2 else []


def _even_rows(lines: Sequence[Line], start: int, cells_of: Callable[[Line], Cells]) -> list[Cells]:
    """The cells of at least two lines that have as many cells as the first."""
    width = len(cells_of(lines[start]))
    even = _rows(lines, start, lambda line: _of_width(cells_of(line), width))
    return even if len(even) >= 2 else []


def _of_width(cells: Cells, width: int) -> Cells:
    return cells if len(cells) == width else []


def _cells_in_bars(line: Line) -> Cells:
    """`| a | b |`; the last bar may be missing."""
    if not line.raw.startswith("|"):
        return []
    cells = split_cells(line.raw)[1:]
    if len(cells) > 1 and not cells[-1].strip():
        cells.pop()
    return [cell.strip() for cell in cells]


def _cells_at_bars(line: Line) -> Cells:
    """`a | b`, where the line is not one of a list."""
    if "|" not in line.raw or find_candidate(line.raw) or line.raw.startswith("\\ "):
        return []
    cells = split_cells(line.raw)
    return [cell.strip() for cell in cells] if len(cells) >= 2 else []


def _cells_at_tabs(line: Line) -> Cells:
    """Cells as pasted from a sheet; a tab after a marker does not make a table."""
    filled = [cell for cell in line.cells if cell]
    candidate = find_candidate(line.raw)
    if candidate is not None:
        is_figure = candidate.kind in (BlockKind.CLAUSE, BlockKind.SUBCLAUSE, BlockKind.ROMAN)
        if not is_figure or (filled[0] == candidate.typed and len(line.cells) < 3):
            return []
    is_row = len(filled) >= 2 or (len(line.cells) >= 3 and line.cells[0] != "")
    return list(line.cells) if is_row else []


def _without_indent(rows: list[Cells]) -> list[Cells]:
    """Leave out a first column that is empty in all rows; it is an indent."""
    return rows if any(row[0] for row in rows) else [row[1:] for row in rows]
