"""Where each unit stands: a campaign's plan counted against what came in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from records import bodies, campaigns, contributions, movements
from records.awards import AwardTitle
from records.bodies import IssuingBody, Unit
from records.campaigns import Campaign
from records.contributions import Contribution
from records.dossiers import Dossier, DossierState
from records.errors import NotFound
from records.evidence import Counts
from records.lookalikes import award_of
from records.nominations import Nomination, NominationState
from records.rules import deadlines, quotas
from records.rules.counts import (
    Counted,
    Counter,
    DeadlineKind,
    DeadlineRule,
    Filing,
    QuotaRule,
    QuotaUse,
    Scope,
)
from records.rules.facts import Award, Category, Stage
from records.rules.findings import Finding, in_order
from records.rules.plans import Plan, read_plan
from records.rules.quotas import Standing
from service.workflow.desk import Desk

_Filed: TypeAlias = Mapping[str, Sequence[tuple[date, Counter]]]
"""By unit: on which day, what."""

_OFF: Final = frozenset({NominationState.WITHDRAWN, NominationState.REFUSED})
_FILED: Final = (DossierState.SUBMITTED, DossierState.ACCEPTED, DossierState.DECIDED)
#: So many units are reminded by name; of more only the count is said.
_MOST_NAMED: Final = 5
_NO_PLAN: Final = Plan(
    key="",
    document="",
    issued_by="",
    issued_on=None,
    abstract="",
    quotas=(),
    deadlines=(),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One number of the plan for one unit, movement or the whole body.

    `wanted` is printed as the plan has it: “ít nhất 03”, “không quá 200”, “không định số”.
    """

    whose: str
    rule: QuotaRule
    use: QuotaUse
    standing: Standing
    wanted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One deadline with who has filed and who has not; `last` is the last good day."""

    rule: DeadlineRule
    last: date
    filed: tuple[str, ...]
    late: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A campaign on one day: each unit against its numbers, the deadlines, what to remind of."""

    campaign: Campaign
    body: str
    document: str
    on: date
    rows: tuple[Row, ...]
    dues: tuple[Due, ...]
    reminders: tuple[Finding, ...]


def status(desk: Desk, body_key: str, campaign_key: str, *, on: date | None = None) -> Status:
    """Say where a campaign stands on a day; `None`: today. Changes nothing.

    Raises:
        NotFound: there is no such body or campaign.
    """
    day = on or desk.today()
    with desk.reading() as session:
        body = bodies.get_body(session, body_key)
        campaign = campaigns.get_campaign(session, body, campaign_key)
        plan = plan_of(campaign)
        units = bodies.units_of(session, body, on=day)
        counted = count(session, campaign)
        filed = _filings(session, campaign)
        rows = tuple(_rows(plan, body, units, counted, day))
        dues = tuple(_dues(plan, campaign, units, filed, day))
        return Status(
            campaign=campaign,
            body=body.full_name,
            document=plan.document or campaign.plan_reference,
            on=day,
            rows=rows,
            dues=dues,
            reminders=in_order(list(_reminders(plan, campaign, rows, units, filed, day))),
        )


def plan_of(campaign: Campaign) -> Plan:
    """Read the plan that a campaign carries; one without has no numbers."""
    return read_plan(campaign.plan, campaign.key) if campaign.plan else _NO_PLAN


def count(session: Session, campaign: Campaign) -> tuple[Counted, ...]:
    """Count what came in: contributions, and nominations that are still proposed."""
    units = {unit.id: unit for unit in session.scalars(select(Unit))}
    body = session.get_one(IssuingBody, campaign.body_id)
    titles = {title.id: title for title in session.scalars(select(AwardTitle))}
    found = [
        Counted(
            counter=one.counter,
            whose=whose(session, body, one),
            on=one.done_on,
            unit_type=units[one.unit_id].unit_type.value if one.unit_id else "",
            sector=units[one.unit_id].sector if one.unit_id else "",
            subject=one.subject,
            is_broad=one.is_broad,
            amount=one.amount,
        )
        for one in contributions.contributions_to(session, campaign.id)
    ]
    lines = select(Nomination).where(Nomination.campaign_id == campaign.id)
    for line in session.scalars(lines.order_by(Nomination.id)):
        if line.state in _OFF:
            continue
        unit = units.get(line.unit_id or 0)
        for counter in _counters(line, award_of(titles[line.award_title_id])):
            found.append(
                Counted(
                    counter=counter,
                    whose=unit.name if unit else body.full_name,
                    on=line.created_at.date(),
                    unit_type=unit.unit_type.value if unit else "",
                    sector=unit.sector if unit else "",
                    subject=line.subject.value,
                )
            )
    return tuple(found)


