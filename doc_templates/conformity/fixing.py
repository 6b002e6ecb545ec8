"""Mends what can be mended without a person: run by run, nothing is built anew.

The safe class: composed letters, the wording of the motto, spaces, “/” and “-” in the symbol, the
zero of a number, punctuation of Nơi nhận, margins, gaps between paragraphs, typeface, size,
weight and slant of recognised parts, the page number. Everything else stays for a person.
Members of the package that are not mended keep their bytes.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from doc_templates import decree30
from doc_templates.conformity.checking import check
from doc_templates.conformity.findings import Answer, Report
from doc_templates.conformity.lettering import lettered_parts
from doc_templates.conformity.lines import Line
from doc_templates.conformity.markup import (
    bare_text,
    insert_spacing,
    look_of,
    paragraphs_of,
    replace_members,
    runs_of,
    serialise,
    set_property,
    texts_of,
)
from doc_templates.conformity.parts import Parts, recognise
from doc_templates.decree30 import Lettering, Margin
from doc_templates.errors import PaperUnfixable
from doc_templates.reading.names import VAL, W, child, local
from doc_templates.reading.package import Package, parse
from doc_templates.reading.reader import read_with_findings

_MM: Final = 1440 / 25.4
_TRACKED: Final = ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange")
_DOUBLED: Final = re.compile(r"(?<=\S) {2,}(?=\S)")
_BEFORE_MARK: Final = re.compile(r"(?<=\w) +(?=[,;:](?:\s|$))")
_SYMBOL: Final = re.compile(r"^(số\s*[:.]?\s*)(\d*)(\s*/.*)$", re.IGNORECASE)
#: Letters of these fonts are coded in a way of their own: another font would print nonsense.
_OWN_CODES: Final = (".vn", "vni-", "symbol", "wingdings", "webdings")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that was mended: where, and how it was before and after."""

    rule: str
    place: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """A mended file; `before` and `after` are what the checker says of both."""

    docx: bytes
    changes: tuple[Change, ...]
    before: Report
    after: Report


def fix(docx: bytes) -> Fixed:
    """Mend a Word file.

    Raises:
        PaperUnreadable: not a Word document within limits.
        PaperUnfixable: it is signed, protected, has macros or tracked changes.
        PaperUnsupported: nothing of it can be read.
    """
    package = Package(docx)
    root = parse(package.members[package.main])
    _refuse_closed(package, root)
    before = check(docx)
    paper, _ = read_with_findings(docx)
    mender = _Mender(root, recognise(paper))
    mender.mend({id_ for id_, answer in before.answers.items() if answer is Answer.DEVIATES})
    replaced = {package.main: serialise(root)} if mender.changes else {}
    for name in _headers(package):
        made, changes = _mend_header(package.members[name])
        if changes and before.answers.get("PG-07") is Answer.DEVIATES:
            replaced[name] = made
            mender.changes += changes
    if not replaced:
        return Fixed(docx=docx, changes=(), before=before, after=before)
    made = replace_members(docx, replaced)
    return Fixed(docx=made, changes=tuple(mender.changes), before=before, after=check(made))


def _refuse_closed(package: Package, root: etree._Element) -> None:
    """Refuse what must not be changed, with the reason."""
    reasons = []
    if any(name.lower().startswith("_xmlsignatures") for name in package.members):
        reasons.append("tệp đã ký số; sửa sẽ làm mất chữ ký")
    settings = package.content_of("settings")
    if settings and any(
        local(one) in ("documentProtection", "writeProtection") for one in parse(settings)
    ):
        reasons.append("tệp đang được bảo vệ; hãy bỏ bảo vệ trong Word")
    if package.has_macros:
        reasons.append("tệp có macro")
    if package.is_strict:
        reasons.append("tệp lưu kiểu “Strict Open XML”; hãy lưu lại kiểu .docx thường rồi sửa")
    if any(True for _ in root.iter(*(W + name for name in _TRACKED))):
        reasons.append("tệp còn thay đổi chưa duyệt (Track Changes); hãy duyệt hết trong Word")
    if reasons:
        raise PaperUnfixable(reasons)


def _headers(package: Package) -> list[str]:
    return [
        link.target
        for link in package.relationships(package.main).values()
        if link.kind == "header" and link.target in package.members
    ]


