"""Proves, for most templates, that docxtpl's repair of tables would change nothing.

docxtpl parses every filled body and makes each table's grid as wide as its widest row. When
the rows of a template cannot become wider than their grid, and one row that always stands
fills it, there is nothing to repair, and the parsing (ten times the work of the filling) can
be left out. Where this is not plain from the tags alone, the repair stays.
"""

import re
from dataclasses import dataclass, field
from typing import Final

_TOKEN: Final = re.compile(
    r"<w:tbl>|<w:tbl |</w:tbl>|<w:gridCol[ />]|<w:tr[ >]|</w:tr>|<w:tc[ >]|</w:tc>"
    r'|<w:gridSpan[^>]*?w:val="([^"]*)"|\{%[-+]?\s*(\w+)'
    r"|<w:sdt[ >]|<w:customXml[ >]|<w:smartTag[ >]|<w:(?:ins|del|moveTo|moveFrom)[ >]"
    r"|<mc:AlternateContent[ >]"
)
#: What may stand around cells; docxtpl does not count a cell that stands in one of them.
_AROUND: Final = ("<w:sdt", "<w:cu", "<w:sm", "<w:in", "<w:de", "<w:mo", "<mc:A")
_OPENING: Final = frozenset({"for", "if", "filter", "call", "macro", "with", "block", "set"})


@dataclass(slots=True)
class _Row:
    level: int
    width: int = 0


@dataclass(slots=True)
class _Table:
    """A table being read: the depth of blocks at its start, its grid, what is known of it."""

    level: int
    columns: int = 0
    is_filled: bool = False
    rows: list[_Row] = field(default_factory=list)
    cell_level: int | None = None


def never_need_repair(source: str) -> bool:
    """Tell whether all tables of a settled body source are provably right as they are."""
    level = 0
    stack: list[_Table] = []
    for match in _TOKEN.finditer(source):
        token = match[0]
        table = stack[-1] if stack else None
        if word := match[2]:
            if table is not None and table.rows and table.cell_level is None:
                return False  # a tag between two cells
            level += _step(word)
            if table is not None and level < (table.cell_level or table.level):
                return False  # a block that began outside ends inside
        elif token in ("<w:tbl>", "<w:tbl "):
            stack.append(_Table(level))
        elif table is None:
            continue
        elif token.startswith(_AROUND):
            if table.rows and table.cell_level is None:
                return False  # a content control around a cell
        elif token == "</w:tbl>":
            if not table.is_filled or not table.columns or level != table.level:
                return False
            stack.pop()
        elif token.startswith("<w:gridCol"):
            table.columns += 1
        elif token.startswith("<w:tr"):
            table.rows.append(_Row(level))
        elif token == "</w:tr>":
            row = table.rows.pop()
            if row.level != level or not _fits(row, stack):
                return False
        elif token.startswith("<w:tc"):
            if not table.rows:
                return False
            table.rows[-1].width += 1
            table.cell_level = level
        elif token == "</w:tc>":
            if table.cell_level != level:
                return False
            table.cell_level = None
        elif not match[1].isdigit() or not table.rows:
            return False  # a span computed from values
        else:
            table.rows[-1].width += int(match[1]) - 1
    return not stack


def _fits(row: _Row, stack: list[_Table]) -> bool:
    """Count a row for its own table and for all that it is nested in, as the repair does."""
    for table in stack:
        if row.width > table.columns:
            return False
        if row.width == table.columns and row.level == table.level:
            table.is_filled = True
    return True


def _step(word: str) -> int:
    if word.startswith("end"):
        return -1
    return 1 if word in _OPENING else 0
