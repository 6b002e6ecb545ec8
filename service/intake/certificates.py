"""The list of a ceremony: what all certificates say alike, and who gets one.

One TOML file or JSON object; the names of its fields are those of `Certificate`.
"""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from doc_templates.certificates import Certificate, Fit
from service.intake.fields import (
    Day,
    EntryInvalid,
    FieldError,
    Line,
    Whole,
    collect_errors,
)

#: More in one list wait for a job of their own.
MOST_CERTIFICATES: Final = 20_000
_LONGEST: Final = 300


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RecipientEntry(_Entry):
    """Who gets a certificate, and for what."""

    name: Line = Field(
        title="Tên", min_length=1, max_length=_LONGEST, description="Như in: Bà Nguyễn Thuỵ Ưu"
    )
    position: Line = Field(default="", title="Chức vụ, đơn vị hoặc địa chỉ")
    deed: Line = Field(default="", title="Thành tích")
    golden_book: Whole | None = Field(default=None, title="Số sổ vàng", ge=1, le=999_999)


class CertificateList(_Entry):
    """The certificates of one decision."""

    authority: Line = Field(
        title="Người có thẩm quyền",
        min_length=1,
        description="Ví dụ: CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG …",
    )
    act: Line = Field(default="TẶNG", title="Dòng “TẶNG”", description="TẶNG hoặc TẶNG DANH HIỆU")
    award: Line = Field(
        title="Danh hiệu, hình thức", min_length=1, description="GIẤY KHEN, “NGƯỜI TỐT, VIỆC TỐT”"
    )
    decision: Line = Field(default="", title="Số quyết định", description="210/QĐ-UBND")
    decided_on: Day | None = Field(default=None, title="Ngày quyết định")
    place: Line = Field(default="", title="Địa danh")
    issued_on: Day | None = Field(default=None, title="Ngày ký giấy")
    signer_post: Line = Field(default="", title="Chức vụ người ký")
    signer_name: Line = Field(default="", title="Họ tên người ký")
    recipients: tuple[RecipientEntry, ...] = Field(
        title="Danh sách", min_length=1, max_length=MOST_CERTIFICATES
    )

    def to_certificates(self) -> list[Certificate]:
        """Make the plain values, in the order of the list."""
        shared = self.model_dump(exclude={"recipients"})
        return [
            Certificate(
                recipient=one.name,
                position=one.position,
                deed=one.deed,
                golden_book=one.golden_book,
                **shared,
            )
            for one in self.recipients
        ]


def parse_certificates(raw: Mapping[str, Any]) -> list[Certificate]:
    """Take a list of certificates.

    Raises:
        EntryInvalid: every fault, each with its place.
    """
    try:
        return CertificateList.model_validate(dict(raw)).to_certificates()
    except ValidationError as error:
        raise EntryInvalid(collect_errors(error, CertificateList)) from error


def faults_of(fits: list[Fit]) -> list[FieldError]:
    """Turn what cannot be printed into faults of the list it came from."""
    return [
        FieldError(
            pointer=f"/recipients/{fit.number - 1}/{fit.slot}",
            code=f"certificate-{fit.fault}",
            message=str(fit),
        )
        for fit in fits
        if fit.stops
    ]
