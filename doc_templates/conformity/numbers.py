"""Number and symbol, place and day, references to other papers (mục II.3, II.4, II.6)."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from doc_templates import decree30
from doc_templates.conformity.findings import Finding, Severity
from doc_templates.conformity.lines import Line, fold
from doc_templates.conformity.rules import Checked, E, Sheet, W, at, rule
from doc_templates.kinds import DocumentKind, SymbolKind, parse_symbol

MEANT = rule("TL-01", "Tên loại là loại mà văn bản phải có", W, at("mục II.5"))
PADDED = rule("NO-02", "Số dưới 10 thêm số 0", E, at("mục II.3"))
SHAPE = rule("TY-08", "Ký hiệu: chữ hoa, “/” và “-” không cách chữ", E, at("mục II.3"))
AGREES = rule("KH-01", "Ký hiệu đúng tên loại", E, at("mục II.3; Phụ lục III, mục I"))
DAY = rule("DL-01", "Địa danh, ngày … tháng … năm …", E, at("mục II.4"))
ZERO = rule("DL-02", "Ngày dưới 10, tháng 1, 2 thêm số 0", E, at("mục II.4"))
SHORT_DAY = rule("DL-08", "Ngày viện dẫn rút gọn viết như nhau", W, at("mục II.4"))
REFERENCE = rule("VD-01", "Số, ký hiệu viện dẫn đúng dạng", W, at("mục II.6"))
ONE_DAY = rule("VD-02", "Một văn bản viện dẫn có một ngày", W, at("mục II.6"))

_NUMBER: Final = re.compile(r"^số\s*[:.]?\s*(?P<number>[\d]*)[\s…._]*(?P<rest>.*)$", re.IGNORECASE)
_DAY: Final = re.compile(
    r"ngày\s*(?P<day>[\d…._ ]*?)\s*tháng\s*(?P<month>[\d…._ ]*?)\s*năm\s*(?P<year>[\d…._ ]*)",
    re.IGNORECASE,
)
_SHORT: Final = re.compile(r"(?<=ngày )(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/])")
_CITED: Final = re.compile(
    r"số\s+(?P<symbol>\d+(?:/\d{4})?/[A-ZĐa-z][\wĐđ-]*(?:-[\wĐđ]+)+)"
    r"(?:\s*,?\s*ngày\s+(?P<day>\d{1,2}(?:/\d{1,2}/\d{4}|\s+tháng\s+\d{1,2}\s+năm\s+\d{4})))?"
)
_PARTY_SWAPPED: Final = re.compile(r"\b(\d{1,3})/(CT|NQ|KL|QĐ|HD|CV)-(TW|TU|QU|ĐU|HU)\b")
_PARTY_SPACED: Final = re.compile(
    r"\b\d{1,3}\s*[–-]\s+?(?:CT|NQ|KL)/(?:TW|TU)\b|\b\d{1,3}\s*–\s*(?:CT|NQ|KL)/(?:TW|TU)\b"
)


def check_symbol(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: “Số: 5/KH-UBND”, “Số: 12 / KH - UBND”, “KẾ HOẠCH” under “12/CV-UBND”. Right: “Số:
    05/KH-UBND”."""
    line = sheet.parts.symbol
    if line is None:
        yield SHAPE.absent()
        return
    found = _NUMBER.match(" ".join(line.text.split()))
    if found is None:
        yield SHAPE.unsure(line, "Không đọc được số, ký hiệu.")
        return
    number, rest = found["number"], found["rest"]
    tight = re.sub(r"\s*([/–—-])\s*", lambda mark: "/" if mark[1] == "/" else "-", rest).strip(" .")
    if number and len(number) == 1:
        yield PADDED.deviates(line, f"Số {number} chưa có số 0 phía trước.", f"Viết 0{number}.")
    elif number.startswith("0") and len(number) > 2:
        yield PADDED.deviates(
            line, f"Số {number} thừa số 0.", f"Viết {int(number):02d}.", Severity.WARNING
        )
    bare = rest.strip(" .")
    if tight != bare and "/" in tight:
        yield SHAPE.deviates(
            line, "Quanh “/” hoặc “-” có khoảng trống hoặc gạch dài.", f"Viết {number}{tight}."
        )
    symbol = parse_symbol(f"{int(number or 1):02d}{tight}") if tight.startswith("/") else None
    if symbol is None:
        if tight.startswith("/") and len(tight) > 3 and tight.upper() == tight:
            yield SHAPE.unsure(line, "Ký hiệu khác dạng thường gặp.")
        elif re.match(r"^/[a-zđ]", tight):
            yield SHAPE.deviates(line, "Ký hiệu không viết chữ in hoa.", "Viết chữ in hoa.")
        return
    kind = sheet.parts.kind
    if kind is None or symbol.kind is None or symbol.form is SymbolKind.COPY:
        return
    if kind is DocumentKind.OFFICIAL_LETTER and symbol.form is SymbolKind.NAMED:
        yield AGREES.deviates(
            line,
            f"Công văn mang ký hiệu của {symbol.kind.title.lower()}.",
            "Ký hiệu công văn gồm tên viết tắt cơ quan và đơn vị soạn, ví dụ 875/UBND-NV.",
        )
    elif symbol.form is SymbolKind.NAMED and symbol.kind is not kind and kind.abbreviation:
        yield AGREES.deviates(
            line,
            f"Tên loại là {kind.title} nhưng ký hiệu ghi {symbol.head}.",
            f"Sửa ký hiệu thành {kind.abbreviation}-{symbol.tail}, hoặc sửa tên loại.",
        )


