"""Writes the zip container of a .docx by hand, so that what never changes is packed once.

Equal members give equal bytes: fixed times, fixed order, no extra fields. Names are ASCII.
"""

import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

try:
    from isal import isal_zlib
except ImportError:  # an extra; zlib always is there
    isal_zlib = None  # type: ignore[assignment]

#: The sum is the same whoever computes it; isal takes a tenth of zlib's time.
_crc32: Final = zlib.crc32 if isal_zlib is None else isal_zlib.crc32
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
_END: Final = struct.Struct("<4s4H2LH")
_VERSION: Final = 20
#: 1 January 1980 in the format of the container, the first day it knows.
_FIRST_DAY: Final = 0x21
_STORED, _DEFLATED = 0, 8
_FIXED_LEVEL: Final = 9
#: Formats that are packed themselves.
_PACKED: Final = (".png", ".jpg", ".jpeg", ".gif")
_VARYING_LEVEL: Final = 6
_ISAL_LEVEL: Final = 2
#: A part of a page or two: the tables of level 2 take longer to set up than all of level 0.
_SMALL: Final = 32 * 1024
_ISAL_LEVEL_OF_SMALL: Final = 0


class Deflate(StrEnum):
    """Which library packs the varying parts.

    ZLIB gives the same bytes wherever Python's zlib does; ISAL is several times as quick and
    a few per cent larger (two thousand rows: two fifths), for previews and ceremonies.
    """

    ZLIB = "zlib"
    ISAL = "isal"


@dataclass(frozen=True, slots=True)
class Entry:
    """One member, packed: `size` and `crc` are those of the unpacked content."""

    name: bytes
    method: int
    crc: int
    packed: bytes
    size: int


@dataclass(frozen=True, slots=True)
class FixedEntries:
    """Members that are the same in every paper, joined: their bytes and their directory."""

    local: bytes
    central: bytes
    count: int


def pack_fixed(name: str, content: bytes) -> Entry:
    """Pack a member that is packed once: as small as it gets, stored when nothing is gained."""
    if name.lower().endswith(_PACKED):
        return store(name.encode(), content)
    packed = zlib.compress(content, _FIXED_LEVEL, -15)
    if len(packed) >= len(content):
        return Entry(name.encode(), _STORED, _crc32(content), content, len(content))
    return Entry(name.encode(), _DEFLATED, _crc32(content), packed, len(content))


def pack_varying(name: bytes, content: bytes, deflate: Deflate = Deflate.ZLIB) -> Entry:
    """Pack a member of one paper."""
    if deflate is Deflate.ISAL and isal_zlib is not None:
        level = _ISAL_LEVEL if len(content) > _SMALL else _ISAL_LEVEL_OF_SMALL
        packed = isal_zlib.compress(content, level, -15)
        return Entry(name, _DEFLATED, _crc32(content), packed, len(content))
    packed = zlib.compress(content, _VARYING_LEVEL, -15)
    return Entry(name, _DEFLATED, _crc32(content), packed, len(content))


def store(name: bytes, content: bytes) -> Entry:
    """Take a member that is packed already, such as a picture."""
    return Entry(name, _STORED, _crc32(content), content, len(content))


def join_fixed(entries: Iterable[Entry]) -> FixedEntries:
    """Join members that open a package, with their part of the directory."""
    local: list[bytes] = []
    central: list[bytes] = []
    offset = 0
    for entry in entries:
        header = _local_header(entry)
        local += (header, entry.packed)
        central.append(_central_record(entry, offset))
        offset += len(header) + len(entry.packed)
    return FixedEntries(b"".join(local), b"".join(central), len(central))


def write(fixed: FixedEntries, varying: Sequence[Entry]) -> list[bytes]:
    """Write a package as a list of buffers: the fixed members, then the varying ones."""
    buffers = [fixed.local]
    directory = [fixed.central]
    offset = len(fixed.local)
    for entry in varying:
        header = _local_header(entry)
        buffers += (header, entry.packed)
        directory.append(_central_record(entry, offset))
        offset += len(header) + len(entry.packed)
    central = b"".join(directory)
    count = fixed.count + len(varying)
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(central), offset, 0)
    buffers += (central, end)
    return buffers


def read_raw(package: bytes) -> Iterator[tuple[Entry, bytes]]:
    """Read the members of a package of our own making: packed, and unpacked."""
    for name, method, crc, size, packed in _read_directory(package):
        content = packed if method == _STORED else zlib.decompress(packed, -15)
        yield Entry(name, method, crc, packed, size), content


def _read_directory(package: bytes) -> Iterator[tuple[bytes, int, int, int, bytes]]:
    end = package.rindex(b"PK\5\6")
    *_, count, _size, at, _ = _END.unpack_from(package, end)
    for _ in range(count):
        record = _CENTRAL.unpack_from(package, at)
        method, crc, packed_size, size = record[4], record[7], record[8], record[9]
        name_size, extra_size, comment_size, offset = record[10], record[11], record[12], record[16]
        name = package[at + _CENTRAL.size : at + _CENTRAL.size + name_size]
        local = _LOCAL.unpack_from(package, offset)
        start = offset + _LOCAL.size + local[9] + local[10]
        yield name, method, crc, size, package[start : start + packed_size]
        at += _CENTRAL.size + name_size + extra_size + comment_size


def _local_header(entry: Entry) -> bytes:
    return (
        _LOCAL.pack(
            b"PK\3\4",
            _VERSION,
            0,
            entry.method,
            0,
            _FIRST_DAY,
            entry.crc,
            len(entry.packed),
            entry.size,
            len(entry.name),
            0,
        )
        + entry.name
    )


def _central_record(entry: Entry, offset: int) -> bytes:
    return (
        _CENTRAL.pack(
            b"PK\1\2",
            _VERSION,
            _VERSION,
            0,
            entry.method,
            0,
            _FIRST_DAY,
            entry.crc,
            len(entry.packed),
            entry.size,
            len(entry.name),
            0,
            0,
            0,
            0,
            0,
            offset,
        )
        + entry.name
    )
