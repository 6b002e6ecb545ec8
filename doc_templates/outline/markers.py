"""What can be a marker at the start of a line, judged by its letters alone.

Whether it is one is decided in `numbering.py`, which knows what came before.
"""

import re
from dataclasses import dataclass

from doc_templates.outline.model import BlockKind

ALPHABET = "abcdđeghiklmnopqrstuvxy"
"""The letters of points, in order; `f`, `j`, `w`, `z` count as the letter before them."""

CAPITAL_ALPHABET = "ABCDĐEFGHIJKLMNOPQRSTUVWXYZ"
"""The letters of parts named `A.`, `B.`; offices that skip Đ or F are understood."""

_ROMAN_TENS = ("", "X")
_ROMAN_ONES = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
ROMANS = {
    tens + ones: 10 * ten + one
    for ten, tens in enumerate(_ROMAN_TENS)
    for one, ones in enumerate(_ROMAN_ONES, 1)
}
"""I to XX."""

ORDINALS = {
    **{"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6},
    **{"bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10},
}

BULLETS = "-–—−•●▪■◦○·‣❖➢✓\uf0b7\uf02d\uf0a7\uf0d8\uf0fc"
"""Signs before a line of a list, with those that Word pastes from its symbol fonts."""

_STARS = r"\*{0,3}"
_END = rf"(?={_STARS}(?: |$))"

_DIVISION = re.compile(
    rf"{_STARS}(?P<typed>(?P<name>Phần|PHẦN|Chương|CHƯƠNG|Tiểu mục|TIỂU MỤC|Mục|MỤC) "
    rf"(?:(?:thứ|THỨ|Thứ) (?P<ordinal>\w+)|(?P<roman>[IVX]+)|(?P<figures>\d{{1,2}}))"
    rf"(?P<mark> ?[.:–-](?={_STARS}(?: |$))|(?={_STARS}(?: |$))))"
    rf"(?P<closing>{_STARS}) ?(?P<rest>.*)$"
)
_ARTICLE = re.compile(rf"{_STARS}(?P<typed>(?P<name>Điều|ĐIỀU) (?P<n>\d{{1,3}})[a-zđ]?[.:]){_END}")
_ROMAN = re.compile(rf"{_STARS}(?P<typed>(?P<n>[IVX]+)\.){_STARS} (?=.)")
_LETTER = re.compile(rf"{_STARS}(?P<typed>(?P<n>[A-ZĐ])\.){_STARS} (?=.)")
_SUBCLAUSE = re.compile(
    rf"{_STARS}(?P<typed>(?P<n>[1-9]\d?(?:\.[1-9]\d?){{1,4}})(?P<dot>\.?)){_END}"
)
_NUMBER = re.compile(rf"{_STARS}(?P<typed>(?P<n>[1-9]\d{{0,2}})(?P<suffix>[.)/])){_END}")
_POINT = re.compile(rf"{_STARS}(?P<typed>(?P<n>[a-zđ])(?P<suffix>[.)/])){_END}")
_BULLET = re.compile(rf"{_STARS}(?P<typed>[{BULLETS}+])(?={_STARS}(?P<space> |$)|\*{{0,3}}[\w“(])")
_STAR_BULLET = re.compile(r"(?P<typed>\*) (?=.)")

_DIVISION_KINDS = {
    "phần": BlockKind.PART,
    "chương": BlockKind.CHAPTER,
    "mục": BlockKind.SECTION,
    "tiểu mục": BlockKind.SUBSECTION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A possible marker.

    `typed` is how it stands in the line, `marker` how it is printed. `suffix` is the sign
    after the figure or letter (`.`, `)`, `/`). `rest` is the raw remainder of the line.
    `is_spaced` says that a space or the end of the line follows; `has_mark` says that a
    division is set off from its title by a sign, or that `1.1` ends in a stop.
    """

    kind: BlockKind
    typed: str
    marker: str
    rest: str
    number: int | tuple[int, ...] | None = None
    suffix: str = ""
    is_spaced: bool = True
    has_mark: bool = True


def find_candidate(raw: str) -> Candidate | None:
    """Find what may be a marker at the start of a line, or `None`."""
    return (
        _division(raw)
        or _article(raw)
        or _roman(raw)
        or _letter(raw)
        or _subclause(raw)
        or _number(raw)
        or _point(raw)
        or _bullet(raw)
    )


def _division(raw: str) -> Candidate | None:
    match = _DIVISION.match(raw)
    if match is None:
        return None
    ordinal, roman, figures = match.group("ordinal", "roman", "figures")
    number = (
        ORDINALS.get(ordinal.casefold())
        if ordinal
        else ROMANS.get(roman)
        if roman
        else int(figures)
    )
    if number is None:
        return None
    typed = match["typed"]
    return Candidate(
        kind=_DIVISION_KINDS[match["name"].casefold()],
        typed=typed,
        marker=typed.removesuffix(match["mark"]) if match["mark"] else typed,
        number=number,
        rest=match["rest"],
        has_mark=bool(match["mark"]),
    )


def _article(raw: str) -> Candidate | None:
    if (match := _ARTICLE.match(raw)) is None:
        return None
    typed = match["typed"]
    return Candidate(
        kind=BlockKind.ARTICLE,
        typed=typed,
        marker=f"{typed[:-1]}.",
        number=int(match["n"]),
        rest=raw[match.end() :],
    )


def _roman(raw: str) -> Candidate | None:
    match = _ROMAN.match(raw)
    if match is None or match["n"] not in ROMANS:
        return None
    return Candidate(
        kind=BlockKind.ROMAN,
        typed=match["typed"],
        marker=match["typed"],
        number=ROMANS[match["n"]],
        rest=raw[match.end() :],
    )


def _letter(raw: str) -> Candidate | None:
    """`A.` to `Z.` without I, V and X, which are figures first."""
    if (match := _LETTER.match(raw)) is None:
        return None
    return Candidate(
        kind=BlockKind.PART,
        typed=match["typed"],
        marker=match["typed"],
        number=CAPITAL_ALPHABET.index(match["n"]) + 1,
        suffix=".",
        rest=raw[match.end() :],
    )


def _subclause(raw: str) -> Candidate | None:
    if (match := _SUBCLAUSE.match(raw)) is None:
        return None
    return Candidate(
        kind=BlockKind.SUBCLAUSE,
        typed=match["typed"],
        marker=f"{match['n']}.",
        number=tuple(int(figures) for figures in match["n"].split(".")),
        rest=raw[match.end() :],
        has_mark=bool(match["dot"]),
    )


def _number(raw: str) -> Candidate | None:
    if (match := _NUMBER.match(raw)) is None:
        return None
    return Candidate(
        kind=BlockKind.CLAUSE,
        typed=match["typed"],
        marker=match["typed"],
        number=int(match["n"]),
        suffix=match["suffix"],
        rest=raw[match.end() :],
    )


def _point(raw: str) -> Candidate | None:
    if (match := _POINT.match(raw)) is None:
        return None
    letter = match["n"]
    stand_in = {"f": "e", "j": "i", "w": "v", "z": "y"}.get(letter, letter)
    return Candidate(
        kind=BlockKind.POINT,
        typed=match["typed"],
        marker=match["typed"],
        number=ALPHABET.index(stand_in) + 1,
        suffix=match["suffix"],
        rest=raw[match.end() :],
    )


def _bullet(raw: str) -> Candidate | None:
    match = _STAR_BULLET.match(raw) or _BULLET.match(raw)
    if match is None:
        return None
    is_plus = match["typed"] == "+"
    return Candidate(
        kind=BlockKind.PLUS if is_plus else BlockKind.DASH,
        typed=match["typed"],
        marker="+" if is_plus else "-",
        rest=raw[match.end() :],
        is_spaced=match["typed"] == "*" or match["space"] is not None,
    )
