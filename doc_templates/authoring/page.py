"""A blank official page: paper, margins, styles, page number.

Everything measurable comes from `decree30`; what the decree leaves open is decided here,
beside a word of why.
"""

from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, cast

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.parfmt import ParagraphFormat

from doc_templates import decree30
from doc_templates.decree30 import Lettering
from doc_templates.styles import Style

#: Lettering of lists. The decree sets none for tables; 12 pt keeps a row readable and short.
TABLE_LETTERING: Final = Lettering(least_pt=12, most_pt=14, chosen_pt=12)
#: Room for the signature: five lines of 14 pt, as the official samples leave.
SIGNING_SPACE_PT: Final = 80
#: A dash and its space at 14 pt.
_DASH_MM: Final = 2.9
_FIRST_DAY: Final = datetime(2020, 3, 5, tzinfo=UTC)
_KEPT_STYLES: Final = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList"}

_LEFT = WD_ALIGN_PARAGRAPH.LEFT
_CENTRE = WD_ALIGN_PARAGRAPH.CENTER
_BOTH = WD_ALIGN_PARAGRAPH.JUSTIFY


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setting:
    """How a style sets its paragraphs; lengths in mm, gaps in points."""

    lettering: Lettering
    align: WD_ALIGN_PARAGRAPH = _CENTRE
    before_pt: float = 0
    after_pt: float = 0
    first_line_mm: float = 0
    left_mm: float = 0
    keep_with_next: bool = False
    exact_pt: float | None = None


def _body(lettering: Lettering, *, keep_with_next: bool = False) -> _Setting:
    return _Setting(
        lettering=lettering,
        align=_BOTH,
        before_pt=decree30.PARAGRAPH_GAP_LEAST_PT,
        first_line_mm=decree30.FIRST_LINE_CHOSEN_MM,
        keep_with_next=keep_with_next,
    )


def _table(
    *, bold: bool = False, align: WD_ALIGN_PARAGRAPH = _CENTRE, keep_with_next: bool = False
) -> _Setting:
    size = TABLE_LETTERING
    lettering = Lettering(
        least_pt=size.least_pt, most_pt=size.most_pt, chosen_pt=size.chosen_pt, bold=bold
    )
    return _Setting(
        lettering=lettering, align=align, before_pt=2, after_pt=2, keep_with_next=keep_with_next
    )


