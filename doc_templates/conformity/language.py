"""The words: what was left over, how letters are coded, numbering, capitals, known slips."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from doc_templates.conformity.findings import Finding, Severity
from doc_templates.conformity.lines import Line, fold
from doc_templates.conformity.rules import Checked, E, I, Sheet, W, at, rule

LEFT_OVER = rule("VB-01", "Không còn ô trống, mã của mẫu", E, "thông lệ soạn thảo", is_shared=True)
COMPOSED = rule("VB-02", "Chữ Việt dựng sẵn (NFC)", W, at("mục I.4"), is_shared=True)
TONES = rule(
    "VB-03", "Một lối đặt dấu thanh (hòa hoặc hoà)", W, "thông lệ chính tả", is_shared=True
)
SPACES = rule("VB-04", "Không thừa khoảng trống", I, "thông lệ soạn thảo", is_shared=True)
REPEATED = rule("VB-05", "Không lặp từ liền nhau", I, "thông lệ soạn thảo", is_shared=True)
ORDER = rule("DM-01", "Đề mục nối tiếp nhau", W, at("mục II.6"), is_shared=True)
POINTS = rule("DM-02", "Điểm theo thứ tự a, b, c, d, đ, e", W, at("mục II.6"), is_shared=True)
NAMES = rule("TN-01", "Một tên người viết một cách", I, "thông lệ soạn thảo", is_shared=True)
BODIES = rule("VH-06", "Viết hoa tên cơ quan", W, "NĐ 30/2020, Phụ lục II", is_shared=True)
CITED = rule("VH-11", "Viết hoa khi viện dẫn điều, khoản, điểm", W, "NĐ 30/2020, Phụ lục II")
SLIPS = rule("CT-01", "Lỗi gõ thường gặp", I, "lỗi thấy trong văn bản thật", is_shared=True)

_CODE: Final = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\bNone\b|#N/A|#REF!|<<[^<>]{1,40}>>|\bLorem ipsum\b"
)
_GAP: Final = re.compile(r"…{2,}|\.{6,}|_{4,}")
_ROMAN: Final = re.compile(r"^([IVXLC]{1,6})\.\s+\S")
_ARTICLE: Final = re.compile(r"^Điều\s+(\d{1,3})\s*[.:]")
_POINT: Final = re.compile(r"^([a-zđ])\)\s")
_ALPHABET: Final = "abcdđeghiklmnopqrstuvxy"
#: Words that Vietnamese says twice.
_TWICE: Final = frozenset(
    {
        *("ngày", "dần", "luôn", "thường", "mãi", "đời", "xanh", "vàng", "đỏ", "trắng", "từ"),
        *("người", "nhà", "nơi", "chốn", "ai", "gì", "đâu", "nào", "khác", "rất", "càng"),
        *("ngành", "cấp", "lần", "đều", "sớm", "năm", "tháng", "giờ", "phút", "song", "kiểu"),
        *("loại", "thi", "hai", "ba", "bốn", "mười", "khăng", "lâng", "chằm", "rưng", "nườm"),
        *("phăm", "lăm", "hằng", "đôi", "một", "chuyên", "chỗ", "việc", "điều", "chung", "riêng"),
    }
)
_TWO: Final = re.compile(r"(?<![\w,;.])([a-zà-ỹđ]{2,})\s+\1(?![\w])")
_OLD_TONES: Final = re.compile(r"(?<![qQ])(?:[oO][àáảãạ]|[oO][èéẻẽẹ]|[uU][ỳýỷỹỵ])(?![a-zà-ỹ])")
_NEW_TONES: Final = re.compile(r"(?<![qQ])(?:[òóỏõọ][aA]|[òóỏõọ][eE]|[ùúủũụ][yY])(?![a-zà-ỹ])")
_BODIES: Final = (
    (re.compile(r"Ủy Ban Nhân Dân|Uỷ Ban Nhân Dân"), "Ủy ban nhân dân"),
    (re.compile(r"Hội Đồng Nhân Dân"), "Hội đồng nhân dân"),
    (re.compile(r"Mặt trận tổ quốc"), "Mặt trận Tổ quốc"),
    (re.compile(r"Hội đồng Thi Đua|Hội Đồng Thi đua"), "Hội đồng Thi đua"),
)
_CITED: Final = re.compile(
    r"(?<=[a-zà-ỹ,] )(Khoản|Điểm) ([\da-zđ]{1,3}),? (?:Khoản|khoản|Điều|điều)"
)
_SLIPS: Final = (
    ("diễn hình", "điển hình"),
    ("chuyên biến", "chuyển biến"),
    ("ưu trú", "cư trú"),
    ("năm vững", "nắm vững"),
    ("công thông tin điện tử", "cổng thông tin điện tử"),
    ("đề kịp thời", "để kịp thời"),
    ("giám tai nạn", "giảm tai nạn"),
    ("Noi nhận", "Nơi nhận"),
    ("Người tốt, Việc tốt", "Người tốt, việc tốt"),
    ("Người tốt việc tốt", "Người tốt, việc tốt"),
    ("hàng năm", "hằng năm"),
    ("hàng tháng", "hằng tháng"),
    ("xử dụng", "sử dụng"),
    ("sát nhập", "sáp nhập"),
    ("xúc tích", "súc tích"),
    ("bổ xung", "bổ sung"),
)
_NAME_WORD: Final = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
#: A name has so many syllables.
_LEAST_SYLLABLES: Final = 3
_MOST_SYLLABLES: Final = 5
_FAMILY: Final = frozenset(
    {
        *("nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui"),
        *("do", "ho", "ngo", "duong", "ly", "dinh", "truong"),
    }
)


def check_left_over(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: “{{ abstract }}”, “None”. Right: the value, or the line taken out."""
    for line in sheet.parts.lines:
        if found := _CODE.search(line.text):
            yield LEFT_OVER.deviates(line, f"Còn “{found[0][:40]}”.", "Điền nội dung hoặc bỏ đi.")
        elif _GAP.search(line.text) and line not in sheet.parts.after and line.table < 0:
            if line in (sheet.parts.symbol, sheet.parts.place_date):
                continue
            yield LEFT_OVER.unsure(
                line, "Có dãy dấu chấm, gạch dưới để trống.", "Điền nốt nếu cần."
            )


