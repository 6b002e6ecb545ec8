"""Bulk work: a job, and one row for each paper it makes.

A row is done once: `finish` and `fail` touch only a row that still waits, so a chunk that runs
twice changes nothing. What state a job is in is counted from its rows, never kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    LargeBinary,
    UniqueConstraint,
    case,
    func,
    select,
    update,
)
from sqlalchemy import delete as sql_delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from records import audit
from records.base import (
    NEVER_REUSES_IDS,
    Hash,
    Id,
    JsonObject,
    Key,
    Model,
    choice,
    insert_if_absent,
)
from records.errors import NotFound


class JobKind(StrEnum):
    """What a job makes of each row."""

    CERTIFICATE = "certificate"


class RowState(StrEnum):
    """How far a row is."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class JobState(StrEnum):
    """How far a job is, as its rows tell."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAULTY = "faulty"
    CANCELLED = "cancelled"


class Job(Model):
    """Many papers asked for at once. `call_hash` is the same for the same request.

    `shared` is what all rows say alike; `tries` counts how often rows were begun again. A list
    of certificates names its own authority, so a job is of no body of the records.
    """

    __tablename__ = "jobs"
    __table_args__ = NEVER_REUSES_IDS

    id: Mapped[Id]
    kind: Mapped[JobKind] = mapped_column(choice(JobKind))
    call_hash: Mapped[Hash] = mapped_column(unique=True)
    shared: Mapped[JsonObject]
    asked_by: Mapped[Key]
    created_at: Mapped[datetime]
    is_cancelled: Mapped[bool] = mapped_column(default=False)
    tries: Mapped[int] = mapped_column(default=0)


class JobItem(Model):
    """One row: `row` is its number in the list it came from, and the order in which it prints.

    `fault` is a sentence for the clerk, "" unless it failed; `content` the paper made.
    """

    __tablename__ = "job_items"
    __table_args__ = (UniqueConstraint("job_id", "row"), NEVER_REUSES_IDS)

    id: Mapped[Id]
    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id"))
    row: Mapped[int]
    input: Mapped[JsonObject]
    state: Mapped[RowState] = mapped_column(choice(RowState), default=RowState.WAITING)
    fault: Mapped[str] = mapped_column(default="")
    result_hash: Mapped[Hash | None]
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    finished_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The rows of a job, counted."""

    waiting: int
    done: int
    failed: int
    is_cancelled: bool

    @property
    def total(self) -> int:
        """How many rows there are."""
        return self.waiting + self.done + self.failed

    @property
    def state(self) -> JobState:
        """How far the job is."""
        if not self.waiting:
            return JobState.FAULTY if self.failed else JobState.DONE
        if self.is_cancelled:
            return JobState.CANCELLED
        return JobState.RUNNING if self.done or self.failed else JobState.WAITING


def open_job(
    session: Session,
    kind: JobKind,
    *,
    call_hash: str,
    shared: JsonObject,
    rows: Sequence[tuple[int, JsonObject]],
    by: str,
    at: datetime,
) -> tuple[Job, bool]:
    """Write a job with its rows, or find the one of the same request; True: it is new."""
    values = {
        "kind": kind,
        "call_hash": call_hash,
        "shared": shared,
        "asked_by": by,
        "created_at": at,
        "is_cancelled": False,
        "tries": 0,
    }
    if (known := _of_call(session, call_hash)) is not None:
        return known, False
    insert_if_absent(session, Job, values)
    job = _of_call(session, call_hash)
    if job is None:
        raise NotFound("việc hàng loạt", call_hash[:12])
    if session.scalars(select(JobItem.id).where(JobItem.job_id == job.id).limit(1)).first():
        return job, False
    session.add_all(JobItem(job_id=job.id, row=row, input=said) for row, said in rows)
    session.flush()
    _note(session, job, "job.opened", by=by, at=at, count=len(rows))
    return job, True


def get_job(session: Session, job_id: int) -> Job:
    """Look a job up.

    Raises:
        NotFound: there is none.
    """
    job = session.get(Job, job_id)
    if job is None:
        raise NotFound("việc hàng loạt", job_id)
    return job


def waiting_rows(session: Session, job_id: int, low: int, high: int) -> list[JobItem]:
    """Give the rows from `low` to `high`, both included, that nobody has finished."""
    query = select(JobItem).where(
        JobItem.job_id == job_id,
        JobItem.row.between(low, high),
        JobItem.state == RowState.WAITING,
    )
    return list(session.scalars(query.order_by(JobItem.row)))


def rows_of(session: Session, job_id: int) -> list[JobItem]:
    """Give all rows in their order, without what was made of them."""
    query = select(JobItem).where(JobItem.job_id == job_id).order_by(JobItem.row)
    return list(session.scalars(query))


