"""Bulk work: hundreds or thousands of certificates from one list, through kills and bad rows.

A job is opened once for a list and a place; opened again, it is the same one and goes on where
it stood. A row that cannot be made is named and holds up no other.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from doc_templates.errors import PaperError
from records import jobs
from records.jobs import JobKind, JobState, Progress
from service.intake.certificates import parse_certificates
from service.intake.fields import EntryInvalid
from service.intake.heads import CERTIFICATES
from service.intake.papers import read_paper_file
from service.intake.sheets import read_sheet
from service.workflow import certifying, dispatching
from service.workflow.desk import Desk
from service.workflow.dispatching import Dispatch

#: How long a job that ended may be looked at and begun again; then its names go.
KEPT: Final = timedelta(days=30)
_RECIPIENTS: Final = "recipients"
#: Stands for a recipient while what all rows share is looked at.
_ANYBODY: Final = {"name": "Bà Nguyễn Thuỵ Ưu"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkList:
    """What shall be made: what all rows say alike, and each row by its number in the list."""

    shared: Mapping[str, Any]
    rows: tuple[tuple[int, Mapping[str, str]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """How many rows a second, and how many seconds are left at that; None: not known yet."""

    rate: float | None
    seconds_left: float | None


def read_list(content: bytes, name: str, *, shared: bytes = b"") -> BulkList:
    """Read a list: a TOML file of certificates, or a sheet with `shared` as the TOML for all.

    Bad rows are let through, to be named when their turn comes.

    Raises:
        EntryInvalid: the file cannot be read, or what all rows share has faults.
    """
    if name.lower().endswith(".toml"):
        raw = _plain(read_paper_file(content))
        listed = raw.pop(_RECIPIENTS, None)
        if not isinstance(listed, list) or not listed:
            parse_certificates({**raw, _RECIPIENTS: listed or []})
        rows = tuple(enumerate(listed or [], start=1))
    else:
        raw = _plain(read_paper_file(shared)) if shared else {}
        raw.pop(_RECIPIENTS, None)
        sheet = read_sheet(content, name, CERTIFICATES)
        rows = tuple((row.number, dict(row.values)) for row in sheet.rows)
    parse_certificates({**raw, _RECIPIENTS: [_ANYBODY]})
    return BulkList(shared=raw, rows=rows)


def open_job(
    desk: Desk, dispatch: Dispatch, listed: BulkList, *, place: str, mode: str, by: str
) -> int:
    """Open the job of a list for a place, with its chunks in the queue; give its number.

    Opened again it is the same job, and chunks that ended too early are begun again.
    """
    certifying.parse_mode(mode)
    shared = {**listed.shared, "mode": mode}
    said = json.dumps([shared, listed.rows, place], ensure_ascii=False, sort_keys=True)
    with desk.transaction() as session:
        job, is_new = jobs.open_job(
            session,
            JobKind.CERTIFICATE,
            call_hash=hashlib.sha256(said.encode()).hexdigest(),
            shared=shared,
            rows=[(row, dict(values)) for row, values in listed.rows],
            by=by,
            at=desk.now(),
        )
        job_id, tries = job.id, job.tries
        if is_new:
            ranges = dispatching.chunks([row for row, _ in listed.rows])
            dispatch.enqueue(session, job_id, ranges, tries)
    if not is_new:
        _go_on(desk, dispatch, job_id, by=by)
    return job_id


def begin_again(desk: Desk, dispatch: Dispatch, job_id: int, *, by: str) -> int:
    """Begin the rows that failed, or that a cancelled job left, again; give how many.

    Raises:
        NotFound: there is no such job.
    """
    with desk.transaction() as session:
        job = jobs.get_job(session, job_id)
        rows = jobs.begin_again(session, job, by=by, at=desk.now())
        dispatch.enqueue(session, job_id, dispatching.chunks(rows), job.tries)
    return len(rows)


def cancel(desk: Desk, dispatch: Dispatch, job_id: int, *, by: str) -> None:
    """Stop a job before its next row; what is done stays.

    Raises:
        NotFound: there is no such job.
    """
    with desk.transaction() as session:
        jobs.cancel(session, jobs.get_job(session, job_id), by=by, at=desk.now())
    dispatch.cancel(job_id)


def forget_old(desk: Desk, dispatch: Dispatch, *, by: str) -> int:
    """Delete jobs that ended more than `KEPT` ago, with the names in them; give how many.

    What they made lies in the folder that was asked for, and in the papers that were issued.
    """
    with desk.reading() as session:
        ended = jobs.finished_before(session, desk.now() - KEPT)
    for job_id in ended:
        dispatch.forget(job_id)
        with desk.transaction() as session:
            jobs.delete(session, jobs.get_job(session, job_id), by=by, at=desk.now())
    return len(ended)


def progress(desk: Desk, job_id: int) -> Progress:
    """Count the rows of a job.

    Raises:
        NotFound: there is no such job.
    """
    with desk.reading() as session:
        return jobs.progress(session, job_id)


def is_stalled(desk: Desk, dispatch: Dispatch, job_id: int) -> bool:
    """Tell whether rows wait that nobody will do: their chunks ended with errors.

    Opening the job again puts them back into the queue.
    """
    if dispatch.is_alive(job_id):
        return False
    return progress(desk, job_id).state in (JobState.WAITING, JobState.RUNNING)


def speed(before: Progress, now: Progress, seconds: float) -> Speed:
    """Say how quickly rows are finished, from two counts so many seconds apart."""
    finished = before.waiting - now.waiting
    if finished <= 0 or seconds <= 0:
        return Speed(rate=None, seconds_left=None)
    rate = finished / seconds
    return Speed(rate=rate, seconds_left=now.waiting / rate)


def doing(desk: Desk) -> Callable[[int, int, int], int]:
    """Give what a worker does with a chunk at this desk."""

    def do(job_id: int, low: int, high: int) -> int:
        return do_chunk(desk, job_id, low, high)

    return do


def do_chunk(desk: Desk, job_id: int, low: int, high: int) -> int:
    """Do the rows of a chunk that nobody has done, each kept at once; give how many.

    It may run again at any moment, also beside itself: a finished row is left as it is.

    Raises:
        StoreUnavailable: the database is away; the rows kept so far stay.
    """
    with desk.reading() as session:
        job = jobs.get_job(session, job_id)
        shared = dict(job.shared)
        waiting = [
            (item.id, item.row, dict(item.input))
            for item in jobs.waiting_rows(session, job_id, low, high)
        ]
    count = 0
    for item_id, row, said in waiting:
        with desk.reading() as session:
            if jobs.is_cancelled(session, job_id):
                return count
        content, fault = _make(desk, shared, row, said)
        with desk.transaction() as session:
            at = desk.now()
            if fault:
                jobs.fail(session, item_id, fault, at=at)
            else:
                jobs.finish(session, item_id, content, at=at)
        count += 1
    return count


def certificates_of(shared: Mapping[str, Any], said: Mapping[str, Any]) -> list[Any]:
    """Make the plain values of one row.

    Raises:
        EntryInvalid: every fault of the row.
    """
    common = {name: value for name, value in shared.items() if name != "mode"}
    return list(parse_certificates({**common, _RECIPIENTS: [said]}))


def _make(
    desk: Desk, shared: Mapping[str, Any], row: int, said: Mapping[str, Any]
) -> tuple[bytes, str]:
    """Make the certificate of a row: its PDF, or a sentence why there is none."""
    try:
        sheets = certifying.of_list(certificates_of(shared, said), folder=desk.certificates)
        mode = certifying.parse_mode(str(shared["mode"]))
        return certifying.print_certificates(sheets, mode, folder=desk.certificates), ""
    except EntryInvalid as error:
        told = (fault.message.removeprefix("Tờ 1, ") for fault in error.errors)
        why = " ".join(dict.fromkeys(told))
    except PaperError as error:
        why = str(error)
    except OSError:
        raise
    except Exception as error:  # a row that breaks the program must not hold up the others
        why = f"chương trình không lập được tờ này ({type(error).__name__}); báo người quản trị."
    return b"", f"Dòng {row}: {why}"


def _go_on(desk: Desk, dispatch: Dispatch, job_id: int, *, by: str) -> None:
    with desk.reading() as session:
        job = jobs.get_job(session, job_id)
        is_waiting = jobs.progress(session, job_id).waiting > 0
        tries, is_cancelled = job.tries, job.is_cancelled
    if not is_waiting or is_cancelled:
        return
    if dispatch.has_failed(job_id, tries):
        with desk.transaction() as session:
            job = jobs.get_job(session, job_id)
            rows = jobs.begin_again(session, job, by=by, at=desk.now(), is_for_failed=False)
            dispatch.enqueue(session, job_id, dispatching.chunks(rows), job.tries)
    else:
        dispatch.requeue(job_id, tries)


def _plain(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Write days as text, so that a row can be kept as JSON."""
    plain: dict[str, Any] = json.loads(json.dumps(dict(raw), ensure_ascii=False, default=str))
    return plain
