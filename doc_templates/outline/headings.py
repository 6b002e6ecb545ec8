"""Which blocks are headings, printed bold because they have a title of their own.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.6 (a clause with a title).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from doc_templates.outline.model import DIVISIONS, Block, BlockKind
from doc_templates.outline.shape import (
    SHORT_TITLE,
    Shape,
    count_words,
    ends_with_stop,
    is_bare_heading,
)

LEAD_IN_WORDS = ("giao ", "đề nghị ", "yêu cầu ", "các đơn vị ", "trong đó")
"""A clause that begins so and ends with a colon orders something; it is not a title."""

SHORT_LEAD_IN = 12
"""Words. A title that ends with a colon and has a list below is not longer."""

_ALWAYS = DIVISIONS | {BlockKind.HEADING_TITLE, BlockKind.ROMAN}
_NUMBERED = (BlockKind.CLAUSE, BlockKind.SUBCLAUSE)
_LISTED = (BlockKind.POINT, BlockKind.ITEM)
_FREE = (BlockKind.PARAGRAPH, BlockKind.TABLE, BlockKind.DASH, BlockKind.PLUS)
_TWO_SENTENCES = re.compile(r"[.;!?…] ")


def mark_headings(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Set `is_heading` on every block."""
    marked: list[Block] = []
    for position, block in enumerate(blocks):
        following = blocks[position + 1] if position + 1 < len(blocks) else None
        if block.kind in _ALWAYS:
            is_heading = True
        elif following is None:
            is_heading = False
        elif block.kind is BlockKind.ARTICLE:
            is_heading = following.kind is BlockKind.CLAUSE and _is_title(block)
        elif block.kind in _NUMBERED and _stands_below(following, block):
            is_heading = _titles(block, following, marked, islice(blocks, position + 1, None))
        else:
            is_heading = False
        marked.append(replace(block, is_heading=is_heading))
    return tuple(marked)


def _titles(
    block: Block, following: Block, earlier: Sequence[Block], later: Iterator[Block]
) -> bool:
    """Whether a clause is the title of what follows it."""
    text = block.text
    if not _is_one_short_sentence(text):
        return False
    if text.endswith(":"):
        if following.kind in _LISTED:
            return False
        if text.casefold().startswith(LEAD_IN_WORDS):
            return False
        return following.kind is BlockKind.PARAGRAPH or count_words(text) <= SHORT_LEAD_IN
    if not ends_with_stop(text):
        return True
    if text.endswith((";", ".;")) or ": " in text:
        return False
    if following.kind is not BlockKind.PARAGRAPH or _has_later_sibling(block, later):
        return True
    return _previous_sibling_is_heading(block, earlier)


def _is_title(block: Block) -> bool:
    return _is_one_short_sentence(block.text) and not ends_with_stop(block.text)


def _is_one_short_sentence(text: str) -> bool:
    return (
        bool(text)
        and count_words(text) <= SHORT_TITLE
        and not text.endswith((",", ";"))
        and _TWO_SENTENCES.search(text) is None
    )


def _stands_below(following: Block, block: Block) -> bool:
    """Whether the next block is at a lower level than a clause or subclause."""
    if following.kind is BlockKind.PARAGRAPH:
        return not is_bare_heading(Shape.of(following.kind, following.text))
    if following.kind in _FREE or following.kind in _LISTED:
        return True
    return following.kind is BlockKind.SUBCLAUSE and _depth(following) > _depth(block)


def _depth(block: Block) -> int:
    return len(block.number) if isinstance(block.number, tuple) else 1


def _has_later_sibling(block: Block, later: Iterator[Block]) -> bool:
    for other in later:
        if other.kind is block.kind and _depth(other) == _depth(block):
            return True
        if other.kind in _ALWAYS or other.kind is BlockKind.ARTICLE:
            return False
        if other.kind in _NUMBERED and _depth(other) < _depth(block):
            return False
    return False


def _previous_sibling_is_heading(block: Block, earlier: Sequence[Block]) -> bool:
    for other in reversed(earlier):
        if other.kind is block.kind and _depth(other) == _depth(block):
            return other.is_heading
        if other.kind in _ALWAYS or other.kind is BlockKind.ARTICLE:
            return False
    return False
