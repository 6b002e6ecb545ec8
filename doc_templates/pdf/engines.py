"""Chooses what lays a Word file out: our own engine, or LibreOffice where ours does not reach.

Our own refuses what it does not know and never draws something like it. By itself the choice
falls on ours; on LibreOffice only for a file that ours refuses and where it is installed, and
the answer says so.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from doc_templates.errors import ConversionFailed, PaperUnsupported
from doc_templates.layout.display import Box
from doc_templates.layout.stamps import stamp_code, stamp_draft
from doc_templates.pdf import fast, libreoffice
from doc_templates.pdf.finishing import add_fields, make_archival
from doc_templates.pdf.writer import Entry, Properties, properties_of, write

#: How ours is called where an engine is named.
OURS: Final = f"trinhky {fast.VERSION}"


class Engine(StrEnum):
    """Which engine is asked for; AUTO takes ours where it can."""

    AUTO = "auto"
    FAST = "fast"
    LIBREOFFICE = "libreoffice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """What a PDF gets beyond its pages; nothing unless asked for.

    `is_archival`: PDF/A-2b. `has_fields`: fields for signature and seal. `code`: what a QR code
    on the first page says, such as the address where the paper can be verified; "" for none.
    """

    is_archival: bool = False
    has_fields: bool = False
    code: str = ""

    def __bool__(self) -> bool:
        return self.is_archival or self.has_fields or bool(self.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """A file laid out. `engine` names what did it; `notice` says what to know of it, "" for
    nothing; `boxes` are named places on its pages, which only our own engine knows."""

    pdf: bytes
    engine: str
    notice: str = ""
    boxes: tuple[Box, ...] = ()


def convert(
    docx: bytes,
    *,
    engine: Engine = Engine.AUTO,
    seconds: float = 60,
    unoserver: str = "",
    properties: Properties | None = None,
    is_draft: bool = False,
    finish: Finish | None = None,
) -> Conversion:
    """Lay a Word file out as PDF; safe to call from several threads at once.

    `unoserver` is the address of a running unoserver ("127.0.0.1:2003"), "" for none. Our own
    engine writes `properties` into the file, else those of the Word file, and a frame with
    DỰ THẢO over the first page where `is_draft`; only ours knows how to `finish`.

    Raises:
        PaperUnreadable: not a Word document within limits.
        PaperUnsupported: our engine does not lay it out, and LibreOffice was not allowed or
            is not installed.
        EngineMissing, EngineBusy, ConversionFailed: see `libreoffice.convert`.
    """
    if engine is not Engine.LIBREOFFICE:
        try:
            layout = fast.lay_out(docx, seconds=seconds)
            if is_draft:
                stamp_draft(layout)
            if finish and finish.code:
                stamp_code(layout, finish.code)
            content = write([Entry(layout)], properties or properties_of(layout))
            if finish:
                content = _finish(content, finish, layout.boxes)
            return Conversion(pdf=content, engine=OURS, boxes=tuple(layout.boxes))
        except PaperUnsupported:
            if finish or engine is Engine.FAST or not (unoserver or libreoffice.is_there()):
                raise
    if finish:
        raise ConversionFailed(
            "PDF/A, ô chữ ký và mã QR chỉ lập được bằng bộ dàn trang của chương trình; hãy bỏ "
            "các mục đó, hoặc chọn --engine fast."
        )
    made = libreoffice.convert(docx, seconds=seconds, unoserver=unoserver)
    name = f"LibreOffice {made.engine.version}".strip()
    return Conversion(pdf=made.pdf, engine=name, notice=made.notice)


def _finish(pdf: bytes, finish: Finish, boxes: list[Box]) -> bytes:
    if finish.has_fields:
        if not any(box.name == "signature" for box in boxes):
            raise ConversionFailed(
                "Không tìm thấy chỗ ký trong tệp này (đoạn kiểu “Chỗ ký”) để đặt ô chữ ký; hãy "
                "dùng mẫu của chương trình, hoặc đặt kiểu ấy cho khoảng trống trên họ tên."
            )
        pdf = add_fields(pdf, boxes)
    return make_archival(pdf) if finish.is_archival else pdf
