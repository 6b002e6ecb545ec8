"""In the browser a clerk finds a nominee, puts right what was asked, adds one, takes one back."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from records import dossiers, nominations
from records.accounts import Role
from records.nominations import Nomination
from service.workflow import filing
from service.workflow.desk import Desk
from tests.factories import WARD
from tests.service.closed_house import Enter
from tests.service.web_pages import errors_beside, get, page_of, values_of

DEED = "Nhặt được ví có 27 triệu đồng, tìm đến tận nhà trả lại đầy đủ cho người bán hàng rong."


@pytest.fixture
def opened(client: FlaskClient) -> int:
    """A dossier opened on the page, with one nominee."""
    answer = send(client, "/ho-so/moi", **NEW)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return int(answer.location.rpartition("/")[2])


NEW = {
    "campaign": f"{WARD}/ntvt-2026",
    "nominating_unit": "Trường Tiểu học Hoa Phượng",
    "dossier": "Hồ sơ tháng 10",
    "award": "ntvt",
    "subject": "individual",
    "name": "Nguyễn Thuỵ Ưu",
    "birth": "12/5/1974",
    "deed": DEED,
    "helps_others": "yes",
    "identity_number": "001 174 000 123",
}


def send(client: FlaskClient, address: str, **changes: str) -> TestResponse:
    """Fill what a page offers with these changes and send it."""
    return client.post(address, data={**values_of(get(client, address)), **changes})


def line(desk: Desk, number: int = 1) -> Nomination:
    with desk.reading() as session:
        return nominations.get_nomination(session, number)


def test_a_dossier_is_opened_with_its_first_nominee(
    client: FlaskClient, desk: Desk, opened: int
) -> None:
    kept = line(desk)

    assert (kept.name, kept.deed, kept.helps_others) == ("Nguyễn Thuỵ Ưu", DEED, True)
    assert kept.identity_number == "001174000123"
    assert kept.beyond_duty is None
    with desk.reading() as session:
        dossier = dossiers.get_dossier(session, opened)
        assert dossier.title == "Hồ sơ tháng 10"
        assert dossier.campaign_id is not None
        assert dossier.unit_id is not None
    assert "Thêm người" in get(client, f"/ho-so/{opened}").text_content()


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    client: FlaskClient,
) -> None:
    wrong = {**NEW, "birth": "74", "dossier": "", "deed": "", "award": ""}
    answer = send(client, "/ho-so/moi", **wrong)

    assert answer.status_code == 422
    page = page_of(answer)
    assert errors_beside(page, "award")
    assert "năm sinh gồm 4 chữ số" in errors_beside(page, "birth")
    assert errors_beside(page, "dossier")
    assert values_of(page)["name"] == "Nguyễn Thuỵ Ưu"
    assert values_of(page)["birth"] == "74"


def test_one_more_is_added_at_the_end_while_the_dossier_is_with_its_unit(
    client: FlaskClient, desk: Desk, opened: int
) -> None:
    address = f"/ho-so/{opened}/them-nguoi"
    wrong = send(client, address, name="", deed=DEED)
    added = send(client, address, name="H’Hen Niê", deed="Mở lớp xóa mù chữ mỗi tối thứ Ba.")
    filing.submit(desk, opened, by="t")
    late = send(client, address, name="Lò Thị Ỏn", deed=DEED)

    assert errors_beside(page_of(wrong), "name")
    assert added.status_code == 303
    assert late.status_code == 409
    assert "thêm người" in page_of(late).text_content()
    with desk.reading() as session:
        lines = nominations.lines_of(session, opened)
        assert [(one.position, one.name) for one in lines] == [
            (1, "Nguyễn Thuỵ Ưu"),
            (2, "H’Hen Niê"),
        ]
        assert lines[1].unit_id == lines[0].unit_id
        assert lines[1].award_title_id == lines[0].award_title_id


def test_a_draft_is_put_right_and_the_number_that_is_not_shown_stays(
    client: FlaskClient, desk: Desk, opened: int
) -> None:
    page = get(client, "/de-nghi/1")
    assert "001174000123" not in page.text_content() + str(values_of(page))

    answer = send(client, "/de-nghi/1", name="Nguyễn Thụy Ưu", past_awards="Giấy khen 2023\n")

    assert answer.status_code == 303
    assert "Đã lưu" in get(client, answer.location).text_content()
    kept = line(desk)
    assert (kept.name, kept.past_awards) == ("Nguyễn Thụy Ưu", ["Giấy khen 2023"])
    assert kept.identity_number == "001174000123"
    assert kept.birth is not None


def test_nothing_changed_is_nothing_kept(client: FlaskClient, desk: Desk, opened: int) -> None:
    before = line(desk).updated_at

    assert send(client, "/de-nghi/1").status_code == 303
    assert line(desk).updated_at == before


def test_a_returned_nominee_shows_only_what_was_asked_for(
    client: FlaskClient, desk: Desk, opened: int
) -> None:
    filing.submit(desk, opened, by="t")
    filing.give_back(desk, opened, reason="Kể rõ việc làm", fields=["deed"], by="t")
    page = get(client, "/de-nghi/1")
    assert "Trả lại: Kể rõ việc làm" in page.text_content()
    assert set(values_of(page)) == {"deed"}

    emptied = send(client, "/de-nghi/1", deed=" ")
    sneaked = client.post("/de-nghi/1", data={"deed": f"{DEED} Rõ.", "name": "Người Khác"})

    assert errors_beside(page_of(emptied), "deed")
    assert sneaked.status_code == 303
    assert (line(desk).deed, line(desk).name) == (f"{DEED} Rõ.", "Nguyễn Thuỵ Ưu")


def test_what_lies_with_the_body_is_shown_and_not_changed(
    client: FlaskClient, desk: Desk, opened: int
) -> None:
    filing.submit(desk, opened, by="t")

    page = get(client, "/de-nghi/1")
    refused = client.post("/de-nghi/1", data={"name": "Người Khác"})

    assert not page.xpath("//main//input[@name='name']")
    assert DEED in page.text_content()
    assert refused.status_code == 409
    assert line(desk).name == "Nguyễn Thuỵ Ưu"


def test_a_nominee_is_taken_back_with_a_reason(
    client: FlaskClient, desk: Desk, opened: int
) -> None:
    without = client.post("/de-nghi/1/rut", data={"reason": " "})
    assert without.status_code == 422
    assert errors_beside(page_of(without), "reason")

    done = client.post("/de-nghi/1/rut", data={"reason": "Xin rút"})

    assert done.status_code == 303
    page = get(client, done.location)
    assert "Xin rút" in page.text_content()
    assert line(desk).state is nominations.NominationState.WITHDRAWN
    assert not page.xpath("//button")[1:]


def test_the_list_is_found_by_name_and_state(client: FlaskClient, opened: int) -> None:
    def names(query: str) -> list[str]:
        rows = get(client, f"/de-nghi?{query}").xpath("//tbody/tr/th")
        return [row.text_content().strip() for row in rows]

    assert names("") == ["Nguyễn Thuỵ Ưu"]
    assert names("ten=thuy") == ["Nguyễn Thuỵ Ưu"]
    assert names("trang-thai=draft&ten=uu") == ["Nguyễn Thuỵ Ưu"]
    assert names("trang-thai=granted") == []
    assert names("trang-thai=x") == ["Nguyễn Thuỵ Ưu"]


def test_who_only_reads_is_offered_nothing_to_change(
    house: Desk, server: Flask, enter: Enter
) -> None:
    clerk = enter(Role.ENTRY_CLERK)
    assert send(clerk, "/ho-so/moi", **NEW).status_code == 303
    reader = enter(Role.VIEWER)

    page = get(reader, "/de-nghi/1")

    assert not page.xpath("//main//form")
    for address in ("/ho-so/moi", "/ho-so/1/them-nguoi"):
        assert reader.get(address).status_code == 403
    for address in ("/de-nghi/1", "/de-nghi/1/rut", "/ho-so/moi", "/ho-so/1/them-nguoi"):
        answer: Any = reader.post(address, data={"reason": "x", "name": "x"})
        assert answer.status_code == 403
