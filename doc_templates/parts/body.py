"""The text of a paper: outline text as the clerk typed it, set in the style of each level.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.6.
"""

from dataclasses import dataclass, replace

from doc_templates import outline, wording
from doc_templates.outline import Block, BlockKind, Run
from doc_templates.styles import Style


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyLine:
    """One paragraph, or a table when there are `rows`.

    `style` is the id of a template's style; `is_bold` says that the style itself is bold.
    Each cell of a row is a line of runs; the first row is the table's head.
    """

    style: str
    runs: tuple[Run, ...] = ()
    is_bold: bool = False
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = ()


_STYLES = {
    BlockKind.PART: Style.HEADING,
    BlockKind.CHAPTER: Style.HEADING,
    BlockKind.SECTION: Style.HEADING,
    BlockKind.SUBSECTION: Style.HEADING,
    BlockKind.HEADING_TITLE: Style.HEADING_TITLE,
    BlockKind.ROMAN: Style.ROMAN,
    BlockKind.ARTICLE: Style.ARTICLE,
    BlockKind.CLAUSE: Style.CLAUSE,
    BlockKind.SUBCLAUSE: Style.CLAUSE,
    BlockKind.ITEM: Style.CLAUSE,
    BlockKind.POINT: Style.POINT,
    BlockKind.DASH: Style.DASH,
    BlockKind.PLUS: Style.PLUS,
    BlockKind.PARAGRAPH: Style.BODY,
    BlockKind.TABLE: Style.TABLE,
}
_BOLD = frozenset({Style.HEADING, Style.HEADING_TITLE, Style.ROMAN, Style.CLAUSE_HEADING})
_CAPITALS = frozenset({Style.HEADING_TITLE, Style.ROMAN})


def make_body(text: str, *, is_closed: bool = True) -> tuple[BodyLine, ...]:
    """Set outline text as paragraphs, with the end mark after the last word.

    `is_closed` is off where something else of the paper follows and ends it.
    """
    blocks = outline.parse(text)
    if is_closed:
        blocks = outline.set_end_mark(blocks)
    return tuple(_line(block) for block in blocks)


def _line(block: Block) -> BodyLine:
    style = _STYLES[block.kind]
    if block.rows:
        return BodyLine(style=style, rows=block.rows)
    if block.is_heading and style is Style.CLAUSE:
        style = Style.CLAUSE_HEADING
    runs = block.runs
    if style in _CAPITALS and block.is_heading:
        runs = tuple(Run(text=run.text.upper(), italic=run.italic) for run in runs)
    return BodyLine(style=style, runs=_with_marker(block, runs), is_bold=style in _BOLD)


def _with_marker(block: Block, runs: tuple[Run, ...]) -> tuple[Run, ...]:
    if not block.marker:
        return runs
    if block.kind is BlockKind.ARTICLE:
        gap = " " if runs else ""
        if block.is_heading:
            runs = tuple(replace(run, bold=True) for run in runs)
        return (Run(text=f"{wording.keep_together(block.marker)}{gap}", bold=True), *runs)
    if not runs:
        return (Run(text=block.marker),)
    first = runs[0]
    joined = Run(text=f"{block.marker} {first.text}", bold=first.bold, italic=first.italic)
    return (joined, *runs[1:])