@dataclass(slots=True)
class _Mender:
    """Mends the body of one file."""

    root: etree._Element
    parts: Parts
    changes: list[Change] = field(default_factory=list)
    _paragraphs: list[etree._Element] = field(default_factory=list)

    def mend(self, wanted: set[str]) -> None:
        """Mend what deviates."""
        self._paragraphs = list(paragraphs_of(self.root))
        if "VB-02" in wanted:
            self._compose()
        self._margins(wanted)
        self._words(wanted)
        self._lettering(wanted)
        if "PA-02" in wanted:
            self._gaps()
        if "PG-06" in wanted:
            self._fonts()

    def _compose(self) -> None:
        count = 0
        for text in self.root.iter(f"{W}t"):
            if text.text and not unicodedata.is_normalized("NFC", text.text):
                text.text = unicodedata.normalize("NFC", text.text)
                count += 1
        if count:
            self._note("VB-02", "thân văn bản", "chữ tổ hợp", f"chữ dựng sẵn ({count} chỗ)")

    def _margins(self, wanted: set[str]) -> None:
        for number, margins in enumerate(self.root.iter(f"{W}pgMar"), start=1):
            size = child(margins.getparent(), "pgSz")
            if size is not None and size.get(f"{W}orient") == "landscape":
                continue
            for rule, name, label, figure in (
                ("PG-03", "top", "trên", decree30.MARGIN_TOP),
                ("PG-03", "bottom", "dưới", decree30.MARGIN_BOTTOM),
                ("PG-04", "left", "trái", decree30.MARGIN_LEFT),
                ("PG-05", "right", "phải", decree30.MARGIN_RIGHT),
            ):
                if rule in wanted:
                    self._margin(margins, number, rule, name, label, figure)

    def _margin(
        self,
        margins: etree._Element,
        number: int,
        rule: str,
        name: str,
        label: str,
        figure: Margin,
    ) -> None:
        found = margins.get(W + name, "")
        if not re.fullmatch(r"-?\d+", found):
            return
        mm = abs(int(found)) / _MM
        nearest = min(max(mm, figure.least_mm), figure.most_mm)
        if abs(mm - nearest) > 0.5:
            margins.set(W + name, str(round(nearest * _MM)))
            self._note(rule, f"phần trang {number}", f"lề {label} {mm:.1f} mm", f"{nearest:g} mm")

    def _words(self, wanted: set[str]) -> None:
        parts = self.parts
        if "TY-02" in wanted and parts.motto is not None:
            self._rewrite("TY-02", parts.motto, lambda _: decree30.NATIONAL_MOTTO_TEXT)
        if {"TY-08", "NO-02"} & wanted and parts.symbol is not None:
            self._rewrite("TY-08", parts.symbol, _mend_symbol)
        if "VB-04" in wanted:
            for line in (*parts.body, *parts.bases):
                self._spaces(line)
        if "NN-01" in wanted and parts.recipients:
            self._recipients()

    def _recipients(self) -> None:
        entries = [line for line in self.parts.recipients if line.text.startswith(("-", "–", "+"))]
        for line in entries:
            is_archive = re.search(r"\bluu\b", line.folded) is not None
            place = self.parts.recipients.index(line)
            following = self.parts.recipients[place + 1 : place + 2]
            if following and following[0] not in entries:
                continue
            if is_archive and line.text[-1:] not in ".)":
                self._append(line, ".")
            elif not is_archive and line.text[-1:] not in ";:.,":
                self._append(line, ";")

    def _append(self, line: Line, sign: str) -> None:
        found = self._find(line)
        texts = [] if found is None else [text for text in texts_of(found) if text.text]
        if texts and texts[-1].text and texts[-1].text.rstrip() == texts[-1].text:
            texts[-1].text += sign
            self._note("NN-01", line.place, line.text[-20:], line.text[-20:] + sign)

    def _spaces(self, line: Line) -> None:
        found = self._find(line)
        for text in () if found is None else texts_of(found):
            mended = _BEFORE_MARK.sub("", _DOUBLED.sub(" ", text.text or ""))
            if mended != (text.text or ""):
                self._note("VB-04", line.place, (text.text or "")[:40], mended[:40])
                text.text = mended

    def _rewrite(self, rule: str, line: Line, mend: Callable[[str], str]) -> None:
        """Write a line anew where all its letters look alike, so that nothing of a look is lost."""
        found = self._find(line)
        if found is None:
            return
        texts = [text for text in texts_of(found) if text.text]
        looks = {look_of(text) for text in texts}
        whole = "".join(text.text or "" for text in texts)
        mended = mend(" ".join(whole.split()))
        if not texts or len(looks) > 1 or not line.is_whole or mended == whole.strip():
            return
        texts[0].text = mended
        for text in texts[1:]:
            text.text = ""
        self._note(rule, line.place, whole.strip(), mended)

    def _lettering(self, wanted: set[str]) -> None:
        for rule, lines, lettering in lettered_parts(self.parts):
            if rule.id in wanted:
                for line in lines:
                    self._letter(rule.id, line, lettering)

    def _letter(self, rule: str, line: Line, lettering: Lettering) -> None:
        found = self._find(line)
        if found is None or not line.is_whole:
            return
        told = []
        size = line.size
        if size and not lettering.least_pt <= size <= lettering.most_pt:
            nearest = min(max(size, lettering.least_pt), lettering.most_pt)
            for run in runs_of(found):
                for name in ("sz", "szCs"):
                    set_property(run, name, str(round(nearest * 2)))
            told.append(f"cỡ {nearest:g}")
        for trait, name, is_on, label in (
            ("bold", "b", lettering.bold, "đậm"),
            ("italic", "i", lettering.italic, "nghiêng"),
        ):
            share = line.share(trait)
            if (is_on and share < 0.2) or (not is_on and share > 0.8):
                for run in runs_of(found):
                    set_property(run, name, "1" if is_on else "0")
                told.append(label if is_on else f"không {label}")
        if told:
            self._note(rule, line.place, line.text[:40], ", ".join(told))

    def _gaps(self) -> None:
        count = 0
        for line in self.parts.body:
            if line.table >= 0 or not line.is_whole:
                continue
            style = line.style
            if (
                max(style.before, style.after) >= decree30.PARAGRAPH_GAP_LEAST_PT
                or style.before_auto
            ):
                continue
            found = self._find(line)
            if found is None:
                continue
            properties = child(found, "pPr")
            if properties is None:
                properties = etree.Element(f"{W}pPr")
                found.insert(0, properties)
            spacing = child(properties, "spacing")
            if spacing is None:
                spacing = etree.Element(f"{W}spacing")
                insert_spacing(properties, spacing)
            spacing.set(f"{W}before", str(decree30.PARAGRAPH_GAP_LEAST_PT * 20))
            count += 1
        if count:
            self._note("PA-02", "lời văn", f"{count} đoạn cách dưới 6 pt", "6 pt")

    def _fonts(self) -> None:
        changed: dict[str, int] = {}
        for run in self.root.iter(f"{W}rFonts"):
            for name in ("ascii", "hAnsi", "cs", "eastAsia"):
                family = run.get(W + name, "")
                known = family.lower().startswith(("times", *_OWN_CODES))
                if family and not known:
                    run.set(W + name, decree30.TYPEFACE)
                    changed[family] = changed.get(family, 0) + 1
        for family in changed:
            self._note("PG-06", "thân văn bản", f"phông {family}", decree30.TYPEFACE)

    def _find(self, line: Line) -> etree._Element | None:
        """Find the paragraph of a line in the file: by its text, the nearest to its number."""
        wanted = "".join(line.text.split())
        same = [
            (abs(number - line.paragraph), number)
            for number, one in enumerate(self._paragraphs, start=1)
            if bare_text(one) == wanted
        ]
        return self._paragraphs[min(same)[1] - 1] if same else None

    def _note(self, rule: str, place: str, before: str, after: str) -> None:
        self.changes.append(Change(rule=rule, place=place, before=before, after=after))


