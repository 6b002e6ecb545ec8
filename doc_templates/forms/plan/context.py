"""What a Kế hoạch prints.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục III, mẫu 1.4.
"""

from dataclasses import dataclass
from typing import Final

from doc_templates import wording
from doc_templates.paper import NUMBERED_PAPER, Paper
from doc_templates.parts import body, letterhead, recipients, signature
from doc_templates.parts.body import BodyLine
from doc_templates.parts.letterhead import Abstract, Letterhead
from doc_templates.parts.signature import SignatureBlock

REQUIRED: Final = ("abstract", "body")
TAKES: Final = (*NUMBERED_PAPER, "legal_bases", "body")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanContext:
    """The placeholders of a Kế hoạch."""

    letterhead: Letterhead
    abstract: Abstract
    legal_bases: tuple[str, ...]
    body: tuple[BodyLine, ...]
    recipients: tuple[str, ...]
    signature: SignatureBlock


def make_context(paper: Paper) -> PlanContext:
    """Set the values of a Kế hoạch as they are printed."""
    return PlanContext(
        letterhead=letterhead.make_letterhead(paper),
        abstract=letterhead.make_abstract(paper.abstract),
        legal_bases=wording.chain_lines(paper.legal_bases),
        body=body.make_body(paper.body),
        recipients=recipients.make_recipients(paper.recipients, paper.archive),
        signature=signature.make_signature(paper.signature),
    )
