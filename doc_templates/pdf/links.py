"""Finds what a package would fetch from outside itself.

An office suite follows such links while it lays a file out: it asks other machines for
pictures and prints files of this one. A link that only a reader can click is harmless.
"""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from doc_templates.errors import PaperUnreadable

_RELATIONSHIP: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VML: Final = (
    "{urn:schemas-microsoft-com:vml}",
    "{urn:schemas-microsoft-com:office:office}",
)
#: Addresses that a reader may click, and nothing follows by itself.
_CLICKED: Final = re.compile(r"(?:https?://|mailto:)[^\s]+", re.IGNORECASE)
#: Targets inside the package are relative or begin with one slash.
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:|//|.*\\")
#: Kinds of inner relationship that hold a file with links of its own, or a program.
_CARRIERS: Final = {
    "oleObject": "đối tượng nhúng (OLE)",
    "aFChunk": "tệp khác lồng vào (altChunk)",
    "subDocument": "văn bản con",
    "control": "điều khiển ActiveX",
    "vbaProject": "macro",
}
_FETCHING: Final = frozenset(
    {"INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "IMPORT", "LINK", "DDE", "DDEAUTO"}
)


def find_outside(members: dict[str, bytes]) -> tuple[str, ...]:
    """Name what would be fetched, as a clerk would say it; nothing when the package is closed.

    Raises:
        PaperUnreadable: a part is not well-formed XML, or carries a document type.
    """
    found: list[str] = []
    for name, content in members.items():
        if name.endswith(".rels"):
            found += _of_relationships(_parse(content))
        elif name.endswith(".xml"):
            found += _of_part(_parse(content))
    return tuple(dict.fromkeys(found))


def _parse(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise PaperUnreadable("Tệp .docx có phần bị hỏng: không đọc được XML bên trong.") from error
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise PaperUnreadable("Tệp .docx khai báo DOCTYPE: tệp không an toàn, không nhận.")
    return root


def _of_relationships(root: etree._Element) -> Iterator[str]:
    for relationship in root.iter(_RELATIONSHIP):
        kind = relationship.get("Type", "").rpartition("/")[2]
        target = relationship.get("Target", "").strip()
        if relationship.get("TargetMode", "").lower() == "external":
            if kind != "hyperlink" or not _CLICKED.fullmatch(target):
                yield f"liên kết ra ngoài ({kind})"
        elif _ABSOLUTE.match(target):
            yield f"liên kết ra ngoài ({kind})"
        elif kind in _CARRIERS:
            yield _CARRIERS[kind]


def _of_part(root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.startswith(_VML):
            names = {etree.QName(name).localname for name in element.attrib}
            if names & {"src", "href", "althref"} and element.tag.rpartition("}")[2] != "shape":
                yield "hình vẽ kiểu cũ trỏ ra ngoài (VML)"
    for instruction in _instructions(root):
        word = instruction.strip().partition(" ")[0].upper()
        if word in _FETCHING:
            yield f"trường {word}"


def _instructions(root: etree._Element) -> Iterator[str]:
    """Give the text of every field, joined where it is written in pieces."""
    for simple in root.iter(f"{_W}fldSimple"):
        yield simple.get(f"{_W}instr", "")
    opened: list[list[str]] = []
    for element in root.iter(f"{_W}fldChar", f"{_W}instrText"):
        if element.tag == f"{_W}instrText":
            if opened:
                opened[-1].append(element.text or "")
            else:
                yield element.text or ""
        elif element.get(f"{_W}fldCharType") == "begin":
            opened.append([])
        elif element.get(f"{_W}fldCharType") == "end" and opened:
            yield "".join(opened.pop())
    for pieces in opened:
        yield "".join(pieces)