def _mend_symbol(text: str) -> str:
    found = _SYMBOL.match(text)
    if found is None:
        return text
    number = f"0{found[2]}" if len(found[2]) == 1 else found[2]
    rest = re.sub(r"\s*([/–—-])\s*", lambda mark: "/" if mark[1] == "/" else "-", found[3])
    return f"{found[1]}{number}{rest}"


def _mend_header(content: bytes) -> tuple[bytes, list[Change]]:
    """Put the page number of a header into the middle, in a size of the decree."""
    root = parse(content)
    changes: list[Change] = []
    for paragraph in root.iter(f"{W}p"):
        fields = [one.text or "" for one in paragraph.iter(f"{W}instrText")]
        fields += [one.get(f"{W}instr", "") for one in paragraph.iter(f"{W}fldSimple")]
        has_more = any(True for _ in paragraph.iter(f"{W}tab", f"{W}framePr", f"{W}drawing"))
        if not any(word.split()[:1] == ["PAGE"] for word in fields) or has_more:
            continue
        properties = child(paragraph, "pPr")
        if properties is None:
            properties = etree.Element(f"{W}pPr")
            paragraph.insert(0, properties)
        align = child(properties, "jc")
        if align is None or align.get(VAL) != "center":
            before = "trái" if align is None else str(align.get(VAL))
            if align is None:
                align = etree.Element(f"{W}jc")
                behind = [
                    one for one in properties if local(one) in ("rPr", "sectPr", "outlineLvl")
                ]
                properties.insert(len(properties) - len(behind), align)
            align.set(VAL, "center")
            changes.append(Change(rule="PG-07", place="đầu trang", before=before, after="giữa"))
        changes += _mend_number_size(paragraph)
    return serialise(root), changes


def _mend_number_size(paragraph: etree._Element) -> list[Change]:
    lettering = decree30.PAGE_NUMBER
    changes = []
    for run in paragraph.iter(f"{W}r"):
        size = child(child(run, "rPr"), "sz")
        points = int(size.get(VAL, "0")) / 2 if size is not None else 0.0
        if points and not lettering.least_pt <= points <= lettering.most_pt:
            set_property(run, "sz", str(round(lettering.chosen_pt * 2)))
            changes.append(
                Change(
                    rule="PG-07",
                    place="đầu trang",
                    before=f"cỡ {points:g}",
                    after=f"cỡ {lettering.chosen_pt:g}",
                )
            )
    return changes
