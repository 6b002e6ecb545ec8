"""What a clerk or another system says of a nominee."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import Field, ValidationError

from service.intake.fields import (
    Birth,
    EntryInvalid,
    FieldError,
    Line,
    collect_errors,
)
from service.intake.papers import NomineeEntry


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


def parse_nomination(raw: Mapping[str, Any]) -> NominationEntry:
    """Take a nomination.

    Raises:
        EntryInvalid: carries every fault.
    """
    try:
        entry = NominationEntry.model_validate(dict(raw))
    except ValidationError as error:
        raise EntryInvalid(collect_errors(error, labels())) from error
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


def parse_nominations(raws: list[Mapping[str, Any]]) -> list[NominationEntry]:
    """Take several nominations: all of them or none.

    Raises:
        EntryInvalid: carries the faults of all, each under its place in the list.
    """
    entries: list[NominationEntry] = []
    errors: list[FieldError] = []
    for at, raw in enumerate(raws):
        try:
            entries.append(parse_nomination(raw))
        except EntryInvalid as error:
            errors.extend(
                FieldError(pointer=f"/{at}{one.pointer}", code=one.code, message=one.message)
                for one in error.errors
            )
    if errors:
        raise EntryInvalid(errors)
    return entries


@cache
def labels() -> dict[str, str]:
    """Map every field's name to its Vietnamese label."""
    return {name: field.title or name for name, field in NominationEntry.model_fields.items()}
