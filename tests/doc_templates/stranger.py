"""A Word file as another office makes it, from plain words: no style of ours, three letterheads."""

import io
import re
from typing import Any, Final

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

Element = dict[str, Any]
_ALIGN: Final = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_HEADING: Final = re.compile(r"[IVX]+\. [A-ZĐÀ-Ỹ]|Điều \d+[.:]?$|Chương ")
_DEED: Final = (
    "Các đơn vị rà soát, lựa chọn những cá nhân có việc làm tốt, thiết thực, được Nhân dân nơi cư "
    "trú ghi nhận, lập danh sách gửi về trước thời hạn để tổng hợp, trình xem xét. "
)


def plan() -> dict[str, Any]:
    """A plan that conforms; every value can be changed by its name."""
    return {
        "page": {"width": 210, "height": 297, "top": 20, "bottom": 20, "left": 30, "right": 15},
        "letterhead": {"by": "table"},
        "number": {"where": "header", "align": "center", "size": 13, "first": False},
        "superior": {"text": "", "size": 13},
        "issuing": {"text": "ỦY BAN NHÂN DÂN\nPHƯỜNG SEN HỒNG", "size": 13, "bold": True},
        "country": {"text": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "size": 12, "bold": True},
        "motto": {"text": "Độc lập - Tự do - Hạnh phúc", "size": 13, "bold": True},
        "symbol": {"text": "Số: 24/KH-UBND", "size": 13},
        "place_date": {
            "text": "Sen Hồng, ngày 05 tháng 01 năm 2026",
            "size": 13,
            "italic": True,
        },
        "letter_abstract": {"text": "", "size": 12},
        "title": {"text": "KẾ HOẠCH", "size": 14, "bold": True, "align": "center"},
        "abstract": {
            "text": "Tổ chức phong trào “Người tốt, việc tốt” năm 2026",
            "size": 14,
            "bold": True,
            "align": "center",
        },
        "authority": {"text": "", "size": 14, "bold": True, "align": "center"},
        "bases": {"text": "", "size": 14, "italic": True, "align": "both", "first_line": 12.7},
        "enacting": {"text": "", "size": 14, "bold": True, "align": "center"},
        "addressees": {"text": "", "size": 14},
        "body": {
            "text": "\n".join(
                [
                    "I. MỤC ĐÍCH",
                    f"1. {_DEED * 2}",
                    f"2. {_DEED}",
                    "II. YÊU CẦU",
                    _DEED * 3,
                    f"a) {_DEED}",
                    f"b) {_DEED}",
                    f"{_DEED}./.".replace(". ./.", "./."),
                ]
            ),
            "size": 14,
            "align": "both",
            "first_line": 12.7,
            "before": 6,
            "line": 1.0,
        },
        "recipients_word": {"text": "Nơi nhận:", "size": 12, "bold": True, "italic": True},
        "recipients": {"text": "- Các đơn vị thuộc phường;\n- Lưu: VT, VHXH.", "size": 11},
        "signing": {
            "text": "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
            "size": 14,
            "bold": True,
            "align": "center",
        },
        "signer": {"text": "Đặng Đức Huệ", "size": 14, "bold": True, "align": "center"},
        "annex": {"text": "", "size": 14, "bold": True, "align": "center"},
        "stamp": {"text": "", "size": 13, "bold": True, "color": "FF0000"},
        "foot": {"text": "", "size": 11},
        "motto_rule": {"mm": 0},
        "issuer_rule": {"mm": 0},
    }


def changed(spec: dict[str, Any], change: dict[str, Element]) -> dict[str, Any]:
    """Give a paper with some of its values changed."""
    unknown = set(change) - set(spec)
    assert not unknown, unknown
    return {name: {**value, **change.get(name, {})} for name, value in spec.items()}


