"""Legal bases and references: how they end, in which order, and how often in full (mục II.6)."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from doc_templates.conformity.findings import Finding
from doc_templates.conformity.lines import Line
from doc_templates.conformity.rules import Checked, E, I, Sheet, W, at, rule

BASES = rule("CC-01", "Mỗi căn cứ kết thúc bằng “;”, cuối cùng “.”", E, at("mục II.6"))
LAW = rule("CC-02", "Luật, Pháp lệnh không ghi số, ký hiệu, cơ quan", W, at("mục II.6"))
ONCE_IN_FULL = rule("CC-03", "Viện dẫn lần sau chỉ ghi tên loại, số, ký hiệu", I, at("mục II.6"))
RANK = rule("CC-04", "Căn cứ xếp theo hiệu lực pháp lý giảm dần", W, "thông lệ soạn thảo")

#: The opening of a basis, the highest force first; what is none of these has no rank.
_RANKS: Final = tuple(
    re.compile(rf"^(?:-\s*)?{opening}")
    for opening in (
        r"can cu hien phap\b",
        r"can cu (?:luat|bo luat)\b",
        r"can cu phap lenh\b",
        r"can cu nghi dinh\b",
        r"can cu thong tu\b",
        r"(?:theo|xet) (?:de nghi|to trinh)\b",
    )
)
_IN_FULL: Final = re.compile(
    r"\bsố\s+(?P<symbol>\d+(?:/\d{4})?/[A-ZĐ][\w-]*)\s*(?:,\s*)?ngày\s+\d{1,2}(?:/|\s+tháng\b)"
)
_LAW: Final = re.compile(r"(?:Luật|Pháp lệnh|Bộ luật)\b[^;]{0,80}?\bsố\s+(\d+/\d{4}/[A-Z]+\d*)")


def check_bases(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: a basis that ends with “,”, the last with “;”. Right: “…;” and the last “….”."""
    bases = sheet.parts.bases
    if not bases:
        for rule_ in (BASES, LAW):
            yield rule_.absent()
        return
    for place, line in enumerate(bases):
        end = line.text.rstrip()[-1:]
        is_last = place == len(bases) - 1
        wanted = "." if is_last else ";"
        if end != wanted and not _goes_on(sheet, line):
            yield BASES.deviates(
                line, f"Căn cứ kết thúc bằng “{end}”.", f"Kết thúc bằng “{wanted}”."
            )
        if law := _LAW.search(line.text):
            yield LAW.deviates(
                line,
                f"Ghi số, ký hiệu của luật ({law[1]}).",
                "Chỉ ghi tên luật và ngày tháng năm thông qua.",
            )


def _goes_on(sheet: Sheet, line: Line) -> bool:
    """Whether the basis goes on in the next line: then its end cannot be seen here."""
    place = sheet.parts.lines.index(line)
    following = sheet.parts.lines[place + 1 : place + 2]
    return (
        bool(following) and following[0] not in sheet.parts.bases and not following[0].is_capitals
    )


def check_rank(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: a decree before the law, “Theo đề nghị” before a basis. Right: law, decree, circular,
    and “Theo đề nghị” last."""
    bases = sheet.parts.bases
    ranked = [(rank, line) for line in bases if (rank := _rank(line)) is not None]
    if len(ranked) < 2:
        yield RANK.absent()
        return
    for (before, above), (after, line) in pairwise(ranked):
        if after < before:
            yield RANK.deviates(
                line,
                f"Căn cứ này có hiệu lực pháp lý cao hơn căn cứ đứng trước (“{above.text[:40]}…”).",
                "Xếp luật trước nghị định, nghị định trước thông tư; “Theo đề nghị …” cuối cùng.",
            )


def _rank(line: Line) -> int | None:
    for rank, pattern in enumerate(_RANKS):
        if pattern.match(line.folded):
            return rank
    return None


def check_cited_again(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: the day and the body of a paper said each time. Right: once in full, then “Kế hoạch
    số 124/KH-UBND”."""
    seen: set[str] = set()
    told: set[str] = set()
    for line in (*sheet.parts.bases, *sheet.parts.body):
        for cited in _IN_FULL.finditer(line.text):
            symbol = cited["symbol"]
            if symbol in seen and symbol not in told and line in sheet.parts.body:
                told.add(symbol)
                yield ONCE_IN_FULL.deviates(
                    line,
                    f"Văn bản số {symbol} được ghi lại cả ngày tháng.",
                    "Từ lần thứ hai chỉ ghi tên loại, số và ký hiệu.",
                )
            seen.add(symbol)
    if not seen:
        yield ONCE_IN_FULL.absent()


CHECKS: Final = (
    Checked((BASES, LAW), check_bases),
    Checked((RANK,), check_rank),
    Checked((ONCE_IN_FULL,), check_cited_again),
)
