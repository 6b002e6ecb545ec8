"""Administrators make accounts, give new passwords, close and open them, on a page."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from records.accounts import Role
from service.workflow.desk import Desk
from tests.factories import WARD
from tests.service.closed_house import OTHER, Enter, add
from tests.service.web_pages import page_of

NEW = {"login": "van-thu", "name": "Cầm Thị Ơn", "body": WARD, "roles": ["registrar", "viewer"]}


def shown_password(answer: TestResponse) -> str:
    return str(page_of(answer).xpath("string(//code[@class='secret'])"))


def test_an_administrator_makes_an_account_and_its_password_is_shown_once(
    server: Flask, enter: Enter
) -> None:
    admin = enter(Role.ADMINISTRATOR, body="")

    made = admin.post("/tai-khoan", data=NEW)
    password = shown_password(made)
    entered = server.test_client().post(
        "/dang-nhap", data={"login": "van-thu", "password": password}
    )

    assert made.status_code == 201
    assert len(password) == 19
    assert entered.status_code == 303
    assert password not in admin.get("/tai-khoan").get_data(as_text=True)


def test_an_account_gets_another_password_is_closed_and_opened_again(
    server: Flask, enter: Enter
) -> None:
    admin = enter(Role.ADMINISTRATOR, body="")
    first = shown_password(admin.post("/tai-khoan", data=NEW))
    second = shown_password(admin.post("/tai-khoan/van-thu/mat-khau"))

    def enters(password: str) -> bool:
        sent = {"login": "van-thu", "password": password}
        return server.test_client().post("/dang-nhap", data=sent).status_code == 303

    assert (enters(first), enters(second)) == (False, True)
    assert admin.post("/tai-khoan/van-thu/khoa").status_code == 303
    assert not enters(second)
    admin.post("/tai-khoan/van-thu/khoa")
    assert enters(second)


@pytest.mark.parametrize(
    "change",
    [
        {"login": "Văn thư"},
        {"login": ""},
        {"login": "a" * 40},
        {"name": " "},
        {"name": "\u202eẩn"},
        {"roles": []},
        {"roles": ["king"]},
        {"body": "khong-co"},
    ],
)
def test_an_account_that_cannot_be_is_refused_and_what_was_typed_stays(
    enter: Enter, change: dict[str, Any]
) -> None:
    admin = enter(Role.ADMINISTRATOR, body="")

    answer = admin.post("/tai-khoan", data={**NEW, **change})

    assert answer.status_code == 422
    page = page_of(answer)
    assert page.xpath("//*[@role='alert']")
    if "name" not in change:
        assert page.get_element_by_id("name").get("value") == "Cầm Thị Ơn"


def test_an_administrator_of_one_body_looks_after_its_people_alone(
    house: Desk, enter: Enter
) -> None:
    own = enter(Role.ADMINISTRATOR, body=WARD)
    add(house, "nguoi-khac", Role.VIEWER, body=OTHER)

    page = page_of(own.get("/tai-khoan"))

    assert "nguoi-khac" not in page.text_content()
    assert "quan-tri" not in page.text_content()
    assert own.post("/tai-khoan", data={**NEW, "body": ""}).status_code == 422
    assert own.post("/tai-khoan", data={**NEW, "body": OTHER}).status_code in (404, 422)
    assert own.post("/tai-khoan/nguoi-khac/mat-khau").status_code == 404
    assert own.post("/tai-khoan/quan-tri/khoa").status_code == 404
    assert own.post("/tai-khoan", data=NEW).status_code == 201


def test_nobody_closes_the_account_that_is_in_use(enter: Enter) -> None:
    own = enter(Role.ADMINISTRATOR, body=WARD)

    assert own.post(f"/tai-khoan/administrator-{WARD}/khoa").status_code == 409


def test_the_first_administrator_is_not_made_on_a_page(client: FlaskClient) -> None:
    answer = client.post("/tai-khoan", data=NEW)

    assert answer.status_code == 422
    assert "trinhky account add" in answer.get_data(as_text=True)
