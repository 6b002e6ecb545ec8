"""Sổ đăng ký văn bản đi on paper: a cover and the ten columns, A4 lying, ready to be bound.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục IV, mục I; a register kept by a program is printed in
full and closed (Điều 15).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from doc_templates import wording
from doc_templates.layout.display import Glyphs, Item, Layout, Page, Rule
from doc_templates.layout.faces import ASCENT, DESCENT, Face, face

_MM: Final = 72 / 25.4
_WIDTH: Final = 297 * _MM
_HEIGHT: Final = 210 * _MM
_LEFT: Final = 20 * _MM
_RIGHT: Final = 10 * _MM
_TOP: Final = 15 * _MM
_BOTTOM: Final = 15 * _MM
_INK: Final = "000000"
_LINE: Final = 0.5
_INSET: Final = 3.0
_SIZE: Final = 10.5
_HEAD_SIZE: Final = 10.0
_PITCH: Final = 1.15
#: The ten columns with their widths in mm; together as wide as the sheet between its margins.
COLUMNS: Final = (
    ("Số, ký hiệu văn bản", 27.0),
    ("Ngày tháng văn bản", 21.0),
    ("Tên loại và trích yếu nội dung văn bản", 69.0),
    ("Người ký", 27.0),
    ("Nơi nhận văn bản", 38.0),
    ("Đơn vị, người nhận bản lưu", 22.0),
    ("Số lượng bản", 14.0),
    ("Ngày chuyển", 21.0),
    ("Ký nhận", 12.0),
    ("Ghi chú", 16.0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookLine:
    """One line of the book, as printed; `cells` are its ten columns in their order."""

    cells: tuple[str, str, str, str, str, str, str, str, str, str]
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A book of one year; `superior` is "" for a body that has none above it.

    `first` and `last` are numbers, None while none was given; `volume` counts from 1.
    """

    superior: str
    body: str
    title: str
    year: int
    lines: Sequence[BookLine]
    first: int | None = None
    last: int | None = None
    first_on: date | None = None
    last_on: date | None = None
    volume: int = 1


def lay_out_book(book: Book) -> Layout:
    """Lay a book out: the cover, then as many sheets as its lines need; a line is not cut."""
    pages = [_cover(book)]
    for number, lines in enumerate(_sheets(book.lines), start=1):
        page = Page(_WIDTH, _HEIGHT, number)
        page.items.extend(_draw_sheet(lines))
        page.items.append(_middle(f"{number}", _TOP - 5 * _MM, 12, face()))
        pages.append(page)
    return Layout(pages, title=f"{book.title} năm {book.year}", author=book.body)


def _cover(book: Book) -> Page:
    """Draw the cover in the order of the decree's form."""
    bold, plain = face(bold=True), face()
    page = Page(_WIDTH, _HEIGHT, 0)
    y = 35 * _MM
    if book.superior:
        page.items.append(_middle(book.superior.upper(), y, 14, plain))
        y += 8 * _MM
    page.items.append(_middle(book.body.upper(), y, 14, bold))
    page.items.append(_middle(book.title.upper(), 85 * _MM, 28, bold))
    page.items.append(_middle(f"Năm: {book.year}", 100 * _MM, 16, plain))
    days = (_day(book.first_on), _day(book.last_on))
    numbers = (_number(book.first), _number(book.last))
    told = (
        f"Từ ngày {days[0]} đến ngày {days[1]}",
        f"Từ số {numbers[0]} đến số {numbers[1]}",
        f"Quyển số: {book.volume:02d}",
    )
    for place, line in enumerate(told):
        page.items.append(_middle(line, (125 + 9 * place) * _MM, 14, plain))
    return page


def _day(day: date | None) -> str:
    return wording.print_short_date(day) if day else "……………"


def _number(number: int | None) -> str:
    return f"{number:02d}" if number else "……"


def _middle(text: str, y: float, size: float, lettering: Face) -> Glyphs:
    width = lettering.width(text) * size
    return Glyphs((_WIDTH - width) / 2, y, text, lettering.name, size, _INK, width=width)


