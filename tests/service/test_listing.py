"""What another system reads page by page, what it need not read again, and how often it may ask."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from records import nominations
from records.accounts import Permission
from service import throttling
from service.app import create_app
from service.config import read_settings
from service.intake.nominations import parse_nominations
from service.workflow import nominating
from service.workflow.desk import Desk
from tests.factories import WARD, issue, make_draft
from tests.service.closed_house import OTHER, key
from tests.service.past_awards import PURSE

NOMINEE = {"body": WARD, "award": "ntvt", "name": "Nguyễn Thuỵ Ưu", "deed": PURSE}


def fill(desk: Desk, count: int) -> None:
    for at in range(count):
        nominee = {**NOMINEE, "name": f"Nguyễn Thuỵ Ưu {at}", "identity_number": "001174000123"}
        nominating.nominate(desk, parse_nominations([nominee]), by="t", dossier=f"Hồ sơ {at}")


def pages(client: FlaskClient, name: str, query: str = "", **more: Any) -> list[list[Any]]:
    """Go through a list to its end."""
    found, cursor = [], ""
    while True:
        answer = client.get(f"/api/v1/{name}?limit=3{query}{cursor}", **more)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        told = answer.get_json()
        found.append(told[name])
        if told["next"] is None:
            return found
        cursor = f"&cursor={told['next']}"


@pytest.mark.parametrize("name", ["nominations", "dossiers"])
def test_every_page_together_holds_all_once_the_newest_first(
    client: FlaskClient, desk: Desk, name: str
) -> None:
    fill(desk, 7)

    found = pages(client, name)

    assert [len(page) for page in found] == [3, 3, 1]
    assert [one["id"] for page in found for one in page] == [7, 6, 5, 4, 3, 2, 1]


def test_what_is_entered_meanwhile_does_not_shift_the_pages(
    client: FlaskClient, desk: Desk
) -> None:
    fill(desk, 4)
    first = client.get("/api/v1/nominations?limit=2").get_json()
    fill(desk, 3)

    second = client.get(f"/api/v1/nominations?limit=2&cursor={first['next']}").get_json()

    assert [one["id"] for one in second["nominations"]] == [2, 1]
    assert second["next"] is None


def test_documents_are_listed_by_kind_and_state(client: FlaskClient, desk: Desk) -> None:
    issue(desk, make_draft(desk).document_id, issued_on="09/10/2026")
    make_draft(desk)

    issued = client.get(f"/api/v1/documents?state=issued&kind=plan&body={WARD}").get_json()

    assert [one["symbol"] for one in issued["documents"]] == ["01/KH-UBND"]
    assert client.get("/api/v1/documents?kind=decision").get_json()["documents"] == []


def test_a_dossier_a_nomination_and_a_book_are_shown_and_no_identity_number(
    client: FlaskClient, desk: Desk
) -> None:
    fill(desk, 1)
    issue(desk, make_draft(desk).document_id, issued_on="09/10/2026")

    dossier = client.get("/api/v1/dossiers/1").get_json()
    line = client.get("/api/v1/nominations/1").get_json()
    books = client.get(f"/api/v1/bodies/{WARD}/registers").get_json()["registers"]
    book = client.get(f"/api/v1/bodies/{WARD}/registers/2026").get_json()

    assert dossier["lines"][0]["id"] == 1
    assert len(dossier["papers"]) == 3
    assert line["steps"][0]["state"] == "draft"
    assert books == [{"year": 2026, "series": "chung", "first": 1, "last": 1, "is_closed": False}]
    assert [one["symbol"] for one in book["entries"]] == ["01/KH-UBND"]
    assert "001174000123" not in str([dossier, line, books, book])


def test_forms_awards_and_bodies_are_told(client: FlaskClient) -> None:
    forms = {one["kind"] for one in client.get("/api/v1/templates").get_json()["templates"]}
    schema = client.get("/api/v1/templates/decision/schema").get_json()
    awards = {one["key"] for one in client.get("/api/v1/awards").get_json()["awards"]}
    bodies = {one["key"] for one in client.get("/api/v1/bodies").get_json()["bodies"]}

    assert {"decision", "submission", "plan"} <= forms
    assert "legal_bases" in schema["properties"]
    assert "ntvt" in awards
    assert WARD in bodies
    assert client.get("/api/v1/templates/khong-co/schema").status_code == 422


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("limit=0", "/limit"),
        ("limit=201", "/limit"),
        ("cursor=x", "/cursor"),
        ("cursor=-1", "/cursor"),
        ("state=xyz", "/state"),
    ],
)
def test_a_question_that_means_nothing_is_refused_at_its_place(
    client: FlaskClient, query: str, place: str
) -> None:
    answer = client.get(f"/api/v1/nominations?{query}")

    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["pointer"] == place


def test_a_key_sees_the_lists_of_its_own_body_alone(house: Desk, server: Flask) -> None:
    fill(house, 2)
    make_draft(house)
    client = server.test_client()
    own = {"headers": key(house, Permission.READ)}
    others = {"headers": key(house, Permission.READ, body=OTHER)}

    assert len(pages(client, "nominations", **own)[0]) == 2
    assert len(pages(client, "documents", **own)[0]) == 1
    for name in ("nominations", "dossiers", "documents"):
        assert pages(client, name, **others) == [[]]
        assert client.get(f"/api/v1/{name}?body={WARD}", **others).status_code == 404
    for address in (
        "dossiers/1",
        "nominations/1",
        f"bodies/{WARD}/registers",
        f"bodies/{WARD}/registers/2026",
    ):
        assert client.get(f"/api/v1/{address}", **others).status_code == 404
    assert {one["key"] for one in client.get("/api/v1/bodies", **others).get_json()["bodies"]} == {
        OTHER
    }


def test_what_did_not_change_is_not_sent_again(client: FlaskClient, desk: Desk) -> None:
    make_draft(desk)
    first = client.get("/api/v1/documents/1")
    known = {"If-None-Match": first.headers["ETag"]}

    again = client.get("/api/v1/documents/1", headers=known)
    issue(desk, 1, issued_on="09/10/2026")
    later = client.get("/api/v1/documents/1", headers=known)

    assert (again.status_code, again.data) == (304, b"")
    assert later.status_code == 200
    assert later.get_json()["state"] == "issued"
    word = client.get("/api/v1/documents/1/docx")
    same = client.get("/api/v1/documents/1/docx", headers={"If-None-Match": word.headers["ETag"]})
    assert same.status_code == 304


def test_nominations_sent_again_with_their_key_are_kept_once(
    client: FlaskClient, desk: Desk
) -> None:
    sent = {"nominations": [NOMINEE], "dossier": "Hồ sơ"}
    headers = {"Idempotency-Key": "2026-7"}

    first = client.post("/api/v1/nominations", json=sent, headers=headers)
    again = client.post("/api/v1/nominations", json=sent, headers=headers)
    other = client.post(
        "/api/v1/nominations", json={**sent, "dossier": "Hồ sơ khác"}, headers=headers
    )
    without = client.post("/api/v1/nominations", json=sent)

    assert first.status_code == 201
    assert again.status_code == 200
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.get_json() == first.get_json()
    assert (other.status_code, other.get_json()["code"]) == (422, "key-reused")
    assert without.status_code == 201
    with desk.reading() as session:
        assert nominations.list_nominations(session)[1] == 2


def test_a_call_that_was_refused_leaves_its_key_free(client: FlaskClient) -> None:
    headers = {"Idempotency-Key": "2026-8"}
    wrong = client.post("/api/v1/nominations", json={**NOMINEE, "award": "x"}, headers=headers)

    right = client.post("/api/v1/nominations", json=NOMINEE, headers=headers)

    assert wrong.status_code == 404
    assert right.status_code == 201


def test_a_key_that_calls_too_often_is_told_when_to_come_again(house: Desk) -> None:
    server = create_app(read_settings({"TRINHKY_API_RATE": "3"}), house)
    client = server.test_client()
    first, second = key(house, Permission.READ), key(house, Permission.READ)

    answers = [client.get("/api/v1/awards", headers=first) for _ in range(4)]
    other = client.get("/api/v1/awards", headers=second)

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer.headers["RateLimit-Remaining"] for answer in answers[:3]] == ["2", "1", "0"]
    assert answers[3].get_json()["code"] == "rate-exceeded"
    assert 1 <= int(answers[3].headers["Retry-After"]) <= 20
    assert other.status_code == 200
    assert client.get("/dang-nhap").status_code == 200


def test_a_bucket_fills_all_the_time_and_never_over_its_brim() -> None:
    rate = throttling.Rate(60)
    for _ in range(60):
        rate.take("k", 0.0)
    with pytest.raises(throttling.RateExceeded):
        rate.take("k", 0.5)
    assert rate.take("k", 1.6).left == 0
    assert rate.take("k", 10_000.0).left == 59
