"""What the key of another system opens, and for how long."""

import pytest
from flask import Flask

from records import accounts
from records.accounts import ApiKey, Permission, Role
from records.errors import Conflict, NotFound
from service.workflow import access
from service.workflow.desk import Desk
from tests.factories import make_draft
from tests.service.closed_house import Clock, Enter, key


def test_a_key_is_shown_once_and_kept_as_its_hash(house: Desk) -> None:
    made = key(house, Permission.READ)["Authorization"].removeprefix("Bearer ")

    with house.reading() as session:
        (row,) = accounts.keys(session)
    assert made.startswith(row.prefix)
    assert row.key_hash == accounts.digest(made)
    assert made not in str(vars(row))


def test_a_key_does_what_it_was_made_for(house: Desk, server: Flask) -> None:
    client = server.test_client()
    reading = key(house, Permission.READ)
    made = make_draft(house, "plan")
    address = f"/api/v1/documents/{made.document_id}"

    nobody = client.get(address)
    wrong = client.get(address, headers={"Authorization": "Bearer tk_x_y"})
    shown = client.get(address, headers=reading)
    issued = client.post(f"{address}/issue", json={}, headers=reading)

    assert (nobody.status_code, wrong.status_code) == (401, 401)
    assert nobody.headers["WWW-Authenticate"] == "Bearer"
    assert (shown.status_code, issued.status_code) == (200, 403)
    assert issued.get_json()["code"] == "access-refused"


def test_a_key_runs_out_and_can_be_revoked(house: Desk, clock: Clock) -> None:
    made = key(house, Permission.READ)["Authorization"].removeprefix("Bearer ")
    assert access.actor_of_key(house, made)
    with house.reading() as session:
        prefix = session.query(ApiKey).one().prefix
        assert session.query(ApiKey).one().used_at is not None

    access.revoke_key(house, prefix, by="test")

    assert access.actor_of_key(house, made) is None
    with pytest.raises(NotFound):
        access.revoke_key(house, "tk_khong_co", by="test")


def test_a_key_that_ran_out_opens_nothing(house: Desk, clock: Clock) -> None:
    made = key(house, Permission.READ)["Authorization"].removeprefix("Bearer ")

    clock.go(days=90)

    assert access.actor_of_key(house, made) is None


def test_a_key_never_administers_and_always_opens_something(house: Desk) -> None:
    for permissions in ((), (Permission.ADMINISTER,)):
        with pytest.raises(Conflict):
            key(house, *permissions)


def test_a_browsers_cookie_opens_no_call(enter: Enter, house: Desk) -> None:
    browser = enter(Role.ADMINISTRATOR, body="")
    made = make_draft(house, "plan")

    assert browser.get(f"/api/v1/documents/{made.document_id}").status_code == 401
