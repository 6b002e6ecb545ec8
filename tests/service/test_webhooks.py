"""Other systems are told what happened: only what did, signed, again if need be, only outwards."""

import base64
import hashlib
import hmac
import json
import socket
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from records import webhooks
from records.errors import NotFound, StoreUnavailable
from records.webhooks import Event
from service.__main__ import trinhky
from service.workflow import issuing, notifying, sending
from service.workflow.desk import Desk
from service.workflow.sending import AddressRefused
from tests.factories import WARD, issue, make_draft
from tests.service.closed_house import OTHER, Clock

URL = "https://cong.example.vn/trinhky?x=1"


class Listener:
    """The other side: keeps what it was sent and answers as it is told."""

    def __init__(self, *answers: int | Exception) -> None:
        self.answers = list(answers)
        self.got: list[tuple[str, bytes, dict[str, str]]] = []

    def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        self.got.append((url, body, dict(headers)))
        answer = self.answers.pop(0) if self.answers else 200
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def timed(desk: Desk, clock: Clock) -> Desk:
    return replace(desk, clock=clock)


def told(listener: Listener) -> list[dict[str, Any]]:
    return [json.loads(body) for _, body, _ in listener.got]


def give(desk: Desk) -> int:
    return issue(desk, make_draft(desk).document_id, issued_on="09/10/2026").document_id


def test_an_issued_paper_is_told_with_its_number_and_nobodys_name(timed: Desk) -> None:
    _, secret = notifying.add_webhook(timed, URL, events=list(Event), by="t")
    document_id = give(timed)
    listener = Listener()

    assert notifying.deliver_due(timed, listener) == 1
    assert notifying.deliver_due(timed, listener) == 0

    (message,) = told(listener)
    assert message["type"] == "document.issued"
    assert message["data"] == {
        "id": document_id,
        "body": WARD,
        "kind": "plan",
        "state": "issued",
        "number": 1,
        "symbol": "01/KH-UBND",
        "issued_on": "2026-10-09",
    }
    url, body, headers = listener.got[0]
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).digest()
    assert url == URL
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(digest).decode()}"


def test_what_is_cancelled_and_recalled_is_told_too(timed: Desk) -> None:
    notifying.add_webhook(timed, URL, events=[Event.CANCELLED, Event.RECALLED], by="t")
    first, second = give(timed), give(timed)
    issuing.cancel(timed, first, reason="Lập nhầm", by="t")
    recall = make_draft(timed, "official_letter", recalls=second)
    issue(timed, recall.document_id, issued_on="09/10/2026")
    listener = Listener()

    notifying.deliver_due(timed, listener)

    assert [(one["type"], one["data"]["id"]) for one in told(listener)] == [
        ("document.cancelled", first),
        ("document.recalled", second),
    ]


def test_each_body_is_told_of_its_own_papers(timed: Desk) -> None:
    notifying.add_webhook(timed, URL, events=list(Event), body=OTHER, by="t")
    give(timed)

    assert notifying.deliver_due(timed, Listener()) == 0
    with pytest.raises(NotFound):
        notifying.add_webhook(timed, URL, events=list(Event), body="không-có", by="t")


