"""Draws each part of a paper into a template, with its placeholders.

A placeholder names an attribute of the form's context (`letterhead.symbol`); the filters
`rule`, `lines` and `outline` are those of `merge.environment`.
"""

from collections.abc import Sequence
from typing import Final

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from doc_templates import decree30, typeface, wordml
from doc_templates.authoring import page
from doc_templates.styles import Style

#: The national heading at 12 pt and a long place and date at 13 pt both need 97 mm.
LETTERHEAD_RIGHT_MM: Final = 97.0
#: The samples of annexes draw a short rule; the decree gives it no length.
POINTER_RULE_MM: Final = 40.0
#: The signer's half is the wider one, as in the official samples.
CLOSING_LEFT_MM: Final = 68.0

_Place = Document | _Cell


def add_line(place: _Place, style: Style, text: str = "") -> Paragraph:
    """Add a paragraph in a style."""
    return place.add_paragraph(text, style=style.label)


def add_loop(place: _Place, style: Style, loop: str, text: str) -> None:
    """Add a paragraph that is repeated: `loop` is the text of the `for` tag."""
    add_line(place, style, f"{{%p for {loop} %}}")
    add_line(place, style, text)
    add_line(place, style, "{%p endfor %}")


def add_choice(place: _Place, style: Style, condition: str, text: str) -> None:
    """Add a paragraph that stands only where a condition holds."""
    add_line(place, style, f"{{%p if {condition} %}}")
    add_line(place, style, text)
    add_line(place, style, "{%p endif %}")


def add_letterhead(
    document: Document,
    *,
    symbol: bool = True,
    letter: bool = False,
    landscape: bool = False,
    dated: bool = True,
) -> None:
    """Draw the first two rows of a paper: bodies and national heading, symbol and date.

    `symbol` is off for papers without a number of their own; `letter` adds V/v; `dated` is off
    for minutes, which tell their day in the text.
    """
    width = page.text_width_mm(landscape=landscape)
    right = LETTERHEAD_RIGHT_MM + (20 if landscape else 0)
    top, bottom = _two_columns(document, width - right, right, rows=2)
    left = top.cells[0]
    add_choice(left, Style.SUPERIOR_BODY, "letterhead.superior", "{{ letterhead.superior }}")
    add_loop(left, Style.ISSUING_BODY, "line in letterhead.name", "{{ line }}")
    add_line(left, Style.RULE, "{{r letterhead.name_rule_mm|rule }}")
    right_cell = top.cells[1]
    add_line(right_cell, Style.NATIONAL_NAME, decree30.NATIONAL_NAME_TEXT)
    add_line(right_cell, Style.NATIONAL_MOTTO, decree30.NATIONAL_MOTTO_TEXT)
    _draw_rule(
        add_line(right_cell, Style.RULE),
        typeface.width_mm(
            decree30.NATIONAL_MOTTO_TEXT,
            size_pt=decree30.NATIONAL_MOTTO.chosen_pt,
            bold=decree30.NATIONAL_MOTTO.bold,
        ),
    )
    if symbol:
        add_line(bottom.cells[0], Style.SYMBOL, "Số: {{ letterhead.symbol }}")
    if letter:
        add_line(bottom.cells[0], Style.LETTER_ABSTRACT, "{{r abstract.lines|lines }}")
    if dated:
        add_line(bottom.cells[1], Style.PLACE_AND_DATE, "{{ letterhead.place_and_date }}")
    for cell in (*top.cells, *bottom.cells):
        _drop_first_paragraph(cell)


def add_title(document: Document, heading: str, *, rule: bool = True) -> None:
    """Draw the kind of document, its abstract and the rule below."""
    add_line(document, Style.KIND, heading)
    add_line(document, Style.ABSTRACT, "{{r abstract.lines|lines }}")
    if rule:
        add_line(document, Style.RULE, "{{r abstract.rule_mm|rule }}")


def add_addressees(document: Document, *, may_be_none: bool = False) -> None:
    """Draw Kính gửi: on one line for one addressee, as a list for several.

    `may_be_none` leaves it out where there is no addressee.
    """
    word = decree30.ADDRESSEES_WORD_TEXT
    if may_be_none:
        add_line(document, Style.ADDRESSEE, "{%p if addressees.only or addressees.lines %}")
    add_line(document, Style.ADDRESSEE, "{%p if addressees.only %}")
    add_line(document, Style.ADDRESSEE, f"{word} {{{{ addressees.only }}}}")
    add_line(document, Style.ADDRESSEE, "{%p else %}")
    add_line(document, Style.ADDRESSEES_WORD, word)
    add_loop(document, Style.ADDRESSEES_LINE, "line in addressees.lines", "- {{ line }}")
    add_line(document, Style.ADDRESSEE, "{%p endif %}")
    if may_be_none:
        add_line(document, Style.ADDRESSEE, "{%p endif %}")


