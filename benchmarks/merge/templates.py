"""The four templates that are measured, drawn by code, and the records that fill them.

    t1   a decision of one page: 30 tags, document.xml of about 14 KB
    t2   a submission of two pages with 30 rows of 6 columns
    t3   the same with 2,000 rows
    t4   a certificate with a picture of 400 KB

Each can be drawn in the syntax of docxtpl ("jinja"), of docxtemplater and easy-template-x
("mustache"), or of carbone.
"""

import random
import re
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal

from benchmarks.merge.package import draw_package

Syntax = Literal["jinja", "mustache", "carbone"]
Record = dict[str, Any]

ROWS: Final = {"t2": 30, "t3": 2_000}
COLUMNS: Final = ("at", "name", "born", "unit", "merit", "award")
_HEADINGS: Final = ("TT", "Họ và tên", "Năm sinh", "Đơn vị", "Thành tích", "Hình thức")
_NAME: Final = re.compile(r"\{(\w+)\}")
#: The words of t1: body, left head, right head, recipients. See `_lines` for the marks.
_DECISION: Final = (
    """
    bc| QUYẾT ĐỊNH
    bc| {abstract}
    bc| {authority}
    ij| Căn cứ {law} ngày {basis_date};
    ij| Căn cứ {decree};
    ij| Căn cứ {rules};
    ij| Theo đề nghị của {proposer}.
    bc| QUYẾT ĐỊNH:
    j| Điều 1. Tặng {award} cho {honoree}, {unit}, đã có thành tích {merit}.
    j| Mức thưởng {sum} đồng, trích từ {fund}, trong {period}.
    j| Điều 2. {office}, {head} và người có tên tại Điều 1 thi hành Quyết định này.
    """,
    """
    | {superior}
    b| {body}
    | Số: {symbol}
    """,
    """
    b| CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
    b| Độc lập - Tự do - Hạnh phúc
    i| {place}, ngày {day} tháng {month} năm {year}
    """,
    """
    bi| Nơi nhận:
    | - {recipient_1};
    | - {recipient_2};
    | - {recipient_3};
    | - Lưu: {archive}.
    """,
)
_SIGNATURE: Final = """
    b| {post}
    i| {note}
    b| {signer}
    """
#: The words of t2 and t3: before the list, after it; heads and recipients are those of t1.
_SUBMISSION: Final = (
    """
    bc| TỜ TRÌNH
    bc| {abstract}
    c| Kính gửi: {to}
    ij| Căn cứ {law} ngày {basis_date};
    ij| Căn cứ {decree};
    ij| Căn cứ {rules};
    j| {reason}
    j| Thực hiện phong trào thi đua do {proposer} phát động, các cơ quan, đơn vị đã bình chọn \
    từ cơ sở những tập thể, cá nhân tiêu biểu trong {period}.
    j| Hồ sơ đã được Hội đồng Thi đua - Khen thưởng xét tại phiên họp ngày {meeting_date}, \
    với số phiếu tán thành {votes}.
    b| Danh sách đề nghị khen thưởng
    """,
    """
    j| Tổng cộng: {total} người. Kinh phí khen thưởng {sum} đồng, trích từ {fund}.
    j| {office} chịu trách nhiệm về tính chính xác của thành tích nêu trong danh sách.
    j| Kính trình {authority} xem xét, quyết định.
    """,
)
_CERTIFICATE: Final = """
    bc| {body}
    bc| TẶNG {award}
    bc| {honoree}
    c| {unit}
    c| Đã có thành tích: {merit}
    | Số: {number}
    i| {place}
    bc| {signer}
    """
