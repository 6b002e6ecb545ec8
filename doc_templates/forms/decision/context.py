"""What a Quyết định khen thưởng prints.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục III, mẫu 1.2 and 2.1.
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
from doc_templates.parts.signature import SignatureBlock

REQUIRED: Final = ("abstract", "legal_bases", "body")
_TITLE: Final = DocumentKind.DECISION.title
TAKES: Final = (*NUMBERED_PAPER, "authority", "legal_bases", "body", "annex_title", "nominees")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionContext:
    """The placeholders of a Quyết định. The list is left out when it has no rows."""

    letterhead: Letterhead
    abstract: Abstract
    authority: str
    legal_bases: tuple[str, ...]
    body: tuple[BodyLine, ...]
    recipients: tuple[str, ...]
    signature: SignatureBlock
    annex: Annex


def make_context(paper: Paper) -> DecisionContext:
    """Set the values of a Quyết định as they are printed."""
    return DecisionContext(
        letterhead=letterhead.make_letterhead(paper),
        abstract=letterhead.make_abstract(paper.abstract),
        authority=_authority(paper),
        legal_bases=wording.close_lines(paper.legal_bases),
        body=body.make_body(paper.body),
        recipients=recipients.make_recipients(paper.recipients, paper.archive),
        signature=signature.make_signature(paper.signature),
        annex=annex.make_annex(
            paper,
            title=paper.annex_title or f"{nominees.name_subjects(paper.nominees)} được khen thưởng",
            pointer=f"Kèm theo {_TITLE} {letterhead.reference_to_decision(paper)}",
        ),
    )


def _authority(paper: Paper) -> str:
    """Name who decides: as given, else the body, or its head where he signs in his own right."""
    return paper.authority.upper() or letterhead.decider(paper).upper()
