"""Rounds of commendation: what for, from when to when."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from records import audit
from records.base import Id, Key, Model
from records.bodies import IssuingBody
from records.errors import NotFound


class Campaign(Model):
    """One round (đợt) of one movement (phong trào), held by one body."""

    __tablename__ = "campaigns"

    id: Mapped[Id]
    body_id: Mapped[int] = mapped_column(ForeignKey("issuing_bodies.id"))
    key: Mapped[Key]
    name: Mapped[str]
    movement: Mapped[str] = mapped_column(default="")
    """The movement's name as printed: “Người tốt, việc tốt”; empty: outside any movement."""
    plan_reference: Mapped[str] = mapped_column(default="")
    """The paper that called it: “Kế hoạch số 124/KH-UBND ngày 21/4/2023”."""
    period_from: Mapped[date | None]
    period_to: Mapped[date | None]
    """The time whose deeds are judged."""
    opens_on: Mapped[date | None]
    closes_on: Mapped[date | None]
    """The last day on which units may file, inclusive; “trước ngày X” is the day before X."""
    plan: Mapped[str] = mapped_column(default="")
    """The quotas and deadlines of that paper, as TOML (`rules.plans.read_plan`); empty: none."""
    evidence_months: Mapped[int | None]
    """How old a deed may be when it is filed, in months; `None`: the period alone decides."""

    __table_args__ = (
        UniqueConstraint("body_id", "key"),
        CheckConstraint("period_from <= period_to", name="period_in_order"),
        CheckConstraint("opens_on <= closes_on", name="opening_in_order"),
        CheckConstraint("evidence_months > 0", name="evidence_positive"),
    )

    def is_open(self, on: date) -> bool:
        """Tell whether units may file on that day; an end left out is open."""
        return (self.opens_on is None or self.opens_on <= on) and (
            self.closes_on is None or on <= self.closes_on
        )


def find_campaign(session: Session, body: IssuingBody, key: str) -> Campaign | None:
    """Look a body's campaign up by its key."""
    query = select(Campaign).where(Campaign.body_id == body.id, Campaign.key == key)
    return session.scalars(query).one_or_none()


def get_campaign(session: Session, body: IssuingBody, key: str) -> Campaign:
    """Look a body's campaign up by its key.

    Raises:
        NotFound: there is none.
    """
    campaign = find_campaign(session, body, key)
    if campaign is None:
        raise NotFound("đợt khen thưởng", key)
    return campaign


def campaigns_of(
    session: Session, body: IssuingBody, *, open_on: date | None = None
) -> tuple[Campaign, ...]:
    """List a body's campaigns, the latest opened first; with `open_on`, only those open."""
    query = select(Campaign).where(Campaign.body_id == body.id)
    found = session.scalars(
        query.order_by(Campaign.opens_on.desc().nulls_last(), Campaign.id.desc())
    )
    return tuple(campaign for campaign in found if open_on is None or campaign.is_open(open_on))


def set_plan(
    session: Session, campaign: Campaign, text: str, *, document: str, by: str, at: datetime
) -> None:
    """Give a campaign the text of its plan, which was read and found good.

    The paper's name becomes the campaign's reference where it has none.
    """
    campaign.plan = text
    campaign.plan_reference = campaign.plan_reference or document
    session.flush()
    audit.append(
        session,
        campaign.body_id,
        at=at,
        actor=by,
        action="campaign.planned",
        subject_type="campaign",
        subject_id=campaign.id,
    )
