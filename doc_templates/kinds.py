"""The kinds of official documents, and the number and symbol each of them carries.

Source: Nghị định 30/2020/NĐ-CP, Điều 7; Phụ lục I, Phần I, mục II.3; Phụ lục III, mục I.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from doc_templates import decree30


class DocumentKind(StrEnum):
    """The 29 kinds of Điều 7, in the order in which it names them."""

    RESOLUTION = "resolution"
    DECISION = "decision"
    DIRECTIVE = "directive"
    STATUTE = "statute"
    RULES = "rules"
    COMMUNIQUE = "communique"
    NOTICE = "notice"
    GUIDANCE = "guidance"
    PROGRAMME = "programme"
    PLAN = "plan"
    OPTION = "option"
    SCHEME = "scheme"
    PROJECT = "project"
    REPORT = "report"
    MINUTES = "minutes"
    SUBMISSION = "submission"
    CONTRACT = "contract"
    OFFICIAL_LETTER = "official_letter"
    TELEGRAM = "telegram"
    MEMORANDUM = "memorandum"
    AGREEMENT = "agreement"
    AUTHORISATION = "authorisation"
    INVITATION = "invitation"
    REFERRAL = "referral"
    LEAVE_PERMIT = "leave_permit"
    DISPATCH_SLIP = "dispatch_slip"
    TRANSFER_SLIP = "transfer_slip"
    NOTIFICATION_SLIP = "notification_slip"
    OPEN_LETTER = "open_letter"

    @property
    def title(self) -> str:  # type: ignore[override]  # the kind's name, not str.title()
        """The name in Vietnamese, as written within a sentence at its start."""
        return _KINDS[self][0]

    @property
    def abbreviation(self) -> str:
        """The abbreviation in the symbol; "" for the two kinds that have none."""
        return _KINDS[self][1]

    @property
    def heading(self) -> str:
        """The name as printed above the abstract: capitals."""
        return self.title.upper()


_KINDS: Final[dict[DocumentKind, tuple[str, str]]] = {
    DocumentKind.RESOLUTION: ("Nghị quyết", "NQ"),
    DocumentKind.DECISION: ("Quyết định", "QĐ"),
    DocumentKind.DIRECTIVE: ("Chỉ thị", "CT"),
    DocumentKind.STATUTE: ("Quy chế", "QC"),
    DocumentKind.RULES: ("Quy định", "QyĐ"),
    DocumentKind.COMMUNIQUE: ("Thông cáo", "TC"),
    DocumentKind.NOTICE: ("Thông báo", "TB"),
    DocumentKind.GUIDANCE: ("Hướng dẫn", "HD"),
    DocumentKind.PROGRAMME: ("Chương trình", "CTr"),
    DocumentKind.PLAN: ("Kế hoạch", "KH"),
    DocumentKind.OPTION: ("Phương án", "PA"),
    DocumentKind.SCHEME: ("Đề án", "ĐA"),
    DocumentKind.PROJECT: ("Dự án", "DA"),
    DocumentKind.REPORT: ("Báo cáo", "BC"),
    DocumentKind.MINUTES: ("Biên bản", "BB"),
    DocumentKind.SUBMISSION: ("Tờ trình", "TTr"),
    DocumentKind.CONTRACT: ("Hợp đồng", "HĐ"),
    DocumentKind.OFFICIAL_LETTER: ("Công văn", ""),
    DocumentKind.TELEGRAM: ("Công điện", "CĐ"),
    DocumentKind.MEMORANDUM: ("Bản ghi nhớ", "BGN"),
    DocumentKind.AGREEMENT: ("Bản thỏa thuận", "BTT"),
    DocumentKind.AUTHORISATION: ("Giấy ủy quyền", "GUQ"),
    DocumentKind.INVITATION: ("Giấy mời", "GM"),
    DocumentKind.REFERRAL: ("Giấy giới thiệu", "GGT"),
    DocumentKind.LEAVE_PERMIT: ("Giấy nghỉ phép", "GNP"),
    DocumentKind.DISPATCH_SLIP: ("Phiếu gửi", "PG"),
    DocumentKind.TRANSFER_SLIP: ("Phiếu chuyển", "PC"),
    DocumentKind.NOTIFICATION_SLIP: ("Phiếu báo", "PB"),
    DocumentKind.OPEN_LETTER: ("Thư công", ""),
}


class CopyKind(StrEnum):
    """The three kinds of copies; they share one series of numbers a year.

    Source: Nghị định 30/2020/NĐ-CP, Điều 25; Phụ lục III, mục I.
    """

    TRUE_COPY = "SY"
    EXTRACT = "TrS"
    COPY_OF_COPY = "SL"

    @property
    def heading(self) -> str:
        """The form of the copy as printed on it."""
        return {
            CopyKind.TRUE_COPY: "SAO Y",
            CopyKind.EXTRACT: "TRÍCH SAO",
            CopyKind.COPY_OF_COPY: "SAO LỤC",
        }[self]


#: The papers of the field that are not among the 29 kinds: no number of their own.
PROFILE_EXTRACT: Final = "profile_extract"
UNNUMBERED: Final = {
    PROFILE_EXTRACT: "Bản trích ngang thành tích",
    "residence_confirmation": "Giấy xác nhận của nơi cư trú",
    "achievement_report": "Báo cáo thành tích",
    "article_cover": "Bìa bài viết",
    "handover_list": "Danh sách ký nhận",
}

_BY_ABBREVIATION: Final = {kind.abbreviation: kind for kind in DocumentKind if kind.abbreviation}
_COPIES: Final = {copy.value: copy for copy in CopyKind}
#: Vietnamese letters without tones, one by one: a range of Unicode would let in letters that
#: only look like them (Ð U+00D0, Cyrillic Т). A mark stands between letters, never last.
_CAPITAL: Final = "A-ZĂÂĐÊÔƠƯ"
_NAME_PART: Final = rf"[{_CAPITAL}](?:[&.]?[{_CAPITAL}a-zăâđêôơư0-9])*"
_TAIL: Final = rf"{_NAME_PART}(?:-{_NAME_PART})*"
_ADMINISTRATIVE: Final = re.compile(
    r"(?P<number>[0-9]{1,7}| *)/(?:(?P<year>[0-9]{4})/)?"
    rf"(?P<head>{_NAME_PART})-(?P<tail>{_TAIL})"
)
_PARTY: Final = re.compile(rf"(?P<number>[0-9]{{1,7}})-(?P<head>{_NAME_PART})/(?P<tail>{_TAIL})")


class SymbolKind(StrEnum):
    """How a symbol is built, which tells whose document it is."""

    NAMED = "named"  # 124/KH-UBND
    LETTER = "letter"  # 875/UBND-NV
    LEGAL = "legal"  # 02/2018/QĐ-UBND
    COPY = "copy"  # 05/SY-UBND
    PARTY = "party"  # 20-CT/TU


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbol:
    """Number and symbol of a document, `124/KH-UBND`.

    `number` is None while no number is given; the printed text then keeps a gap.
    `head` is what stands before the first hyphen (kind, or body of a letter), `tail` what
    follows it (body, or drafting unit of a letter). `year` only for legal documents.
    """

    number: int | None
    head: str
    tail: str
    form: SymbolKind = SymbolKind.NAMED
    year: int | None = None

    @property
    def kind(self) -> DocumentKind | None:
        """The kind the symbol speaks of; None for copies and for kinds outside Điều 7."""
        if self.form is SymbolKind.LETTER:
            return DocumentKind.OFFICIAL_LETTER
        if self.form is SymbolKind.COPY:
            return None
        return _BY_ABBREVIATION.get(self.head)

    @property
    def notation(self) -> str:
        """The symbol without its number: `KH-UBND`, `UBND-NV`."""
        return f"{self.head}-{self.tail}"

    def printed(self, *, number: str | None = None) -> str:
        """Print the symbol as on the paper, without the word “Số:”.

        `number` prints that text in place of the number, for a mark that is replaced later.
        """
        if number is None:
            number = print_number(self.number)
        if self.form is SymbolKind.PARTY:
            return f"{number}-{self.head}/{self.tail}"
        year = f"{self.year}/" if self.year is not None else ""
        return f"{number}/{year}{self.notation}"

    def __str__(self) -> str:
        return self.printed()


def print_number(number: int | None) -> str:
    """Print a document number: a leading zero below 10, a gap where there is none yet.

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.3.
    """
    if number is None:
        return decree30.NUMBER_GAP
    if number < 1:
        raise ValueError(f"a document number begins at 1, got {number}")
    return f"{number:02d}"


def compose_symbol(
    kind: DocumentKind, *, body: str, number: int | None = None, drafting_unit: str = ""
) -> Symbol:
    """Build the symbol of an administrative document.

    `body` is the abbreviation of the issuing body (UBND). Letters take the drafting unit
    or the field of work after the body; all others take the kind before it.

    Raises:
        ValueError: a letter without drafting unit, or the kind has no symbol (thư công).
    """
    if kind is DocumentKind.OFFICIAL_LETTER:
        if not drafting_unit:
            raise ValueError("an official letter names its drafting unit in the symbol")
        return Symbol(number=number, head=body, tail=drafting_unit, form=SymbolKind.LETTER)
    if not kind.abbreviation:
        raise ValueError(f"{kind} carries no symbol")
    return Symbol(number=number, head=kind.abbreviation, tail=body)


def compose_copy_symbol(copy: CopyKind, *, body: str, number: int | None = None) -> Symbol:
    """Build the symbol of a copy, `05/SY-UBND`."""
    return Symbol(number=number, head=copy.value, tail=body, form=SymbolKind.COPY)


def parse_symbol(text: str) -> Symbol | None:
    """Read a printed symbol; None when it is not one.

    The symbol of a named kind is tried before that of a letter, since `124/KH-UBND` has
    the shape of both. A number below 10 must have its zero; a party symbol may go without.
    """
    text = text.strip().removeprefix("Số:").strip() if text.startswith("Số:") else text
    if match := _PARTY.fullmatch(text):
        number = int(match["number"])
        if match["number"] not in (str(number), f"{number:02d}") or number < 1:
            return None
        return Symbol(
            number=number,
            head=match["head"],
            tail=match["tail"],
            form=SymbolKind.PARTY,
        )
    match = _ADMINISTRATIVE.fullmatch(text)
    if match is None:
        return None
    digits = match["number"].strip()
    if digits and (int(digits) < 1 or digits != print_number(int(digits))):
        return None
    year = int(match["year"]) if match["year"] else None
    return Symbol(
        number=int(digits) if digits else None,
        head=match["head"],
        tail=match["tail"],
        form=_form_of(match["head"], year),
        year=year,
    )


def _form_of(head: str, year: int | None) -> SymbolKind:
    """Tell the form; only legal documents have the year between number and symbol."""
    if year is not None:
        return SymbolKind.LEGAL
    if head in _COPIES:
        return SymbolKind.COPY
    return SymbolKind.NAMED if head in _BY_ABBREVIATION else SymbolKind.LETTER
