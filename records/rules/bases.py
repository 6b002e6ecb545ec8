"""The catalogue of legal bases: what a paper of a day may rest on, with the days it holds."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """A text of law, as a paper names it."""

    key: str
    title: str
    since: date
    source: str
    """Who says from when to when it holds."""
    until: date | None = None
    """The last day; `None`: no end is known."""

    def holds(self, on: date) -> bool:
        """Tell whether it is in force on that day."""
        return self.since <= on and (self.until is None or on <= self.until)


def bases_on(day: date) -> tuple[LegalBasis, ...]:
    """Give the bases in force on a day, in the order of the catalogue: laws before decrees."""
    return tuple(one for one in catalogue() if one.holds(day))


@cache
def catalogue() -> tuple[LegalBasis, ...]:
    """Give the whole catalogue.

    Raises:
        TypeError, ValueError: an entry lacks a part, or ends before it begins.
    """
    text = (files("records.rules") / "bases.toml").read_text(encoding="utf-8")
    listed = tuple(LegalBasis(**entry) for entry in tomllib.loads(text)["bases"])
    for one in listed:
        if one.until is not None and one.until < one.since:
            raise ValueError(f"{one.key}: ends before it begins")
    return listed
