"""What a Tờ trình prints.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục III, mẫu 1.4; Nghị định 152/2025/NĐ-CP, Điều 33.
"""

from dataclasses import dataclass
from typing import Final

from doc_templates import wording
from doc_templates.kinds import DocumentKind
from doc_templates.paper import NUMBERED_PAPER, Paper
from doc_templates.parts import annex, body, letterhead, nominees, recipients, signature
from doc_templates.parts.annex import Annex
from doc_templates.parts.body import BodyLine
from doc_templates.parts.letterhead import Abstract, Letterhead
from doc_templates.parts.recipients import Addressees
from doc_templates.parts.signature import SignatureBlock

REQUIRED: Final = ("abstract", "addressees", "body")
TAKES: Final = (*NUMBERED_PAPER, "legal_bases", "addressees", "body", "annex_title", "nominees")


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionContext:
    """The placeholders of a Tờ trình. The list is left out when it has no rows."""

    letterhead: Letterhead
    abstract: Abstract
    addressees: Addressees
    legal_bases: tuple[str, ...]
    body: tuple[BodyLine, ...]
    recipients: tuple[str, ...]
    signature: SignatureBlock
    annex: Annex


def make_context(paper: Paper) -> SubmissionContext:
    """Set the values of a Tờ trình as they are printed."""
    return SubmissionContext(
        letterhead=letterhead.make_letterhead(paper),
        abstract=letterhead.make_abstract(paper.abstract),
        addressees=recipients.make_addressees(paper.addressees),
        legal_bases=wording.chain_lines(paper.legal_bases),
        body=body.make_body(paper.body),
        recipients=recipients.make_recipients(paper.recipients, paper.archive),
        signature=signature.make_signature(paper.signature),
        annex=annex.make_annex(
            paper,
            title=paper.annex_title
            or f"{nominees.name_subjects(paper.nominees)} đề nghị khen thưởng",
            pointer=f"Kèm theo {DocumentKind.SUBMISSION.title} {letterhead.reference(paper)}",
        ),
    )
