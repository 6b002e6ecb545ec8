"""Capitals (Phụ lục II) and legal bases that hold no longer."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

from doc_templates.conformity.findings import Finding
from doc_templates.conformity.lines import Line
from doc_templates.conformity.rules import Checked, I, Sheet, W, rule

_SOURCE: Final = "NĐ 30/2020, Phụ lục II"
AFTER_MARK = rule("VH-01", "Không viết hoa sau “;” trên cùng dòng", I, f"{_SOURCE}, mục I")
COMMON = rule("VH-03", "Danh từ chung đơn vị hành chính viết thường", I, f"{_SOURCE}, mục III")
NUMBERED = rule("VH-04", "Đơn vị đặt theo chữ số viết hoa danh từ chung", W, f"{_SOURCE}, mục III")
SPECIAL = rule("VH-05", "Thủ đô Hà Nội, Thành phố Hồ Chí Minh", W, f"{_SOURCE}, mục III")
PEOPLE = rule("VH-07", "“Nhân dân”, “Nhà nước” luôn viết hoa", I, f"{_SOURCE}, mục V")
ORDERS = rule("VH-08", "Huân chương, danh hiệu vinh dự viết hoa", W, f"{_SOURCE}, mục V")
KINDS = rule("VH-10", "Tên loại văn bản cụ thể viết hoa", I, f"{_SOURCE}, mục V")
PERSON = rule("VH-02", "Tên người viết hoa mọi âm tiết", W, f"{_SOURCE}, mục II")
POSTS = rule("VH-09", "Chức vụ, học hàm đi liền tên người viết hoa", I, f"{_SOURCE}, mục V")
FEASTS = rule("VH-12", "Tên ngày lễ viết hoa", I, f"{_SOURCE}, mục V")
DAYS = rule("VH-13", "Thứ, tháng viết bằng chữ viết hoa", I, f"{_SOURCE}, mục V")
PARTY = rule("VH-14", "“Đảng”, “Bác” khi gọi trân trọng viết hoa", I, f"{_SOURCE}, mục V")
HOLDS = rule("CC-06", "Căn cứ còn hiệu lực vào ngày văn bản", W, "danh mục văn bản hết hiệu lực")

_WORDS: Final = (
    (AFTER_MARK, re.compile(r";\s+(?=[A-ZĐ][a-zà-ỹđ]+ [a-zà-ỹđ])(\S+)"), "viết thường chữ đầu"),
    (
        COMMON,
        re.compile(r"(?<=[a-zà-ỹđ] )(?:Thành phố (?!Hồ Chí Minh)|Tỉnh |Huyện )[A-ZĐ]\S+"),
        "viết thường danh từ chung: “thành phố Hà Nội”",
    ),
    (
        NUMBERED,
        re.compile(r"\b(?:quận|phường) \d{1,2}\b(?!\s*(?:tháng|/))"),
        "viết hoa: “Quận 1”, “Phường 5”",
    ),
    (
        SPECIAL,
        re.compile(r"\bthành phố Hồ Chí Minh\b|\bthủ đô Hà Nội\b"),
        "viết “Thành phố Hồ Chí Minh”, “Thủ đô Hà Nội”",
    ),
    (
        PEOPLE,
        re.compile(r"(?<!ban )(?<!đồng )(?<!án )(?<!sát )(?<!an )(?<!đội )\bnhân dân\b"),
        "viết “Nhân dân”",
    ),
    (
        ORDERS,
        re.compile(r"\b(?:huân|huy) chương (?:[Ll]ao động|[Cc]hiến công|[Đđ]ộc lập|[Ss]ao vàng)"),
        "viết “Huân chương Lao động”",
    ),
    (
        KINDS,
        re.compile(r"(?<=[a-zà-ỹđ] )(?:kế hoạch|quyết định|công văn|tờ trình|nghị định) số \d+/"),
        "viết hoa tên loại: “Kế hoạch số …”",
    ),
    (
        POSTS,
        re.compile(
            r"(?<![\w])(?:phó giáo sư|giáo sư|tiến sĩ|nhà giáo|chủ tịch|bí thư|thủ tướng|bộ trưởng)"
            r"(?= (?:[A-ZĐÀ-Ỹ][a-zà-ỹđ]+ ){1,3}[A-ZĐÀ-Ỹ][a-zà-ỹđ]+)|\bchủ tịch (?:nước|Quốc hội)\b"
        ),
        "viết hoa: “Giáo sư Tôn Thất Tùng”, “Chủ tịch nước”",
    ),
    (
        FEASTS,
        re.compile(
            r"\bngày (?:quốc khánh|quốc tế lao động|quốc tế phụ nữ|nhà giáo|thương binh|"
            r"quốc tế thiếu nhi|thầy thuốc)\b"
        ),
        "viết hoa tên ngày lễ: “ngày Quốc khánh 2-9”",
    ),
    (
        DAYS,
        re.compile(
            r"\b(?:sáng|chiều|tối|ngày|hằng tuần,?|mỗi) thứ (?:hai|ba|tư|năm|sáu|bảy)\b|"
            r"\b(?:đầu|cuối|trong|giữa|vào) tháng (?:giêng|hai|tư|sáu|bảy|tám|chín|mười|chạp)\b"
        ),
        "viết hoa: “thứ Hai”, “tháng Tám”",
    ),
    (
        PARTY,
        re.compile(
            r"\b(?:của|do|theo|với|tin vào|ơn) (?:đảng(?! (?:viên|bộ|ủy|uỷ|phái|đoàn))|bác Hồ)\b|"
            r"\bBác hồ\b"
        ),
        "viết “Đảng”, “Bác Hồ”",
    ),
)
#: Ranks that the armed forces write before a name.
_RANKS: Final = re.compile(
    r"^(?:(?:Thiếu|Trung|Thượng|Đại) (?:tá|úy|uý|tướng)|Đại tướng|Chuẩn đô đốc)\s+"
)
_NAME_HEAD: Final = ("ho va ten", "ho ten")
#: What a cell begins with that surely names a person: collectives stand in the same column.
_SURNAME: Final = re.compile(
    r"^(?:(?:Ông|Bà|Đồng chí)\s+)?(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Ngô|"
    r"Dương|Lý|Đinh|Đoàn|Trịnh|Trương|Lương|Mai|Cao)\s"
)


_BARE: Final = re.compile(r"[^\W\d_’' -]+(?:[ ’'-][^\W\d_’' -]+)*")
_MOST_SYLLABLES: Final = 6


@dataclass(frozen=True, slots=True)
class _Base:
    name: str
    cited: tuple[re.Pattern[str], ...]
    ends: date
    by: str


@cache
def _repealed() -> tuple[_Base, ...]:
    file = resources.files("doc_templates.conformity") / "repealed.toml"
    listed = tomllib.loads(file.read_text(encoding="utf-8"))["base"]
    return tuple(
        _Base(one["name"], tuple(map(re.compile, one["cited"])), one["ends"], one["by"])
        for one in listed
    )


def check_capitals(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: “thành phố Hồ Chí Minh”, “quận 1”. Right: “Thành phố Hồ Chí Minh”, “Quận 1”."""
    told: set[tuple[str, str]] = set()
    for line in (*sheet.parts.body, *sheet.parts.bases, *sheet.parts.abstract):
        for rule_, pattern, advice in _WORDS:
            for found in pattern.finditer(line.text):
                key = (rule_.id, found[0])
                if key not in told:
                    told.add(key)
                    yield rule_.deviates(
                        line, f"“{found[0].strip()}”.", f"Theo Phụ lục II, {advice}."
                    )


