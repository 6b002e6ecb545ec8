"""Days from one to another: a period, or a day of which only the month or the year is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """All days from `first` to `last`, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a span ends before it begins: {self.first} to {self.last}")

    @classmethod
    def day(cls, on: date) -> Span:
        """Make the span of one day."""
        return cls(on, on)

    @property
    def is_day(self) -> bool:
        """Tell whether it is one day."""
        return self.first == self.last

    def __contains__(self, on: date) -> bool:
        return self.first <= on <= self.last

    def meets(self, other: Span) -> bool:
        """Tell whether the two have a day in common."""
        return self.first <= other.last and other.first <= self.last

    def days_apart(self, other: Span) -> int:
        """Count the days between the two; 0 where they meet."""
        return max((other.first - self.last).days, (self.first - other.last).days, 0)
