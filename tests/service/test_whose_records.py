"""Whose records are open to whom."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from records.accounts import Permission, Role
from service import guarding
from service.workflow import access
from service.workflow.desk import Desk
from tests.factories import WARD, make_draft
from tests.service.closed_house import OTHER, Enter, key
from tests.service.past_awards import past_award


def addresses(server: Flask, rows: dict[str, int]) -> Iterator[tuple[str, str]]:
    """Every page and call of the application that names a record, with its method."""
    with server.test_request_context():
        adapter = server.url_map.bind("localhost")
        for rule in server.url_map.iter_rules():
            named = rule.arguments & {*rows, "body"}
            if not named or rule.endpoint in guarding.PUBLIC:
                continue
            values: dict[str, Any] = {
                "page": 1,
                "year": 2026,
                "position": 1,
                "kind": "plan",
                "key": "ntvt-2026",
                "filename": "x",
            }
            values |= {**rows, "body": WARD}
            given = {name: values[name] for name in rule.arguments}
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                yield method, adapter.build(rule.endpoint, given, method=method)


def test_what_is_another_bodys_is_not_there_on_any_page_or_call(
    house: Desk, server: Flask, enter: Enter, dossier_id: int
) -> None:
    from records.registers import registers_of
    from tests.factories import issue

    made = make_draft(house, "plan")
    issue(house, made.document_id, issued_on="09/10/2026")
    with house.reading() as session:
        from records import bodies, nominations

        ward = bodies.get_body(session, WARD)
        rows = {
            "document_id": made.document_id,
            "dossier_id": dossier_id,
            "register_id": registers_of(session, ward)[0].id,
            "nomination_id": nominations.lines_of(session, dossier_id)[0].id,
            "grant_id": past_award(house, WARD),
        }
    stranger = enter(Role.ADMINISTRATOR, body=OTHER)
    headers = key(house, *[one for one in Permission if one != "administer"], body=OTHER)
    found = {}
    for method, address in addresses(server, rows):
        is_api = address.startswith("/api/")
        caller = server.test_client() if is_api else stranger
        more: dict[str, Any] = {"headers": headers, "json": {}} if is_api else {}
        answer = caller.open(address, method=method, **more)
        found[f"{method} {address}"] = answer.status_code

    assert len(found) > 30
    assert {address: status for address, status in found.items() if status != 404} == {}


@pytest.mark.parametrize(
    "sent",
    [
        {"body": WARD, "paper": {"kind": "plan"}},
        {"body": OTHER, "dossier": 1, "paper": {"kind": "plan"}},
        {"body": OTHER, "replaces": 1, "paper": {"kind": "plan"}},
    ],
)
def test_a_body_that_was_sent_names_no_record_of_another(
    house: Desk, server: Flask, dossier_id: int, sent: dict[str, Any]
) -> None:
    make_draft(house, "plan")

    answer = server.test_client().post(
        "/api/v1/documents", json=sent, headers=key(house, Permission.DRAFT, body=OTHER)
    )

    assert answer.status_code == 404


def test_a_body_sees_the_papers_of_the_one_it_follows(house: Desk, enter: Enter) -> None:
    with house.reading() as session:
        from records import bodies

        older = bodies.get_body(session, "quan-hai-ba-trung").id
        ward = bodies.get_body(session, WARD).id
        actor = access.Actor(name="x", login="x", permissions=frozenset(), body_id=ward)
        reverse = replace(actor, body_id=older)
        assert access.is_open(session, actor, older)
        assert not access.is_open(session, reverse, ward)


def test_the_desk_lists_only_what_is_open(house: Desk, enter: Enter, dossier_id: int) -> None:
    mine, others = enter(Role.VIEWER).get("/"), enter(Role.VIEWER, body=OTHER).get("/")

    assert "Hồ sơ “Người tốt, việc tốt”" in mine.get_data(as_text=True)
    assert "Hồ sơ “Người tốt, việc tốt”" not in others.get_data(as_text=True)
