"""Bulk work: every row once through kills, bad rows, cancelling and asking twice."""

import os
import signal
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Protocol

import openpyxl
import pypdfium2
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select, text

from records import jobs
from records.errors import NotFound, StoreUnavailable
from records.jobs import JobItem, JobState, RowState
from records.store import Store
from service.__main__ import trinhky
from service.intake.fields import EntryInvalid
from service.workflow import bulk, certifying, dispatching, gathering
from service.workflow.bulk import BulkList
from service.workflow.desk import Desk

COMMON = {
    "authority": "CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG SEN HỒNG",
    "award": "GIẤY KHEN",
    "decision": "211/QĐ-UBND",
    "decided_on": "2026-10-12",
    "signer_name": "Hoàng Đình Khuyến",
}
NAMES = ("Bà Nguyễn Thuỵ Ưu", "Ông Đặng Đức Huệ", "Bà H’Len Niê", "Tập thể Tổ dân phố số 7")
MANY = 130


def listed(count: int, **bad: str) -> BulkList:
    """A list of so many; `bad` are names by row, `row3="…"`."""
    rows = {row: {"name": f"{NAMES[row % 4]} {row}"} for row in range(1, count + 1)}
    rows |= {int(key.removeprefix("row")): {"name": name} for key, name in bad.items()}
    return BulkList(shared=COMMON, rows=tuple(sorted(rows.items())))


def toml_of(said: BulkList) -> str:
    lines = [f'{name} = "{value}"' for name, value in said.shared.items()]
    for _, values in said.rows:
        lines += ["[[recipients]]", f'name = "{values["name"]}"']
    return "\n".join(lines)


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    """A desk on an empty database, once for each engine."""
    store = Store(database_url)
    store.upgrade()
    yield Desk(store)
    store.dispose()


def open_job(desk: Desk, said: BulkList, place: str = "le-trao") -> int:
    with dispatching.open_dispatch(desk.store) as dispatch:
        return bulk.open_job(desk, dispatch, said, place=place, mode="full", by="van-thu")


def work(desk: Desk, job_id: int, seconds: float = 60) -> JobState:
    """Let a worker work until no row waits."""
    until = time.monotonic() + seconds
    with dispatching.working(desk.store, bulk.doing(desk), slot="test-1"):
        while (state := bulk.progress(desk, job_id).state) in (JobState.WAITING, JobState.RUNNING):
            assert time.monotonic() < until, "the job stands still"
            time.sleep(0.05)
    return state


def names_in_print(folder: Path) -> list[str]:
    """What the outline of the print file names, page by page."""
    printed = pypdfium2.PdfDocument((folder / gathering.PRINT_FILE).read_bytes())
    return [entry.get_title() for entry in printed.get_toc()]


def queued(desk: Desk) -> int:
    table = "workflow_status" if desk.store.is_sqlite else "dbos.workflow_status"
    with desk.reading() as session:
        return session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()


def test_a_list_becomes_one_print_file_a_zip_and_an_index_in_its_order(
    desk: Desk, tmp_path: Path
) -> None:
    job_id = open_job(desk, listed(6))

    state = work(desk, job_id)
    made = gathering.gather(desk, job_id, tmp_path)

    expected = [f"{NAMES[row % 4]} {row}" for row in range(1, 7)]
    assert (state, made.count, made.faults) == (JobState.DONE, 6, ())
    assert names_in_print(tmp_path) == expected
    with zipfile.ZipFile(tmp_path / gathering.ZIP_FILE) as papers:
        assert papers.namelist()[0] == "00001-ong-dang-duc-hue-1.pdf"
        assert [len(pypdfium2.PdfDocument(papers.read(one))) for one in papers.namelist()] == [
            1
        ] * 6
    sheet = openpyxl.load_workbook(tmp_path / gathering.INDEX_FILE).active
    assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == expected


