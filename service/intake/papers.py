"""The paper file: the same shape for `render`, JSON, forms, and what a document is kept by.

Labels and help stand with the fields; the JSON Schema and the web form are made from them.
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from doc_templates import catalogue, paper
from doc_templates.kinds import DocumentKind
from doc_templates.paper import Paper, SigningMode, Subject
from service.intake.fields import (
    Account,
    Birth,
    BodyText,
    Day,
    EntryInvalid,
    FieldError,
    Line,
    Whole,
    collect_errors,
    labels_of,
)

#: More lines than a ceremony of one decision has ever had; a longer list is split.
MOST_NOMINEES: Final = 5_000
_MOST_LINES: Final = 200


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class IssuerEntry(_Entry):
    """The issuing body, as the letterhead prints it."""

    name: tuple[Line, ...] = Field(
        title="Tên cơ quan ban hành",
        description="Từng dòng như in ở đầu văn bản, chữ hoa, không viết tắt.",
        min_length=1,
        max_length=4,
    )
    code: Line = Field(title="Chữ viết tắt trong ký hiệu", description="Ví dụ: UBND", min_length=1)
    place: Line = Field(title="Địa danh", description="Ví dụ: Gia Lâm", min_length=1)
    superior: Line = Field(
        default="", title="Cơ quan chủ quản", description="Dòng trên tên cơ quan, nếu có."
    )
    full_name: Line = Field(
        default="",
        title="Tên đầy đủ trong câu",
        description="Ví dụ: Ủy ban nhân dân huyện Gia Lâm",
    )
    drafting_unit: Line = Field(
        default="",
        title="Đơn vị soạn thảo",
        description="Nửa sau ký hiệu công văn, ví dụ: NV",
    )


class SignatureEntry(_Entry):
    """Who signs, and with whose authority."""

    name: Line = Field(default="", title="Họ và tên người ký")
    head: Line = Field(default="", title="Chức vụ người đứng đầu", description="Ví dụ: CHỦ TỊCH")
    mode: SigningMode = Field(
        default=SigningMode.OWN, title="Thể thức ký", description="KT., TL., TUQ., Q. hoặc trống"
    )
    post: Line = Field(default="", title="Chức vụ của người ký", description="Ví dụ: PHÓ CHỦ TỊCH")
    on_behalf_of: Line = Field(
        default="", title="Thay mặt (TM.)", description="Ví dụ: ỦY BAN NHÂN DÂN"
    )
    acting_for: Line = Field(default="", title="Ký thay cho (dưới TL.)")
    office_post: Line = Field(default="", title="Chức vụ trong cơ quan (khi ký cho Hội đồng)")


class NomineeEntry(_Entry):
    """One nominee of a list."""

    name: Line = Field(title="Họ và tên", min_length=1, max_length=200)
    subject: Subject = Field(default=Subject.INDIVIDUAL, title="Đối tượng")
    honorific: Line = Field(default="", title="Ông/Bà")
    birth: Birth = Field(default="", title="Năm sinh", description="1980, 05/1980 hoặc 02/05/1980")
    gender: Line = Field(default="", title="Giới tính", max_length=20)
    post: Line = Field(default="", title="Chức vụ")
    unit: Line = Field(default="", title="Đơn vị công tác")
    residence: Line = Field(default="", title="Nơi cư trú")
    deed: Account = Field(default="", title="Việc làm tốt, thành tích")
    summary: Account = Field(default="", title="Tóm tắt thành tích")
    award: Line = Field(default="", title="Hình thức đề nghị")
    prize: Whole = Field(default=0, title="Tiền thưởng (đồng)", ge=0, le=10**10)
    raw_prize: Whole = Field(default=0, title="Tiền thưởng chưa làm tròn", ge=0, le=10**10)
    past_awards: tuple[Line, ...] = Field(default=(), title="Đã được khen thưởng", max_length=50)


class PaperEntry(_Entry):
    """A paper as a clerk or another system gives it."""

    kind: Line = Field(title="Loại văn bản", min_length=1)
    number: Whole | None = Field(
        default=None, title="Số", description="Bỏ trống nếu chưa có số.", ge=1, le=99_999
    )
    issued_on: Day | None = Field(
        default=None, title="Ngày ban hành", description="Bỏ trống nếu chưa có ngày."
    )
    year: Whole | None = Field(
        default=None,
        title="Năm",
        description="In ở chỗ ngày tháng khi chưa có ngày.",
        ge=1945,
        le=9999,
    )
    abstract: Line = Field(default="", title="Trích yếu")
    addressees: tuple[Line, ...] = Field(default=(), title="Kính gửi", max_length=_MOST_LINES)
    legal_bases: tuple[Line, ...] = Field(default=(), title="Căn cứ", max_length=_MOST_LINES)
    authority: Line = Field(
        default="",
        title="Thẩm quyền ban hành",
        description="Dòng trên căn cứ, ví dụ: CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG …",
    )
    body: BodyText = Field(
        default="",
        title="Nội dung",
        description="I. / 1. / 1.1. / a) / - / + ở đầu dòng; **đậm**, *nghiêng*.",
    )
    recipients: tuple[Line, ...] = Field(default=(), title="Nơi nhận", max_length=_MOST_LINES)
    archive: Line = Field(default="", title="Lưu", description="Ví dụ: VT, NV")
    annex_title: Line = Field(default="", title="Tên danh sách kèm theo")
    attached_to: Line = Field(
        default="", title="Kèm theo", description="Ví dụ: Tờ trình số 12/TTr-UBND ngày …"
    )
    secretary: Line = Field(default="", title="Thư ký", description="Họ và tên người ghi biên bản.")
    issuer: IssuerEntry = Field(title="Cơ quan ban hành")
    signature: SignatureEntry = Field(title="Người ký")
    nominees: tuple[NomineeEntry, ...] = Field(
        default=(), title="Danh sách đề nghị", max_length=MOST_NOMINEES
    )

    def to_paper(self, *, today: date, awaits_number: bool = False) -> Paper:
        """Make the plain values of the paper; `today` gives the year of an undated draft."""
        return Paper(
            kind=self.kind,
            number=self.number,
            awaits_number=awaits_number,
            issued_on=self.issued_on,
            year=self.year or today.year,
            abstract=self.abstract,
            addressees=_filled(self.addressees),
            legal_bases=_filled(self.legal_bases),
            authority=self.authority,
            body=self.body,
            recipients=_filled(self.recipients),
            archive=self.archive,
            annex_title=self.annex_title,
            attached_to=self.attached_to,
            secretary=self.secretary,
            issuer=paper.Issuer(**self.issuer.model_dump()),
            signature=paper.Signature(**self.signature.model_dump()),
            nominees=tuple(paper.Nominee(**nominee.model_dump()) for nominee in self.nominees),
        )

    def to_json(self) -> dict[str, Any]:
        """Give the values as plain JSON, without those left at their default."""
        return self.model_dump(mode="json", exclude_defaults=True)


def parse_paper(raw: Mapping[str, Any]) -> PaperEntry:
    """Take a paper, checking everything about it that needs no record.

    Raises:
        EntryInvalid: carries every fault: of fields, of the kind's needs, of the signature.
    """
    errors: list[FieldError] = []
    try:
        entry = PaperEntry.model_validate(dict(raw))
    except ValidationError as error:
        errors = collect_errors(error, PaperEntry)
        kind = raw.get("kind")
        if not isinstance(kind, str) or kind not in _known_kinds():
            errors.insert(0, _kind_error(kind))
        else:
            errors.extend(_left_out(raw))
        raise EntryInvalid(_once(errors)) from error
    if entry.kind not in _known_kinds():
        raise EntryInvalid([_kind_error(entry.kind)])
    errors.extend(
        FieldError(pointer=fault.pointer, code=fault.code, message=fault.message)
        for fault in catalogue.find_faults(entry.to_paper(today=date.min.replace(year=2020)))
    )
    errors.extend(_unused(entry))
    if errors:
        raise EntryInvalid(errors)
    return entry


def read_paper_file(content: bytes) -> dict[str, Any]:
    """Read the TOML of a paper file.

    Raises:
        EntryInvalid: not UTF-8, or not TOML; the message says on which line.
    """
    try:
        return tomllib.loads(content.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise EntryInvalid(
            [_file_error(f"tệp không phải UTF-8 (dòng {line}); hãy lưu lại dạng UTF-8.")]
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise EntryInvalid([_file_error(f"tệp viết sai cú pháp TOML: {error}.")]) from error
    except (ValueError, RecursionError) as error:
        message = "tệp có số quá lớn hoặc các nhóm lồng nhau quá sâu; hãy kiểm tra lại."
        raise EntryInvalid([_file_error(message)]) from error


def schema_of(kind: str) -> dict[str, Any]:
    """Give the JSON Schema of what the form of a kind takes.

    Raises:
        FormUnknown: there is no such form.
    """
    form = catalogue.get_form(kind)
    schema = PaperEntry.model_json_schema()
    takes = {*form.takes, "kind"}
    schema["title"] = form.title
    schema["properties"] = {
        name: value for name, value in schema["properties"].items() if name in takes
    }
    schema["properties"]["kind"]["const"] = kind
    needed = {name.partition(".")[0] for name in form.required} | {"kind", "issuer", "signature"}
    schema["required"] = sorted(needed)
    return schema


@cache
def labels() -> dict[str, str]:
    """Map the values of a paper to their Vietnamese labels."""
    return labels_of(PaperEntry)


def _known_kinds() -> frozenset[str]:
    return frozenset(form.kind for form in catalogue.list_forms())


def _kind_error(found: object) -> FieldError:
    forms = ", ".join(f"{form.kind} ({form.title})" for form in catalogue.list_forms())
    without = {kind.value: kind.title for kind in DocumentKind}
    if isinstance(found, str) and found in without:
        message = f"chưa có biểu mẫu cho {without[found]}; các loại có mẫu: {forms}."
    else:
        message = f"không có loại “{str(found)[:40]}”; các loại có mẫu: {forms}."
    return FieldError(pointer="/kind", code="kind-unknown", message=message)


def _left_out(raw: Mapping[str, Any]) -> list[FieldError]:
    """Name what the kind needs and was not given at all, beside faults of what was given."""
    form = catalogue.get_form(raw["kind"])
    return [
        FieldError(
            pointer=f"/{name}",
            code="missing",
            message=f"“{labels()[name]}”: {form.title} phải có mục này.",
        )
        for name in form.required
        if "." not in name and _is_blank(raw.get(name))
    ]


def _is_blank(value: object) -> bool:
    return value in (None, "", []) or (isinstance(value, str) and not value.strip())


def _file_error(message: str) -> FieldError:
    return FieldError(pointer="", code="file-unreadable", message=message)


def _unused(entry: PaperEntry) -> list[FieldError]:
    """Name what was given and would not be printed: nothing is dropped in silence."""
    form = catalogue.get_form(entry.kind)
    given = set(entry.model_dump(exclude_defaults=True)) - {"kind"}
    return [
        FieldError(
            pointer=f"/{name}",
            code="not-used",
            message=f"{form.title} không in mục “{labels()[name]}”; hãy bỏ mục này.",
        )
        for name in sorted(given - set(form.takes))
    ]


def _filled(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line for line in lines if line)


def _once(errors: list[FieldError]) -> list[FieldError]:
    return list(dict.fromkeys(errors))
