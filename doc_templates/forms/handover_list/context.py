"""What a list to sign for prints: who received what, and the money in figures and words.

Source: practice of the offices that hand certificates over; Nghị định 152/2025/NĐ-CP, Điều 49.
"""

from dataclasses import dataclass
from typing import Final

from doc_templates import wording
from doc_templates.decree30 import END_MARK
from doc_templates.paper import EVERY_PAPER, Paper
from doc_templates.parts import annex, letterhead, nominees, signature
from doc_templates.parts.annex import Annex
from doc_templates.parts.letterhead import Abstract, Letterhead
from doc_templates.parts.signature import SignatureBlock

REQUIRED: Final = ("abstract", "nominees")
TAKES: Final = (*EVERY_PAPER, "attached_to", "nominees")


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverListContext:
    """The placeholders of a list to sign for; `money` counts people and đồng."""

    letterhead: Letterhead
    abstract: Abstract
    annex: Annex
    money: str
    signature: SignatureBlock


def make_context(paper: Paper) -> HandoverListContext:
    """Set the values of a list to sign for as they are printed."""
    pointer = f"Kèm theo {paper.attached_to}" if paper.attached_to else "Kèm theo Quyết định"
    return HandoverListContext(
        letterhead=letterhead.make_letterhead(paper, column_mm=letterhead.WIDE_COLUMN_MM),
        abstract=letterhead.make_abstract(paper.abstract),
        annex=annex.make_annex(paper, title=paper.abstract, pointer=pointer),
        money=_money(paper),
        signature=signature.make_signature(paper.signature),
    )


def _money(paper: Paper) -> str:
    total = sum(one.prize for one in paper.nominees)
    counted = nominees.count_sentence(paper.nominees)
    if not total:
        return f"Danh sách này có {counted}{END_MARK}"
    raw = sum(one.raw_prize or one.prize for one in paper.nominees)
    rounded = f"; trước khi làm tròn: {wording.print_money(raw)}" if raw != total else ""
    return (
        f"Danh sách này có {counted}; tổng số tiền thưởng: {wording.print_money(total)} (bằng chữ: "
        f"{wording.money_in_words(total)}){rounded}{END_MARK}"
    )
