"""Paragraphs, runs and texts of a Word file as they are written; how to change them in place."""

import io
import unicodedata
import zipfile
from collections.abc import Iterator
from typing import Final

from lxml import etree

from doc_templates.reading.names import MC, VAL, W, child, local

_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
#: The order of elements in a run's and a paragraph's properties that the schema asks for.
_RUN_ORDER: Final = [
    "rStyle",
    "rFonts",
    "b",
    "bCs",
    "i",
    "iCs",
    "caps",
    "smallCaps",
    "strike",
    "color",
    "spacing",
    "sz",
    "szCs",
]
_AFTER_SPACING: Final = frozenset(
    [
        "ind",
        "contextualSpacing",
        "mirrorIndents",
        "suppressOverlap",
        "jc",
        "textDirection",
        "textAlignment",
        "textboxTightWrap",
        "outlineLvl",
        "divId",
        "cnfStyle",
        "rPr",
        "sectPr",
        "pPrChange",
    ]
)


def bare_text(paragraph: etree._Element) -> str:
    """Give the text of a paragraph, composed and without any space."""
    text = "".join(text.text or "" for text in texts_of(paragraph))
    return "".join(unicodedata.normalize("NFC", text).split())


def paragraphs_of(root: etree._Element) -> Iterator[etree._Element]:
    """Give all paragraphs, tables and boxes too, but not what stands in for a newer drawing."""
    for one in root.iter(f"{W}p"):
        if not any(above.tag == f"{MC}Fallback" for above in one.iterancestors()):
            yield one


def runs_of(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Give the runs of a paragraph, not those of boxes in it."""
    for run in paragraph.iter(f"{W}r"):
        if next(run.iterancestors(f"{W}p"), None) is paragraph:
            yield run


def texts_of(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Give the texts of a paragraph."""
    for run in runs_of(paragraph):
        yield from run.iterchildren(f"{W}t")


def look_of(text: etree._Element) -> bytes:
    """Give the look of a text, to be compared."""
    properties = child(text.getparent(), "rPr")
    return b"" if properties is None else etree.tostring(properties, method="c14n")


def set_property(run: etree._Element, name: str, value: str) -> None:
    """Set a property of a run at the place that the schema gives it."""
    properties = child(run, "rPr")
    if properties is None:
        properties = etree.Element(f"{W}rPr")
        run.insert(0, properties)
    found = child(properties, name)
    if found is None:
        found = etree.Element(W + name)
        before = _RUN_ORDER[: _RUN_ORDER.index(name)]
        place = sum(local(one) in before for one in properties)
        properties.insert(place, found)
    found.set(VAL, value)


def insert_spacing(properties: etree._Element, spacing: etree._Element) -> None:
    """Put the spacing of a paragraph where the schema wants it."""
    for place, one in enumerate(properties):
        if local(one) in _AFTER_SPACING:
            properties.insert(place, spacing)
            return
    properties.append(spacing)


def serialise(root: etree._Element) -> bytes:
    """Write a part; spaces at the ends of texts are kept."""
    for text in root.iter(f"{W}t"):
        if text.text and text.text != text.text.strip():
            text.set(_SPACE, "preserve")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def replace_members(docx: bytes, replaced: dict[str, bytes]) -> bytes:
    """Write the package anew; members that are not replaced keep their bytes and their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(buffer, "w") as target:
        for info in source.infolist():
            target.writestr(info, replaced.get(info.filename, source.read(info)))
    return buffer.getvalue()
