"""Papers as people write them in Word, in the markup that Word saves."""

import io
import zipfile
from collections.abc import Iterator
from typing import Final

_W: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_TYPES: Final = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/>'
    "{parts}</Types>"
)
_RELATIONS: Final = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    "{links}</Relationships>"
)
_KIND: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STYLES: Final = (
    f"<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>"
    '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="22"/></w:rPr>'
    '</w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="259" '
    'w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr>'
    '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:rPr><w:rFonts '
    'w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'
    '<w:sz w:val="28"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Body"><w:name w:val="Body"/><w:basedOn '
    'w:val="Normal"/><w:pPr><w:spacing w:before="120" w:line="288" w:lineRule="auto"/>'
    '<w:ind w:firstLine="567"/><w:jc w:val="both"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Listed"><w:name w:val="Listed"/><w:basedOn '
    'w:val="Body"/><w:pPr><w:contextualSpacing/></w:pPr></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name '
    'w:val="Normal Table"/><w:tblPr><w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right '
    'w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Grid"/><w:basedOn '
    'w:val="TableNormal"/><w:tblPr><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + '</w:tblBorders></w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr>'
    '<w:shd w:val="clear" w:fill="D9D9D9"/></w:tcPr></w:tblStylePr></w:style></w:styles>'
)
_SETTINGS: Final = (
    f'<w:settings {_W}><w:defaultTabStop w:val="720"/><w:compat><w:compatSetting '
    'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    "</w:compat></w:settings>"
)
_LEVELS: Final = (
    ("upperRoman", "%1.", 0, 567),
    ("decimal", "%2.", 567, 425),
    ("lowerLetter", "%3)", 992, 425),
    ("bullet", "-", 1417, 284),
)
_NUMBERING: Final = (
    f'<w:numbering {_W}><w:abstractNum w:abstractNumId="1"><w:multiLevelType '
    'w:val="multilevel"/>'
    + "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{shown}"/><w:lvlText '
        f'w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left + hanging}" '
        f'w:hanging="{hanging}"/></w:pPr></w:lvl>'
        for place, (shown, text, left, hanging) in enumerate(_LEVELS)
    )
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
)
_HEADER: Final = (
    f'<w:hdr {_W}><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t xml:space="preserve">Trang '
    '</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText>'  # noqa: E501
    '</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>/</w:t></w:r><w:fldSimple '
    'w:instr=" NUMPAGES "><w:r><w:t>9</w:t></w:r></w:fldSimple></w:p></w:hdr>'
)
_SECTION: Final = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/>{size}<w:pgMar w:top="1134" '
    'w:right="1134" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/>'
    "<w:titlePg/></w:sectPr>"
)
_UPRIGHT: Final = '<w:pgSz w:w="11906" w:h="16838"/>'
_WIDE: Final = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
_SENTENCES: Final = (
    "Thực hiện kế hoạch của Ủy ban nhân dân phường về việc biểu dương các gương “Người tốt, việc "
    "tốt” trong năm, các tổ dân phố đã bình chọn công khai và gửi danh sách về phường đúng hạn.",
    "Nhiều việc làm tuy nhỏ nhưng thiết thực: nhặt được của rơi trả lại người mất, giúp đỡ người "
    "già neo đơn, dạy chữ cho trẻ em có hoàn cảnh khó khăn, giữ gìn vệ sinh ngõ xóm.",
    "Đề nghị các đơn vị rà soát, bổ sung hồ sơ (nếu còn thiếu); kết quả gửi về bộ phận thi đua "
    "trước ngày 20 hàng tháng để tổng hợp, báo cáo theo quy định tại Công văn số 45/UBND-NV.",
)


def documents() -> Iterator[tuple[str, bytes]]:
    """Give the papers with their names."""
    yield "by-hand-letter", _package(_letter() + _SECTION.format(size=_UPRIGHT))
    yield "by-hand-list", _package(_list() + _SECTION.format(size=_UPRIGHT))
    yield "by-hand-table", _package(_table() + _SECTION.format(size=_WIDE))


