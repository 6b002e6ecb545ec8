"""Many papers at once: one ZIP, written as it grows; or one .docx for the printer.

Neither holds more than one paper in memory, however many there are.
"""

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO, Final

from doc_templates.errors import MergeFailed
from doc_templates.merge import package, renderer
from doc_templates.merge.compiler import CompiledForm, Tier, VaryingPart
from doc_templates.merge.values import Values

_LOCAL: Final = struct.Struct("<4s5H3L2H")
_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
_END: Final = struct.Struct("<4s4H2LH")
_END_64: Final = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64: Final = struct.Struct("<4sLQL")
_VERSION: Final = 45
_FIRST_DAY: Final = 0x21
_UTF8: Final = 0x800
_STORED, _DEFLATED = 0, 8
#: What 32 and 16 bits hold; beyond it the container needs its 64-bit records.
_MOST_BYTES: Final = 0xFFFFFFFF
_MOST_MEMBERS: Final = 0xFFFF
#: Ends a paper with the section it was set in, in a paragraph that takes no room.
_SECTION_BREAK: Final = (
    b'<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    b"%s</w:pPr></w:p>"
)
_PAGE_BREAK: Final = b'<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


class ZipWriter:
    """Writes a ZIP to a file that is only ever added to. Members are stored as they are.

    Papers are packed already. Names may hold any letter; times are the first day of the
    format, so equal papers give equal archives. `most_bytes` and `most_members` are where the
    64-bit records begin.
    """

    def __init__(
        self,
        target: BinaryIO,
        *,
        most_bytes: int = _MOST_BYTES,
        most_members: int = _MOST_MEMBERS,
    ) -> None:
        self._target = target
        self._most_bytes = most_bytes
        self._most_members = most_members
        self._offset = 0
        self._directory: list[bytes] = []

    def add(self, name: str, content: bytes) -> None:
        """Add a member.

        Raises:
            ValueError: the member alone is larger than a paper can be (4 GiB).
        """
        size = len(content)
        if size > _MOST_BYTES:
            raise ValueError(f"{name}: {size} bytes")
        encoded = name.encode()
        crc = zlib.crc32(content)
        header = _LOCAL.pack(
            b"PK\3\4", 20, _UTF8, _STORED, 0, _FIRST_DAY, crc, size, size, len(encoded), 0
        )
        self._directory.append(self._record(encoded, crc, size))
        self._target.write(header + encoded)
        self._target.write(content)
        self._offset += len(header) + len(encoded) + size

    @property
    def count(self) -> int:
        """How many members there are."""
        return len(self._directory)

    def finish(self) -> int:
        """Write the directory; gives the size of the archive. Nothing may be added after."""
        start, count = self._offset, len(self._directory)
        size = 0
        for record in self._directory:
            self._target.write(record)
            size += len(record)
        written = start + size
        if count > self._most_members or start > self._most_bytes:
            self._target.write(
                _END_64.pack(b"PK\6\6", 44, _VERSION, _VERSION, 0, 0, count, count, size, start)
            )
            self._target.write(_LOCATOR_64.pack(b"PK\6\7", 0, written, 1))
            written += _END_64.size + _LOCATOR_64.size
            count, size, start = _MOST_MEMBERS, min(size, _MOST_BYTES), _MOST_BYTES
        self._target.write(_END.pack(b"PK\5\6", 0, 0, count, count, size, start, 0))
        return written + _END.size

    def _record(self, name: bytes, crc: int, size: int) -> bytes:
        extra, offset = b"", self._offset
        if offset > self._most_bytes:
            extra, offset = struct.pack("<2HQ", 1, 8, offset), _MOST_BYTES
        version = _VERSION if extra else 20
        return (
            _CENTRAL.pack(
                b"PK\1\2",
                version,
                version,
                _UTF8,
                _STORED,
                0,
                _FIRST_DAY,
                crc,
                size,
                size,
                len(name),
                len(extra),
                0,
                0,
                0,
                0,
                offset,
            )
            + name
            + extra
        )


def write_zip(target: BinaryIO, papers: Iterable[tuple[str, bytes]]) -> int:
    """Write papers into one ZIP as they come, each under its name; gives how many there were.

    The caller opens and closes `target`, which is only ever added to.
    """
    writer = ZipWriter(target)
    for name, content in papers:
        writer.add(name, content)
    writer.finish()
    return writer.count


