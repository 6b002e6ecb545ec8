"""Reads paragraphs and tables, in the body of a paper, in its headers and in its boxes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from doc_templates.deadline import Deadline
from doc_templates.reading import runs, tables
from doc_templates.reading.findings import Findings
from doc_templates.reading.model import Block, Label, Paragraph
from doc_templates.reading.names import MC, VAL, W, child, local, named, number, value_of
from doc_templates.reading.numbering import Counters, Level
from doc_templates.reading.package import Package
from doc_templates.reading.properties import TRACKED, Layer, read_paragraph
from doc_templates.reading.styles import Sheet
from doc_templates.reading.table_styles import CellLook

_PROPERTIES: Final = f"{W}pPr"
_STYLE: Final = f"{W}pStyle"
_LIST: Final = f"{W}numPr"
_MARK: Final = f"{W}rPr"
#: Boxes in boxes and tables in tables, as deep as any paper goes.
MOST_NESTED: Final = 8
MOST_PARAGRAPHS: Final = 200_000
_PASSED: Final = named(
    "bookmarkStart bookmarkEnd proofErr permStart permEnd commentRangeStart "
    "commentRangeEnd moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd "
    "customXmlInsRangeStart customXmlInsRangeEnd customXmlDelRangeStart "
    "customXmlDelRangeEnd tblPr tblGrid tcPr"
)
_REFUSED: Final = {
    "altChunk": "tệp khác lồng vào (altChunk)",
    "subDoc": "văn bản con",
    "oMathPara": "công thức toán",
    "oMath": "công thức toán",
    "ins": TRACKED,
    "del": TRACKED,
    "moveFrom": TRACKED,
    "moveTo": TRACKED,
}


@dataclass(frozen=True, slots=True)
class Part:
    """The part being read: what its links lead to; `media` gathers pictures that are used."""

    package: Package
    name: str
    gathered: dict[str, bytes]

    def media(self, link_id: str) -> str | None:
        """Give the part of an embedded picture and remember its bytes; None when missing."""
        link = self.package.relationships(self.name).get(link_id)
        if link is None or link.is_outside or link.target not in self.package.members:
            return None
        self.gathered[link.target] = self.package.members[link.target]
        return link.target


class BlockReader:
    """Reads blocks in the order of the file, which is the order in which lists are counted."""

    def __init__(
        self, sheet: Sheet, counters: Counters, findings: Findings, deadline: Deadline
    ) -> None:
        self.sheet = sheet
        self.findings = findings
        self._counters = counters
        self._deadline = deadline
        self._nested = 0
        self._read = 0
        self._fields = runs.Fields()

    def block_elements(self, parent: etree._Element) -> Iterator[etree._Element]:
        """Give the paragraphs, tables and section properties below, through content controls."""
        for element in parent:
            name = local(element)
            if name in {"p", "tbl", "sectPr"}:
                yield element
            elif name in {"sdt", "customXml", "smartTag"}:
                content = child(element, "sdtContent") if name == "sdt" else element
                if content is not None:
                    yield from self.block_elements(content)
            elif name in _REFUSED:
                self.findings.refuse(_REFUSED[name])
            elif element.tag == f"{MC}AlternateContent":
                self.findings.refuse("nội dung thay thế giữa các đoạn")
            elif name not in _PASSED and name not in {"sdtPr", "sdtEndPr", "customXmlPr"}:
                self.findings.refuse(f"thành phần “{name}”")

    def read_block(
        self, element: etree._Element, part: Part, table: CellLook | None = None
    ) -> list[Block]:
        """Read one paragraph or table."""
        if local(element) == "p":
            return [self.read_paragraph(element, part, table)]
        self._nested += 1
        try:
            if self._nested > MOST_NESTED:
                self.findings.refuse("bảng lồng nhau quá sâu")
                return []
            return tables.read_table(self, element, part)
        finally:
            self._nested -= 1

    def read_all(
        self, parent: etree._Element, part: Part, table: CellLook | None = None
    ) -> tuple[Block, ...]:
        """Read all blocks below an element."""
        self._nested += 1
        try:
            if self._nested > MOST_NESTED:
                self.findings.refuse("khung chữ lồng nhau quá sâu")
                return ()
            blocks: list[Block] = []
            for element in self.block_elements(parent):
                blocks += self.read_block(element, part, table)
            return tuple(blocks)
        finally:
            self._nested -= 1

    def read_paragraph(
        self, element: etree._Element, part: Part, table: CellLook | None = None
    ) -> Paragraph:
        """Read a paragraph; `table` is what the table's style says of the cell it is in."""
        self._deadline.check()
        self._read += 1
        if self._read > MOST_PARAGRAPHS:
            self.findings.refuse(f"văn bản dài quá {MOST_PARAGRAPHS} đoạn")
        findings = self.findings
        findings.paragraph += 1
        findings.quoted = ""
        index = findings.paragraph
        direct, style_id, list_properties, mark = self._properties_of(element)
        level, label_id, place = self._level_of(style_id, list_properties)
        table_runs = table.runs if table else None
        quoted = runs.opening_text(element)
        findings.quoted = quoted
        style = self.sheet.paragraph(
            style_id,
            direct,
            table=table.paragraphs if table else None,
            number=self._layer_of(level, style_id, list_properties),
            findings=findings,
        )
        label = None
        if level is not None:
            label = Label(
                text=self._counters.next(label_id, place, findings),
                style=self.sheet.run(
                    style_id, mark, table=table_runs, findings=findings, number=level.run
                ),
                follow=level.follow,
                align=level.align,
                tab_at=level.tab_at,
            )
            if level.picture:
                findings.refuse("dấu đầu dòng là hình ảnh")
        items = runs.RunReader(self, part, style_id, table_runs, self._fields).read(element)
        findings.paragraph, findings.quoted = max(index, findings.paragraph), quoted
        return Paragraph(
            style=style,
            items=items,
            mark=self.sheet.run(style_id, mark, table=table_runs, findings=findings),
            label=label,
            index=index,
        )

    def _properties_of(
        self, element: etree._Element
    ) -> tuple[etree._Element | None, str, etree._Element | None, etree._Element | None]:
        """Give a paragraph's properties, its style, its list and the look of its mark."""
        style_id = self.sheet.default_paragraph
        direct = element[0] if len(element) else None
        if direct is None or direct.tag != _PROPERTIES:
            return child(element, "pPr"), style_id, None, None
        listed = mark = None
        for one in direct:
            if one.tag == _STYLE:
                named_style = one.get(VAL, "")
                style_id = named_style if named_style in self.sheet.styles else style_id
            elif one.tag == _LIST:
                listed = one
            elif one.tag == _MARK:
                mark = one
        return direct, style_id, listed, mark

    def _level_of(self, style_id: str, own: etree._Element | None) -> tuple[Level | None, str, int]:
        """Find the list a paragraph belongs to: by itself, else by its style."""
        label_id, place = self.sheet.number_of(style_id)
        if own is not None:
            label_id = value_of(own, "numId", label_id)
            place = value_of(own, "ilvl", place)
        if not label_id or label_id == "0":
            return None, "", 0
        depth = min(max(int(number(place)), 0), 8)
        return self._counters.find(label_id, depth), label_id, depth

    def _layer_of(
        self, level: Level | None, style_id: str, own: etree._Element | None
    ) -> Layer | None:
        """Give the indents of a list's level, which win over those of a style that stands
        further from the text than the list's name."""
        if level is None:
            return None
        layer: Layer = {}
        if level.paragraph is not None:
            set_here = read_paragraph(level.paragraph, self.sheet.theme, self.findings.refuse)
            layer = {
                name: value
                for name, value in set_here.items()
                if name in {"left", "right", "first_line", "tabs"}
            }
        if own is None:
            layer.update(self.sheet.indents_after_number(style_id))
        return layer