def check_names(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: “Nguyễn thị Hoa”. Right: “Nguyễn Thị Hoa”."""
    named = [*_listed(sheet)]
    if sheet.parts.signer is not None:
        named.append(sheet.parts.signer)
    if not named:
        yield PERSON.absent()
    for line in named:
        words = _RANKS.sub("", line.text).split()
        small = [word for word in words if word[:1].isalpha() and word[:1].islower()]
        if small and 2 <= len(words) <= _MOST_SYLLABLES:
            yield PERSON.deviates(
                line,
                f"Tên người có âm tiết viết thường: “{small[0]}”.",
                "Viết hoa chữ đầu của mọi âm tiết.",
            )


def _listed(sheet: Sheet) -> Iterator[Line]:
    """Give the cells below a head “Họ và tên”; a text in brackets or of digits is no name."""
    columns: dict[int, tuple[int, int]] = {}
    for line in sheet.parts.lines:
        if line.table < 0:
            continue
        if line.folded.startswith(_NAME_HEAD):
            columns[line.table] = (line.column, line.row)
        elif line.table in columns:
            column, row = columns[line.table]
            is_below = line.column == column and line.row > row
            if is_below and _SURNAME.match(line.text) and _BARE.fullmatch(line.text):
                yield line


def check_bases(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: a decree that ended before the day of the paper. Right: the one that holds."""
    on = sheet.parts.issued_on
    lines: list[Line] = [*sheet.parts.bases, *sheet.parts.body[:12]]
    if on is None or not lines:
        yield HOLDS.absent()
        return
    for line in lines:
        if not line.folded.lstrip("- ").startswith(("can cu", "thuc hien")):
            continue
        for base in _repealed():
            if on >= base.ends and any(pattern.search(line.text) for pattern in base.cited):
                yield HOLDS.deviates(
                    line,
                    f"{base.name} hết hiệu lực từ {base.ends:%d/%m/%Y}.",
                    f"Thay bằng {base.by}, nếu đúng là căn cứ.",
                )


CHECKS: Final = (
    Checked(
        (
            *(AFTER_MARK, COMMON, NUMBERED, SPECIAL, PEOPLE, ORDERS, KINDS),
            *(POSTS, FEASTS, DAYS, PARTY),
        ),
        check_capitals,
    ),
    Checked((PERSON,), check_names),
    Checked((HOLDS,), check_bases),
)
