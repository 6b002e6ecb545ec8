"""Which lines belong together: wrapped lines and sentences cut by a page break."""

from doc_templates.outline.lines import BRIM_FULL, EXACTLY_FULL, Line, Wrapping
from doc_templates.outline.model import DIVISIONS, BlockKind
from doc_templates.outline.shape import (
    LONGEST_CAPITAL_TITLE,
    SHORT_TITLE,
    Shape,
    skeleton_of,
    starts_large,
    starts_small,
)

HEADING_KINDS = (BlockKind.ROMAN, BlockKind.ARTICLE, BlockKind.CLAUSE, BlockKind.SUBCLAUSE)
"""The kinds whose first line may be a heading, so that nothing is joined to it lightly."""

NOT_JOINED = DIVISIONS | {BlockKind.TABLE}


def continues_across_gap(before: Shape, raw: str) -> bool:
    """Whether a line after an empty line goes on with the sentence above it.

    It does where the sentence above has no end and the line begins with a small letter,
    with a quotation mark after a comma, or after a word that cannot stand last. So ends a
    page in the middle of a sentence.
    """
    if before.kind in NOT_JOINED or before.kind is BlockKind.HEADING_TITLE:
        return False
    if before.is_finished or not before.skeleton:
        return False
    line = skeleton_of(raw)
    if starts_small(line) or before.awaits_number:
        return True
    if before.ends_with_comma:
        return line.startswith(("“", '"')) or line[:1].isdigit()
    if before.is_hanging or (before.open_quotes > 0 and "”" in line):
        return True
    return before.words > SHORT_TITLE and line[:1].isdigit()


def continues_on_next_line(
    before: Shape, last: Line, line: Line, *, wrapping: Wrapping, is_first_line: bool
) -> bool:
    """Whether a line directly below goes on with the block above it.

    `last` is the line above, `is_first_line` says that it is the only one of its block so
    far.
    """
    if continues_across_gap(before, line.raw):
        return True
    if before.kind in NOT_JOINED:
        return False
    words = skeleton_of(line.raw)
    if before.kind is BlockKind.HEADING_TITLE or (
        before.kind is BlockKind.ROMAN and before.is_capital
    ):
        return _continues_capital_title(before, line.raw)
    if not before.skeleton:
        return before.kind is not BlockKind.PARAGRAPH
    if before.hardly_ends or (before.ends_with_comma and not starts_large(words)):
        return True
    may_be_heading = is_first_line and before.kind in HEADING_KINDS and before.words <= SHORT_TITLE
    is_wrapped = wrapping.fills(last, line)
    if starts_small(words):
        return is_wrapped or not before.is_finished
    if line.indent > last.indent + 1:
        return False
    if before.is_finished:
        is_certain = wrapping.is_certain and not before.is_capital and not may_be_heading
        return is_certain and wrapping.fills(last, line, share=EXACTLY_FULL)
    if may_be_heading:
        return wrapping.fills(last, line, share=BRIM_FULL)
    return is_wrapped


def _continues_capital_title(before: Shape, raw: str) -> bool:
    more = Shape.of(before.kind, raw)
    return (
        before.is_capital
        and more.is_capital
        and not before.is_lead_in
        and before.words + more.words <= LONGEST_CAPITAL_TITLE
    )
