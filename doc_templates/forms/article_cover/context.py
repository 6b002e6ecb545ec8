"""What the cover of an article prints.

Source: kế hoạch của Ủy ban nhân dân thị xã Sơn Tây, 2017, phần “Lưu ý”: tên bài viết; người viết
và người được nêu gương với chức vụ, đơn vị hoặc địa chỉ, số điện thoại; xác nhận, đóng dấu.
"""

from dataclasses import dataclass
from typing import Final

from doc_templates.paper import EVERY_PAPER, Nominee, Paper
from doc_templates.parts import body, letterhead, signature
from doc_templates.parts.body import BodyLine
from doc_templates.parts.letterhead import Abstract, Letterhead
from doc_templates.parts.signature import SignatureBlock

REQUIRED: Final = ("abstract", "body", "nominees")
TAKES: Final = (*EVERY_PAPER, "body", "nominees")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleCoverContext:
    """The placeholders of a cover: the abstract is the title, the body tells of the writer."""

    letterhead: Letterhead
    abstract: Abstract
    body: tuple[BodyLine, ...]
    told_of: tuple[str, ...]
    signature: SignatureBlock


def make_context(paper: Paper) -> ArticleCoverContext:
    """Set the values of a cover as they are printed."""
    return ArticleCoverContext(
        letterhead=letterhead.make_letterhead(paper),
        abstract=letterhead.make_abstract(paper.abstract),
        body=body.make_body(paper.body, is_closed=False),
        told_of=tuple(map(_told_of, paper.nominees)),
        signature=signature.make_signature(paper.signature),
    )


def _told_of(nominee: Nominee) -> str:
    name = " ".join(filter(None, (nominee.honorific, nominee.name)))
    return ", ".join(filter(None, (name, nominee.post, nominee.unit, nominee.residence)))
