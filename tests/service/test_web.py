"""What every page that a clerk sees has, read without a browser."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.app import create_app
from service.config import read_settings
from service.intake.nominations import parse_nominations
from service.workflow import nominating
from service.workflow.desk import Desk
from tests.service.web_pages import drafted, get, page_of


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
