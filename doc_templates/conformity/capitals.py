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
)


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
    Checked((AFTER_MARK, COMMON, NUMBERED, SPECIAL, PEOPLE, ORDERS, KINDS), check_capitals),
    Checked((HOLDS,), check_bases),
)