def add_legal_bases(document: Document) -> None:
    """Draw the legal bases, one line each, in italics."""
    add_loop(document, Style.LEGAL_BASIS, "line in legal_bases", "{{ line }}")


def add_body(document: Document) -> None:
    """Put the place where the body's paragraphs go, each in the style of its level."""
    add_line(document, Style.BODY, "{{p body|outline }}")


def add_closing(document: Document) -> None:
    """Draw the last row of a paper: Nơi nhận on the left, the signature on the right."""
    width = page.text_width_mm()
    (row,) = _two_columns(document, CLOSING_LEFT_MM, width - CLOSING_LEFT_MM, before_pt=10)
    add_line(row.cells[0], Style.RECIPIENTS_WORD, decree30.RECIPIENTS_WORD_TEXT)
    add_loop(row.cells[0], Style.RECIPIENT, "line in recipients", "- {{ line }}")
    add_signature(row.cells[1])
    for cell in row.cells:
        _drop_first_paragraph(cell)
    add_line(document, Style.SPACER)


def add_two_signatures(document: Document, left: str, name: str) -> None:
    """Draw the last row of minutes: a second signer on the left, Nơi nhận below him.

    `left` is the second signer's part in capitals, `name` the placeholder of his name.
    Source: Nghị định 30/2020/NĐ-CP, Phụ lục III, mẫu 1.9.
    """
    width = page.text_width_mm()
    (row,) = _two_columns(document, CLOSING_LEFT_MM, width - CLOSING_LEFT_MM, before_pt=10)
    add_line(row.cells[0], Style.AUTHORITY_LINE, left)
    add_line(row.cells[0], Style.SIGNING_SPACE)
    add_line(row.cells[0], Style.SIGNER_NAME, f"{{{{ {name} }}}}")
    add_line(row.cells[0], Style.RECIPIENT)
    add_line(row.cells[0], Style.RECIPIENTS_WORD, decree30.RECIPIENTS_WORD_TEXT)
    add_loop(row.cells[0], Style.RECIPIENT, "line in recipients", "- {{ line }}")
    add_signature(row.cells[1])
    for cell in row.cells:
        _drop_first_paragraph(cell)
    add_line(document, Style.SPACER)


def add_report_closing(document: Document) -> None:
    """Draw the last row of a report on achievements: confirmed on the left, signed on the right."""
    width = page.text_width_mm()
    (row,) = _two_columns(document, width / 2, width / 2, before_pt=10)
    add_line(row.cells[0], Style.CONFIRMATION, "XÁC NHẬN CỦA\nTHỦ TRƯỞNG ĐƠN VỊ")
    add_signature(row.cells[0])
    add_line(row.cells[1], Style.AUTHORITY_LINE, "NGƯỜI BÁO CÁO")
    add_line(row.cells[1], Style.SIGNING_SPACE)
    add_line(row.cells[1], Style.SIGNER_NAME, "{{ reporter }}")
    for cell in row.cells:
        _drop_first_paragraph(cell)
    add_line(document, Style.SPACER)


def add_signed_alone(
    document: Document,
    *,
    above: str = "",
    total: str | bool = True,
    landscape: bool = False,
) -> None:
    """Draw a signature on the right, without Nơi nhận; `above` is a line over it.

    `total` is the sentence under the list that it follows: the list's own, another, or none.
    """
    if total:
        said = "{{ annex.total }}" if total is True else total
        line = add_line(document, Style.BODY, said)
        line.paragraph_format.keep_with_next = True
    width = page.text_width_mm(landscape=landscape)
    (row,) = _two_columns(document, width / 2, width / 2, before_pt=10)
    add_line(row.cells[0], Style.RECIPIENTS_WORD, "")
    if above:
        add_line(row.cells[1], Style.CONFIRMATION, above)
    add_signature(row.cells[1])
    for cell in row.cells:
        _drop_first_paragraph(cell)
    add_line(document, Style.SPACER)


def add_confirmation(document: Document) -> None:
    """Draw the confirmation of the nominating unit's head, on the right of a wide page."""
    add_signed_alone(document, above="XÁC NHẬN CỦA THỦ TRƯỞNG ĐƠN VỊ", total=False, landscape=True)


def add_signature(cell: _Cell) -> None:
    """Draw authority and post, room for the signature, and the name."""
    add_loop(cell, Style.AUTHORITY_LINE, "line in signature.lines", "{{ line }}")
    add_line(cell, Style.SIGNING_SPACE)
    add_choice(cell, Style.AUTHORITY_LINE, "signature.office_post", "{{ signature.office_post }}")
    add_line(cell, Style.SIGNER_NAME, "{{ signature.name }}")


