"""What a paper prints whose kind is named above its abstract.

One template serves all kinds that Nghị định 30 draws alike. Kính gửi stands only where the
paper goes to somebody above, as a Báo cáo does.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục III, mẫu 1.4.
"""

from dataclasses import dataclass
from typing import Final

from doc_templates import wording
from doc_templates.kinds import DocumentKind
from doc_templates.paper import NUMBERED_PAPER, Paper
from doc_templates.parts import body, letterhead, recipients, signature
from doc_templates.parts.body import BodyLine
from doc_templates.parts.letterhead import Abstract, Letterhead
from doc_templates.parts.recipients import Addressees
from doc_templates.parts.signature import SignatureBlock

REQUIRED: Final = ("abstract", "body")
TAKES: Final = (*NUMBERED_PAPER, "addressees", "legal_bases", "body")
#: Kinds that the decree draws otherwise or that have a form of their own.
_OTHERWISE: Final = frozenset(
    {
        DocumentKind.DECISION,
        DocumentKind.PLAN,
        DocumentKind.SUBMISSION,
        DocumentKind.OFFICIAL_LETTER,
        DocumentKind.MINUTES,
        DocumentKind.INVITATION,
        DocumentKind.OPEN_LETTER,
    }
)
KINDS: Final = tuple(kind for kind in DocumentKind if kind not in _OTHERWISE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedContext:
    """The placeholders of a paper with the name of its kind."""

    letterhead: Letterhead
    heading: str
    abstract: Abstract
    addressees: Addressees
    legal_bases: tuple[str, ...]
    body: tuple[BodyLine, ...]
    recipients: tuple[str, ...]
    signature: SignatureBlock


def make_context(paper: Paper) -> NamedContext:
    """Set the values of such a paper as they are printed."""
    return NamedContext(
        letterhead=letterhead.make_letterhead(paper),
        heading=DocumentKind(paper.kind).heading,
        abstract=letterhead.make_abstract(paper.abstract),
        addressees=recipients.make_addressees(paper.addressees),
        legal_bases=wording.chain_lines(paper.legal_bases),
        body=body.make_body(paper.body),
        recipients=recipients.make_recipients(paper.recipients, paper.archive),
        signature=signature.make_signature(paper.signature),
    )
