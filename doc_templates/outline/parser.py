"""From pasted plain text to blocks."""

from dataclasses import dataclass, field

from doc_templates.outline.headings import mark_headings
from doc_templates.outline.inline import cut_out, read_runs
from doc_templates.outline.joining import (
    HEADING_KINDS,
    continues_across_gap,
    continues_on_next_line,
)
from doc_templates.outline.lines import Line, Wrapping, find_wrapping, read_lines
from doc_templates.outline.markers import Candidate, find_candidate
from doc_templates.outline.model import DIVISIONS, Block, BlockKind
from doc_templates.outline.numbering import Numbering, Surroundings
from doc_templates.outline.shape import (
    Shape,
    is_bare_heading,
    is_title,
    skeleton_of,
    starts_small,
)
from doc_templates.outline.tables import read_table

PLAIN_SIGN = "\\ "
"""A backslash and a space at the start of a line: a paragraph begins here, and its first
letters are no marker. Only `to_text` puts it there."""


@dataclass(slots=True, kw_only=True)
class _Draft:
    """A block being read: its raw lines, and the marker to be cut out of them."""

    kind: BlockKind
    candidate: Candidate | None
    lines: list[str]
    shape: Shape
    last: Line

    def join(self, line: Line) -> None:
        self.lines.append(line.raw)
        self.shape = self.shape.with_line(line.raw)
        self.last = line

    def block(self) -> Block:
        raw = " ".join(self.lines)
        candidate = self.candidate
        if candidate is None:
            return Block(kind=self.kind, runs=read_runs(raw))
        if candidate.typed == "*":
            runs = read_runs(raw.removeprefix("* "))
        else:
            runs = cut_out(read_runs(raw), candidate.typed)
        return Block(kind=self.kind, marker=candidate.marker, number=candidate.number, runs=runs)


@dataclass(slots=True, kw_only=True)
class _Reader:
    """Reads line after line; `blocks` are complete, `draft` may still grow."""

    wrapping: Wrapping
    numbering: Numbering = field(default_factory=Numbering)
    blocks: list[Block] = field(default_factory=list)
    draft: _Draft | None = None

    def close(self) -> None:
        """Complete the block being read."""
        if self.draft is None:
            return
        if is_bare_heading(self.draft.shape):
            self.numbering = self.numbering.begun_anew()
        self.blocks.append(self.draft.block())
        self.draft = None

    def read_table(self, table: Block) -> None:
        """Take a table as the next block."""
        self.close()
        self.blocks.append(table)

    def read(self, line: Line, following: Line | None) -> None:
        """Take the next line."""
        if line.raw.startswith(PLAIN_SIGN):
            self.begin(BlockKind.PARAGRAPH, line, raw=line.raw.removeprefix(PLAIN_SIGN))
            return
        candidate = find_candidate(line.raw)
        placed = candidate and self._numbering_here().place(candidate, self._surroundings(line))
        if placed is not None:
            self._begin_marked(placed, line)
        elif self._awaits_title() and self._is_title(line, following):
            self.begin(BlockKind.HEADING_TITLE, line)
        elif self.draft is not None and self._continues(line, is_refused=candidate is not None):
            self.draft.join(line)
        else:
            self.begin(BlockKind.PARAGRAPH, line)

    def begin(self, kind: BlockKind, line: Line, *, raw: str | None = None) -> None:
        """Begin a block without a marker."""
        self.close()
        words = line.raw if raw is None else raw
        self.draft = _Draft(
            kind=kind, candidate=None, lines=[words], shape=Shape.of(kind, words), last=line
        )

    def _begin_marked(self, candidate: Candidate, line: Line) -> None:
        self.close()
        self.numbering.enter(candidate)
        if candidate.kind in DIVISIONS and not candidate.suffix:
            self.blocks.append(
                Block(kind=candidate.kind, marker=candidate.marker, number=candidate.number)
            )
            if skeleton_of(candidate.rest):
                runs = cut_out(read_runs(line.raw), candidate.typed)
                self.blocks.append(Block(kind=BlockKind.HEADING_TITLE, runs=runs))
            return
        self.draft = _Draft(
            kind=candidate.kind,
            candidate=candidate,
            lines=[line.raw],
            shape=Shape.of(candidate.kind, candidate.rest),
            last=line,
        )

    def _numbering_here(self) -> Numbering:
        if self.draft is not None and is_bare_heading(self.draft.shape):
            return self.numbering.begun_anew()
        return self.numbering

    def _surroundings(self, line: Line) -> Surroundings:
        draft = self.draft
        if draft is None:
            return Surroundings(before=None, after_gap=line.after_gap, is_full=False)
        return Surroundings(
            before=draft.shape,
            after_gap=line.after_gap,
            is_full=self.wrapping.fills(draft.last, line),
        )

    def _awaits_title(self) -> bool:
        """Whether the last block is a division that has no title yet."""
        if self.draft is not None or not self.blocks:
            return False
        return self.blocks[-1].kind in DIVISIONS

    def _is_title(self, line: Line, following: Line | None) -> bool:
        title = Shape.of(BlockKind.HEADING_TITLE, line.raw)
        if not is_title(title):
            return False
        if title.is_capital:
            return True
        return not line.after_gap and not _goes_on(line, following, self.wrapping)

    def _continues(self, line: Line, *, is_refused: bool) -> bool:
        """Whether the line goes on with the draft; `is_refused` when it has a false marker."""
        draft = self.draft
        if draft is None:
            return False
        if line.after_gap:
            return continues_across_gap(draft.shape, line.raw)
        is_first_line = len(draft.lines) == 1
        if continues_on_next_line(
            draft.shape, draft.last, line, wrapping=self.wrapping, is_first_line=is_first_line
        ):
            return True
        may_be_heading = is_first_line and draft.kind in HEADING_KINDS
        return is_refused and not draft.shape.is_finished and not may_be_heading


def parse(text: str) -> tuple[Block, ...]:
    """Read pasted text as blocks; any text is read, none is refused.

    Wrapped lines and sentences cut by a page break are joined. Markers are taken with
    regard to the number expected next (`numbering`), emphasis is `**bold**`, `*italic*`,
    `***both***`, and lines with bars or tabs make a table.
    """
    lines = read_lines(text)
    reader = _Reader(wrapping=find_wrapping(lines))
    position = 0
    while position < len(lines):
        if found := read_table(lines, position):
            table, position = found
            reader.read_table(table)
            continue
        following = lines[position + 1] if position + 1 < len(lines) else None
        reader.read(lines[position], following)
        position += 1
    reader.close()
    return mark_headings(reader.blocks)


def _goes_on(line: Line, following: Line | None, wrapping: Wrapping) -> bool:
    """Whether the line is the first of several that make a sentence."""
    if following is None or following.after_gap:
        return False
    if wrapping.fills(line, following):
        return True
    return starts_small(skeleton_of(following.raw)) and find_candidate(following.raw) is None
