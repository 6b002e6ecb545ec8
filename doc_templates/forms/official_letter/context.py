"""What a Công văn prints.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục III, mẫu 1.5.
"""

from dataclasses import dataclass
from typing import Final

from doc_templates import wording
from doc_templates.paper import NUMBERED_PAPER, Paper
from doc_templates.parts import body, letterhead, recipients, signature
from doc_templates.parts.body import BodyLine
from doc_templates.parts.letterhead import Abstract, Letterhead
from doc_templates.parts.recipients import Addressees
from doc_templates.parts.signature import SignatureBlock

REQUIRED: Final = ("abstract", "addressees", "body", "issuer.drafting_unit")
TAKES: Final = (*NUMBERED_PAPER, "legal_bases", "addressees", "body")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialLetterContext:
    """The placeholders of a Công văn."""

    letterhead: Letterhead
    abstract: Abstract
    addressees: Addressees
    legal_bases: tuple[str, ...]
    body: tuple[BodyLine, ...]
    recipients: tuple[str, ...]
    signature: SignatureBlock


def make_context(paper: Paper) -> OfficialLetterContext:
    """Set the values of a Công văn as they are printed."""
    return OfficialLetterContext(
        letterhead=letterhead.make_letterhead(paper),
        abstract=letterhead.make_letter_abstract(paper.abstract),
        addressees=recipients.make_addressees(paper.addressees),
        legal_bases=wording.chain_lines(paper.legal_bases),
        body=body.make_body(paper.body),
        recipients=recipients.make_recipients(paper.recipients, paper.archive),
        signature=signature.make_signature(paper.signature),
    )
