"""The pages of a dossier: from its lines to a Tờ trình with its Bản trích ngang."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from records import nominations
from service.intake.nominations import parse_nominations
from service.workflow import nominating
from service.workflow.desk import Desk
from tests.service.web_pages import (
    SCHOOL,
    count_documents,
    draft,
    drafted,
    errors_beside,
    get,
    page_of,
    text_of,
    values_of,
)


def test_a_dossier_shows_its_lines_its_checklist_and_what_comes_next(
    client: FlaskClient, dossier_id: int
) -> None:
    home, page = get(client, "/"), get(client, f"/ho-so/{dossier_id}")

    assert "Lập Tờ trình và Bản trích ngang" in home.text_content()
    assert len(page.xpath("//table[contains(@class, 'nominees')]/tbody/tr")) == 12
    assert "Đặng Đức Huệ" in page.text_content()
    assert "Bản trích ngang thành tích cá nhân có xác nhận" in page.text_content()


def test_the_form_begins_with_what_the_record_knows(client: FlaskClient, dossier_id: int) -> None:
    page = get(client, f"/ho-so/{dossier_id}/to-trinh")
    values = values_of(page)

    assert values["issuer"] == SCHOOL
    assert values["abstract"] == (
        "Về việc đề nghị tặng danh hiệu “Người tốt, việc tốt” cho 12 cá nhân"
    )
    assert values["addressees"] == "Chủ tịch Ủy ban nhân dân Phường Hai Bà Trưng"
    assert "danh hiệu “Người tốt, việc tốt” cho 12 cá nhân (07 nữ, 05 nam)" in values["body"]
    assert values["recipients"].startswith("Như trên\n")
    assert values["signatory"] == "hieu-truong"
    assert "01/TTr-THHP" in page.text_content()


def test_bodies_that_are_no_more_are_not_offered(client: FlaskClient, dossier_id: int) -> None:
    page = get(client, f"/ho-so/{dossier_id}/to-trinh")

    offered = page.xpath("//select[@id='issuer']/option/@value")

    assert "phuong-hai-ba-trung" in offered
    assert "quan-hai-ba-trung" not in offered


def test_a_clerk_makes_both_papers_and_issues_them(
    client: FlaskClient, desk: Desk, dossier_id: int, twelve: list[dict[str, Any]]
) -> None:
    address = drafted(client, dossier_id, abstract="Về việc đề nghị tặng “Người tốt, việc tốt”")
    shown = get(client, address)
    issued = client.post(f"{address}/ban-hanh", data=values_of(shown))
    after = get(client, issued.location)

    assert issued.status_code == 303
    assert "01/TTr-THHP" in after.findtext(".//h1")
    files = after.xpath("//ul[@class='files']//a[contains(@href, '/docx')]/@href")
    assert len(files) == 2
    for file in files:
        text = text_of(client.get(file))
        assert all(nominee["name"] in text for nominee in twelve)
    assert "Số: 01/TTr-THHP" in text_of(client.get(files[0]))
    assert "Kèm theo Tờ trình số 01/TTr-THHP" in text_of(client.get(files[1])).replace("\xa0", " ")
    assert count_documents(desk) == 2


def test_the_same_form_sent_twice_makes_one_pair(
    client: FlaskClient, desk: Desk, dossier_id: int
) -> None:
    values = values_of(get(client, f"/ho-so/{dossier_id}/to-trinh"))

    sent = [client.post(f"/ho-so/{dossier_id}/to-trinh", data=values) for _ in range(2)]

    assert sent[0].location == sent[1].location
    assert count_documents(desk) == 2


def test_errors_stand_beside_their_fields_and_what_was_typed_stays(
    client: FlaskClient, desk: Desk, dossier_id: int
) -> None:
    answer = draft(
        client,
        dossier_id,
        abstract=" ",
        addressees="Nơi A\r\n\r\nNơi\x07 B",
        body="Nội dung {{ riêng }} <b>tôi</b>\n\nĐoạn \u202e hai",
        issued_on="31/2/2026",
        archive="VT & NV",
    )
    page = page_of(answer)

    assert answer.status_code == 422
    assert page.findtext(".//title").startswith("Lỗi: ")
    assert "Trích yếu" in errors_beside(page, "abstract")
    assert "mục thứ 3: có ký tự điều khiển U+0007" in errors_beside(page, "addressees")
    assert "U+202E" in errors_beside(page, "body")
    assert "31/2/2026" in errors_beside(page, "issued_on")
    kept = values_of(page)
    assert kept["body"].replace("\r\n", "\n").startswith("Nội dung {{ riêng }} <b>tôi</b>\n\nĐoạn")
    assert kept["archive"] == "VT & NV"
    assert kept["issued_on"] == "31/2/2026"
    assert count_documents(desk) == 0


def test_a_body_of_a_hundred_thousand_letters_is_refused_beside_its_field(
    client: FlaskClient, dossier_id: int
) -> None:
    answer = draft(client, dossier_id, body="ữ ngữ " * 17_000)

    assert answer.status_code == 422
    assert "101.999 chữ, quá giới hạn 60.000" in errors_beside(page_of(answer), "body")


def test_the_longest_body_that_is_allowed_is_taken(client: FlaskClient, dossier_id: int) -> None:
    assert draft(client, dossier_id, body="ưỡng " * 11_900).status_code == 303


def test_hostile_values_are_shown_and_never_obeyed(
    client: FlaskClient, desk: Desk, twelve: list[dict[str, Any]]
) -> None:
    name = "<script>alert(1)</script> & {{ 7*7 }}"
    raw = {**twelve[0], "name": name, "residence": "\"><img src=x onerror='1'>"}
    received = nominating.nominate(desk, parse_nominations([raw]), by="t", dossier=name)

    for address in ("/", f"/ho-so/{received.dossier_id}"):
        assert name in get(client, address).text_content()
    address = drafted(client, received.dossier_id or 0, abstract=name)
    assert name in get(client, address).text_content()
    assert name in text_of(client.get(f"{address}/docx"))


def test_a_dossier_without_lines_says_why_it_cannot_be_proposed(
    client: FlaskClient, desk: Desk, dossier_id: int
) -> None:
    with desk.transaction() as session:
        nominations.place(session, dossier_id, [])

    answer = draft(client, dossier_id, abstract="Về việc a", body="Nội dung")

    assert answer.status_code == 422
    assert "Danh sách trống" in page_of(answer).text_content()
    assert count_documents(desk) == 0
    assert "chưa có ai được đề nghị" in get(client, f"/ho-so/{dossier_id}").text_content()


def test_another_body_brings_its_own_signers_and_asks_again(
    client: FlaskClient, desk: Desk, dossier_id: int
) -> None:
    answer = draft(client, dossier_id, issuer="phuong-hai-ba-trung", abstract="Về việc đã gõ")
    page = page_of(answer)
    values = values_of(page)

    assert answer.status_code == 422
    assert "Vừa đổi cơ quan" in errors_beside(page, "issuer")
    assert (values["signatory"], values["archive"]) == ("chu-tich", "VT, VHXH")
    assert values["abstract"] == "Về việc đã gõ"
    assert count_documents(desk) == 0
    assert client.post(f"/ho-so/{dossier_id}/to-trinh", data=values).status_code == 303


def test_signers_of_another_body_can_be_fetched_by_a_button(
    client: FlaskClient, dossier_id: int
) -> None:
    answer = draft(client, dossier_id, issuer="phuong-hai-ba-trung", refill="1")

    page = page_of(answer)

    assert answer.status_code == 200
    assert "01/TTr-UBND" in page.text_content()
    assert not page.xpath("//*[@role='alert']")


@pytest.mark.parametrize(
    ("field", "value"), [("issuer", "co-quan-la"), ("signatory", "nguoi-la"), ("issuer", "")]
)
def test_a_choice_that_was_not_offered_is_refused(
    client: FlaskClient, desk: Desk, dossier_id: int, field: str, value: str
) -> None:
    answer = draft(client, dossier_id, **{field: value})

    assert answer.status_code == 422
    errors_beside(page_of(answer), field)
    assert count_documents(desk) == 0
