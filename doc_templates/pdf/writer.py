"""Writes laid-out papers as one PDF: fonts and pictures are shared, equal input gives equal bytes.

reportlab is the machinery of the file; the streams of the pages are written here, since they
hold nothing but letters, straight lines, rectangles and pictures.
"""

import hashlib
import io
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from PIL import Image, UnidentifiedImageError
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc

from doc_templates.errors import PaperUnreadable
from doc_templates.layout.display import (
    Area,
    Backdrop,
    Glyphs,
    Item,
    Layout,
    Page,
    Picture,
    Rule,
    Shape,
)
from doc_templates.pdf.encoding import Code, add_font, encoding_of

#: A picture larger than this is no picture of an office; looked at before it is unpacked.
MOST_PIXELS: Final = 40_000_000
#: PDF 1.7: what archives (PDF/A-2) and signatures stand on.
_VERSION: Final = (1, 7)
_LEVEL: Final = 6
_DASHES: Final = {
    "dash": (4.0, 3.0),
    "dot": (1.0, 1.0),
    "dashDot": (4.0, 3.0, 1.0, 3.0),
    "sysDash": (3.0, 1.0),
    "sysDot": (1.0, 1.0),
    "lgDash": (8.0, 3.0),
    "lgDashDot": (8.0, 3.0, 1.0, 3.0),
    "lgDashDotDot": (8.0, 3.0, 1.0, 3.0, 1.0, 3.0),
    "sysDashDot": (3.0, 1.0, 1.0, 1.0),
    "sysDashDotDot": (3.0, 1.0, 1.0, 1.0, 1.0, 1.0),
}
_PICTURES: Final = ("PNG", "JPEG")


