"""`trinhky verify`: what somebody changed behind the program's back is found and named."""

import json
import sqlite3

import pytest
from click.testing import CliRunner

from service.__main__ import trinhky
from service.workflow import inspecting, issuing
from service.workflow.desk import Desk
from tests.factories import issue, make_draft

ON = "09/10/2026"


@pytest.fixture
def books(desk: Desk) -> Desk:
    """Five numbers, one of them cancelled."""
    for kind in ("plan", "plan", "official_letter", "plan", "plan"):
        issue(desk, make_draft(desk, kind).document_id, issued_on=ON)
    issuing.cancel(desk, 2, reason="Ban hành nhầm", by="test")
    return desk


def attack(desk: Desk, *statements: str) -> None:
    """Change the database as somebody with the file in his hands would: guards first."""
    desk.store.dispose()
    connection = sqlite3.connect(str(desk.store.url.database))
    connection.create_function("flip", 1, lambda kept: bytes([kept[0] ^ 1]) + kept[1:])
    triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (name,) in triggers.fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')
    for statement in statements:
        changed = connection.execute(statement).rowcount
        assert changed or statement.startswith("PRAGMA"), statement
    connection.commit()
    connection.close()


def problems(desk: Desk, **asked: bool) -> dict[str, str]:
    found = inspecting.verify(desk, **asked).inspection.problems
    return {one.code: str(one) for one in found}


def test_what_nobody_touched_is_whole_and_can_be_made_again(books: Desk) -> None:
    done = inspecting.verify(books, makes_again=True)

    assert done.inspection.problems == []
    assert (done.inspection.books, done.inspection.entries) == (1, 5)
    assert done.made_again == 5
    assert done.inspection.size > 50_000


ENTRY = "UPDATE register_entries SET"
ATTACKS = [
    (
        "one byte of a paper",
        "UPDATE blobs SET content = flip(content) WHERE sha256 = "
        "(SELECT sha256 FROM register_entries WHERE number = 3)",
        "bytes-damaged",
        "Số 03/",
    ),
    (
        "a paper deleted",
        "DELETE FROM blobs WHERE sha256 = (SELECT sha256 FROM register_entries WHERE number = 3)",
        "bytes-missing",
        "Số 03/",
    ),
    ("a line deleted", "DELETE FROM register_entries WHERE number = 3", "gap", "thiếu 1 số: 3"),
    (
        "the last line deleted",
        "DELETE FROM register_entries WHERE number = 5",
        "gap",
        "thiếu 1 số: 5",
    ),
    ("the counter lowered", "UPDATE registers SET last = 4", "beyond", "(1–4): 5"),
    ("a number changed", f"{ENTRY} number = 9 WHERE number = 5", "log-differs", "number"),
    (
        "a number cancelled behind the log",
        f"{ENTRY} state = 'cancelled', cancelled_reason = 'x' WHERE number = 4",
        "cancel-differs",
        "Số 04/",
    ),
    (
        "a cancelled number brought back",
        f"{ENTRY} state = 'active', cancelled_reason = NULL WHERE number = 2",
        "cancel-differs",
        "Số 02/",
    ),
    (
        "one paper put in place of another",
        f"{ENTRY} sha256 = (SELECT sha256 FROM register_entries WHERE number = 1) WHERE number = 4",
        "register-differs",
        "Văn bản 4",
    ),
    (
        "a day changed",
        f"{ENTRY} issued_on = '2026-10-08' WHERE number = 5",
        "date-goes-back",
        "05/",
    ),
    (
        "an entry of the log edited",
        "UPDATE audit_entries SET actor = 'x' WHERE n = 3",
        "chain-broken",
        "Mục nhật ký 3 đã bị sửa",
    ),
    (
        "an entry of the log removed",
        "DELETE FROM audit_entries WHERE action = 'register-entry.entered' "
        "AND n = (SELECT min(n) FROM audit_entries WHERE action = 'register-entry.entered')",
        "not-in-log",
        "Số 01/",
    ),
    (
        "a document made a draft again",
        "UPDATE documents SET number = NULL, symbol = NULL WHERE id = 4",
        "register-differs",
        "Văn bản 4",
    ),
]


@pytest.mark.parametrize(
    ("what", "statement", "code", "told"), ATTACKS, ids=[one[0] for one in ATTACKS]
)
def test_a_change_behind_the_program_is_found(
    books: Desk, what: str, statement: str, code: str, told: str
) -> None:
    attack(books, "PRAGMA foreign_keys = OFF", "PRAGMA ignore_check_constraints = ON", statement)

    found = problems(books)
    assert code in found, found
    assert told in found[code]


def test_without_hashing_a_damaged_byte_is_not_looked_for(books: Desk) -> None:
    attack(books, ATTACKS[0][1])

    assert problems(books, is_deep=False) == {}
    assert "bytes-damaged" in problems(books)


def test_a_paper_that_is_no_longer_made_the_same_is_named(books: Desk) -> None:
    attack(
        books,
        "UPDATE document_versions SET paper = json_set(paper, '$.abstract', 'Khác') "
        "WHERE document_id = 1 AND reason = 'issue'",
    )

    assert "Văn bản 1" in problems(books, makes_again=True)["made-differs"]


def test_the_command_tells_and_ends_with_one(books: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRINHKY_DATABASE_URL", str(books.store.url))
    whole = CliRunner().invoke(trinhky, ["verify"])
    attack(books, ATTACKS[0][1])
    damaged = CliRunner().invoke(trinhky, ["verify"])
    told = json.loads(CliRunner().invoke(trinhky, ["verify", "--json"]).output)

    assert (whole.exit_code, damaged.exit_code) == (0, 1)
    assert "1 sổ, 5 số" in whole.output
    assert "nội dung đã lưu không còn đúng" in damaged.output
    assert [one["code"] for one in told["problems"]] == ["bytes-damaged"]
