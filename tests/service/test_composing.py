"""What the records say of a paper in words."""

from datetime import date

import pytest

from records import bodies
from service.workflow import composing
from service.workflow.desk import Desk
from tests.factories import WARD


@pytest.mark.parametrize(
    ("kind", "title"),
    [("submission", "Tờ trình"), ("plan", "Kế hoạch"), ("official_letter", "Công văn")],
)
def test_annex_points_at_the_paper_it_goes_with_by_its_kind(
    desk: Desk, kind: str, title: str
) -> None:
    with desk.reading() as session:
        body = bodies.get_body(session, WARD)

        pointer = composing.point_to(kind, "12/X-UBND", date(2026, 10, 9), body)

    assert pointer == (
        f"{title} số 12/X-UBND ngày 09 tháng 10 năm 2026 của Ủy ban nhân dân Phường Hai Bà Trưng"
    )
