"""The face for other systems: one call, one answer, every fault with its pointer."""

import io
from datetime import date
from typing import Any

import docx
import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.app import create_app
from service.config import read_settings
from service.problems import PROBLEM_JSON
from service.workflow.desk import Desk
from tests.factories import WARD, issue, make_draft, paper_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def whole_paper(**changed: Any) -> dict[str, Any]:
    issuer = {"name": ["ỦY BAN NHÂN DÂN", "XÃ GIA LÂM"], "code": "UBND", "place": "Gia Lâm"}
    signature = {"head": "CHỦ TỊCH", "name": "Nguyễn Thuỵ Ưu"}
    return {**paper_of(), "issuer": issuer, "signature": signature, **changed}


def test_render_gives_a_word_file_and_keeps_nothing(client: FlaskClient, desk: Desk) -> None:
    answer = client.post("/api/v1/render/plan", json=whole_paper(number=7, issued_on="2026-10-09"))

    assert (answer.status_code, answer.mimetype) == (200, DOCX)
    text = [p.text for p in docx.Document(io.BytesIO(answer.data)).paragraphs]
    assert "KẾ HOẠCH" in text
    assert client.get("/api/v1/documents/1").status_code == 404


def test_same_paper_is_rendered_to_the_same_bytes(client: FlaskClient) -> None:
    first, second = (client.post("/api/v1/render/plan", json=whole_paper()) for _ in range(2))

    assert first.data == second.data


def test_all_faults_come_as_one_problem_document(client: FlaskClient) -> None:
    bad = whole_paper(number="x", foo=1, issued_on="2026-13-01")

    answer = client.post("/api/v1/render/plan", json=bad)

    assert (answer.status_code, answer.mimetype) == (422, PROBLEM_JSON)
    problem = answer.get_json(force=True)
    assert problem["code"] == "entry-invalid"
    assert problem["status"] == 422
    pointers = {error["pointer"] for error in problem["errors"]}
    assert pointers == {"/number", "/foo", "/issued_on"}


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 422, "entry-invalid"),
        (b"[]", 422, "entry-invalid"),
        (b'{"kind": "plan", "kind": "plan"}', 422, "entry-invalid"),
        (b'{"number": NaN}', 422, "entry-invalid"),
        (b"\xff\xfe{", 422, "entry-invalid"),
        (b"[" * 100_000, 422, "entry-invalid"),
        (b'{"body":' + b"[" * 500 + b"]" * 500 + b"}", 422, "entry-invalid"),
        (b'{"abstract": "\\ud800"}', 422, "entry-invalid"),
    ],
)
def test_body_that_is_no_plain_json_object_is_refused(
    client: FlaskClient, body: bytes, status: int, code: str
) -> None:
    answer = client.post("/api/v1/render/plan", data=body, content_type="application/json")

    assert (answer.status_code, answer.get_json(force=True)["code"]) == (status, code)


def test_form_fields_are_no_json(client: FlaskClient) -> None:
    answer = client.post("/api/v1/render/plan", data={"kind": "plan"})

    assert answer.get_json(force=True)["code"] == "json-expected"


def test_unknown_kind_is_answered_with_those_there_are(client: FlaskClient) -> None:
    answer = client.post("/api/v1/render/ke-hoach", json=whole_paper())

    assert "official_letter" in answer.get_json(force=True)["detail"]


def test_from_nominations_to_an_issued_paper_in_four_calls(
    client: FlaskClient, twelve: list[dict[str, Any]]
) -> None:
    kept = client.post("/api/v1/nominations", json={"nominations": twelve, "dossier": "Đợt 10"})
    dossier = kept.get_json()["dossier"]["id"]
    draft = client.post(
        "/api/v1/documents",
        json={"body": WARD, "dossier": dossier, "paper": paper_of("submission")},
    )
    where = draft.headers["Location"]
    done = client.post(f"{where}/issue", json={}, headers={"Idempotency-Key": "k-1"})
    file = client.get(f"{where}/docx")

    assert (kept.status_code, draft.status_code, done.status_code) == (201, 201, 200)
    assert draft.get_json()["expected"] == 1
    assert done.get_json()["symbol"] == "01/TTr-UBND"
    assert done.get_json()["issued_on"] == "2026-10-09"
    text = "\n".join(
        cell.text
        for table in docx.Document(io.BytesIO(file.data)).tables
        for row in table.rows
        for cell in row.cells
    )
    assert "Đặng Đức Huệ" in text
    assert "filename*=UTF-8''01-TTr-UBND.docx" in file.headers["Content-Disposition"]


