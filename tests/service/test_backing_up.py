"""The drill: the disk is lost, a copy is restored, and no number is ever given twice."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from records import bodies, envelopes, registers
from records.errors import CopyFailed, StoreUnavailable
from records.journal import Journal
from records.store import Store
from records.turns import turn_on
from service.__main__ import trinhky
from service.workflow import backing_up, inspecting, setting_up
from service.workflow.desk import Desk
from tests.factories import WARD, issue, make_draft
from tests.service.conftest import FIXTURES, _now

ON = "09/10/2026"


@pytest.fixture
def office(desk: Desk, tmp_path: Path) -> Desk:
    """The demo office with a journal on another disk."""
    return replace(desk, journal=Journal(tmp_path / "other-disk" / "numbers.jsonl"))


def give(desk: Desk, count: int) -> list[str]:
    return [issue(desk, make_draft(desk).document_id, issued_on=ON).symbol for _ in range(count)]


def elsewhere(desk: Desk, path: Path) -> Desk:
    """The same office on an empty machine."""
    return replace(desk, store=Store(f"sqlite:///{path}"))


def last_number(desk: Desk) -> int:
    with desk.reading() as session:
        (book,) = registers.registers_of(session, bodies.get_body(session, WARD))
        return book.last


def test_a_restored_office_goes_on_with_the_next_number_and_gives_none_twice(
    office: Desk, tmp_path: Path
) -> None:
    give(office, 3)
    made = backing_up.backup(office, tmp_path / "copies")
    forgotten = give(office, 2)

    again = elsewhere(office, tmp_path / "new" / "records.db")
    done = backing_up.restore(again, made.path, by="quan-tri")

    assert (made.entries, made.problems) == (3, ())
    assert done.lost == tuple(forgotten) == ("04/KH-UBND", "05/KH-UBND")
    assert (done.problems, done.aside) == ((), None)
    assert give(again, 1) == ["06/KH-UBND"]
    assert inspecting.verify(again, makes_again=True).inspection.problems == []


def test_without_a_journal_the_copy_is_what_there_is(desk: Desk, tmp_path: Path) -> None:
    give(desk, 2)
    made = backing_up.backup(desk, tmp_path / "copies")
    give(desk, 1)

    again = elsewhere(desk, tmp_path / "new.db")
    assert backing_up.restore(again, made.path, by="quan-tri").lost == ()
    assert last_number(again) == 2


def test_the_database_that_was_there_is_moved_aside_and_stays_whole(
    office: Desk, tmp_path: Path
) -> None:
    give(office, 1)
    made = backing_up.backup(office, tmp_path / "copies")
    give(office, 1)

    done = backing_up.restore(office, made.path, by="quan-tri")

    assert done.aside is not None
    assert last_number(elsewhere(office, done.aside)) == 2
    assert last_number(office) == 2
    assert done.lost == ("02/KH-UBND",)


def test_a_number_whose_act_failed_is_given_again_and_counts_once(
    office: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(office, 1)
    made = backing_up.backup(office, tmp_path / "copies")
    draft = make_draft(office).document_id
    write = Journal.write

    def write_and_fail(journal: Journal, given: Any) -> None:
        write(journal, given)
        raise StoreUnavailable("full")

    monkeypatch.setattr(Journal, "write", write_and_fail)
    with pytest.raises(StoreUnavailable):
        issue(office, draft, issued_on=ON)
    assert last_number(office) == 1
    monkeypatch.setattr(Journal, "write", write)
    give(office, 1)

    again = elsewhere(office, tmp_path / "new.db")
    assert backing_up.restore(again, made.path, by="quan-tri").lost == ("02/KH-UBND",)


def test_a_line_of_the_journal_cut_by_a_power_cut_is_left_out(office: Desk, tmp_path: Path) -> None:
    give(office, 2)
    assert office.journal is not None
    with office.journal.path.open("ab") as opened:
        opened.write(b'{"body": "phuong-hai')

    assert [given.number for given in office.journal.read()] == [1, 2]


def test_the_journal_holds_no_name(office: Desk) -> None:
    give(office, 1)

    assert office.journal is not None
    (line,) = office.journal.path.read_text(encoding="utf-8").splitlines()
    told = {"body", "series", "number", "kind", "symbol", "issued_on", "sha256"}
    assert set(json.loads(line)) == told


def test_a_copy_taken_while_others_write_lacks_no_number_that_was_told_before(
    office: Desk, tmp_path: Path
) -> None:
    stop = threading.Event()
    told: list[str] = []

    def work() -> None:
        while not stop.is_set():
            told.extend(give(office, 1))

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    try:
        for turn in range(3):
            before = len(told)
            made = backing_up.backup(office, tmp_path / f"copies-{turn}")
            assert made.problems == ()
            assert made.entries >= before
    finally:
        stop.set()
        for worker in workers:
            worker.join()


@pytest.mark.parametrize("what", ["byte", "sheet", "no sheet", "no file"])
def test_a_copy_that_is_not_what_was_taken_is_refused_and_nothing_changes(
    office: Desk, tmp_path: Path, what: str
) -> None:
    give(office, 1)
    path = backing_up.backup(office, tmp_path / "copies").path
    sheet = path.with_name(path.name + ".json")
    match what:
        case "byte":
            content = bytearray(path.read_bytes())
            content[len(content) // 2] ^= 1
            path.write_bytes(content)
        case "sheet":
            sheet.write_text("{", encoding="utf-8")
        case "no sheet":
            sheet.unlink()
        case "no file":
            path.unlink()
    give(office, 1)

    with pytest.raises(CopyFailed):
        backing_up.restore(office, path, by="quan-tri")
    assert last_number(office) == 2


def test_nothing_is_restored_while_somebody_writes(office: Desk, tmp_path: Path) -> None:
    give(office, 1)
    path = backing_up.backup(office, tmp_path / "copies").path
    database = Path(str(office.store.url.database))

    with (
        turn_on(database.with_name(f"{database.name}.lock"), seconds=1),
        pytest.raises(StoreUnavailable),
    ):
        backing_up.restore(office, path, by="quan-tri")
    assert last_number(office) == 1


def test_a_journal_that_cannot_be_written_stops_the_number(desk: Desk, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x", encoding="utf-8")
    office = replace(desk, journal=Journal(blocked / "numbers.jsonl"))
    give(desk, 1)

    with pytest.raises(StoreUnavailable):
        give(office, 1)
    assert last_number(desk) == 1


def test_backup_and_restore_by_command(
    office: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(office, 2)
    monkeypatch.setenv("TRINHKY_DATABASE_URL", str(office.store.url))
    folder = tmp_path / "copies"

    taken = CliRunner().invoke(trinhky, ["backup", str(folder)])
    (path,) = folder.glob("*.db")
    asked = CliRunner().invoke(trinhky, ["restore", str(path)], input="n\n")
    done = CliRunner().invoke(trinhky, ["restore", str(path), "--yes"])

    assert taken.exit_code == 0, taken.output
    assert "Đã sao lưu 2 số" in taken.output
    assert asked.exit_code == 1
    assert done.exit_code == 0, done.output
    assert "Đã khôi phục 2 số." in done.output
    assert "Cơ sở dữ liệu cũ được giữ ở" in done.output


@pytest.fixture
def postgres_office(
    postgres_server: Any, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    """The demo office on PostgreSQL, whose programs are found."""
    monkeypatch.setenv("PATH", str(postgres_server.bin_path), prepend=":")
    store = Store(postgres_url)
    store.upgrade()
    desk = Desk(store, clock=_now, journal=Journal(tmp_path / "numbers.jsonl"))
    setting_up.load_office(desk, setting_up.read_office(FIXTURES / "demo"))
    yield desk
    store.dispose()


@pytest.mark.postgres
def test_the_drill_on_postgresql(postgres_office: Desk, tmp_path: Path) -> None:
    give(postgres_office, 2)
    made = backing_up.backup(postgres_office, tmp_path / "copies")
    give(postgres_office, 2)

    done = backing_up.restore(postgres_office, made.path, by="quan-tri")

    assert made.path.suffix == ".dump"
    assert done.lost == ("03/KH-UBND", "04/KH-UBND")
    assert done.problems == ()
    assert give(postgres_office, 1) == ["05/KH-UBND"]


def test_a_copy_in_an_envelope_is_read_by_who_holds_the_key_and_by_nobody_else(
    office: Desk, tmp_path: Path
) -> None:
    recipient = envelopes.write_key(tmp_path / "away" / "sao-luu.key")
    envelopes.write_key(tmp_path / "away" / "khac.key")
    give(office, 2)

    made = backing_up.backup(office, tmp_path / "copies", recipient=recipient)
    forgotten = give(office, 1)

    assert made.path.name.endswith(".db.age")
    assert made.entries == 2
    assert sorted(path.suffix for path in made.path.parent.iterdir()) == [".age", ".json"]
    assert b"SQLite format 3" not in made.path.read_bytes()
    again = elsewhere(office, tmp_path / "new" / "records.db")
    with pytest.raises(CopyFailed, match="cần tệp khóa"):
        backing_up.restore(again, made.path, by="quan-tri")
    with pytest.raises(CopyFailed, match="khóa khác"):
        backing_up.restore(again, made.path, by="quan-tri", key=tmp_path / "away" / "khac.key")
    assert not (tmp_path / "new" / "records.db").exists()
    done = backing_up.restore(
        again, made.path, by="quan-tri", key=tmp_path / "away" / "sao-luu.key"
    )
    assert done.lost == tuple(forgotten)
    assert give(again, 1) == ["04/KH-UBND"]


@pytest.mark.parametrize("text", ["", "khóa", "AGE-SECRET-KEY-1SAI"])
def test_a_file_that_is_no_key_opens_no_copy(office: Desk, tmp_path: Path, text: str) -> None:
    recipient = envelopes.write_key(tmp_path / "sao-luu.key")
    made = backing_up.backup(office, tmp_path / "copies", recipient=recipient)
    (tmp_path / "sai.key").write_text(text, encoding="utf-8")

    with pytest.raises(CopyFailed, match="không phải khóa"):
        backing_up.restore(
            elsewhere(office, tmp_path / "new.db"),
            made.path,
            by="quan-tri",
            key=tmp_path / "sai.key",
        )


def test_no_copy_is_taken_for_a_key_that_is_none(office: Desk, tmp_path: Path) -> None:
    with pytest.raises(CopyFailed, match="TRINHKY_BACKUP_RECIPIENT"):
        backing_up.backup(office, tmp_path / "copies", recipient="age1khong")

    assert not (tmp_path / "copies").exists()


def test_copies_are_closed_and_opened_by_command(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRINHKY_DATABASE_URL", f"sqlite:///{tmp_path / 'records.db'}")
    key = tmp_path / "sao-luu.key"
    run = CliRunner()

    made = run.invoke(trinhky, ["database", "backup-key", str(key)])
    again = run.invoke(trinhky, ["database", "backup-key", str(key)])
    monkeypatch.setenv("TRINHKY_BACKUP_RECIPIENT", made.output.rpartition("=")[2].strip())
    run.invoke(trinhky, ["backup", str(tmp_path / "copies")])
    (copy,) = (tmp_path / "copies").glob("*.age")
    without = run.invoke(trinhky, ["restore", str(copy), "--yes"])
    restored = run.invoke(trinhky, ["restore", str(copy), "--yes", "--key", str(key)])

    assert again.exit_code == 1
    assert key.stat().st_mode & 0o077 == 0
    assert without.exit_code == 1
    assert restored.exit_code == 0, restored.output
