"""What a clerk or another system says of a document to be drafted."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from service.intake.fields import (
    Day,
    EntryInvalid,
    FieldError,
    Line,
    Whole,
    clean_key,
    collect_errors,
    refuse_truth,
)

#: No row has a higher number: that of an SQL integer.
HIGHEST_ID = 2_147_483_647

RowId = Annotated[int, BeforeValidator(refuse_truth), Field(le=HIGHEST_ID)]
Key = Annotated[str, BeforeValidator(clean_key)]


class DraftEntry(BaseModel):
    """A document to be drafted.

    `paper` has the shape of the paper file; what the records know (letterhead, signature,
    nominees, recipients) may be left out of it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    body: Line = Field(title="Cơ quan ban hành", min_length=1)
    paper: dict[str, Any] = Field(title="Nội dung văn bản")
    signatory: Line = Field(default="", title="Người ký")
    dossier: RowId | None = Field(default=None, title="Hồ sơ")
    attached_to: RowId | None = Field(default=None, title="Kèm theo văn bản")
    corrects: RowId | None = Field(default=None, title="Đính chính văn bản")
    replaces: RowId | None = Field(default=None, title="Thay thế văn bản")
    recalls: RowId | None = Field(default=None, title="Thu hồi văn bản")


class IssueEntry(BaseModel):
    """A request to issue a draft.

    `issued_on` is the draft's own date where left out, or today; `expected` is the number
    the clerk saw; `despite` is the reason to issue a paper that is against the decree's form.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    issued_on: Day | None = Field(default=None, title="Ngày ban hành")
    expected: Whole | None = Field(default=None, title="Số dự kiến", ge=1, le=HIGHEST_ID)
    key: Key | None = Field(default=None, title="Khóa chống lặp")
    despite: Line = Field(default="", title="Lý do vẫn ban hành")


class CancelEntry(BaseModel):
    """A request to cancel a document: why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: Line = Field(title="Lý do", min_length=1)


def parse_draft(raw: Mapping[str, Any]) -> DraftEntry:
    """Take a document to be drafted; its paper is checked when it is filled from records.

    Raises:
        EntryInvalid: carries every fault.
    """
    try:
        entry = DraftEntry.model_validate(dict(raw))
    except ValidationError as error:
        raise EntryInvalid(collect_errors(error, DraftEntry)) from error
    if "number" in entry.paper:
        raise EntryInvalid(
            [
                FieldError(
                    pointer="/paper/number",
                    code="number-from-register",
                    message="“Số”: sổ văn bản cấp số khi ban hành; hãy bỏ mục này. "
                    "Văn bản cũ đã có số thì ghi bằng “register legacy”.",
                )
            ]
        )
    return entry


def parse_issue(raw: Mapping[str, Any]) -> IssueEntry:
    """Take a request to issue.

    Raises:
        EntryInvalid: carries every fault.
    """
    try:
        return IssueEntry.model_validate(dict(raw))
    except ValidationError as error:
        raise EntryInvalid(collect_errors(error, IssueEntry)) from error


def parse_reason(text: str) -> str:
    """Take the reason for which a document is cancelled.

    Raises:
        EntryInvalid: there is none, or it holds what cannot be kept.
    """
    try:
        return CancelEntry.model_validate({"reason": text}).reason
    except ValidationError as error:
        raise EntryInvalid(collect_errors(error, CancelEntry)) from error
