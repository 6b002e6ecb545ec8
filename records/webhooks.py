"""Who is told when something happens, and what was sent: an outbox in the same database.

What is to be told is written in the transaction in which it happens, so that nothing happens
untold and nothing is told that did not happen.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import JSON, ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from records import audit
from records.base import NEVER_REUSES_IDS, Id, JsonObject, Key, Model, choice
from records.errors import NotFound

#: After the first try, so long until each next one; then it is given up.
PAUSES: Final = tuple(
    timedelta(seconds=seconds) for seconds in (30, 120, 600, 3_600, 21_600, 86_400)
)
#: A try that is under way is nobody else's for so long.
_LEASE: Final = timedelta(minutes=2)


class Event(StrEnum):
    """What can be told."""

    ISSUED = "document.issued"
    RECALLED = "document.recalled"
    CANCELLED = "document.cancelled"


class Webhook(Model):
    """An address that is told of some events of a body; `body_id` None: of all bodies."""

    __tablename__ = "webhooks"
    __table_args__ = NEVER_REUSES_IDS

    id: Mapped[Id]
    body_id: Mapped[int | None] = mapped_column(ForeignKey("issuing_bodies.id"))
    url: Mapped[str]
    events: Mapped[list[str]] = mapped_column(JSON)
    secret: Mapped[str]
    """What its messages are signed with; shown once."""
    is_active: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[datetime]
    made_by: Mapped[Key]


class Delivery(Model):
    """One message to one address. `due_at` None: it arrived, or was given up."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = NEVER_REUSES_IDS

    id: Mapped[Id]
    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhooks.id"), index=True)
    event_id: Mapped[Key]
    """The same over all tries, so that the other side knows what it has."""
    event: Mapped[Event] = mapped_column(choice(Event))
    payload: Mapped[JsonObject]
    made_at: Mapped[datetime]
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
    arrived_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")
    """What the last try came to: a status, or why there was none."""


def add(
    session: Session,
    url: str,
    *,
    events: Iterable[Event],
    body_id: int | None,
    by: str,
    at: datetime,
) -> Webhook:
    """Let an address be told; its secret is made here."""
    webhook = Webhook(
        body_id=body_id,
        url=url,
        events=sorted({event.value for event in events}),
        secret=secrets.token_urlsafe(32),
        made_at=at,
        made_by=by,
    )
    session.add(webhook)
    session.flush()
    _note(session, webhook, "webhook.added", by=by, at=at)
    return webhook


def remove(session: Session, webhook: Webhook, *, by: str, at: datetime) -> None:
    """Tell an address nothing more; what it was told stays on record."""
    webhook.is_active = False
    waiting = select(Delivery).where(
        Delivery.webhook_id == webhook.id, Delivery.due_at.is_not(None)
    )
    for delivery in session.scalars(waiting):
        delivery.due_at, delivery.answer = None, "removed"
    _note(session, webhook, "webhook.removed", by=by, at=at)


def get_webhook(session: Session, webhook_id: int) -> Webhook:
    """Look an address up.

    Raises:
        NotFound: there is none.
    """
    webhook = session.get(Webhook, webhook_id)
    if webhook is None:
        raise NotFound("webhook", webhook_id)
    return webhook


def webhooks(session: Session) -> tuple[Webhook, ...]:
    """List the addresses that are told something."""
    query = select(Webhook).where(Webhook.is_active)
    return tuple(session.scalars(query.order_by(Webhook.id)))


def tell(session: Session, event: Event, body_id: int, payload: JsonObject, *, at: datetime) -> int:
    """Put a message into the outbox for every address that wants it; gives for how many."""
    count = 0
    for webhook in webhooks(session):
        if event.value not in webhook.events or webhook.body_id not in (None, body_id):
            continue
        session.add(
            Delivery(
                webhook_id=webhook.id,
                event_id=f"evt_{secrets.token_urlsafe(18)}",
                event=event,
                payload=payload,
                made_at=at,
                due_at=at,
            )
        )
        count += 1
    return count


def take_due(session: Session, now: datetime) -> Delivery | None:
    """Take the message that waits longest, for one try; nobody else takes it meanwhile."""
    query = (
        select(Delivery)
        .where(Delivery.due_at <= now)
        .order_by(Delivery.due_at, Delivery.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    delivery = session.scalars(query).first()
    if delivery is not None:
        delivery.tries += 1
        delivery.due_at = now + _LEASE
    return delivery


def note_answer(delivery: Delivery, answer: str, *, is_good: bool, now: datetime) -> None:
    """Write down what a try came to; after the last one it is given up."""
    delivery.answer = answer
    delivery.due_at = None
    if is_good:
        delivery.arrived_at = now
    elif delivery.tries <= len(PAUSES):
        delivery.due_at = now + PAUSES[delivery.tries - 1]


def deliveries(session: Session, *, size: int = 50) -> tuple[Delivery, ...]:
    """List what was sent or waits, the newest first."""
    return tuple(session.scalars(select(Delivery).order_by(Delivery.id.desc()).limit(size)))


def get_delivery(session: Session, delivery_id: int) -> Delivery:
    """Look a message up.

    Raises:
        NotFound: there is none.
    """
    delivery = session.get(Delivery, delivery_id)
    if delivery is None:
        raise NotFound("thông báo", delivery_id)
    return delivery


def _note(session: Session, webhook: Webhook, action: str, *, by: str, at: datetime) -> None:
    audit.append(
        session,
        webhook.body_id or audit.THE_HOUSE,
        at=at,
        actor=by,
        action=action,
        subject_type="webhook",
        subject_id=webhook.id,
        detail={},
    )
