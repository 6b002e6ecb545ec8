"""An award of an earlier year as a clerk enters it."""

from datetime import date
from typing import Any

from service.intake.past_awards import parse_past_award
from service.workflow import golden_book
from service.workflow.desk import Desk

DISTRICT = "quan-hai-ba-trung"
TODAY = date(2026, 10, 9)
WHY = "Nhập từ sổ vàng giấy"
PURSE = (
    "Sáng ngày 12/3/2023, trên đường Lò Đúc, bà nhặt được chiếc ví có 27 triệu đồng cùng giấy tờ "
    "của một người bán hàng rong và đã tìm đến tận nhà trọ ở ngõ 17 để trả lại đầy đủ."
)


def said(**given: Any) -> dict[str, Any]:
    """Give what a clerk says of it."""
    return {
        "body": DISTRICT,
        "award": "ntvt_quan",
        "name": "Nguyễn Thuỵ Ưu",
        "birth": "12/5/1974",
        "unit": "Tổ dân phố số 3, phường Bách Khoa",
        "deed": PURSE,
        "decision": "812/QĐ-UBND ngày 03/4/2023",
        **given,
    }


def past_award(desk: Desk, body: str = DISTRICT, **given: Any) -> int:
    """Enter it; gives the line of the golden book."""
    award = "ntvt_quan" if body == DISTRICT else "ntvt"
    entry = parse_past_award(said(**{"body": body, "award": award, **given}), today=TODAY)
    (line,) = golden_book.enter(desk, [entry], reason=WHY, by="test").grant_ids
    return line
