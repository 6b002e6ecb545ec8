"""Draws certificates: a background that all share, and on each sheet what only it says."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final

from doc_templates.certificates.arrangement import Align, Arrangement, Frame, Place, Slot
from doc_templates.certificates.setting import LEADING, POINTS_PER_MM, face_of, set_text
from doc_templates.certificates.values import Certificate
from doc_templates.layout.display import (
    Area,
    Backdrop,
    Box,
    Glyphs,
    Item,
    Layout,
    Page,
    Picture,
    Rule,
    Shape,
)
from doc_templates.layout.faces import ASCENT, DESCENT

_EMBLEM: Final = "emblem"
_RULE_WIDTH: Final = 0.75
#: The border: two lines with a row of lozenges between them. No ornament stands in the corners
#: or before the emblem. Source: Nghị định 98/2023/NĐ-CP, Điều 104.
_OUTER_WIDTH: Final = 2.25
_INNER_WIDTH: Final = 0.75
_BAND_MM: Final = 4.5
_LOZENGE_MM: Final = 3.0


class Mode(StrEnum):
    """Whether the sheet is blank, or a stock that bears frame, emblem and title."""

    FULL = "full"
    OVERPRINT = "overprint"


def draw(
    certificates: Sequence[Certificate],
    arrangement: Arrangement,
    mode: Mode = Mode.FULL,
    emblem: bytes = b"",
) -> Layout:
    """Draw the certificates, one page each, in their order.

    `emblem` is a picture (PNG or JPEG) for its place; without one the place stays free. What
    all of them say alike is drawn once, as part of the background.
    """
    slots = [slot for slot in arrangement.slots if mode is Mode.FULL or not slot.is_on_stock]
    texts = [certificate.texts() for certificate in certificates]
    alike = {
        slot.name
        for slot in slots
        if len({one[slot.name] for one in texts}) == 1 and len(texts) > 1
    }
    items: list[Item] = []
    media: dict[str, bytes] = {}
    if mode is Mode.FULL:
        if arrangement.frame is not None:
            items += _frame(arrangement, arrangement.frame)
        if emblem and arrangement.emblem is not None:
            media[_EMBLEM] = emblem
            items.append(Picture(*_points(arrangement.emblem), _EMBLEM))
    for slot in slots:
        if slot.name in alike:
            items += _slot_items(texts[0][slot.name], slot, arrangement)
    backdrop = Backdrop(tuple(items)) if items else None
    own = [slot for slot in slots if slot.name not in alike]
    width, height = arrangement.width * POINTS_PER_MM, arrangement.height * POINTS_PER_MM
    pages = []
    for number, one in enumerate(texts, start=1):
        page = Page(width, height, number, backdrop=backdrop)
        for slot in own:
            page.items.extend(_slot_items(one[slot.name], slot, arrangement))
        pages.append(page)
    return Layout(pages, media=media, boxes=_boxes(arrangement, len(pages)))


def _points(place: Place) -> tuple[float, float, float, float]:
    return (
        place.x * POINTS_PER_MM,
        place.y * POINTS_PER_MM,
        place.width * POINTS_PER_MM,
        place.height * POINTS_PER_MM,
    )


def _boxes(arrangement: Arrangement, count: int) -> list[Box]:
    place = arrangement.signature
    if place is None:
        return []
    corner = _points(place)
    return [Box("signature", page, *corner) for page in range(count)]


def _slot_items(text: str, slot: Slot, arrangement: Arrangement) -> Iterable[Item]:
    made = set_text(text, slot)
    if not made.lines:
        return
    lettering, size = face_of(slot), made.size
    left = (slot.x + arrangement.shift_x) * POINTS_PER_MM
    top = (slot.y + arrangement.shift_y) * POINTS_PER_MM
    width, height = slot.width * POINTS_PER_MM, slot.height * POINTS_PER_MM
    pitch = LEADING * size
    block = (ASCENT + DESCENT) * size + (len(made.lines) - 1) * pitch
    # Short texts stand in the middle of a high slot, so that one line or two look alike.
    y = top + max((height - block) / 2, 0.0) + ASCENT * size
    for line in made.lines:
        length = lettering.width(line) * size
        match slot.align:
            case Align.LEFT:
                x = left
            case Align.RIGHT:
                x = left + width - length
            case Align.CENTER:
                x = left + (width - length) / 2
        yield Glyphs(x, y, line, lettering.name, size, slot.color, width=length)
        if slot.gap and line == made.lines[-1]:
            below = y + DESCENT * size * 0.6 + slot.gap * POINTS_PER_MM
            yield Rule(x, below, x + length, below, _RULE_WIDTH, slot.color)
        y += pitch


def _frame(arrangement: Arrangement, frame: Frame) -> list[Item]:
    inset, band = frame.inset * POINTS_PER_MM, _BAND_MM * POINTS_PER_MM
    width, height = arrangement.width * POINTS_PER_MM, arrangement.height * POINTS_PER_MM
    outer = Area(inset, inset, width - 2 * inset, height - 2 * inset, "", frame.color, _OUTER_WIDTH)
    within = inset + band
    inner = Area(
        within, within, width - 2 * within, height - 2 * within, "", frame.color, _INNER_WIDTH
    )
    middle = inset + band / 2
    return [outer, inner, *_lozenges(width, height, middle, frame.color)]


def _lozenges(width: float, height: float, middle: float, color: str) -> Iterable[Item]:
    """Give a row of lozenges along each side, from corner to corner."""
    half = _LOZENGE_MM * POINTS_PER_MM / 2
    across = round((width - 2 * middle) / (4 * half))
    down = round((height - 2 * middle) / (4 * half))
    step_x, step_y = (width - 2 * middle) / across, (height - 2 * middle) / down
    centers = [
        *(
            (middle + step_x * place, y)
            for y in (middle, height - middle)
            for place in range(across + 1)
        ),
        *(
            (x, middle + step_y * place)
            for x in (middle, width - middle)
            for place in range(1, down)
        ),
    ]
    for x, y in centers:
        points = ((x - half, y), (x, y - half), (x + half, y), (x, y + half))
        yield Shape(points, color, is_filled=True, is_closed=True, width=0.0)
