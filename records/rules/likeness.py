"""How alike two persons and two deeds are: scores from 0 to 100 with the reasons for them.

RapidFuzz compares, folding makes accents, case and look-alike letters equal. The scores sort
and explain; whether it is the same deed is for the clerk to say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from records.rules.facts import Deed, Identity
from records.rules.span import Span

SAME = 90
"""From this score on two records are taken for one, until a clerk says otherwise."""
ALIKE = 60
"""From this score on a person must look."""

_NAME_FLOOR = 0.8
"""Names less alike than this are names of two people."""
_NAME_LETTERS = 200
"""Names are compared by their first letters; none is longer."""
_MOST_WORDS = 400
"""Deeds are compared by their first words; the account of a good deed is shorter."""
_LETTERS = str.maketrans({"đ": "d", "ð": "d", "’": "'", "ʼ": "'", "‘": "'", "`": "'"})
_SMALL_WORDS = frozenset(
    {"va", "la", "cua", "cho", "o", "tai", "da", "duoc", "cac", "nhung", "mot", "trong", "voi"}
    | {"ong", "ba", "anh", "chi"}
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """A score from 0 (nothing in common) to 100 (certainly one), and why, in Vietnamese."""

    score: int
    reasons: tuple[str, ...] = ()

    @property
    def is_same(self) -> bool:
        """Tell whether the two are taken for one."""
        return self.score >= SAME

    @property
    def is_alike(self) -> bool:
        """Tell whether a person must look."""
        return self.score >= ALIKE


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Make a search key: lower case, đ→d, no accents, single spaces (as `records.base.fold`)."""
    lowered = unicodedata.normalize("NFC", text).lower().translate(_LETTERS)
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFD", lowered)
        if unicodedata.category(letter) != "Mn"
    )
    return " ".join(unicodedata.normalize("NFC", bare).translate(_LETTERS).split())


def compare_persons(one: Identity, other: Identity) -> Likeness:
    """Say how likely the two are one person, collective or household.

    The same identity number or the office's own key is certain; two different numbers are two
    people. Otherwise the name speaks first, then birth, then unit: people of one name and no
    known birth are never more than alike, for Nguyễn Thị Lan is many.
    """
    if one.subject is not other.subject:
        return Likeness(0)
    if one.identity and one.identity == other.identity:
        return Likeness(100, ("trùng số định danh",))
    if one.person_key and one.person_key == other.person_key:
        return Likeness(100, ("cùng một người trong sổ của cơ quan",))
    if one.identity and other.identity:
        return Likeness(0)
    named = _ratio(fold(one.name), fold(other.name))
    if named < _NAME_FLOOR or not one.name.strip():
        return Likeness(0)
    score = round(60 * named)
    reasons = ["họ tên gần giống"]
    if named == 1.0:
        is_exact = _spelling(one.name) == _spelling(other.name)
        score += 5 if is_exact else 0
        reasons = ["trùng họ tên" if is_exact else "trùng họ tên khi bỏ dấu"]
    for points, reason in (_births(one.birth, other.birth), _units(one, other)):
        score += points
        reasons += [reason] if reason else []
    return Likeness(max(0, min(99, score)), tuple(reasons))


def find_alike(name: str, folded_names: Mapping[int, str]) -> tuple[int, ...]:
    """Find, among many folded names by key, all that `compare_persons` could take for this one.

    Fifty thousand names take about a hundredth of a second; the keys come in no order.
    """
    found = process.extract(
        fold(name)[:_NAME_LETTERS],
        folded_names,
        scorer=fuzz.ratio,
        score_cutoff=100 * _NAME_FLOOR,
        limit=None,
    )
    return tuple(key for _, _, key in found)


def _births(one: Span | None, other: Span | None) -> tuple[int, str]:
    if one is None or other is None:
        return 0, ""
    if not one.meets(other):
        return -40, "khác ngày, năm sinh"
    if one.is_day and other.is_day:
        return 30, "trùng ngày sinh"
    return 20, "trùng năm sinh"


def _units(one: Identity, other: Identity) -> tuple[int, str]:
    same = {fold(name) for name in one.unit_names} & {fold(name) for name in other.unit_names}
    return (10, "cùng đơn vị, nơi ở") if same - {""} else (0, "")


def compare_deeds(one: Deed, other: Deed, *, days_apart: int) -> Likeness:
    """Say how likely the two accounts tell of one deed.

    `days_apart` is how far two days of one deed may stand from each other in the papers. Where
    an account is missing on either side, the same day alone makes the two alike.
    """
    if one.key and one.key == other.key:
        return Likeness(100, ("cùng một việc làm trong sổ của cơ quan",))
    is_near, timed = _times(one.done, other.done, days_apart)
    first, second = _words(one.text), _words(other.text)
    if not first or not second:
        is_one_day = one.done is not None and one.done.is_day and one.done == other.done
        return Likeness(ALIKE, (timed, "chưa có mô tả")) if is_one_day else Likeness(0)
    told = round(100 * _told_alike(first, second))
    reasons = [f"mô tả giống nhau {told} %"]
    score = told
    if is_near is True and told >= 50:
        score += 10
        reasons.append(timed)
    if is_near is False:
        score -= 15
        reasons.append(timed)
    return Likeness(max(0, min(99, score)), tuple(reasons))


def _times(one: Span | None, other: Span | None, days_apart: int) -> tuple[bool | None, str]:
    if one is None or other is None:
        return None, ""
    days = one.days_apart(other)
    if days == 0:
        return True, "trùng thời gian"
    return days <= days_apart, f"cách nhau {days} ngày"


def _told_alike(first: Sequence[str], second: Sequence[str]) -> float:
    """Compare in order (retyped, shortened) and without order (told again), and take the better.

    Without order, the words of the shorter account are looked for in the longer one; an account
    of a few words is too little to be found in another.
    """
    in_order = fuzz.ratio(first, second) / 100
    shorter, longer = sorted((set(first) - _SMALL_WORDS, set(second) - _SMALL_WORDS), key=len)
    if len(shorter) < 6:
        return in_order
    return max(in_order, 0.95 * len(shorter & longer) / len(shorter))


@lru_cache(maxsize=4_096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", fold(text))[:_MOST_WORDS])


def _ratio(one: str, other: str) -> float:
    return fuzz.ratio(one[:_NAME_LETTERS], other[:_NAME_LETTERS]) / 100


def _spelling(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).lower().split())
