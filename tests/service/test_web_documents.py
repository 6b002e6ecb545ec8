"""The pages of a document: its change, its issue, its cancelling."""

import pytest
from flask.testing import FlaskClient

from records import documents
from records.documents import DocumentState
from service.workflow.desk import Desk
from tests.service.web_pages import (
    drafted,
    errors_beside,
    get,
    give_number,
    page_of,
    text_of,
    values_of,
)

# A draft


def test_a_draft_is_changed_together_with_its_annex(client: FlaskClient, dossier_id: int) -> None:
    address = drafted(client, dossier_id)
    values = values_of(get(client, f"{address}/sua"))
    changed = {**values, "abstract": "Về việc đã sửa", "signatory": "pho-hieu-truong"}

    answer = client.post(f"{address}/sua", data=changed)

    assert answer.status_code == 303
    assert "Về việc đã sửa" in get(client, address).text_content()
    for file in (f"{address}/docx", "/van-ban/2/docx"):
        assert "Bế Thị Mười Út" in text_of(client.get(file))


def test_a_change_keeps_what_was_typed_when_it_is_refused(
    client: FlaskClient, dossier_id: int
) -> None:
    address = drafted(client, dossier_id)
    values = values_of(get(client, f"{address}/sua"))

    answer = client.post(f"{address}/sua", data={**values, "body": "", "archive": "VT, KT"})

    assert answer.status_code == 422
    page = page_of(answer)
    assert "Thiếu nội dung" in errors_beside(page, "body")
    assert values_of(page)["archive"] == "VT, KT"


def test_a_draft_that_somebody_else_changed_is_not_overwritten(
    client: FlaskClient, dossier_id: int
) -> None:
    address = drafted(client, dossier_id)
    seen_by_both = values_of(get(client, f"{address}/sua"))
    client.post(f"{address}/sua", data={**seen_by_both, "abstract": "Về việc của người thứ nhất"})

    answer = client.post(
        f"{address}/sua", data={**seen_by_both, "abstract": "Về việc của người thứ hai"}
    )

    assert answer.status_code == 409
    assert "vừa được người khác sửa" in page_of(answer).text_content()
    assert "Về việc của người thứ nhất" in get(client, address).text_content()


# Issue


def test_an_issue_sent_again_gives_the_same_number(
    client: FlaskClient, desk: Desk, dossier_id: int
) -> None:
    address = drafted(client, dossier_id)
    values = values_of(get(client, address))

    sent = [client.post(f"{address}/ban-hanh", data=values) for _ in range(3)]

    assert [one.status_code for one in sent] == [303] * 3
    assert len({one.location for one in sent}) == 1
    assert len(get(client, "/so-van-ban/1").xpath("//tbody/tr")) == 1


def test_the_clerk_is_told_when_the_number_differs_from_the_one_shown(
    client: FlaskClient, desk: Desk, dossier_id: int
) -> None:
    address = drafted(client, dossier_id)
    values = values_of(get(client, address))
    give_number(desk)

    page = get(client, client.post(f"{address}/ban-hanh", data=values).location)

    notice = page.xpath("//*[@role='status']")[0].text_content()
    assert "02/TTr-THHP" in notice
    assert "khác số dự kiến 01" in notice


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ("10/10/2026", 409, "chưa tới"),
        ("30/2/2026", 422, "30/2/2026"),
        ("", 422, "cần một ngày"),
        ("<b>", 422, "<b>"),
    ],
)
def test_a_date_that_cannot_be_is_said_beside_it_and_no_number_is_spent(
    client: FlaskClient, desk: Desk, dossier_id: int, typed: str, status: int, said: str
) -> None:
    address = drafted(client, dossier_id)

    answer = client.post(f"{address}/ban-hanh", data={"issued_on": typed, "key": "k"})

    assert answer.status_code == status
    page = page_of(answer)
    assert said in errors_beside(page, "issued_on")
    assert values_of(page)["issued_on"] == typed
    assert values_of(page)["key"] == "k"
    with desk.reading() as session:
        assert documents.get_document(session, 1).state is DocumentState.DRAFT


def test_a_date_before_the_last_number_is_refused_beside_it(
    client: FlaskClient, desk: Desk, dossier_id: int
) -> None:
    address = drafted(client, dossier_id)
    give_number(desk)

    answer = client.post(f"{address}/ban-hanh", data={"issued_on": "1/10/2026"})

    assert answer.status_code == 409
    assert "phải từ 09/10/2026 trở đi" in errors_beside(page_of(answer), "issued_on")


def test_an_issued_document_offers_no_change(client: FlaskClient, dossier_id: int) -> None:
    address = drafted(client, dossier_id)
    client.post(f"{address}/ban-hanh", data={"issued_on": "09/10/2026"})

    page = get(client, address)

    assert not page.xpath("//main//form")
    assert get(client, f"{address}/sua", 409).xpath("//main//a[@href='/']")
    assert client.post(f"{address}/sua", data={}).status_code == 409
    assert client.post(f"{address}/ban-hanh", data={"issued_on": "9/10/2026"}).status_code == 409


def test_an_annex_paper_points_at_its_main_paper_and_is_not_issued_alone(
    client: FlaskClient, dossier_id: int
) -> None:
    address = drafted(client, dossier_id)

    page = get(client, "/van-ban/2")

    assert page.xpath(f"//main//a[@href='{address}']")
    assert not page.xpath("//main//form")
    assert client.post("/van-ban/2/ban-hanh", data={"issued_on": "9/10/2026"}).status_code == 409


# Cancel


def test_cancelling_asks_first_and_wants_a_reason(client: FlaskClient, dossier_id: int) -> None:
    address = drafted(client, dossier_id)
    client.post(f"{address}/ban-hanh", data={"issued_on": "09/10/2026"})

    asked = get(client, f"{address}/huy")
    refused = client.post(f"{address}/huy", data={"reason": "  "})
    done = client.post(f"{address}/huy", data={"reason": "In sai <tên>"})

    assert "không dùng lại" in asked.text_content()
    assert refused.status_code == 422
    assert "không được để trống" in errors_beside(page_of(refused), "reason")
    assert done.status_code == 303
    assert "In sai <tên>" in get(client, address).text_content()
    assert "Đã hủy" in get(client, "/van-ban/2").text_content()
    book = get(client, "/so-van-ban/1").text_content()
    assert "Đã hủy số" in book
    assert "In sai <tên>" in book
    assert get(client, f"{address}/huy", 409) is not None
