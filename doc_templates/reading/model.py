"""A paper as it was read: sections, paragraphs and tables with effective properties.

All lengths are points. Properties are frozen and shared: equal ones are mostly the same
object, so that a layout may be remembered by them. Colours are six hexadecimal digits.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

BLACK: Final = "000000"


class Raised(StrEnum):
    """Where a run stands against the line."""

    NOT = "baseline"
    SUPER = "superscript"
    SUB = "subscript"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RunStyle:
    """How letters look. `position` is up from the line; `shade` may be "".

    One object is one look: it is equal to itself alone, so that a layout can be remembered by
    it at no cost.
    """

    family: str = "Times New Roman"
    size: float = 10.0
    bold: bool = False
    italic: bool = False
    underline: str = ""
    strike: bool = False
    caps: bool = False
    small_caps: bool = False
    color: str = BLACK
    raised: Raised = Raised.NOT
    position: float = 0.0
    letter_space: float = 0.0
    shade: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """One border: `kind` is Word's word for it; `space` is its distance from the text."""

    kind: str
    width: float
    color: str = BLACK
    space: float = 0.0


@dataclass(frozen=True, slots=True)
class TabStop:
    """A tab stop, from the left margin of the text."""

    at: float
    align: str = "left"
    leader: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ParagraphStyle:
    """How a paragraph is set. One object is one setting, as with `RunStyle`.

    `line` is a multiple of the line for the rule "auto" and points for "exact" and
    "atLeast". `first_line` is negative for a hanging indent. `before_auto` and `after_auto`
    leave the gap to the program that lays out. `style` is the style's id, for the gap
    between paragraphs of one style.
    """

    style: str = ""
    align: str = "left"
    left: float = 0.0
    right: float = 0.0
    first_line: float = 0.0
    before: float = 0.0
    after: float = 0.0
    before_auto: bool = False
    after_auto: bool = False
    line: float = 1.0
    line_rule: str = "auto"
    contextual: bool = False
    keep_next: bool = False
    keep_lines: bool = False
    widow_control: bool = True
    page_break_before: bool = False
    tabs: tuple[TabStop, ...] = ()
    top: Edge | None = None
    bottom: Edge | None = None
    left_edge: Edge | None = None
    right_edge: Edge | None = None
    between: Edge | None = None
    shade: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """Letters of one look; no tabs or breaks in them."""

    text: str
    style: RunStyle


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab; `style` sets its underline and its height."""

    style: RunStyle


@dataclass(frozen=True, slots=True)
class Break:
    """A break within a paragraph: "line", "page" or "column"."""

    kind: str
    style: RunStyle


@dataclass(frozen=True, slots=True)
class Field:
    """A number that the layout knows: "PAGE" or "NUMPAGES"."""

    kind: str
    style: RunStyle


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line within a drawing, from its top left corner, y down."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    color: str = BLACK
    dash: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture; `media` names its part of the package. `crop` is left, top, right, bottom
    as shares of the picture that are cut away."""

    x: float
    y: float
    width: float
    height: float
    media: str
    crop: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class TextBox:
    """A rectangle, filled or not, that may hold paragraphs.

    `insets` are left, top, right, bottom; `valign` is "top", "center" or "bottom".
    `grows` lets the height follow the text.
    """

    x: float
    y: float
    width: float
    height: float
    line: Edge | None = None
    fill: str = ""
    blocks: "tuple[Block, ...]" = ()
    insets: tuple[float, float, float, float] = (7.2, 3.6, 7.2, 3.6)
    valign: str = "top"
    grows: bool = False


Shape = Stroke | Image | TextBox


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where a drawing stands that is not set like a letter.

    `h_from` and `v_from` are Word's words ("column", "page", "margin", "leftMargin",
    "rightMargin", "character"; "paragraph", "page", "margin", "line", "topMargin",
    "bottomMargin"); an alignment ("left", "center", …) goes before an offset when it is not "".
    `in_cell` lets a cell of a table stand for the page; before mode 15 it may be off.
    """

    h_from: str = "column"
    h_offset: float = 0.0
    h_align: str = ""
    v_from: str = "paragraph"
    v_offset: float = 0.0
    v_align: str = ""
    behind: bool = False
    in_cell: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Shapes in a box, set like a letter where `anchor` is None.

    `style` is that of the run; it matters for the line only where nothing else stands on it.
    """

    width: float
    height: float
    shapes: tuple[Shape, ...]
    style: RunStyle
    anchor: Anchor | None = None


Item = Text | Tab | Break | Field | Drawing


@dataclass(frozen=True, slots=True)
class Label:
    """The number or bullet of a list; `follow` is "tab", "space" or "nothing"."""

    text: str
    style: RunStyle
    follow: str = "tab"
    align: str = "left"
    tab_at: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph; `mark` is the look of its end, which sets the height of an empty one.

    `index` counts paragraphs of its part from 1, for messages.
    """

    style: ParagraphStyle
    items: tuple[Item, ...]
    mark: RunStyle
    label: Label | None = None
    index: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell. `merge` is "" or, over rows, "start" and "on"; `column` and `span` count columns
    of the grid; `margins` are left, top, right, bottom; edges are those that win here."""

    blocks: "tuple[Block, ...]"
    column: int
    span: int
    merge: str = ""
    margins: tuple[float, float, float, float] = (5.4, 0.0, 5.4, 0.0)
    top: Edge | None = None
    bottom: Edge | None = None
    left: Edge | None = None
    right: Edge | None = None
    shade: str = ""
    valign: str = "top"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row; `height` 0 means as high as its text, `height_rule` "atLeast" or "exact"."""

    cells: tuple[Cell, ...]
    height: float = 0.0
    height_rule: str = "atLeast"
    cant_split: bool = False
    is_head: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; `grid` are the widths of its columns; `indent` is from the left margin to the
    left border (or text, in old compatibility modes) for the alignment "left"."""

    rows: tuple[Row, ...]
    grid: tuple[float, ...]
    align: str = "left"
    indent: float = 0.0
    left_margin: float = 5.4
    spacing: float = 0.0


Block = Paragraph | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A header or footer; `name` is its part."""

    name: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Pages of one shape with what stands on them.

    `starts` is "nextPage", "continuous", "oddPage" or "evenPage"; `first_number` None goes on
    counting. Headers and footers are by kind: "default", "first", "even". A negative top or
    bottom margin holds whatever the header needs.
    """

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    header: float
    footer: float
    starts: str = "nextPage"
    title_page: bool = False
    first_number: int | None = None
    number_format: str = "decimal"
    valign: str = "top"
    headers: dict[str, Frame] = field(default_factory=dict)
    footers: dict[str, Frame] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A Word file that was read.

    `mode` is the compatibility mode (15 for Word 2013 and later, 0 where the file names none);
    `adds_gaps` says that the gaps after and before paragraphs add up instead of the larger one
    winning, and `stretches_broken` that a justified line is filled although a line break ends it.
    `media` are the bytes of pictures by part name.
    """

    sections: tuple[Section, ...]
    mode: int
    default_tab: float = 36.0
    even_and_odd: bool = False
    adds_gaps: bool = False
    stretches_broken: bool = True
    media: dict[str, bytes] = field(default_factory=dict)
    title: str = ""
    author: str = ""