_SETTINGS: Final[dict[Style, _Setting]] = {
    Style.NATIONAL_NAME: _Setting(lettering=decree30.NATIONAL_NAME),
    Style.NATIONAL_MOTTO: _Setting(lettering=decree30.NATIONAL_MOTTO),
    Style.SUPERIOR_BODY: _Setting(lettering=decree30.SUPERIOR_BODY),
    Style.ISSUING_BODY: _Setting(lettering=decree30.ISSUING_BODY),
    # A rule is a drawn line in a paragraph of its own; 5 pt keeps it close to the words.
    Style.RULE: _Setting(lettering=decree30.RECIPIENTS, exact_pt=5),
    Style.SYMBOL: _Setting(lettering=decree30.NUMBER_AND_SYMBOL, before_pt=4),
    Style.PLACE_AND_DATE: _Setting(lettering=decree30.PLACE_AND_DATE, before_pt=4),
    Style.LETTER_ABSTRACT: _Setting(
        lettering=decree30.LETTER_ABSTRACT, before_pt=decree30.LETTER_ABSTRACT_BEFORE_PT
    ),
    Style.KIND: _Setting(lettering=decree30.KIND, before_pt=14, keep_with_next=True),
    Style.ABSTRACT: _Setting(lettering=decree30.ABSTRACT, keep_with_next=True),
    Style.AUTHORITY: _Setting(
        lettering=decree30.SIGNING_AUTHORITY, before_pt=10, after_pt=4, keep_with_next=True
    ),
    Style.ADDRESSEE: _Setting(lettering=decree30.ADDRESSEES, before_pt=14, after_pt=8),
    Style.ADDRESSEES_WORD: _Setting(
        lettering=decree30.ADDRESSEES,
        align=_LEFT,
        before_pt=14,
        left_mm=decree30.ADDRESSEES_WORD_INDENT_MM,
        keep_with_next=True,
    ),
    # The dash stands under the colon, and a second line under the first word.
    Style.ADDRESSEES_LINE: _Setting(
        lettering=decree30.ADDRESSEES,
        align=_LEFT,
        before_pt=2,
        left_mm=decree30.ADDRESSEES_LINE_INDENT_MM + _DASH_MM,
        first_line_mm=-_DASH_MM,
    ),
    Style.LEGAL_BASIS: _body(decree30.LEGAL_BASIS),
    Style.BODY: _body(decree30.BODY),
    Style.HEADING: _Setting(lettering=decree30.HEADING, before_pt=10, keep_with_next=True),
    Style.HEADING_TITLE: _Setting(
        lettering=decree30.HEADING_CAPITALS, after_pt=4, keep_with_next=True
    ),
    Style.ROMAN: _body(decree30.HEADING_CAPITALS, keep_with_next=True),
    Style.ARTICLE: _body(decree30.BODY),
    Style.CLAUSE_HEADING: _body(decree30.HEADING, keep_with_next=True),
    Style.CLAUSE: _body(decree30.BODY),
    Style.POINT: _body(decree30.BODY),
    Style.DASH: _body(decree30.BODY),
    Style.PLUS: _body(decree30.BODY),
    # A head or a group's name is not left alone at the foot of a page.
    Style.TABLE_HEAD: _table(bold=True, keep_with_next=True),
    Style.TABLE_CENTRE: _table(),
    Style.TABLE_TEXT: _table(align=_LEFT),
    Style.TABLE_GROUP: _table(bold=True, align=_LEFT, keep_with_next=True),
    Style.RECIPIENTS_WORD: _Setting(lettering=decree30.RECIPIENTS_WORD, align=_LEFT),
    Style.RECIPIENT: _Setting(lettering=decree30.RECIPIENTS, align=_LEFT),
    Style.AUTHORITY_LINE: _Setting(lettering=decree30.SIGNING_AUTHORITY, keep_with_next=True),
    Style.CONFIRMATION: _Setting(lettering=decree30.SIGNING_AUTHORITY, keep_with_next=True),
    Style.SIGNING_SPACE: _Setting(
        lettering=decree30.SIGNER_NAME, exact_pt=SIGNING_SPACE_PT, keep_with_next=True
    ),
    Style.SIGNER_NAME: _Setting(lettering=decree30.SIGNER_NAME),
    Style.ANNEX_WORD: _Setting(lettering=decree30.ANNEX_WORD, keep_with_next=True),
    Style.ANNEX_TITLE: _Setting(lettering=decree30.ANNEX_TITLE, keep_with_next=True),
    Style.ANNEX_POINTER: _Setting(lettering=decree30.ANNEX_POINTER, keep_with_next=True),
    Style.PAGE_NUMBER: _Setting(lettering=decree30.PAGE_NUMBER),
    # Word wants a paragraph after a table; one point high it takes no room, and it parts no
    # table from the words below.
    Style.SPACER: _Setting(lettering=decree30.RECIPIENTS, exact_pt=1, keep_with_next=True),
}
#: Styles that follow another one: a clerk who sets “Lời văn” in 13 pt sets all text so.
_FOLLOWS: Final = {
    Style.LEGAL_BASIS: Style.BODY,
    Style.ROMAN: Style.BODY,
    Style.ARTICLE: Style.BODY,
    Style.CLAUSE_HEADING: Style.BODY,
    Style.CLAUSE: Style.BODY,
    Style.POINT: Style.BODY,
    Style.DASH: Style.BODY,
    Style.PLUS: Style.BODY,
    Style.HEADING_TITLE: Style.HEADING,
    Style.ADDRESSEES_WORD: Style.ADDRESSEE,
    Style.ADDRESSEES_LINE: Style.ADDRESSEE,
    Style.TABLE_HEAD: Style.TABLE_TEXT,
    Style.TABLE_CENTRE: Style.TABLE_TEXT,
    Style.TABLE_GROUP: Style.TABLE_TEXT,
}


