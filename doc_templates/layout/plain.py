"""Fills the lines of plain text: one look, single spaces, no tab and no break.

Most paragraphs and nearly all cells of long lists are such. What the words are is looked up, not
worked out; the lines are those that `lines` would give, to the last digit.
"""

from typing import Final

from doc_templates.layout.faces import Face
from doc_templates.layout.filling import (
    MODE_OF_SHRINKING,
    TOLERANCE,
    Line,
    Run,
    heights_of,
    lean_of,
    shrunk_by,
)
from doc_templates.layout.looks import Look, look_of
from doc_templates.layout.words import is_whole
from doc_templates.reading.model import Paragraph, Text

_MOST_WORDS: Final = 50_000
_NOT_PLAIN: Final = -1.0
_plain: dict[tuple[Face, str], float] = {}


def set_plain(paragraph: Paragraph, width: float, mode: int) -> list[Line] | None:
    """Set a paragraph into lines; None for one that is not plain."""
    items = paragraph.items
    if len(items) != 1 or paragraph.label is not None:
        return None
    item = items[0]
    if not isinstance(item, Text) or item.style.small_caps:
        return None
    look = look_of(item.style)
    if not look.is_ours or look.is_sign or look.letter_space:
        return None
    words = item.text.split(" ")
    widths = _widths_of(words, look)
    return None if widths is None else _fill(paragraph, words, widths, look, width, mode)


def _widths_of(words: list[str], look: Look) -> list[float] | None:
    """Give the widths of words; None where one is empty or must be looked at more closely."""
    face, size = look.face, look.size
    found = []
    for word in words:
        width = _plain.get((face, word))
        if width is None:
            if len(_plain) >= _MOST_WORDS:
                _plain.clear()
            width = face.width(word) if is_whole(word, face) else _NOT_PLAIN
            _plain[face, word] = width
        if width < 0:
            return None
        found.append(width * size)
    return found


def _fill(
    paragraph: Paragraph,
    words: list[str],
    widths: list[float],
    look: Look,
    width: float,
    mode: int,
) -> list[Line] | None:
    style = paragraph.style
    right = width - style.right
    start = style.left + style.first_line
    limit = max(right, start + 1.0)
    space = look.face.width(" ") * look.size
    lean = lean_of(look, mode)
    may_shrink = mode >= MODE_OF_SHRINKING and style.align == "both"
    height, baseline, surplus = heights_of(style, look.above, look.below)
    lines: list[Line] = []
    x = start
    first = 0
    shrunk = last = 0.0
    for place, own in enumerate(widths):
        end = x + own
        if end + lean > limit + TOLERANCE:
            spaces = place - first
            if may_shrink and spaces and not shrunk:
                shrunk = shrunk_by(spaces, look)
            if not (may_shrink and spaces and end + lean <= limit + shrunk + TOLERANCE):
                if not spaces:
                    return None
                run = _run(words, first, place, start, last, widths, look, style.align, limit, 0.0)
                lines.append(_line(height, baseline, surplus, run, look))
                start = x = style.left
                limit = max(right, start + 1.0)
                first, shrunk = place, 0.0
                end = x + own
                if end + lean > limit + TOLERANCE:
                    return None
        last = x
        x = end + space
    align = style.align
    if align == "both" and last + widths[-1] <= limit:
        align = "left"
    run = _run(words, first, len(words), start, last, widths, look, align, limit, lean)
    lines.append(_line(height, baseline, surplus, run, look))
    return lines


def _run(
    words: list[str],
    first: int,
    stop: int,
    start: float,
    last: float,
    widths: list[float],
    look: Look,
    align: str,
    limit: float,
    lean: float,
) -> Run:
    """Give the run of a line; `last` is where its last word begins."""
    end = last + widths[stop - 1]
    shift = stretch = added = 0.0
    spaces = stop - first - 1
    if align == "center":
        shift = (limit - end - lean) / 2
    elif align == "right":
        shift = limit - end - lean
    elif align in {"both", "distribute"} and spaces:
        stretch = (limit - end) / spaces
        for _ in range(spaces):
            added += stretch
    begin = start + shift
    done = last + shift + added + widths[stop - 1]
    return Run(begin, done - begin, " ".join(words[first:stop]), look, stretch)


def _line(height: float, baseline: float, surplus: float, run: Run, look: Look) -> Line:
    return Line(
        height=height,
        baseline=baseline,
        surplus=surplus,
        runs=[run],
        placed=[],
        anchored=[],
        above=look.above,
        below=look.below,
    )
