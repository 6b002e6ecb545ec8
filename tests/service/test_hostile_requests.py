"""Requests that mean harm: other sites, other names, broken letters, faults that could tell."""

import io
import json
import logging
import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from records import documents
from service import __main__ as command
from service.app import create_app
from service.config import SettingsInvalid, read_settings
from service.downloads import disposition
from service.workflow.desk import Desk
from tests.factories import WARD, issue, make_draft, paper_of

SECRET = "Nguyễn Thị Bí Mật"


def changing_routes(app: Flask) -> list[str]:
    """Name the address of every route that changes something, with 1 for each id."""
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    return [re.sub("<[^>]*>", "1", rule.rule.replace("<kind>", "plan")) for rule in rules]


def test_no_route_is_changed_from_another_site(app: Flask, client: FlaskClient) -> None:
    routes = changing_routes(app)
    foreign = [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
    ]

    answers = {
        (route, str(one)): client.post(route, headers=one) for route in routes for one in foreign
    }

    assert len(routes) >= 9
    assert {answer.status_code for answer in answers.values()} == {403}


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded"])
def test_json_is_taken_only_under_its_own_name(
    app: Flask, client: FlaskClient, content_type: str
) -> None:
    routes = [route for route in changing_routes(app) if route.startswith("/api/")]
    routes = [route for route in routes if not route.endswith("/agree")]

    codes = {client.post(one, data="{}", content_type=content_type).status_code for one in routes}

    assert 415 in codes
    assert codes <= {415, 422}


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8000", 200),
        ("127.0.0.1:8000", 200),
        ("192.168.1.7", 200),
        ("[::1]:8000", 200),
        ("vanthu-01", 200),
        ("trinhky.phuong.example:8000", 200),
        ("TRINHKY.PHUONG.EXAMPLE", 200),
        ("evil.example", 421),
        ("evil.example:8000", 421),
        ("127.0.0.1.evil.example", 421),
        ("1.2.3.4.5", 421),
    ],
)
def test_page_answers_to_its_own_names_only(desk: Desk, host: str, status: int) -> None:
    settings = read_settings({"TRINHKY_NAMES": "trinhky.phuong.example, van-thu.example"})
    client = create_app(settings, desk).test_client()

    answer = client.get("/", headers={"Host": host})

    assert answer.status_code == status


@pytest.mark.parametrize(
    "host", ["evil.example/path", "a@evil.example", "evil.example#x", "[::1", "", "a b.c"]
)
def test_strange_host_is_no_fault_of_the_program(client: FlaskClient, host: str) -> None:
    assert client.get("/so-van-ban", headers={"Host": host}).status_code < 500


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/v1/render/plan", {"kind": "\ud800"}),
        ("/api/v1/render/plan", {"\ud800": 1}),
        ("/api/v1/documents", {"body": WARD, "paper": {"kind": "\ud800"}}),
        ("/api/v1/documents", {"body": WARD, "paper": {"kind": {"\ud800": "\ud800"}}}),
    ],
)
def test_half_a_letter_is_refused_and_the_answer_can_be_sent(
    client: FlaskClient, path: str, body: dict[str, Any]
) -> None:
    answer = client.post(path, data=json.dumps(body), content_type="application/json")

    assert answer.status_code == 422
    assert answer.get_json(force=True)["errors"] or answer.get_json(force=True)["detail"]


def test_body_sent_in_pieces_without_its_length_is_read(app: Flask, desk: Desk) -> None:
    document = make_draft(desk).document_id
    sent = b'{"issued_on": "01/10/2026"}'
    context = app.test_request_context(
        f"/api/v1/documents/{document}/issue",
        method="POST",
        input_stream=io.BytesIO(sent),
        content_type="application/json",
        environ_overrides={"wsgi.input_terminated": True, "REMOTE_ADDR": "127.0.0.1"},
    )
    context.request.environ.pop("CONTENT_LENGTH", None)

    answer = app.wsgi_app(context.request.environ, lambda *_: None)

    assert b'"issued_on":"2026-10-01"' in b"".join(answer)


def test_key_in_the_header_and_another_in_the_body_are_refused(
    client: FlaskClient, desk: Desk
) -> None:
    document = make_draft(desk).document_id

    answer = client.post(
        f"/api/v1/documents/{document}/issue", json={"key": "a"}, headers={"Idempotency-Key": "b"}
    )

    assert answer.get_json(force=True)["errors"][0]["code"] == "key-differs"
    with desk.reading() as session:
        assert documents.get_document(session, document).number is None