def blank_page(*, landscape: bool = False) -> DocxDocument:
    """Make an empty document with the official page, the styles and the page number."""
    document = Document()
    _drop_leftovers(document)
    _set_defaults(document)
    for style, setting in _SETTINGS.items():
        _add_style(document, style, setting)
    _add_table_style(document)
    set_page(document.sections[0], landscape=landscape)
    return document


def set_page(section: Section, *, landscape: bool = False, restart: bool = False) -> None:
    """Give a section the official paper, margins and page number.

    `restart` counts its pages from 1 again, as each annex does (Phụ lục I, Phần I, mục I.7).
    """
    width, height = Mm(decree30.PAGE_WIDTH_MM), Mm(decree30.PAGE_HEIGHT_MM)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (height, width) if landscape else (width, height)
    section.top_margin = Mm(decree30.MARGIN_TOP.chosen_mm)
    section.bottom_margin = Mm(decree30.MARGIN_BOTTOM.chosen_mm)
    section.left_margin = Mm(decree30.MARGIN_LEFT.chosen_mm)
    section.right_margin = Mm(decree30.MARGIN_RIGHT.chosen_mm)
    section.header_distance = Mm(decree30.PAGE_NUMBER_FROM_TOP_MM)
    section.footer_distance = Mm(decree30.PAGE_NUMBER_FROM_TOP_MM)
    section.different_first_page_header_footer = True
    if restart:
        start = OxmlElement("w:pgNumType")
        start.set(qn("w:start"), "1")
        cast(Any, section._sectPr).insert_element_before(start, "w:cols", "w:titlePg", "w:docGrid")


def add_page_number(section: Section) -> None:
    """Put the page number in the middle of the top margin, from the second page on."""
    section.header.is_linked_to_previous = False
    section.first_page_header.is_linked_to_previous = False
    paragraph = section.header.paragraphs[0]
    paragraph.style = Style.PAGE_NUMBER.label
    section.first_page_header.paragraphs[0].style = Style.PAGE_NUMBER.label
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("text", "2"), ("end", "")):
        run = paragraph.add_run(text if kind == "text" else "")
        if kind == "":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {text} "
            run._r.append(code)
        elif kind != "text":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def text_width_mm(*, landscape: bool = False) -> float:
    """How wide the text is between the margins."""
    paper = decree30.PAGE_HEIGHT_MM if landscape else decree30.PAGE_WIDTH_MM
    return paper - decree30.MARGIN_LEFT.chosen_mm - decree30.MARGIN_RIGHT.chosen_mm


def _drop_leftovers(document: DocxDocument) -> None:
    """Remove what the library's own blank document carries and an official page does not."""
    styles = document.styles.element
    for style in list(styles.findall(qn("w:style"))):
        if style.get(qn("w:styleId")) not in _KEPT_STYLES:
            styles.remove(style)
    package = document.part.package
    for source in (package.rels, document.part.rels):
        for name, relation in list(source.items()):
            if relation.reltype.endswith(("/thumbnail", "/customXml", "/stylesWithEffects")):
                source.pop(name)
    properties = document.core_properties
    properties.author = ""
    properties.comments = ""
    properties.title = ""
    properties.last_modified_by = ""
    properties.language = "vi-VN"
    properties.created = properties.modified = _FIRST_DAY


