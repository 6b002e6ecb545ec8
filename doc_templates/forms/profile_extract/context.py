"""What a Bản trích ngang thành tích prints.

Not one of the 29 kinds: it goes with its Tờ trình and has no number of its own.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục III, mẫu 2.1; Quyết định 02/2018/QĐ-UBND Hà Nội.
"""

from dataclasses import dataclass
from typing import Final

from doc_templates.paper import EVERY_PAPER, Paper
from doc_templates.parts import annex, letterhead, signature
from doc_templates.parts.annex import Annex
from doc_templates.parts.letterhead import Abstract, Letterhead
from doc_templates.parts.signature import SignatureBlock

REQUIRED: Final = ("abstract", "nominees")
TAKES: Final = (*EVERY_PAPER, "attached_to", "nominees")
_WITH_ITS_SUBMISSION: Final = "Kèm theo Tờ trình của đơn vị"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileExtractContext:
    """The placeholders of a Bản trích ngang."""

    letterhead: Letterhead
    abstract: Abstract
    annex: Annex
    signature: SignatureBlock


def make_context(paper: Paper) -> ProfileExtractContext:
    """Set the values of a Bản trích ngang as they are printed."""
    with_paper = f"Kèm theo {paper.attached_to}" if paper.attached_to else _WITH_ITS_SUBMISSION
    return ProfileExtractContext(
        letterhead=letterhead.make_letterhead(paper, column_mm=letterhead.WIDE_COLUMN_MM),
        abstract=letterhead.make_abstract(paper.abstract),
        annex=annex.make_annex(paper, title=paper.abstract, pointer=with_paper),
        signature=signature.make_signature(paper.signature),
    )
