"""Names every text that does not stand as it should, before anything is printed."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from doc_templates.certificates.arrangement import Arrangement
from doc_templates.certificates.setting import face_of, set_text
from doc_templates.certificates.values import Certificate


class Fault(StrEnum):
    """What is the matter with a text; `SHRUNK` is printed, the others are not."""

    SHRUNK = "shrunk"
    OVERFLOWS = "overflows"
    LETTER_MISSING = "letter-missing"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """One text to look at: on which certificate (counted from 1) and in which slot."""

    number: int
    recipient: str
    slot: str
    label: str
    fault: Fault
    text: str
    size: float
    lines: int

    @property
    def stops(self) -> bool:
        """Whether the certificate cannot be printed like this."""
        return self.fault is not Fault.SHRUNK

    def __str__(self) -> str:
        place = f"Tờ {self.number}, {self.recipient or '(chưa có tên)'}, {self.label}"
        match self.fault:
            case Fault.SHRUNK:
                return f"{place}: thu nhỏ còn cỡ {self.size:g}, {self.lines} dòng."
            case Fault.OVERFLOWS:
                return f"{place}: không vừa ô dù ở cỡ nhỏ nhất {self.size:g}; hãy viết ngắn hơn."
            case Fault.LETTER_MISSING:
                return f"{place}: phông chữ không có “{self.text}”; hãy gõ lại chữ đó."
            case Fault.EMPTY:
                return f"{place}: chưa có chữ; hãy nhập."


def fit_all(certificates: Iterable[Certificate], arrangement: Arrangement) -> list[Fit]:
    """Give what to look at, certificate by certificate; empty is well."""
    found: list[Fit] = []
    for number, certificate in enumerate(certificates, start=1):
        found += _fit(certificate, arrangement, number)
    return found


def _fit(certificate: Certificate, arrangement: Arrangement, number: int) -> list[Fit]:
    found = []
    texts = certificate.texts()
    for slot in arrangement.slots:
        text = texts[slot.name]
        made = set_text(text, slot)
        missing = face_of(slot).missing(text.replace("\n", ""))
        if missing:
            fault, shown = Fault.LETTER_MISSING, " ".join(sorted(missing))
        elif not text and slot.name == "recipient":
            fault, shown = Fault.EMPTY, ""
        elif made.overflows:
            fault, shown = Fault.OVERFLOWS, text
        elif made.is_shrunk:
            fault, shown = Fault.SHRUNK, text
        else:
            continue
        found.append(
            Fit(
                number=number,
                recipient=certificate.recipient,
                slot=slot.name,
                label=slot.label,
                fault=fault,
                text=shown,
                size=made.size,
                lines=len(made.lines),
            )
        )
    return found
