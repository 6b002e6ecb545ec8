"""What a Báo cáo thành tích prints.

The decrees on awards give eleven forms of it for higher awards; for those that a commune or a
unit decides there is none, and offices use this frame.

Source: Nghị định 152/2025/NĐ-CP, Điều 6, Điều 33; Luật Thi đua, khen thưởng 2022, Điều 84.
"""

from dataclasses import dataclass
from typing import Final

from doc_templates.paper import EVERY_PAPER, Paper
from doc_templates.parts import body, letterhead, signature
from doc_templates.parts.body import BodyLine
from doc_templates.parts.letterhead import Abstract, Letterhead
from doc_templates.parts.signature import SignatureBlock

REQUIRED: Final = ("abstract", "body", "nominees")
TAKES: Final = (*EVERY_PAPER, "body", "nominees")


@dataclass(frozen=True, slots=True, kw_only=True)
class AchievementReportContext:
    """The placeholders of a Báo cáo thành tích; `reporter` is whose achievement it tells."""

    letterhead: Letterhead
    abstract: Abstract
    body: tuple[BodyLine, ...]
    reporter: str
    signature: SignatureBlock


def make_context(paper: Paper) -> AchievementReportContext:
    """Set the values of a Báo cáo thành tích as they are printed."""
    return AchievementReportContext(
        letterhead=letterhead.make_letterhead(paper),
        abstract=letterhead.make_abstract(paper.abstract),
        body=body.make_body(paper.body),
        reporter=paper.nominees[0].name if paper.nominees else "",
        signature=signature.make_signature(paper.signature),
    )
