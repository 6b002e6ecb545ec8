"""What a clerk or another system says of an award decided earlier, or by another body."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from doc_templates.paper import Subject
from records.errors import written_date
from service.intake.fields import (
    Account,
    Birth,
    Day,
    EntryInvalid,
    FieldError,
    Line,
    Whole,
    collect_errors,
)
from service.intake.lists import parse_all, tables_of
from service.intake.nominations import IdentityNumber

#: What a file must say once for all, where it says anything for all.
_FOR_ALL: Final = frozenset({"body", "award", "decision", "granted_on"})
_DAYS: Final = (
    re.compile(r"\bngày (\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b"),
    re.compile(r"\bngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})\b"),
)


class PastAwardEntry(BaseModel):
    """One award that no decision made here entered into the golden book.

    `body` and `award` are keys of records: in whose book it is entered, and what was awarded.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    body: Line = Field(title="Cơ quan giữ sổ vàng", min_length=1)
    award: Line = Field(title="Danh hiệu, hình thức khen thưởng", min_length=1)
    subject: Subject = Field(default=Subject.INDIVIDUAL, title="Đối tượng")
    name: Line = Field(title="Họ và tên, tên tập thể", min_length=1, max_length=200)
    birth: Birth = Field(default="", title="Năm sinh", description="1980, 05/1980 hoặc 02/05/1980")
    post: Line = Field(default="", title="Chức vụ")
    unit: Line = Field(default="", title="Đơn vị công tác")
    deed: Account = Field(default="", title="Việc làm tốt, thành tích")
    decision: Line = Field(
        title="Quyết định khen thưởng",
        description="Số, ký hiệu và ngày: 125/QĐ-UBND ngày 10/10/2019",
        min_length=1,
    )
    granted_on: Day | None = Field(
        default=None, title="Ngày quyết định", description="Bỏ trống khi đã ghi cùng số quyết định."
    )
    sequence: Whole | None = Field(default=None, title="Số sổ vàng", ge=1, le=99_999)
    identity_number: IdentityNumber = Field(
        default="",
        title="Số định danh cá nhân",
        description="9 hoặc 12 chữ số; chỉ dùng để tìm trùng, không in ra.",
    )


def parse_past_award(raw: Mapping[str, Any], *, today: date) -> PastAwardEntry:
    """Take an award decided earlier; its day is read from the decision where it stands only there.

    Raises:
        EntryInvalid: carries every fault; also when the two days differ or lie in the future.
    """
    try:
        entry = PastAwardEntry.model_validate({**raw, **_without_blanks(raw)})
    except ValidationError as error:
        raise EntryInvalid(collect_errors(error, PastAwardEntry)) from error
    cited = day_in(entry.decision)
    day = entry.granted_on or cited
    if day is None:
        raise _fault("missing", "cần ngày ký, ghi ở đây hoặc trong mục “Quyết định khen thưởng”.")
    if cited is not None and cited != day:
        raise _fault(
            "days-differ",
            f"là {written_date(day)} nhưng mục “Quyết định khen thưởng” ghi ngày "
            f"{written_date(cited)}; hãy sửa một trong hai.",
        )
    if day > today:
        raise _fault("day-in-future", f"{written_date(day)} chưa tới.")
    return entry.model_copy(update={"granted_on": day})


def parse_past_awards(
    raws: Sequence[object], *, today: date, shared: Mapping[str, Any] | None = None
) -> list[PastAwardEntry]:
    """Take several: all of them or none.

    Raises:
        EntryInvalid: carries the faults of all, each under its place in "/awards".
    """
    return parse_all(
        raws,
        shared or {},
        lambda raw: parse_past_award(raw, today=today),
        place="/awards",
        for_all=_FOR_ALL,
    )


def parse_past_award_file(raw: Mapping[str, Any], *, today: date) -> list[PastAwardEntry]:
    """Take the tables [[awards]] of a file, each with the values that it says once for all.

    Raises:
        EntryInvalid: carries the faults of all.
    """
    listed, shared = tables_of(raw, "awards")
    return parse_past_awards(listed, today=today, shared=shared)


def day_in(decision: str) -> date | None:
    """Find the day in the words of a decision; `None`: there is none that exists."""
    for pattern in _DAYS:
        if match := pattern.search(decision):
            day, month, year = (int(part) for part in match.groups())
            try:
                return date(year, month, day)
            except ValueError:
                return None
    return None


def _without_blanks(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Take what a form or a sheet leaves empty as not said."""
    return {name: None for name in ("granted_on", "sequence") if raw.get(name) == ""}


def _fault(code: str, message: str) -> EntryInvalid:
    said = f"“Ngày quyết định”: {message}"
    return EntryInvalid([FieldError(pointer="/granted_on", code=code, message=said)])
