"""The pages that a clerk sees, read without a browser."""

import re
from io import BytesIO
from itertools import pairwise
from typing import Any

import docx
import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from records import documents, nominations
from records.documents import DocumentState
from service.app import create_app
from service.config import read_settings
from service.intake.documents import parse_draft, parse_issue
from service.intake.nominations import parse_nominations
from service.workflow import drafting, issuing, nominating
from service.workflow.desk import Desk

SCHOOL = "truong-tieu-hoc-hoa-phuong"


def page_of(answer: TestResponse) -> html.HtmlElement:
    """Read a page, and see to what every page of ours must have."""
    text = answer.get_data(as_text=True)
    page = html.document_fromstring(text)
    assert page.get("lang") == "vi"
    assert page.findtext(".//title").strip()
    assert len(page.findall(".//h1")) == 1
    assert page.xpath("//a[@class='skip-link']/@href") == ["#noi-dung"]
    assert not page.xpath("//script | //style | //*[@style] | //iframe")
    addresses = page.xpath("//@href | //@src | //@action")
    assert not [one for one in addresses if re.match(r"(?!data:,)(\w+:)|//", one)]
    labelled = set(page.xpath("//label/@for"))
    shown = page.xpath("//input[not(@type='hidden')]/@id | //select/@id | //textarea/@id")
    assert set(shown) == labelled
    for described in page.xpath("//@aria-describedby"):
        assert all(page.get_element_by_id(one) is not None for one in described.split())
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert all(table.find("caption") is not None for table in page.iter("table"))
    assert all(head.get("scope") for head in page.iter("th"))
    levels = [int(head.tag[1]) for head in page.xpath("//h1 | //h2 | //h3")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert "None" not in page.text_content()
    return page


def get(client: FlaskClient, address: str, status: int = 200) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return page_of(answer)


def values_of(page: html.HtmlElement, at: int = 0) -> dict[str, str]:
    """Give what a browser would send of a form as it stands."""
    fields: dict[str, str] = {}
    for field in page.forms[at].xpath(".//input | .//select | .//textarea"):
        value = field.value
        fields[field.name] = value.removeprefix("\n") if value else ""
    return fields


def errors_beside(page: html.HtmlElement, name: str) -> str:
    field = page.get_element_by_id(name)
    assert field.get("aria-invalid") == "true"
    assert f"{name}-loi" in field.get("aria-describedby").split()
    assert page.xpath(f"//*[@role='alert']//a[@href='#{name}']")
    return " ".join(page.get_element_by_id(f"{name}-loi").text_content().split())


def draft(client: FlaskClient, dossier_id: int, **changes: str) -> TestResponse:
    address = f"/ho-so/{dossier_id}/to-trinh"
    return client.post(address, data={**values_of(get(client, address)), **changes})


def drafted(client: FlaskClient, dossier_id: int, **changes: str) -> str:
    """Draft the Tờ trình as it is proposed; gives the address of its page."""
    answer = draft(client, dossier_id, **changes)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.location


def count_documents(desk: Desk) -> int:
    with desk.reading() as session:
        return documents.list_documents(session)[1]


def text_of(answer: TestResponse) -> str:
    word = docx.Document(BytesIO(answer.data))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([p.text for p in word.paragraphs] + cells).split())


def give_number(desk: Desk) -> None:
    """Let somebody else take the next number of the school's book."""
    paper = {
        "kind": "submission",
        "abstract": "Về việc khác",
        "addressees": ["Ủy ban nhân dân Phường Hai Bà Trưng"],
        "body": "Kính trình xem xét.",
    }
    made = drafting.draft(desk, parse_draft({"body": SCHOOL, "paper": paper}), by="test")
    issuing.issue(desk, made.document_id, parse_issue({}), by="test")


# Every page


def test_every_page_is_well_made(client: FlaskClient, dossier_id: int) -> None:
    address = drafted(client, dossier_id)
    client.post(f"{address}/ban-hanh", data={"issued_on": "09/10/2026"})

    for page in (
        "/",
        f"/ho-so/{dossier_id}",
        f"/ho-so/{dossier_id}/to-trinh",
        address,
        f"{address}/huy",
        "/van-ban/2",
        "/so-van-ban",
        "/so-van-ban/1",
    ):
        get(client, page)


def test_pages_ask_nothing_of_other_sites(client: FlaskClient) -> None:
    page = get(client, "/")

    for address in page.xpath("//link/@href"):
        assert address.startswith(("/", "data:,"))
        if address.startswith("/"):
            answer = client.get(address)
            assert answer.status_code == 200
            assert answer.mimetype == "text/css"
            answer.close()


