"""A sheet to lay over the stock: rulers in mm and the outline of every slot with its name."""

from typing import Final

from doc_templates.certificates.arrangement import Arrangement
from doc_templates.certificates.setting import POINTS_PER_MM
from doc_templates.certificates.values import LABELS
from doc_templates.layout.display import Area, Glyphs, Item, Layout, Page, Rule
from doc_templates.layout.faces import face

_INK: Final = "404040"
_SLOT_INK: Final = "0050A0"
_CROSS_MM: Final = 20.0
_SMALL: Final = 7.0
_ADVICE: Final = (
    "Tờ căn chỉnh. In ở tỷ lệ 100 % (không “vừa trang”), trên giấy thường cùng khổ với phôi.",
    "1. Đặt chồng lên phôi, soi sáng. 2. Đo từ mép giấy đến dấu cộng: trên tờ này là {cross:g} mm.",
    "3. Ghi vào mục shift (mm): x = {cross:g} trừ số đo ngang, y = {cross:g} trừ số đo dọc.",
)


def calibration_sheet(arrangement: Arrangement) -> Layout:
    """Draw the sheet: what is measured on paper becomes `shift` of the arrangement."""
    width, height = arrangement.width * POINTS_PER_MM, arrangement.height * POINTS_PER_MM
    page = Page(width, height, 1)
    page.items += _rulers(arrangement)
    page.items += _crosses(arrangement)
    for slot in arrangement.slots:
        left = (slot.x + arrangement.shift_x) * POINTS_PER_MM
        top = (slot.y + arrangement.shift_y) * POINTS_PER_MM
        wide, high = slot.width * POINTS_PER_MM, slot.height * POINTS_PER_MM
        page.items.append(Area(left, top, wide, high, "", _SLOT_INK, 0.4))
        told = f"{LABELS[slot.name]} ({slot.x:g}; {slot.y:g}; {slot.width:g} × {slot.height:g} mm)"
        page.items.append(_text(left + 2, top + _SMALL + 1, told, _SLOT_INK))
    for number, line in enumerate(_ADVICE):
        words = line.format(cross=_CROSS_MM)
        y = (_CROSS_MM + 6) * POINTS_PER_MM + number * 10
        page.items.append(_text((_CROSS_MM + 6) * POINTS_PER_MM, y, words, _INK))
    return Layout([page], title=f"Tờ căn chỉnh: {arrangement.title}")


def _text(x: float, y: float, words: str, color: str) -> Glyphs:
    lettering = face()
    return Glyphs(x, y, words, lettering.name, _SMALL, color, width=lettering.width(words) * _SMALL)


def _rulers(arrangement: Arrangement) -> list[Item]:
    """Draw a tick for each mm along all four edges, longer ones at 5 and 10, with figures."""
    items: list[Item] = []
    width, height = arrangement.width * POINTS_PER_MM, arrangement.height * POINTS_PER_MM
    for mm in range(1, int(arrangement.width)):
        at, long = mm * POINTS_PER_MM, _tick(mm)
        items.append(Rule(at, 0, at, long, 0.3, _INK))
        items.append(Rule(at, height - long, at, height, 0.3, _INK))
        if mm % 10 == 0:
            items.append(_text(at + 1, 18, str(mm), _INK))
    for mm in range(1, int(arrangement.height)):
        at, long = mm * POINTS_PER_MM, _tick(mm)
        items.append(Rule(0, at, long, at, 0.3, _INK))
        items.append(Rule(width - long, at, width, at, 0.3, _INK))
        if mm % 10 == 0:
            items.append(_text(18, at - 1, str(mm), _INK))
    return items


def _tick(mm: int) -> float:
    if mm % 10 == 0:
        return 16.0
    return 12.0 if mm % 5 == 0 else 8.0


def _crosses(arrangement: Arrangement) -> list[Item]:
    """Draw a cross 20 mm from the edges in each corner."""
    items: list[Item] = []
    reach = 4 * POINTS_PER_MM
    for x_mm in (_CROSS_MM, arrangement.width - _CROSS_MM):
        for y_mm in (_CROSS_MM, arrangement.height - _CROSS_MM):
            x = (x_mm + arrangement.shift_x) * POINTS_PER_MM
            y = (y_mm + arrangement.shift_y) * POINTS_PER_MM
            items.append(Rule(x - reach, y, x + reach, y, 0.5, _INK))
            items.append(Rule(x, y - reach, x, y + reach, 0.5, _INK))
    return items