def write(spec: dict[str, Any]) -> bytes:
    """Write the Word file."""
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name = "Times New Roman"
    normal.paragraph_format.space_after = Pt(0)
    _page(document, spec["page"], spec["number"])
    if spec["foot"]["text"]:
        _set(
            document.sections[0].first_page_footer.paragraphs[0], spec["foot"]["text"], spec["foot"]
        )
    {"table": _table_head, "tabs": _tab_head, "paragraphs": _plain_head}[spec["letterhead"]["by"]](
        document, spec
    )
    _add(document, spec["stamp"])
    for name in ("title", "abstract", "addressees", "authority", "bases", "enacting", "body"):
        _add(document, spec[name])
    _closing(document, spec)
    _add(document, spec["annex"])
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _page(document: Document, page: Element, number: Element) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(page["width"]), Mm(page["height"])
    if page["width"] > page["height"]:
        section.orientation = WD_ORIENT.LANDSCAPE
    section.top_margin, section.bottom_margin = Mm(page["top"]), Mm(page["bottom"])
    section.left_margin, section.right_margin = Mm(page["left"]), Mm(page["right"])
    section.different_first_page_header_footer = not number["first"]
    if number["where"] not in ("header", "footer"):
        return
    frame = section.header if number["where"] == "header" else section.footer
    paragraph = frame.paragraphs[0]
    paragraph.alignment = _ALIGN[number["align"]]
    run = paragraph.add_run()
    run.font.size = Pt(number["size"])
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def _add(holder: Document | _Cell, element: Element, text: str | None = None) -> None:
    lines = (element["text"] if text is None else text).split("\n")
    for place, line in enumerate(lines):
        if line:
            size = element.get("mixed", element["size"]) if place % 3 == 1 else element["size"]
            is_heading = _HEADING.match(line) is not None and "plain" not in element
            bold = element.get("bold", False) or is_heading
            _set(holder.add_paragraph(), line, {**element, "size": size, "bold": bold})


def _set(paragraph: Paragraph, line: str, element: Element) -> None:
    paragraph.alignment = _ALIGN[element.get("align", "left")]
    style = paragraph.paragraph_format
    style.first_line_indent = Mm(element.get("first_line", 0))
    style.space_before = Pt(element.get("before", 0))
    style.line_spacing = element.get("line", 1.0)
    _run(paragraph, line, element)


def _run(paragraph: Paragraph, line: str, element: Element) -> None:
    run = paragraph.add_run(line)
    run.font.size = Pt(element["size"])
    run.font.underline = element.get("underline", False)
    run.font.bold, run.font.italic = element.get("bold", False), element.get("italic", False)
    family = element.get("font", "Times New Roman")
    run.font.name = family
    if "color" in element:
        run.font.color.rgb = RGBColor.from_string(element["color"])


def _table_head(document: Document, spec: dict[str, Any]) -> None:
    table = document.add_table(2, 2)
    cells = table.rows[0].cells
    for place, names in enumerate((("superior", "issuing"), ("country", "motto"))):
        for name in names:
            _add(cells[place], {**spec[name], "align": "center"})
    for cell, name in zip(cells, ("issuer_rule", "motto_rule"), strict=True):
        if spec[name]["mm"]:
            _draw(cell.paragraphs[-1], spec[name]["mm"])
    cells = table.rows[1].cells
    for place, names in enumerate((("symbol", "letter_abstract"), ("place_date",))):
        for name in names:
            _add(cells[place], {**spec[name], "align": "center"})


def _draw(paragraph: Paragraph, mm: float) -> None:
    """Draw a level line below the letters, as Word writes it where Shapes are used."""
    wide = int(mm * 36_000)
    paragraph.add_run()._r.append(
        parse_xml(
            f'<w:drawing {nsdecls("w", "wp", "a")} xmlns:wps="http://schemas.microsoft.com/office/'
            'word/2010/wordprocessingShape"><wp:anchor distT="0" distB="0" distL="0" distR="0" '
            'simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" '
            'allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column">'
            "<wp:posOffset>300000</wp:posOffset></wp:positionH><wp:positionV "
            'relativeFrom="paragraph"><wp:posOffset>200000</wp:posOffset></wp:positionV>'
            f'<wp:extent cx="{wide}" cy="0"/><wp:wrapNone/><wp:docPr id="{wide}" name="Line"/>'
            '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/'
            'wordprocessingShape"><wps:wsp><wps:cNvCnPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
            f'<a:ext cx="{wide}" cy="0"/></a:xfrm><a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
            '<a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln></wps:spPr>'
            "<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
        )
    )


def _tab_head(document: Document, spec: dict[str, Any]) -> None:
    left = [(line, spec["issuing"]) for line in spec["issuing"]["text"].split("\n")]
    left.append((spec["symbol"]["text"], spec["symbol"]))
    right = [(spec[name]["text"], spec[name]) for name in ("country", "motto", "place_date")]
    for (one, first), (other, second) in zip(left, right, strict=True):
        paragraph = document.add_paragraph()
        _run(paragraph, one, first)
        paragraph.add_run("\t")
        _run(paragraph, other, second)


def _plain_head(document: Document, spec: dict[str, Any]) -> None:
    for name in ("country", "motto", "superior", "issuing", "symbol", "place_date"):
        _add(document, {**spec[name], "align": "center"})


def _closing(document: Document, spec: dict[str, Any]) -> None:
    table = document.add_table(1, 2)
    left, right = table.rows[0].cells
    for name in ("recipients_word", "recipients"):
        _add(left, spec[name])
    for name in ("signing", "signer"):
        _add(right, spec[name])
