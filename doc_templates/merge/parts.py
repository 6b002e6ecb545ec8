"""The parts of a package that hold placeholders, and their paragraphs as plain text."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from doc_templates.errors import PaperUnreadable

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NAMES: Final = (
    ("word/document.xml", "thân văn bản"),
    ("word/header", "đầu trang"),
    ("word/footer", "chân trang"),
    ("word/footnotes", "chú thích cuối trang"),
    ("word/endnotes", "chú thích cuối văn bản"),
    ("word/comments", "ghi chú bên lề"),
    ("docProps/core.xml", "thuộc tính tệp"),
)
#: The parts in which placeholders are filled; elsewhere docxtpl fills none, or fills twice.
_FILLED: Final = ("word/document.xml", "word/header", "word/footer")
#: Why a part with a document type is refused; takes the name of the part.
DOCTYPE: Final = "Phần “{}” khai báo DOCTYPE: tệp không an toàn, không nhận."
_MOST_PARAGRAPHS: Final = 20_000
_MOST_BRACES: Final = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PartParagraph:
    """A paragraph of a part; `number` counts from 1 in the part, in reading order.

    `is_filled` says whether a placeholder in this part would be filled at all.
    """

    part: str
    number: int
    text: str
    is_filled: bool = True


def part_label(member: str) -> str:
    """Name a member as a clerk would: `word/header2.xml` → `đầu trang 2`; "" for others."""
    for prefix, label in _NAMES:
        if member.startswith(prefix):
            digits = "".join(letter for letter in member if letter.isdigit())
            return f"{label} {digits}".strip()
    return ""


def check_xml(members: dict[str, bytes]) -> None:
    """Check that every part is plain, well-formed XML, and not too much of it.

    Raises:
        PaperUnreadable: a part is damaged, carries a document type, or is beyond the limits.
    """
    for member, content in members.items():
        if not member.endswith((".xml", ".rels")):
            continue
        label = part_label(member) or member
        root = _parse(content, label)
        if sum(1 for _ in root.iter(f"{_W}p")) > _MOST_PARAGRAPHS:
            raise PaperUnreadable(f"Phần “{label}” có hơn {_MOST_PARAGRAPHS} đoạn.")
        if content.count(b"{") > _MOST_BRACES:
            raise PaperUnreadable(f"Phần “{label}” có quá nhiều ngoặc nhọn.")


def paragraphs(members: dict[str, bytes]) -> Iterator[PartParagraph]:
    """Go through all paragraphs that could hold a placeholder.

    Raises:
        PaperUnreadable: a part is not well-formed XML, or carries a document type.
    """
    for member in sorted(members, key=lambda name: (name != _NAMES[0][0], name)):
        label = part_label(member)
        if not label:
            continue
        root = _parse(members[member], label)
        if member.startswith("docProps/"):
            text = " ".join(str(text) for text in root.itertext())
            yield PartParagraph(part=label, number=0, text=text, is_filled=False)
            continue
        is_filled = member.startswith(_FILLED)
        for number, element in enumerate(root.iter(f"{_W}p"), start=1):
            yield PartParagraph(part=label, number=number, text=_text(element), is_filled=is_filled)


def style_ids(members: dict[str, bytes]) -> frozenset[str]:
    """List the ids of the styles that a package defines."""
    content = members.get("word/styles.xml")
    if content is None:
        return frozenset()
    root = _parse(content, "kiểu chữ")
    return frozenset(style.get(f"{_W}styleId", "") for style in root.iter(f"{_W}style"))


def _text(paragraph: etree._Element) -> str:
    """Join the texts of a paragraph without those of a paragraph nested in a text box."""
    words = []
    for text in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br"):
        if next(text.iterancestors(f"{_W}p")) is paragraph:
            words.append(text.text or "" if text.tag == f"{_W}t" else " ")
    return "".join(words)


def _parse(content: bytes, label: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise PaperUnreadable(f"Phần “{label}” của tệp bị hỏng: {error.msg}") from error
    about = root.getroottree().docinfo
    if getattr(about, "doctype", ""):
        raise PaperUnreadable(DOCTYPE.format(label))
    if (about.encoding or "UTF-8").upper() not in ("UTF-8", "ASCII", "US-ASCII"):
        raise PaperUnreadable(f"Phần “{label}” không ghi bằng UTF-8; hãy lưu lại bằng Word.")
    return root
