"""A name that nobody knows is told to the other system, never dropped in silence."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.factories import WARD, paper_of


def places(answer: Any) -> list[tuple[str, str]]:
    said = answer.get_json(force=True)
    listed = said["warnings"] if answer.status_code < 300 else said["errors"]
    return [(one["pointer"], one["code"]) for one in listed]


@pytest.mark.parametrize("how", [{}, {"dry_run": True}])
def test_a_draft_with_an_unknown_name_says_which_and_what_is_near(
    client: FlaskClient, how: dict[str, Any]
) -> None:
    paper = paper_of(hieu_luc="2027", copies_too=1, signature={"hed": "X", "name": "Lê Thị Ỷ"})
    paper["signature"]["head"] = "CHỦ TỊCH"

    answer = client.post("/api/v1/documents", json={"body": WARD, "paper": paper, **how})

    assert answer.status_code in (200, 201), answer.get_json(force=True)
    assert set(places(answer)) == {
        ("/paper/hieu_luc", "unknown-field"),
        ("/paper/copies_too", "unknown-field"),
        ("/paper/signature/hed", "unknown-field"),
    }
    assert "“head”" in next(
        one["message"]
        for one in answer.get_json()["warnings"]
        if one["pointer"] == "/paper/signature/hed"
    )


def test_a_draft_in_which_all_names_are_known_has_no_warnings(client: FlaskClient) -> None:
    answer = client.post("/api/v1/documents", json={"body": WARD, "paper": paper_of()})

    assert (answer.status_code, answer.get_json()["warnings"]) == (201, [])


def test_a_misspelt_required_name_is_missing_and_told_with_its_fault(client: FlaskClient) -> None:
    paper = paper_of()
    paper["abstrct"] = paper.pop("abstract")

    answer = client.post("/api/v1/documents", json={"body": WARD, "paper": paper})

    assert answer.status_code == 422
    assert {("/paper/abstract", "missing"), ("/paper/abstrct", "unknown-field")} <= set(
        places(answer)
    )
    assert client.get("/api/v1/documents").get_json()["documents"] == []


@pytest.mark.parametrize(
    "sent",
    [
        {"paper": {**paper_of(), "foo": 1}, "issue": True},
        {"paper": {**paper_of(), "foo": 1}, "issue": True, "dry_run": True},
        {"paper": paper_of(), "dryrun": True},
        {"paper": paper_of(), "isue": True},
    ],
)
def test_a_name_that_says_what_is_to_be_done_or_printed_for_good_is_refused(
    client: FlaskClient, sent: dict[str, Any]
) -> None:
    answer = client.post(
        "/api/v1/documents", json={"body": WARD, **sent}, headers={"Idempotency-Key": "a"}
    )

    assert answer.status_code == 422
    assert [code for _, code in places(answer)] == ["unknown-field"]
    assert client.get("/api/v1/documents").get_json()["documents"] == []


def test_a_list_of_nominations_is_kept_with_a_warning_for_each_unknown_name(
    client: FlaskClient, twelve: list[dict[str, Any]]
) -> None:
    twelve[3]["a/b~c"] = "1"
    twelve[5]["nationality"] = "Việt Nam"

    answer = client.post("/api/v1/nominations", json={"nominations": twelve, "dossier": "Đợt 1"})

    assert answer.status_code == 201
    assert places(answer) == [
        ("/nominations/3/a~1b~0c", "unknown-field"),
        ("/nominations/5/nationality", "unknown-field"),
    ]


def test_one_nomination_is_refused_where_its_deed_is_misspelt(
    client: FlaskClient, twelve: list[dict[str, Any]]
) -> None:
    one = {name: value for name, value in twelve[0].items() if name != "summary"}
    one["ded"] = one.pop("deed", "Giúp dân")

    answer = client.post("/api/v1/nominations", json=one)

    assert answer.status_code == 422
    assert set(places(answer)) == {("/deed", "missing"), ("/ded", "unknown-field")}


def test_a_misspelt_title_of_the_dossier_is_refused(
    client: FlaskClient, twelve: list[dict[str, Any]]
) -> None:
    answer = client.post("/api/v1/nominations", json={"nominations": twelve, "dosier": "Đợt 1"})

    assert (answer.status_code, places(answer)) == (422, [("/dosier", "unknown-field")])
