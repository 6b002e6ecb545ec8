"""Opens a .docx within limits, and writes one with fixed order and times.

Equal members give equal bytes: no clock, no user, no machine is left in the file.
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
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_CONTENT_TYPES: Final = "[Content_Types].xml"
_DOCUMENT: Final = "word/document.xml"
_NAME: Final = re.compile(r"(?!/)(?!.*(?:^|/)\.{1,2}(?:/|$))[A-Za-z0-9_\-. \[\]/]+")
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def read_members(docx: bytes) -> dict[str, bytes]:
    """Read all members of a package by name, in the order in which they are written.

    Raises:
        PaperUnreadable: not a Word document, damaged, encrypted or beyond the limits.
    """
    if len(docx) > MOST_PACKED_BYTES:
        limit = MOST_PACKED_BYTES // 1024 // 1024
        raise PaperUnreadable(f"Tệp lớn hơn {limit} MB: không phải mẫu văn bản hành chính.")
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as package:
            return _read_within_limits(package)
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


def _read_within_limits(package: zipfile.ZipFile) -> dict[str, bytes]:
    infos = package.infolist()
    names = [info.filename for info in infos]
    if len(infos) > MOST_MEMBERS or len({name.lower() for name in names}) != len(names):
        raise PaperUnreadable("Tệp .docx có quá nhiều thành phần hoặc thành phần trùng tên.")
    if not all(_NAME.fullmatch(info.filename) and info.compress_type in _METHODS for info in infos):
        raise PaperUnreadable("Tệp .docx có thành phần mang tên lạ hoặc nén theo cách lạ.")
    if sum(info.file_size for info in infos) > MOST_UNPACKED_BYTES:
        raise PaperUnreadable("Tệp .docx khi giải nén vượt giới hạn cho phép.")
    if _DOCUMENT not in names or _CONTENT_TYPES not in names:
        raise PaperUnreadable("Tệp không phải văn bản Word (.docx): thiếu phần thân văn bản.")
    return {name: package.read(name) for name in names if not name.endswith("/")}


def write_members(members: dict[str, bytes]) -> bytes:
    """Write a package: content types first, the rest in the order of their names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name in sorted(members, key=lambda name: (name != _CONTENT_TYPES, name)):
            info = zipfile.ZipInfo(name, date_time=_EPOCH)
            info.create_system = 0
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, members[name], compresslevel=6)
    return buffer.getvalue()


def replace_text(docx: bytes, old: str, new: str) -> bytes:
    """Replace a text in every XML member of a package of our own making.

    `old` must stand whole in the file, which is why it is a mark no value may hold. `new`
    is taken as it is and must need no escaping.
    """
    mark, text = old.encode(), new.encode()
    members = read_members(docx)
    return write_members(
        {
            name: content.replace(mark, text) if name.endswith(".xml") else content
            for name, content in members.items()
        }
    )
