"""Fills lines: units from left to right until the next does not fit, tabs, justification.

The result is relative to the left edge of the column and the top of the line, so that it is
remembered by what was set and placed as often as it stands somewhere.
"""

from typing import Final, NamedTuple

from doc_templates.layout import words
from doc_templates.layout.filling import (
    MODE_OF_SHRINKING,
    TOLERANCE,
    Entry,
    Filling,
    Line,
    Pending,
    Placed,
    heights_of,
    lean_of,
    paint,
    shrunk_by,
)
from doc_templates.layout.looks import Look, look_of
from doc_templates.layout.plain import set_plain
from doc_templates.layout.words import (
    AnchorMark,
    BreakMark,
    Chunk,
    Complain,
    Piece,
    Space,
    TabMark,
    Unit,
)
from doc_templates.reading.model import Label, Paragraph, ParagraphStyle, TabStop

_LEADERS: Final = {
    "dot": ".",
    "hyphen": "-",
    "underscore": "_",
    "heavy": "_",
    "middleDot": "·",
}
_JUSTIFIED: Final = frozenset({"both", "distribute"})


class Setting(NamedTuple):
    """What bears on the lines of a whole paper."""

    mode: int
    default_tab: float
    stretches_broken: bool


_memory: dict[object, list[Line]] = {}
_MOST_REMEMBERED: Final = 30_000


def set_lines(
    paragraph: Paragraph,
    width: float,
    setting: Setting,
    numbers: dict[str, str],
    complain: Complain,
) -> list[Line]:
    """Set a paragraph into lines of a column of this width; never less than one line.

    The lines are shared by all paragraphs that are set alike: they must not be changed.
    """
    key = (
        paragraph.items,
        paragraph.style,
        paragraph.mark,
        paragraph.label,
        width,
        setting,
        tuple(numbers.items()),
    )
    found = _memory.get(key)
    if found is not None:
        return found
    complaints: list[object] = []

    def note(text: str, look: Look) -> None:
        complaints.append(text)
        complain(text, look)

    made = set_plain(paragraph, width, setting.mode) or fill_lines(
        paragraph, width, setting, numbers, note
    )
    if not complaints:
        if len(_memory) >= _MOST_REMEMBERED:
            _memory.clear()
        _memory[key] = made
    return made


def fill_lines(
    paragraph: Paragraph,
    width: float,
    setting: Setting,
    numbers: dict[str, str],
    complain: Complain,
) -> list[Line]:
    """Set a paragraph of any kind, without looking whether it was set before."""
    return _Filler(paragraph, width, setting, numbers, complain).fill()


