"""Giving a campaign its plan, and writing down what units send in under it."""

from typing import Any

from sqlalchemy.orm import Session

from records import bodies, campaigns, contributions
from records.bodies import IssuingBody
from records.campaigns import Campaign
from records.contributions import Contribution
from records.errors import Conflict, NotFound
from records.rules import quotas
from records.rules.facts import Stage
from records.rules.findings import Severity
from records.rules.plans import Plan, PlanInvalid, read_plan
from service.intake.movement import ContributionEntry
from service.workflow import counting
from service.workflow.counting import Status
from service.workflow.desk import Desk

#: A plan's file is a page or two of text.
LARGEST_PLAN = 256 * 1024


def set_plan(desk: Desk, body_key: str, campaign_key: str, content: bytes, *, by: str) -> Plan:
    """Give a campaign the quotas and deadlines of a plan; a former plan is replaced.

    Raises:
        NotFound: there is no such body or campaign.
        PlanInvalid: the file cannot be used; nothing changes.
    """
    if len(content) > LARGEST_PLAN:
        raise PlanInvalid(f"{campaign_key}: tệp kế hoạch lớn hơn {LARGEST_PLAN // 1024} KB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PlanInvalid(f"{campaign_key}: tệp kế hoạch không phải UTF-8") from error
    plan = read_plan(text, campaign_key)
    with desk.transaction() as session:
        body = bodies.get_body(session, body_key)
        campaign = campaigns.get_campaign(session, body, campaign_key)
        campaigns.set_plan(session, campaign, text, document=plan.document, by=by, at=desk.now())
    return plan


def record(
    desk: Desk,
    body_key: str,
    campaign_key: str,
    entry: ContributionEntry,
    *,
    by: str,
    despite: str = "",
) -> int:
    """Write down what a unit sent in; gives its id.

    Raises:
        NotFound: there is no such body, campaign or unit.
        Conflict: it lies in the future, or passes the most that the plan allows and `despite`
            says no reason; a reason is kept in the log.
    """
    on = entry.done_on or desk.today()
    if on > desk.today():
        raise Conflict(f"Ngày gửi {on:%d/%m/%Y} chưa đến; ghi khi đã nhận được.")
    with desk.transaction() as session:
        body = bodies.get_body(session, body_key)
        campaign = campaigns.get_campaign(session, body, campaign_key)
        unit = bodies.find_unit(session, body, entry.unit) if entry.unit else None
        if entry.unit and unit is None:
            raise NotFound(f"đơn vị thuộc {body.full_name}", entry.unit)
        kept = contributions.record(
            session,
            campaign.id,
            body_id=body.id,
            counter=entry.counter,
            done_on=on,
            unit_id=unit.id if unit else None,
            movement=entry.movement,
            is_broad=entry.is_broad,
            subject=entry.subject.value if entry.subject else "",
            title=entry.title,
            amount=entry.amount,
            by=by,
            at=desk.now(),
        )
        passed = _passed(session, body, campaign, kept)
        if passed and not despite:
            raise Conflict(f"{passed} Vẫn ghi thì nêu lý do.")
        if passed:
            contributions.note_despite(
                session, kept, body_id=body.id, reason=despite, by=by, at=desk.now()
            )
        return kept.id


def _passed(session: Session, body: IssuingBody, campaign: Campaign, kept: Contribution) -> str:
    """Say which ceiling of the plan is passed now, with its source; "" where none is."""
    ceilings = [
        rule
        for rule in counting.plan_of(campaign).quotas
        if rule.maximum is not None and kept.counter in rule.counters
    ]
    counted = counting.count(session, campaign) if ceilings else ()
    whose = counting.whose(session, body, kept)
    for rule in ceilings:
        use = quotas.use_of(rule, counted, whose=whose, on=kept.done_on)
        for finding in quotas.judge_use(use, kept.done_on, stage=Stage.DECIDING):
            if finding.severity is Severity.ERROR:
                return f"{finding.message} ({finding.source})."
    return ""


def to_json(status: Status) -> dict[str, Any]:
    """Give a campaign's standing for machines."""
    return {
        "campaign": status.campaign.key,
        "on": status.on.isoformat(),
        "plan": status.document,
        "quotas": [
            {
                "rule": row.rule.id,
                "part": row.rule.part,
                "whose": row.whose,
                "count": row.use.count,
                "minimum": row.rule.minimum,
                "maximum": row.rule.maximum,
                "from": row.use.period.first.isoformat(),
                "to": row.use.period.last.isoformat(),
                "standing": row.standing.value,
                "clause": row.rule.clause,
                "source": row.rule.source,
            }
            for row in status.rows
        ],
        "deadlines": [
            {
                "rule": due.rule.id,
                "action": due.rule.action,
                "last": due.last.isoformat(),
                "filed": due.filed,
                "late": due.late,
                "missing": due.missing,
            }
            for due in status.dues
        ],
        "reminders": [
            {
                "rule": one.code,
                "severity": one.severity.value,
                "message": one.message,
                "source": one.source,
            }
            for one in status.reminders
        ],
    }
