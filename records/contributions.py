"""What units send in under a plan besides nominations: exemplars, articles, proposals above.

A contribution is only counted. Who is to be commended stands in `records.nominations`, which
count of themselves.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from records import audit
from records.base import Id, Key, Model, choice
from records.rules.counts import Counter


class Contribution(Model):
    """One thing, or `amount` of one kind, that a unit sent in on a day."""

    __tablename__ = "contributions"

    id: Mapped[Id]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    """`None`: it counts for a movement or for the whole body."""
    counter: Mapped[Counter] = mapped_column(choice(Counter))
    movement: Mapped[str] = mapped_column(default="")
    """The movement whose ceiling it counts against; empty: none."""
    is_broad: Mapped[bool | None]
    """Of a movement with many kinds of participants; `None`: not said."""
    subject: Mapped[Key] = mapped_column(default="")
    """A value of `awards.Subject`; empty: not said."""
    title: Mapped[str] = mapped_column(default="")
    """The title of the article, the name of the exemplar."""
    done_on: Mapped[date]
    amount: Mapped[int] = mapped_column(default=1)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[Key]

    __table_args__ = (CheckConstraint("amount >= 1", name="amount_from_one"),)


def record(
    session: Session,
    campaign_id: int,
    *,
    body_id: int,
    counter: Counter,
    done_on: date,
    by: str,
    at: datetime,
    unit_id: int | None = None,
    movement: str = "",
    is_broad: bool | None = None,
    subject: str = "",
    title: str = "",
    amount: int = 1,
) -> Contribution:
    """Write one down; `body_id` is the campaign's, for its log."""
    contribution = Contribution(
        campaign_id=campaign_id,
        unit_id=unit_id,
        counter=counter,
        movement=movement,
        is_broad=is_broad,
        subject=subject,
        title=title,
        done_on=done_on,
        amount=amount,
        recorded_at=at,
        recorded_by=by,
    )
    session.add(contribution)
    session.flush()
    audit.append(
        session,
        body_id,
        at=at,
        actor=by,
        action="contribution.recorded",
        subject_type="contribution",
        subject_id=contribution.id,
        detail={"campaign_id": campaign_id, "counter": counter.value, "amount": amount},
    )
    return contribution


def note_despite(
    session: Session,
    contribution: Contribution,
    *,
    body_id: int,
    reason: str,
    by: str,
    at: datetime,
) -> None:
    """Keep why a contribution was taken that passes the most the plan allows."""
    audit.append(
        session,
        body_id,
        at=at,
        actor=by,
        action="contribution.despite",
        subject_type="contribution",
        subject_id=contribution.id,
        detail={"reason": reason},
    )


def contributions_to(session: Session, campaign_id: int) -> tuple[Contribution, ...]:
    """Give what was sent in under a campaign, the earliest first."""
    query = select(Contribution).where(Contribution.campaign_id == campaign_id)
    return tuple(session.scalars(query.order_by(Contribution.done_on, Contribution.id)))
