"""The Word templates in use, and one of an office's own tried before it is used."""

import io

import pytest
from docx import Document
from flask.testing import FlaskClient

from doc_templates import catalogue
from records.accounts import Role
from tests.service.closed_house import Enter
from tests.service.web_pages import get, page_of

PLAN = "/bieu-mau/plan"


def template(*paragraphs: str, kind: str = "plan") -> bytes:
    """The template that we ship, with paragraphs of an office before its last."""
    word = Document(io.BytesIO(catalogue.get_form(kind).template()))
    for text in paragraphs:
        word.add_paragraph(text)
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def drop(client: FlaskClient, content: bytes, address: str = PLAN) -> tuple[int, str]:
    answer = client.post(address, data={"file": (io.BytesIO(content), "mẫu của phường.docx")})
    return answer.status_code, page_of(answer).text_content()


def test_every_form_is_listed_and_opens_with_its_places(client: FlaskClient) -> None:
    listed = get(client, "/bieu-mau").xpath("//tbody//a/@href")

    assert len(listed) == len(catalogue.list_forms())
    for address in listed:
        page = get(client, address)
        rows = page.xpath("//section[@aria-labelledby='cho-dien']//tbody/tr")
        assert any(row.findtext("td") not in (None, "–") for row in rows), address


def test_a_template_is_downloaded_and_found_good_as_it_is(client: FlaskClient) -> None:
    content = client.get(f"{PLAN}/mau.docx").data

    status, text = drop(client, content)

    assert status == 200
    assert "Mẫu dùng được" in text
    assert "plan.docx" in text


def test_a_good_template_shows_the_pages_it_makes(client: FlaskClient) -> None:
    answer = client.post(
        PLAN, data={"file": (io.BytesIO(template("Lời thêm của phường")), "a.docx")}
    )
    pictures = page_of(answer).xpath("//ol[@class='print-pages']//img/@src")

    assert answer.status_code == 200
    assert pictures
    assert all(one.startswith("data:image/png;base64,") for one in pictures)


def test_three_faults_are_told_at_once_with_their_places_and_words(client: FlaskClient) -> None:
    status, text = drop(client, template("{{ nguoi_ky }}", "{% if year %}", "{{ body.__class__ }}"))

    assert status == 422
    assert "nguoi_ky" in text
    assert "{% if year %}" in text
    assert "__class__" in text
    assert "chưa dùng được" in text


@pytest.mark.parametrize(
    "content", [b"", b"MZ a program", b"PK\x03\x04 cut off"], ids=["empty", "program", "cut off"]
)
def test_what_is_no_word_file_is_refused_by_name(client: FlaskClient, content: bytes) -> None:
    status, text = drop(client, content)

    assert status == 422
    assert "Word" in text


def test_without_a_file_the_form_says_what_to_do(client: FlaskClient) -> None:
    answer = client.post(PLAN, data={})

    assert answer.status_code == 422
    assert "Chọn một tệp Word" in page_of(answer).text_content()


def test_a_form_that_is_none_is_not_found(client: FlaskClient) -> None:
    assert client.get("/bieu-mau/khong-co").status_code == 404
    assert client.get("/bieu-mau/khong-co/mau.docx").status_code == 404
    assert client.post("/bieu-mau/khong-co").status_code == 404


def test_everybody_reads_the_forms_and_the_administrator_tries_templates(enter: Enter) -> None:
    viewer = enter(Role.VIEWER)

    assert viewer.get(PLAN).status_code == 200
    assert "Thử mẫu" not in viewer.get(PLAN).get_data(as_text=True)
    assert viewer.post(PLAN, data={}).status_code == 403
    assert enter(Role.ADMINISTRATOR).post(PLAN, data={}).status_code == 422
