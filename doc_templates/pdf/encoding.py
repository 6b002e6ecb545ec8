"""The official typeface as fonts of a PDF: two fixed single-byte codes for each face.

The first code holds what Vietnamese papers are written with, the space at 32 so that PDF's
word spacing acts on it; the second the rest of the face. Nothing depends on the paper: font
programs, widths and the table back to Unicode are made once and are the same in every file.
"""

import re
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from reportlab.pdfbase import pdfdoc

from doc_templates.layout import faces
from doc_templates.layout.faces import Face

#: Codes that no string needs to escape by more than one sign.
_FREE: Final = (*range(128, 256), *range(14, 32), *range(1, 9), 11, 12)
_ASCII: Final = range(32, 127)
#: The letters of Vietnamese beyond ASCII.
_LETTERS: Final = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư" + "".join(
    map(chr, range(0x1EA0, 0x1EFA))
)
_FIRST_SIGNS: Final = "\u00a0–—‘’“”…•«»°§·×±½€†′″©®"
_ESCAPED: Final = {"(": r"\(", ")": r"\)", "\\": r"\\"}
#: Of a font that has signs of its own, so that its cmap is taken as it is.
_SYMBOLIC: Final = 4
_SERIF: Final = 2
_ITALIC: Final = 64
_BOLD_STEM: Final = 165
_STEM: Final = 80


@dataclass(frozen=True, slots=True)
class Code:
    """One single-byte code of a face: the font's name and how letters are written in it."""

    name: str
    face: Face
    letters: tuple[str, ...]
    program: bytes
    size: int
    to_unicode: bytes


@dataclass(frozen=True, slots=True)
class Encoding:
    """Both codes of a face. `table` writes letters of the first code as its bytes, escaped;
    `others` are the letters of the second; `rare` finds
    what is not in the first, `cuts` cuts a text by code."""

    first: Code
    second: Code
    table: dict[int, str]
    others: dict[int, str]
    rare: re.Pattern[str]
    cuts: re.Pattern[str]

    def pieces(self, text: str) -> list[tuple[Code, str]]:
        """Cut a text by code and give each piece as the inside of a PDF string."""
        if not self.rare.search(text):
            return [(self.first, text.translate(self.table))]
        return [
            self._piece(found[0], is_first=found.lastindex is None)
            for found in self.cuts.finditer(text)
        ]

    def _piece(self, text: str, *, is_first: bool) -> tuple[Code, str]:
        if is_first:
            return self.first, text.translate(self.table)
        return self.second, text.translate(self.others)


@lru_cache(maxsize=4)
def encoding_of(name: str) -> Encoding:
    """Give the codes of a face."""
    face = faces.all_faces()[name]
    held = {chr(code) for code in face.file.charToGlyph}
    order = [letter for letter in (*_LETTERS, *_FIRST_SIGNS) if letter in held][: len(_FREE)]
    first: dict[int, str] = {code: chr(code) for code in _ASCII if chr(code) in held}
    first.update(zip(_FREE, order, strict=False))
    rest = sorted(held - set(first.values()))
    second: dict[int, str] = dict(zip((32, *_FREE), [" ", *rest], strict=False))
    table = {ord(letter): _written(code) for code, letter in first.items()}
    others = {ord(letter): _written(code) for code, letter in second.items() if letter != " "}
    for letter, shown in faces.SAME_LOOK.items():
        if ord(shown) in table:
            table.setdefault(ord(letter), table[ord(shown)])
        else:
            others.setdefault(ord(letter), others[ord(shown)])
    common = "".join(re.escape(chr(code)) for code in sorted(table))
    return Encoding(
        first=_code(face, name, first),
        second=_code(face, f"{name}-More", second),
        table=table,
        others=others,
        rare=re.compile(f"[^{common}]"),
        cuts=re.compile(f"[{common}]+|([^{common}]+)"),
    )


def _written(code: int) -> str:
    letter = chr(code)
    return _ESCAPED.get(letter, letter)


def _code(face: Face, name: str, letters: dict[int, str]) -> Code:
    last = max(letters)
    row = tuple(letters.get(code, "") for code in range(last + 1))
    subset = [ord(letter) if letter else 0xFFFF for letter in row]
    program = face.file.makeSubset(subset)
    packed = zlib.compress(program, 9)
    return Code(name, face, row, packed, len(program), zlib.compress(_to_unicode(row), 9))


def _to_unicode(letters: tuple[str, ...]) -> bytes:
    """Give the CMap that leads from codes back to letters."""
    pairs = [f"<{code:02X}> <{ord(letter):04X}>" for code, letter in enumerate(letters) if letter]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for block in blocks:
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode("ascii")


class _Written(pdfdoc.PDFObject):  # type: ignore[misc]  # reportlab has no types
    """An object that is written already, but for the numbers of the objects it names."""

    __RefOnly__ = 1

    def __init__(self, content: bytes, named: tuple["_Written", ...] = ()) -> None:
        self.content = content
        self.named = named

    def format(self, document: Any) -> bytes:
        """Give the bytes."""
        content = self.content
        for one in self.named:
            content = content.replace(b"%R", document.Reference(one).format(document), 1)
        return content


def add_font(document: Any, code: Code) -> pdfdoc.PDFObjectReference:
    """Put the font of a code into a document and give its reference."""
    program = _Written(_stream(code.program, f"/Length1 {code.size} "))
    unicode_map = _Written(_stream(code.to_unicode))
    descriptor = _Written(_descriptor_of(code.name, code.face), (program,))
    widths = _Written(_widths_of(code.face.name, code.letters))
    font = _Written(
        f"<< /Type /Font /Subtype /TrueType /BaseFont /{_base_name(code.name)} /FirstChar 0 "
        f"/LastChar {len(code.letters) - 1} /Widths %R /FontDescriptor %R "
        "/ToUnicode %R >>".encode(),
        (widths, descriptor, unicode_map),
    )
    for part in (program, unicode_map, descriptor, widths):
        document.Reference(part)
    return document.Reference(font)


def _stream(packed: bytes, more: str = "") -> bytes:
    head = f"<< /Filter /FlateDecode {more}/Length {len(packed)} >>\nstream\n"
    return head.encode() + packed + b"\nendstream\n"


def _base_name(name: str) -> str:
    return f"TRNHKY+{name}"


def _descriptor_of(name: str, face: Face) -> bytes:
    file = face.file
    flags = _SYMBOLIC | _SERIF | (_ITALIC if "Italic" in name else 0)
    box = " ".join(str(round(edge)) for edge in file.bbox)
    return (
        f"<< /Type /FontDescriptor /FontName /{_base_name(name)} /Flags {flags} "
        f"/FontBBox [{box}] /ItalicAngle {round(file.italicAngle)} /Ascent {round(file.ascent)} "
        f"/Descent {round(file.descent)} /CapHeight {round(file.capHeight)} "
        f"/StemV {_BOLD_STEM if 'Bold' in name else _STEM} /FontFile2 %R >>"
    ).encode()


@lru_cache(maxsize=8)
def _widths_of(name: str, letters: tuple[str, ...]) -> bytes:
    face = faces.all_faces()[name]
    widths = (f"{face.width(letter) * 1000:.6g}" if letter else "0" for letter in letters)
    return b"[" + " ".join(widths).encode() + b"]"