@dataclass(frozen=True, slots=True, kw_only=True)
class Properties:
    """What a file says of itself; "" says nothing."""

    title: str = ""
    author: str = ""
    subject: str = ""
    language: str = "vi"


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper of a file: its pages, and its line in the outline ("" for none)."""

    layout: Layout
    name: str = ""


def write(papers: Sequence[Entry] | Layout, properties: Properties | None = None) -> bytes:
    """Write papers one after the other into one PDF.

    Raises:
        PaperUnreadable: a picture is damaged, too large or of a kind we do not print.
    """
    if isinstance(papers, Layout):
        layout = papers
        properties = properties or properties_of(layout)
        papers = [Entry(layout)]
    return _File(properties or Properties()).write(papers)


def properties_of(layout: Layout) -> Properties:
    """Give what the Word file says of itself."""
    return Properties(title=layout.title, author=layout.author)


@dataclass(slots=True)
class _File:
    """One PDF while it is written."""

    properties: Properties
    document: Any = None
    fonts: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    backdrops: dict[tuple[int, float], tuple[Backdrop, str]] = field(default_factory=dict)
    resources: Any = None

    def write(self, papers: Sequence[Entry]) -> bytes:
        """Give the bytes of the file."""
        document = pdfdoc.PDFDocument(
            compression=1, invariant=1, pdfVersion=_VERSION, lang=self.properties.language
        )
        self.document = document
        self._describe()
        self.resources = pdfdoc.PDFResourceDictionary()
        self.resources.allProcs()
        outline: list[tuple[str, pdfdoc.PDFObjectReference]] = []
        for paper in papers:
            first: pdfdoc.PDFObjectReference | None = None
            for page in paper.layout.pages:
                reference = self._add_page(page, paper.layout.media)
                first = first or reference
            if paper.name and first is not None:
                outline.append((paper.name, first))
        document.Reference(self.resources, "resources")
        self._add_outline(outline)
        return bytes(document.GetPDFData(None))

    def _describe(self) -> None:
        info, given = self.document.info, self.properties
        info.title, info.author, info.subject = given.title, given.author, given.subject
        info.creator = info.producer = "trinhky"
        self.document.Catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})

    def _add_outline(self, entries: list[tuple[str, pdfdoc.PDFObjectReference]]) -> None:
        document = self.document
        document.Outlines = _NoOutline()
        if not entries:
            document.Catalog.Outlines = None
            return
        root = pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("Outlines"), "Count": len(entries)})
        parent = document.Reference(root, "outline")
        lines = [pdfdoc.PDFDictionary({}) for _ in entries]
        references = [
            document.Reference(line, f"outline-{place}") for place, line in enumerate(lines)
        ]
        for place, (name, page) in enumerate(entries):
            line = lines[place]
            line["Title"] = pdfdoc.PDFString(name)
            line["Parent"] = parent
            line["Dest"] = pdfdoc.PDFArray([page, pdfdoc.PDFName("Fit")])
            if place:
                line["Prev"] = references[place - 1]
            if place < len(lines) - 1:
                line["Next"] = references[place + 1]
        root["First"], root["Last"] = references[0], references[-1]
        document.Catalog.Outlines = root
        document.Catalog.PageMode = pdfdoc.PDFName("UseOutlines")

    def _add_page(self, page: Page, media: dict[str, bytes]) -> pdfdoc.PDFObjectReference:
        content = _Content(self, page.height, media).draw(page.items)
        if page.backdrop is not None:
            content = f"/{self._backdrop(page.backdrop, page, media)} Do\n{content}"
        made = pdfdoc.PDFPage()
        made.pagewidth, made.pageheight = _short(page.width), _short(page.height)
        packed = zlib.compress(content.encode("latin-1"), _LEVEL)
        made.Contents = pdfdoc.PDFStream(
            pdfdoc.PDFDictionary({"Filter": pdfdoc.PDFName("FlateDecode")}), packed, []
        )
        made.Resources = pdfdoc.PDFObjectReference("resources")
        self.document.addPage(made)
        return self.document.Reference(made)

    def _backdrop(self, backdrop: Backdrop, page: Page, media: dict[str, bytes]) -> str:
        """Give the name under which pages call a background; it is written at its first page.

        Backgrounds are told apart as objects: equal ones of two papers are written twice.
        """
        key = (id(backdrop), page.height)
        if key not in self.backdrops:
            drawn = _Content(self, page.height, media)
            packed = zlib.compress(drawn.draw(backdrop.items).encode("latin-1"), _LEVEL)
            named = pdfdoc.PDFResourceDictionary()
            named.allProcs()
            named.Font = {name: self.resources.Font[name] for name in drawn.fonts}
            named.XObject = {name: self.resources.XObject[name] for name in drawn.pictures}
            box = pdfdoc.PDFArray([0, 0, _short(page.width), _short(page.height)])
            described = {
                "Type": pdfdoc.PDFName("XObject"),
                "Subtype": pdfdoc.PDFName("Form"),
                "BBox": box,
                "Resources": named,
                "Filter": pdfdoc.PDFName("FlateDecode"),
            }
            form = pdfdoc.PDFStream(pdfdoc.PDFDictionary(described), packed, [])
            name = f"B{len(self.backdrops) + 1}"
            self.resources.XObject[name] = self.document.Reference(form, f"backdrop-{name}")
            self.backdrops[key] = (backdrop, name)
        return self.backdrops[key][1]

    def font(self, code: Code) -> str:
        """Give the name under which pages call a font."""
        name = self.fonts.get(code.name)
        if name is None:
            name = self.fonts[code.name] = f"F{len(self.fonts) + 1}"
            self.resources.Font[name] = add_font(self.document, code)
        return name

    def picture(self, content: bytes) -> str:
        """Give the name under which pages call a picture; equal pictures are kept once."""
        key = hashlib.sha256(content).hexdigest()
        name = self.pictures.get(key)
        if name is None:
            name = self.pictures[key] = f"P{len(self.pictures) + 1}"
            picture = _read_picture(name, content)
            if (mask := getattr(picture, "_smask", None)) is not None:
                picture.smask = self.document.Reference(mask, f"mask-{name}")
            self.resources.XObject[name] = self.document.Reference(picture, f"picture-{name}")
        return name


class _NoOutline:
    """Stands for reportlab's own outline, which wants a canvas."""

    ready = 0

    def prepare(self, _document: Any, _canvas: Any) -> None:
        """Do nothing: the outline is written already."""


def _read_picture(name: str, content: bytes) -> pdfdoc.PDFImageXObject:
    try:
        with Image.open(io.BytesIO(content)) as opened:
            kind, (width, height) = opened.format, opened.size
            if kind not in _PICTURES:
                raise PaperUnreadable(f"Hình kiểu {kind} chưa in được; cần hình PNG hoặc JPEG.")
            if width * height > MOST_PIXELS:
                raise PaperUnreadable(
                    f"Hình {width} × {height} điểm ảnh quá lớn; hãy thu nhỏ hình trong Word."
                )
        return pdfdoc.PDFImageXObject(name, ImageReader(io.BytesIO(content)), mask="auto")
    except PaperUnreadable:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise PaperUnreadable("Trong tệp có hình bị hỏng; hãy chèn lại hình rồi lưu.") from error


