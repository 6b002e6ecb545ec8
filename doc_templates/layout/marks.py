"""Numbered marks in the margin of pages, beside the lines that somebody has to look at."""

from collections.abc import Sequence
from typing import Final

from doc_templates.layout import faces
from doc_templates.layout.display import Area, Glyphs, Layout, Page

_SIZE: Final = 9.0
_HIGH: Final = 13.0
_GAP: Final = 3.0
_INK: Final = "FFFFFF"
#: So many words of a quotation are looked for at the beginning of a line.
_WORDS: Final = 3


def mark_lines(layout: Layout, quoted: Sequence[str], color: str = "C00000") -> list[int]:
    """Put the number of each quotation beside the line that begins with it.

    Gives for each quotation the page on which it was found, counted from 1, 0 for none. Marks
    at one height stand side by side.
    """
    found: list[int] = []
    taken: dict[tuple[int, int], int] = {}
    for number, text in enumerate(quoted, start=1):
        place = _find(layout, text)
        found.append(0 if place is None else place[0] + 1)
        if place is None:
            continue
        page_number, line = place
        key = (page_number, round(line.y / _HIGH))
        taken[key] = taken.get(key, 0) + 1
        _mark(layout.pages[page_number], line, number, taken[key], color)
    return found


def _find(layout: Layout, text: str) -> tuple[int, Glyphs] | None:
    words = text.rstrip("…").split()[:_WORDS]
    wanted = "".join(words).replace("\u00a0", "")
    if not wanted:
        return None
    for number, page in enumerate(layout.pages):
        letters = [item for item in page.items if isinstance(item, Glyphs)]
        for place, item in enumerate(letters):
            shown = "".join(item.text.split())
            follows = place + 1
            while len(shown) < len(wanted) and follows < len(letters):
                if abs(letters[follows].y - item.y) > 1:
                    break
                shown += "".join(letters[follows].text.split())
                follows += 1
            if shown.startswith(wanted):
                return number, item
    return None


def _mark(page: Page, line: Glyphs, number: int, column: int, color: str) -> None:
    face = faces.face(bold=True)
    text = str(number)
    width = face.width(text) * _SIZE
    wide = max(width + 6, _HIGH)
    x = page.width - _GAP - column * (wide + _GAP)
    top = line.y - _SIZE
    page.items = [
        *page.items,
        Area(x, top - 2, wide, _HIGH, color),
        Glyphs(x + (wide - width) / 2, line.y - 0.5, text, face.name, _SIZE, _INK, width=width),
    ]