def test_repeated_issue_call_with_its_key_is_answered_alike(client: FlaskClient) -> None:
    client.post("/api/v1/documents", json={"body": WARD, "paper": paper_of()})

    first, second = (
        client.post("/api/v1/documents/1/issue", headers={"Idempotency-Key": "k"}) for _ in "12"
    )

    assert first.get_json()["sha256"] == second.get_json()["sha256"]
    assert second.headers["Idempotency-Replayed"] == "true"


def test_document_shows_its_state_and_what_it_is_made_from(client: FlaskClient) -> None:
    client.post("/api/v1/documents", json={"body": WARD, "paper": paper_of()})
    client.post("/api/v1/documents/1/issue", json={"issued_on": "9/10/2026"})

    shown = client.get("/api/v1/documents/1").get_json()

    assert (shown["state"], shown["number"]) == ("issued", 1)
    assert shown["paper"]["number"] == 1
    assert shown["paper"]["issuer"]["name"] == ["ỦY BAN NHÂN DÂN", "PHƯỜNG HAI BÀ TRƯNG"]


def test_bad_nomination_keeps_none_of_its_list(
    client: FlaskClient, twelve: list[dict[str, Any]]
) -> None:
    twelve[4]["birth"] = "năm nào đó"

    answer = client.post("/api/v1/nominations", json={"nominations": twelve})

    assert answer.get_json(force=True)["errors"][0]["pointer"] == "/nominations/4/birth"
    alone = client.post("/api/v1/nominations", json=twelve[0])
    assert alone.get_json()["nominations"] == [{"id": 1}]


def test_household_is_not_nominated_for_a_title_of_persons(
    client: FlaskClient, twelve: list[dict[str, Any]]
) -> None:
    answer = client.post("/api/v1/nominations", json={**twelve[0], "subject": "household"})

    assert answer.status_code == 409
    assert "không xét tặng cho hộ gia đình" in answer.get_json(force=True)["detail"]


@pytest.mark.parametrize("path", ["/api/v1/documents/9", "/api/v1/documents/9/docx", "/api/nope"])
def test_what_is_not_there_is_a_problem_too(client: FlaskClient, path: str) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer.mimetype) == (404, PROBLEM_JSON)


def test_other_method_is_answered_with_those_allowed(client: FlaskClient) -> None:
    answer = client.get("/api/v1/render/plan")

    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_other_sites_cannot_make_a_clerks_browser_act(client: FlaskClient) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://example.org"}):
        answer = client.post("/api/v1/documents", json={}, headers=headers)
        assert answer.status_code == 403


def test_health_tells_an_empty_database_from_a_ready_one(
    client: FlaskClient, tmp_path: Any
) -> None:
    settings = read_settings({"TRINHKY_DATABASE_URL": f"sqlite:///{tmp_path / 'new.db'}"})
    fresh = create_app(settings)

    assert client.get("/healthz").status_code == 200
    assert fresh.test_client().get("/healthz").status_code == 503
    fresh.extensions["desk"].store.dispose()


def test_fault_of_the_program_says_a_number_and_nothing_of_its_inside(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("service.workflow.drafting.draft", _break)

    answer = app.test_client().post("/api/v1/documents", json={"body": WARD, "paper": paper_of()})

    problem = answer.get_json(force=True)
    assert answer.status_code == 500
    assert "secret" not in problem["detail"]
    assert problem["detail"].split()[-1].rstrip(".") in caplog.text


def _break(*_: object, **__: object) -> None:
    raise RuntimeError("secret of the inside")


def test_today_is_the_day_in_viet_nam(desk: Desk) -> None:
    assert desk.today() == date(2026, 10, 9)


def test_a_draft_and_a_numbered_paper_are_cancelled_with_a_reason(
    client: FlaskClient, desk: Desk
) -> None:
    draft = make_draft(desk).document_id
    issued = make_draft(desk).document_id
    issue(desk, issued, issued_on="09/10/2026")

    without = client.post(f"/api/v1/documents/{draft}/cancel", json={})
    done = [
        client.post(f"/api/v1/documents/{one}/cancel", json={"reason": "Lập nhầm"})
        for one in (draft, issued)
    ]
    again = client.post(f"/api/v1/documents/{draft}/cancel", json={"reason": "Lập nhầm"})

    assert without.status_code == 422
    assert [answer.get_json()["state"] for answer in done] == ["cancelled", "cancelled"]
    assert again.status_code == 409
    shown = client.get(f"/api/v1/documents/{issued}").get_json()
    assert (shown["state"], shown["symbol"]) == ("cancelled", "01/KH-UBND")