@dataclass(frozen=True, slots=True)
class _Row:
    """A line broken into its cells: lines of each, height of all."""

    cells: tuple[tuple[str, ...], ...]
    height: float
    is_cancelled: bool = False


def _sheets(lines: Sequence[BookLine]) -> Iterator[list[_Row]]:
    """Fill sheet after sheet; a book without lines has one empty sheet."""
    room = _HEIGHT - _TOP - _BOTTOM - _head().height - _numbers().height
    filled: list[_Row] = []
    used = 0.0
    for line in lines:
        row = _row(line.cells, _SIZE, face(), is_cancelled=line.is_cancelled)
        if filled and used + row.height > room:
            yield filled
            filled, used = [], 0.0
        filled.append(row)
        used += row.height
    if filled or not lines:
        yield filled


def _row(cells: Sequence[str], size: float, lettering: Face, *, is_cancelled: bool = False) -> _Row:
    broken = tuple(
        tuple(_break(text, (width * _MM - 2 * _INSET) / size, lettering))
        for text, (_, width) in zip(cells, COLUMNS, strict=True)
    )
    most = max(len(lines) for lines in broken)
    height = max(most, 1) * size * _PITCH + 2 * _INSET
    return _Row(broken, height, is_cancelled)


def _head() -> _Row:
    return _row([title for title, _ in COLUMNS], _HEAD_SIZE, face(bold=True))


def _numbers() -> _Row:
    return _row([f"({place})" for place in range(1, len(COLUMNS) + 1)], _HEAD_SIZE, face())


def _break(text: str, width: float, lettering: Face) -> Iterator[str]:
    """Fill lines word by word; a word wider than its column is cut where it must be."""
    line = ""
    for word in text.split():
        tried = f"{line} {word}" if line else word
        if lettering.width(tried) <= width:
            line = tried
            continue
        if line:
            yield line
        while lettering.width(word) > width and len(word) > 1:
            fits = next(
                cut
                for cut in range(len(word) - 1, 0, -1)
                if cut == 1 or lettering.width(word[:cut]) <= width
            )
            # A symbol is best cut behind its stroke or hyphen.
            joint = max(word.rfind("/", 0, fits), word.rfind("-", 0, fits)) + 1
            cut = joint or fits
            yield word[:cut]
            word = word[cut:]
        line = word
    if line:
        yield line


def _draw_sheet(rows: Sequence[_Row]) -> Iterator[Item]:
    y = _TOP
    head, numbers = _head(), _numbers()
    drawn = (
        (head, _HEAD_SIZE, True),
        (numbers, _HEAD_SIZE, False),
        *((row, _SIZE, False) for row in rows),
    )
    yield Rule(_LEFT, y, _WIDTH - _RIGHT, y, _LINE, _INK)
    for place, (row, size, is_bold) in enumerate(drawn):
        yield from _draw_row(row, y, size, is_bold=is_bold, is_centered=place < 2)
        y += row.height
        yield Rule(_LEFT, y, _WIDTH - _RIGHT, y, _LINE, _INK)
    x = _LEFT
    for width in (0.0, *(width for _, width in COLUMNS)):
        x += width * _MM
        yield Rule(x, _TOP, x, y, _LINE, _INK)


def _draw_row(
    row: _Row, top: float, size: float, *, is_bold: bool, is_centered: bool
) -> Iterator[Item]:
    lettering = face(bold=is_bold)
    x = _LEFT
    for lines, (_, width) in zip(row.cells, COLUMNS, strict=True):
        block = len(lines) * size * _PITCH
        y = top + (max((row.height - block) / 2, _INSET) if is_centered else _INSET)
        for line in lines:
            length = lettering.width(line) * size
            start = x + (width * _MM - length) / 2 if is_centered else x + _INSET
            base = y + ASCENT * size
            yield Glyphs(start, base, line, lettering.name, size, _INK, width=length)
            if row.is_cancelled:
                middle = base - (ASCENT - DESCENT) * size * 0.3
                yield Rule(start, middle, start + length, middle, _LINE, _INK)
            y += size * _PITCH
        x += width * _MM
