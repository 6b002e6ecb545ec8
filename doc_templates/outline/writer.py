"""From blocks back to plain text, so that reading it again gives the same blocks."""

from collections.abc import Sequence

from doc_templates.outline.inline import write_runs
from doc_templates.outline.joining import continues_across_gap
from doc_templates.outline.markers import find_candidate
from doc_templates.outline.model import DIVISIONS, Block, BlockKind
from doc_templates.outline.parser import PLAIN_SIGN
from doc_templates.outline.shape import Shape, is_title


def to_text(blocks: Sequence[Block]) -> str:
    """Write an outline, one block a line with an empty line between.

    `parse(to_text(blocks))` is `blocks` for all blocks that come from `parse`. Where words
    could be taken for something else a backslash keeps them as they are.
    """
    lines: list[str] = []
    before: Block | None = None
    for block in blocks:
        if block.kind is BlockKind.TABLE:
            lines.append(_table(block))
        elif block.kind is BlockKind.HEADING_TITLE and not _stands_alone(block):
            lines[-1:] = [f"{lines[-1] if lines else ''}. {write_runs(block.runs)}"]
        elif block.kind is BlockKind.PARAGRAPH:
            lines.append(_paragraph(block, before))
        else:
            lines.append(f"{block.marker} {write_runs(block.runs)}".strip())
        before = block
    return "\n\n".join(lines)


def _paragraph(block: Block, before: Block | None) -> str:
    raw = write_runs(block.runs)
    if find_candidate(raw) or raw.startswith(PLAIN_SIGN):
        return PLAIN_SIGN + raw
    if before is None:
        return raw
    shape = Shape.of(block.kind, raw)
    is_taken_for_title = before.kind in DIVISIONS and shape.is_capital and is_title(shape)
    is_joined = continues_across_gap(Shape.of(before.kind, before.text), raw)
    return PLAIN_SIGN + raw if is_taken_for_title or is_joined else raw


def _stands_alone(title: Block) -> bool:
    """Whether a title is known by its capitals alone."""
    raw = write_runs(title.runs)
    return Shape.of(title.kind, raw).is_capital and find_candidate(raw) is None


def _table(table: Block) -> str:
    rows = [[write_runs(cell) for cell in row] for row in table.rows]
    head, *others = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([head, "|" + "---|" * len(rows[0]), *others])