#: What every record carries besides Vietnamese letters.
_SPICE: Final = ("A & B", "<Chi nhánh 2>", '"Hoa Mai"', "“việc tốt”", "H’Hen Niê", "x > y", "'q'")
_FAMILY: Final = ("Nguyễn", "Trần", "Đặng", "Ngô", "H’Hen", "Vũ", "Đỗ", "Phạm", "Lý")
_GIVEN: Final = ("Thuỵ Ưu", "Đức Huệ", "Thị Ánh", "Quỳnh Như", "Văn Khoẻ", "Minh Thuý", "Niê")
_PLACES: Final = ("Gia Lâm", "Nam Từ Liêm", "Hai Bà Trưng", "Sơn Tây", "Hưng Yên")
_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A template to measure: how it is drawn, and how the record of a seed is made."""

    name: str
    title: str
    draw: Callable[[Syntax], bytes]
    make_record: Callable[[int], Record]


def draw_decision(syntax: Syntax = "jinja", *, extra: str = "") -> bytes:
    """Draw t1; `extra` stands in a paragraph of its own before the signature."""
    body, left, right, signed = (_lines(text, syntax) for text in _DECISION)
    head = _grid([4000, 5600], [[left, right]])
    foot = _grid([4800, 4800], [[signed, _lines(_SIGNATURE, syntax)]])
    middle = _lines(f"c| {extra}", syntax) if extra else ""
    return _draw(head + body + middle + foot)


def draw_list(syntax: Syntax = "jinja") -> bytes:
    """Draw t2 and t3: a letter with a table of one repeated row under a head row."""
    heads = [_lines(f"b| {heading}", syntax) for heading in _HEADINGS]
    repeated = [
        [_paragraph(cell, "", at=0, style="TableText") for cell in row] for row in _repeated(syntax)
    ]
    table = _grid([600, 2400, 1200, 2000, 2400, 1200], [heads, *repeated])
    before, after = (_lines(text, syntax) for text in _SUBMISSION)
    _, left, right, signed = (_lines(text, syntax) for text in _DECISION)
    head = _grid([4000, 5600], [[left, right]])
    foot = _grid([4800, 4800], [[signed, _lines(_SIGNATURE, syntax)]])
    return _draw(head + before + table + after + foot)


def draw_certificate(syntax: Syntax = "jinja") -> bytes:
    """Draw t4: few words over a picture that fills the page."""
    picture = draw_png(400_000, seed=4)
    frame = f"<w:p><w:r>{_drawing('rIdM1')}</w:r></w:p>"
    return _draw(frame + _lines(_CERTIFICATE, syntax), media={"frame.png": picture})


def draw_png(size: int, *, seed: int) -> bytes:
    """Draw a grey PNG of about `size` bytes of noise, which no compression makes smaller."""
    side = max(8, int(size**0.5))
    noise = random.Random(seed)
    rows = b"".join(b"\0" + noise.randbytes(side) for _ in range(side))

    def chunk(name: bytes, content: bytes) -> bytes:
        check = zlib.crc32(name + content)
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows, 1))
        + chunk(b"IEND", b"")
    )


def make_decision(seed: int) -> Record:
    """Make a record of t1; one seed in twenty has a line break."""
    return _fill("".join((*_DECISION, _SIGNATURE)), seed)


def make_certificate(seed: int) -> Record:
    """Make a record of t4; one seed in twenty has a line break."""
    return _fill(_CERTIFICATE, seed)


def make_list(seed: int, *, rows: int) -> Record:
    """Make a record of t2 or t3; one seed in twenty has a line break."""
    record = _fill("".join((*_DECISION[1:], *_SUBMISSION, _SIGNATURE)), seed)
    record["rows"] = [
        {column: _value(column, seed, n * 7 + at) for at, column in enumerate(COLUMNS)} | {"at": n}
        for n in range(1, rows + 1)
    ]
    return record


SAMPLES: Final = {
    sample.name: sample
    for sample in (
        Sample(name="t1", title="one-page decision", draw=draw_decision, make_record=make_decision),
        Sample(
            name="t2",
            title="submission, 30 rows",
            draw=draw_list,
            make_record=lambda seed: make_list(seed, rows=ROWS["t2"]),
        ),
        Sample(
            name="t3",
            title="submission, 2,000 rows",
            draw=draw_list,
            make_record=lambda seed: make_list(seed, rows=ROWS["t3"]),
        ),
        Sample(
            name="t4",
            title="certificate, 400 KB picture",
            draw=draw_certificate,
            make_record=make_certificate,
        ),
    )
}


def _value(name: str, seed: int, at: int) -> str:
    chance = random.Random(f"{name}/{seed}/{at}")
    person = f"{chance.choice(_FAMILY)} {chance.choice(_GIVEN)}"
    place = chance.choice(_PLACES)
    spice = chance.choice(_SPICE)
    match name:
        case "day" | "month" | "at" | "votes" | "total":
            return f"{chance.randint(1, 12):02d}"
        case "year" | "born":
            return str(chance.randint(1950, 2026))
        case "name" | "honoree" | "signer" | "head":
            return person
        case "symbol" | "number":
            return f"{chance.randint(1, 999)}/QĐ-UBND"
        case "sum":
            return f"{chance.randint(1, 30)}.000.000"
        case "abstract" | "reason" | "merit":
            return f"Về việc khen thưởng {person} {spice} năm {chance.randint(2000, 2026)}"
        case _:
            return f"Ủy ban nhân dân huyện {place} {spice}"


def _fill(text: str, seed: int) -> Record:
    """Give every name in a text a value; every twentieth record has a line break."""
    record = {name: _value(name, seed, n) for n, name in enumerate(_NAME.findall(text))}
    if seed % 20 == 7:
        record["signer"] = record["signer"].replace(" ", "\n", 1)
    return record


def _tag(name: str, syntax: Syntax) -> str:
    match syntax:
        case "jinja":
            return f"{{{{ {name} }}}}"
        case "mustache":
            return f"{{{name}}}"
        case "carbone":
            return f"{{d.{name}{':convCRLF' if name == 'signer' else ''}}}"


def _repeated(syntax: Syntax) -> list[list[str]]:
    """Draw the rows of a table that a list repeats, with whatever opens and closes them."""
    match syntax:
        case "jinja":
            cells = [f"{{{{ row.{column} }}}}" for column in COLUMNS]
            around = [["{%tr for row in rows %}"] * 6, cells, ["{%tr endfor %}"] * 6]
            around[0][1:] = around[2][1:] = [""] * 5
        case "mustache":
            cells = [f"{{{column}}}" for column in COLUMNS]
            cells[0], cells[-1] = f"{{#rows}}{cells[0]}", f"{cells[-1]}{{/rows}}"
            around = [cells]
        case "carbone":
            around = [[f"{{d.rows[{at}].{column}}}" for column in COLUMNS] for at in ("i", "i+1")]
    return around


def _lines(text: str, syntax: Syntax) -> str:
    """Draw paragraphs; before the bar b(old), i(talic), c(entred), j(ustified)."""
    drawn = []
    for at, line in enumerate(text.strip().splitlines()):
        marks, _, words = line.partition("|")
        shown = _NAME.sub(lambda found: _tag(found[1], syntax), words.strip())
        drawn.append(_paragraph(shown, marks, at=at, style="BodyText"))
    return "".join(drawn)


def _paragraph(text: str, marks: str, *, at: int, style: str) -> str:
    is_body = style == "BodyText"
    spacing = '<w:spacing w:before="60" w:after="60" w:line="288"/>' if is_body else ""
    face = '<w:rFonts w:cs="Times New Roman"/>' if is_body else ""
    face += "".join(f"<w:{mark}/>" for mark in "bi" if mark in marks)
    align = "center" if "c" in marks else "both" if "j" in marks else "left"
    return (
        f'<w:p w14:paraId="4A{at:02X}7B3E" w14:textId="77777777" w:rsidR="00A77B3E" '
        f'w:rsidRDefault="00C51A20"><w:pPr><w:pStyle w:val="{style}"/>{spacing}'
        f'<w:jc w:val="{align}"/></w:pPr>{_runs(text, face)}</w:p>'
    )


def _runs(text: str, face: str) -> str:
    """Draw a line as Word keeps it after a correction: cut in two runs."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    cut = escaped.find(" ", 4) + 1
    pieces = [escaped[:cut], escaped[cut:]] if cut and "{" not in escaped[:cut] else [escaped]
    return "".join(
        f'<w:r w:rsidRPr="00C51A20"><w:rPr>{face}<w:sz w:val="26"/></w:rPr>'
        f'<w:t xml:space="preserve">{piece}</w:t></w:r>'
        for piece in pieces
    )


