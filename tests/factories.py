"""What tests need again and again, each with sensible defaults: name only what matters."""

from typing import Any

from service.intake.documents import parse_draft, parse_issue
from service.workflow import drafting, issuing
from service.workflow.desk import Desk
from service.workflow.drafting import Drafted
from service.workflow.issuing import Issued

WARD = "phuong-hai-ba-trung"


def paper_of(kind: str = "plan", **given: Any) -> dict[str, Any]:
    """Give what a clerk types for a paper of that kind; the records know the rest."""
    values: dict[str, Any] = {
        "kind": kind,
        "abstract": "Tổ chức phong trào thi đua “Người tốt, việc tốt” năm 2026",
        "body": "I. MỤC ĐÍCH\n\n1. Biểu dương việc tốt kịp thời.\n\n2. Nhân rộng cách làm hay.",
    }
    if kind in ("official_letter", "submission"):
        values["addressees"] = ["Trường Tiểu học Hoa Phượng"]
    if kind == "decision":
        values["legal_bases"] = ["Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"]
        values["body"] = "Điều 1. Tặng danh hiệu “Người tốt, việc tốt” cho các cá nhân có tên."
    if kind == "profile_extract":
        del values["body"]
    return {**values, **given}


def make_draft(desk: Desk, kind: str = "plan", *, body: str = WARD, **links: Any) -> Drafted:
    """Draft a paper; `links` are further values of the draft (dossier, attached_to …)."""
    paper = links.pop("paper", None) or paper_of(kind)
    return drafting.draft(desk, parse_draft({"body": body, "paper": paper, **links}), by="test")


def issue(desk: Desk, document_id: int, **asked: Any) -> Issued:
    """Issue a draft as a clerk would."""
    return issuing.issue(desk, document_id, parse_issue(asked), by="test")
