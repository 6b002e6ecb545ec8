"""Opens a .docx within limits, and writes one with fixed order and times.

Equal members give equal bytes: no clock, no user, no machine is left in the file.
"""

import io
import re
import struct
import zipfile
import zlib
from typing import Final

from doc_templates.errors import PaperUnreadable
from doc_templates.merge import package

#: Limits of a package that is read; far above any official paper.
MOST_MEMBERS: Final = 300
MOST_UNPACKED_BYTES: Final = 30 * 1024 * 1024
MOST_PACKED_BYTES: Final = 5 * 1024 * 1024
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_CONTENT_TYPES: Final = "[Content_Types].xml"
_DOCUMENT: Final = "word/document.xml"
_NAME: Final = re.compile(r"(?!/)(?!.*(?:^|/)\.{1,2}(?:/|$))[A-Za-z0-9_\-. \[\]/]+")
_NO_WORD_FILE: Final = (
    "Không mở được tệp: cần một tệp Word dạng .docx không hỏng, không đặt mật khẩu."
)
#: What Python raises on a container that is damaged, encrypted or none.
UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def check_limits(docx: bytes) -> None:
    """See to it that a file is not larger than any template.

    Raises:
        PaperUnreadable: it is.
    """
    if len(docx) > MOST_PACKED_BYTES:
        limit = MOST_PACKED_BYTES // 1024 // 1024
        raise PaperUnreadable(f"Tệp lớn hơn {limit} MB: không phải mẫu văn bản hành chính.")


def check_package(docx: bytes) -> None:
    """See to it that a file is a package within the limits, without unpacking it.

    Raises:
        PaperUnreadable: it is not.
    """
    check_limits(docx)
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as opened:
            _check_size(opened.infolist())
    except UNREADABLE as error:
        raise PaperUnreadable(_NO_WORD_FILE) from error


def read_members(docx: bytes, *, is_ours: bool = False) -> dict[str, bytes]:
    """Read all members of a package by name, in the order in which they are written.

    `is_ours` says that we wrote it ourselves, from one that had passed.

    Raises:
        PaperUnreadable: not a Word document, damaged, encrypted or beyond the limits.
    """
    if not is_ours:
        check_limits(docx)
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as opened:
            return _read_within_limits(opened, is_ours=is_ours)
    except UNREADABLE as error:
        raise PaperUnreadable(_NO_WORD_FILE) from error


def _read_within_limits(opened: zipfile.ZipFile, *, is_ours: bool) -> dict[str, bytes]:
    infos = opened.infolist()
    if is_ours:
        return {info.filename: opened.read(info) for info in infos}
    names = [info.filename for info in infos]
    if len(infos) > MOST_MEMBERS or len({name.lower() for name in names}) != len(names):
        raise PaperUnreadable("Tệp .docx có quá nhiều thành phần hoặc thành phần trùng tên.")
    if not all(_NAME.fullmatch(info.filename) and info.compress_type in _METHODS for info in infos):
        raise PaperUnreadable("Tệp .docx có thành phần mang tên lạ hoặc nén theo cách lạ.")
    _check_size(infos)
    if _DOCUMENT not in names or _CONTENT_TYPES not in names:
        raise PaperUnreadable("Tệp không phải văn bản Word (.docx): thiếu phần thân văn bản.")
    return {name: opened.read(name) for name in names if not name.endswith("/")}


def _check_size(infos: list[zipfile.ZipInfo]) -> None:
    if sum(info.file_size for info in infos) > MOST_UNPACKED_BYTES:
        raise PaperUnreadable("Tệp .docx khi giải nén vượt giới hạn cho phép.")


def write_members(members: dict[str, bytes]) -> bytes:
    """Write a package: content types first, the rest in the order of their names."""
    order = sorted(members, key=lambda name: (name != _CONTENT_TYPES, name))
    fixed = package.join_fixed(package.pack_fixed(name, members[name]) for name in order)
    return b"".join(package.write(fixed, ()))


def replace_text(docx: bytes, old: str, new: str) -> bytes:
    """Replace a text in every XML member of a package of our own making.

    `old` must stand whole in the file, which is why it is a mark no value may hold. `new`
    is taken as it is and must need no escaping. The result is the same, byte for byte, as if
    the paper had been filled with `new` in the first place.

    Raises:
        PaperUnreadable: the bytes are not such a package.
    """
    mark, text = old.encode(), new.encode()
    try:
        entries = list(package.read_raw(docx))
    except (ValueError, struct.error, zlib.error) as error:
        raise PaperUnreadable("Không phải tệp .docx do chương trình này lập.") from error
    return b"".join(
        package.write(
            package.join_fixed(()),
            [
                package.pack_varying(entry.name, content.replace(mark, text))
                if mark in content and entry.name.endswith(b".xml")
                else entry
                for entry, content in entries
            ],
        )
    )
