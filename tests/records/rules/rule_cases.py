"""Reads the cases an official can read into facts, and runs each against its rule."""

import copy
import tomllib
import types
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from records.rules import deadlines, figures, plans, prizes, quotas
from records.rules.counts import Counted, Filing
from records.rules.facts import Award, Facts, Level, Stage, Subject
from records.rules.findings import Finding
from records.rules.grounds import Ground
from records.rules.span import Span
from records.rules.verdict import judge

ROOT = Path(__file__).parents[3]
CASES = ROOT / "fixtures" / "rule_cases"
PLANS = ROOT / "fixtures" / "plans"
Case = dict[str, Any]


def all_cases() -> list[Case]:
    """Every case of every file, with the file's name beside it."""
    found = []
    for path in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8")).get("case", []):
            found.append(case | {"file": path.name})
    return found


def usual() -> Case:
    """The nomination that has no fault at all; a case says only what is different."""
    return tomllib.loads((CASES / "usual.toml").read_text(encoding="utf-8"))


def plan(key: str) -> plans.Plan:
    """One of the five plans, by its key."""
    for path in PLANS.glob("*.toml"):
        read = plans.read_plan(path.read_text(encoding="utf-8"), path.name)
        if read.key == key:
            return read
    raise LookupError(key)


def make(wanted: Any, value: Any) -> Any:
    """Build a value of a rule's type from what TOML gives."""
    origin = typing.get_origin(wanted)
    if origin in (typing.Union, types.UnionType):
        return make(next(arm for arm in typing.get_args(wanted) if arm is not type(None)), value)
    if origin in (tuple, frozenset):
        return origin(make(typing.get_args(wanted)[0], each) for each in value)
    if wanted is Span:
        return span(value)
    if isinstance(wanted, type) and issubclass(wanted, StrEnum):
        return wanted(value)
    if is_dataclass(wanted):
        hints = typing.get_type_hints(wanted)
        unknown = set(value) - {each.name for each in fields(wanted)}
        assert not unknown, f"{wanted.__name__}: {unknown}"
        return wanted(**{name: make(hints[name], each) for name, each in value.items()})
    return value


def span(value: Any) -> Span:
    """A day, a year as text, or a table of first and last."""
    if isinstance(value, date):
        return Span.day(value)
    if isinstance(value, str):
        return Span(date(int(value), 1, 1), date(int(value), 12, 31))
    return Span(value["first"], value["last"])


def merged(base: Case, other: Case) -> Case:
    """Lay `other` over `base`, table by table; lists are taken whole."""
    made = copy.deepcopy(base)
    for key, value in other.items():
        both = isinstance(value, dict) and isinstance(made.get(key), dict)
        made[key] = merged(made[key], value) if both else value
    for key in other.get("unanswered", ()):
        made.pop(key, None)
    made.pop("unanswered", None)
    return made


def facts_of(case: Case) -> Facts:
    """The facts of a case: the usual ones, and what it says is different."""
    names = {each.name for each in fields(Facts)} - {"quotas", "filings"}
    said = {key: value for key, value in case.items() if key in names}
    facts = merged(usual(), said)
    for key in ("past", "pending"):
        facts[key] = [merged(usual()["other"][key], each) for each in facts.get(key, [])]
    facts.pop("other")
    made = make(Facts, facts)
    return Facts(
        **{each.name: getattr(made, each.name) for each in fields(Facts)}
        | {"quotas": tuple(uses(case)), "filings": tuple(filings(case))}
    )


def uses(case: Case) -> Iterator[Any]:
    """The quotas a case counts against."""
    for said in case.get("quotas", ()):
        rules = [
            rule
            for rule in plan(said["plan"]).quotas
            if rule.id == said["id"] and rule.part == said.get("part", 1)
        ]
        counted = [
            make(Counted, {"on": case["on"], "whose": said["whose"]} | each)
            for each in said["counted"]
        ]
        yield quotas.use_of(rules[0], counted, whose=said["whose"], on=said.get("in", case["on"]))


def filings(case: Case) -> Iterator[Filing]:
    """The filings a case depends on."""
    for said in case.get("filings", ()):
        rule = next(rule for rule in plan(said["plan"]).deadlines if rule.id == said["id"])
        if "is_inclusive" in said:
            kept = {each.name: getattr(rule, each.name) for each in fields(rule)}
            rule = type(rule)(**kept | {"is_inclusive": said["is_inclusive"]})
        yield Filing(
            rule=rule,
            whose=said["whose"],
            for_day=said.get("for_day", case["on"]),
            filed_on=said.get("filed_on"),
            holidays=frozenset(said.get("holidays", ())),
        )


def run(case: Case) -> dict[str, Any]:
    """What the rules say to a case, in the words in which cases expect it."""
    match case.get("what", "nomination"):
        case "nomination":
            verdict = judge(facts_of(case), case["on"])
            return {"outcome": verdict.outcome.value, "findings": briefly(verdict.findings)}
        case "quota":
            stage = Stage(case.get("stage", "nominating"))
            found = [
                finding
                for use in uses(case)
                for finding in quotas.judge_use(use, case["on"], stage=stage)
            ]
            return {"findings": briefly(found)}
        case "deadline":
            found = [
                finding
                for filing in filings(case)
                for finding in deadlines.judge_filing(filing, case["on"])
            ]
            return {"findings": briefly(found)}
        case "prize":
            made = prizes.prize(
                Award(case["award"]),
                Subject(case["subject"]),
                Level(case["level"]),
                decided_on=case["on"],
                rounding=prizes.Rounding(case.get("rounding", "up")),
            )
            return {"raw": made.raw, "amount": made.amount}
        case "amount":
            found = prizes.check_prize(
                Award(case["award"]),
                Subject(case["subject"]),
                Level(case["level"]),
                case["amount"],
                Ground(on=case["on"], area="ha-noi"),
            )
            return {"findings": briefly(found)}
        case "payments":
            granted = [make(prizes.Granted, each) for each in case["granted"]]
            made = prizes.payments(granted)
            ground = Ground(on=case["on"], area="ha-noi")
            return {
                "paid": [each.paid for each in made],
                "by": [each.rule for each in made],
                "findings": briefly(prizes.check_payments(granted, ground)),
            }
        case "fund":
            ground = Ground(on=case["on"], area="ha-noi")
            found = prizes.check_fund(case["decided_by"], case["paid_by"], ground)
            return {"findings": briefly(found)}
        case "hand_back":
            days = int(figures.figure("hand_back_working_days", on=case["on"]).number())
            holidays = frozenset(case.get("holidays", ()))
            last = deadlines.hand_back_by(case["on"], working_days=days, holidays=holidays)
            return {"last_day": last}
        case strange:
            raise LookupError(strange)


def briefly(found: Any) -> list[str]:
    """Severity and code of each finding: “E E-01”."""
    listed: list[Finding] = list(found)
    return sorted(f"{finding.severity} {finding.code}" for finding in listed)
