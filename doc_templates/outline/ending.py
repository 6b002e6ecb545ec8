"""The end mark `./.` after the last word of a paper.

Source: the models of Nghị định 30/2020/NĐ-CP, Phụ lục III; its words do not define it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from doc_templates.outline.inline import cut_span, tidy_runs
from doc_templates.outline.model import Block, BlockKind, Run

END_MARK = "./."

_TAIL = 80
"""Characters at the end of the text in which a mark is looked for."""

_MARK = re.compile(
    r"""
    (?: [ ]?\.[ ]?/[ ]?[^\W\d_]{0,3}[ ]?\.?   # ./  ./.  . /.  ./lf  ./H: with initials
      | [ ]?/[ ]?\.                           # /.
      | [ ]/[ ]?(?:lf|If|1f|H)?\.?            # a slash standing apart, with misread initials
    ) $
    """,
    re.VERBOSE,
)
_SLASH = re.compile(r"(?<=[^\s/])/$")
_ADDRESS = re.compile(r"(?:://|www\.)\S*$")
_CLOSERS = " ”’\"')]»"
_FULL_MARK = re.compile(r"[ ]?\.[ ]?/[ ]?\.$")
_EARLIER_MARK = re.compile(r"\.[ ]?/[ ]?\.?$")
_STOPS = re.compile(r"[.;,: ]+$")


def set_end_mark(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Put `./.` directly after the last word, once, whatever was typed there.

    Every form of the mark goes, and the stop or semicolon before it; closing quotation
    marks and brackets, `?`, `!` and an ellipsis stay. After a table the mark stands in a
    paragraph of its own. A body without words stays as it is.
    """
    body = [block for block in blocks if not _is_lone_mark(block)]
    if not body:
        return tuple(blocks)
    earlier = [_without_earlier_mark(block) for block in body[:-1]]
    last = body[-1]
    if last.kind is BlockKind.TABLE:
        mark = Block(kind=BlockKind.PARAGRAPH, runs=(Run(text=END_MARK),))
        return (*earlier, last, mark)
    return (*earlier, _ended(last, END_MARK))


def _ended(block: Block, mark: str) -> Block:
    """The block with its mark and last stop replaced by `mark`."""
    text = _without_mark(block.text)
    runs = cut_span(block.runs, len(text), len(block.text))
    for start, end in _marks_before_closers(text):
        runs = cut_span(runs, start, end)
    return replace(block, runs=tidy_runs((*runs, Run(text=mark))))


def _marks_before_closers(text: str) -> Iterator[tuple[int, int]]:
    """Where marks stand among the closing quotation marks and brackets, from the last on."""
    end = len(text)
    while end:
        if text[end - 1] in _CLOSERS:
            end -= 1
        elif found := _FULL_MARK.search(text, max(0, end - 5), end):
            yield found.span()
            end = found.start()
        else:
            return


def _without_mark(text: str) -> str:
    """The words up to the end mark and the last stop."""
    while True:
        tail = text[-_TAIL:]
        found = _MARK.search(tail)
        if found is None and _ADDRESS.search(tail) is None:
            found = _SLASH.search(tail)
        shorter = text[: len(text) - len(tail) + found.start()] if found else text
        shorter = _without_stop(shorter)
        if shorter == text:
            return text
        text = shorter


def _without_stop(text: str) -> str:
    """The words without the stop after them; an ellipsis of three full stops is kept."""
    if (found := _STOPS.search(text[-_TAIL:])) is None:
        return text
    words, stops = text[: len(text) - len(found[0])], found[0]
    kept, ellipsis, _ = stops.partition("...")
    return words + kept + ellipsis if ellipsis else words


def _without_earlier_mark(block: Block) -> Block:
    """A block before the last one, its mark turned into a full stop."""
    return _ended(block, ".") if _EARLIER_MARK.search(block.text) else block


def _is_lone_mark(block: Block) -> bool:
    """Whether the block is a paragraph with a mark, or nothing, and no words."""
    return block.kind is BlockKind.PARAGRAPH and not _without_mark(f" {block.text}")
