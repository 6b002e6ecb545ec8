"""Which markers fit: what number is expected next, at which level.

A marker that fits is taken. One that does not fit is taken where a block can begin, and is
left in the sentence where the words before it are not at their end. An empty line above
never makes a marker less likely, so an outline written with empty lines between its blocks
is read the same way again.
"""

from dataclasses import dataclass, field, replace

from doc_templates.outline.markers import Candidate
from doc_templates.outline.model import DIVISIONS, BlockKind
from doc_templates.outline.shape import (
    SHORT_TITLE,
    Shape,
    is_title,
    skeleton_of,
    starts_large,
    starts_small,
)

CERTAIN_SENTENCE = 12
"""Words. An unfinished line longer than this is hardly a heading."""

COMPOUNDS = frozenset(
    {
        ("thi đua", "khen thưởng"),
        ("văn hóa", "thông tin"),
        ("văn hoá", "thông tin"),
        ("tài chính", "kế hoạch"),
        ("lao động", "thương binh"),
        ("kinh tế", "xã hội"),
        ("chính trị", "xã hội"),
        ("kinh tế", "hạ tầng"),
        ("thể dục", "thể thao"),
    }
)
"""Pairs written with a dash between them; a line may break before the dash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Where a line stands.

    `before` is the shape of the block above, `None` at the start of the text. `after_gap`
    says that an empty line stands between; `is_full` says that the line above was broken
    because it was full.
    """

    before: Shape | None
    after_gap: bool
    is_full: bool

    @property
    def is_broken_sentence(self) -> bool:
        """Whether the words above go on in this line, as far as they tell."""
        if self.before is None or self.before.is_finished:
            return False
        if self.before.is_hanging or self.before.words > SHORT_TITLE:
            return True
        return not self.after_gap and (self.is_full or self.before.words > CERTAIN_SENTENCE)

    @property
    def awaits_number(self) -> bool:
        """Whether the words above end in a word like `ngày`, `khoản`."""
        return self.before is not None and self.before.awaits_number