def counts_of(
    session: Session, dossier: Dossier, lines: Sequence[Nomination], *, today: date
) -> Mapping[int, Counts]:
    """Give what the plan says of each line: the ceilings it counts against, its deadlines."""
    campaign = session.get(Campaign, dossier.campaign_id) if dossier.campaign_id else None
    if campaign is None:
        return {}
    plan = plan_of(campaign)
    unit = session.get(Unit, dossier.unit_id) if dossier.unit_id else None
    whose = unit.name if unit else ""
    came_on = _day(dossier)
    filed_on = came_on or today
    filings = tuple(
        Filing(rule=rule, whose=whose or dossier.title, for_day=filed_on, filed_on=came_on)
        for rule in _deadlines(plan, campaign, unit)
        if Counter.DOSSIER_SET in rule.counters
    )
    uses: tuple[QuotaUse, ...] = ()
    if plan.quotas:
        counted = count(session, campaign)
        body = session.get_one(IssuingBody, campaign.body_id)
        uses = tuple(
            quotas.use_of(rule, counted, whose=whose or body.full_name, on=filed_on)
            for rule in plan.quotas
            if rule.maximum is not None and rule.scope in (Scope.UNIT, Scope.BODY)
        )
    return {line.id: Counts(quotas=uses, filings=filings) for line in lines}


def _counters(line: Nomination, award: Award | None) -> tuple[Counter, ...]:
    """Say as what a nomination counts; “Người tốt, việc tốt” apart from everything else."""
    if award is Award.GOOD_DEED:
        granted = line.state is NominationState.GRANTED
        more = (Counter.GOOD_DEED_GRANTED,) if granted else ()
        return (Counter.GOOD_DEED, Counter.GOOD_DEED_SUBMITTED, *more)
    return (Counter.SUDDEN,) if line.category == Category.SUDDEN.value else ()


def whose(session: Session, body: IssuingBody, one: Contribution) -> str:
    """Name for whom a contribution counts: its movement, else its unit, else the body."""
    if one.movement:
        return _movement(session, body, one.movement, one.done_on)
    return session.get_one(Unit, one.unit_id).name if one.unit_id else body.full_name


def _movement(session: Session, body: IssuingBody, text: str, on: date) -> str:
    """Name a movement as it was called at the end of that year, whatever it was called before."""
    try:
        return movements.movement_on(session, body, text, date(on.year, 12, 31)).name
    except NotFound:
        return text


def _rows(
    plan: Plan,
    body: IssuingBody,
    units: Sequence[Unit],
    counted: Sequence[Counted],
    day: date,
) -> Iterable[Row]:
    for rule in plan.quotas:
        match rule.scope:
            case Scope.UNIT:
                names = [
                    unit.name
                    for unit in units
                    if rule in plan.quotas_for(unit.unit_type.value, unit.sector)
                ]
            case Scope.BODY:
                names = [body.full_name]
            case Scope.MOVEMENT:
                names = sorted({one.whose for one in counted if quotas.applies(rule, one)})
            case Scope.ITEM:
                continue
        for name in names:
            use = quotas.use_of(rule, counted, whose=name, on=day)
            yield Row(
                whose=name,
                rule=rule,
                use=use,
                standing=quotas.standing(use, day),
                wanted=_wanted(rule),
            )


def _wanted(rule: QuotaRule) -> str:
    if rule.minimum_high is not None:
        return f"ít nhất từ {rule.minimum:02d} đến {rule.minimum_high:02d}"
    if rule.minimum is not None and rule.minimum == rule.maximum:
        return f"đúng {rule.minimum:02d}"
    if rule.minimum is not None:
        return f"ít nhất {rule.minimum:02d}"
    return f"không quá {rule.maximum:02d}" if rule.maximum is not None else "không định số"


