"""Recognises the parts of an official paper from what stands on the page.

Not from our styles: a stranger's letterhead may be a table, tabs or plain paragraphs. What is
not found is None or empty, and the checks then say that they cannot tell.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from doc_templates.conformity.lines import Line, fold, lines_of
from doc_templates.kinds import DocumentKind
from doc_templates.reading.model import Paper

_COUNTRY: Final = "cong hoa xa hoi chu nghia viet nam"
_MOTTO: Final = re.compile(r"doc lap ?[-.] ?tu do ?[-.] ?hanh phuc")
_SYMBOL: Final = re.compile(r"^số\s*[:.]?\s*(?=[\d…._ ]*\s*/|[\d…._ ]{1,20}-)", re.IGNORECASE)
DATE_LINE: Final = re.compile(r"ngày\b.{0,14}\btháng\b.{0,14}\bnăm\b", re.IGNORECASE)
_DATE: Final = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_LETTER: Final = re.compile(r"^v\s*/\s*v\b|^ve viec\b")
_ADDRESSEES: Final = re.compile(r"^kinh gui\b")
_RECIPIENTS: Final = re.compile(r"^noi nhan\s*[:.;]?$|^noi nhan\s*:")
_ANNEX: Final = re.compile(r"^phu luc(?: (?:so )?(?:[ivxlc]+|\d+|[a-z]))?\s*[:.]?$")
_ATTACHED: Final = re.compile(r"^\(?\s*kem theo\b|^\(ban hanh kem theo\b")
_BASIS: Final = re.compile(r"^(?:-\s*)?(?:can cu|theo de nghi|xet de nghi|xet to trinh)\b")
_AUTHORITY: Final = re.compile(
    r"^(?:tm|kt|tl|tuq|q)\s*\.|^(?:quyen )?(?:chu tich|giam doc|hieu truong|truong phong|"
    r"truong ban|chanh van phong|thu truong|bo truong|cuc truong|chi cuc truong|bi thu|"
    r"pho chu tich|tong giam doc|vien truong|chanh an)\b"
)
_ENACTING: Final = re.compile(r"^(?:quyet dinh|quyet nghi|nghi quyet)\s*:?$")
#: A letterhead stands within the first lines; a table may begin much later.
_OPENING_LINES: Final = 30
_MOST_ABSTRACT: Final = 8
_KINDS: Final = {fold(kind.title): kind for kind in DocumentKind}
_SHORT: Final = 120
_SHORT_NAME: Final = 40


@dataclass(slots=True, kw_only=True)
class Parts:
    """The parts of a paper; a list keeps the order of the page. `closing` are the indexes of
    lines from the closing block on; `is_sure` is off where the letterhead was not found."""

    lines: list[Line]
    kind: DocumentKind | None = None
    country: Line | None = None
    motto: Line | None = None
    issuer: list[Line] = field(default_factory=list)
    symbol: Line | None = None
    place_date: Line | None = None
    title: Line | None = None
    abstract: list[Line] = field(default_factory=list)
    letter_abstract: list[Line] = field(default_factory=list)
    authority: Line | None = None
    addressees: list[Line] = field(default_factory=list)
    bases: list[Line] = field(default_factory=list)
    enacting: Line | None = None
    body: list[Line] = field(default_factory=list)
    recipients_word: Line | None = None
    recipients: list[Line] = field(default_factory=list)
    signing: list[Line] = field(default_factory=list)
    second_signing: list[Line] = field(default_factory=list)
    """The secretary's block above Nơi nhận, in minutes."""
    signer: Line | None = None
    annexes: list[Line] = field(default_factory=list)
    after: list[Line] = field(default_factory=list)

    @property
    def superior(self) -> list[Line]:
        """The lines of the superior body: those before the first bold one."""
        bold = [place for place, line in enumerate(self.issuer) if line.share("bold") > 0.5]
        return self.issuer[: bold[0]] if bold else []

    @property
    def issuing(self) -> list[Line]:
        """The lines of the issuing body."""
        return self.issuer[len(self.superior) :]

    @property
    def issued_on(self) -> date | None:
        """The day of the paper; None while it has none."""
        found = _DATE.search(self.place_date.text) if self.place_date else None
        if found is None:
            return None
        try:
            return date(int(found[3]), int(found[2]), int(found[1]))
        except ValueError:
            return None


