"""What the records say of a paper in words."""

from datetime import date

import pytest

from doc_templates.paper import Issuer, Paper, Signature
from records import bodies
from service.workflow import composing
from service.workflow.desk import Desk
from tests.factories import WARD

BODY = "Ủy ban nhân dân Phường Hai Bà Trưng"


@pytest.mark.parametrize(
    ("kind", "signature", "told"),
    [
        ("submission", {"head": "HIỆU TRƯỞNG"}, f"Tờ trình số 12/X-UBND {{day}} của {BODY}"),
        ("plan", {}, f"Kế hoạch số 12/X-UBND {{day}} của {BODY}"),
        ("official_letter", {}, f"Công văn số 12/X-UBND {{day}} của {BODY}"),
        (
            "decision",
            {"head": "CHỦ TỊCH", "on_behalf_of": "ỦY BAN NHÂN DÂN"},
            f"Quyết định số 12/X-UBND {{day}} của {BODY}",
        ),
        ("decision", {"head": "CHỦ TỊCH"}, f"Quyết định số 12/X-UBND {{day}} của Chủ tịch {BODY}"),
    ],
)
def test_a_paper_points_at_the_one_it_goes_with_and_a_decision_at_who_decided(
    desk: Desk, kind: str, signature: dict[str, str], told: str
) -> None:
    issuer = Issuer(
        name=("ỦY BAN NHÂN DÂN", "PHƯỜNG HAI BÀ TRƯNG"), code="UBND", place="Hà Nội", full_name=BODY
    )
    paper = Paper(kind=kind, issuer=issuer, signature=Signature(name="", **signature), year=2026)
    with desk.reading() as session:
        body = bodies.get_body(session, WARD)

        pointer = composing.point_to(paper, "12/X-UBND", date(2026, 10, 9), body)

    assert pointer == told.format(day="ngày 09 tháng 10 năm 2026")
