"""Reads what stands in a paragraph: letters, tabs, breaks, fields and drawings."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from lxml import etree

from doc_templates.reading import drawings
from doc_templates.reading.model import Block, Break, Field, Item, RunStyle, Tab, Text
from doc_templates.reading.names import MC, W, child, local, named
from doc_templates.reading.properties import TRACKED, Layer

if TYPE_CHECKING:
    from doc_templates.reading.blocks import BlockReader, Part

_T: Final = f"{W}t"
_R: Final = f"{W}r"
_HOLDERS: Final = frozenset({"hyperlink", "smartTag", "customXml", "sdtContent"})
_PASSED: Final = named(
    "pPr rPr bookmarkStart bookmarkEnd proofErr permStart permEnd commentRangeStart "
    "commentRangeEnd commentReference annotationRef lastRenderedPageBreak smartTagPr "
    "customXmlPr sdtPr sdtEndPr moveFromRangeStart moveFromRangeEnd moveToRangeStart "
    "moveToRangeEnd instrText fldData"
)
_REFUSED: Final = {
    "footnoteReference": "chú thích cuối trang",
    "endnoteReference": "chú thích cuối văn bản",
    "footnoteRef": "chú thích cuối trang",
    "endnoteRef": "chú thích cuối văn bản",
    "separator": "chú thích cuối trang",
    "oMath": "công thức toán",
    "oMathPara": "công thức toán",
    "ptab": "tab theo lề",
    "ruby": "chữ phiên âm (ruby)",
    "object": "đối tượng nhúng (OLE)",
    "subDoc": "văn bản con",
    "dir": "chữ viết từ phải sang trái",
    "bdo": "chữ viết từ phải sang trái",
    "contentPart": "nét vẽ tay",
    "ins": TRACKED,
    "del": TRACKED,
    "moveFrom": TRACKED,
    "moveTo": TRACKED,
    "delText": TRACKED,
    "delInstrText": TRACKED,
}
#: Fields whose result the layout knows; of all others the kept result is printed.
_KNOWN_FIELDS: Final = {"PAGE": "PAGE", "NUMPAGES": "NUMPAGES"}
_REFUSED_FIELDS: Final = {"SECTIONPAGES": "trường SECTIONPAGES", "EQ": "trường EQ"}
_OPENING: Final = 60


@dataclass(slots=True)
class _Open:
    """A field between its beginning and its end."""

    instruction: str = ""
    is_result: bool = False
    style: RunStyle | None = None


@dataclass(slots=True)
class Fields:
    """The fields that are open; some go over several paragraphs."""

    open: list[_Open] = field(default_factory=list)

    @property
    def hides_text(self) -> bool:
        """Tell whether text here is an instruction, or the result of a known field."""
        return any(not one.is_result or _kind_of(one.instruction) for one in self.open)


def _kind_of(instruction: str) -> str:
    return _KNOWN_FIELDS.get(instruction.strip().partition(" ")[0].upper(), "")


def opening_text(paragraph: etree._Element) -> str:
    """Give the first words of a paragraph, for messages."""
    text = ""
    for one in paragraph.iter(_T):
        text += one.text or ""
        if len(text) >= _OPENING:
            break
    return text


@dataclass(frozen=True, slots=True)
class _Context:
    """What a drawing asks of the paper it stands in."""

    reader: "BlockReader"
    part: "Part"

    def media(self, rel_id: str) -> str | None:
        """Give the part of an embedded picture."""
        return self.part.media(rel_id)

    def blocks(self, content: etree._Element) -> tuple[Block, ...]:
        """Read what stands in a text box."""
        return self.reader.read_all(content, self.part)

    def refuse(self, construct: str) -> None:
        """Say that something is not supported."""
        self.reader.findings.refuse(construct)

    def theme_color(self, name: str) -> str:
        """Give a colour of the theme."""
        return self.reader.sheet.theme.color(name)

    def theme_line(self, index: int) -> float:
        """Give the width of a line of the theme, counted from 1."""
        return self.reader.sheet.theme.line(index)


class RunReader:
    """Reads the items of one paragraph."""

    def __init__(
        self,
        blocks: "BlockReader",
        part: "Part",
        style_id: str,
        table: Layer | None,
        fields: Fields,
    ) -> None:
        self._blocks = blocks
        self._part = part
        self._style_id = style_id
        self._table = table
        self._fields = fields
        self._refuse = blocks.findings.refuse
        self._items: list[Item] = []

    def read(self, paragraph: etree._Element) -> tuple[Item, ...]:
        """Read all items of a paragraph; neighbours of one look are joined."""
        for run in self._runs(paragraph):
            self._read_run(run)
        return tuple(_joined(self._items))

    def _runs(self, parent: etree._Element) -> Iterator[etree._Element]:
        for element in parent:
            if element.tag == _R:
                yield element
                continue
            name = local(element)
            if name in _HOLDERS:
                yield from self._runs(element)
            elif name == "sdt":
                content = child(element, "sdtContent")
                if content is not None:
                    yield from self._runs(content)
            elif name == "fldSimple":
                yield from self._simple_field(element)
            elif name in _REFUSED:
                self._refuse(_REFUSED[name])
            elif element.tag == f"{MC}AlternateContent":
                self._refuse("nội dung thay thế giữa các chữ")
            elif name not in _PASSED:
                self._refuse(f"thành phần “{name}”")

    def _simple_field(self, element: etree._Element) -> Iterator[etree._Element]:
        instruction = element.get(f"{W}instr", "")
        kind = _kind_of(instruction)
        if not kind:
            self._check_field(instruction)
            yield from self._runs(element)
            return
        run = next(self._runs(element), None)
        self._add_field(kind, self._style_of(run))

    def _style_of(self, run: etree._Element | None) -> RunStyle:
        return self._blocks.sheet.run(
            self._style_id, child(run, "rPr"), table=self._table, findings=self._blocks.findings
        )

    def _read_run(self, run: etree._Element) -> None:
        style = self._style_of(run)
        for element in run:
            tag = element.tag
            name = tag.rpartition("}")[2]
            if name == "fldChar":
                self._read_field_mark(element, style)
            elif name == "instrText":
                if self._fields.open and not self._fields.open[-1].is_result:
                    self._fields.open[-1].instruction += element.text or ""
            elif self._fields.open and self._fields.hides_text:
                if self._fields.open[-1].is_result and self._fields.open[-1].style is None:
                    self._fields.open[-1].style = style
            elif not style.hidden:
                self._read_element(element, name, style)

    def _read_element(self, element: etree._Element, name: str, style: RunStyle) -> None:
        items = self._items
        if name == "t":
            if element.text:
                self._add_text(element.text, style)
        elif name == "tab":
            items.append(Tab(style))
        elif name == "br":
            kind = element.get(f"{W}type", "textWrapping")
            items.append(Break("line" if kind == "textWrapping" else kind, style))
        elif name == "cr":
            items.append(Break("line", style))
        elif name == "noBreakHyphen":
            items.append(Text("\u2011", style))
        elif name == "softHyphen":
            items.append(Text("\u00ad", style))
        elif name == "sym":
            self._read_symbol(element, style)
        elif name == "pgNum":
            self._add_field("PAGE", style)
        elif name in {"drawing", "pict", "AlternateContent"}:
            self._read_drawing(element, style)
        elif name in _REFUSED:
            self._refuse(_REFUSED[name])
        elif name not in _PASSED:
            self._refuse(f"thành phần “{name}”")

    def _add_text(self, text: str, style: RunStyle) -> None:
        text = unicodedata.normalize("NFC", text)
        if style.caps:
            text = text.upper()
        if "\t" in text or "\n" in text or "\r" in text:
            text = text.replace("\r", " ").replace("\n", " ").replace("\t", " ")
        self._items.append(Text(text, style))

    def _read_symbol(self, element: etree._Element, style: RunStyle) -> None:
        font = element.get(f"{W}font", style.family)
        try:
            letter = chr(int(element.get(f"{W}char", ""), 16))
        except (ValueError, OverflowError):
            self._refuse("ký hiệu không rõ mã")
            return
        self._items.append(Text(letter, _in_family(style, font)))

    def _read_drawing(self, element: etree._Element, style: RunStyle) -> None:
        context = _Context(self._blocks, self._part)
        found = drawings.read_drawing(element, style=style, context=context)
        if found is not None:
            self._items.append(found)

    def _add_field(self, kind: str, style: RunStyle) -> None:
        if not style.hidden:
            self._items.append(Field(kind, style))

    def _read_field_mark(self, element: etree._Element, style: RunStyle) -> None:
        kind = element.get(f"{W}fldCharType")
        fields = self._fields.open
        if kind == "begin":
            fields.append(_Open())
        elif kind == "separate" and fields:
            fields[-1].is_result = True
            if not _kind_of(fields[-1].instruction):
                self._check_field(fields[-1].instruction)
        elif kind == "end" and fields:
            ended = fields.pop()
            known = _kind_of(ended.instruction)
            if known and not self._fields.hides_text:
                self._add_field(known, ended.style or style)

    def _check_field(self, instruction: str) -> None:
        word = instruction.strip().partition(" ")[0].upper()
        if word in _REFUSED_FIELDS:
            self._refuse(_REFUSED_FIELDS[word])


def _in_family(style: RunStyle, family: str) -> RunStyle:
    if family == style.family:
        return style
    return RunStyle(
        **{name: getattr(style, name) for name in RunStyle.__slots__ if name != "family"},
        family=family,
    )


def _joined(items: list[Item]) -> Iterator[Item]:
    pending: Text | None = None
    for item in items:
        if isinstance(item, Text):
            if pending is not None and pending.style is item.style:
                pending = Text(pending.text + item.text, pending.style)
                continue
            if pending is not None:
                yield pending
            pending = item
            continue
        if pending is not None:
            yield pending
            pending = None
        yield item
    if pending is not None:
        yield pending
