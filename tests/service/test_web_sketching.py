"""The pages beside a form: what is typed, dots for what is missing, and the field of a place."""

import base64
from typing import Any

import pytest
from flask.testing import FlaskClient

from records.accounts import Role
from service.workflow.desk import Desk
from tests.factories import WARD, make_draft
from tests.service.closed_house import Enter
from tests.service.web_pages import SCHOOL, count_documents, get, values_of

SKETCH = "/van-ban/xem-nhap"
TITLE = "Tổ chức phong trào “Người tốt, việc tốt” năm 2027"


def typed(client: FlaskClient, **given: str) -> dict[str, str]:
    values = values_of(get(client, f"/van-ban/moi/plan?co-quan={WARD}"))
    return {"kind": "plan", **values, "abstract": TITLE, "body": "Một.\n\nHai.", **given}


def sketch(client: FlaskClient, values: dict[str, str]) -> dict[str, Any]:
    answer = client.post(SKETCH, data=values)
    assert answer.status_code == 200, answer.get_data(as_text=True)[:300]
    found: dict[str, Any] = answer.json
    return found


def fields_of(page: dict[str, Any]) -> dict[str, str]:
    """Map each field to the first text of it that was found on the page."""
    found: dict[str, str] = {}
    for name, *_, text in page["places"]:
        found.setdefault(name, text)
    return found


def test_a_whole_paper_is_shown_without_faults_and_nothing_is_kept(
    client: FlaskClient, desk: Desk
) -> None:
    found = sketch(client, typed(client))

    assert (found["count"], len(found["pages"]), found["faults"]) == (1, 1, [])
    assert base64.b64decode(found["pages"][0]["source"].partition(",")[2]).startswith(b"\x89PNG")
    assert round(found["pages"][0]["ratio"], 2) == 1.41
    assert count_documents(desk) == 0


def test_a_place_on_the_page_tells_its_field(client: FlaskClient) -> None:
    values = typed(client, recipients="Như trên\nCác trường học trên địa bàn", archive="VT, VX")

    fields = fields_of(sketch(client, values)["pages"][0])

    assert fields["abstract"] == TITLE
    assert fields["body"] == "Một"
    assert fields["recipients"] == "Như trên"
    assert fields["issuer"] == "ỦY BAN NHÂN DÂN"
    assert fields["archive"] == "Lưu: VT, VX"
    assert fields["issued_on"].startswith("Phường Hai Bà Trưng, ngày")
    assert "signatory" in fields


def test_a_place_lies_within_the_page_and_the_title_above_the_body(client: FlaskClient) -> None:
    places = sketch(client, typed(client))["pages"][0]["places"]
    top = {name: y for name, _, y, *_ in reversed(places)}

    assert all(0 <= x <= 1 and 0 <= y <= 1 and x + w <= 1 for _, x, y, w, _, _ in places)
    assert top["issuer"] < top["abstract"] < top["body"] < top["archive"]


def test_what_is_missing_stands_on_the_page_as_dots_that_lead_to_its_field(
    client: FlaskClient,
) -> None:
    found = sketch(client, typed(client, abstract="", body=" "))
    fields = fields_of(found["pages"][0])

    assert [one["field"] for one in found["faults"]] == ["abstract", "body"]
    assert "Trích yếu" in fields["abstract"]
    assert "Nội dung" in fields["body"]


def test_what_cannot_be_read_is_left_out_and_named(client: FlaskClient) -> None:
    found = sketch(client, typed(client, issued_on="31/2/2027"))

    assert len(found["pages"]) == 1
    assert [one["field"] for one in found["faults"]] == ["issued_on"]
    assert "31/2/2027" in found["faults"][0]["message"]


def test_a_page_that_the_browser_has_is_not_sent_again(client: FlaskClient) -> None:
    first = sketch(client, typed(client))["pages"][0]

    same = sketch(client, typed(client, seen=f"abc,{first['digest']}"))["pages"][0]
    other = sketch(client, typed(client, seen=first["digest"], body="Ba."))["pages"][0]

    assert (same["digest"], same["source"]) == (first["digest"], None)
    assert other["digest"] != first["digest"]
    assert other["source"]


def test_a_change_on_the_second_page_leaves_the_first_as_it_was(client: FlaskClient) -> None:
    lines = [f"Đoạn thứ {n}." for n in range(60)]
    before = sketch(client, typed(client, body="\n\n".join(lines)))["pages"]
    after = sketch(client, typed(client, body="\n\n".join([*lines[:-1], "Đoạn cuối."])))["pages"]

    assert len(before) == len(after) >= 2
    assert before[0]["digest"] == after[0]["digest"]
    assert before[-1]["digest"] != after[-1]["digest"]


def test_a_draft_is_shown_as_it_is_being_changed(client: FlaskClient, desk: Desk) -> None:
    made = make_draft(desk, "plan")
    values = values_of(get(client, f"/van-ban/{made.document_id}/sua"))

    found = sketch(
        client, {**values, "kind": "plan", "draft": str(made.document_id), "abstract": TITLE}
    )

    assert fields_of(found["pages"][0])["abstract"] == TITLE
    assert TITLE not in get(client, f"/van-ban/{made.document_id}").text_content()


def test_the_decision_of_a_dossier_is_shown_with_its_list(
    client: FlaskClient, dossier_id: int
) -> None:
    values = values_of(get(client, f"/ho-so/{dossier_id}/quyet-dinh"))

    found = sketch(client, {**values, "kind": "decision", "dossier": str(dossier_id)})

    assert found["faults"] == []
    assert found["count"] >= 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"issuer": "không-có"}, "không-có"),
        ({"issuer": ""}, "cơ quan"),
        ({"signatory": "không-có"}, "không-có"),
    ],
)
def test_without_a_body_or_a_signatory_the_reason_is_said(
    client: FlaskClient, given: dict[str, str], said: str
) -> None:
    found = sketch(client, typed(client, **given))

    assert found["pages"] == []
    assert said in found["reason"]


def test_a_kind_without_a_form_is_not_found(client: FlaskClient) -> None:
    assert client.post(SKETCH, data={"kind": "không-có"}).status_code == 404


def test_only_who_may_draft_sees_sketches_and_only_of_open_records(
    enter: Enter, desk: Desk
) -> None:
    values = {"kind": "plan", "issuer": WARD, "abstract": TITLE, "body": "Một."}
    made = make_draft(desk, "plan")
    clerk = enter(Role.REGISTRAR, Role.ENTRY_CLERK, body=SCHOOL)

    assert enter(Role.VIEWER).post(SKETCH, data=values).status_code == 403
    assert clerk.post(SKETCH, data=values).status_code == 404
    draft = {**values, "issuer": "", "draft": str(made.document_id)}
    assert clerk.post(SKETCH, data=draft).status_code == 404