def recognise(paper: Paper) -> Parts:
    """Recognise the parts of a paper."""
    return _Recogniser(lines_of(paper)).find()


class _Recogniser:
    """Finds part after part, from above."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = [line for line in lines if line.text]
        self._parts = Parts(lines=self._lines)
        self._used: set[int] = set()

    def find(self) -> Parts:
        self._letterhead()
        self._title()
        self._closing()
        self._middle()
        self._kind()
        return self._parts

    def _take(self, place: int) -> Line:
        self._used.add(place)
        return self._lines[place]

    def _opening(self) -> range:
        return range(min(_OPENING_LINES, len(self._lines)))

    def _letterhead(self) -> None:
        parts = self._parts
        for place in self._opening():
            line = self._lines[place]
            folded = line.folded
            if parts.country is None and folded == _COUNTRY:
                parts.country = self._take(place)
            elif parts.motto is None and _MOTTO.fullmatch(folded.strip(" .")):
                parts.motto = self._take(place)
            elif parts.symbol is None and _SYMBOL.match(line.text):
                parts.symbol = self._take(place)
            elif (
                parts.place_date is None
                and DATE_LINE.search(line.text)
                and len(line.text) < _SHORT
                and (parts.country or parts.symbol)
                and not _ATTACHED.match(folded)
                and not _BASIS.match(folded)
                and ":" not in line.text.partition("ngày")[0]
            ):
                parts.place_date = self._take(place)
        self._issuer()
        self._letter_abstract()

    def _issuer(self) -> None:
        """Find the name of the body: capitals beside the country's name, above the number."""
        country, parts = self._parts.country, self._parts
        if country is None:
            return
        below = parts.symbol.paragraph if parts.symbol else country.paragraph + 3
        for place in self._opening():
            line = self._lines[place]
            if place in self._used or not line.is_capitals or len(line.text) > _SHORT:
                continue
            if country.table >= 0:
                beside = (
                    line.table == country.table
                    and line.row == country.row
                    and line.column != country.column
                )
            else:
                # Parted by tabs: left of the country's name, above the number.
                beside = (
                    country.part > 0
                    and (line.table, line.part) == (-1, 0)
                    and country.paragraph - 1 <= line.paragraph < below
                )
            if beside and fold(line.text) not in _KINDS:
                parts.issuer.append(self._take(place))

    def _letter_abstract(self) -> None:
        """Find V/v and the lines after it in the same cell."""
        for place in self._opening():
            line = self._lines[place]
            if place in self._used or not _LETTER.match(line.folded):
                continue
            if line.folded.startswith("ve viec") and line.table < 0:
                continue
            self._parts.letter_abstract.append(self._take(place))
            for further in range(place + 1, min(place + _MOST_ABSTRACT, len(self._lines))):
                other = self._lines[further]
                same = (other.table, other.row, other.column) == (line.table, line.row, line.column)
                if line.table < 0 or not same or further in self._used:
                    break
                self._parts.letter_abstract.append(self._take(further))
            return

    def _title(self) -> None:
        """Find the name of the kind in capitals, and the abstract below it."""
        parts = self._parts
        for place in range(min(_OPENING_LINES * 2, len(self._lines))):
            line = self._lines[place]
            if place in self._used or not line.is_capitals:
                continue
            if _title_of(line) is None:
                continue
            parts.title = self._take(place)
            if not parts.letter_abstract:
                self._abstract(place + 1)
            return

    def _abstract(self, start: int) -> None:
        title = self._parts.title
        for place in range(start, min(start + _MOST_ABSTRACT, len(self._lines))):
            line = self._lines[place]
            folded = line.folded
            if place in self._used or line.style.align != "center":
                return
            if _BASIS.match(folded) or _ADDRESSEES.match(folded) or _ENACTING.match(folded):
                return
            if title is not None and (line.table, line.row) != (title.table, title.row):
                return
            if self._parts.abstract and line.is_capitals:
                return
            if _ATTACHED.match(folded) or not any(map(str.isalnum, line.text)):
                return
            self._parts.abstract.append(self._take(place))

    def _closing(self) -> None:
        """Find Nơi nhận, the lines below it, and the block of the signature beside it."""
        parts = self._parts
        for place, line in enumerate(self._lines):
            if place in self._used or not _RECIPIENTS.match(line.folded):
                continue
            parts.recipients_word = self._take(place)
            if line.table >= 0:
                self._closing_table(line)
            else:
                self._closing_lines(place)
            self._after(place)
            return

    def _closing_table(self, word: Line) -> None:
        parts = self._parts
        for place, line in enumerate(self._lines):
            if place in self._used or line.table != word.table:
                continue
            if line.column == word.column and line.paragraph < word.paragraph:
                parts.second_signing.append(self._take(place))
            elif line.column == word.column and line.row >= word.row:
                parts.recipients.append(self._take(place))
            elif line.column != word.column:
                parts.signing.append(self._take(place))
        self._split_signer()

    def _closing_lines(self, start: int) -> None:
        """Read a closing block without a table: recipients begin with a hyphen."""
        parts = self._parts
        for place in range(start + 1, min(start + 40, len(self._lines))):
            line = self._lines[place]
            if line.table >= 0:
                break
            if line.part > 0:
                parts.signing.append(self._take(place))
            elif line.text.startswith(("-", "–", "+")) or line.label in {"-", "–", "+"}:
                parts.recipients.append(self._take(place))
            elif (_AUTHORITY.match(line.folded) and line.is_capitals) or (
                parts.signing and len(line.text) < _SHORT_NAME
            ):
                parts.signing.append(self._take(place))
            else:
                break
        self._split_signer()

    def _split_signer(self) -> None:
        """The signer's name is the last line, in small letters."""
        parts = self._parts
        named = [line for line in parts.signing if not line.is_capitals]
        if named and parts.signing and named[-1] is parts.signing[-1]:
            words = named[-1].text.split()
            if 2 <= len(words) <= 7 and not any(letter.isdigit() for letter in named[-1].text):
                parts.signer = parts.signing.pop()

    def _after(self, place: int) -> None:
        """What stands behind the closing block belongs to annexes."""
        last = max(self._used)
        self._parts.after = [
            line
            for number, line in enumerate(self._lines)
            if number > max(place, last) and number not in self._used
        ]
        self._parts.annexes = [
            line
            for line in self._parts.after
            if _ANNEX.match(line.folded) or _ATTACHED.match(line.folded)
        ]

    def _middle(self) -> None:
        """Divide what stands between head and closing block."""
        parts = self._parts
        behind = {id(line) for line in parts.after}
        stop = (
            self._lines.index(parts.recipients_word) if parts.recipients_word else len(self._lines)
        )
        may_be_basis = True
        for place in range(stop):
            line = self._lines[place]
            if place in self._used or id(line) in behind:
                continue
            folded = line.folded
            if not parts.body and _ADDRESSEES.match(folded):
                parts.addressees.append(line)
            elif may_be_basis and _BASIS.match(folded):
                parts.bases.append(line)
            elif parts.enacting is None and _ENACTING.match(folded) and line.is_capitals:
                parts.enacting = line
                may_be_basis = False
            elif (
                parts.authority is None
                and not parts.bases
                and not parts.body
                and line.is_capitals
                and line.style.align == "center"
                and parts.title is not None
            ):
                parts.authority = line
            elif _ATTACHED.match(folded) and line.style.align == "center":
                parts.annexes.append(line)
            elif parts.addressees and not parts.body and _is_addressee(line, parts.addressees[-1]):
                parts.addressees.append(line)
            else:
                if parts.title is not None or parts.letter_abstract or parts.country:
                    parts.body.append(line)
        # Plans and letters open with “Căn cứ …” as running text: only a decision has the list.
        if parts.enacting is None and parts.bases:
            order = {id(line): number for number, line in enumerate(self._lines)}
            parts.body = sorted([*parts.bases, *parts.body], key=lambda line: order[id(line)])
            parts.bases = []

    def _kind(self) -> None:
        parts = self._parts
        if parts.title is not None:
            parts.kind = _title_of(parts.title)
        elif parts.letter_abstract:
            parts.kind = DocumentKind.OFFICIAL_LETTER


def _title_of(line: Line) -> DocumentKind | None:
    """Read the name of a kind; a title may go on: “QUYẾT ĐỊNH (dự thảo)”, “BÁO CÁO TÓM TẮT”."""
    return _KINDS.get(line.folded.rstrip(" :.*"))


def _is_addressee(line: Line, last: Line) -> bool:
    starts = line.text.startswith(("-", "–", "+")) or line.label in {"-", "–", "+"}
    return starts and (line.table, line.row) == (last.table, last.row)
