"""What a clerk or another system says of a nominee."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from records.rules.facts import Category, Hold, Origin
from service.intake.fields import (
    Account,
    Birth,
    EntryInvalid,
    FieldError,
    Line,
    clean_line,
    collect_errors,
)
from service.intake.lists import parse_all, tables_of
from service.intake.papers import NomineeEntry

#: What a file of nominees must say once for all, where it says anything for all.
_FOR_ALL: Final = frozenset({"body", "award"})


def _read_identity_number(value: object) -> object:
    """Take a number of nine or twelve digits, typed with or without spaces and dots."""
    text = clean_line(value)
    if not isinstance(text, str) or not text:
        return text
    digits = text.replace(" ", "").replace(".", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) in (9, 12)):
        raise PydanticCustomError("identity-number-wrong", "cần 9 hoặc 12 chữ số.")
    return digits


IdentityNumber = Annotated[str, BeforeValidator(_read_identity_number)]


class NominationEntry(NomineeEntry):
    """One nomination: one nominee, one award, one deed.

    `body`, `campaign` and `award` are keys of records; `unit` is the name or the code of a
    unit of the body. The two questions about the deed may be left unanswered.
    """

    body: Line = Field(title="Cơ quan nhận đề nghị", min_length=1)
    award: Line = Field(title="Danh hiệu, hình thức khen thưởng", min_length=1)
    campaign: Line = Field(default="", title="Đợt khen thưởng")
    nominating_unit: Line = Field(default="", title="Đơn vị đề nghị")
    deed_on: Birth = Field(default="", title="Ngày làm việc tốt")
    assigned_duty: bool | None = Field(
        default=None, title="Việc tốt có thuộc chức trách, nhiệm vụ được giao không"
    )
    own_benefit: bool | None = Field(
        default=None, title="Việc tốt có vì quyền lợi của bản thân, người thân không"
    )
    helps_others: bool | None = Field(
        default=None, title="Việc tốt có mang lại lợi ích cho người khác, cộng đồng không"
    )
    law_abiding: bool | None = Field(
        default=None, title="Có chấp hành tốt chủ trương, chính sách, pháp luật không"
    )
    origin: Origin | None = Field(default=None, title="Quốc tịch")
    lives_here: bool | None = Field(
        default=None, title="Có sinh sống, học tập, làm việc trên địa bàn không"
    )
    frontline: bool = Field(
        default=False, title="Cán bộ cơ sở, người trực tiếp lao động sản xuất, công tác"
    )
    holds: tuple[Hold, ...] = Field(
        default=(), title="Việc đang xem xét khiến chưa khen thưởng", max_length=len(Hold)
    )
    category: Category | None = Field(default=None, title="Loại hình khen thưởng")
    identity_number: IdentityNumber = Field(
        default="",
        title="Số định danh cá nhân",
        description="9 hoặc 12 chữ số; chỉ dùng để tìm trùng, không in ra.",
    )


class AmendmentEntry(BaseModel):
    """What is changed of a nomination that was returned or is still a draft: only what is said."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Line = Field(default="", title="Họ và tên", min_length=1, max_length=200)
    honorific: Line = Field(default="", title="Ông/Bà")
    birth: Birth = Field(default="", title="Năm sinh")
    gender: Line = Field(default="", title="Giới tính", max_length=20)
    post: Line = Field(default="", title="Chức vụ")
    unit: Line = Field(default="", title="Đơn vị công tác")
    residence: Line = Field(default="", title="Nơi cư trú")
    deed: Account = Field(default="", title="Việc làm tốt, thành tích", min_length=1)
    summary: Account = Field(default="", title="Tóm tắt thành tích")
    deed_on: Birth = Field(default="", title="Ngày làm việc tốt")
    past_awards: tuple[Line, ...] = Field(default=(), title="Đã được khen thưởng", max_length=50)
    assigned_duty: bool | None = Field(
        default=None, title="Việc tốt có thuộc chức trách, nhiệm vụ được giao không"
    )
    own_benefit: bool | None = Field(
        default=None, title="Việc tốt có vì quyền lợi của bản thân, người thân không"
    )
    helps_others: bool | None = Field(
        default=None, title="Việc tốt có mang lại lợi ích cho người khác, cộng đồng không"
    )
    law_abiding: bool | None = Field(
        default=None, title="Có chấp hành tốt chủ trương, chính sách, pháp luật không"
    )
    identity_number: IdentityNumber = Field(default="", title="Số định danh cá nhân")


class TitleEntry(BaseModel):
    """The title of a dossier that is opened for nominations; empty: none is opened."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    dossier: Line = Field(default="", title="Tên hồ sơ", max_length=200)


class BatchEntry(TitleEntry):
    """Several nominations, each still as it came, and the title of their dossier."""

    nominations: list[Any] = Field(title="Các đề nghị", min_length=1)


def parse_batch(raw: Mapping[str, Any]) -> tuple[list[NominationEntry], str]:
    """Take several nominations with the title of their dossier: all of them or none.

    Raises:
        EntryInvalid: carries the faults of all.
    """
    try:
        batch = BatchEntry.model_validate(dict(raw))
    except ValidationError as error:
        raise EntryInvalid(collect_errors(error, BatchEntry)) from error
    return parse_nominations(batch.nominations), batch.dossier


def parse_title(text: str) -> str:
    """Take the title of a dossier by itself.

    Raises:
        EntryInvalid: it holds what cannot be kept.
    """
    try:
        return TitleEntry.model_validate({"dossier": text}).dossier
    except ValidationError as error:
        raise EntryInvalid(collect_errors(error, TitleEntry)) from error


def parse_amendment(raw: Mapping[str, Any]) -> AmendmentEntry:
    """Take a change of a nomination.

    Raises:
        EntryInvalid: carries every fault; also when nothing is to be changed.
    """
    try:
        entry = AmendmentEntry.model_validate(dict(raw))
    except ValidationError as error:
        raise EntryInvalid(collect_errors(error, AmendmentEntry)) from error
    if not entry.model_fields_set:
        message = "Chưa ghi mục nào cần sửa."
        raise EntryInvalid([FieldError(pointer="", code="missing", message=message)])
    return entry


def parse_nomination(raw: Mapping[str, Any]) -> NominationEntry:
    """Take a nomination.

    Raises:
        EntryInvalid: carries every fault.
    """
    try:
        entry = NominationEntry.model_validate(dict(raw))
    except ValidationError as error:
        raise EntryInvalid(collect_errors(error, NominationEntry)) from error
    if not entry.deed and not entry.summary:
        raise EntryInvalid(
            [
                FieldError(
                    pointer="/deed",
                    code="missing",
                    message="“Việc làm tốt, thành tích”: cần kể rõ việc đã làm, ít nhất một câu.",
                )
            ]
        )
    return entry


def parse_nominations(raws: Sequence[object]) -> list[NominationEntry]:
    """Take several nominations: all of them or none.

    Raises:
        EntryInvalid: carries the faults of all, each under its place in "/nominations".
    """
    return parse_all(raws, {}, parse_nomination, place="/nominations")


def parse_nomination_file(raw: Mapping[str, Any]) -> list[NominationEntry]:
    """Take the nominees of a file, each with the values that the file says once for all.

    Raises:
        EntryInvalid: carries the faults of all: of one nominee under its place in
            "/nominees", of a value said for all once, under its name.
    """
    listed, shared = tables_of(raw, "nominees")
    return parse_all(listed, shared, parse_nomination, place="/nominees", for_all=_FOR_ALL)
