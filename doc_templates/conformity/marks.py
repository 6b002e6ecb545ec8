"""What stands at the edges: urgency, circulation, the drafter, the address, a digital signature."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from doc_templates import decree30
from doc_templates.conformity.findings import Finding, Severity
from doc_templates.conformity.lines import Line, lines_in
from doc_templates.conformity.rules import Checked, E, Rule, Sheet, at, rule
from doc_templates.decree30 import Lettering

URGENT = rule("TY-32", "Dấu chỉ mức độ khẩn: chữ hoa, đậm", E, at("mục III.2 và V"))
CIRCULATION = rule("TY-33", "Chỉ dẫn lưu hành: chữ hoa, đậm", E, at("mục III.3 và V"))
DRAFTER = rule("TY-34", "Ký hiệu người soạn thảo: chữ hoa, cỡ 11", E, at("mục III.4 và V"))
ADDRESS = rule("TY-35", "Địa chỉ ở chân trang: cỡ 11–12, chữ đứng", E, at("mục III.5 và V"))
DIGITAL = rule("TY-36", "Thông tin chữ ký số: cỡ 10, chữ đứng", E, at("mục II.8 và III.1"))

_URGENT: Final = re.compile(r"^(?:hoa toc(?: hen gio)?|thuong khan|khan)$")
_CIRCULATION: Final = re.compile(r"^(?:xem xong tra lai|luu hanh noi bo|khong pho bien)$")
_DRAFTER: Final = re.compile(r"^[A-ZĐa-zđ]{1,6}\s?\.\s?\(?\d{1,4}\)?\.?$")
_ADDRESS: Final = re.compile(r"\b(?:dia chi|dien thoai|dt|fax|website|e-?mail|thu dien tu)\s*:")
_DIGITAL: Final = re.compile(
    r"^(?:ky boi|nguoi ky|thoi gian ky|co quan ky)\s*:|"
    r";\s*\d{1,2}/\d{1,2}/\d{4}\s*;\s*\d{1,2}:\d{2}(?::\d{2})?"
)
_STAMP_RED: Final = frozenset({"FF0000", "EE0000", "C00000", "ED1C24", "FF0D0D"})


def check_marks(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: “Hỏa tốc” of 12 pt, not bold. Right: “HỎA TỐC”, bold, 13–14 pt, bright red."""
    lines = sheet.parts.lines
    for rule_, pattern, lettering in (
        (URGENT, _URGENT, decree30.URGENCY),
        (CIRCULATION, _CIRCULATION, decree30.CIRCULATION),
    ):
        found = [line for line in lines if pattern.match(line.folded)]
        if not found:
            yield rule_.absent()
        for line in found:
            yield from _set_as(rule_, line, lettering)
            if rule_ is URGENT and not _is_red(line):
                yield rule_.deviates(
                    line,
                    "Dấu khẩn không in màu đỏ tươi.",
                    "In đỏ, hoặc bỏ chữ này và đóng dấu khẩn.",
                    Severity.WARNING,
                )


def check_drafter(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: “pl.(300)” of 13 pt. Right: “PL.(300)” of 11 pt."""
    behind = [*sheet.parts.recipients, *sheet.parts.after]
    found = [line for line in behind if _DRAFTER.match(line.text)]
    if not found:
        yield DRAFTER.absent()
    for line in found:
        yield from _set_as(DRAFTER, line, decree30.DRAFTER_MARK)


def check_address(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: the address at the foot slanted, of 9 pt. Right: upright, 11–12 pt."""
    feet = [
        line
        for section in sheet.paper.sections
        for frame in section.footers.values()
        for line in lines_in(frame.blocks)
    ]
    yield from _each(ADDRESS, feet, _ADDRESS, decree30.FOOT_ADDRESS)


def check_digital(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: “Ký bởi: …” of 13 pt. Right: 10 pt, upright, black."""
    heads = [
        line
        for section in sheet.paper.sections
        for frame in section.headers.values()
        for line in lines_in(frame.blocks)
    ]
    yield from _each(DIGITAL, [*heads, *sheet.parts.lines], _DIGITAL, decree30.SIGNATURE_DATA)


def _each(
    rule_: Rule, lines: Iterable[Line], pattern: re.Pattern[str], lettering: Lettering
) -> Iterator[Finding]:
    found = [line for line in lines if pattern.search(line.folded)]
    if not found:
        yield rule_.absent()
    for line in found:
        yield from _set_as(rule_, line, lettering)


def _set_as(rule_: Rule, line: Line, lettering: Lettering) -> Iterator[Finding]:
    if line.size and not lettering.least_pt <= line.size <= lettering.most_pt:
        sizes = sorted({f"{lettering.least_pt:g}", f"{lettering.most_pt:g}"})
        yield rule_.deviates(line, f"Cỡ chữ {line.size:g}.", f"Đặt cỡ {'–'.join(sizes)}.")
    if lettering.capitals and not line.is_capitals:
        yield rule_.deviates(line, "Không phải chữ in hoa.", "Viết chữ in hoa.")
    if lettering.bold and line.share("bold") < 0.2:
        yield rule_.deviates(line, "Chữ không đậm.", "Đặt chữ đậm.")
    if line.share("italic") > 0.8:
        yield rule_.deviates(line, "Chữ nghiêng.", "Đặt chữ đứng.")


def _is_red(line: Line) -> bool:
    colours = {run.style.color.upper() for run in line.runs if run.text.strip()}
    return colours <= _STAMP_RED


CHECKS: Final = (
    Checked((URGENT, CIRCULATION), check_marks),
    Checked((DRAFTER,), check_drafter),
    Checked((ADDRESS,), check_address),
    Checked((DIGITAL,), check_digital),
)
