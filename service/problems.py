"""What goes wrong, as people and machines read it: one table, one shape.

A machine gets `application/problem+json` (RFC 9457) with every fault and its JSON pointer; a
person gets the same sentences. The table below gives each error class its HTTP status and
its Vietnamese title; a test sees to it that no class is missing. The English ones stand in
`service/english.py`.
"""

import traceback
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from doc_templates import errors as papers
from records import errors as records
from records.rules.plans import PlanInvalid
from service import english
from service.config import SettingsInvalid
from service.intake.fields import EntryInvalid, FieldError
from service.throttling import RateExceeded
from service.workflow.access import AccessRefused, KeyMissing, SignInRefused
from service.workflow.sending import AddressRefused
from service.workflow.setting_up import OfficeFileInvalid

PROBLEM_JSON: Final = "application/problem+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem: `code` is stable, `detail` a Vietnamese sentence that may improve.

    `errors` are faults with their places; empty when the whole request is to blame.
    """

    status: int
    code: str
    title: str
    detail: str
    errors: tuple[FieldError, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Give the problem document."""
        return {
            "type": f"urn:trinhky:problem:{self.code}",
            "title": self.title,
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
            "errors": [asdict(error) for error in self.errors],
        }

    def to_english_json(self) -> dict[str, Any]:
        """Give the problem document with an English title.

        Each fault keeps its Vietnamese sentence, which quotes what was found, and gets
        `message_en`. `detail` is English where `is_wholly_english` says so.
        """
        return {
            **self.to_json(),
            "title": english.TITLES.get(self.code, self.title),
            "detail": self._english_detail() or self.detail,
            "errors": [
                {**asdict(error), "message_en": english.FAULTS.get(error.code, "")}
                for error in self.errors
            ],
        }

    @property
    def is_wholly_english(self) -> bool:
        """Tell whether nothing of the English document is Vietnamese."""
        return not self.errors and bool(self._english_detail())

    def _english_detail(self) -> str:
        if not self.errors:
            return english.DETAILS.get(self.code, "")
        if len(self.errors) == 1:
            return english.FAULTS.get(self.errors[0].code, "")
        return f"There are {len(self.errors)} places to put right; nothing was kept."


#: Error class → HTTP status and title. The most special class that fits is taken.
TITLES: Final[dict[type[Exception], tuple[int, str]]] = {
    EntryInvalid: (422, "Dữ liệu chưa dùng được"),
    SettingsInvalid: (500, "Thiết lập sai"),
    OfficeFileInvalid: (422, "Tệp dữ liệu cơ quan chưa dùng được"),
    papers.PaperError: (422, "Không lập được văn bản"),
    papers.FormUnknown: (422, "Không có biểu mẫu này"),
    papers.FormInvalid: (422, "Mẫu văn bản có lỗi"),
    papers.MergeFailed: (422, "Không điền được mẫu"),
    papers.PaperUnreadable: (422, "Không đọc được tệp"),
    papers.PaperUnsupported: (422, "Có chỗ chưa dàn trang được"),
    papers.PaperUnfit: (422, "Dữ liệu chưa đủ để lập văn bản"),
    papers.EngineMissing: (503, "Chưa có chương trình lập tệp PDF"),
    papers.EngineBusy: (503, "Chương trình lập tệp PDF đang bận"),
    papers.ConversionFailed: (422, "Không lập được tệp PDF"),
    papers.PaperDeviates: (422, "Văn bản trái thể thức"),
    papers.PaperUnfixable: (422, "Không sửa được tệp này"),
    papers.ArrangementInvalid: (422, "Tệp bố trí phôi có lỗi"),
    SignInRefused: (403, "Chưa vào được"),
    KeyMissing: (401, "Chưa có khóa"),
    AddressRefused: (422, "Không gửi tới địa chỉ này"),
    RateExceeded: (429, "Gọi quá nhiều lần"),
    AccessRefused: (403, "Không có quyền làm việc này"),
    records.RecordsError: (409, "Hồ sơ không nhận việc này"),
    records.NotFound: (404, "Không tìm thấy"),
    records.ReasonMissing: (422, "Thiếu lý do"),
    records.Conflict: (409, "Việc này trái với điều đã ghi"),
    records.AlreadyIssued: (409, "Văn bản đã ban hành"),
    records.RegisterClosed: (409, "Sổ đã khóa"),
    records.DateOutOfOrder: (409, "Ngày không theo thứ tự số"),
    records.DateInFuture: (422, "Ngày chưa đến"),
    records.DateOutsideYear: (422, "Ngày khác năm của sổ"),
    records.NumberTaken: (409, "Số đã dùng"),
    records.KeyReused: (422, "Khóa chống lặp đã dùng cho yêu cầu khác"),
    records.DocumentFrozen: (409, "Văn bản đã ban hành không được sửa"),
    records.StateRefused: (409, "Trạng thái không cho phép"),
    records.EditionDiffers: (412, "Văn bản đã thay đổi từ lúc đọc"),
    records.NominationsUnfit: (409, "Có đề nghị chưa đủ điều kiện"),
    records.VoteUnsound: (422, "Kết quả biểu quyết không khớp"),
    PlanInvalid: (422, "Kế hoạch chưa dùng được"),
    records.StoreUnavailable: (503, "Cơ sở dữ liệu tạm thời chưa sẵn sàng"),
    records.BytesDamaged: (500, "Sự cố: nội dung văn bản đã lưu bị hỏng"),
    records.CopyFailed: (500, "Không sao lưu, khôi phục được"),
    records.SealRefused: (500, "Khóa số định danh không dùng được"),
    records.StoreRefused: (500, "Địa chỉ cơ sở dữ liệu không dùng được"),
}
#: All errors that a face answers with a problem; anything else is a fault of the program.
KNOWN: Final = tuple(TITLES)


