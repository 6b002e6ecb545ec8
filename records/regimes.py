"""Which rules of form hold for a paper of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class FormRegime(StrEnum):
    """The rules of form a paper must keep."""

    ND30_2020 = "nd30-2020"
    TT01_2011 = "tt01-2011"


@dataclass(frozen=True, slots=True)
class FormRegimeTerm:
    """From which day a regime holds (`None`: since before our time), and who says so."""

    regime: FormRegime
    since: date | None
    source: str


FORM_REGIMES = (
    FormRegimeTerm(FormRegime.ND30_2020, date(2020, 3, 5), "Nghị định 30/2020/NĐ-CP, Điều 37"),
    FormRegimeTerm(FormRegime.TT01_2011, None, "Thông tư 01/2011/TT-BNV"),
)
"""Newest first."""


def form_regime(on: date) -> FormRegime:
    """Tell which rules of form hold for a paper of that day."""
    return next(term.regime for term in FORM_REGIMES if term.since is None or on >= term.since)
