"""Another system changes a document only as it read it, where it says so (`If-Match`)."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from records import documents
from records.errors import EditionDiffers
from service.intake.documents import parse_issue
from service.workflow import drafting, issuing
from service.workflow.desk import Desk
from tests.factories import WARD, make_draft, paper_of

WHERE = "/api/v1/documents/1"


@pytest.fixture
def read(client: FlaskClient) -> str:
    """The edition of a new draft, as it was read."""
    client.post("/api/v1/documents", json={"body": WARD, "paper": paper_of()})
    return client.get(WHERE).headers["ETag"]


def call(client: FlaskClient, act: str, if_match: str, **headers: str) -> Any:
    sent = {"reason": "Lập nhầm"} if act == "cancel" else {}
    return client.post(f"{WHERE}/{act}", json=sent, headers={"If-Match": if_match, **headers})


@pytest.mark.parametrize("act", ["issue", "cancel"])
def test_what_stands_as_it_was_read_is_changed_and_answers_its_new_edition(
    client: FlaskClient, read: str, act: str
) -> None:
    answer = call(client, act, read)

    assert answer.status_code == 200
    assert answer.headers["ETag"] != read
    assert answer.headers["ETag"] == client.get(WHERE).headers["ETag"]


@pytest.mark.parametrize("act", ["issue", "cancel"])
def test_what_somebody_changed_meanwhile_is_left_as_it_is(
    client: FlaskClient, desk: Desk, read: str, act: str
) -> None:
    drafting.amend(desk, 1, {"abstract": "Về việc khác"}, by="văn thư")

    answer = call(client, act, read)

    assert (answer.status_code, answer.get_json(force=True)["code"]) == (412, "edition-differs")
    assert client.get(WHERE).get_json()["state"] == "draft"


@pytest.mark.parametrize("if_match", ['"x"', "x", "W/{read}", "", ","])
def test_a_word_that_names_no_edition_matches_none(
    client: FlaskClient, read: str, if_match: str
) -> None:
    answer = call(client, "issue", if_match.format(read=read))

    assert answer.status_code == 412


@pytest.mark.parametrize("if_match", ["*", '"x", {read}'])
def test_any_edition_or_one_of_several_will_do(
    client: FlaskClient, read: str, if_match: str
) -> None:
    assert call(client, "issue", if_match.format(read=read)).status_code == 200


def test_a_call_sent_again_with_its_key_is_answered_as_before(
    client: FlaskClient, read: str
) -> None:
    first, again = (call(client, "issue", read, **{"Idempotency-Key": "a"}) for _ in range(2))

    assert (first.status_code, again.status_code) == (200, 200)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.headers["ETag"] == first.headers["ETag"]


def test_an_edition_that_was_read_is_not_sent_again(client: FlaskClient, read: str) -> None:
    assert client.get(WHERE, headers={"If-None-Match": read}).status_code == 304


def test_no_number_is_spent_on_another_edition(desk: Desk) -> None:
    document_id = make_draft(desk).document_id

    with pytest.raises(EditionDiffers) as caught:
        issuing.issue(desk, document_id, parse_issue({}), by="a", seen={"other"})

    with desk.reading() as session:
        document = documents.get_document(session, document_id)
        assert caught.value.found == documents.edition_of(document)
        assert document.number is None
