"""A plan's quotas and deadlines, read from TOML with the clause beside each rule."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from records.rules.counts import (
    Counter,
    DeadlineKind,
    DeadlineRule,
    Period,
    QuotaRule,
    Scope,
)
from records.rules.span import Span


class PlanInvalid(ValueError):
    """A plan's file cannot be used; the sentence says where and why."""

    code: ClassVar[str] = "plan-invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one paper asks of the units."""

    key: str
    document: str
    """As cited: “Kế hoạch số 124/KH-UBND”."""
    issued_by: str
    issued_on: date | None
    """`None`: the paper's date is lost."""
    abstract: str
    quotas: tuple[QuotaRule, ...]
    deadlines: tuple[DeadlineRule, ...]

    def quotas_for(self, unit_type: str, sector: str = "") -> tuple[QuotaRule, ...]:
        """Give the numbers that bind a unit of that type and branch."""
        return tuple(
            rule
            for rule in self.quotas
            if rule.scope is Scope.UNIT
            and (not rule.unit_types or unit_type in rule.unit_types)
            and (not rule.sectors or sector in rule.sectors)
        )

    def deadlines_for(self, unit_type: str) -> tuple[DeadlineRule, ...]:
        """Give the deadlines that bind a unit of that type."""
        return tuple(
            rule for rule in self.deadlines if not rule.unit_types or unit_type in rule.unit_types
        )


def read_plan(text: str, name: str) -> Plan:
    """Read one plan; `name` is for messages.

    A deadline that names no day takes that of the rule in `defaults_to`.

    Raises:
        PlanInvalid: something is missing, unknown, out of order or said twice.
    """
    try:
        table = tomllib.loads(text)
        document = table["document"]
        quotas = tuple(_quota(entry, document) for entry in table.pop("quotas", ()))
        deadlines = _deadlines(table.pop("deadlines", ()), document)
        plan = Plan(
            key=table.pop("key"),
            document=table.pop("document"),
            issued_by=table.pop("issued_by"),
            issued_on=table.pop("issued_on", None),
            abstract=table.pop("abstract"),
            quotas=quotas,
            deadlines=deadlines,
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise PlanInvalid(f"{name}: {error}") from error
    if table:
        raise PlanInvalid(f"{name}: không hiểu {', '.join(sorted(table))}")
    names = [(rule.id, rule.part) for rule in quotas] + [(rule.id, 0) for rule in deadlines]
    twice = {f"{rule} phần {part}" for rule, part in names if names.count((rule, part)) > 1}
    if twice:
        raise PlanInvalid(f"{name}: ghi hai lần {', '.join(sorted(twice))}")
    return plan


def _quota(entry: Mapping[str, Any], document: str) -> QuotaRule:
    parts = dict(entry)
    place = parts.pop("place")
    return QuotaRule(
        source=f"{document}, {place}",
        counters=tuple(Counter(word) for word in parts.pop("counters")),
        scope=Scope(parts.pop("scope", "unit")),
        period=Period(parts.pop("period", "once")),
        unit_types=tuple(parts.pop("unit_types", ())),
        sectors=tuple(parts.pop("sectors", ())),
        subjects=tuple(parts.pop("subjects", ())),
        within=_within(parts),
        **parts,
    )


def _deadlines(entries: Any, document: str) -> tuple[DeadlineRule, ...]:
    """Read the deadlines; one that rests on another is first given that one's day."""
    days = {entry["id"]: entry for entry in entries}
    rules = []
    for entry in entries:
        resting = days.get(entry.get("defaults_to", ""), {})
        given = {name: resting[name] for name in ("day", "month", "year") if name in resting}
        parts = given | dict(entry) if "day" not in entry else dict(entry)
        place = parts.pop("place")
        rules.append(
            DeadlineRule(
                source=f"{document}, {place}",
                kind=DeadlineKind(parts.pop("kind")),
                unit_types=tuple(parts.pop("unit_types", ())),
                counters=tuple(Counter(word) for word in parts.pop("counters", ())),
                within=_within(parts),
                **parts,
            )
        )
    return tuple(rules)


def _within(parts: dict[str, Any]) -> Span | None:
    """Take `since` and `until` out of an entry."""
    since, until = parts.pop("since", None), parts.pop("until", None)
    if since is None and until is None:
        return None
    return Span(since or date.min, until or date.max)
