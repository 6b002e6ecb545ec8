"""A program whose people read English gets the same problems in English; the codes are one."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from service import app as server
from service import english, problems
from tests.factories import paper_of

GLOSSARY = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text(encoding="utf-8")
VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")


def codes_of_section(number: int) -> set[str]:
    section = GLOSSARY.partition(f"\n## {number}. ")[2].partition("\n## ")[0]
    return set(re.findall(r"^\| `([^`]+)`", section, re.MULTILINE))


def test_every_problem_has_an_english_title_beside_the_vietnamese_one() -> None:
    in_use = {getattr(kind, "code", "") for kind in problems.TITLES}
    in_use |= {code for code, _, _ in server._HTTP.values()}

    assert codes_of_section(8) | in_use == set(english.TITLES)


def test_every_fault_has_an_english_sentence() -> None:
    assert codes_of_section(9) == set(english.FAULTS)


def test_no_english_sentence_is_vietnamese() -> None:
    written = [*english.TITLES.values(), *english.FAULTS.values(), *english.DETAILS.values()]

    assert [text for text in written if VIETNAMESE.search(text) or not text] == []


@pytest.mark.parametrize("asked", ["en", "en-GB,en;q=0.9", "en;q=0.9,vi;q=0.5", "fr,en;q=0.1"])
def test_who_asks_for_english_gets_it_with_the_same_codes(client: FlaskClient, asked: str) -> None:
    bad = paper_of(foo=1)

    vietnamese = client.post("/api/v1/render/plan", json=bad)
    answer = client.post("/api/v1/render/plan", json=bad, headers={"Accept-Language": asked})

    said, before = answer.get_json(force=True), vietnamese.get_json(force=True)
    assert said["title"] == "The data cannot be used yet"
    assert {one["pointer"]: one["message_en"] for one in said["errors"]}["/foo"] == (
        "There is no field of this name."
    )
    assert said["code"] == before["code"]
    assert [{**one, "message_en": ""} for one in said["errors"]] == [
        {**one, "message_en": ""} for one in before["errors"]
    ]
    assert answer.headers["Content-Language"] == "en, vi"
    assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.parametrize("asked", [None, "vi", "fr", "*", "vi,en;q=0.9", "en;q=0", "x;;q"])
def test_vietnamese_is_what_everybody_else_gets(client: FlaskClient, asked: str | None) -> None:
    headers = {"Accept-Language": asked} if asked else {}

    answer = client.get("/api/v1/documents/1", headers=headers)

    assert answer.get_json(force=True)["title"] == "Không tìm thấy"
    assert answer.headers["Content-Language"] == "vi"
    assert "Accept-Language" in answer.headers["Vary"]


def test_an_answer_that_quotes_nothing_is_english_from_first_to_last(client: FlaskClient) -> None:
    answer = client.post(
        "/api/v1/render/plan", data={"kind": "plan"}, headers={"Accept-Language": "en"}
    )

    assert answer.get_json(force=True) == {
        "type": "urn:trinhky:problem:json-expected",
        "title": "JSON expected",
        "status": 415,
        "code": "json-expected",
        "detail": "Send JSON with Content-Type: application/json.",
        "errors": [],
    }
    assert answer.headers["Content-Language"] == "en"