def _run(text: str, properties: str = "") -> str:
    parts = text.split("\t")
    inside = "<w:tab/>".join(f'<w:t xml:space="preserve">{part}</w:t>' for part in parts)
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inside}</w:r>"


def _paragraph(content: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def _body(count: int) -> str:
    return "".join(
        _paragraph(_run(_SENTENCES[place % len(_SENTENCES)]), '<w:pStyle w:val="Body"/>')
        for place in range(count)
    )


def _line(left: int, width: int) -> str:
    """Draw a header line as Word does: a connector, with VML for old programs."""
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" '
        'distB="0" distL="114300" distR="114300" simplePos="0" relativeHeight="251659264" '
        'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="column"><wp:posOffset>{left}</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>25400</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{width}" cy="0"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        '<wp:docPr id="7" name="Line 7"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        f'<wps:cNvCnPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="0"/></a:xfrm>'
        '<a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="9525"><a:solidFill><a:srgbClr '
        'val="000000"/></a:solidFill></a:ln></wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData>'
        "</a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:line "
        'style="position:absolute" from="0,2pt" to="120pt,2pt"/></w:pict></mc:Fallback>'
        "</mc:AlternateContent></w:r>"
    )


def _letter() -> str:
    tabs = (
        '<w:tabs><w:tab w:val="center" w:pos="1800"/><w:tab w:val="center" w:pos="6600"/></w:tabs>'
    )
    small = tabs + '<w:spacing w:line="280" w:lineRule="exact"/>'
    head = [
        _paragraph(
            _run(
                "\tỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", '<w:b/><w:sz w:val="24"/>'
            ),
            small,
        ),
        _paragraph(
            _run("\tPHƯỜNG HOA PHƯỢNG\tĐộc lập - Tự do - Hạnh phúc", '<w:b/><w:sz w:val="26"/>'),
            small,
        ),
        _paragraph(_line(700000, 800000) + _line(3300000, 1900000), '<w:jc w:val="center"/>'),
        _paragraph(
            _run("\tSố: 45/UBND-NV", '<w:sz w:val="26"/>')
            + _run("\tHoa Phượng, ngày 09 tháng 10 năm 2026", '<w:i/><w:sz w:val="26"/>'),
            tabs,
        ),
    ]
    addressed = _paragraph(
        _run("Kính gửi: Các tổ dân phố trên địa bàn phường"),
        '<w:spacing w:before="240" w:after="240"/><w:jc w:val="center"/>',
    )
    dots = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9000"/></w:tabs>'
    form = "".join(
        _paragraph(_run(f"{label}:\t"), dots + '<w:spacing w:line="360" w:lineRule="atLeast"/>')
        for label in ("Họ và tên", "Ngày, tháng, năm sinh", "Nơi cư trú")
    )
    note = _paragraph(
        _run("Ghi chú")
        + _run("(1)", '<w:vertAlign w:val="superscript"/>')
        + _run(": điền chữ thường, không viết tắt."),
        '<w:keepNext/><w:pBdr><w:top w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr>',
    )
    blank = _paragraph("", '<w:jc w:val="center"/>')
    signed = (
        _paragraph(_run("TM. ỦY BAN NHÂN DÂN", "<w:b/>"), '<w:keepNext/><w:jc w:val="right"/>')
        + blank * 5
        + _paragraph(_run("Đặng Đức Huệ", "<w:b/>"), '<w:jc w:val="right"/>')
    )
    return "".join(head) + addressed + _body(9) + form + note + _body(6) + signed