def test_a_row_that_cannot_be_made_is_named_and_holds_up_no_other(
    desk: Desk, tmp_path: Path
) -> None:
    job_id = open_job(desk, listed(5, row2="Bà Nguyễn 漢 Ưu", row4=""))

    state = work(desk, job_id)
    made = gathering.gather(desk, job_id, tmp_path)

    assert (state, made.count) == (JobState.FAULTY, 3)
    assert [fault.split(":")[0] for fault in made.faults] == ["Dòng 2", "Dòng 4"]
    assert "“漢”" in made.faults[0]
    assert names_in_print(tmp_path) == [f"{NAMES[row % 4]} {row}" for row in (1, 3, 5)]


def test_a_row_that_breaks_the_program_holds_up_no_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_before = certifying.print_certificates

    def break_at_two(sheets: certifying.Sheets, *given: object, **named: object) -> bytes:
        if sheets.certificates[0].recipient.endswith(" 2"):
            raise ZeroDivisionError("Ông Đặng Đức Huệ")
        return made_before(sheets, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(certifying, "print_certificates", break_at_two)
    job_id = open_job(desk, listed(3))

    assert work(desk, job_id) is JobState.FAULTY
    with desk.reading() as session:
        faults = [item.fault for item in jobs.rows_of(session, job_id)]
    assert [bool(fault) for fault in faults] == [False, True, False]
    assert "ZeroDivisionError" in faults[1]
    assert "Đặng" not in faults[1]


def test_asking_twice_for_the_same_is_one_job(desk: Desk) -> None:
    first = open_job(desk, listed(120))
    waiting = queued(desk)

    again = open_job(desk, listed(120))
    other = open_job(desk, listed(120), place="nơi khác")

    assert (again == first, other == first) == (True, False)
    assert waiting == 3
    assert queued(desk) == 6
    with desk.reading() as session:
        assert session.scalar(select(func.count(JobItem.id))) == 240


def test_names_of_a_job_that_ended_go_after_thirty_days_and_not_before(desk: Desk) -> None:
    ended, waiting = open_job(desk, listed(3)), open_job(desk, listed(4))
    cancelled = open_job(desk, listed(60))
    bulk.do_chunk(desk, ended, 1, 3)
    bulk.do_chunk(desk, waiting, 1, 2)
    with dispatching.open_dispatch(desk.store) as dispatch:
        bulk.cancel(desk, dispatch, cancelled, by="van-thu")
        early = replace(desk, clock=lambda: desk.now() + timedelta(days=29))
        late = replace(desk, clock=lambda: desk.now() + timedelta(days=31))

        assert bulk.forget_old(early, dispatch, by="van-thu") == 0
        assert bulk.forget_old(late, dispatch, by="van-thu") == 2
        assert bulk.forget_old(late, dispatch, by="van-thu") == 0

    assert bulk.progress(desk, waiting).total == 4
    assert queued(desk) == 1
    for job_id in (ended, cancelled):
        with pytest.raises(NotFound):
            bulk.progress(desk, job_id)
    with desk.reading() as session:
        assert session.scalar(select(func.count(JobItem.id))) == 4
    assert open_job(desk, listed(3)) not in (ended, waiting, cancelled)


def test_a_chunk_that_runs_again_changes_nothing(desk: Desk) -> None:
    job_id = open_job(desk, listed(3))
    assert bulk.do_chunk(desk, job_id, 1, 3) == 3
    with desk.reading() as session:
        before = [(item.result_hash, item.finished_at) for item in jobs.rows_of(session, job_id)]

    assert bulk.do_chunk(desk, job_id, 1, 3) == 0

    with desk.reading() as session:
        after = [(item.result_hash, item.finished_at) for item in jobs.rows_of(session, job_id)]
    assert after == before


def test_a_job_whose_transaction_fails_leaves_nothing_in_the_queue(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(*_: object, **__: object) -> None:
        enqueue(*_, **__)  # type: ignore[arg-type]
        raise StoreUnavailable("full")

    enqueue = dispatching.Dispatch.enqueue
    monkeypatch.setattr(dispatching.Dispatch, "enqueue", fall)

    with pytest.raises(StoreUnavailable):
        open_job(desk, listed(3))

    assert queued(desk) == 0


def test_a_cancelled_job_stops_and_can_be_begun_again(desk: Desk) -> None:
    job_id = open_job(desk, listed(4))
    bulk.do_chunk(desk, job_id, 1, 2)
    with dispatching.open_dispatch(desk.store) as dispatch:
        bulk.cancel(desk, dispatch, job_id, by="van-thu")

        assert bulk.do_chunk(desk, job_id, 1, 4) == 0
        assert bulk.progress(desk, job_id).state is JobState.CANCELLED
        assert bulk.begin_again(desk, dispatch, job_id, by="van-thu") == 2

    assert work(desk, job_id) is JobState.DONE


def test_rows_that_failed_are_made_once_their_cause_is_gone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(certifying, "print_certificates", lambda *_, **__: 1 / 0)
        job_id = open_job(desk, listed(2))
        assert work(desk, job_id) is JobState.FAULTY

    with dispatching.open_dispatch(desk.store) as dispatch:
        assert bulk.begin_again(desk, dispatch, job_id, by="van-thu") == 2

    assert work(desk, job_id) is JobState.DONE


def test_a_database_that_was_away_for_a_moment_costs_no_row(desk: Desk) -> None:
    job_id = open_job(desk, listed(3))
    falls = iter([True])

    def do(*given: int) -> int:
        if next(falls, False):
            raise StoreUnavailable("away")
        return bulk.do_chunk(desk, *given)

    with dispatching.working(desk.store, do, slot="test-1"):
        until = time.monotonic() + 30
        while bulk.progress(desk, job_id).waiting and time.monotonic() < until:
            time.sleep(0.05)

    assert bulk.progress(desk, job_id).state is JobState.DONE


def test_a_job_whose_chunk_ended_with_an_error_goes_on_when_asked_for_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatching, "_MOST_TRIES", 1)
    job_id = open_job(desk, listed(3))

    def do(*_: int) -> int:
        raise StoreUnavailable("away")

    with dispatching.open_dispatch(desk.store) as dispatch:
        assert not bulk.is_stalled(desk, dispatch, job_id)
        with dispatching.working(desk.store, do, slot="test-1"):
            until = time.monotonic() + 30
            while not bulk.is_stalled(desk, dispatch, job_id):
                assert time.monotonic() < until
                time.sleep(0.05)

    assert open_job(desk, listed(3)) == job_id
    assert work(desk, job_id) is JobState.DONE


def test_the_tables_of_the_queue_are_none_of_ours_and_hold_no_name(desk: Desk) -> None:
    job_id = open_job(desk, listed(2))
    work(desk, job_id)

    table = "workflow_status" if desk.store.is_sqlite else "dbos.workflow_status"
    with desk.reading() as session:
        kept = str(session.execute(text(f"SELECT * FROM {table}")).all())

    assert desk.store.check() == []
    assert "portable_json" in kept
    assert not [name for name in NAMES if name in kept]


def test_the_queue_on_a_file_speaks_to_no_machine(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[object] = []

    def refuse(_: socket.socket, address: object) -> None:
        called.append(address)
        raise OSError("no network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "bind", refuse)
    store = Store(sqlite_url)
    store.upgrade()
    desk = Desk(store)

    assert work(desk, open_job(desk, listed(2))) is JobState.DONE
    store.dispose()
    assert called == []


def test_faults_of_what_all_rows_share_are_told_before_anything_is_kept() -> None:
    with pytest.raises(EntryInvalid) as refused:
        bulk.read_list(
            toml_of(BulkList(shared={"award": ""}, rows=listed(2).rows)).encode(), "a.toml"
        )

    assert {error.pointer for error in refused.value.errors} == {"/authority", "/award"}


# The command


def run(*arguments: object) -> Result:
    return CliRunner().invoke(trinhky, [str(one) for one in arguments])


def test_an_excel_list_with_a_common_part_is_printed_by_one_command(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRINHKY_DATABASE_URL", sqlite_url)
    book = openpyxl.Workbook()
    book.active.append(["Danh sách khen thưởng"])
    book.active.append(["STT", "Họ và tên", "Đơn vị", "Thành tích"])
    book.active.append([1, "Bà Nguyễn Thuỵ Ưu", "Trường Tiểu học Hoa Phượng", "Dạy giỏi"])
    book.active.append([2, "Ông Đặng 漢 Huệ", "Tổ dân phố số 7", "Dũng cảm"])
    held = BytesIO()
    book.save(held)
    (tmp_path / "ds.xlsx").write_bytes(held.getvalue())
    common = toml_of(BulkList(shared=COMMON, rows=()))
    (tmp_path / "chung.toml").write_text(common, encoding="utf-8")
    run("database", "upgrade")
    call = ("bulk", tmp_path / "ds.xlsx", "--form", "certificate", "-o", tmp_path / "ra")

    done = run(*call, "--common", tmp_path / "chung.toml")

    assert done.exit_code == 1
    assert "Dòng 4" in done.output
    assert "Đã lập 1 tờ" in done.output
    assert names_in_print(tmp_path / "ra") == ["Bà Nguyễn Thuỵ Ưu"]


class Start(Protocol):
    """Starts `trinhky` as a process of its own."""

    def __call__(self, *arguments: object) -> "subprocess.Popen[bytes]": ...


@pytest.fixture
def start(database_url: str) -> Iterator[Start]:
    """Start the command on the database of the test; what still runs is killed after it."""
    started = []

    def start(*arguments: object) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            [sys.executable, "-m", "service", *map(str, arguments)],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "TRINHKY_DATABASE_URL": database_url, "PYTHONUTF8": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.returncode is None:
            process.kill()
            process.communicate()


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="NOT RUN: no SIGKILL here")
def test_a_job_killed_in_the_middle_goes_on_and_makes_every_row_once(
    desk: Desk, start: Start, tmp_path: Path
) -> None:
    (tmp_path / "ds.toml").write_text(toml_of(listed(MANY)), encoding="utf-8")
    call = ("bulk", tmp_path / "ds.toml", "--form", "certificate", "-o", tmp_path / "ra")
    made: dict[int, object] = {}
    for kills in (1, 2):
        process = start(*call)
        until = time.monotonic() + 60
        while done(desk).keys() == made.keys() or len(done(desk)) < 20 * kills:
            assert time.monotonic() < until
            time.sleep(0.02)
        process.kill()
        process.communicate()
        made = done(desk)
        assert len(made) < MANY

    last = start(*call)
    output, _ = last.communicate(timeout=120)

    assert last.returncode == 0, output.decode()
    after = done(desk)
    assert list(after) == list(range(1, MANY + 1))
    assert {row: after[row] for row in made} == made
    assert names_in_print(tmp_path / "ra") == [name["name"] for _, name in listed(MANY).rows]
    with zipfile.ZipFile(tmp_path / "ra" / gathering.ZIP_FILE) as papers:
        assert len(set(papers.namelist())) == MANY


def done(desk: Desk) -> dict[int, object]:
    """The rows that are done, each with the moment."""
    with desk.reading() as session:
        query = select(JobItem.row, JobItem.finished_at).where(JobItem.state == RowState.DONE)
        return {
            found.row: found.finished_at for found in session.execute(query.order_by(JobItem.row))
        }


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="NOT RUN: no SIGKILL here")
def test_a_worker_of_its_own_does_what_waits(desk: Desk, start: Start) -> None:
    job_id = open_job(desk, listed(8))

    process = start("worker", "--slot", "ba")
    until = time.monotonic() + 60
    while bulk.progress(desk, job_id).waiting and time.monotonic() < until:
        time.sleep(0.1)
    process.kill()
    process.communicate()

    assert bulk.progress(desk, job_id).state is JobState.DONE


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="NOT RUN: no SIGKILL here")
def test_what_a_worker_killed_for_good_had_begun_goes_to_another(desk: Desk, start: Start) -> None:
    job_id = open_job(desk, listed(50))
    process = start("worker", "--slot", "hỏng")
    until = time.monotonic() + 60
    while not done(desk):
        assert time.monotonic() < until
        time.sleep(0.02)
    process.kill()
    process.communicate()
    assert len(done(desk)) < 50

    with dispatching.open_dispatch(desk.store) as dispatch:
        dispatch.sweep(desk.now())
        assert dispatch.is_alive(job_id)
        dispatch.sweep(desk.now() + timedelta(minutes=11))

    assert work(desk, job_id) is JobState.DONE
