"""Values that mean harm or cannot be: refused at the door in words, on every face alike."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from records import documents, dossiers
from service.intake import fields, nominations, papers
from service.intake.documents import parse_draft, parse_issue
from service.intake.fields import EntryInvalid
from service.workflow import drafting
from service.workflow.desk import Desk
from tests.factories import WARD, make_draft, paper_of

TITLE = "/api/v1/nominations"


def faults(answer: Any) -> list[tuple[str, str]]:
    assert answer.status_code == 422
    return [(one["pointer"], one["code"]) for one in answer.get_json(force=True)["errors"]]


@pytest.mark.parametrize(
    "day", ["0001-01-01", "9999-12-31", "01/01/1944", 0, 86_400, 1.5, True, [], "\ud800"]
)
def test_day_on_which_no_paper_can_be_issued_is_refused(
    client: FlaskClient, desk: Desk, day: object
) -> None:
    document = make_draft(desk).document_id

    sent = json.dumps({"issued_on": day})
    answer = client.post(
        f"/api/v1/documents/{document}/issue", data=sent, content_type="application/json"
    )

    assert faults(answer) == [("/issued_on", "date-wrong")]
    with desk.reading() as session:
        assert documents.get_document(session, document).number is None


@pytest.mark.parametrize("value", [True, False, 1.5, float("inf"), 10**30, "x", [], {}, "\ud800"])
@pytest.mark.parametrize("link", ["dossier", "attached_to", "corrects", "replaces", "recalls"])
def test_what_is_no_number_of_a_row_is_refused_in_vietnamese(link: str, value: object) -> None:
    with pytest.raises(EntryInvalid) as refused:
        parse_draft({"body": WARD, "paper": {}, link: value})

    (fault,) = refused.value.errors
    assert fault.pointer == f"/{link}"
    assert "Input should" not in fault.message


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("", "missing"),
        (" ", "missing"),
        ("k" * 65, "text-too-long"),
        ("a\nb", "letter-refused"),
        ("a\x00b", "letter-refused"),
        ("a\u202eb", "letter-refused"),
        (7, "text-expected"),
    ],
)
def test_key_that_could_not_be_kept_as_it_is_is_refused(key: object, code: str) -> None:
    with pytest.raises(EntryInvalid) as refused:
        parse_issue({"key": key})

    assert [(one.pointer, one.code) for one in refused.value.errors] == [("/key", code)]


def test_key_may_be_a_hash() -> None:
    assert parse_issue({"key": "a" * 64}).key == "a" * 64


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("\ud800", "letter-refused"),
        ("a\x00b", "letter-refused"),
        ("\u202eTxt.exe", "letter-refused"),
        ("chữ " * 25_000, "text-too-long"),
        ("chữ " * 60, "text-too-long"),
        (7, "text-expected"),
    ],
)
def test_title_of_a_dossier_is_checked_like_every_text(
    client: FlaskClient, desk: Desk, twelve: list[dict[str, Any]], title: object, code: str
) -> None:
    sent = json.dumps({"nominations": twelve, "dossier": title})

    answer = client.post(TITLE, data=sent, content_type="application/json")

    assert faults(answer) == [("/dossier", code)]
    with desk.reading() as session:
        assert dossiers.list_dossiers(session)[1] == 0


def test_unknown_name_beside_the_nominations_is_refused(
    client: FlaskClient, twelve: list[dict[str, Any]]
) -> None:
    answer = client.post(TITLE, json={"nominations": twelve, "dosier": "x", "org_id": 2})

    assert faults(answer) == [("/dosier", "unknown-field"), ("/org_id", "unknown-field")]


@pytest.mark.parametrize("listed", [[], {}, "x", [1], ["x"], None])
def test_list_that_is_none_is_refused(client: FlaskClient, listed: object) -> None:
    answer = client.post(TITLE, json={"nominations": listed})

    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Nguy\ufffdn Văn An", "letter-refused"),
        ("Phố số １２", "letter-look-alike"),
    ],
)
def test_letter_that_was_lost_or_is_of_another_width_is_refused(name: str, code: str) -> None:
    raw = {"name": name, "body": WARD, "award": "ntvt", "deed": "Cứu người."}

    with pytest.raises(EntryInvalid) as refused:
        nominations.parse_nomination(raw)

    assert [(one.pointer, one.code) for one in refused.value.errors] == [("/name", code)]


def test_blanks_of_every_width_become_one() -> None:
    assert fields.clean_line("Đặng\u2003Đức\u202f \u3000Huệ") == "Đặng Đức Huệ"


def test_gender_is_a_word() -> None:
    raw = {"name": "A", "body": WARD, "award": "ntvt", "deed": "x", "gender": "rất dài " * 10}

    with pytest.raises(EntryInvalid) as refused:
        nominations.parse_nomination(raw)

    assert refused.value.errors[0].code == "text-too-long"


def test_letterhead_that_is_no_group_of_values_is_not_passed_over(
    client: FlaskClient, desk: Desk
) -> None:
    sent = {"body": WARD, "paper": paper_of(issuer="UBND")}

    answer = client.post("/api/v1/documents", json=sent)

    assert faults(answer) == [("/paper/issuer", "table-expected")]


@pytest.mark.parametrize(
    "day", ["20/3/2017", "2017-03-20", datetime(2017, 3, 20, 9, 30, tzinfo=UTC)]
)
def test_signer_is_the_one_of_the_planned_day_in_whatever_way_it_is_written(
    desk: Desk, day: object
) -> None:
    paper = paper_of(issued_on=day, signature={"head": "CHỦ TỊCH", "name": "Lò Thị Ỏn"})

    made = make_draft(desk, body="thi-xa-son-tay", paper=paper)

    with desk.reading() as session:
        kept = documents.get_document(session, made.document_id)
    assert drafting.planned_day({"issued_on": day}) == date(2017, 3, 20)
    assert kept.paper["issued_on"] == "2017-03-20"


def test_thousands_of_faults_are_told_within_a_moment(client: FlaskClient) -> None:
    sent = {f"no-such-field-{at}": at for at in range(100_000)}

    answer = client.post("/api/v1/render/plan", json=sent)
    with pytest.raises(EntryInvalid) as refused:
        papers.parse_paper(sent)

    assert faults(answer) == [("", "json-invalid")]
    assert len(refused.value.errors) <= fields.MOST_FAULTS + 10


@pytest.mark.parametrize("content", [b"a = " + b"9" * 5_000, b"a = " + b"[" * 100_000])
def test_file_that_is_a_trap_is_no_fault_of_the_program(content: bytes) -> None:
    with pytest.raises(EntryInvalid) as refused:
        papers.read_paper_file(content)

    assert refused.value.errors[0].code == "file-unreadable"


def test_unknown_kind_is_not_told_back_at_full_length() -> None:
    with pytest.raises(EntryInvalid) as refused:
        papers.parse_paper(paper_of("x" * 100_000))

    assert len(refused.value.errors[0].message) < 1_000


def test_choice_with_an_impossible_letter_is_not_offered(
    client: FlaskClient, desk: Desk, dossier_id: int
) -> None:
    document = make_draft(desk).document_id

    changed = client.post(f"/van-ban/{document}/sua", data={**_form(), "signatory": "a\0b"})
    made = client.post(f"/ho-so/{dossier_id}/to-trinh", data={**_form(), "issuer": "a\0b"})

    assert (changed.status_code, made.status_code) == (422, 422)


def _form() -> dict[str, str]:
    paper = paper_of()
    return {"abstract": paper["abstract"], "body": paper["body"], "issued_on": "09/10/2026"}
