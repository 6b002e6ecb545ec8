"""What can go wrong with a paper.

PaperError
  FormUnknown       there is no form for this kind
  FormInvalid       the template has faults; carries all of them
  MergeFailed       the values do not fill the template
  PaperUnreadable   the bytes are not a .docx that can be read
  PaperUnsupported  the paper holds what our own engine does not lay out; carries all places
  PaperUnfit        the values cannot make this paper; carries all faults
  EngineMissing     no program that lays papers out is installed
  EngineBusy        that program has others to serve
  ConversionFailed  it gave no PDF
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateFault:
    """One fault of a template.

    `part` is the part's name as a clerk would say it ("thân văn bản", "đầu trang 1");
    `paragraph` counts from 1 within that part, 0 when the fault has no paragraph;
    `quoted` is the text at fault, shortened; `message` says what is wrong and what to do.
    """

    part: str
    paragraph: int
    quoted: str
    message: str

    def __str__(self) -> str:
        place = f"{self.part}, đoạn {self.paragraph}" if self.paragraph else self.part
        quoted = f", “{self.quoted}”" if self.quoted else ""
        return f"{place}{quoted}: {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFault:
    """One value that a paper cannot be made of.

    `pointer` is a JSON pointer into the paper ("/signature/post"); `code` is kebab-case
    and never changes once released.
    """

    pointer: str
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.pointer}: {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFinding:
    """One construct of a paper that is not laid out.

    `construct` names it in Vietnamese; `part`, `paragraph` and `quoted` are as in
    `TemplateFault`.
    """

    part: str
    paragraph: int
    quoted: str
    construct: str

    def __str__(self) -> str:
        place = f"đoạn {self.paragraph}" if self.paragraph else ""
        place = ", ".join(filter(None, (self.part if self.part != "thân văn bản" else "", place)))
        quoted = f", “{self.quoted}”" if self.quoted else ""
        return f"{place or self.part}{quoted}: {self.construct} chưa hỗ trợ"


class PaperError(Exception):
    """Any error of this package."""

    code: ClassVar[str] = "paper-error"


class FormUnknown(PaperError):
    """There is no form for this kind of document."""

    code = "form-unknown"

    def __init__(self, kind: str, known: tuple[str, ...]) -> None:
        self.kind = kind
        self.known = known
        super().__init__(
            f"Không có biểu mẫu cho loại “{kind}”. Các loại có mẫu: {', '.join(known)}."
        )


class FormInvalid(PaperError):
    """A template cannot be used; `faults` lists everything wrong with it."""

    code = "form-invalid"

    def __init__(self, form: str, faults: tuple[TemplateFault, ...]) -> None:
        self.form = form
        self.faults = faults
        listed = "\n".join(f"- {fault}" for fault in faults)
        super().__init__(f"Mẫu “{form}” có {len(faults)} lỗi:\n{listed}")


class MergeFailed(PaperError):
    """A template could not be filled.

    `name` is the placeholder ("" when none is to blame), `near` the nearest text.
    """

    code = "merge-failed"

    def __init__(self, *, form: str, part: str, name: str, near: str, reason: str) -> None:
        self.form = form
        self.part = part
        self.name = name
        self.near = near
        place = f"mẫu “{form}”, {part}"
        if near:
            place += f", gần “{near}”"
        super().__init__(f"Không điền được văn bản ({place}): {reason}")


class PaperUnreadable(PaperError):
    """The bytes are not a Word document (.docx) that can be read."""

    code = "paper-unreadable"


class PaperUnsupported(PaperError):
    """The paper holds what our own engine does not lay out; `findings` names every place."""

    code = "paper-unsupported"

    def __init__(self, findings: tuple[PaperFinding, ...]) -> None:
        self.findings = findings
        listed = "\n".join(f"- {finding}" for finding in findings)
        super().__init__(
            f"Bộ dàn trang của chương trình chưa dàn được {len(findings)} chỗ trong tệp này:\n"
            f"{listed}\nHãy bỏ các chỗ đó trong Word, hoặc lập tệp PDF bằng LibreOffice."
        )


class PaperUnfit(PaperError):
    """The values given cannot make the paper asked for; `faults` lists all reasons."""

    code = "paper-unfit"

    def __init__(self, faults: tuple[PaperFault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


class EngineMissing(PaperError):
    """The program that lays papers out is not installed, or does not start."""

    code = "engine-missing"

    def __init__(self, engine: str) -> None:
        self.engine = engine
        super().__init__(
            f"Máy này chưa có {engine} để lập tệp PDF. Hãy cài {engine} Writer bản 25.2 trở lên "
            "cùng phông chữ Liberation (Debian, Ubuntu: apt install libreoffice-writer-nogui "
            "fonts-liberation) sao cho gõ được lệnh “soffice”, rồi làm lại; hoặc mở tệp Word và "
            "in từ đó."
        )


class EngineBusy(PaperError):
    """The program that lays papers out has too many others to serve."""

    code = "engine-busy"

    def __init__(self, engine: str) -> None:
        self.engine = engine
        super().__init__(f"{engine} đang lập nhiều tệp PDF khác; hãy thử lại sau ít phút.")


class ConversionFailed(PaperError):
    """A paper could not be laid out; `said` is what the program said, for the log."""

    code = "conversion-failed"

    def __init__(self, reason: str, *, said: str = "") -> None:
        self.said = said
        super().__init__(reason)


class ArrangementInvalid(PaperError):
    """The file of a certificate's sheet cannot be used; `faults` are sentences with their place."""

    code = "arrangement-invalid"

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class PaperUnfixable(PaperError):
    """A file must not be mended by a program; `reasons` are phrases."""

    code = "paper-unfixable"

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(f"Không sửa tệp này: {'; '.join(self.reasons)}.")


class PaperDeviates(PaperError):
    """A paper is against the words of the decree; `findings` are sentences with their place."""

    code = "paper-deviates"

    def __init__(self, findings: Sequence[str]) -> None:
        self.findings = tuple(findings)
        listed = "\n".join(f"- {finding}" for finding in self.findings)
        super().__init__(
            f"Văn bản có {len(self.findings)} chỗ trái thể thức, chưa ban hành:\n{listed}\n"
            "Hãy sửa dự thảo hoặc mẫu Word; nếu vẫn ban hành thì ghi lý do."
        )
