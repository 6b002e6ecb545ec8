"""The place before the day (mục II.4): a proper name, and that of where the body has its seat."""

import re
from collections.abc import Iterator
from typing import Final

from doc_templates.conformity.findings import Finding, Severity
from doc_templates.conformity.lines import fold
from doc_templates.conformity.rules import Checked, E, I, Sheet, W, at, rule

SEAT = rule("DL-03", "Địa danh là nơi cơ quan đóng trụ sở", W, at("mục II.4"))
PROPER = rule("DL-04", "Địa danh chỉ ghi tên riêng", E, at("mục II.4"))
COMMUNE = rule("DL-05", "Địa danh của cấp xã là tên xã, phường", W, at("mục II.4"))
OFFICE = rule("DL-06", "Phòng, ban, trường theo địa danh của cấp trên", I, at("mục II.4"))

_NOUN: Final = r"tinh|thanh pho|quan|huyen|thi xa|xa|phuong|thi tran|dac khu"
_UNIT: Final = re.compile(rf"\b(?P<noun>{_NOUN}) (?P<name>[a-z][a-z' -]*|\d+)$")
_PLACE: Final = re.compile(rf"^(?:(?P<noun>{_NOUN}) )?(?P<name>.+)$")
_SHORT: Final = re.compile(r"^(?:tp|tx|tt|q|h|p)\s*\.\s*\S|^tp\s+\S|^tphcm$|^tp\.?\s*hcm$")
_COMMUNES: Final = frozenset({"xa", "phuong", "thi tran", "dac khu"})
#: Units that are never called by a person, a number or an event, so that the noun is left out.
_ALWAYS_PROPER: Final = frozenset({"tinh", "thanh pho"})
_WITH_NOUN: Final = "ho chi minh"
_COUNCILS: Final = ("uy ban nhan dan", "hoi dong nhan dan")
_OFFICES: Final = ("phong ", "ban ", "truong ", "trung tam ", "doi ", "tram ")


def check_place(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: “Tỉnh Hưng Yên, ngày …”, “quận 1, ngày …”. Right: “Hưng Yên, …”, “Quận 1, …”,
    “Thành phố Hồ Chí Minh, …”, “Phường Hai Bà Trưng, …”."""
    line, text = sheet.parts.place_date, _place(sheet)
    if line is None or not text:
        yield PROPER.absent()
        return
    folded = fold(text)
    found = _PLACE.match(folded)
    noun, name = (found["noun"] or "", found["name"]) if found else ("", folded)
    if _SHORT.match(folded):
        yield PROPER.deviates(
            line,
            f"Địa danh viết tắt: “{text}”.",
            "Viết đủ, ví dụ “Thành phố Hồ Chí Minh”.",
            Severity.WARNING,
        )
    elif noun in _ALWAYS_PROPER and name != _WITH_NOUN:
        yield PROPER.deviates(
            line, f"Địa danh “{text}” ghi cả danh từ chung.", "Chỉ ghi tên riêng."
        )
    elif not noun and (name == _WITH_NOUN or name.isdigit()):
        yield PROPER.deviates(
            line,
            f"Địa danh “{text}” đặt theo tên người, chữ số mà thiếu danh từ chung.",
            "Ghi đủ, viết hoa danh từ chung: “Thành phố Hồ Chí Minh”, “Quận 1”.",
        )
    elif noun and text[:1].islower():
        yield PROPER.deviates(
            line, f"Danh từ chung trong “{text}” viết thường.", "Viết hoa: “Quận 1”."
        )
    elif noun and noun not in _ALWAYS_PROPER and not name.isdigit():
        yield PROPER.unsure(
            line,
            f"Chưa rõ “{text}” có đặt theo tên người, sự kiện lịch sử không; "
            "nếu không thì chỉ ghi tên riêng.",
        )


def check_seat(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: “Hà Nội, ngày …” on a paper of a phường. Right: the phường's own name."""
    line, text = sheet.parts.place_date, _place(sheet)
    issuing = fold(" ".join(one.text for one in sheet.parts.issuing))
    superior = fold(" ".join(one.text for one in sheet.parts.superior))
    own = _UNIT.search(issuing) if issuing.startswith(_COUNCILS) else None
    above = _UNIT.search(superior) if superior.startswith(_COUNCILS) else None
    asked, unit = SEAT, own
    if own is None and issuing.startswith(_OFFICES):
        asked, unit = OFFICE, above
    elif own is not None and own["noun"] in _COMMUNES:
        asked = COMMUNE
    for rule_ in (SEAT, COMMUNE, OFFICE):
        if rule_ is not asked or unit is None:
            yield rule_.absent()
    found = _PLACE.match(fold(text))
    if line is None or unit is None or not text or found is None:
        return
    if unit["name"].strip() not in (found["name"].strip(), fold(text)):
        yield asked.deviates(
            line,
            f"Địa danh “{text}” không phải tên đơn vị hành chính của cơ quan.",
            "Ghi tên đơn vị hành chính nơi cơ quan đóng trụ sở.",
        )


def _place(sheet: Sheet) -> str:
    """Give what stands before the day; "" where nothing does."""
    line = sheet.parts.place_date
    if line is None:
        return ""
    return re.split(r",|\bngày\b", line.text, maxsplit=1)[0].strip()


CHECKS: Final = (
    Checked((PROPER,), check_place),
    Checked((SEAT, COMMUNE, OFFICE), check_seat),
)
