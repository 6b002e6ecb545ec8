"""Opens the zip container of a .docx within limits; what cannot be an official paper is refused.

Both sides stand on it: the side that fills templates and the side that reads papers.
"""

import io
import re
import zipfile
import zlib
from typing import Final

from doc_templates.errors import PaperUnreadable

#: Limits of a package that is read; far above any official paper.
MOST_MEMBERS: Final = 300
MOST_UNPACKED_BYTES: Final = 30 * 1024 * 1024
MOST_PACKED_BYTES: Final = 5 * 1024 * 1024
CONTENT_TYPES: Final = "[Content_Types].xml"
DOCUMENT: Final = "word/document.xml"
_NAME: Final = re.compile(r"(?!/)(?!.*(?:^|/)\.{1,2}(?:/|$))[A-Za-z0-9_\-. \[\]/]+")
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def check_limits(docx: bytes, *, most_bytes: int = MOST_PACKED_BYTES) -> None:
    """See to it that a file is not larger than any paper.

    Raises:
        PaperUnreadable: it is.
    """
    if len(docx) > most_bytes:
        limit = most_bytes // 1024 // 1024
        raise PaperUnreadable(f"Tệp lớn hơn {limit} MB: không phải mẫu văn bản hành chính.")


def read_members(
    docx: bytes,
    *,
    is_ours: bool = False,
    most_bytes: int = MOST_PACKED_BYTES,
    most_unpacked: int = MOST_UNPACKED_BYTES,
) -> dict[str, bytes]:
    """Read all members of a package by name, in the order in which they are written.

    `is_ours` says that we wrote it ourselves, from one that had passed.

    Raises:
        PaperUnreadable: not a Word document, damaged, encrypted or beyond the limits.
    """
    if not is_ours:
        check_limits(docx, most_bytes=most_bytes)
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as opened:
            if is_ours:
                return {info.filename: opened.read(info) for info in opened.infolist()}
            return _read_within_limits(opened, most_unpacked)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        EOFError,
        OSError,
        RuntimeError,
        ValueError,
    ) as error:
        raise PaperUnreadable(
            "Không mở được tệp: cần một tệp Word dạng .docx không hỏng, không đặt mật khẩu."
        ) from error


def _read_within_limits(opened: zipfile.ZipFile, most_unpacked: int) -> dict[str, bytes]:
    infos = opened.infolist()
    names = [info.filename for info in infos]
    if len(infos) > MOST_MEMBERS or len({name.lower() for name in names}) != len(names):
        raise PaperUnreadable("Tệp .docx có quá nhiều thành phần hoặc thành phần trùng tên.")
    if not all(_NAME.fullmatch(info.filename) and info.compress_type in _METHODS for info in infos):
        raise PaperUnreadable("Tệp .docx có thành phần mang tên lạ hoặc nén theo cách lạ.")
    if sum(info.file_size for info in infos) > most_unpacked:
        raise PaperUnreadable("Tệp .docx khi giải nén vượt giới hạn cho phép.")
    if CONTENT_TYPES not in names or not any(name.startswith("word/") for name in names):
        raise PaperUnreadable("Tệp không phải văn bản Word (.docx): thiếu phần thân văn bản.")
    return {name: opened.read(name) for name in names if not name.endswith("/")}