def _grid(widths: list[int], rows: list[list[str]]) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    drawn = "".join(
        '<w:tr w:rsidR="00A77B3E"><w:trPr><w:cantSplit/></w:trPr>'
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
            for width, cell in zip(widths, row, strict=True)
        )
        + "</w:tr>"
        for row in rows
    )
    return (
        '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblLook w:val="04A0"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{drawn}</w:tbl>"
    )


def _drawing(rid: str) -> str:
    return (
        '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        '<wp:extent cx="5400000" cy="3600000"/><wp:docPr id="1" name="Khung"/>'
        f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_PIC}"><pic:pic xmlns:pic="{_PIC}">'
        '<pic:nvPicPr><pic:cNvPr id="0" name="frame.png"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{rid}">'
        '<a:extLst><a:ext uri="{28A0092B-C50C-407E-A947-70E740481C1C}"/></a:extLst></a:blip>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
        '<a:off x="0" y="0"/><a:ext cx="5400000" cy="3600000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing>"
    )


def _draw(body: str, *, media: dict[str, bytes] | None = None) -> bytes:
    section = (
        '<w:sectPr w:rsidR="00A77B3E"><w:headerReference w:type="default" r:id="rIdH1"/>'
        '<w:footerReference w:type="default" r:id="rIdF1"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="851" w:bottom="1134" '
        'w:left="1701" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>'
    )
    page = (
        '<w:p><w:pPr><w:pStyle w:val="Header"/><w:jc w:val="center"/></w:pPr><w:r>'
        '<w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    foot = '<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:t>Văn phòng</w:t></w:r></w:p>'
    return draw_package(body + section, headers=[page], footers=[foot], media=media)