def check_letters(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: letters with loose accents; “hoà” beside “hòa”. Right: composed, one way."""
    if not sheet.is_composed:
        yield COMPOSED.deviates(
            "thân văn bản",
            "Có chữ Việt tổ hợp (chữ và dấu rời nhau).",
            "Chuyển sang Unicode dựng sẵn, để tìm kiếm và sao chép không sai.",
        )
    old, new = _first(sheet, _OLD_TONES), _first(sheet, _NEW_TONES)
    if old and new:
        yield TONES.deviates(
            old[0],
            f"Đặt dấu hai lối: “{old[1]}” và “{new[1]}”.",
            "Dùng một lối trong cả văn bản.",
            Severity.WARNING,
        )
    doubled = [
        line
        for line in (*sheet.parts.body, *sheet.parts.bases)
        if re.search(r"\S {2,}\S", line.text) or re.search(r"\w [,;:](?:\s|$)", line.text)
    ]
    if doubled:
        yield SPACES.deviates(
            doubled[0],
            f"{len(doubled)} dòng thừa khoảng trống giữa chữ hoặc trước dấu câu.",
            "Bỏ khoảng trống thừa.",
        )


def _first(sheet: Sheet, pattern: re.Pattern[str]) -> tuple[Line, str] | None:
    for line in sheet.parts.lines:
        text = line.text
        if found := pattern.search(text):
            start = text.rfind(" ", 0, found.start()) + 1
            end = text.find(" ", found.end())
            word = text[start : end if end > 0 else None].strip(",.;:()“”")
            # Names are written as their bearers write them.
            if word[:1].islower():
                return line, word
    return None


def check_words(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: “các các đơn vị”, “Uỷ Ban Nhân Dân”, “Khoản 2 Điều 1”. Right: as in Phụ lục II."""
    for line in (*sheet.parts.body, *sheet.parts.bases, *sheet.parts.abstract):
        text = line.text
        for twice in _TWO.finditer(text):
            if twice[1] not in _TWICE:
                yield REPEATED.deviates(line, f"Lặp “{twice[0]}”.", "Bỏ một từ nếu gõ nhầm.")
        for pattern, right in _BODIES:
            if found := pattern.search(text):
                yield BODIES.deviates(line, f"“{found[0]}”.", f"Viết “{right}”.")
        if cited := _CITED.search(text):
            yield CITED.deviates(
                line,
                f"“{cited[0]}”.",
                "Viết thường khoản, điểm; viết hoa điều: “điểm a khoản 2 Điều 103”.",
            )
        for wrong, right in _SLIPS:
            if wrong in text:
                yield SLIPS.deviates(line, f"“{wrong}”.", f"Có phải “{right}”?")


def check_headings(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: III twice, Điều 2 after Điều 4, b) after a) and c). Right: one after the other."""
    roman: list[tuple[int, Line]] = []
    articles: list[tuple[int, Line]] = []
    last_point = ""
    for line in sheet.parts.body:
        text = line.text
        if (found := _ROMAN.match(text)) and (value := _value_of(found[1])):
            roman.append((value, line))
        elif found := _ARTICLE.match(text):
            articles.append((int(found[1]), line))
        if found := _POINT.match(text):
            if last_point and found[1] != "a" and not _follows(last_point, found[1]):
                yield POINTS.deviates(
                    line,
                    f"Điểm {found[1]}) đứng sau điểm {last_point}).",
                    "Sắp lại: a, b, c, d, đ, e, g, h, i, k …",
                )
            last_point = found[1]
        elif not text.startswith(("-", "–", "+")):
            last_point = ""
    yield from _sequence(roman, "Mục")
    yield from _sequence(articles, "Điều")


def _sequence(found: list[tuple[int, Line]], name: str) -> Iterator[Finding]:
    for (before, _), (value, line) in pairwise(found):
        if value not in (before + 1, 1):
            what = "lặp lại" if value == before else f"đứng sau {_shown(before, name)}"
            yield ORDER.deviates(
                line, f"{name} {_shown(value, name)} {what}.", "Đánh số lại cho nối tiếp."
            )


def _shown(value: int, name: str) -> str:
    return str(value) if name == "Điều" else _roman(value)


def _roman(value: int) -> str:
    letters = ""
    for size, sign in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while value >= size:
            letters, value = letters + sign, value - size
    return letters


def _value_of(letters: str) -> int:
    return next((value for value in range(1, 60) if _roman(value) == letters), 0)


def _follows(before: str, letter: str) -> bool:
    if before not in _ALPHABET or letter not in _ALPHABET:
        return True
    return _ALPHABET.index(letter) == _ALPHABET.index(before) + 1


def check_names(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: “Nguyễn Đức Hồng” and “Nguyễn Đức Hông”. Right: one way throughout."""
    spellings: dict[str, dict[str, Line]] = defaultdict(dict)
    for line in sheet.parts.lines:
        for name in _names_in(line.text):
            spellings[fold(name)].setdefault(name, line)
    for written in spellings.values():
        if len(written) == 2:
            first, second = written
            yield NAMES.unsure(
                written[second], f"Tên viết hai cách: “{first}” và “{second}”.", "Soát lại tên."
            )


def _names_in(text: str) -> Iterator[str]:
    """Give rows of capitalised syllables that begin with a family name."""
    row: list[str] = []
    end = -1
    for found in (*_NAME_WORD.finditer(text), None):
        is_next = found is not None and text[end : found.start()] == " "
        if found is not None and found[0].istitle() and (is_next or not row):
            row.append(found[0])
        else:
            if _LEAST_SYLLABLES <= len(row) <= _MOST_SYLLABLES and fold(row[0]) in _FAMILY:
                yield " ".join(row)
            row = [found[0]] if found is not None and found[0].istitle() else []
        end = found.end() if found is not None else -1


CHECKS: Final = (
    Checked((LEFT_OVER,), check_left_over),
    Checked((COMPOSED, TONES, SPACES), check_letters),
    Checked((REPEATED, BODIES, CITED, SLIPS), check_words),
    Checked((ORDER, POINTS), check_headings),
    Checked((NAMES,), check_names),
)
