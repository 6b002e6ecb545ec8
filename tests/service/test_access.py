"""Who may come in, and what each may do."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from werkzeug.test import TestResponse

from records import accounts, audit
from records.accounts import MAY, Role, SignIn
from records.errors import Conflict
from service import guarding
from service.__main__ import trinhky
from service.workflow import access
from service.workflow.access import SignInRefused
from service.workflow.desk import Desk
from tests.factories import WARD, make_draft
from tests.service.closed_house import PASSWORD, Clock, Enter, add
from tests.service.web_pages import page_of

# Signing in


def test_an_office_without_accounts_is_open_to_its_own_machine_only(app: Flask) -> None:
    here = app.test_client().get("/")
    elsewhere = app.test_client().get("/", environ_base={"REMOTE_ADDR": "10.0.0.7"})
    through_a_proxy = app.test_client().get("/", headers={"X-Forwarded-For": "10.0.0.7"})
    other_system = app.test_client().post(
        "/api/v1/check", data=b"", environ_base={"REMOTE_ADDR": "10.0.0.7"}
    )

    assert here.status_code == 200
    assert (elsewhere.status_code, through_a_proxy.status_code) == (303, 303)
    assert other_system.status_code == 401


def test_a_page_leads_to_the_sign_in_and_back(house: Desk, server: Flask) -> None:
    browser = server.test_client()

    asked = browser.get("/so-van-ban?x=1")
    entered = browser.post(asked.location, data={"login": "quan-tri", "password": PASSWORD})

    assert asked.location == "/dang-nhap?ve=/so-van-ban%3Fx%3D1"
    assert entered.location == "/so-van-ban?x=1"
    assert browser.get("/so-van-ban").status_code == 200


@pytest.mark.parametrize(
    "back", ["https://xau.example/", "//xau.example", "/\\xau.example", "javascript:alert(1)", "x"]
)
def test_the_sign_in_leads_to_no_other_site(server: Flask, back: str) -> None:
    answer = server.test_client().post(
        "/dang-nhap", query_string={"ve": back}, data={"login": "quan-tri", "password": PASSWORD}
    )

    assert answer.location == "/"


def test_wrong_login_and_wrong_password_say_the_same(server: Flask) -> None:
    said = {
        page_of(
            server.test_client().post(
                "/dang-nhap", data={"login": login, "password": "sai sai sai"}
            )
        ).xpath("string(//*[@class='error-summary'])")
        for login in ("quan-tri", "khong-co")
    }

    assert len(said) == 1


def test_five_wrong_passwords_lock_the_account_for_a_while(house: Desk, clock: Clock) -> None:
    for _ in range(access.MOST_FAILURES):
        with pytest.raises(SignInRefused):
            access.sign_in(house, "quan-tri", "sai")

    with pytest.raises(SignInRefused, match="tạm khóa"):
        access.sign_in(house, "quan-tri", PASSWORD)
    clock.go(minutes=16)
    assert access.sign_in(house, "quan-tri", PASSWORD)


def test_a_sign_in_ends_when_idle_and_after_a_working_day(house: Desk, clock: Clock) -> None:
    idle = access.sign_in(house, "quan-tri", PASSWORD)
    clock.go(hours=4, minutes=1)
    assert access.actor_of_token(house, idle) is None

    busy = access.sign_in(house, "quan-tri", PASSWORD)
    for _ in range(4):
        clock.go(hours=3)
        last = access.actor_of_token(house, busy)
    clock.go(minutes=1)

    assert last is not None
    assert access.actor_of_token(house, busy) is None


def test_each_sign_in_has_a_token_of_its_own_and_keeps_only_its_hash(house: Desk) -> None:
    first = access.sign_in(house, "quan-tri", PASSWORD)
    second = access.sign_in(house, "quan-tri", PASSWORD)

    with house.reading() as session:
        kept = {row.token_hash for row in session.query(SignIn)}
    assert first != second
    assert kept == {accounts.digest(first), accounts.digest(second)}


def test_a_cookie_set_before_the_sign_in_is_not_taken_over(server: Flask) -> None:
    browser = server.test_client()
    browser.set_cookie(guarding.COOKIE, "dat-san")

    browser.post("/dang-nhap", data={"login": "quan-tri", "password": PASSWORD})

    cookie = browser.get_cookie(guarding.COOKIE)
    assert cookie is not None
    assert cookie.value != "dat-san"
    assert (cookie.http_only, cookie.same_site) == (True, "Lax")


def test_signing_out_ends_the_sign_in_itself(house: Desk, server: Flask) -> None:
    browser = server.test_client()
    browser.post("/dang-nhap", data={"login": "quan-tri", "password": PASSWORD})
    cookie = browser.get_cookie(guarding.COOKIE)
    assert cookie is not None

    browser.post("/dang-xuat")

    assert access.actor_of_token(house, cookie.value) is None
    assert browser.get("/").status_code == 303


def test_a_new_password_signs_every_browser_out(house: Desk, server: Flask) -> None:
    browser = server.test_client()
    browser.post("/dang-nhap", data={"login": "quan-tri", "password": PASSWORD})
    new = "một câu khác cũng dài"

    wrong = browser.post("/mat-khau", data={"old": "sai", "new": new, "again": new})
    apart = browser.post("/mat-khau", data={"old": PASSWORD, "new": new, "again": "khác"})
    short = browser.post("/mat-khau", data={"old": PASSWORD, "new": "ngắn", "again": "ngắn"})
    changed = browser.post("/mat-khau", data={"old": PASSWORD, "new": new, "again": new})

    assert [one.status_code for one in (wrong, apart, short, changed)] == [422, 422, 422, 303]
    assert browser.get("/").status_code == 303
    assert access.sign_in(house, "quan-tri", new)


def test_a_closed_account_is_out_at_once_and_the_last_administrator_stays(
    house: Desk, enter: Enter
) -> None:
    browser = enter(Role.VIEWER)

    access.set_active(house, f"{Role.VIEWER}-{WARD}", is_active=False, by="test")

    assert browser.get("/").status_code == 303
    with pytest.raises(Conflict, match="cuối cùng"):
        access.set_active(house, "quan-tri", is_active=False, by="test")


def test_passwords_are_kept_as_argon2_and_stand_in_no_log(house: Desk) -> None:
    with house.reading() as session:
        account = accounts.get_account(session, "quan-tri")
        told = json.dumps([row.detail for row in session.query(audit.AuditEntry)])
    assert account.password_hash.startswith("$argon2id$")
    assert PASSWORD not in told


# What each may do


def test_every_page_that_changes_something_says_what_it_asks_for(server: Flask) -> None:
    changing = {
        rule.endpoint
        for rule in server.url_map.iter_rules()
        if (rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"}
    }

    assert changing - guarding.PUBLIC == set(guarding.ASKS)
    shown = {rule.endpoint for rule in server.url_map.iter_rules()}
    assert set(guarding.SHOWS) <= shown


@pytest.mark.parametrize(
    ("role", "address", "status"),
    [
        (Role.VIEWER, "nop", 403),
        (Role.ENTRY_CLERK, "nop", 303),
        (Role.ENTRY_CLERK, "tiep-nhan", 403),
        (Role.OFFICER, "nop", 303),
        (Role.REGISTRAR, "nop", 403),
        (Role.LEADER, "dong-y", 303),
        (Role.REGISTRAR, "dong-y", 403),
    ],
)
def test_a_role_does_its_own_work_and_no_other(
    house: Desk, enter: Enter, twelve: list[dict[str, Any]], role: Role, address: str, status: int
) -> None:
    from service.intake.nominations import parse_nominations
    from service.workflow import nominating

    kept = nominating.nominate(house, parse_nominations(twelve[:2]), by="test", dossier="Hồ sơ")

    answer = enter(role).post(f"/ho-so/{kept.dossier_id}/{address}")

    assert answer.status_code == status


def test_issuing_is_the_registrars(house: Desk, enter: Enter) -> None:
    made = make_draft(house, "plan")
    asked = {"issued_on": "09/10/2026"}

    officer = enter(Role.OFFICER).post(f"/van-ban/{made.document_id}/ban-hanh", data=asked)
    registrar = enter(Role.REGISTRAR).post(f"/van-ban/{made.document_id}/ban-hanh", data=asked)

    assert (officer.status_code, registrar.status_code) == (403, 303)
    with house.reading() as session:
        issued = session.query(audit.AuditEntry).filter_by(action="document.issued").one()
        assert issued.actor == f"{Role.REGISTRAR}-{WARD}"


def test_only_the_administrator_sees_the_accounts(enter: Enter) -> None:
    assert enter(Role.OFFICER).get("/tai-khoan").status_code == 403
    page = enter(Role.ADMINISTRATOR, body="").get("/tai-khoan")
    assert "quan-tri" in page.get_data(as_text=True)


def test_roles_together_allow_what_each_allows(house: Desk) -> None:
    add(house, "hai-vai", Role.ENTRY_CLERK, Role.REGISTRAR)

    actor = access.actor_of_token(house, access.sign_in(house, "hai-vai", PASSWORD))

    assert actor is not None
    assert actor.permissions == MAY[Role.ENTRY_CLERK] | MAY[Role.REGISTRAR]


# By command


def test_commands_make_the_first_administrator_and_a_key(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRINHKY_DATABASE_URL", str(desk.store.url))
    run = CliRunner().invoke

    short = run(
        trinhky,
        ["account", "add", "an", "--name", "An", "--role", "viewer", "--password-stdin"],
        input="ngắn\n",
    )
    made = run(
        trinhky,
        ["account", "add", "an", "--name", "An", "--role", "administrator", "--password-stdin"],
        input=f"{PASSWORD}\n",
    )
    again = run(
        trinhky,
        ["account", "add", "an", "--name", "An", "--role", "viewer", "--password-stdin"],
        input=f"{PASSWORD}\n",
    )
    listed = run(trinhky, ["account", "list"])
    given = run(trinhky, ["key", "add", "Cổng", "--permission", "read", "--json"])
    keys = run(trinhky, ["key", "list", "--json"])
    prefix = json.loads(keys.output)[0]["prefix"]
    revoked = run(trinhky, ["key", "revoke", prefix])

    assert [one.exit_code for one in (short, made, again)] == [1, 0, 1], made.output
    assert "administrator" in listed.output
    assert json.loads(given.output)["key"].startswith(prefix)
    assert json.loads(given.output)["key"] not in keys.output
    assert revoked.exit_code == 0


def test_who_guesses_many_logins_from_one_place_is_held_up(
    house: Desk, server: Flask, clock: Clock
) -> None:
    add(house, "an", Role.VIEWER)
    browser = server.test_client()

    def attempt(login: str, password: str = "sai", **more: Any) -> TestResponse:
        return browser.post("/dang-nhap", data={"login": login, "password": password}, **more)

    guessed = [attempt(f"nguoi-{at}").status_code for at in range(20)]
    held = attempt("an", PASSWORD)
    other = attempt("an", PASSWORD, environ_base={"REMOTE_ADDR": "10.0.0.9"})
    proxied = attempt("an", PASSWORD, headers={"X-Forwarded-For": "10.0.0.9, 10.0.0.8"})
    clock.go(minutes=16)
    later = attempt("an", PASSWORD)

    assert set(guessed) == {403}
    assert held.status_code == 429
    assert int(held.headers["Retry-After"]) <= 15 * 60
    assert "thử lại sau" in held.get_data(as_text=True)
    assert [other.status_code, proxied.status_code, later.status_code] == [303, 303, 303]


def test_a_throttle_forgets_the_oldest_address_before_it_grows() -> None:
    from service import throttling

    throttle = throttling.Throttle()
    now = datetime(2026, 10, 9, tzinfo=UTC)
    for at in range(10_050):
        throttle.note_wrong(f"10.{at // 65536}.{at // 256 % 256}.{at % 256}", now)
    for _ in range(25):
        throttle.note_wrong("10.9.9.9", now)

    assert throttle.wait("10.9.9.9", now) == throttling.WITHIN
    assert len(throttle._tries) == 10_000