def _filings(session: Session, campaign: Campaign) -> _Filed:
    """Give what units handed in, by the unit's name, the earliest first."""
    units = {unit.id: unit.name for unit in session.scalars(select(Unit))}
    found = session.scalars(select(Dossier).where(Dossier.campaign_id == campaign.id))
    came: dict[str, list[tuple[date, Counter]]] = defaultdict(list)
    for dossier in found:
        day = _day(dossier)
        if dossier.unit_id is not None and dossier.state in _FILED and day is not None:
            came[units[dossier.unit_id]].append((day, Counter.DOSSIER_SET))
    for one in contributions.contributions_to(session, campaign.id):
        if one.unit_id is not None:
            came[units[one.unit_id]].append((one.done_on, one.counter))
    return {name: tuple(sorted(listed)) for name, listed in came.items()}


def _day(dossier: Dossier) -> date | None:
    if dossier.submission_on is not None:
        return dossier.submission_on
    return dossier.received_at.date() if dossier.received_at is not None else None


def _deadlines(plan: Plan, campaign: Campaign, unit: Unit | None) -> tuple[DeadlineRule, ...]:
    """Give the deadlines of a unit: those of the plan, and the day on which filing closes."""
    listed = plan.deadlines_for(unit.unit_type.value) if unit else plan.deadlines
    closing = campaign.closes_on
    if closing is None:
        return listed
    closes = DeadlineRule(
        id="D-00",
        action="nộp hồ sơ của đợt khen thưởng",
        clause=f"Nhận hồ sơ đến hết ngày {closing.day}/{closing.month}/{closing.year}.",
        source=campaign.plan_reference or campaign.name,
        kind=DeadlineKind.BEFORE,
        day=closing.day,
        month=closing.month,
        year=closing.year,
        is_inclusive=True,
        counters=(Counter.DOSSIER_SET,),
    )
    return (*listed, closes)


def _dues(
    plan: Plan,
    campaign: Campaign,
    units: Sequence[Unit],
    filed: _Filed,
    day: date,
) -> Iterable[Due]:
    for rule in _deadlines(plan, campaign, None):
        if rule.within is not None and day not in rule.within:
            continue
        last = deadlines.last_good_day(rule, day)
        if not rule.counters:
            yield Due(rule=rule, last=last, filed=(), late=(), missing=())
            continue
        asked = [
            unit.name for unit in units if not rule.unit_types or unit.unit_type in rule.unit_types
        ]
        days = {name: _in_period(rule, filed.get(name, ()), day) for name in asked}
        yield Due(
            rule=rule,
            last=last,
            filed=tuple(name for name, on in days.items() if on and on[0] <= last),
            late=tuple(name for name, on in days.items() if on and on[0] > last),
            missing=tuple(name for name, on in days.items() if not on),
        )


def _in_period(rule: DeadlineRule, came: Sequence[tuple[date, Counter]], day: date) -> list[date]:
    """Give the filings that are for the deadline of `day`: those of its month, or all."""
    days = [on for on, counter in came if counter in rule.counters]
    if rule.kind is DeadlineKind.MONTHLY:
        return [on for on in days if (on.year, on.month) == (day.year, day.month)]
    return days


def _reminders(
    plan: Plan,
    campaign: Campaign,
    rows: Sequence[Row],
    units: Sequence[Unit],
    filed: _Filed,
    day: date,
) -> Iterable[Finding]:
    """Remind of deadlines 7, 3 and 1 days before, say who is late, and warn of ceilings."""
    for due in _dues(plan, campaign, units, filed, day):
        waiting = due.missing if due.rule.counters else (campaign.name,)
        if len(waiting) > _MOST_NAMED:  # their names stand in the table
            waiting = (f"{len(waiting)} đơn vị",)
        for name in waiting:
            yield from deadlines.judge_filing(Filing(rule=due.rule, whose=name, for_day=day), day)
    for row in rows:
        if row.rule.maximum is not None and row.standing in (Standing.FULL, Standing.PASSED):
            yield from quotas.judge_use(row.use, day, stage=Stage.NOMINATING)
