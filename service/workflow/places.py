"""Which field of a form a place on a page was filled from."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from doc_templates.layout.display import Glyphs, Page

#: What a paper sets before a value or after it, and marks of bold and italics in typed text.
_EDGES: Final = " -+*.,;:/…\u00a0"
_MARKS: Final = re.compile(r"\*+")
_SPACE: Final = re.compile(r"\s+")
_LEAST_LETTERS: Final = 2
#: Letters further apart than this many times their size are of two columns.
_WIDEST_GAP: Final = 2.0


@dataclass(frozen=True, slots=True)
class Place:
    """A line on a page and its field. Lengths are shares of the page's width and height, from
    its top left corner; `text` is what the line says, as it was found in the field."""

    field: str
    x: float
    y: float
    width: float
    height: float
    text: str


def find_places(page: Page, fields: Mapping[str, str]) -> tuple[Place, ...]:
    """Find the lines of a page that say what stands in a field, from top to bottom.

    A line is of the field with the least text that holds it: a title repeated in the body
    belongs to the title's field.
    """
    known = sorted(
        ((_plain(text), name) for name, text in fields.items() if text), key=lambda one: len(one[0])
    )
    return tuple(_found(page, known))


def _found(page: Page, known: list[tuple[str, str]]) -> Iterator[Place]:
    for run in _lines(page):
        text = "".join(one.text for one in run)
        wanted = _plain(text).strip(_EDGES)
        if len(wanted) < _LEAST_LETTERS:
            continue
        name = next((name for plain, name in known if _says(wanted, plain, name)), None)
        if name is None:
            continue
        size = max(one.size for one in run)
        left, right = run[0].x, max(one.x + one.width for one in run)
        yield Place(
            name,
            x=left / page.width,
            y=(run[0].y - size) / page.height,
            width=(right - left) / page.width,
            height=1.3 * size / page.height,
            text=text.strip(_EDGES),
        )


def _says(wanted: str, plain: str, name: str) -> bool:
    """Tell whether a line says what a field holds; a date line goes on after its place."""
    return wanted.startswith(plain) if name == "issued_on" else wanted in plain


def _lines(page: Page) -> Iterator[list[Glyphs]]:
    """Join what stands on one line with no column between, in the order of drawing."""
    run: list[Glyphs] = []
    for item in page.items:
        if not isinstance(item, Glyphs):
            continue
        if run and not _follows(run[-1], item):
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def _follows(last: Glyphs, item: Glyphs) -> bool:
    gap = item.x - (last.x + last.width)
    return abs(item.y - last.y) < 1.0 and -1.0 < gap < _WIDEST_GAP * item.size


def _plain(text: str) -> str:
    return _SPACE.sub(" ", _MARKS.sub("", text)).casefold()
