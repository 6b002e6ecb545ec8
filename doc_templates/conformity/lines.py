"""A paper as lines with their place: what a reader sees, whatever holds it in the file."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from doc_templates.reading.model import (
    Block,
    Break,
    Drawing,
    Paper,
    Paragraph,
    ParagraphStyle,
    RunStyle,
    Stroke,
    Tab,
    Table,
    Text,
    TextBox,
)

_DASHES: Final = str.maketrans("–—‒−", "----")
#: A drawn line that rises by less than this, in points, is level.
_LEVEL: Final = 2.0
_LETTERS: Final = str.maketrans("đĐ", "dD")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line as typed: a paragraph, or what of it a line break or a tab parts from the rest.

    `table`, `row` and `column` are -1 outside tables; `paragraph` counts from 1; `part` counts
    the pieces between tabs. `is_whole` says that the paragraph is no more than this line.
    `strokes` are the lengths of level lines that are drawn in its paragraph or in the empty one
    below, in points.
    """

    text: str
    runs: tuple[Text, ...]
    style: ParagraphStyle
    section: int
    paragraph: int
    table: int = -1
    row: int = -1
    column: int = -1
    part: int = 0
    label: str = ""
    is_whole: bool = True
    leads_with_tab: bool = False
    strokes: tuple[float, ...] = ()

    @property
    def place(self) -> str:
        """Say where it stands."""
        if self.table < 0:
            return f"đoạn {self.paragraph}"
        return f"bảng {self.table + 1}, hàng {self.row + 1}, ô {self.column + 1}"

    @property
    def folded(self) -> str:
        """The text without accents, in small letters, with plain hyphens and single spaces."""
        return fold(self.text)

    @property
    def is_capitals(self) -> bool:
        """Whether all its letters are capitals, as typed or by their look."""
        letters = [
            (letter, run.style.caps or run.style.small_caps)
            for run in self.runs
            for letter in run.text
            if letter.isalpha()
        ]
        return bool(letters) and all(caps or not letter.islower() for letter, caps in letters)

    def share(self, trait: str) -> float:
        """Give the share of its letters whose look has a trait (“bold”, “italic”)."""
        total = sum(len(run.text.strip()) for run in self.runs)
        has = sum(len(run.text.strip()) for run in self.runs if getattr(run.style, trait))
        return has / total if total else 0.0

    @property
    def sizes(self) -> Counter[float]:
        """Count its letters by size, in points."""
        found: Counter[float] = Counter()
        for run in self.runs:
            found[run.style.size] += len(run.text.strip())
        return +found

    @property
    def size(self) -> float:
        """The size of most of its letters; 0 for a line without any."""
        sizes = self.sizes
        return sizes.most_common(1)[0][0] if sizes else 0.0


@lru_cache(maxsize=2_048)
def fold(text: str) -> str:
    """Write a text without accents, in small letters, with plain hyphens and single spaces.

    >>> fold("Độc  lập – Tự do")
    'doc lap - tu do'
    """
    bare = unicodedata.normalize("NFD", text.translate(_LETTERS).translate(_DASHES))
    kept = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(kept.lower().replace("\u00a0", " ").split())


def lines_of(paper: Paper) -> list[Line]:
    """Give all lines of the body, in reading order, without empty ones; boxes of text follow
    the paragraph that holds them, and what is drawn in an empty paragraph counts to the line
    above it."""
    reader = _Reader()
    for number, section in enumerate(paper.sections):
        reader.section = number
        reader.read(section.blocks)
    lines: list[Line] = []
    for line in reader.lines:
        if line.text.strip():
            lines.append(line)
        elif line.strokes and lines and _cell(lines[-1]) == _cell(line):
            lines[-1] = replace(lines[-1], strokes=(*lines[-1].strokes, *line.strokes))
    return lines


def _cell(line: Line) -> tuple[int, int, int]:
    return line.table, line.row, line.column


def lines_in(blocks: Iterable[Block]) -> list[Line]:
    """Give the lines of a header or footer, without empty ones."""
    reader = _Reader()
    reader.read(blocks)
    return [line for line in reader.lines if line.text.strip()]


@dataclass(slots=True)
class _Reader:
    section: int = 0
    table: int = -1
    tables: int = 0
    row: int = -1
    column: int = -1
    lines: list[Line] = field(default_factory=list)

    def read(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if isinstance(block, Paragraph):
                self.lines += self._paragraph(block)
                self._boxes(block)
            else:
                self._table(block)

    def _table(self, table: Table) -> None:
        outer = (self.table, self.row, self.column)
        number = self.tables
        self.tables += 1
        for row_number, row in enumerate(table.rows):
            for cell_number, cell in enumerate(row.cells):
                if cell.merge == "on":
                    continue
                self.table, self.row, self.column = number, row_number, cell_number
                self.read(cell.blocks)
        self.table, self.row, self.column = outer

    def _boxes(self, paragraph: Paragraph) -> None:
        for item in paragraph.items:
            if isinstance(item, Drawing):
                for shape in item.shapes:
                    if isinstance(shape, TextBox):
                        self.read(shape.blocks)

    def _paragraph(self, paragraph: Paragraph) -> Iterator[Line]:
        pieces: list[tuple[list[Text], int, bool]] = [([], 0, False)]
        strokes: list[float] = []
        breaks = 0
        for item in paragraph.items:
            if isinstance(item, Text):
                pieces[-1][0].append(item)
            elif isinstance(item, Tab):
                typed = any(run.text.strip() for run in pieces[-1][0])
                if typed:
                    pieces.append(([], pieces[-1][1] + 1, False))
                elif not pieces[-1][0]:
                    pieces[-1] = (pieces[-1][0], pieces[-1][1], True)
            elif isinstance(item, Break):
                breaks += 1
                pieces.append(([], 0, False))
            elif isinstance(item, Drawing):
                strokes += [
                    abs(shape.x2 - shape.x1)
                    for shape in item.shapes
                    if isinstance(shape, Stroke) and abs(shape.y2 - shape.y1) < _LEVEL
                ]
        is_whole = len(pieces) == 1
        for runs, part, leads in pieces:
            shown = tuple(run for run in runs if not run.style.hidden)
            yield Line(
                text="".join(run.text for run in shown).strip(),
                runs=shown,
                style=paragraph.style,
                section=self.section,
                paragraph=paragraph.index,
                table=self.table,
                row=self.row,
                column=self.column,
                part=part,
                label=paragraph.label.text if paragraph.label and runs is pieces[0][0] else "",
                is_whole=is_whole,
                leads_with_tab=leads,
                strokes=tuple(strokes),
            )


def styles_of(lines: Iterable[Line]) -> Iterator[tuple[Line, RunStyle, str]]:
    """Give every run that has letters, with its line."""
    for line in lines:
        for run in line.runs:
            if run.text.strip():
                yield line, run.style, run.text
