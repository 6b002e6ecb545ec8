"""What units send in under a plan, and the days that are asked about."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from records.rules.counts import Counter
from records.rules.facts import Subject
from service.intake.fields import Day, EntryInvalid, FieldError, Line, Whole, collect_errors


class ContributionEntry(BaseModel):
    """One thing, or several of one kind, that a unit sent in."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    counter: Counter = Field(title="Loại được đếm")
    unit: Line = Field(default="", title="Đơn vị gửi")
    done_on: Day | None = Field(default=None, title="Ngày gửi", description="Trống: hôm nay.")
    title: Line = Field(default="", title="Tên bài viết, tên gương", max_length=300)
    subject: Subject | None = Field(default=None, title="Đối tượng")
    movement: Line = Field(default="", title="Phong trào", max_length=300)
    is_broad: bool | None = Field(default=None, title="Phong trào nhiều đối tượng tham gia")
    amount: Whole = Field(default=1, title="Số lượng", ge=1, le=10_000)


class RulingEntry(BaseModel):
    """A word on two records: the same deed of the same person, or not, and why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    against: Line = Field(title="So với", min_length=1)
    is_duplicate: bool = Field(title="Trùng")
    reason: Line = Field(title="Lý do", min_length=1)


def parse_ruling(raw: Mapping[str, Any]) -> RulingEntry:
    """Take a word on two records.

    Raises:
        EntryInvalid: carries every fault.
    """
    try:
        return RulingEntry.model_validate(dict(raw))
    except ValidationError as error:
        raise EntryInvalid(collect_errors(error, RulingEntry)) from error


def parse_contribution(raw: Mapping[str, Any]) -> ContributionEntry:
    """Take a contribution; empty texts are left out.

    Raises:
        EntryInvalid: carries every fault.
    """
    given = {name: value for name, value in raw.items() if value != ""}
    try:
        return ContributionEntry.model_validate(given)
    except ValidationError as error:
        raise EntryInvalid(collect_errors(error, ContributionEntry)) from error


def parse_day(text: str) -> date | None:
    """Take a day that somebody asks about; empty: none.

    Raises:
        EntryInvalid: it is no day.
    """
    if not text.strip():
        return None
    try:
        return TypeAdapter[date](Day).validate_python(text)
    except ValidationError as error:
        message = f"“Ngày”: cần ngày như 30/3/2023, đang là “{text[:40]}”."
        raise EntryInvalid(
            [FieldError(pointer="/on", code="date-wrong", message=message)]
        ) from error