def _set_defaults(document: DocxDocument) -> None:
    element = document.styles.element
    defaults = element.find(qn("w:docDefaults"))
    element.replace(
        defaults,
        parse_xml(
            f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>"
            f"{_fonts()}"
            f'<w:sz w:val="{_half_points(decree30.BODY)}"/>'
            f'<w:szCs w:val="{_half_points(decree30.BODY)}"/>'
            '<w:lang w:val="vi-VN" w:eastAsia="en-US" w:bidi="ar-SA"/>'
            "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        ),
    )
    normal = document.styles["Normal"].element
    for child in list(normal):
        if child.tag in (qn("w:rPr"), qn("w:pPr")):
            normal.remove(child)
    settings = document.settings.element
    for child in list(settings):
        if child.tag not in (qn("w:zoom"), qn("w:defaultTabStop"), qn("w:themeFontLang")):
            settings.remove(child)
    settings.append(
        parse_xml(
            f"<w:compat {nsdecls('w')}><w:compatSetting w:name='compatibilityMode' "
            "w:uri='http://schemas.microsoft.com/office/word' w:val='15'/></w:compat>"
        )
    )
    language = settings.find(qn("w:themeFontLang"))
    if language is not None:
        settings.remove(language)
        language.set(qn("w:val"), "vi-VN")
        settings.append(language)


def _add_style(document: DocxDocument, style: Style, setting: _Setting) -> None:
    """Add a style; where it follows another one it says only what is different."""
    followed = _FOLLOWS.get(style)
    base = _SETTINGS[followed] if followed else None
    element = parse_xml(
        f'<w:style {nsdecls("w")} w:type="paragraph" w:customStyle="1" w:styleId="{style.value}">'
        f'<w:name w:val="{style.label}"/><w:basedOn w:val="{followed or "Normal"}"/><w:qFormat/>'
        "<w:pPr/><w:rPr/></w:style>"
    )
    document.styles.element.append(element)
    made = document.styles[style.label]
    layout = made.paragraph_format
    if base is None or base.align != setting.align:
        layout.alignment = setting.align
    if base is None or base.before_pt != setting.before_pt:
        layout.space_before = Pt(setting.before_pt)
    if base is None or base.after_pt != setting.after_pt:
        layout.space_after = Pt(setting.after_pt)
    if base is None:
        layout.widow_control = True
        _set_spacing(layout, setting)
    if setting.first_line_mm != (base.first_line_mm if base else 0):
        layout.first_line_indent = Mm(setting.first_line_mm)
    if setting.left_mm != (base.left_mm if base else 0):
        layout.left_indent = Mm(setting.left_mm)
    if setting.keep_with_next and not (base and base.keep_with_next):
        layout.keep_with_next = True
    font, lettering = made.font, setting.lettering
    if base is None or base.lettering.chosen_pt != lettering.chosen_pt:
        font.size = Pt(lettering.chosen_pt)
    if lettering.bold and not (base and base.lettering.bold):
        font.bold = True
    if lettering.italic and not (base and base.lettering.italic):
        font.italic = True


def _set_spacing(layout: ParagraphFormat, setting: _Setting) -> None:
    if setting.exact_pt is None:
        layout.line_spacing = decree30.LINE_SPACING_CHOSEN
    else:
        layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        layout.line_spacing = Pt(setting.exact_pt)


def _add_table_style(document: DocxDocument) -> None:
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    document.styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" '
            f'w:styleId="{Style.TABLE.value}"><w:name w:val="{Style.TABLE.label}"/>'
            '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr>'
            f"<w:tblBorders>{edges}</w:tblBorders>"
            '<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/>'
            "</w:tblCellMar></w:tblPr></w:style>"
        )
    )


def _fonts() -> str:
    face = decree30.TYPEFACE
    return f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}" w:cs="{face}"/>'


def _half_points(lettering: Lettering) -> int:
    return int(lettering.chosen_pt * 2)


def copy_section_before(document: DocxDocument, paragraph: Any) -> None:
    """End a section at `paragraph` with the page of the document's last section."""
    last = document.element.body.sectPr
    paragraph._p.get_or_add_pPr().append(deepcopy(cast(Any, last)))