@dataclass(slots=True, kw_only=True)
class Numbering:
    """The last number at each level that is open; `None` where a level is not open."""

    letter: int | None = None
    roman: int | None = None
    article: int | None = None
    clause: int | None = None
    clause_suffix: str = "."
    subclause: tuple[int, ...] | None = None
    item: int | None = None
    item_suffix: str = "."
    points: dict[str, int] = field(default_factory=dict)
    has_points_in_item: bool = False

    def place(self, candidate: Candidate, where: Surroundings) -> Candidate | None:
        """Decide on a candidate: the marker at its right level, or `None` for plain text."""
        if candidate.kind in DIVISIONS:
            accepted = (
                self._accepts_letter(candidate)
                if candidate.suffix
                else self._accepts_division(candidate, where)
            )
            return candidate if accepted else None
        if candidate.kind in (BlockKind.DASH, BlockKind.PLUS):
            return candidate if self._accepts_bullet(candidate, where) else None
        if where.awaits_number:
            return None
        match candidate.kind:
            case BlockKind.CLAUSE:
                return self._placed_number(candidate, where)
            case BlockKind.ARTICLE:
                fits = candidate.number == (self.article or 0) + 1
            case BlockKind.ROMAN:
                return candidate if self._accepts_roman(candidate, where) else None
            case BlockKind.SUBCLAUSE:
                fits = self._fits_subclause(candidate)
                if not fits and not candidate.has_mark:
                    return None
            case _:
                fits = self._fits_point(candidate)
                if not fits and candidate.suffix != ")":
                    return None
        return candidate if fits or not where.is_broken_sentence else None

    def enter(self, candidate: Candidate) -> None:
        """Count an accepted marker and close the levels below it."""
        number = candidate.number
        match candidate.kind:
            case BlockKind.PART | BlockKind.CHAPTER | BlockKind.SECTION | BlockKind.SUBSECTION:
                self.letter = number if candidate.suffix and isinstance(number, int) else None
                self.roman = None
                self._close_clauses()
            case BlockKind.ARTICLE if isinstance(number, int):
                self.article = number
                self._close_clauses()
            case BlockKind.ROMAN if isinstance(number, int):
                self.roman = number
                self._close_clauses()
            case BlockKind.CLAUSE if isinstance(number, int):
                self._close_clauses()
                self.clause, self.clause_suffix = number, candidate.suffix
            case BlockKind.SUBCLAUSE if isinstance(number, tuple):
                self._close_clauses()
                self.clause, self.subclause = number[0], number
            case BlockKind.ITEM if isinstance(number, int):
                self.item, self.item_suffix = number, candidate.suffix
            case BlockKind.POINT if isinstance(number, int):
                if number == 1:
                    self.has_points_in_item = self.item is not None
                elif not self.has_points_in_item:
                    self.item = None
                self.points[candidate.suffix] = number
            case _:
                pass

    def begun_anew(self) -> "Numbering":
        """The state after a heading without a marker: clauses begin at `1.` again."""
        anew = replace(self)
        anew._close_clauses()
        return anew

    def _close_clauses(self) -> None:
        self.clause = self.subclause = self.item = None
        self.points = {}

    def _accepts_division(self, candidate: Candidate, where: Surroundings) -> bool:
        if not where.after_gap and (where.is_broken_sentence or where.awaits_number):
            return False
        title = Shape.of(BlockKind.HEADING_TITLE, candidate.rest)
        if not title.skeleton:
            return True
        return is_title(title) and (title.is_capital or candidate.has_mark)

    def _accepts_letter(self, candidate: Candidate) -> bool:
        title = Shape.of(BlockKind.PART, candidate.rest)
        step = candidate.number - (self.letter or 0) if isinstance(candidate.number, int) else 0
        allowed = (1, 2) if self.letter else (1,)
        return step in allowed and title.is_capital and is_title(title)

    def _accepts_roman(self, candidate: Candidate, where: Surroundings) -> bool:
        title = Shape.of(BlockKind.ROMAN, candidate.rest)
        if title.is_capital:
            return True
        if candidate.number in ((1,) if self.roman is None else (self.roman, self.roman + 1)):
            could_be_initial = len(candidate.marker) == 2 and not where.after_gap
            return not (could_be_initial and where.is_broken_sentence)
        return len(candidate.marker) > 2 and not where.is_broken_sentence

    def _accepts_bullet(self, candidate: Candidate, where: Surroundings) -> bool:
        before = where.before
        if not candidate.is_spaced:
            return not where.is_broken_sentence and starts_large(skeleton_of(candidate.rest))
        if before is None or before.is_finished or where.after_gap:
            return True
        if _breaks_compound(before.skeleton, skeleton_of(candidate.rest)):
            return False
        is_sentence = before.kind is BlockKind.PARAGRAPH
        return not where.is_full or not (is_sentence or starts_small(skeleton_of(candidate.rest)))

    def _fits_subclause(self, candidate: Candidate) -> bool:
        path = candidate.number
        if not isinstance(path, tuple):
            return False
        last = self.subclause
        if last is not None and path[: len(path) - 1] == last[: len(path) - 1]:
            if len(path) <= len(last):
                return path[-1] == last[len(path) - 1] + 1
            return len(path) == len(last) + 1 and path[-1] == 1
        if path[-1] != 1 or len(path) != 2:
            return False
        return self.clause is None or path[0] in (self.clause, self.clause + 1)

    def _fits_point(self, candidate: Candidate) -> bool:
        last = self.points.get(candidate.suffix)
        if candidate.number == 1:
            return True
        return last is not None and candidate.number in (last + 1, last + 2)

    def _placed_number(self, candidate: Candidate, where: Surroundings) -> Candidate | None:
        """Tell a clause from an item, and both from a figure at the start of a line."""
        number = candidate.number
        if not isinstance(number, int):
            return None
        as_item = replace(candidate, kind=BlockKind.ITEM)
        if self.item is not None and (number, candidate.suffix) == (
            self.item + 1,
            self.item_suffix,
        ):
            return as_item
        if self.clause is not None and number == self.clause + 1:
            return candidate
        if number == 1:
            return as_item if self._begins_items(candidate, where) else candidate
        if where.is_broken_sentence:
            return None
        if self.item is None or self.clause is None:
            return as_item if self.item is not None else candidate
        return as_item if abs(number - self.item) < abs(number - self.clause) else candidate

    def _begins_items(self, candidate: Candidate, where: Surroundings) -> bool:
        """Whether a `1.` opens a list inside the open clause rather than a new series."""
        if self.clause is None:
            return False
        if self.subclause is not None or candidate.suffix != self.clause_suffix:
            return True
        before = where.before
        if before is None:
            return False
        if before.is_lead_in:
            return True
        return before.kind is BlockKind.CLAUSE and is_title(before)


def _breaks_compound(before: str, after: str) -> bool:
    left, right = before[-20:].casefold(), after[:20].casefold()
    return any(left.endswith(first) and right.startswith(second) for first, second in COMPOUNDS)
