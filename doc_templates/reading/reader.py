"""Reads a Word file into a paper: `read(docx) -> Paper`, or names all that it cannot read.

The reader is its own gate: an element that no function below expects is refused by name, so
nothing is ever left out of a page in silence.
"""

from dataclasses import asdict, dataclass
from typing import Final

from lxml import etree

from doc_templates.deadline import Deadline
from doc_templates.errors import PaperFinding, PaperUnreadable, PaperUnsupported
from doc_templates.reading import numbering, sections, styles
from doc_templates.reading.blocks import BlockReader, Part
from doc_templates.reading.findings import Findings
from doc_templates.reading.model import Block, Frame, Paper, Section
from doc_templates.reading.names import VAL, W, child, is_on, local, named, number, points
from doc_templates.reading.package import Package, parse

#: For files that name no mode.
_NO_MODE: Final = 0
#: Word itself knows none below this one.
_FIRST_MODE: Final = 11
_DEFAULT_TAB: Final = 36.0
_SECONDS: Final = 60.0
_FRAMES: Final = {"headerReference": "headers", "footerReference": "footers"}
_FRAME_NAMES: Final = {"headers": "đầu trang", "footers": "chân trang"}
#: Settings of old files that change the layout in ways we do not follow.
_REFUSED_COMPAT: Final = named(
    "useWord97LineBreakRules printColBlack wrapTrailSpaces suppressTopSpacing "
    "lineWrapLikeWord6 splitPgBreakAndParaMark1"
)


def read(docx: bytes, deadline: Deadline | None = None) -> Paper:
    """Read a Word file.

    Raises:
        PaperUnreadable: not a Word document within limits.
        PaperUnsupported: it holds what we do not lay out; every place is named.
        ConversionFailed: the deadline passed.
    """
    paper, findings = read_with_findings(docx, deadline)
    if findings:
        raise PaperUnsupported(findings)
    return paper


def read_with_findings(
    docx: bytes, deadline: Deadline | None = None
) -> tuple[Paper, tuple[PaperFinding, ...]]:
    """Read a Word file as far as it is understood, and name what is not.

    What is named is left out of the paper, or stands in it as something plainer: enough to
    look at the text, not to print it.

    Raises:
        PaperUnreadable: not a Word document within limits.
        ConversionFailed: the deadline passed.
    """
    package = Package(docx)
    findings = Findings()
    if package.has_macros:
        findings.refuse("macro")
    root = parse(package.members[package.main])
    body = child(root, "body")
    if root.tag != f"{W}document" or body is None:
        raise PaperUnreadable("Tệp không phải văn bản Word (.docx): thiếu phần thân văn bản.")
    paper = _PaperReader(package, findings, deadline or Deadline(_SECONDS)).read(body)
    return paper, tuple(findings.found.values())


class _PaperReader:
    """Reads one file; sections are closed by the paragraph that holds their properties."""

    def __init__(self, package: Package, findings: Findings, deadline: Deadline) -> None:
        self._package = package
        self._findings = findings
        self._settings = _read_settings(package.content_of("settings"), findings)
        sheet = styles.read_sheet(package.content_of("styles"), package.content_of("theme"))
        for construct in sheet.unknown:
            findings.refuse(construct)
        lists = numbering.read_lists(package.content_of("numbering"))
        self._media: dict[str, bytes] = {}
        self._reader = BlockReader(sheet, numbering.Counters(lists), findings, deadline)
        self._sections: list[Section] = []

    def read(self, body: etree._Element) -> Paper:
        part = Part(self._package, self._package.main, self._media)
        pending: list[Block] = []
        last: etree._Element | None = None
        for element in self._reader.block_elements(body):
            if local(element) == "sectPr":
                last = element
                continue
            pending += self._reader.read_block(element, part)
            properties = child(child(element, "pPr"), "sectPr")
            if properties is not None:
                self._close(properties, pending)
                pending = []
        self._close(last if last is not None else etree.Element(f"{W}sectPr"), pending)
        title, author = sections.read_properties(self._package)
        return Paper(
            sections=tuple(self._sections),
            media=self._media,
            title=title,
            author=author,
            **asdict(self._settings),
        )

    def _close(self, properties: etree._Element, blocks: list[Block]) -> None:
        before = self._sections[-1] if self._sections else None
        frames: dict[str, dict[str, Frame]] = {
            "headers": dict(before.headers) if before else {},
            "footers": dict(before.footers) if before else {},
        }
        links = self._package.relationships(self._package.main)
        for element in properties:
            place = _FRAMES.get(local(element))
            if place is None:
                continue
            link = links.get(element.get(sections.ID, ""))
            if link is not None and link.target in self._package.members:
                kind = element.get(f"{W}type", "default")
                frames[place][kind] = self._read_frame(link.target, _FRAME_NAMES[place])
        self._findings.part, self._findings.paragraph = "thân văn bản", 0
        self._sections.append(
            sections.read_section(
                properties, frames["headers"], frames["footers"], tuple(blocks), self._findings
            )
        )

    def _read_frame(self, name: str, called: str) -> Frame:
        findings = self._findings
        kept = (findings.part, findings.paragraph, findings.quoted)
        findings.part, findings.paragraph = called, 0
        root = parse(self._package.members[name])
        part = Part(self._package, name, self._media)
        blocks: list[Block] = []
        for element in self._reader.block_elements(root):
            blocks += self._reader.read_block(element, part)
        findings.part, findings.paragraph, findings.quoted = kept
        return Frame(name=name, blocks=tuple(blocks))


@dataclass(slots=True)
class _Settings:
    """What of the settings bears on the layout; the names are those of `Paper`."""

    mode: int = _NO_MODE
    default_tab: float = _DEFAULT_TAB
    even_and_odd: bool = False
    adds_gaps: bool = False
    stretches_broken: bool = True


def _read_settings(content: bytes, findings: Findings) -> _Settings:
    settings = _Settings()
    if not content:
        return settings
    root = parse(content)
    for element in root:
        name = local(element)
        if name == "defaultTabStop":
            settings.default_tab = points(element.get(VAL), _DEFAULT_TAB) or _DEFAULT_TAB
        elif name == "evenAndOddHeaders":
            settings.even_and_odd = is_on(element)
        elif name == "mirrorMargins" and is_on(element):
            findings.refuse("lề đối xứng hai mặt giấy")
        elif name == "compat":
            _read_compatibility(element, settings, findings)
    return settings


def _read_compatibility(
    compatibility: etree._Element, settings: _Settings, findings: Findings
) -> None:
    for element in compatibility:
        name = local(element)
        if name == "compatSetting" and element.get(f"{W}name") == "compatibilityMode":
            mode = int(number(element.get(VAL)))
            settings.mode = max(settings.mode, mode if mode >= _FIRST_MODE else _NO_MODE)
        elif name == "doNotUseHTMLParagraphAutoSpacing":
            settings.adds_gaps = is_on(element)
        elif name == "doNotExpandShiftReturn":
            settings.stretches_broken = not is_on(element)
        elif name in _REFUSED_COMPAT and is_on(element):
            findings.refuse(f"thiết lập tương thích “{name}”")
