"""The package of a Word file: its parts as XML, its relationships, its pictures.

The main part is found by the relationships, as Word finds it, so that a file whose body has
another name is read too.
"""

import posixpath
import re
from functools import lru_cache
from typing import Final, NamedTuple

from lxml import etree

from doc_templates import containers
from doc_templates.errors import PaperUnreadable

#: A paper may carry scanned pictures, which a template does not.
MOST_PACKED_BYTES: Final = 20 * 1024 * 1024
MOST_UNPACKED_BYTES: Final = 60 * 1024 * 1024
_RELATIONSHIPS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_MACROS: Final = "vbaProject"
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_STRICT_NAME: Final = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/([\w/]+)")


class Relationship(NamedTuple):
    """A link of a part: the last word of its type, and the part it leads to.

    `target` is a part's name, or an address where `is_outside`.
    """

    kind: str
    target: str
    is_outside: bool


class Package:
    """The parts of one file.

    `is_strict` tells that it was saved as “Strict Open XML”: the same vocabulary under other
    names, which stand here under those that Word writes by default.
    """

    def __init__(self, docx: bytes) -> None:
        self.members = containers.read_members(
            docx, most_bytes=MOST_PACKED_BYTES, most_unpacked=MOST_UNPACKED_BYTES
        )
        strict = {
            name: _in_transitional_names(content)
            for name, content in self.members.items()
            if name.endswith((".xml", ".rels")) and _STRICT in content
        }
        self.is_strict = bool(strict)
        self.members |= strict
        self.main = containers.DOCUMENT
        for link in self.relationships("").values():
            if link.kind == "officeDocument" and link.target in self.members:
                self.main = link.target
        if self.main not in self.members:
            raise PaperUnreadable("Tệp không phải văn bản Word (.docx): thiếu phần thân văn bản.")

    def relationships(self, part: str) -> dict[str, Relationship]:
        """Give the links of a part by id ("" for the package itself); none where it has none."""
        folder, _, name = part.rpartition("/")
        source = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
        content = self.members.get(source)
        return read_relationships(content, folder) if content else {}

    def find(self, kind: str) -> str:
        """Give the name of the main part's only link of this kind, "" when it has none."""
        for link in self.relationships(self.main).values():
            if link.kind == kind and not link.is_outside and link.target in self.members:
                return link.target
        return ""

    def content_of(self, kind: str) -> bytes:
        """Give the bytes of that part, b"" when there is none."""
        return self.members.get(self.find(kind), b"")

    @property
    def has_macros(self) -> bool:
        """Tell whether programs are in the file."""
        return any(_MACROS in name for name in self.members)


def _in_transitional_names(content: bytes) -> bytes:
    """Write the names of a part of a strict file (ISO 29500-1) as a transitional one has them."""
    return _STRICT_NAME.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", content)


@lru_cache(maxsize=256)
def read_relationships(content: bytes, folder: str) -> dict[str, Relationship]:
    """Read the links of a part that stands in this folder.

    Raises:
        PaperUnreadable: the part is no XML.
    """
    links: dict[str, Relationship] = {}
    for element in parse(content).iter(f"{_RELATIONSHIPS}Relationship"):
        target = element.get("Target", "")
        is_outside = element.get("TargetMode", "").lower() == "external"
        if not is_outside:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        kind = element.get("Type", "").rpartition("/")[2]
        links[element.get("Id", "")] = Relationship(kind, target, is_outside)
    return links


def parse(content: bytes) -> etree._Element:
    """Parse a part; entities and document types are refused.

    Raises:
        PaperUnreadable: it is no XML, or not safe.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise PaperUnreadable("Tệp .docx có phần bị hỏng: không đọc được XML bên trong.") from error
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise PaperUnreadable("Tệp .docx khai báo DOCTYPE: tệp không an toàn, không nhận.")
    return root
