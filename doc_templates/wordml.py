"""The few pieces of WordprocessingML that are written by hand, as text.

Both the templates' authors and the merge use them; every value is escaped here. Lengths are
millimetres at the door and the format's own units (EMU, twips) inside.
"""

import re
from collections.abc import Sequence
from html import escape, unescape
from typing import Final

from doc_templates import typeface

_EMU_PER_MM: Final = 36_000
_POINTS_PER_MM: Final = 72 / 25.4
_RULE_WEIGHT_PT: Final = 0.75
#: What the cells of a body's table are measured by; a restyled table may differ a little.
_CELL_PT: Final = 12
_CELL_MARGINS_MM: Final = 3.0
_TAG: Final = re.compile(r"<[^>]*>")
#: A number, an amount, a share, or nothing.
_FIGURE: Final = re.compile(r"[\d.,/% -]*")
#: 6 pt above a table, as between paragraphs; it also keeps two tables from becoming one.
_GAP: Final = (
    '<w:p><w:pPr><w:keepNext/><w:spacing w:before="0" w:after="0" w:line="120" '
    'w:lineRule="exact"/></w:pPr></w:p>'
)

_NAMESPACES: Final = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def run(text: str, *, bold: bool = False, italic: bool = False, in_bold: bool = False) -> str:
    """Write a run. `in_bold` says that the style is bold, so that emphasis needs no more."""
    properties = ("<w:b/>" if bold and not in_bold else "") + ("<w:i/>" if italic else "")
    if properties:
        properties = f"<w:rPr>{properties}</w:rPr>"
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'


def lines(texts: Sequence[str]) -> str:
    """Write one run of several lines, broken where the sequence says."""
    broken = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(text, quote=False)}</w:t>' for text in texts
    )
    return f"<w:r>{broken}</w:r>"


def paragraph(
    style: str, runs: str, *, keep_with_next: bool = False, is_centred: bool = False
) -> str:
    """Write a paragraph around ready runs."""
    keep = "<w:keepNext/>" if keep_with_next else ""
    centred = '<w:jc w:val="center"/>' if is_centred else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}{centred}</w:pPr>{runs}</w:p>'


def rule(length_mm: float) -> str:
    """Draw a straight line as a shape in the line of text, with its fallback for old Word.

    The shape is centred by its paragraph, whatever the width of the column.
    """
    width = round(length_mm * _EMU_PER_MM)
    points = round(length_mm * _POINTS_PER_MM, 2)
    weight = round(_RULE_WEIGHT_PT * 12_700)
    return (
        f"<w:r><mc:AlternateContent {_NAMESPACES}>"
        '<mc:Choice Requires="wps"><w:drawing>'
        '<wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="0"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        '<wp:docPr id="1" name="Đường kẻ ngang"/><wp:cNvGraphicFramePr/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        "<wps:wsp><wps:cNvCnPr/><wps:spPr>"
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="0"/></a:xfrm>'
        '<a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
        f'<a:ln w="{weight}"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>'
        "</wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
        '</mc:Choice><mc:Fallback><w:pict><v:line from="0,0" '
        f'to="{points}pt,0" strokecolor="black" strokeweight="{_RULE_WEIGHT_PT}pt"/>'
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def table(
    rows: Sequence[Sequence[str]], *, style: str, head: str, text: str, width_mm: float
) -> str:
    """Write a bordered table of ready runs; the first row is the head and is repeated.

    Columns are as wide as their words ask for, and those of figures are centred; a short row
    is filled with empty cells. The last row is kept with the paragraph that follows, and a
    gap as between paragraphs stands above.
    """
    columns = max((len(row) for row in rows), default=0)
    if not columns:
        return ""
    filled = [[*row, *[""] * (columns - len(row))] for row in rows]
    plain = [
        [unescape(_TAG.sub("", cell)) for cell in column] for column in zip(*filled, strict=True)
    ]
    widths = [round(mm * _POINTS_PER_MM * 20) for mm in _column_widths_mm(plain, width_mm)]
    figures = [all(map(_FIGURE.fullmatch, column[1:])) for column in plain]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = "".join(
        f"<w:tr><w:trPr><w:cantSplit/>{'' if at else '<w:tblHeader/>'}</w:trPr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            + paragraph(
                text if at else head,
                cell,
                keep_with_next=at == len(filled) - 1,
                is_centred=bool(at) and is_figure,
            )
            + "</w:tc>"
            for cell, width, is_figure in zip(row, widths, figures, strict=True)
        )
        + "</w:tr>"
        for at, row in enumerate(filled)
    )
    return (
        f'{_GAP}<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" '
        f'w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{body}</w:tbl>"
    )


def _column_widths_mm(columns: Sequence[Sequence[str]], width_mm: float) -> list[float]:
    """Share a width among columns: narrow ones as they are, the rest in like parts.

    What is left over goes to the wide ones most.
    """
    asked = [max(map(_width_mm, column)) for column in columns]
    widths = list(asked)
    left = width_mm
    for done, at in enumerate(sorted(range(len(asked)), key=asked.__getitem__)):
        widths[at] = min(asked[at], left / (len(asked) - done))
        left -= widths[at]
    squares = sum(width * width for width in widths)
    return [width + left * width * width / squares for width in widths]


def _width_mm(text: str) -> float:
    """Measure text in a cell, as wide as it may be: bold, with the margins of the cell."""
    return typeface.width_mm(text, size_pt=_CELL_PT, bold=True) + _CELL_MARGINS_MM
