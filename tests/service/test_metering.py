"""What the server tells of itself: figures and lines that hold nothing anybody typed."""

import json
import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient

from records.accounts import Permission
from service.workflow.desk import Desk
from tests.factories import issue, make_draft
from tests.service.closed_house import Clock, key

AWAY = {"environ_base": {"REMOTE_ADDR": "10.0.0.7"}}


def figures(client: FlaskClient) -> dict[str, float]:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    lines = answer.get_data(as_text=True).splitlines()
    return {
        line.rpartition(" ")[0]: float(line.rpartition(" ")[2])
        for line in lines
        if not line.startswith("#")
    }


def test_requests_are_counted_by_rule_and_status_and_numbers_by_the_books(
    client: FlaskClient, desk: Desk
) -> None:
    issue(desk, make_draft(desk).document_id, issued_on="09/10/2026")
    client.get("/van-ban/1")
    client.get("/van-ban/2")
    client.get("/tim?q=nguyen thuy uu")

    told = figures(client)

    name = 'trinhky_requests_total{endpoint="web_documents.show",method="GET",status="%d"}'
    assert (told[name % 200], told[name % 404]) == (1, 1)
    assert told['trinhky_request_seconds_count{endpoint="web_searching.show"}'] == 1
    assert told["trinhky_numbers"] == 1
    assert told["trinhky_database_up"] == 1
    assert "thuy" not in client.get("/metrics").get_data(as_text=True)


def test_figures_are_for_this_machine_and_for_keys_that_read(house: Desk, server: Flask) -> None:
    browser = server.test_client()
    reading = key(house, Permission.READ)
    drafting = key(house, Permission.DRAFT)

    assert browser.get("/metrics").status_code == 200
    assert browser.get("/metrics", **AWAY).status_code == 401
    assert browser.get("/metrics", headers={"X-Forwarded-For": "10.0.0.7"}).status_code == 401
    assert browser.get("/metrics", headers=reading, **AWAY).status_code == 200
    assert browser.get("/metrics", headers=drafting, **AWAY).status_code == 401


def test_nobody_from_elsewhere_reads_the_figures_of_an_open_house(client: FlaskClient) -> None:
    assert client.get("/metrics", **AWAY).status_code == 401


def test_a_line_of_the_log_names_the_rule_and_nothing_of_the_request(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="trinhky.requests"):
        client.get("/so-vang?ten=Nguyễn Thuỵ Ưu")
        client.get("/van-ban/7")

    lines = [json.loads(record.message) for record in caplog.records]
    assert [(line["rule"], line["status"]) for line in lines] == [
        ("/so-vang", 200),
        ("/van-ban/<int(max=2147483647):document_id>", 404),
    ]
    assert "Nguy" not in caplog.text
    assert all(line["ms"] >= 0 for line in lines)


def test_a_database_that_is_away_is_told_and_the_figures_still_come(
    client: FlaskClient, desk: Desk
) -> None:
    desk.store.dispose()
    path = desk.store.url.database or ""
    with open(path, "r+b") as file:  # noqa: PTH123  the file of the test itself
        file.write(b"damaged " * 512)

    assert figures(client)["trinhky_database_up"] == 0


def test_a_key_that_ran_out_reads_no_figures(house: Desk, server: Flask, clock: Clock) -> None:
    reading = key(house, Permission.READ)
    clock.go(days=100)

    assert server.test_client().get("/metrics", headers=reading, **AWAY).status_code == 401
