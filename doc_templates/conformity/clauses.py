"""Titles below their numbers, khoản and điểm, the pages and numbers of annexes (mục II.6, III)."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from doc_templates import decree30
from doc_templates.conformity.findings import Finding, Severity
from doc_templates.conformity.lines import Line
from doc_templates.conformity.rules import Checked, E, Rule, Sheet, at, rule
from doc_templates.reading.model import Field, Frame, Paragraph

CHAPTER_TITLE = rule(
    "TY-16", "Tiêu đề phần, chương: chữ hoa, đậm, căn giữa", E, at("mục II.6 và V")
)
SECTION_TITLE = rule("TY-18", "Tiêu đề mục: chữ hoa, đậm, căn giữa", E, at("mục II.6 và V"))
CLAUSE = rule("TY-20", "Khoản: chữ đứng, chỉ đậm khi là tiêu đề", E, at("mục II.6 và V"))
POINT = rule("TY-21", "Điểm: chữ đứng, không đậm", E, at("mục II.6 và V"))
ANNEX_PAGES = rule("PG-08", "Số trang phụ lục đánh riêng từ 1", E, at("mục III.1"))
ANNEX_NUMBERS = rule("PL-02", "Từ hai phụ lục: đánh số La Mã", E, at("mục III.1"))

_CHAPTER: Final = re.compile(r"^(?:phan|chuong) (?:[ivxlc]+|thu [a-z]+)\s*[.:]?$")
_SECTION: Final = re.compile(r"^(?:tieu )?muc \d+\s*[.:]?$")
_ARTICLE: Final = re.compile(r"^Điều\s+\d{1,3}\s*[.:]?")
_CLAUSE: Final = re.compile(r"^\d{1,2}\.\s*\S")
_POINT: Final = re.compile(r"^[a-zđ]\)\s*\S")
_ANNEX: Final = re.compile(r"^phu luc(?: (?:so )?(?P<number>[ivxlc]+|\d+|[a-z]))?\s*[.:]?$")
_MOST_TITLE: Final = 160
#: So much of a line has a look when the line as a whole is meant to have it.
_WHOLE: Final = 0.8


def check_titles(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: “Quy định chung” below “Chương I”. Right: “QUY ĐỊNH CHUNG”, bold, in the middle."""
    body = [line for line in sheet.parts.body if line.table < 0]
    for rule_, pattern in ((CHAPTER_TITLE, _CHAPTER), (SECTION_TITLE, _SECTION)):
        titles = [
            following
            for number, following in pairwise(body)
            if pattern.match(number.folded) and _is_title(following)
        ]
        if not titles:
            yield rule_.absent()
        for line in titles:
            yield from _as_title(rule_, line)


def _is_title(line: Line) -> bool:
    """Whether a line is set apart as a title is; running text below a number is none."""
    is_apart = line.style.align == "center" or line.share("bold") > 0.5 or line.is_capitals
    return is_apart and len(line.text) < _MOST_TITLE and not _ARTICLE.match(line.text)


def _as_title(rule_: Rule, line: Line) -> Iterator[Finding]:
    lettering = decree30.HEADING_CAPITALS
    if line.size and not lettering.least_pt <= line.size <= lettering.most_pt:
        advice = f"Đặt cỡ {lettering.least_pt:g}–{lettering.most_pt:g}."
        yield rule_.deviates(line, f"Cỡ chữ {line.size:g}.", advice)
    if not line.is_capitals:
        yield rule_.deviates(line, "Tiêu đề không phải chữ in hoa.", "Viết chữ in hoa.")
    if line.share("bold") < 0.2:
        yield rule_.deviates(line, "Tiêu đề không đậm.", "Đặt chữ đậm.")
    if line.style.align in ("left", "both") and not line.leads_with_tab:
        yield rule_.deviates(line, "Tiêu đề không căn giữa.", "Căn giữa dòng này.")


def check_clauses(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: “a) …” slanted, a whole khoản of text in bold. Right: upright; a khoản is bold only
    as a title in a line of its own."""
    seen: set[str] = set()
    has_articles = any(_ARTICLE.match(line.text) for line in sheet.parts.body)
    for line in sheet.parts.body:
        if line.table >= 0:
            continue
        text = f"{line.label} {line.text}".strip() if line.label else line.text
        if _POINT.match(text):
            seen.add(POINT.id)
            yield from _upright(POINT, line)
            if line.share("bold") > _WHOLE:
                yield POINT.deviates(line, "Điểm in đậm.", "Bỏ chữ đậm.")
        elif has_articles and _CLAUSE.match(text):
            seen.add(CLAUSE.id)
            yield from _upright(CLAUSE, line)
            if line.share("bold") > _WHOLE and len(line.text) > _MOST_TITLE:
                yield CLAUSE.deviates(
                    line,
                    "Cả khoản in đậm.",
                    "Chỉ in đậm tiêu đề của khoản, ở dòng riêng.",
                    Severity.WARNING,
                )
    for rule_ in (CLAUSE, POINT):
        if rule_.id not in seen:
            yield rule_.absent()


def _upright(rule_: Rule, line: Line) -> Iterator[Finding]:
    if line.share("italic") > _WHOLE:
        yield rule_.deviates(line, "Chữ nghiêng.", "Đặt chữ đứng.")


def check_annex_pages(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: the annex goes on with page 5 of the paper. Right: it begins with 1 again."""
    words = _words(sheet)
    sections = sheet.paper.sections
    numbered = [line for line in words if any(map(_has_number, _headers(sheet, line)))]
    if not numbered:
        yield ANNEX_PAGES.absent()
    told: set[int] = set()
    for line in numbered:
        is_apart = line.section > 0 and line.section not in told
        told.add(line.section)
        if is_apart and sections[line.section].first_number == 1:
            continue
        yield ANNEX_PAGES.deviates(
            line,
            "Số trang của phụ lục đánh nối tiếp văn bản.",
            "Ngắt phần (Section Break) trước phụ lục và cho số trang bắt đầu lại từ 1.",
        )


def _headers(sheet: Sheet, line: Line) -> Sequence[Frame]:
    return list(sheet.paper.sections[line.section].headers.values())


def _has_number(frame: Frame) -> bool:
    return any(
        isinstance(item, Field) and item.kind == "PAGE"
        for block in frame.blocks
        if isinstance(block, Paragraph)
        for item in block.items
    )


def check_annex_numbers(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: “Phụ lục 1”, “Phụ lục 2”. Right: “Phụ lục I”, “Phụ lục II”; one alone: “Phụ lục”."""
    words = _words(sheet)
    if not words:
        yield ANNEX_NUMBERS.absent()
    if len(words) < 2:
        return
    for line in words:
        found = _ANNEX.match(line.folded)
        number = found["number"] if found else None
        if number is None or number.isdigit():
            yield ANNEX_NUMBERS.deviates(
                line,
                "Văn bản có nhiều phụ lục mà phụ lục không mang số La Mã.",
                "Viết “Phụ lục I”, “Phụ lục II”.",
            )


def _words(sheet: Sheet) -> list[Line]:
    return [line for line in sheet.parts.annexes if _ANNEX.match(line.folded)]


CHECKS: Final = (
    Checked((CHAPTER_TITLE, SECTION_TITLE), check_titles),
    Checked((CLAUSE, POINT), check_clauses),
    Checked((ANNEX_PAGES,), check_annex_pages),
    Checked((ANNEX_NUMBERS,), check_annex_numbers),
)
