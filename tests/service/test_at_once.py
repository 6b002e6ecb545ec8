"""One call gives a numbered paper, and sending it again gives the same one."""

import threading
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from records import documents, registers
from records.bodies import get_body
from records.documents import DocumentState
from records.errors import StoreUnavailable
from service.intake.documents import parse_draft, parse_issue
from service.workflow import at_once, drafting, issuing
from service.workflow.desk import Desk
from tests.factories import WARD, paper_of

ON = {"issued_on": "09/10/2026"}


def sent(**given: Any) -> dict[str, Any]:
    return {"body": WARD, "paper": paper_of("plan"), "issue": ON, **given}


def post(client: FlaskClient, key: str | None = "khóa-1", **given: Any) -> Any:
    headers = {"Idempotency-Key": key.encode().decode("latin-1")} if key else {}
    return client.post("/api/v1/documents", json=sent(**given), headers=headers)


def standing(desk: Desk) -> dict[str, int]:
    """How many documents there are, by state."""
    with desk.reading() as session:
        listed, _ = documents.list_documents(session, size=500)
    return {state.value: sum(one.state is state for one in listed) for state in DocumentState}


def test_one_call_drafts_numbers_and_freezes(desk: Desk, client: FlaskClient) -> None:
    answer = post(client, "k1")

    told = answer.get_json()
    assert (answer.status_code, told["symbol"], told["state"]) == (201, "01/KH-UBND", "issued")
    assert client.get(f"{answer.headers['Location']}/docx").data[:2] == b"PK"
    assert standing(desk)["issued"] == 1


def test_the_same_call_again_gives_the_same_document(desk: Desk, client: FlaskClient) -> None:
    first, again = post(client, "k1"), post(client, "k1")

    assert again.status_code == 200
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.get_json() == first.get_json()
    assert standing(desk) == {**standing(desk), "issued": 1, "draft": 0}


def test_the_same_key_with_another_paper_is_refused(desk: Desk, client: FlaskClient) -> None:
    post(client, "k1")

    other = post(client, "k1", paper=paper_of("plan", abstract="Một kế hoạch khác"))

    assert (other.status_code, other.get_json()["code"]) == (422, "key-reused")
    assert standing(desk)["issued"] == 1


def test_without_a_key_no_number_is_spent(desk: Desk, client: FlaskClient) -> None:
    answer = post(client, None)

    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["pointer"] == "/key"
    assert sum(standing(desk).values()) == 0


def test_a_call_that_broke_off_after_its_draft_is_gone_on_with(
    desk: Desk, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(*_: Any, **__: Any) -> None:
        raise StoreUnavailable("away")

    with monkeypatch.context() as broken:
        broken.setattr(issuing, "issue", break_off)
        assert post(client, "k1").status_code == 503
    assert standing(desk)["draft"] == 1

    answer = post(client, "k1")

    assert answer.status_code == 201
    assert standing(desk) == {**standing(desk), "issued": 1, "draft": 0, "cancelled": 0}


def test_a_clerks_own_draft_of_the_same_paper_is_left_to_the_clerk(
    desk: Desk, client: FlaskClient
) -> None:
    own = drafting.draft(desk, parse_draft({"body": WARD, "paper": paper_of("plan")}), by="clerk")

    answer = post(client, "k1")

    assert answer.get_json()["id"] != own.document_id
    assert (standing(desk)["issued"], standing(desk)["draft"]) == (1, 1)


def test_sixteen_calls_with_one_key_give_one_document(desk: Desk, app: Flask) -> None:
    answers: list[Any] = []

    def call() -> None:
        answers.append(post(app.test_client(), "k1").get_json())

    threads = [threading.Thread(target=call) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {answer.get("symbol") for answer in answers} == {"01/KH-UBND"}
    assert (standing(desk)["issued"], standing(desk)["draft"]) == (1, 0)
    with desk.reading() as session:
        (book,) = registers.registers_of(session, get_body(session, WARD))
        assert book.last == 1


def test_the_same_paper_under_sixteen_keys_at_once_gives_sixteen_documents(
    desk: Desk, app: Flask
) -> None:
    answers: list[Any] = []
    start = threading.Barrier(16)

    def call(number: int) -> None:
        start.wait()
        answers.append(post(app.test_client(), f"khoa-{number}"))

    threads = [threading.Thread(target=call, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [answer.status_code for answer in answers] == [201] * 16
    numbers = sorted(answer.get_json()["number"] for answer in answers)
    assert numbers == list(range(1, 17))
    assert standing(desk)["issued"] == 16


def test_a_rehearsal_keeps_nothing_and_says_what_is_wrong(desk: Desk, client: FlaskClient) -> None:
    good = client.post(
        "/api/v1/documents", json={"body": WARD, "paper": paper_of("plan"), "dry_run": True}
    )
    bad = client.post(
        "/api/v1/documents",
        json={"body": WARD, "paper": {"kind": "plan", "abstract": "x"}, "dry_run": True},
    )

    assert (good.status_code, good.get_json()["expected"]) == (200, 1)
    assert good.get_json()["deviations"] == []
    assert bad.status_code == 422
    assert sum(standing(desk).values()) == 0


@pytest.mark.parametrize("fault", [KeyboardInterrupt, RuntimeError])
def test_a_fault_between_draft_and_number_spends_no_number(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, fault: type[BaseException]
) -> None:
    real = issuing.issue
    monkeypatch.setattr(issuing, "issue", lambda *_, **__: (_ for _ in ()).throw(fault()))
    entry = parse_draft({"body": WARD, "paper": paper_of("plan")})
    asked = parse_issue({**ON, "key": "k1"})
    with pytest.raises(fault):
        at_once.issue_at_once(desk, entry, asked, by="test")
    monkeypatch.setattr(issuing, "issue", real)

    done = at_once.issue_at_once(desk, entry, asked, by="test")

    assert done.number == 1
    assert standing(desk) == {**standing(desk), "issued": 1, "draft": 0}
