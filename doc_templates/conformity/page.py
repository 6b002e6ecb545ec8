"""Paper, margins, typeface and page number (Phụ lục I, Phần I, mục I)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from doc_templates import decree30
from doc_templates.conformity.findings import Finding, Severity
from doc_templates.conformity.lines import Line, styles_of
from doc_templates.conformity.rules import Checked, E, Sheet, at, rule
from doc_templates.reading.model import BLACK, Block, Field, Frame, Paragraph, Section, Tab

_MM: Final = 72 / 25.4
_TOLERANCE_MM: Final = 0.5
#: A page of text holds about so many letters; twice as many do not stand on one.
_LETTERS_OF_A_PAGE: Final = 3_200
_TIMES: Final = ("times new roman", "times", "tinos", "liberation serif")
_SIGNS: Final = ("symbol", "wingdings", "webdings", "segoe ui symbol", "ms gothic", "cambria math")
_STAMP: Final = frozenset({"FF0000", "C00000", "ED1C24", "EE0000"})

PAPER = rule("PG-01", "Khổ giấy A4", E, at("mục I.1"), is_shared=True)
UPRIGHT = rule("PG-02", "Trình bày theo chiều dài khổ giấy", E, at("mục I.2"), is_shared=True)
TOP = rule("PG-03", "Lề trên và lề dưới 20–25 mm", E, at("mục I.3"), is_shared=True)
LEFT = rule("PG-04", "Lề trái 30–35 mm", E, at("mục I.3"), is_shared=True)
RIGHT = rule("PG-05", "Lề phải 15–20 mm", E, at("mục I.3"), is_shared=True)
FONT = rule("PG-06", "Phông Times New Roman, màu đen", E, at("mục I.4"), is_shared=True)
NUMBER = rule("PG-07", "Số trang giữa lề trên, không hiện ở trang đầu", E, at("mục I.7"))
ANNEX_NUMBER = rule("PG-08", "Số trang phụ lục đánh riêng", E, at("mục I.7"))


def check_paper(sheet: Sheet) -> Iterator[Finding]:
    """A4. Wrong: 8.5 × 11 inches (216 × 279 mm). Right: 210 × 297 mm."""
    for number, section in enumerate(sheet.paper.sections, start=1):
        sides = sorted((section.width / _MM, section.height / _MM))
        wanted = sorted((decree30.PAGE_WIDTH_MM, decree30.PAGE_HEIGHT_MM))
        if any(abs(a - b) > _TOLERANCE_MM * 2 for a, b in zip(sides, wanted, strict=True)):
            yield PAPER.deviates(
                f"phần trang {number}",
                f"Khổ giấy là {section.width / _MM:.0f} × {section.height / _MM:.0f} mm.",
                "Chọn khổ A4 (210 × 297 mm).",
            )


def check_upright(sheet: Sheet) -> Iterator[Finding]:
    """Upright. Wrong: a letter lying. Right: upright, lying only for a wide table."""
    first = sheet.paper.sections[0] if sheet.paper.sections else None
    if first is not None and first.width > first.height and _holds_no_table(first):
        yield UPRIGHT.deviates(
            "phần trang 1",
            "Trang nằm ngang mà không có bảng, biểu.",
            "Xoay trang theo chiều dọc.",
        )


def _holds_no_table(section: Section) -> bool:
    return not any(len(getattr(block, "grid", ())) > 3 for block in section.blocks)


def check_margins(sheet: Sheet) -> Iterator[Finding]:
    """Margins. Wrong: all of 25.4 mm. Right: top and bottom 20–25, left 30–35, right 15–20."""
    seen = set()
    for number, section in enumerate(sheet.paper.sections, start=1):
        if section.width > section.height:
            continue
        for rule_, name, points, figure in (
            (TOP, "trên", abs(section.top), decree30.MARGIN_TOP),
            (TOP, "dưới", abs(section.bottom), decree30.MARGIN_BOTTOM),
            (LEFT, "trái", section.left, decree30.MARGIN_LEFT),
            (RIGHT, "phải", section.right, decree30.MARGIN_RIGHT),
        ):
            mm = points / _MM
            low, high = figure.least_mm - _TOLERANCE_MM, figure.most_mm + _TOLERANCE_MM
            if low <= mm <= high or (name, round(mm)) in seen:
                continue
            seen.add((name, round(mm)))
            yield rule_.deviates(
                f"phần trang {number}",
                f"Lề {name} là {_figure(mm)} mm.",
                f"Đặt lề {name} từ {figure.least_mm:g} đến {figure.most_mm:g} mm.",
            )


def check_font(sheet: Sheet) -> Iterator[Finding]:
    """Typeface. Wrong: Arial, .VnTime, blue letters. Right: Times New Roman, black."""
    families: Counter[str] = Counter()
    colours: Counter[str] = Counter()
    first: dict[str, Line] = {}
    total = 0
    for line, style, text in styles_of(sheet.parts.lines):
        letters = sum(letter.isalnum() for letter in text)
        total += letters
        family = style.family.lower()
        if not family.startswith(_TIMES) and not family.startswith(_SIGNS) and letters:
            families[style.family] += letters
            first.setdefault(style.family, line)
        if style.color not in (BLACK, "auto", "") and not _is_dark(style.color):
            is_stamp = style.color in _STAMP and line.is_capitals
            if letters and not is_stamp:
                colours[style.color] += letters
                first.setdefault(style.color, line)
    for family, letters in families.most_common(3):
        yield FONT.deviates(
            first[family],
            f"Phông chữ “{family}” ({letters} chữ).",
            f"Đổi sang {decree30.TYPEFACE}, bộ mã Unicode.",
            None if letters > 10 else Severity.WARNING,
        )
    if sum(colours.values()):
        color, letters = colours.most_common(1)[0]
        yield FONT.deviates(
            first[color],
            f"Chữ màu {color} ({letters} chữ).",
            "Đổi sang màu đen.",
            None if letters > total / 20 else Severity.WARNING,
        )


def _is_dark(color: str) -> bool:
    """Whether a colour prints as black: near enough that nobody sees another."""
    try:
        return all(int(color[place : place + 2], 16) <= 0x33 for place in (0, 2, 4))
    except ValueError:
        return True


def check_number(sheet: Sheet) -> Iterator[Finding]:
    """Page number. Wrong: at the foot, right, on the first page. Right: middle of the head,
    from the second page on, 13–14 pt."""
    section = sheet.paper.sections[0] if sheet.paper.sections else None
    if section is None:
        yield NUMBER.absent()
        return
    if any(one.part != "thân văn bản" for one in sheet.unread):
        yield NUMBER.unsure("đầu trang", "Có chỗ ở đầu hoặc chân trang máy chưa xem được.")
        return
    above = [found for frame in section.headers.values() for found in _numbers(frame)]
    below = [found for frame in section.footers.values() for found in _numbers(frame)]
    if below and not above:
        yield NUMBER.deviates(
            "chân trang", "Số trang đặt ở chân trang.", "Chuyển số trang lên giữa lề trên."
        )
    elif not above:
        yield from _without_number(sheet)
    for kind, frame in section.headers.items():
        for paragraph, size in _numbers(frame):
            if kind == "first" or (kind == "default" and not section.title_page):
                yield NUMBER.deviates(
                    "đầu trang",
                    "Số trang hiện cả ở trang thứ nhất.",
                    "Chọn “Trang đầu khác” và bỏ số trang ở trang đầu.",
                    None if _has_many_pages(sheet) else Severity.WARNING,
                )
            if paragraph.style.align not in ("center", "distribute") and not _is_framed(paragraph):
                yield NUMBER.deviates(
                    "đầu trang", "Số trang không ở giữa.", "Căn giữa số trang trong lề trên."
                )
            lettering = decree30.PAGE_NUMBER
            if size and not lettering.least_pt <= size <= lettering.most_pt:
                yield NUMBER.deviates(
                    "đầu trang",
                    f"Số trang cỡ {size:g}.",
                    f"Đặt cỡ {lettering.least_pt:g}–{lettering.most_pt:g}.",
                )


def _without_number(sheet: Sheet) -> Iterator[Finding]:
    letters = sum(len(line.text) for line in sheet.parts.lines)
    if sheet.pages == 1 or (sheet.pages is None and letters < _LETTERS_OF_A_PAGE / 2):
        return
    if (sheet.pages or 0) > 1 or letters > 2 * _LETTERS_OF_A_PAGE:
        yield NUMBER.deviates(
            "đầu trang",
            "Văn bản nhiều trang mà không có số trang.",
            "Chèn số trang vào giữa lề trên, từ trang thứ hai.",
        )
        return
    yield NUMBER.unsure("đầu trang", "Không thấy số trang; chưa rõ văn bản có mấy trang.")


def _has_many_pages(sheet: Sheet) -> bool:
    letters = sum(len(line.text) for line in sheet.parts.lines)
    return (sheet.pages or 0) > 1 or letters > 2 * _LETTERS_OF_A_PAGE


def _numbers(frame: Frame) -> list[tuple[Paragraph, float]]:
    return list(_fields(frame.blocks))


def _fields(blocks: Iterable[Block]) -> Iterator[tuple[Paragraph, float]]:
    for block in blocks:
        if isinstance(block, Paragraph):
            for item in block.items:
                if isinstance(item, Field) and item.kind == "PAGE":
                    yield block, item.style.size
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from _fields(cell.blocks)


def _is_framed(paragraph: Paragraph) -> bool:
    """Whether indents or tabs may have put it into the middle: then it cannot be told."""
    has_tab = any(isinstance(item, Tab) for item in paragraph.items)
    return paragraph.style.left > 36 or has_tab


def _figure(mm: float) -> str:
    return f"{mm:.1f}".replace(".", ",")


CHECKS: Final = (
    Checked((PAPER,), check_paper),
    Checked((UPRIGHT,), check_upright),
    Checked((TOP, LEFT, RIGHT), check_margins),
    Checked((FONT,), check_font),
    Checked((NUMBER,), check_number),
)
