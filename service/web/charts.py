"""Charts drawn by the server: what was proposed and what was granted, side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from service.workflow.reporting import Line, Statistics

#: The longest bar, in the chart's own units.
WIDTH: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two bars of one name: their counts, and their lengths out of `WIDTH`."""

    name: str
    proposed: int
    granted: int
    proposed_length: int
    granted_length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart that is also a table: `key` names it on the page, `head` its first column."""

    key: str
    title: str
    head: str
    pairs: tuple[Pair, ...]


def charts_of(found: Statistics) -> list[Chart]:
    """Draw a campaign by award, by sort of unit and by month; [] where nothing was proposed.

    Refused nominations count among the proposed, withdrawn ones do not.
    """
    if not found.lines:
        return []
    return [
        _chart("danh-hieu", "Theo danh hiệu, hình thức", "Danh hiệu", _by(found, "award")),
        _chart("loai-don-vi", "Theo loại đơn vị", "Loại đơn vị", _by(found, "unit_type")),
        _chart("doi-tuong", "Theo đối tượng", "Đối tượng", _by(found, "subject")),
        _chart("thang", "Theo tháng", "Tháng", found.by_month),
    ]


def _by(found: Statistics, column: str) -> list[tuple[str, int, int]]:
    """Sum by one column, the most proposed first."""
    sums: dict[str, list[int]] = {}
    for line in found.lines:
        row = sums.setdefault(_name(line, column), [0, 0])
        row[0] += line.proposed
        row[1] += line.granted
    return sorted(
        ((name, made, granted) for name, (made, granted) in sums.items()),
        key=lambda one: (-one[1], one[0]),
    )


def _name(line: Line, column: str) -> str:
    value: str = getattr(line, column)
    return value


def _chart(key: str, title: str, head: str, rows: Iterable[tuple[str, int, int]]) -> Chart:
    rows = list(rows)
    longest = max(max(made, granted) for _, made, granted in rows) or 1
    return Chart(
        key=key,
        title=title,
        head=head,
        pairs=tuple(
            Pair(
                name=name,
                proposed=made,
                granted=granted,
                proposed_length=round(WIDTH * made / longest),
                granted_length=round(WIDTH * granted / longest),
            )
            for name, made, granted in rows
        ),
    )
