"""Numbers and bullets of lists, counted as Word counts them."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from lxml import etree

from doc_templates.reading.findings import Findings
from doc_templates.reading.names import W, child, is_on, local, number, points, value_of
from doc_templates.reading.package import parse

_LEVELS: Final = 9
#: Formats that are written out below; another is refused by its name.
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_HIGHEST_ROMAN: Final = 3999


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list, as it is written."""

    format: str
    text: str
    start: int
    follow: str
    align: str
    restart: int | None
    is_legal: bool
    paragraph: etree._Element | None
    run: etree._Element | None
    tab_at: float | None
    picture: bool


@dataclass(frozen=True, slots=True)
class List:
    """A list: the abstract one whose counters it shares, its levels, and where it starts anew."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]


@dataclass(slots=True)
class Counters:
    """The counts of all lists while a paper is read from its first paragraph to its last."""

    lists: dict[str, List]
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def find(self, number_id: str, level: int) -> Level | None:
        """Give a level of a list; None when there is none."""
        found = self.lists.get(number_id)
        return found.levels.get(level) if found else None

    def next(self, number_id: str, level: int, findings: Findings) -> str:
        """Count one paragraph and give the text of its number."""
        found = self.lists[number_id]
        counts = self._counts.setdefault(found.abstract, [None] * _LEVELS)
        for below in range(level + 1):
            if below in found.starts and (number_id, below) not in self._begun:
                self._begun.add((number_id, below))
                counts[below] = None
        own = found.levels[level]
        current = counts[level]
        start = found.starts.get(level, own.start)
        counts[level] = start if current is None else current + 1
        for above in range(level):
            if counts[above] is None and above in found.levels:
                counts[above] = found.starts.get(above, found.levels[above].start)
        for deeper in range(level + 1, _LEVELS):
            restart = found.levels[deeper].restart if deeper in found.levels else None
            if restart is None or (restart > level and restart != 0):
                counts[deeper] = None
        return self._written(found, level, counts, findings)

    def _written(
        self, found: List, level: int, counts: list[int | None], findings: Findings
    ) -> str:
        own = found.levels[level]
        if own.format in {"bullet", "none"}:
            return own.text if own.format == "bullet" else ""
        text = own.text
        for place in range(_LEVELS):
            mark = f"%{place + 1}"
            if mark in text:
                source = found.levels.get(place)
                shown = "decimal" if own.is_legal else (source.format if source else "decimal")
                text = text.replace(mark, write_number(counts[place] or 0, shown, findings))
        return text


def write_number(count: int, shown: str, findings: Findings) -> str:
    """Write a count in a format of Word; one we do not write is refused by name."""
    match shown:
        case "decimal":
            return str(count)
        case "decimalZero":
            return f"{count:02d}"
        case "upperLetter" | "lowerLetter":
            letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if count else ""
            return letter.upper() if shown == "upperLetter" else letter
        case "upperRoman" | "lowerRoman":
            return _roman(count).upper() if shown == "upperRoman" else _roman(count)
        case "none":
            return ""
    findings.refuse(f"danh sách đánh số kiểu “{shown}”")
    return str(count)


def _roman(count: int) -> str:
    if not 0 < count <= _HIGHEST_ROMAN:
        return str(count)
    text = ""
    for value, letters in _ROMAN:
        text += letters * (count // value)
        count %= value
    return text


@lru_cache(maxsize=64)
def read_lists(content: bytes) -> dict[str, List]:
    """Read a numbering part (b"" for none) into lists by id.

    Raises:
        PaperUnreadable: it is no XML.
    """
    if not content:
        return {}
    root = parse(content)
    abstract = {
        element.get(f"{W}abstractNumId", ""): _read_levels(element)
        for element in root
        if local(element) == "abstractNum"
    }
    links = {
        value_of(element, "styleLink"): element.get(f"{W}abstractNumId", "")
        for element in root
        if local(element) == "abstractNum" and child(element, "styleLink") is not None
    }
    for element in root:
        if local(element) == "abstractNum" and (name := value_of(element, "numStyleLink")):
            key = element.get(f"{W}abstractNumId", "")
            abstract[key] = abstract.get(links.get(name, ""), abstract[key])
    lists: dict[str, List] = {}
    for element in root:
        if local(element) != "num":
            continue
        key = value_of(element, "abstractNumId")
        levels = dict(abstract.get(key, {}))
        starts: dict[int, int] = {}
        for override in element.iterfind(f"{W}lvlOverride"):
            place = _level_of(override)
            if (start := child(override, "startOverride")) is not None:
                starts[place] = int(number(start.get(f"{W}val"), 1.0))
            if (own := child(override, "lvl")) is not None:
                levels[place] = _read_level(own)
        lists[element.get(f"{W}numId", "")] = List(key, levels, starts)
    return lists


def _read_levels(element: etree._Element) -> dict[int, Level]:
    return {_level_of(one): _read_level(one) for one in element.iterfind(f"{W}lvl")}


def _level_of(element: etree._Element) -> int:
    return min(max(int(number(element.get(f"{W}ilvl"))), 0), _LEVELS - 1)


def _read_level(element: etree._Element) -> Level:
    restart = child(element, "lvlRestart")
    legal = child(element, "isLgl")
    paragraph = child(element, "pPr")
    tab_at = None
    tabs = child(paragraph, "tabs")
    if tabs is not None:
        for one in tabs.iterfind(f"{W}tab"):
            if one.get(f"{W}val") != "clear":
                tab_at = points(one.get(f"{W}pos"))
    return Level(
        format=value_of(element, "numFmt", "decimal"),
        text=value_of(element, "lvlText"),
        start=int(number(value_of(element, "start", "1"), 1.0)),
        follow=value_of(element, "suff", "tab"),
        align=value_of(element, "lvlJc", "left"),
        restart=None if restart is None else int(number(restart.get(f"{W}val"))),
        is_legal=legal is not None and is_on(legal),
        paragraph=paragraph,
        run=child(element, "rPr"),
        tab_at=tab_at,
        picture=child(element, "lvlPicBulletId") is not None,
    )
