"""On what ground a finding stands: never a hard error without law that is in force and checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from records.errors import written_date
from records.rules.figures import Figure, find_figure
from records.rules.findings import Finding, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The day and the area whose law applies, and whom the findings are about."""

    on: date
    area: str = ""
    subject: str = ""

    def law(self, name: str) -> Figure | None:
        """Give the entry in force, or `None`."""
        return find_figure(name, on=self.on, area=self.area)

    def find(self, code: str, severity: Severity, message: str, *, by: str) -> Iterator[Finding]:
        """Yield one finding that stands on the entry `by`.

        An error on law that nobody has checked, or that is not held for the day, becomes a
        warning: a person decides then.
        """
        held = self.law(by)
        if severity is Severity.ERROR and (held is None or not held.is_verified):
            severity = Severity.WARNING
        yield from self.decided(code, severity, message, by=by)

    def decided(self, code: str, severity: Severity, message: str, *, by: str) -> Iterator[Finding]:
        """Yield one finding that a person has decided: it weighs as they said."""
        held = self.law(by)
        yield Finding(
            code=code,
            severity=severity,
            message=message,
            source=held.source if held is not None else self.nothing_held(),
            subject=self.subject,
        )

    def nothing_held(self) -> str:
        """Say that no law is held for the day, in the place of a source."""
        return f"chưa nạp quy định có hiệu lực ngày {written_date(self.on)}"
