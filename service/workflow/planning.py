"""Giving a campaign its plan, and writing down what units send in under it."""

from typing import Any

from records import bodies, campaigns, contributions
from records.errors import Conflict, NotFound
from records.rules.plans import Plan, PlanInvalid, read_plan
from service.intake.movement import ContributionEntry
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
    desk: Desk, body_key: str, campaign_key: str, entry: ContributionEntry, *, by: str
) -> int:
    """Write down what a unit sent in; gives its id.

    Raises:
        NotFound: there is no such body, campaign or unit.
        Conflict: it lies in the future.
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
        return kept.id


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