def write_joined(
    target: BinaryIO, form: CompiledForm, contexts: Iterable[Mapping[str, Any]]
) -> int:
    """Write one .docx that holds a paper for each context, each beginning on a page
    of its own, with its pages counted from 1.

    Headers, footers and properties are those of the first paper. Drawings are numbered through.
    The caller opens and closes `target`, which is only ever added to. Gives how many papers
    there are.

    Raises:
        MergeFailed: as `render`; or the form cannot be joined, or a paper holds a picture of
            its own, or there is no context at all.
    """
    if form.tier is Tier.DOCXTPL:
        raise _refused(form, "mẫu bậc C không ghép nhiều văn bản vào một tệp được")
    body = next(part for part in form.parts if part.is_body)
    rest = iter(contexts)
    first = next(rest, None)
    if first is None:
        raise _refused(form, "không có văn bản nào để ghép")
    opening = _values(form, first)
    others = [
        package.pack_varying(
            part.member, part.before + renderer.fill(form, part, opening) + part.after
        )
        for part in form.parts
        if not part.is_body
    ]
    local = b"".join(package.write(form.fixed, others)[:-2])
    target.write(local)
    counted = _Counter()
    pieces = _bodies(form, body, opening, rest, counted)
    streamed = _Streamed(body.member, len(local))
    for piece in streamed.write(pieces):
        target.write(piece)
    directory = streamed.directory(form, others)
    target.write(directory)
    return counted.papers


class _Counter:
    """How many papers and drawings have been written."""

    __slots__ = ("drawings", "papers")

    def __init__(self) -> None:
        self.papers = 0
        self.drawings = 1000


def _bodies(
    form: CompiledForm,
    body: VaryingPart,
    opening: Values,
    rest: Iterator[Mapping[str, Any]],
    counted: _Counter,
) -> Iterator[bytes]:
    """Give the body's bytes piece by piece: content, page break, content …, section."""
    section = _numbered_anew(_last_section(renderer.fill(form, body, opening)))
    yield body.before
    for given in _given(form, opening, rest):
        content = renderer.fill(form, body, given)
        if counted.papers:
            yield _SECTION_BREAK % section if section else _PAGE_BREAK
        drawings = content.count(b"<wp:docPr")
        content = renderer.number_drawings(content, after=counted.drawings)
        counted.drawings += drawings
        counted.papers += 1
        yield content.removesuffix(_last_section(content))
    yield section + body.after


def _given(
    form: CompiledForm, opening: Values, rest: Iterator[Mapping[str, Any]]
) -> Iterator[Values]:
    yield opening
    for context in rest:
        yield _values(form, context)


def _values(form: CompiledForm, context: Mapping[str, Any]) -> Values:
    given = Values(form.name, context, is_strict=form.is_checked, with_keys=form.prints_keys)
    if given.pictures:
        raise _refused(form, "văn bản có ảnh riêng không ghép vào một tệp được; hãy dùng ZIP")
    return given


def _numbered_anew(section: bytes) -> bytes:
    """Let a section count its pages from 1, as a paper by itself does."""
    if not section or b"<w:pgNumType" in section:
        return section
    for follower in (b"<w:cols", b"<w:titlePg", b"<w:docGrid", b"</w:sectPr>"):
        if follower in section:
            return section.replace(follower, b'<w:pgNumType w:start="1"/>' + follower, 1)
    return section


def _last_section(content: bytes) -> bytes:
    """Give the properties of a body's last section, its last element; b"" when it has none."""
    at = content.rfind(b"<w:sectPr")
    if at < 0 or b"</w:p>" in content[at:]:
        return b""
    return content[at:]


class _Streamed:
    """One deflated member written as it grows; its size and sum stand behind it."""

    def __init__(self, name: bytes, offset: int) -> None:
        self._name = name
        self._offset = offset
        self._crc = 0
        self._size = 0
        self._packed = 0

    def write(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Give the bytes of the member: header, packed content, what was not known before."""
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        yield (
            _LOCAL.pack(b"PK\3\4", 20, 8, _DEFLATED, 0, _FIRST_DAY, 0, 0, 0, len(self._name), 0)
            + self._name
        )
        for piece in pieces:
            self._crc = zlib.crc32(piece, self._crc)
            self._size += len(piece)
            packed = packer.compress(piece)
            self._packed += len(packed)
            yield packed
        packed = packer.flush()
        self._packed += len(packed)
        yield packed
        yield struct.pack("<4s3L", b"PK\7\10", self._crc, self._packed, self._size)

    def directory(self, form: CompiledForm, others: list[package.Entry]) -> bytes:
        """Give the directory of the package, after the member was written."""
        central = b"".join(package.write(form.fixed, others)[-2:-1])
        central += (
            _CENTRAL.pack(
                b"PK\1\2",
                20,
                20,
                8,
                _DEFLATED,
                0,
                _FIRST_DAY,
                self._crc,
                self._packed,
                self._size,
                len(self._name),
                0,
                0,
                0,
                0,
                0,
                self._offset,
            )
            + self._name
        )
        start = self._offset + _LOCAL.size + len(self._name) + self._packed + 16
        count = form.fixed.count + len(others) + 1
        return central + _END.pack(b"PK\5\6", 0, 0, count, count, len(central), start, 0)


def _refused(form: CompiledForm, reason: str) -> MergeFailed:
    return MergeFailed(form=form.name, part="", name="", near="", reason=reason)
