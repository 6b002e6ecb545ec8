"""Telling other systems: what goes into the outbox, and how it is brought to them."""

import json
import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeAlias

from sqlalchemy.orm import Session

from records import bodies, webhooks
from records.bodies import IssuingBody
from records.documents import Document
from records.errors import RecordsError
from records.webhooks import Event
from service.workflow import sending
from service.workflow.desk import Desk
from service.workflow.sending import AddressRefused

Send: TypeAlias = Callable[[str, bytes, Mapping[str, str]], int]
#: How often the outbox is looked into.
EVERY_SECONDS: Final = 5.0
_GOOD: Final = range(200, 300)
_log: Final = logging.getLogger("trinhky")


def add_webhook(
    desk: Desk, url: str, *, events: Iterable[Event], body: str = "", by: str
) -> tuple[int, str]:
    """Let an address be told of events; gives its number and its secret, shown only now.

    Raises:
        AddressRefused: nothing is sent to such an address.
        NotFound: there is no such body.
    """
    sending.check_address(url)
    with desk.transaction() as session:
        made = webhooks.add(
            session,
            url,
            events=events,
            body_id=bodies.get_body(session, body).id if body else None,
            by=by,
            at=desk.now(),
        )
        return made.id, made.secret


def remove_webhook(desk: Desk, webhook_id: int, *, by: str) -> None:
    """Tell an address nothing more.

    Raises:
        NotFound: there is none with that number.
    """
    with desk.transaction() as session:
        webhook = webhooks.get_webhook(session, webhook_id)
        webhooks.remove(session, webhook, by=by, at=desk.now())


def send_again(desk: Desk, delivery_id: int) -> None:
    """Put a message back to be sent now, with the same id.

    Raises:
        NotFound: there is none with that number.
    """
    with desk.transaction() as session:
        delivery = webhooks.get_delivery(session, delivery_id)
        delivery.due_at, delivery.tries = desk.now(), 0


def tell(session: Session, desk: Desk, event: Event, document: Document) -> None:
    """Put into the outbox what happened to a document, in the transaction in which it happens.

    The message names the document by number and hash; it holds no person's name.
    """
    body = session.get_one(IssuingBody, document.body_id)
    data = {
        "id": document.id,
        "body": body.key,
        "kind": document.kind,
        "state": document.state.value,
        "number": document.number,
        "symbol": document.symbol,
        "issued_on": document.issued_on.isoformat() if document.issued_on else None,
    }
    now = desk.now()
    payload = {"type": event.value, "timestamp": now.isoformat(), "data": data}
    webhooks.tell(session, event, document.body_id, payload, at=now)


def tell_issued(session: Session, desk: Desk, document: Document) -> None:
    """Tell that a document was issued, and what it recalled."""
    tell(session, desk, Event.ISSUED, document)
    if document.recalls_id is not None:
        tell(session, desk, Event.RECALLED, session.get_one(Document, document.recalls_id))


def deliver_due(desk: Desk, send: Send = sending.send) -> int:
    """Bring every message that waits to its address, one after the other; gives how many came
    through."""
    arrived = 0
    while True:
        with desk.transaction() as session:
            delivery = webhooks.take_due(session, desk.now())
            if delivery is None:
                return arrived
            webhook = webhooks.get_webhook(session, delivery.webhook_id)
        answer, is_good = _try(desk, webhook, delivery, send)
        with desk.transaction() as session:
            kept = webhooks.get_delivery(session, delivery.id)
            webhooks.note_answer(kept, answer, is_good=is_good, now=desk.now())
        arrived += is_good


def _try(
    desk: Desk, webhook: webhooks.Webhook, delivery: webhooks.Delivery, send: Send
) -> tuple[str, bool]:
    body = json.dumps(delivery.payload, ensure_ascii=False).encode()
    moment = int(desk.now().timestamp())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "trinhky",
        "webhook-id": delivery.event_id,
        "webhook-timestamp": str(moment),
        "webhook-signature": sending.sign(webhook.secret, delivery.event_id, moment, body),
    }
    try:
        status = send(webhook.url, body, headers)
    except AddressRefused as error:
        return str(error), False
    except OSError as error:
        return type(error).__name__, False
    return str(status), status in _GOOD


def keep_delivering(desk: Desk, stop: threading.Event) -> None:
    """Look into the outbox again and again until told to stop; a fault is logged and passed."""
    while not stop.wait(EVERY_SECONDS):
        try:
            with desk.reading() as session:
                is_wanted = bool(webhooks.webhooks(session))
            if is_wanted:
                deliver_due(desk)
        except RecordsError as error:
            _log.warning("webhooks: %s", type(error).__name__)
