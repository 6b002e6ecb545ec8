"""What a Biên bản prints.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục III, mẫu 1.9.
"""

from dataclasses import dataclass
from typing import Final

from doc_templates.paper import NUMBERED_PAPER, Paper
from doc_templates.parts import body, letterhead, recipients, signature
from doc_templates.parts.body import BodyLine
from doc_templates.parts.letterhead import Abstract, Letterhead
from doc_templates.parts.signature import SignatureBlock

REQUIRED: Final = ("abstract", "body", "secretary")
TAKES: Final = (*NUMBERED_PAPER, "body", "secretary")


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesContext:
    """The placeholders of a Biên bản. The day stands in the text, not in the letterhead."""

    letterhead: Letterhead
    abstract: Abstract
    body: tuple[BodyLine, ...]
    recipients: tuple[str, ...]
    signature: SignatureBlock
    secretary: str


def make_context(paper: Paper) -> MinutesContext:
    """Set the values of a Biên bản as they are printed."""
    return MinutesContext(
        letterhead=letterhead.make_letterhead(paper),
        abstract=letterhead.make_abstract(paper.abstract),
        body=body.make_body(paper.body),
        recipients=recipients.make_recipients(paper.recipients, paper.archive),
        signature=signature.make_signature(paper.signature),
        secretary=paper.secretary,
    )