def content_of(session: Session, item_id: int) -> bytes:
    """Give what was made of a row.

    Raises:
        NotFound: nothing was made of it, or what is kept is not what was made.
    """
    found = session.execute(
        select(JobItem.content, JobItem.result_hash).where(JobItem.id == item_id)
    ).one()
    if found.content is None or sha256(found.content).hexdigest() != found.result_hash:
        raise NotFound("kết quả của dòng", item_id)
    return bytes(found.content)


def finish(session: Session, item_id: int, content: bytes, *, at: datetime) -> bool:
    """Keep what was made of a row; False: somebody else had finished it."""
    return _settle(
        session,
        item_id,
        state=RowState.DONE,
        content=content,
        result_hash=sha256(content).hexdigest(),
        finished_at=at,
    )


def fail(session: Session, item_id: int, fault: str, *, at: datetime) -> bool:
    """Keep why nothing can be made of a row; False: somebody else had finished it."""
    return _settle(session, item_id, state=RowState.FAILED, fault=fault, finished_at=at)


def cancel(session: Session, job: Job, *, by: str, at: datetime) -> None:
    """Let the rows that wait stay undone; those that are done remain."""
    job.is_cancelled = True
    _note(session, job, "job.cancelled", by=by, at=at)


def begin_again(
    session: Session, job: Job, *, by: str, at: datetime, is_for_failed: bool = True
) -> list[int]:
    """Begin a new try of the rows that wait, and of those that failed; gives their numbers."""
    if is_for_failed:
        session.execute(
            update(JobItem)
            .where(JobItem.job_id == job.id, JobItem.state == RowState.FAILED)
            .values(state=RowState.WAITING, fault="", finished_at=None)
        )
    job.is_cancelled = False
    job.tries += 1
    waiting = (
        select(JobItem.row)
        .where(JobItem.job_id == job.id, JobItem.state == RowState.WAITING)
        .order_by(JobItem.row)
    )
    rows = list(session.scalars(waiting))
    _note(session, job, "job.begun-again", by=by, at=at, count=len(rows))
    return rows


def finished_before(session: Session, before: datetime) -> list[int]:
    """Give the jobs that ended before a moment: in which no row waits, or that were cancelled."""
    waits = (
        select(JobItem.id)
        .where(JobItem.job_id == Job.id, JobItem.state == RowState.WAITING)
        .exists()
    )
    last = select(func.max(JobItem.finished_at)).where(JobItem.job_id == Job.id).scalar_subquery()
    query = select(Job.id).where(
        Job.is_cancelled | ~waits, func.coalesce(last, Job.created_at) < before
    )
    return list(session.scalars(query.order_by(Job.id)))


def delete(session: Session, job: Job, *, by: str, at: datetime) -> None:
    """Delete a job with its rows and what was made of them; the log keeps how many there were."""
    gone = session.execute(
        sql_delete(JobItem).where(JobItem.job_id == job.id).returning(JobItem.id)
    ).all()
    _note(session, job, "job.deleted", by=by, at=at, count=len(gone))
    session.delete(job)


def is_cancelled(session: Session, job_id: int) -> bool:
    """Tell whether the rows that wait shall stay undone."""
    return session.scalars(select(Job.is_cancelled).where(Job.id == job_id)).one()


def progress(session: Session, job_id: int) -> Progress:
    """Count the rows of a job.

    Raises:
        NotFound: there is no such job.
    """
    job = get_job(session, job_id)

    def count(state: RowState) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((JobItem.state == state, 1), else_=0)), 0)

    found = session.execute(
        select(
            count(RowState.WAITING).label("waiting"),
            count(RowState.DONE).label("done"),
            count(RowState.FAILED).label("failed"),
        ).where(JobItem.job_id == job_id)
    ).one()
    return Progress(
        waiting=found.waiting,
        done=found.done,
        failed=found.failed,
        is_cancelled=job.is_cancelled,
    )


def _of_call(session: Session, call_hash: str) -> Job | None:
    return session.scalars(select(Job).where(Job.call_hash == call_hash)).one_or_none()


def _settle(session: Session, item_id: int, **values: object) -> bool:
    settled = session.execute(
        update(JobItem)
        .where(JobItem.id == item_id, JobItem.state == RowState.WAITING)
        .values(**values)
        .returning(JobItem.id)
        .execution_options(synchronize_session=False)
    )
    return settled.first() is not None


def _note(
    session: Session, job: Job, act: str, *, by: str, at: datetime, count: int | None = None
) -> None:
    audit.append(
        session,
        audit.THE_HOUSE,
        at=at,
        actor=by,
        action=act,
        subject_type="job",
        subject_id=job.id,
        detail={} if count is None else {"rows": count},
    )
