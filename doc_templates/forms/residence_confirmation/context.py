"""What the place of residence confirms of the people in a dossier.

Not one of the 29 kinds: it goes into the dossier and has no number here.

Source: Quyết định 02/2018/QĐ-UBND Hà Nội (H-03); Nghị định 30/2020/NĐ-CP, Phụ lục I for its
form.
"""

from dataclasses import dataclass
from typing import Final

from doc_templates.paper import EVERY_PAPER, Paper
from doc_templates.parts import annex, body, letterhead, signature
from doc_templates.parts.annex import Annex
from doc_templates.parts.body import BodyLine
from doc_templates.parts.letterhead import Abstract, Letterhead
from doc_templates.parts.signature import SignatureBlock

REQUIRED: Final = ("abstract", "body", "nominees")
TAKES: Final = (*EVERY_PAPER, "body", "nominees")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidenceConfirmationContext:
    """The placeholders of the confirmation."""

    letterhead: Letterhead
    abstract: Abstract
    body: tuple[BodyLine, ...]
    annex: Annex
    signature: SignatureBlock


def make_context(paper: Paper) -> ResidenceConfirmationContext:
    """Set the values of a confirmation as they are printed."""
    return ResidenceConfirmationContext(
        letterhead=letterhead.make_letterhead(paper),
        abstract=letterhead.make_abstract(paper.abstract),
        body=body.make_body(paper.body, is_closed=False),
        annex=annex.make_annex(paper, title=paper.abstract, pointer=""),
        signature=signature.make_signature(paper.signature),
    )
