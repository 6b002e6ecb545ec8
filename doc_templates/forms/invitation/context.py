"""What a Giấy mời prints.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục III, mẫu 1.7.
"""

from dataclasses import dataclass
from typing import Final

from doc_templates.paper import NUMBERED_PAPER, Paper
from doc_templates.parts import body, letterhead, recipients, signature
from doc_templates.parts.body import BodyLine
from doc_templates.parts.letterhead import Abstract, Letterhead
from doc_templates.parts.recipients import Addressees
from doc_templates.parts.signature import SignatureBlock

REQUIRED: Final = ("abstract", "addressees", "body")
TAKES: Final = (*NUMBERED_PAPER, "addressees", "body")


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationContext:
    """The placeholders of a Giấy mời: `host` invites, `guests` are invited."""

    letterhead: Letterhead
    abstract: Abstract
    host: str
    guests: Addressees
    body: tuple[BodyLine, ...]
    recipients: tuple[str, ...]
    signature: SignatureBlock


def make_context(paper: Paper) -> InvitationContext:
    """Set the values of a Giấy mời as they are printed."""
    return InvitationContext(
        letterhead=letterhead.make_letterhead(paper),
        abstract=letterhead.make_abstract(paper.abstract),
        host=letterhead.full_name(paper.issuer),
        guests=recipients.make_addressees(paper.addressees),
        body=body.make_body(paper.body),
        recipients=recipients.make_recipients(paper.recipients, paper.archive),
        signature=signature.make_signature(paper.signature),
    )
