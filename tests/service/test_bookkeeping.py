"""Books opened again, and old numbers entered as the paper book has them."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from records import audit, bodies, registers
from records.errors import Conflict, NotFound, ReasonMissing
from service.__main__ import trinhky
from service.intake.fields import EntryInvalid
from service.workflow import bookkeeping
from service.workflow.desk import Desk
from tests.factories import WARD, issue, make_draft
from tests.service.web_pages import get

ON = "09/10/2026"
OLD = {
    "number": 7,
    "symbol": "07/KH-UBND",
    "issued_on": "05/01/2026",
    "abstract": "Kế hoạch đầu năm",
    "reason": "Chuyển từ sổ giấy",
}


@pytest.fixture
def run(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The command line on the same database as the desk."""
    monkeypatch.setenv("TRINHKY_DATABASE_URL", f"sqlite:///{tmp_path / 'records.db'}")

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(trinhky, list(arguments))

    return call


def close(desk: Desk) -> None:
    """Close the book of 2026 after its first number."""
    issue(desk, make_draft(desk).document_id, issued_on=ON)
    bookkeeping.close_book(desk, WARD, "chung", 2026, by="test")


def enter(desk: Desk, **changed: Any) -> registers.RegisterEntry:
    """Enter an old number below the book, which begins at 20."""
    bookkeeping.open_book(desk, WARD, "chung", 2026, first=20, by="test")
    entry = bookkeeping.parse_legacy({**OLD, **changed})
    return bookkeeping.enter_legacy(desk, WARD, "chung", entry, by="test")


# Opened again


def test_book_opened_again_gives_the_next_number(desk: Desk) -> None:
    close(desk)

    bookkeeping.reopen_book(desk, WARD, "chung", 2026, reason="Còn văn bản", by="lan")

    assert issue(desk, make_draft(desk).document_id, issued_on=ON).number == 2


def test_who_opened_a_book_again_and_why_stands_in_the_audit_chain(desk: Desk) -> None:
    close(desk)

    bookkeeping.reopen_book(desk, WARD, "chung", 2026, reason="Còn văn bản", by="lan")

    with desk.reading() as session:
        body = bodies.get_body(session, WARD)
        kept = session.query(audit.AuditEntry).filter_by(action="register.reopened").one()
        assert audit.verify_chain(session, body.id) == []
    assert (kept.actor, kept.detail["reason"]) == ("lan", "Còn văn bản")


def test_book_is_not_opened_again_without_a_reason(desk: Desk) -> None:
    close(desk)

    with pytest.raises(ReasonMissing):
        bookkeeping.reopen_book(desk, WARD, "chung", 2026, reason=" ", by="test")


def test_book_that_is_open_is_not_opened_again(desk: Desk) -> None:
    issue(desk, make_draft(desk).document_id, issued_on=ON)

    with pytest.raises(Conflict, match="đang mở"):
        bookkeeping.reopen_book(desk, WARD, "chung", 2026, reason="Nhầm", by="test")


def test_book_that_is_not_there_is_not_opened_again(desk: Desk) -> None:
    with pytest.raises(NotFound):
        bookkeeping.reopen_book(desk, WARD, "chung", 2026, reason="Nhầm", by="test")


def test_command_opens_a_book_again(desk: Desk, run: Any) -> None:
    close(desk)
    draft = make_draft(desk).document_id
    refused = run("issue", str(draft), "--on", ON)

    said = run("register", "reopen", WARD, "--year", "2026", "--reason", "Còn văn bản")

    assert "mở lại sổ" in refused.stderr
    assert said.exit_code == 0
    assert "Đã mở lại sổ “chung” năm 2026" in said.stdout
    assert run("issue", str(draft), "--on", ON).exit_code == 0
    assert run("register", "reopen", WARD, "--year", "2026").exit_code == 2


# Old numbers


def test_old_number_keeps_its_kind_and_who_signed(desk: Desk) -> None:
    kept = enter(desk, kind="plan", signer="Lò Thị Ngoãn")

    assert (kept.kind, kept.signer) == ("plan", "Lò Thị Ngoãn")


@pytest.mark.parametrize(
    ("symbol", "kind"),
    [
        ("07/KH-UBND", "plan"),
        ("07/UBND-NV", "official_letter"),
        ("07a/QĐ-UBND", "decision"),
        ("07-SG", "legacy"),
    ],
)
def test_kind_of_an_old_number_is_read_from_its_symbol_where_nobody_says(
    desk: Desk, symbol: str, kind: str
) -> None:
    assert enter(desk, symbol=symbol).kind == kind


def test_kind_that_the_decree_does_not_know_is_refused() -> None:
    with pytest.raises(EntryInvalid) as refused:
        bookkeeping.parse_legacy({**OLD, "kind": "ke-hoach"})

    (fault,) = refused.value.errors
    assert (fault.pointer, fault.code) == ("/kind", "choice-wrong")
    assert fault.message.startswith("“Loại văn bản”")


def test_command_enters_kind_and_signer(desk: Desk, run: Any) -> None:
    run("register", "open", WARD, "--year", "2026", "--first", "20")
    old = ["--number", "7", "--symbol", "07/SG", "--on", "05/01/2026", "--abstract", "x"]
    more = ["--reason", "Sổ giấy", "--kind", "notice", "--signer", "Lò Thị Ngoãn"]

    said = run("register", "legacy", WARD, *old, *more)

    shown = json.loads(run("register", "show", WARD, "--year", "2026", "--json").stdout)
    assert said.exit_code == 0, said.stderr
    assert [(line["kind"], line["signer"]) for line in shown["entries"]] == [
        ("notice", "Lò Thị Ngoãn")
    ]


@pytest.mark.parametrize("symbol", ["07/KH-UBND", "07-SG"])
def test_page_of_a_book_shows_its_old_numbers(client: FlaskClient, desk: Desk, symbol: str) -> None:
    enter(desk, symbol=symbol, signer="Lò Thị Ngoãn")

    page = get(client, "/so-van-ban/1")

    line = page.get_element_by_id("so-7").text_content()
    assert symbol in line
    assert "Lò Thị Ngoãn" in line
    assert "Văn bản cũ: Chuyển từ sổ giấy" in line
