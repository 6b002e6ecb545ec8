"""Reads a section's page, and the properties of the whole file."""

from typing import Final

from lxml import etree

from doc_templates.reading.findings import Findings
from doc_templates.reading.model import Block, Frame, Section
from doc_templates.reading.names import (
    VAL,
    R,
    W,
    child,
    is_on,
    local,
    named,
    number,
    points,
    value_of,
)
from doc_templates.reading.package import Package, parse
from doc_templates.reading.properties import TRACKED

ID: Final = f"{R}id"
_A4: Final = (595.3, 841.9)
_INCH: Final = 72.0
_NUMBERS: Final = frozenset({"decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter"})
_PASSED: Final = named(
    "headerReference footerReference pgSz pgMar paperSrc pgNumType titlePg type vAlign "
    "docGrid formProt noEndnote printerSettings rsid footnotePr endnotePr"
)
_CORE: Final = "{http://purl.org/dc/elements/1.1/}"


def read_section(
    properties: etree._Element,
    headers: dict[str, Frame],
    footers: dict[str, Frame],
    blocks: tuple[Block, ...],
    findings: Findings,
) -> Section:
    """Read a sectPr; the frames are those that hold here, with what is inherited."""
    size, margin = child(properties, "pgSz"), child(properties, "pgMar")
    width = height = 0.0
    if size is not None:
        width, height = points(size.get(f"{W}w")), points(size.get(f"{W}h"))
    if not 20 < width < 3000 or not 20 < height < 3000:
        width, height = _A4
    sides = {
        name: points(margin.get(W + name), _INCH / 2 if name in {"header", "footer"} else _INCH)
        if margin is not None
        else _INCH
        for name in ("top", "right", "bottom", "left", "header", "footer")
    }
    gutter = points(margin.get(f"{W}gutter")) if margin is not None else 0.0
    _refuse_unknown(properties, findings)
    pages = child(properties, "pgNumType")
    first = None if pages is None else pages.get(f"{W}start")
    shown = "decimal" if pages is None else pages.get(f"{W}fmt", "decimal")
    if shown not in _NUMBERS:
        findings.refuse(f"số trang kiểu “{shown}”")
    title = child(properties, "titlePg")
    starts = value_of(properties, "type", "nextPage")
    if starts == "nextColumn":
        starts = "nextPage"
    return Section(
        width=width,
        height=height,
        top=sides["top"],
        right=sides["right"],
        bottom=sides["bottom"],
        left=sides["left"] + gutter,
        header=sides["header"],
        footer=sides["footer"],
        starts=starts,
        title_page=title is not None and is_on(title),
        first_number=None if first is None else int(number(first, 1.0)),
        number_format=shown if shown in _NUMBERS else "decimal",
        valign=value_of(properties, "vAlign", "top"),
        headers=headers,
        footers=footers,
        blocks=blocks,
    )


def _refuse_unknown(properties: etree._Element, findings: Findings) -> None:
    for element in properties:
        name = local(element)
        if name == "cols":
            if number(element.get(f"{W}num"), 1.0) > 1:
                findings.refuse("trang chia cột")
        elif name == "docGrid":
            if element.get(f"{W}type", "default") in {"lines", "linesAndChars", "snapToChars"}:
                findings.refuse("lưới dòng của trang")
        elif name == "pgBorders":
            if len(element):
                findings.refuse("khung viền trang")
        elif name == "lnNumType":
            findings.refuse("đánh số dòng")
        elif name == "textDirection":
            if element.get(VAL, "lrTb") not in {"lrTb", "tb"}:
                findings.refuse("trang viết dọc")
        elif name in {"bidi", "rtlGutter"}:
            if is_on(element):
                findings.refuse("trang viết từ phải sang trái")
        elif name == "vAlign":
            if element.get(VAL, "top") != "top":
                findings.refuse("căn dọc cả trang")
        elif name == "sectPrChange":
            findings.refuse(TRACKED)
        elif element.tag.startswith(W) and name not in _PASSED:
            findings.refuse(f"thiết lập trang “{name}”")


def read_properties(package: Package) -> tuple[str, str]:
    """Give title and author of the file, "" where it names none."""
    for link in package.relationships("").values():
        if link.kind == "core-properties" and link.target in package.members:
            root = parse(package.members[link.target])
            title = root.findtext(f"{_CORE}title") or ""
            return title.strip(), (root.findtext(f"{_CORE}creator") or "").strip()
    return "", ""
