"""The shape of a stretch of words: how it ends, how it begins, how long it is.

All decisions look at a shape and never at stars or backslashes, so an outline that is
written out with other stars is read the same way.
"""

import re
from dataclasses import dataclass

from doc_templates.outline.model import DIVISIONS, BlockKind

SHORT_TITLE = 25
"""Words. Longer than this it is a sentence, not a title."""

LONGEST_CAPITAL_TITLE = 40
"""Words. A title in capitals may take three lines of the page."""

CLOSERS = "”’\"')]}» "
OPENERS = "“‘\"'([{« "
STOPS = ".;:!?…"

NEVER_LAST = frozenset({"và", "hoặc", "của", "với", "các", "những", "cho", "là", "nhằm"})
"""A line that ends in one of these words goes on in the next."""

_HARDLY_LAST = re.compile(r"\b(?:(?<!hiện )tại|(?<!kèm )theo|(?<!tự )do|về|từ|đến|bởi|để|trong)$")
_NUMBER_FOLLOWS = re.compile(
    r"(?<!hằng )(?<!hàng )(?<!mỗi )(?<!trong )(?<!nhiều )\bngày$"
    r"|(?<!tài )\bkhoản$|(?<!nhiều )\bđiều$|\bthứ$"
    r"|\b(?:tại|theo|và|các) điểm$"
)
"""After these words a number at the start of a line is part of the sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What later lines need to know of the words so far.

    `skeleton` is the words without stars and backslashes; `words` counts them;
    `open_quotes` counts “ without ”; `letters` counts the letters.
    """

    kind: BlockKind
    skeleton: str
    words: int
    letters: int
    has_small_letter: bool
    open_quotes: int

    @classmethod
    def of(cls, kind: BlockKind, raw: str) -> "Shape":
        """Take the shape of the words of one block."""
        skeleton = skeleton_of(raw)
        return cls(
            kind=kind,
            skeleton=skeleton,
            words=count_words(skeleton),
            letters=sum(letter.isalpha() for letter in skeleton),
            has_small_letter=any(letter.islower() for letter in skeleton),
            open_quotes=skeleton.count("“") - skeleton.count("”"),
        )

    def with_line(self, raw: str) -> "Shape":
        """The shape after one more line has been joined."""
        more = Shape.of(self.kind, raw)
        if not more.skeleton or not self.skeleton:
            return more if more.skeleton else self
        return Shape(
            kind=self.kind,
            skeleton=f"{self.skeleton} {more.skeleton}",
            words=self.words + more.words,
            letters=self.letters + more.letters,
            has_small_letter=self.has_small_letter or more.has_small_letter,
            open_quotes=self.open_quotes + more.open_quotes,
        )

    @property
    def is_capital(self) -> bool:
        """Whether there are at least two letters and none of them is small."""
        return self.letters >= 2 and not self.has_small_letter

    @property
    def is_finished(self) -> bool:
        """Whether the words end as a sentence, a list line or a heading in capitals ends."""
        if self.kind in DIVISIONS or self.kind in (BlockKind.HEADING_TITLE, BlockKind.TABLE):
            return True
        return not self.skeleton or self.is_capital or ends_with_stop(self.skeleton)

    @property
    def is_hanging(self) -> bool:
        """Whether the last word or sign cannot be the end of anything."""
        if self.is_capital or not self.skeleton:
            return False
        tail = self.skeleton[-40:]
        return tail.endswith((",", "(", "“", " -", " –")) or _last_word(tail) in NEVER_LAST

    @property
    def hardly_ends(self) -> bool:
        """Whether the last word ends a line that goes on directly below (`quy định tại`)."""
        return not self.is_finished and _HARDLY_LAST.search(self.skeleton[-40:]) is not None

    @property
    def awaits_number(self) -> bool:
        """Whether a number that comes next belongs to the sentence (`… trước ngày`)."""
        tail = self.skeleton[-40:].casefold()
        return not self.is_finished and _NUMBER_FOLLOWS.search(tail) is not None

    @property
    def ends_with_comma(self) -> bool:
        """Whether the last sign is a comma."""
        return self.skeleton.endswith(",")

    @property
    def is_lead_in(self) -> bool:
        """Whether the words announce a list."""
        return self.skeleton.endswith(":")


def skeleton_of(raw: str) -> str:
    """The words without stars and backslashes, single-spaced."""
    return " ".join(raw.replace("*", "").replace("\\", "").split())


def count_words(skeleton: str) -> int:
    """Count what stands between single spaces."""
    return skeleton.count(" ") + 1 if skeleton else 0


def starts_small(skeleton: str) -> bool:
    """Whether the first letter is small; quotation marks and brackets are passed over."""
    return skeleton.lstrip(OPENERS)[:1].islower()


def starts_large(skeleton: str) -> bool:
    """Whether the first letter is a capital; quotation marks and brackets are passed over."""
    return skeleton.lstrip(OPENERS)[:1].isupper()


def ends_with_stop(skeleton: str) -> bool:
    """Whether the text ends with a mark that closes a sentence or a line of a list."""
    tail = skeleton[-40:].rstrip(CLOSERS)
    return tail.endswith(tuple(STOPS)) or re.search(r"\./\w{0,3}$", tail) is not None


def is_title(shape: Shape) -> bool:
    """Whether the words can be a title: capitals, or a short line without a stop."""
    if shape.is_capital:
        return shape.words <= LONGEST_CAPITAL_TITLE
    return (
        shape.words <= SHORT_TITLE
        and starts_large(shape.skeleton)
        and not ends_with_stop(shape.skeleton)
        and not shape.ends_with_comma
    )


def is_bare_heading(shape: Shape) -> bool:
    """Whether this is a heading in capitals without a marker, so that numbers begin anew."""
    return (
        shape.kind is BlockKind.PARAGRAPH
        and shape.is_capital
        and 2 <= shape.words <= SHORT_TITLE
        and not shape.skeleton.endswith("/.")
    )


def _last_word(tail: str) -> str:
    return tail.rsplit(" ", 1)[-1].casefold()
