"""Cuts the items of a paragraph into what a line is filled with: words, spaces, tabs, breaks.

A unit is what no line may cut. The rules of breaking are those of Unicode (UAX 14) for the
letters and signs of official papers: no line begins with a closing mark, even after a space;
a line may end after a hyphen between letters or between numbers and after a dash. As office
programs do, none ends after a slash.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from doc_templates.layout.faces import Face
from doc_templates.layout.looks import Look, look_of, small_look_of
from doc_templates.layout.signs import to_unicode
from doc_templates.reading.model import Break, Drawing, Field, Item, RunStyle, Tab, Text

_PIECES: Final = re.compile(r" +|[^ ]+")
#: No line begins with one of these, whatever stands before.
CLOSING: Final = frozenset(")]},.;:!?/")
#: No line ends with one of these, whatever follows.
_OPENING: Final = frozenset("([{")
#: What clings to its neighbours on both sides where no space stands between.
_STICKY: Final = frozenset("-–|…“”‘’«»\"'\u00a0\u2011%‰°")
#: A drawing, a tab and a break are words of their own.
_ALONE: Final = frozenset({"\ufffc", "\t", "\n"})
#: Signs inside a word after which a line may end.
_INNER: Final = re.compile(r"[-–—|?!…,.;:](?=[^-–|/?!…,.;:)\]}”’»])|(?<=[\w)])(?=—)")
_LOWER_RUNS: Final = re.compile(r"[a-zà-ỹđăâêôơưß-öø-ÿ]+|[^a-zà-ỹđăâêôơưß-öø-ÿ]+")
#: Nothing of these is seen, and no width is theirs.
_INVISIBLE: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))

_HIDDEN: Final = frozenset(map(chr, _INVISIBLE))

#: A bullet is the same in every font.
BULLETS: Final = frozenset("•▪◦●○■□◆❖➢✓")

Complain = Callable[[str, Look], None]


@dataclass(slots=True)
class Piece:
    """Letters of one look, or a drawing, with its width."""

    text: str
    look: Look
    width: float
    drawing: Drawing | None = None


@dataclass(slots=True)
class Unit:
    """Pieces that stay together; `spaces` are those within, before a closing mark."""

    pieces: list[Piece]
    width: float
    spaces: int = 0


@dataclass(slots=True)
class Space:
    """Spaces between units; they hang over the end of a line."""

    pieces: list[Piece]
    width: float
    count: int


@dataclass(slots=True)
class TabMark:
    """A tab; `leader` is the sign that fills it, "" for none."""

    look: Look
    leader: str = ""


@dataclass(slots=True)
class BreakMark:
    """A break: "line", "page" or "column"."""

    kind: str
    look: Look


@dataclass(slots=True)
class AnchorMark:
    """A drawing that stands elsewhere; it belongs to the line in which it is written."""

    drawing: Drawing


Chunk = Unit | Space | TabMark | BreakMark | AnchorMark


@dataclass(slots=True)
class _Cutter:
    """Builds chunks from left to right; `complain` hears of letters that no face has."""

    complain: Complain
    chunks: list[Chunk] = field(default_factory=list)
    before: str = ""

    def add_text(self, text: str, look: Look) -> None:
        for found in _PIECES.finditer(text):
            piece = found[0]
            if piece[0] == " ":
                self._add_space(piece, look)
            else:
                self._add_word(piece, look)

    def _add_space(self, text: str, look: Look) -> None:
        width = (look.face.width(" ") * look.size + look.letter_space) * len(text)
        piece = Piece(text, look, width)
        last = self.chunks[-1] if self.chunks else None
        if isinstance(last, Space):
            last.pieces.append(piece)
            last.width += width
            last.count += len(text)
        else:
            self.chunks.append(Space([piece], width, len(text)))

    def _add_word(self, word: str, look: Look) -> None:
        is_drawn = look.is_ours or look.is_sign or not BULLETS.isdisjoint(word)
        if look.face.missing(word) or not is_drawn:
            self.complain(word, look)
        start = 0
        if len(word) > 1:
            for sign in _INNER.finditer(word):
                at = sign.end()
                if 0 < at < len(word) and may_break(word[:at], word[at]):
                    self._add_piece(word[start:at], look)
                    start = at
        self._add_piece(word[start:], look)

    def _add_piece(self, text: str, look: Look) -> None:
        width = look.face.width(text) * look.size
        if look.letter_space:
            width += look.letter_space * len(text)
        self.add(Piece(text, look, width), text[0])
        self.before = (self.before + text)[-2:]

    def add(self, piece: Piece, first: str) -> None:
        """Add a piece to the unit that is open, or open another where a line may break."""
        last = self.chunks[-1] if self.chunks else None
        if isinstance(last, Space):
            # What may not begin a line holds on to what stands before its spaces.
            holds = first in CLOSING or self.before[-1:] in _OPENING
            if holds and len(self.chunks) > 1 and isinstance(self.chunks[-2], Unit):
                unit = self.chunks[-2]
                self.chunks.pop()
                unit.pieces += [*last.pieces, piece]
                unit.width += last.width + piece.width
                unit.spaces += last.count
                return
            self.chunks.append(Unit([piece], piece.width))
            self.before = " "
        elif isinstance(last, Unit) and not may_break(self.before, first):
            last.pieces.append(piece)
            last.width += piece.width
        else:
            self.chunks.append(Unit([piece], piece.width))


def is_whole(word: str, face: Face) -> bool:
    """Tell whether a word between single spaces is one unit, whatever stands beside it.

    Not so where a line may end within it, where it holds on to a neighbour, and where it has
    letters that are not seen or that the face has not.
    """
    if not word or word[0] in CLOSING or word[-1] in _OPENING or face.missing(word):
        return False
    if not _HIDDEN.isdisjoint(word) or not _ALONE.isdisjoint(word):
        return False
    return len(word) == 1 or not any(
        0 < sign.end() < len(word) and may_break(word[: sign.end()], word[sign.end()])
        for sign in _INNER.finditer(word)
    )


def may_break(before: str, after: str) -> bool:
    """Tell whether a line may end between a text and the letter that touches it.

    Of the text before, the last two letters count ("" before the first of a word).
    """
    last, further = before[-1:], before[-2:-1]
    if last in _ALONE or after in _ALONE:
        return after not in CLOSING and last not in _OPENING
    if not last or after in CLOSING or after in _STICKY:
        return False
    if last == "-":
        # A hyphen that begins a word is a minus or a mark, and stays with it.
        return bool(further) and further != " " and (not after.isdigit() or further.isdigit())
    if last in ",.;:":
        return after in _OPENING
    return last in "–—|?!…" or after == "—"


def cut(items: Iterable[Item], numbers: dict[str, str], complain: Complain) -> list[Chunk]:
    """Cut items into chunks; `numbers` are the texts of the fields PAGE and NUMPAGES."""
    cutter = _Cutter(complain)
    for item in items:
        match item:
            case Text(text, style):
                _add_text(cutter, text, style)
            case Field(kind, style):
                _add_text(cutter, numbers.get(kind, ""), style)
            case Tab(style):
                cutter.chunks.append(TabMark(look_of(style)))
                cutter.before = "\t"
            case Break(kind, style):
                cutter.chunks.append(BreakMark(kind, look_of(style)))
                cutter.before = "\n"
            case Drawing():
                _add_drawing(cutter, item)
    return cutter.chunks


def cut_text(text: str, style: RunStyle, complain: Complain) -> list[Unit | Space]:
    """Cut a text without tabs and breaks."""
    cutter = _Cutter(complain)
    _add_text(cutter, text, style)
    return [chunk for chunk in cutter.chunks if isinstance(chunk, Unit | Space)]


def _add_text(cutter: _Cutter, text: str, style: RunStyle) -> None:
    text = text.translate(_INVISIBLE)
    if not text:
        return
    look = look_of(style)
    if look.is_sign:
        text = to_unicode(text, look.family)
    if not style.small_caps:
        cutter.add_text(text, look)
        return
    for found in _LOWER_RUNS.finditer(text):
        part = found[0]
        is_lower = part != part.upper()
        cutter.add_text(part.upper(), small_look_of(style) if is_lower else look)


def _add_drawing(cutter: _Cutter, drawing: Drawing) -> None:
    if drawing.anchor is not None:
        cutter.chunks.append(AnchorMark(drawing))
        return
    cutter.add(Piece("\ufffc", look_of(drawing.style), drawing.width, drawing), "\ufffc")
    cutter.before = "\ufffc"
