"""What the records cannot go on from.

    RecordsError
      NotFound            nothing stands under that key (or not on that day)
      ReasonMissing       an act that must be explained was not
      Conflict            the act does not fit what is already written
        AlreadyIssued       a draft was expected
        RegisterClosed      the book of that year is closed
        DateOutOfOrder      the date is earlier than that of the last number
        DateInFuture        the date has not come yet
        DateOutsideYear     the date lies in another year than the book
        NumberTaken         that number stands in the book already
        KeyReused           the idempotency key came with another request
        DocumentFrozen      an issued row was to be changed or deleted
        StateRefused        the thing's state does not allow the step
        EditionDiffers      it was changed since the caller looked at it
        NominationsUnfit    the rules stop some lines, and nobody said why to go on
      VoteUnsound         votes that do not add up, or a council that cannot sit
      StoreUnavailable    the database is locked, full, damaged, away or of another form
      SealRefused         the key of identity numbers is missing or another one
      BytesDamaged        kept bytes are not what was kept
      CopyFailed          a backup could not be made, read or put back
      StoreRefused        the address of the database cannot be used at all

`code` is for machines and never changes; the sentence is for people and may improve.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar


def written_date(day: date) -> str:
    """Write a day as people write it on paper: 07/3/2017, 16/01/2018.

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.4.
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


class RecordsError(Exception):
    """Any refusal of the records; `str()` gives the Vietnamese sentence."""

    code: ClassVar[str] = "records-error"


class NotFound(RecordsError):
    """Nothing stands under `key`; `kind_of_thing` is the Vietnamese noun."""

    code = "not-found"

    def __init__(self, kind_of_thing: str, key: object, hint: str = "") -> None:
        self.kind_of_thing = kind_of_thing
        self.key = key
        self.hint = hint
        sentence = f"Không tìm thấy {kind_of_thing} “{key}”."
        super().__init__(f"{sentence} {hint}" if hint else sentence)


class ReasonMissing(RecordsError):
    """The act `act` (a Vietnamese verb) must come with a reason."""

    code = "reason-missing"

    def __init__(self, act: str) -> None:
        self.act = act
        super().__init__(f"Muốn {act} phải ghi rõ lý do.")


class Conflict(RecordsError):
    """The act does not fit what is already written."""

    code = "conflict"


class AlreadyIssued(Conflict):
    """The document has left the state of a draft."""

    code = "already-issued"

    def __init__(self, document_id: int, symbol: str | None, issued_on: date | None) -> None:
        self.document_id = document_id
        self.symbol = symbol
        self.issued_on = issued_on
        which = f" số {symbol}" if symbol else ""
        when = f" ngày {written_date(issued_on)}" if issued_on else ""
        super().__init__(
            f"Văn bản {document_id} đã được ban hành{which}{when}, không còn là dự thảo; "
            "muốn sửa thì lập văn bản đính chính, thay thế hoặc thu hồi."
        )


class RegisterClosed(Conflict):
    """The book of `series` and `year` is closed."""

    code = "register-closed"

    def __init__(self, series: str, year: int) -> None:
        self.series = series
        self.year = year
        super().__init__(
            f"Sổ đăng ký văn bản đi “{series}” năm {year} đã khóa; "
            "mở lại sổ hoặc ban hành với ngày của năm khác."
        )


class DateOutOfOrder(Conflict):
    """The date is earlier than that of the last number given."""

    code = "date-out-of-order"

    def __init__(self, on: date, last: int, last_on: date) -> None:
        self.on = on
        self.last = last
        self.last_on = last_on
        super().__init__(
            f"Ngày ban hành phải từ {written_date(last_on)} trở đi (ngày của số {last}, số gần nhất"
            f" trong sổ), đang là {written_date(on)}."
        )


class DateInFuture(Conflict):
    """The date has not come yet in Việt Nam."""

    code = "date-in-future"

    def __init__(self, on: date, today: date) -> None:
        self.on = on
        self.today = today
        super().__init__(
            f"Ngày ban hành {written_date(on)} chưa tới; hôm nay là {written_date(today)}."
        )


class DateOutsideYear(Conflict):
    """The date lies in another year than the book."""

    code = "date-outside-year"

    def __init__(self, on: date, year: int) -> None:
        self.on = on
        self.year = year
        super().__init__(
            f"Ngày {written_date(on)} không thuộc sổ năm {year}; chọn sổ năm {on.year}."
        )


class NumberTaken(Conflict):
    """The number stands in the book already, or is the book's own to give."""

    code = "number-taken"

    def __init__(self, number: int, suffix: str = "", why: str = "") -> None:
        self.number = number
        self.suffix = suffix
        self.why = why or "đã có trong sổ"
        super().__init__(f"Số {number:02d}{suffix} {self.why}.")


