"""A line while it is filled, and when it is done.

Places are relative to the left edge of the column and to the top of the line.
"""

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from doc_templates.layout.looks import Look, to_twips
from doc_templates.layout.words import Space, TabMark, Unit
from doc_templates.reading.model import Drawing, ParagraphStyle, TabStop

#: Widths are exact; a line may be too long by less than anybody can see.
TOLERANCE: Final = 0.01
#: Word 2013 and later take one more word when each space, with the one before that word, gives
#: up to this share of its width.
_SHRINKING_SHARE: Final = 0.25
MODE_OF_SHRINKING: Final = 15
#: Slanted letters lean out of their last place by this share of the line's height (mode 15).
_LEAN_SHARE: Final = 12
#: Where the baseline stands in a line of exact height, and in one made lower.
_BASELINE_SHARE: Final = 0.8
_LEAST_PERCENT: Final = 50


class Run(NamedTuple):
    """Letters of one look on a line; `x` from the left edge of the column."""

    x: float
    width: float
    text: str
    look: Look
    word_space: float


class Placed(NamedTuple):
    """A drawing set like a letter, its bottom on the baseline; or one that stands elsewhere, with
    the place on the line where it is written."""

    x: float
    drawing: Drawing


@dataclass(slots=True)
class Line:
    """One line: `height` is its pitch, `baseline` from its top; `surplus` is what of the
    pitch a page need not have room for. `ends` is "" or the break that ends it."""

    height: float
    baseline: float
    surplus: float
    runs: list[Run]
    placed: list[Placed]
    anchored: list[Placed]
    ends: str = ""
    above: float = 0.0
    below: float = 0.0


@dataclass(slots=True)
class Entry:
    """A chunk on the line that is being filled."""

    chunk: Unit | Space | TabMark
    x: float
    width: float


@dataclass(slots=True)
class Pending:
    """A tab whose text is not yet known to its end."""

    stop: TabStop
    start: float
    first: int


@dataclass(slots=True)
class Filling:
    """The line that is being filled; `x` is where the next thing goes."""

    start: float
    limit: float
    x: float
    entries: list[Entry] = field(default_factory=list)
    anchored: list[Placed] = field(default_factory=list)
    pending: Pending | None = None
    last_tab: int = -1
    spaces: int = 0
    shrunk: float = 0.0

    def end_with(self, width: float) -> float:
        """Give where the line would end with this much more text.

        Text after a right, centre or decimal tab fits as long as it fits behind the tab: where
        it would stick out of the line at its stop, it is moved to the left.
        """
        return self.x + width

    def settle(self) -> None:
        """Move the text after a right, centre or decimal tab to where it belongs."""
        pending, self.pending = self.pending, None
        if pending is None:
            return
        entries = self.entries[pending.first :]
        while entries and isinstance(entries[-1].chunk, Space):
            entries = entries[:-1]
        width = (entries[-1].x + entries[-1].width - pending.start) if entries else 0.0
        at = min(pending.stop.at, self.limit)
        if pending.stop.align == "center":
            shift = min(pending.stop.at - width / 2, self.limit - width) - pending.start
        elif pending.stop.align == "decimal":
            shift = at - _before_decimal(entries) - pending.start
        else:
            shift = at - width - pending.start
        shift = max(shift, 0.0)
        self.entries[pending.first - 1].width = shift
        for entry in self.entries[pending.first :]:
            entry.x += shift
        self.x += shift

    def append(self, chunk: Unit | Space | TabMark, width: float) -> None:
        """Put a chunk at the end."""
        self.entries.append(Entry(chunk, self.x, width))
        self.x += width


def _before_decimal(entries: list[Entry]) -> float:
    width = 0.0
    for entry in entries:
        if not isinstance(entry.chunk, Unit):
            width += entry.width
            continue
        for piece in entry.chunk.pieces:
            at = min((piece.text.find(mark) for mark in ",." if mark in piece.text), default=-1)
            if at >= 0:
                return width + piece.look.face.width(piece.text[:at]) * piece.look.size
            width += piece.width
    return width


def paint(
    entries: list[Entry], shift: float, stretch: float, last_tab: int
) -> tuple[list[Run], list[Placed]]:
    """Join neighbours of one look into runs, each at its place; give runs and drawings."""
    runs: list[Run] = []
    placed: list[Placed] = []
    texts: list[str] = []
    look: Look | None = None
    start = end = extra = added = 0.0
    for place, entry in enumerate(entries):
        chunk = entry.chunk
        own = stretch if place > last_tab else 0.0
        if isinstance(chunk, TabMark):
            if look is not None:
                runs.append(Run(start, end - start, "".join(texts), look, extra))
                look = None
            runs += _leader(chunk, entry.x + shift, entry.width)
            continue
        x = entry.x + shift + added
        for piece in chunk.pieces:
            if piece.drawing is not None:
                if look is not None:
                    runs.append(Run(start, end - start, "".join(texts), look, extra))
                    look = None
                placed.append(Placed(x, piece.drawing))
                x += piece.width
                continue
            if piece.look is not look or own != extra:
                if look is not None:
                    runs.append(Run(start, end - start, "".join(texts), look, extra))
                look, start, texts, extra = piece.look, x, [], own
            texts.append(piece.text)
            x += piece.width
            if own and " " in piece.text:
                gained = own * piece.text.count(" ")
                added += gained
                x += gained
            end = x
    if look is not None:
        runs.append(Run(start, end - start, "".join(texts), look, extra))
    return runs, placed


def _leader(mark: TabMark, x: float, width: float) -> list[Run]:
    """Give the run that fills a tab: dots, or the line below an underlined one."""
    look = mark.look
    if mark.leader:
        own = look.face.width(mark.leader) * look.size
        count = int((width + TOLERANCE) / own) if own else 0
        if count:
            return [Run(x, count * own, mark.leader * count, look, 0.0)]
        return []
    if look.underline or look.strike or look.shade:
        return [Run(x, width, "", look, 0.0)]
    return []


def lean_of(look: Look, mode: int) -> float:
    """Give the room that slanted letters want at the end of a line."""
    if not look.is_italic or mode < MODE_OF_SHRINKING:
        return 0.0
    return int((look.above + look.below) * 20 / _LEAN_SHARE) / 20


def shrunk_by(spaces: int, look: Look) -> float:
    """Give how much shorter so many spaces can make a line."""
    space = int(look.face.width(" ") * look.size * 20)
    return int(spaces * space * _SHRINKING_SHARE) / 20


def heights_of(style: ParagraphStyle, above: float, below: float) -> tuple[float, float, float]:
    """Give pitch, baseline and surplus of a line by the paragraph's rule."""
    height, rule, line = above + below, style.line_rule, style.line
    if rule == "exact":
        return line, to_twips(line * _BASELINE_SHARE), 0.0
    if rule == "atLeast":
        return (line, line - below, 0.0) if line > height else (height, above, 0.0)
    # The reference counts in whole per cent and whole twips.
    percent = round(line * 100)
    if percent >= 100:
        surplus = int((percent - 100) * round(height * 20) / 100) / 20
        return height + surplus, above, surplus
    pitch = int(max(percent, _LEAST_PERCENT) * round(height * 20) / 100) / 20
    return pitch, to_twips(pitch * _BASELINE_SHARE), 0.0
