"""What an outline is made of: runs of text, and blocks with a kind and a marker."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text in one weight and slant.

    A bold or italic run neither begins nor ends with a space: the space stands in a
    plain run beside it.
    """

    text: str
    bold: bool = False
    italic: bool = False


class BlockKind(StrEnum):
    """What a block is in the body of a paper, from the highest division downwards.

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.6 for part to point; dashes
    and pluses are the custom of offices below the point.
    """

    PART = "part"
    """`Phần thứ nhất`, `Phần I`; also `A. TÊN PHẦN` as reports have it."""
    CHAPTER = "chapter"
    """`Chương II`, a line of its own."""
    SECTION = "section"
    """`Mục 1`, a line of its own."""
    SUBSECTION = "subsection"
    """`Tiểu mục 1`, a line of its own."""
    HEADING_TITLE = "heading_title"
    """The title under a part, chapter, section or subsection."""
    ARTICLE = "article"
    """`Điều 1.` and what follows it."""
    ROMAN = "roman"
    """`I. MỤC ĐÍCH, YÊU CẦU`."""
    CLAUSE = "clause"
    """`1.`"""
    SUBCLAUSE = "subclause"
    """`1.1.` and deeper, `1.1.1.`"""
    ITEM = "item"
    """`1.` inside a subclause or lower, where the numbers begin anew."""
    POINT = "point"
    """`a)`"""
    DASH = "dash"
    """`-`, whatever bullet was typed."""
    PLUS = "plus"
    """`+`"""
    PARAGRAPH = "paragraph"
    """Words without a marker."""
    TABLE = "table"
    """Rows of cells."""


DIVISIONS = frozenset({BlockKind.PART, BlockKind.CHAPTER, BlockKind.SECTION, BlockKind.SUBSECTION})
"""The kinds whose title stands in a block of its own, after them."""

Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of the body: a heading, a numbered item, a paragraph or a table.

    `marker` is what is printed before the words (`I.`, `1.1.`, `a)`, `-`, `Điều 1.`,
    `Chương II`), empty for a paragraph, a title and a table. `number` is what the marker
    counts: an int, a tuple for `1.2.`, `None` where nothing is counted; points count in
    the Vietnamese alphabet, so `đ)` is 5. `rows` holds a table's rows, all of one length,
    the first one its head.
    """

    kind: BlockKind
    marker: str = ""
    number: int | tuple[int, ...] | None = None
    runs: Runs = ()
    is_heading: bool = False
    rows: tuple[tuple[Runs, ...], ...] = ()

    @property
    def text(self) -> str:
        """The words without the marker and without emphasis; empty for a table."""
        return "".join(run.text for run in self.runs)