def add_annex(
    document: Document, columns: Sequence[tuple[str, float, str]], *, word: str = "DANH SÁCH"
) -> None:
    """Draw the annexed list as a section of its own, left out when there are no nominees.

    `columns` are head, width in mm and the name of the row's attribute.
    """
    add_line(document, Style.SPACER, "{%p if annex.rows %}")
    page.copy_section_before(document, add_line(document, Style.SPACER))
    add_line(document, Style.ANNEX_WORD, word)
    add_line(document, Style.ANNEX_TITLE, "{{r annex.title|lines }}")
    add_pointer(document)
    add_list(document, columns)
    add_line(document, Style.BODY, "{{ annex.total }}")
    add_line(document, Style.SPACER, "{%p endif %}")


def add_pointer(document: Document) -> None:
    """Draw the sentence in brackets that says which paper a list goes with."""
    add_line(document, Style.ANNEX_POINTER, "{{ annex.pointer }}")
    _draw_rule(add_line(document, Style.RULE), POINTER_RULE_MM)
    add_line(document, Style.TABLE_TEXT)


def add_list(
    document: Document, columns: Sequence[tuple[str, float, str]], *, may_split: bool = False
) -> None:
    """Draw the table of nominees: a repeated head, group rows, and a row for each.

    The last row is a row of its own in the template: it is kept with the total below, so
    that no total or signature begins a page alone. `may_split` lets the other rows go on
    over the page.
    """
    table = document.add_table(rows=10, cols=len(columns), style=Style.TABLE.label)
    _fix_widths(table, [width for _, width, _ in columns])
    head, loop, choice, group, if_last, last, otherwise, line, end_choice, end_loop = table.rows
    for cell, (title, _, _) in zip(head.cells, columns, strict=True):
        _write(cell, Style.TABLE_HEAD, title)
    _mark_row(head, "w:cantSplit")
    _mark_row(head, "w:tblHeader")
    _write(group.cells[0].merge(group.cells[-1]), Style.TABLE_GROUP, "{{ row.group }}")
    _mark_row(group, "w:cantSplit")
    for row in (last, line):
        for cell, (_, _, attribute) in zip(row.cells, columns, strict=True):
            style = Style.TABLE_TEXT if attribute in _WORDY else Style.TABLE_CENTRE
            _write(cell, style, f"{{{{ row.{attribute} }}}}")
            cell.paragraphs[0].paragraph_format.keep_with_next = True if row is last else None
        if row is last or not may_split:
            _mark_row(row, "w:cantSplit")
    for row, tag in (
        (loop, "for row in annex.rows"),
        (choice, "if row.group"),
        (if_last, "elif row.is_last"),
        (otherwise, "else"),
        (end_choice, "endif"),
        (end_loop, "endfor"),
    ):
        _write(row.cells[0], Style.TABLE_TEXT, f"{{%tr {tag} %}}")


#: Columns of running text stand flush left, figures and single words in the middle.
_WORDY: Final = frozenset({"name", "post_and_unit", "deed", "summary", "award", "past_awards"})


def _two_columns(
    document: Document, left_mm: float, right_mm: float, *, rows: int = 1, before_pt: float = 0
) -> tuple[_Row, ...]:
    """Add a table without borders or cell margins, as wide as the text."""
    if before_pt:
        spacer = add_line(document, Style.SPACER)
        spacer.paragraph_format.line_spacing = Pt(before_pt)
        spacer.paragraph_format.keep_with_next = True
    table = document.add_table(rows=rows, cols=2)
    _fix_widths(table, [left_mm, right_mm])
    table._tbl.tblPr.append(
        parse_xml(
            f'<w:tblCellMar {nsdecls("w")}><w:left w:w="0" w:type="dxa"/>'
            '<w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
        )
    )
    for row in table.rows:
        _mark_row(row, "w:cantSplit")
    return tuple(table.rows)


def _fix_widths(table: Table, widths_mm: Sequence[float]) -> None:
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _mark_row(row: _Row, mark: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(mark))


def _write(cell: _Cell, style: Style, text: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.text = text
    paragraph.style = style.label


def _drop_first_paragraph(cell: _Cell) -> None:
    """Remove the empty paragraph of a new cell, unless it is the only one it has."""
    if len(cell.paragraphs) > 1:
        cell._tc.remove(cell.paragraphs[0]._p)


def _draw_rule(paragraph: Paragraph, length_mm: float) -> None:
    wrapped = parse_xml(f"<w:p {nsdecls('w')}>{wordml.rule(length_mm)}</w:p>")
    paragraph._p.extend(wrapped.findall(qn("w:r")))