class KeyReused(Conflict):
    """The idempotency key was used before, for another request."""

    code = "key-reused"

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"Khóa chống lặp “{key}” đã dùng cho một yêu cầu khác; hãy dùng khóa mới.")


class DocumentFrozen(Conflict):
    """An issued row was to be changed or deleted; `columns` names what (none: deleted)."""

    code = "document-frozen"

    def __init__(self, kind_of_thing: str, key: object, columns: Iterable[str] = ()) -> None:
        self.kind_of_thing = kind_of_thing
        self.key = key
        self.columns = tuple(sorted(columns))
        act = f"sửa ({', '.join(self.columns)})" if self.columns else "xóa"
        super().__init__(f"Không được {act} {kind_of_thing} “{key}”: đã ban hành, giữ nguyên.")


class StateRefused(Conflict):
    """The state `found` does not allow the step; `expected` are those that do."""

    code = "state-refused"

    def __init__(
        self, kind_of_thing: str, key: object, found: str, expected: Iterable[str], act: str
    ) -> None:
        self.kind_of_thing = kind_of_thing
        self.key = key
        self.found = found
        self.expected = tuple(expected)
        self.act = act
        super().__init__(
            f"Không thể {act} {kind_of_thing} “{key}”: trạng thái cần là "
            f"{' hoặc '.join(f'“{state}”' for state in self.expected)}, đang là “{found}”."
        )


class EditionDiffers(Conflict):
    """The document is not what the caller looked at; `found` is the edition that stands now."""

    code = "edition-differs"

    def __init__(self, document_id: int, found: str) -> None:
        self.document_id = document_id
        self.found = found
        super().__init__(
            f"Văn bản {document_id} đã thay đổi từ lúc đọc (If-Match không khớp); chưa làm gì. "
            "Đọc lại văn bản rồi gửi lại."
        )


class NominationsUnfit(Conflict):
    """The rules stop some lines; `findings` are sentences, each with its line and its source."""

    code = "nominations-unfit"

    def __init__(self, findings: Iterable[str]) -> None:
        self.findings = tuple(findings)
        super().__init__(
            f"{len(self.findings)} chỗ chưa đủ điều kiện; sửa hồ sơ, kết luận trùng hay không "
            "trùng, hoặc ghi lý do vẫn đồng ý."
        )


class VoteUnsound(RecordsError):
    """Votes do not add up, or the council could not sit; `faults` are sentences."""

    code = "vote-unsound"

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(self.faults))


class StoreUnavailable(RecordsError):
    """The database cannot answer now; nothing was written, trying again is safe.

    `reason` is one of locked, away, full, damaged, outdated, newer.
    """

    code = "store-unavailable"
    _SENTENCES: ClassVar[dict[str, tuple[str, str]]] = {
        "locked": ("Cơ sở dữ liệu đang bận", "xin thử lại sau"),
        "away": ("Không kết nối được cơ sở dữ liệu", "xin thử lại sau"),
        "full": ("Ổ đĩa của cơ sở dữ liệu đã đầy hoặc không ghi được", "xin thử lại sau"),
        "damaged": ("Tệp cơ sở dữ liệu bị hỏng", "báo người quản trị khôi phục từ bản sao lưu"),
        "outdated": (
            "Cơ sở dữ liệu chưa được lập hoặc ở phiên bản cũ",
            "chạy “trinhky database upgrade” rồi thử lại",
        ),
        "newer": (
            "Cơ sở dữ liệu do bản mới hơn của chương trình lập",
            "cập nhật chương trình rồi thử lại",
        ),
    }

    def __init__(self, reason: str) -> None:
        self.reason = reason
        what, todo = self._SENTENCES[reason]
        super().__init__(f"{what}; chưa ghi gì, {todo}.")


class StoreRefused(RecordsError):
    """The address of the database cannot be used at all."""

    code = "store-refused"


class SealRefused(RecordsError):
    """The key of identity numbers cannot be used, or a number was sealed with another one."""

    code = "seal-refused"

    def __init__(self, reason: str) -> None:
        super().__init__(f"Khóa số định danh: {reason}.")


class BytesDamaged(RecordsError):
    """The bytes kept under `sha256` are not those any more; never hand them out."""

    code = "bytes-damaged"

    def __init__(self, sha256: str) -> None:
        self.sha256 = sha256
        super().__init__(
            f"Nội dung văn bản ({sha256[:12]}…) không còn đúng mã băm; khôi phục từ bản sao lưu."
        )


class CopyFailed(RecordsError):
    """A copy of the database could not be taken, is not what was taken, or not be put back."""

    code = "copy-failed"

    def __init__(self, reason: str) -> None:
        super().__init__(f"Không sao lưu, khôi phục được: {reason}.")