def test_a_number_that_was_not_given_is_not_told(
    timed: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    notifying.add_webhook(timed, URL, events=list(Event), by="t")
    draft = make_draft(timed).document_id

    def fail(*_: Any) -> None:
        raise StoreUnavailable("full")

    with monkeypatch.context() as broken:
        broken.setattr("service.workflow.backing_up.note_given", fail)
        with pytest.raises(StoreUnavailable):
            issue(timed, draft, issued_on="09/10/2026")

    assert notifying.deliver_due(timed, Listener()) == 0


def test_a_message_is_tried_again_under_one_id_and_given_up_at_last(
    timed: Desk, clock: Clock
) -> None:
    notifying.add_webhook(timed, URL, events=list(Event), by="t")
    give(timed)
    listener = Listener(*[500, TimeoutError("x"), AddressRefused("x"), 302, 500, 500, 500])

    for hours in range(7):
        notifying.deliver_due(timed, listener)
        assert len(listener.got) == hours + 1
        notifying.deliver_due(timed, listener)
        assert len(listener.got) == hours + 1
        clock.go(hours=25)
    notifying.deliver_due(timed, listener)

    assert len(listener.got) == 7
    assert len({headers["webhook-id"] for _, _, headers in listener.got}) == 1
    with timed.reading() as session:
        (kept,) = webhooks.deliveries(session)
        assert (kept.due_at, kept.arrived_at, kept.answer, kept.tries) == (None, None, "500", 7)

    notifying.send_again(timed, kept.id)
    assert notifying.deliver_due(timed, listener) == 1


def test_a_try_whose_process_died_is_taken_up_later(timed: Desk, clock: Clock) -> None:
    notifying.add_webhook(timed, URL, events=list(Event), by="t")
    give(timed)
    with timed.transaction() as session:
        webhooks.take_due(session, timed.now())
    listener = Listener()

    assert notifying.deliver_due(timed, listener) == 0
    clock.go(minutes=3)
    assert notifying.deliver_due(timed, listener) == 1


def test_who_was_removed_hears_nothing_more(timed: Desk) -> None:
    number, _ = notifying.add_webhook(timed, URL, events=list(Event), by="t")
    give(timed)
    notifying.remove_webhook(timed, number, by="t")
    give(timed)

    assert notifying.deliver_due(timed, Listener()) == 0


@pytest.mark.parametrize(
    "url",
    [
        "http://cong.example.vn/",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://localhost/",
        "https://may-chu/",
        "https://user:pass@cong.example.vn/",
        "https://cong.example.vn:22/",
        "https://cong.example.vn:99999/",
        "https://cong.example.vn/#x",
        "https://cong.example.vn/ x",
        "https://cong.example.vn/\r\nHost: x",
        "https://công.example.vn/",
        "ftp://cong.example.vn/",
        "file:///etc/passwd",
        "https://",
        "",
        "https://cong.example.vn/" + "x" * 600,
    ],
)
def test_an_address_that_leads_inside_or_is_none_is_refused(desk: Desk, url: str) -> None:
    with pytest.raises(AddressRefused):
        notifying.add_webhook(desk, url, events=list(Event), by="t")


@pytest.mark.parametrize(
    ("address", "is_public"),
    [
        ("8.8.8.8", True),
        ("2606:4700:4700::1111", True),
        ("127.0.0.1", False),
        ("10.0.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
        ("không", False),
    ],
)
def test_only_addresses_of_the_open_internet_are_public(address: str, *, is_public: bool) -> None:
    assert sending.is_public(address) is is_public


def test_a_name_of_which_one_address_lies_inside_is_sent_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def look_up(*_: Any, **__: Any) -> list[Any]:
        kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        return [(*kind, ("8.8.8.8", 443)), (*kind, ("10.0.0.5", 443))]

    connected: list[Any] = []
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", lambda *a, **k: connected.append(a))

    with pytest.raises(AddressRefused, match="nội bộ"):
        sending.send(URL, b"{}", {})

    assert connected == []


def test_the_connection_goes_to_the_very_address_that_was_looked_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[Any] = []

    def look_up(*_: Any, **__: Any) -> list[Any]:
        asked.append("name")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("203.0.114.9", 443))]

    def connect(address: tuple[str, int], **_: Any) -> None:
        asked.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)

    with pytest.raises(OSError, match=r"^$"):
        sending.send(URL, b"{}", {})

    assert asked == ["name", ("203.0.114.9", 443)]


def test_webhooks_are_kept_by_command(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRINHKY_DATABASE_URL", f"sqlite:///{tmp_path / 'records.db'}")
    monkeypatch.setattr(sending, "find_address", lambda _: "203.0.114.9")
    run = CliRunner()

    refused = run.invoke(trinhky, ["webhook", "add", "http://cong.example.vn"])
    empty = run.invoke(trinhky, ["webhook", "list"])
    added = run.invoke(trinhky, ["webhook", "add", URL, "--event", "document.issued"])
    listed = run.invoke(trinhky, ["webhook", "list"])
    give(desk)
    monkeypatch.setattr(
        socket, "create_connection", lambda *a, **k: (_ for _ in ()).throw(TimeoutError())
    )
    sent = run.invoke(trinhky, ["webhook", "send"])
    told_of = run.invoke(trinhky, ["webhook", "deliveries"])
    again = run.invoke(trinhky, ["webhook", "resend", "1"])
    removed = run.invoke(trinhky, ["webhook", "remove", "1"])

    assert refused.exit_code == 1
    assert "Không gửi tới địa chỉ này" in refused.output
    assert "Chưa báo" in empty.output
    assert "chỉ hiện lần này" in added.output
    assert URL in listed.output
    assert "0 thông báo" in sent.output
    assert "đang chờ, 1 lần thử: TimeoutError" in told_of.output
    assert again.exit_code == removed.exit_code == 0