def test_fault_of_the_program_is_logged_without_words_that_could_name_somebody(
    app: Flask, client: FlaskClient, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(number: str) -> str:
        raise ValueError(f"cannot write {SECRET} {number}")

    app.add_url_rule("/fail/<number>", "fail", fail)

    with caplog.at_level(logging.DEBUG):
        answer = client.get("/fail/1")

    assert answer.status_code == 500
    assert SECRET not in answer.text
    assert "Traceback" not in answer.text
    assert "builtins.ValueError" in caplog.text
    assert "test_hostile_requests.py" in caplog.text
    assert SECRET not in caplog.text
    assert "/fail/<number>" in caplog.text


def test_command_that_fails_shows_no_words_of_the_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(**_: object) -> None:
        raise ValueError(SECRET)

    monkeypatch.setattr(command, "trinhky", fail)

    with pytest.raises(SystemExit) as left:
        command.main()

    shown = capsys.readouterr()
    assert left.value.code == 1
    assert "ValueError" in shown.err
    assert SECRET not in shown.err + shown.out


def test_word_that_is_no_text_is_a_wrong_use_of_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["trinhky", "register", "list", "\udcff\udcfe"])

    with pytest.raises(SystemExit) as left:
        command.main()

    assert left.value.code == 2
    assert "UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("15-QĐ-UBND.docx", "15-QD-UBND.docx"),
        ('01-KH-A"; filename="x.exe.docx', "01-KH-A-- filename--x.exe.docx"),
        ("../../etc/passwd", "..-..-etc-passwd"),
        ("a\\b\r\nSet-Cookie: x.docx", "a-b--Set-Cookie- x.docx"),
        ("Tờ trình.docx", "To trinh.docx"),
    ],
)
def test_name_of_a_file_ends_no_header_and_leaves_no_folder(name: str, plain: str) -> None:
    header = disposition(name)

    assert header.startswith(f"attachment; filename=\"{plain}\"; filename*=UTF-8''")
    assert header.isascii()
    assert "\n" not in header
    assert header.count('"') == 2


def test_both_faces_name_a_file_alike(client: FlaskClient, desk: Desk, dossier_id: int) -> None:
    document = make_draft(desk, "decision", dossier=dossier_id).document_id
    issue(desk, document)

    headers = {
        client.get(f"{face}/{document}/docx").headers["Content-Disposition"]
        for face in ("/van-ban", "/api/v1/documents")
    }

    assert headers == {disposition("01-QĐ-UBND.docx")}


def test_number_expected_by_a_form_may_be_anything(client: FlaskClient, desk: Desk) -> None:
    document = make_draft(desk).document_id

    answer = client.post(
        f"/van-ban/{document}/ban-hanh",
        data={"issued_on": "09/10/2026", "expected": "9" * 5_000, "key": "k"},
    )

    assert answer.status_code == 303


def test_page_before_of_another_site_is_not_offered(client: FlaskClient) -> None:
    answer = client.get("/nowhere", headers={"Referer": "http://localhost//evil.example/"})

    assert 'href="//evil' not in answer.text


def test_database_of_an_older_form_is_not_healthy(client: FlaskClient, desk: Desk) -> None:
    with desk.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0002'"))

    answer = client.get("/healthz")

    assert (answer.status_code, answer.get_json()["status"]) == (503, "database-outdated")


@pytest.mark.parametrize(
    "environment",
    [{"trinhky_port": "9000"}, {"TRINHKY_CLERK": "x" * 65}, {"TRINHKY_CLERK": "a\nb"}],
)
def test_setting_that_would_not_be_used_as_written_stops_the_start(
    environment: dict[str, str],
) -> None:
    with pytest.raises(SettingsInvalid):
        read_settings(environment)


def test_port_that_is_taken_is_told_in_words(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        environment = {
            **os.environ,
            "TRINHKY_DATABASE_URL": f"sqlite:///{tmp_path / 'records.db'}",
            "TRINHKY_PORT": str(taken.getsockname()[1]),
        }

        done = subprocess.run(
            [sys.executable, "-m", "service", "serve"],
            env=environment,
            capture_output=True,
            check=False,
        )

    assert done.returncode == 1
    assert "TRINHKY_PORT" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_draft_names_what_a_file_would_be_called_by_its_register_only(
    client: FlaskClient, desk: Desk
) -> None:
    paper = paper_of(issuer={"code": 'UB"; x=.exe'})
    document = make_draft(desk, paper=paper).document_id
    issue(desk, document)

    header = client.get(f"/api/v1/documents/{document}/docx").headers["Content-Disposition"]

    assert 'filename="01-KH-UB-- x-.exe.docx"' in header