def test_an_empty_desk_says_how_to_get_data_in(empty_desk: Desk) -> None:
    client = create_app(read_settings({}), empty_desk).test_client()

    text = get(client, "/").text_content()

    assert "trinhky demo" in text
    assert "trinhky nominate TỆP.toml --dossier" in text
    assert "trinhky database load THƯ-MỤC" in text
    assert "Chưa có sổ nào" in get(client, "/so-van-ban").text_content()


@pytest.mark.parametrize(
    "address",
    [
        "/khong-co",
        "/ho-so/999",
        "/ho-so/999/to-trinh",
        "/van-ban/999",
        "/van-ban/999/docx",
        "/van-ban/999/sua",
        "/van-ban/999/huy",
        "/so-van-ban/999",
        "/van-ban/99999999999999999999999",
        "/ho-so/-1",
        "/van-ban/x",
    ],
)
def test_what_is_not_there_is_answered_by_a_page_with_a_way_back(
    client: FlaskClient, address: str
) -> None:
    page = get(client, address, 404)

    assert "Không tìm thấy" in page.findtext(".//h1")
    assert address in page.text_content()
    assert page.xpath("//main//a[@href='/']")


@pytest.mark.parametrize("number", ["0", "-1", "abc", "99999999999999999999", "²", "50"])
def test_a_page_number_that_is_none_still_shows_a_page(
    client: FlaskClient, dossier_id: int, number: str
) -> None:
    get(client, f"/?trang={number}&trang-van-ban={number}")


def test_long_lists_are_shown_page_by_page(
    client: FlaskClient, desk: Desk, twelve: list[dict[str, Any]]
) -> None:
    for at in range(23):
        nominating.nominate(desk, parse_nominations(twelve[:1]), by="t", dossier=f"Hồ sơ {at}")

    first = get(client, "/")
    second = get(client, first.xpath("//a[@rel='next']/@href")[0])

    assert "Trang 1 trên 2" in first.text_content()
    assert len(second.xpath("//tbody/tr")) == 3


# From a dossier to a Tờ trình


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

    assert not page.forms
    assert get(client, f"{address}/sua", 409).xpath("//main//a[@href='/']")
    assert client.post(f"{address}/sua", data={}).status_code == 409
    assert client.post(f"{address}/ban-hanh", data={"issued_on": "9/10/2026"}).status_code == 409


def test_an_annex_paper_points_at_its_main_paper_and_is_not_issued_alone(
    client: FlaskClient, dossier_id: int
) -> None:
    address = drafted(client, dossier_id)

    page = get(client, "/van-ban/2")

    assert page.xpath(f"//main//a[@href='{address}']")
    assert not page.forms
    assert client.post("/van-ban/2/ban-hanh", data={"issued_on": "9/10/2026"}).status_code == 409


# Cancel, and the book


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


def test_the_book_shows_the_ten_columns_of_the_decree(client: FlaskClient, dossier_id: int) -> None:
    address = drafted(client, dossier_id)
    client.post(f"{address}/ban-hanh", data={"issued_on": "09/10/2026"})

    page = get(client, "/so-van-ban/1")

    assert [" ".join(head.text_content().split()) for head in page.xpath("//thead//th")] == [
        "Số, ký hiệu văn bản",
        "Ngày tháng văn bản",
        "Tên loại và trích yếu nội dung",
        "Người ký",
        "Nơi nhận văn bản",
        "Đơn vị, người nhận bản lưu",
        "Số lượng bản",
        "Ngày chuyển",
        "Ký nhận",
        "Ghi chú",
    ]
    line = page.xpath("//tr[@id='so-1']")[0].text_content()
    assert "01/TTr-THHP" in line
    assert "Ngô Thị Tường Khuê" in line
    link = get(client, address).xpath("//a[contains(@href, '/so-van-ban/')]/@href")
    assert link == ["/so-van-ban/1?trang=1#so-1"]


def test_a_form_sent_from_another_site_is_refused(client: FlaskClient, dossier_id: int) -> None:
    address = drafted(client, dossier_id)

    answer = client.post(
        f"{address}/ban-hanh",
        data={"issued_on": "09/10/2026"},
        headers={"Origin": "https://la.example"},
    )

    assert answer.status_code == 403
    assert "Không được phép" in page_of(answer).findtext(".//h1")


def test_a_fault_of_the_program_is_a_page_with_a_number_to_quote(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("điều bí mật")

    monkeypatch.setattr("service.web.home.dossiers.list_dossiers", fail)

    page = get(app.test_client(), "/", 500)

    assert "Mã sự cố" in page.text_content()
    assert "điều bí mật" not in page.text_content()
