"""The text of a paper as clerks write it, read into blocks.

`parse` reads, `set_end_mark` closes the text with `./.`, `to_text` writes it back.
"""

from doc_templates.outline.ending import END_MARK, set_end_mark
from doc_templates.outline.model import Block, BlockKind, Run
from doc_templates.outline.parser import parse
from doc_templates.outline.writer import to_text

__all__ = ["END_MARK", "Block", "BlockKind", "Run", "parse", "set_end_mark", "to_text"]