class _Filler:
    """Fills the lines of one paragraph."""

    def __init__(
        self,
        paragraph: Paragraph,
        width: float,
        setting: Setting,
        numbers: dict[str, str],
        complain: Complain,
    ) -> None:
        self._paragraph = paragraph
        self._style: ParagraphStyle = paragraph.style
        self._setting = setting
        self._right = width - self._style.right
        self._chunks = words.cut(paragraph.items, numbers, complain)
        self._lines: list[Line] = []
        self._mark = look_of(paragraph.mark)
        self._tabs = self._style.tabs
        self._may_shrink = setting.mode >= MODE_OF_SHRINKING and self._style.align == "both"
        first = self._style.left + self._style.first_line
        self._row = Filling(first, max(self._right, first + 1.0), first)
        if paragraph.label is not None:
            self._add_label(paragraph.label, complain)

    def fill(self) -> list[Line]:
        """Give the lines."""
        chunks = self._chunks
        for place, chunk in enumerate(chunks):
            if isinstance(chunk, Unit):
                self._add_unit(chunk)
            elif isinstance(chunk, Space):
                self._row.append(chunk, chunk.width)
                self._row.spaces += chunk.count
            elif isinstance(chunk, TabMark):
                self._add_tab(chunk, chunks, place)
            elif isinstance(chunk, BreakMark):
                self._end_line(chunk.kind, chunk.look)
            else:
                self._row.anchored.append(Placed(self._row.x, chunk.drawing))
        ended = self._lines[-1].ends if self._lines else ""
        is_rest = bool(self._row.entries or self._row.anchored)
        if is_rest or not self._lines or ended == "line":
            self._end_line("", None)
        return self._lines

    def _add_unit(self, unit: Unit) -> None:
        row = self._row
        end = row.end_with(unit.width) + self._lean(unit)
        if end <= row.limit + TOLERANCE or self._shrinks(unit, end):
            self._row.append(unit, unit.width)
            return
        if any(isinstance(entry.chunk, Unit | TabMark) for entry in row.entries):
            self._end_line("wrap", None)
            self._add_unit(unit)
            return
        self._add_by_letters(unit)

    def _lean(self, unit: Unit) -> float:
        return lean_of(unit.pieces[-1].look, self._setting.mode)

    def _shrinks(self, unit: Unit, end: float) -> bool:
        """Tell whether the word is taken by making the spaces of the line smaller."""
        row = self._row
        if not self._may_shrink or row.pending is not None or not row.spaces:
            return False
        if row.last_tab == len(row.entries) - 1:
            return False
        if not row.shrunk:
            row.shrunk = shrunk_by(row.spaces, unit.pieces[0].look)
        return end <= row.limit + row.shrunk + TOLERANCE

    def _add_by_letters(self, unit: Unit) -> None:
        """Cut a unit that is wider than a whole line, letter by letter."""
        for piece in unit.pieces:
            if piece.drawing is not None or len(piece.text) < 2:
                if self._row.x + piece.width > self._row.limit and self._row.entries:
                    self._end_line("wrap", None)
                self._row.append(Unit([piece], piece.width), piece.width)
                continue
            self._cut_piece(piece)

    def _cut_piece(self, piece: Piece) -> None:
        look, text = piece.look, piece.text
        start = 0
        width = 0.0
        for place, letter in enumerate(text):
            own = look.face.width(letter) * look.size + look.letter_space
            if place > start and self._row.x + width + own > self._row.limit + TOLERANCE:
                self._row.append(Unit([Piece(text[start:place], look, width)], width), width)
                self._end_line("wrap", None)
                start, width = place, 0.0
            width += own
        self._row.append(Unit([Piece(text[start:], look, width)], width), width)

    def _add_label(self, label: Label, complain: Complain) -> None:
        look = look_of(label.style)
        if label.text:
            chunks = words.cut_text(label.text, label.style, complain)
            pieces = [piece for chunk in chunks for piece in chunk.pieces]
            width = sum(piece.width for piece in pieces)
            if label.align in {"right", "end"}:
                self._row.x -= width
            elif label.align == "center":
                self._row.x -= width / 2
            self._row.append(Unit(pieces, width), width)
        if label.follow == "space":
            width = look.face.width(" ") * look.size
            self._row.append(Unit([Piece(" ", look, width)], width, 0), width)
        elif label.follow == "tab":
            if label.tab_at is not None and all(s.at != label.tab_at for s in self._tabs):
                stop = TabStop(label.tab_at)
                self._tabs = tuple(sorted((*self._tabs, stop), key=lambda s: s.at))
            self._add_tab(TabMark(look), self._chunks, -1)

    def _add_tab(self, mark: TabMark, chunks: list[Chunk], place: int) -> None:
        self._row.settle()
        row = self._row
        stop = self._next_stop(row.x)
        has_text = any(
            not isinstance(chunk, Space | AnchorMark) for chunk in chunks[place + 1 :][:2]
        )
        if stop.at > row.limit + TOLERANCE and stop.align == "left":
            if has_text and row.entries and self._setting.mode >= MODE_OF_SHRINKING:
                # The tab takes the rest of the line; what follows goes on in the next.
                self._row.append(mark, max(row.limit - row.x, 0.0))
                row.last_tab = len(row.entries) - 1
                return
            stop = TabStop(max(row.limit, row.x), "left", stop.leader)
        start = row.x
        if stop.align == "left":
            self._row.append(mark, stop.at - row.x)
        else:
            self._row.append(mark, 0.0)
            row.pending = Pending(stop, start, len(row.entries))
        row.last_tab = len(row.entries) - 1
        self._leaders_of(row.entries[-1], stop)

    def _leaders_of(self, entry: Entry, stop: TabStop) -> None:
        if stop.leader in _LEADERS:
            entry.chunk = TabMark(entry.chunk.look, _LEADERS[stop.leader])  # type: ignore[union-attr]

    def _next_stop(self, x: float) -> TabStop:
        """Find the stop after a place: one that is set, the hanging indent, every so much."""
        hanging = self._style.left
        candidates = [stop for stop in self._tabs if stop.at > x + TOLERANCE]
        found = candidates[0] if candidates else None
        is_first = not self._lines
        is_hanging = self._style.first_line < 0 and hanging > x + TOLERANCE
        if is_first and is_hanging and (found is None or hanging < found.at):
            return TabStop(hanging)
        if found is not None and found.align != "bar":
            return found
        step = self._setting.default_tab
        count = int((x + TOLERANCE) / step) + 1
        return TabStop(count * step)

    def _end_line(self, kind: str, look: Look | None) -> None:
        """Close the line; `kind` is "wrap", "" at the end, or the break, whose look is given."""
        self._row.settle()
        row = self._row
        is_last = kind != "wrap" and not (kind == "line" and self._setting.stretches_broken)
        self._lines.append(self._make_line(row, kind, look, is_last=is_last))
        left = self._style.left
        self._row = Filling(left, max(self._right, left + 1.0), left)

    def _make_line(self, row: Filling, kind: str, look: Look | None, *, is_last: bool) -> Line:
        entries = row.entries
        seen = len(entries)
        while seen and isinstance(entries[seen - 1].chunk, Space):
            seen -= 1
        end = entries[seen - 1].x + entries[seen - 1].width if seen else row.start
        align = self._style.align
        shift = stretch = 0.0
        last = entries[seen - 1].chunk if seen else None
        lean = self._lean(last) if kind != "wrap" and isinstance(last, Unit) else 0.0
        if align == "center":
            shift = (row.limit - end - lean) / 2
        elif align == "right":
            shift = row.limit - end - lean
        elif align in _JUSTIFIED and (not is_last or align == "distribute" or end > row.limit):
            stretch = self._stretch(row, seen, row.limit - end)
        runs, placed = paint(entries[:seen], shift, stretch, row.last_tab)
        above, below = self._extent(entries[:seen], look)
        height, baseline, surplus = heights_of(self._style, above, below)
        return Line(
            height=height,
            baseline=baseline,
            surplus=surplus,
            runs=runs,
            placed=placed,
            anchored=[Placed(one.x + shift, one.drawing) for one in row.anchored],
            ends=kind if kind in {"line", "page", "column"} else "",
            above=above,
            below=below,
        )

    def _stretch(self, row: Filling, seen: int, room: float) -> float:
        """Give what each space takes of the room, after the line's last tab."""
        count = 0
        for entry in row.entries[row.last_tab + 1 : seen]:
            chunk = entry.chunk
            if isinstance(chunk, Space):
                count += chunk.count
            elif isinstance(chunk, Unit):
                count += chunk.spaces
        return room / count if count else 0.0

    def _extent(self, entries: list[Entry], look: Look | None) -> tuple[float, float]:
        """Give what the line needs above and below its baseline.

        Spaces and tabs count only where nothing else stands; a drawing alone has nothing
        below it, and its line is no lower than one of letters.
        """
        above = below = picture = 0.0
        has_letters = False
        for entry in entries:
            if isinstance(entry.chunk, Unit):
                for piece in entry.chunk.pieces:
                    if piece.drawing is not None:
                        picture = max(picture, piece.drawing.height)
                    else:
                        has_letters = True
                        above = max(above, piece.look.above)
                        below = max(below, piece.look.below)
        if has_letters:
            return max(above, picture), below
        if picture:
            return picture, max(self._mark.above + self._mark.below - picture, 0.0)
        if look is None:
            blank = [e.chunk for e in entries if isinstance(e.chunk, TabMark)]
            look = blank[-1].look if blank else self._mark
        return look.above, look.below
