"""Sets a text into its slot: even lines, phrases kept whole, smaller letters for long texts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from doc_templates.certificates.arrangement import Slot
from doc_templates.layout.faces import ASCENT, DESCENT, Face, face

POINTS_PER_MM: Final = 72 / 25.4
_STEP: Final = 0.5
#: Widths are sums of fractions: no line is too long by so little.
_HAIR: Final = 1e-6
#: The distance of two baselines in parts of the size.
LEADING: Final = 1.18
#: Phrases that a line break must not cut; blanks within them do not stretch or break.
_KEPT: Final = re.compile(
    r"(?:[Đđ]ã có (?:nhiều )?|[Cc]ó (?:nhiều )?)?thành tích(?: (?:xuất sắc|tiêu biểu))?"
    r"|“[^”]{1,40}”"
    r"|(?:Ông|Bà|Anh|Chị|Em|Cháu|Tập thể|Hộ ông|Hộ bà)(?= )"
    r"|(?:năm(?: học)?|tháng|ngày|từ|đến|số|Số|lớp|Tổ|tổ|Phường|phường|Xã|xã|Quận|quận) "
    r"[0-9][0-9/.\-]*"
    r"|[0-9][0-9./]* [^\W\d_]+",
)
_AFTER_HONORIFIC: Final = re.compile(r"((?:^|\s)(?:Ông|Bà|Anh|Chị|Em|Cháu|Hộ ông|Hộ bà)) ")
_BLANK: Final = " "
_HARD_BLANK: Final = "\u00a0"


@dataclass(frozen=True, slots=True)
class Setting:
    """A text in its slot: its lines from above and the size of their letters in points.

    `is_shrunk`: smaller than the slot asks for; `overflows`: even the least size is too large.
    """

    lines: tuple[str, ...]
    size: float
    is_shrunk: bool = False
    overflows: bool = False


def face_of(slot: Slot) -> Face:
    """Give the face in which a slot is printed."""
    return face(bold=slot.is_bold, italic=slot.is_italic)


def keep_phrases(text: str) -> str:
    """Join what must stay on one line with blanks that do not break.

    >>> keep_phrases("Đã có thành tích trong phong trào “Người tốt, việc tốt” năm 2026")
    'Đã\\xa0có\\xa0thành\\xa0tích trong phong trào “Người\\xa0tốt,\\xa0việc\\xa0tốt” năm\\xa02026'
    """
    joined = _KEPT.sub(lambda found: found[0].replace(_BLANK, _HARD_BLANK), text)
    return _AFTER_HONORIFIC.sub(lambda found: found[1] + _HARD_BLANK, joined)


@lru_cache(maxsize=20_000)
def set_text(text: str, slot: Slot) -> Setting:
    """Set a text into a slot; lines given by line feeds stay lines."""
    if not text:
        return Setting((), slot.size)
    lettering = face_of(slot)
    paragraphs = [keep_phrases(line).split(_BLANK) for line in text.split("\n")]
    width, height = slot.width * POINTS_PER_MM, slot.height * POINTS_PER_MM
    widths = [[lettering.width(word) for word in words] for words in paragraphs]
    blank = lettering.width(_BLANK)
    size = slot.size
    while size >= slot.least - 0.001:
        count = sum(_count_lines(one, blank, width / size) for one in widths)
        if _fits(count, size, height, slot):
            lines = _break_all(paragraphs, widths, blank, width / size)
            return Setting(lines, size, is_shrunk=size < slot.size)
        size -= _STEP
    lines = _break_all(paragraphs, widths, blank, width / slot.least)
    return Setting(lines, slot.least, is_shrunk=slot.least < slot.size, overflows=True)


def _fits(count: float, size: float, height: float, slot: Slot) -> bool:
    needed = (ASCENT + DESCENT) * size + (count - 1) * LEADING * size
    return count <= slot.most_lines and needed <= height + 0.01


def _break_all(
    paragraphs: Sequence[Sequence[str]],
    widths: Sequence[Sequence[float]],
    blank: float,
    width: float,
) -> tuple[str, ...]:
    found: list[str] = []
    for words, measured in zip(paragraphs, widths, strict=True):
        found += _break(words, measured, blank, width)
    return tuple(found)


def _count_lines(widths: Sequence[float], blank: float, width: float) -> float:
    """Count the fewest lines that there can be; endless where a word alone is too wide."""
    if max(widths) > width + _HAIR:
        return float("inf")
    lines, length = 1, -blank
    for one in widths:
        length += blank + one
        if length > width + _HAIR:
            lines, length = lines + 1, one
    return lines


def _break(words: Sequence[str], widths: Sequence[float], blank: float, width: float) -> list[str]:
    """Break into as few lines as there can be, as even in length as so many lines allow."""
    count = len(words)
    if sum(widths) + blank * (count - 1) <= width + _HAIR:
        return [_BLANK.join(words)]
    far = float("inf")
    # For each start, (lines, raggedness, end) of the best way to set the rest.
    best: list[tuple[float, float, int]] = [(far, far, count)] * count + [(0, 0.0, count)]
    for start in range(count - 1, -1, -1):
        length = -blank
        for end in range(start + 1, count + 1):
            length += blank + widths[end - 1]
            if length > width + _HAIR and end > start + 1:
                break
            lines, ragged, _ = best[end]
            slack = width - length
            found = (lines + 1, ragged + slack * slack, end)
            if found < best[start]:
                best[start] = found
    lines_made: list[str] = []
    start = 0
    while start < count:
        end = best[start][2]
        lines_made.append(_BLANK.join(words[start:end]))
        start = end
    return lines_made
