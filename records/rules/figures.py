"""The figures and principles of the law, by date, each with its article.

`law/*.toml` holds one file for each text. A change of the law is a second, dated entry beside
the first, never an edit: an old nomination must still be judged by the law of its day.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import pairwise
from types import MappingProxyType
from typing import Any, TypeAlias

Value: TypeAlias = bool | int | Decimal | str | tuple[str, ...]


class Certainty(StrEnum):
    """How sure we are of an entry; what is not verified never makes a hard error."""

    VERIFIED = "verified"
    KNOWN_UNVERIFIED = "known-unverified"


class LawInvalid(ValueError):
    """A file of the law cannot be used; the sentence says which entry and why."""


class FigureMissing(ValueError):
    """No value of `name` holds on `on` (for `area`)."""

    def __init__(self, name: str, on: date, area: str) -> None:
        self.name = name
        self.on = on
        self.area = area
        where = f" ({area})" if area else ""
        super().__init__(f"Không có quy định “{name}”{where} đang hiệu lực ngày {on:%d/%m/%Y}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One value of one text, and the days on which it holds."""

    name: str
    value: Value
    document: str
    """As cited: “Nghị định số 152/2025/NĐ-CP”."""
    article: str
    since: date
    until: date | None
    """The last day, included; `None`: no end is known."""
    area: str = ""
    """Empty: the whole country; “ha-noi”: there only."""
    certainty: Certainty = Certainty.VERIFIED
    note: str = ""

    @property
    def source(self) -> str:
        """The text with its article, and a word where nobody has checked it."""
        doubt = "" if self.is_verified else " (chưa đối chiếu văn bản gốc)"
        return f"{self.document}, {self.article}{doubt}"

    @property
    def is_verified(self) -> bool:
        """Tell whether somebody read it in the text itself or in a source that cites it."""
        return self.certainty is Certainty.VERIFIED

    def holds(self, on: date) -> bool:
        """Tell whether it is in force on that day."""
        return self.since <= on and (self.until is None or on <= self.until)

    def number(self) -> Decimal:
        """Give the value as an exact number.

        Raises:
            LawInvalid: it is no number.
        """
        if isinstance(self.value, bool) or not isinstance(self.value, int | Decimal):
            raise LawInvalid(f"{self.name} ({self.document}): {self.value!r} không phải là số")
        return Decimal(self.value)

    def words(self) -> tuple[str, ...]:
        """Give the value as a list of words.

        Raises:
            LawInvalid: it is no list.
        """
        if not isinstance(self.value, tuple):
            raise LawInvalid(f"{self.name} ({self.document}): {self.value!r} không phải danh sách")
        return self.value


def figure(name: str, *, on: date, area: str = "") -> Figure:
    """Give the value in force on that day; the area's own stands before the country's.

    Raises:
        FigureMissing: none holds.
    """
    found = find_figure(name, on=on, area=area)
    if found is None:
        raise FigureMissing(name, on, area)
    return found


def find_figure(name: str, *, on: date, area: str = "") -> Figure | None:
    """Give the value in force on that day, or `None`."""
    held = _law().get(name, ())
    for place in (area, ""):
        for each in held:
            if each.area == place and each.holds(on):
                return each
    return None


def figures() -> tuple[Figure, ...]:
    """List every entry of the law, by name, the oldest first."""
    return tuple(each for name in sorted(_law()) for each in _law()[name])


@cache
def _law() -> Mapping[str, tuple[Figure, ...]]:
    folder = files("records.rules") / "law"
    texts = sorted(
        (entry.name, entry.read_text(encoding="utf-8"))
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    )
    return arrange(each for name, text in texts for each in read_law(text, name))


def read_law(text: str, name: str) -> tuple[Figure, ...]:
    """Read one file of the law; `name` is for messages.

    Decimal points are read exactly, never as binary fractions.

    Raises:
        LawInvalid: an entry lacks a part, or has one that nobody knows.
    """
    try:
        table = tomllib.loads(text, parse_float=Decimal)
        entries = table.pop("figures")
        return tuple(_entry(table | entry, name) for entry in entries)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise LawInvalid(f"{name}: {error!r}") from error


_KNOWN = {each.name for each in fields(Figure)} | {"title"}


def _entry(parts: dict[str, Any], file: str) -> Figure:
    strange = set(parts) - _KNOWN
    if strange:
        raise LawInvalid(f"{file}: {parts.get('name')}: không hiểu {sorted(strange)}")
    parts.pop("title", None)
    value = parts.pop("value")
    made = Figure(
        value=tuple(value) if isinstance(value, list) else value,
        until=parts.pop("until", None),
        certainty=Certainty(parts.pop("certainty", "verified")),
        **parts,
    )
    if not made.article or (made.until is not None and made.until < made.since):
        raise LawInvalid(f"{file}: {made.name}: thiếu điều khoản hoặc ngược ngày hiệu lực")
    return made


def arrange(entries: Iterable[Figure]) -> Mapping[str, tuple[Figure, ...]]:
    """Gather entries by name, the oldest first.

    Raises:
        LawInvalid: two entries of one name and area hold on the same day.
    """
    by_name: dict[str, list[Figure]] = {}
    for each in entries:
        by_name.setdefault(each.name, []).append(each)
    for name, held in by_name.items():
        held.sort(key=lambda each: (each.area, each.since))
        for before, after in pairwise(held):
            if before.area == after.area and (before.until is None or before.until >= after.since):
                raise LawInvalid(
                    f"{name}: {before.document} và {after.document} cùng hiệu lực "
                    f"ngày {after.since:%d/%m/%Y}"
                )
    return MappingProxyType({name: tuple(held) for name, held in by_name.items()})