def _short(number: float) -> str:
    """Write a length with what can be seen of it: hundredths of a point."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


class _Content:
    """Writes the stream of one page; PDF counts y from below."""

    def __init__(self, file: _File, height: float, media: dict[str, bytes]) -> None:
        self._file = file
        self._height = height
        self._media = media
        self._lines: list[str] = []
        self._in_text = False
        self._font = ("", 0.0)
        self._color = "000000"
        self._line_color = "000000"
        self._line_width = 1.0
        self._dash: tuple[float, ...] = ()
        self._word_space = self._letter_space = 0.0
        #: Names of what the stream calls.
        self.fonts: set[str] = set()
        self.pictures: set[str] = set()

    def draw(self, items: Iterable[Item]) -> str:
        """Give the stream."""
        for item in items:
            if isinstance(item, Glyphs):
                self._glyphs(item)
                continue
            self._end_text()
            if isinstance(item, Rule):
                self._rule(item)
            elif isinstance(item, Area):
                self._area(item)
            elif isinstance(item, Shape):
                self._shape(item)
            else:
                self._picture(item)
        self._end_text()
        return "\n".join(self._lines)

    def _end_text(self) -> None:
        if self._in_text:
            self._lines.append("ET")
            self._in_text = False

    def _glyphs(self, item: Glyphs) -> None:
        lines = self._lines
        if not self._in_text:
            lines.append("BT")
            self._in_text = True
        if item.color != self._color:
            lines.append(f"{_rgb(item.color)} rg")
            self._color = item.color
        if item.word_space != self._word_space:
            lines.append(f"{item.word_space:.4g} Tw")
            self._word_space = item.word_space
        if item.letter_space != self._letter_space:
            lines.append(f"{item.letter_space:.4g} Tc")
            self._letter_space = item.letter_space
        lines.append(f"1 0 0 1 {item.x:.2f} {self._height - item.y:.2f} Tm")
        for code, written in encoding_of(item.face).pieces(item.text):
            font = (code.name, item.size)
            if font != self._font:
                name = self._file.font(code)
                self.fonts.add(name)
                lines.append(f"/{name} {_short(item.size)} Tf")
                self._font = font
            lines.append(f"({written})Tj")

    def _rule(self, item: Rule) -> None:
        self._pen(item.color, item.width, _DASHES.get(item.dash, ()))
        height = self._height
        self._lines.append(
            f"{item.x1:.2f} {height - item.y1:.2f} m {item.x2:.2f} {height - item.y2:.2f} l S"
        )

    def _pen(self, color: str, width: float, dash: tuple[float, ...]) -> None:
        if color != self._line_color:
            self._lines.append(f"{_rgb(color)} RG")
            self._line_color = color
        if width != self._line_width:
            self._lines.append(f"{_short(width)} w")
            self._line_width = width
        shown = tuple(round(part * width, 2) for part in dash)
        if shown != self._dash:
            self._lines.append(f"[{' '.join(map(_short, shown))}] 0 d")
            self._dash = shown

    def _area(self, item: Area) -> None:
        if not item.fill and not item.line:
            return
        if item.fill and item.fill != self._color:
            self._lines.append(f"{_rgb(item.fill)} rg")
            self._color = item.fill
        if item.line:
            self._pen(item.line, item.line_width, ())
        bottom = self._height - item.y - item.height
        paint = {(True, True): "B", (True, False): "f"}.get((bool(item.fill), bool(item.line)), "S")
        self._lines.append(
            f"{item.x:.2f} {bottom:.2f} {item.width:.2f} {item.height:.2f} re {paint}"
        )

    def _shape(self, item: Shape) -> None:
        if item.is_filled and item.color != self._color:
            self._lines.append(f"{_rgb(item.color)} rg")
            self._color = item.color
        if not item.is_filled:
            self._pen(item.color, item.width, ())
        steps = [f"{x:.2f} {self._height - y:.2f}" for x, y in item.points]
        path = f"{steps[0]} m " + " ".join(f"{step} l" for step in steps[1:])
        paint = "f" if item.is_filled else ("s" if item.is_closed else "S")
        self._lines.append(f"{path} {paint}")

    def _picture(self, item: Picture) -> None:
        content = self._media.get(item.media)
        if content is None:
            raise PaperUnreadable("Trong tệp thiếu một hình; hãy chèn lại hình rồi lưu.")
        name = self._file.picture(content)
        self.pictures.add(name)
        left, top, right, bottom = item.crop
        across, down = 1 - left - right, 1 - top - bottom
        if across <= 0 or down <= 0:
            return
        y = self._height - item.y - item.height
        width, height = item.width / across, item.height / down
        clip = ""
        if any(item.crop):
            clip = f"{item.x:.2f} {y:.2f} {item.width:.2f} {item.height:.2f} re W n "
        x, y = item.x - width * left, y - height * bottom
        self._lines.append(f"q {clip}{width:.2f} 0 0 {height:.2f} {x:.2f} {y:.2f} cm /{name} Do Q")


def _rgb(color: str) -> str:
    parts = [int(color[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    return " ".join(f"{part:.3g}" for part in parts)