def describe(error: Exception) -> Problem:
    """Describe a known error as a problem."""
    kind = next(kind for kind in type(error).__mro__ if kind in TITLES)
    status, title = TITLES[kind]
    return Problem(
        status=status,
        code=getattr(error, "code", "error"),
        title=title,
        detail=_sendable(_detail(error)),
        errors=tuple(
            replace(fault, pointer=_sendable(fault.pointer), message=_sendable(fault.message))
            for fault in _faults(error)
        ),
    )


def trace_of(error: BaseException) -> str:
    """Tell kinds of errors and places in the program, without the words of the errors."""
    lines: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(lines) < 500:
        state = getattr(getattr(seen, "orig", None), "sqlstate", None)
        lines.append(
            f"{type(seen).__module__}.{type(seen).__qualname__}{f' {state}' if state else ''}"
        )
        for frame in traceback.extract_tb(seen.__traceback__):
            lines.append(f"  {frame.filename}:{frame.lineno} {frame.name}")
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return "\n".join(lines)


def _sendable(text: str) -> str:
    """Write halves of letters, which a sentence may quote from what was sent, as question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _detail(error: Exception) -> str:
    faults = _faults(error)
    if faults:
        count = len(faults)
        return f"Có {count} chỗ cần sửa; chưa lưu gì." if count > 1 else faults[0].message
    return str(error)


def _faults(error: Exception) -> tuple[FieldError, ...]:
    match error:
        case EntryInvalid():
            return error.errors
        case papers.PaperUnfit():
            return tuple(
                FieldError(pointer=fault.pointer, code=fault.code, message=fault.message)
                for fault in error.faults
            )
        case papers.FormInvalid():
            return tuple(
                FieldError(pointer="", code="template-fault", message=str(fault))
                for fault in error.faults
            )
        case papers.ArrangementInvalid():
            return tuple(
                FieldError(pointer="", code="arrangement-fault", message=fault)
                for fault in error.faults
            )
        case papers.PaperDeviates():
            return tuple(
                FieldError(pointer="", code="deviates", message=finding)
                for finding in error.findings
            )
        case records.NominationsUnfit():
            return tuple(
                FieldError(pointer="", code="unfit", message=finding) for finding in error.findings
            )
        case records.VoteUnsound():
            return tuple(
                FieldError(pointer="", code="unsound", message=fault) for fault in error.faults
            )
        case papers.PaperUnsupported():
            return tuple(
                FieldError(pointer="", code="unsupported", message=str(finding))
                for finding in error.findings
            )
        case _:
            return ()
