"""What the office says of a sitting of its council: when, who was missing, how it voted."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from records.rules.votes import Ballot
from service.intake.fields import Account, Day, EntryInvalid, Line, Whole, collect_errors


class AbsenceEntry(BaseModel):
    """A member who was not there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Line = Field(title="Họ và tên thành viên vắng", min_length=1)
    reason: Line = Field(title="Lý do vắng", min_length=1)


class VoteEntry(BaseModel):
    """The votes on one line of the dossier."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    line: Whole = Field(title="Dòng trong hồ sơ", ge=1)
    approving: Whole = Field(title="Đồng ý", ge=0)
    rejecting: Whole = Field(default=0, title="Không đồng ý", ge=0)
    other: Whole = Field(default=0, title="Ý kiến khác", ge=0)
    invalid: Whole = Field(default=0, title="Phiếu không hợp lệ", ge=0)


class SittingEntry(BaseModel):
    """A sitting of the council about one dossier.

    `votes` names every line that waits, unless `unanimous` says that all present approved of
    the lines left out. `of_present` counts shares of those present instead of all members.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    held_on: Day = Field(title="Ngày họp")
    begins_at: Line = Field(title="Giờ bắt đầu", description="14 giờ 00", min_length=1)
    ends_at: Line = Field(title="Giờ kết thúc", description="15 giờ 30", min_length=1)
    place: Line = Field(title="Địa điểm", min_length=1, max_length=300)
    ballot: Ballot = Field(default=Ballot.HANDS, title="Hình thức biểu quyết")
    absent: tuple[AbsenceEntry, ...] = Field(default=(), title="Thành viên vắng", max_length=100)
    discussion: Account = Field(default="", title="Diễn biến, ý kiến thảo luận")
    unanimous: bool = Field(default=False, title="Các dòng không ghi phiếu: mọi người đồng ý")
    of_present: bool = Field(default=False, title="Tính tỷ lệ trên số có mặt")
    votes: tuple[VoteEntry, ...] = Field(default=(), title="Kết quả từng dòng", max_length=1_000)
    despite: Line = Field(default="", title="Lý do vẫn đồng ý")


def parse_sitting(raw: Mapping[str, Any]) -> SittingEntry:
    """Take a sitting.

    Raises:
        EntryInvalid: carries every fault.
    """
    try:
        return SittingEntry.model_validate(dict(raw))
    except ValidationError as error:
        raise EntryInvalid(collect_errors(error, SittingEntry)) from error