def check_day(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: “Hà Nội ngày 5 tháng 1 năm 2026”. Right: “Hà Nội, ngày 05 tháng 01 năm 2026”."""
    line = sheet.parts.place_date
    if line is None:
        for rule_ in (DAY, ZERO):
            yield rule_.absent()
        return
    text = " ".join(line.text.split())
    found = _DAY.search(text)
    if found is None:
        yield DAY.unsure(line, "Không đọc được ngày, tháng, năm.")
        return
    before = text[: found.start()]
    if before.strip() and not before.rstrip().endswith(","):
        yield DAY.deviates(line, "Thiếu dấu phẩy sau địa danh.", "Viết “<Địa danh>, ngày …”.")
    if not before.strip(" ,"):
        yield DAY.deviates(
            line, "Thiếu địa danh.", "Ghi địa danh trước ngày, tháng, năm.", Severity.WARNING
        )
    day, month = found["day"].strip(), found["month"].strip()
    if re.fullmatch(r"[1-9]", day):
        yield ZERO.deviates(line, f"Ngày {day} chưa có số 0.", f"Viết ngày 0{day}.")
    if re.fullmatch(r"[12]", month):
        yield ZERO.deviates(line, f"Tháng {month} chưa có số 0.", f"Viết tháng 0{month}.")
    if re.fullmatch(r"0[3-9]", month):
        yield ZERO.deviates(
            line, f"Tháng {month} thừa số 0.", f"Viết tháng {int(month)}.", Severity.WARNING
        )


def check_references(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: “34/CT-TW”, one plan with two days. Right: “34-CT/TW”; the same day each time."""
    days: dict[str, dict[str, Line]] = defaultdict(dict)
    styles: dict[bool, Line] = {}
    for line in sheet.parts.lines:
        if swapped := _PARTY_SWAPPED.search(line.text):
            yield REFERENCE.deviates(
                line,
                f"“{swapped[0]}” đảo gạch nối và gạch chéo của văn bản Đảng.",
                f"Viết {swapped[1]}-{swapped[2]}/{swapped[3]}.",
            )
        if spaced := _PARTY_SPACED.search(line.text):
            tight = re.sub(r"\s*[–-]\s*", "-", spaced[0])
            yield REFERENCE.deviates(line, f"“{spaced[0]}” có cách chữ.", f"Viết {tight}.")
        for cited in _CITED.finditer(line.text):
            if cited["day"]:
                days[cited["symbol"]].setdefault(_same_day(cited["day"]), line)
        for short in _SHORT.finditer(line.text) if line.table < 0 else ():
            if int(short[1]) > 31 or not 1 <= int(short[2]) <= 12:
                continue
            is_padded = _padded_as_decreed(short[1], short[2])
            if is_padded is not None:
                styles.setdefault(is_padded, line)
    for symbol, found in days.items():
        if len(found) > 1:
            told = " và ".join(found)
            yield ONE_DAY.deviates(
                list(found.values())[-1],
                f"Văn bản số {symbol} có hai ngày khác nhau: {told}.",
                "Soát lại ngày của văn bản được viện dẫn.",
            )
    if False in styles:
        yield SHORT_DAY.deviates(
            styles[False],
            "Ngày rút gọn thừa hoặc thiếu số 0.",
            "Ngày dưới 10 và tháng 1, 2 có số 0; tháng 3 đến 9 không: 05/01/2026, 21/4/2026.",
        )


def _padded_as_decreed(day: str, month: str) -> bool | None:
    """Tell whether a short day is padded as the long one would be; None where nothing shows."""
    shows = int(day) < 10 or int(month) < 10
    if not shows:
        return None
    month_is_padded = len(month) == 2
    wanted = int(month) in decree30.PADDED_MONTHS or int(month) >= 10
    return len(day) == 2 and month_is_padded == wanted


def _same_day(text: str) -> str:
    """Write a day one way, however it is written."""
    return "/".join(str(int(part)) for part in re.findall(r"\d+", fold(text)))


def check_kind(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: “KẾ HOẠCH” on a paper that was meant as a decision. Right: the name that was meant."""
    meant, title = sheet.meant, sheet.parts.title
    if meant is None or meant is DocumentKind.OFFICIAL_LETTER:
        yield MEANT.absent()
    elif title is None:
        yield MEANT.unsure("phần đầu", f"Không thấy tên loại “{meant.title.upper()}” trên trang.")
    elif not title.folded.startswith(fold(meant.title)):
        yield MEANT.deviates(
            title,
            f"Tên loại trên trang không phải “{meant.title.upper()}”.",
            "Sửa tên loại, hoặc chọn lại loại văn bản khi kiểm.",
        )


CHECKS: Final = (
    Checked((MEANT,), check_kind),
    Checked((SHAPE, PADDED, AGREES), check_symbol),
    Checked((DAY, ZERO), check_day),
    Checked((REFERENCE, ONE_DAY, SHORT_DAY), check_references),
)