def _list() -> str:
    lines = []
    for place in range(26):
        level = (0, 1, 2, 3, 3, 1, 2)[place % 7]
        bold = "<w:b/>" if level == 0 else ""
        style = "Listed" if level == 3 else "Body"
        lines.append(
            _paragraph(
                _run(_SENTENCES[place % 3][: 60 if level == 0 else 400], bold),
                f'<w:pStyle w:val="{style}"/>{"<w:keepNext/>" if level == 0 else ""}<w:numPr><w:ilvl '  # noqa: E501
                f'w:val="{level}"/><w:numId w:val="1"/></w:numPr><w:ind w:firstLine="0"/>'
                if level == 9
                else f'<w:pStyle w:val="{style}"/>{"<w:keepNext/>" if level == 0 else ""}<w:numPr>'
                f'<w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>',
            )
        )
    boxed = _paragraph(
        _run(_SENTENCES[1]),
        "<w:pBdr>"
        + "".join(
            f'<w:{side} w:val="single" w:sz="8" w:space="4" w:color="auto"/>'
            for side in ("top", "left", "bottom", "right")
        )
        + '</w:pBdr><w:shd w:val="clear" w:fill="F2F2F2"/><w:spacing w:before="120" w:after="120"/>'
        '<w:ind w:left="284" w:right="284"/><w:jc w:val="both"/>',
    )
    new_page = _paragraph(
        _run("Phần thứ hai", "<w:b/>"), '<w:pageBreakBefore/><w:spacing w:before="240"/>'
    )
    return "".join(lines) + boxed + new_page + _body(3)


def _cell(width: int, text: str, properties: str = "", align: str = "center") -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>'
        + _paragraph(_run(text, '<w:sz w:val="24"/>') if text else "", f'<w:jc w:val="{align}"/>')
        + "</w:tc>"
    )


def _table() -> str:
    widths = (700, 3200, 1300, 1300, 7000)
    head = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
    down, on = '<w:vMerge w:val="restart"/><w:vAlign w:val="center"/>', "<w:vMerge/>"
    first = (
        f"<w:tr>{head}"
        + _cell(700, "STT", down)
        + _cell(3200, "Họ và tên", down)
        + _cell(2600, "Ngày, tháng, năm sinh", '<w:gridSpan w:val="2"/>')
        + _cell(7000, "Thành tích", down)
        + "</w:tr>"
    )
    second = (
        f"<w:tr>{head}"
        + _cell(700, "", on)
        + _cell(3200, "", on)
        + _cell(1300, "Nam")
        + _cell(1300, "Nữ")
        + _cell(7000, "", on)
        + "</w:tr>"
    )
    rows = "".join(
        "<w:tr>"
        + ('<w:trPr><w:trHeight w:val="700"/></w:trPr>' if place % 5 == 0 else "")
        + _cell(700, str(place + 1), '<w:vAlign w:val="center"/>')
        + _cell(3200, ("H’Hen Niê", "Nguyễn Thuỵ Ưu", "Đặng Đức Huệ")[place % 3], "", "left")
        + _cell(1300, "1966" if place % 2 else "")
        + _cell(1300, "" if place % 2 else "1970")
        + _cell(7000, _SENTENCES[place % 3], '<w:vAlign w:val="center"/>', "both")
        + "</w:tr>"
        for place in range(40)
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        _paragraph(_run("DANH SÁCH", "<w:b/>"), '<w:jc w:val="center"/>')
        + '<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="0" w:type="auto"/><w:tblLayout '
        'w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1" w:noVBand="1"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{first}{second}{rows}</w:tbl>"
        + _paragraph(_run("Danh sách có 40 người./."), '<w:spacing w:before="120"/>')
    )


def _package(body: str) -> bytes:
    kinds = {"styles": _STYLES, "settings": _SETTINGS, "numbering": _NUMBERING, "header": _HEADER}
    parts = "".join(
        f'<Override PartName="/word/{kind}.xml" ContentType="application/vnd.openxmlformats-'
        f'officedocument.wordprocessingml.{kind}+xml"/>'
        for kind in kinds
    )
    links = "".join(
        f'<Relationship Id="rId{place}" Type="{_KIND}{kind}" Target="{kind}.xml"/>'
        for place, kind in enumerate(kinds, 1)
    )
    main = f'<Relationship Id="rId1" Type="{_KIND}officeDocument" Target="word/document.xml"/>'
    members = {
        "[Content_Types].xml": _TYPES.format(parts=parts),
        "_rels/.rels": _RELATIONS.format(links=main),
        "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _RELATIONS.format(links=links),
        **{f"word/{kind}.xml": content for kind, content in kinds.items()},
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in members.items():
            written.writestr(zipfile.ZipInfo(name), content)
    return buffer.getvalue()
