"""The queue of bulk work: chunks of rows, given to workers and given again after a crash.

All that this project asks of DBOS stands here: chunks enter the queue in the transaction that
writes their job, and a worker that died leaves its chunks to whoever starts under its name.
The queue lies in the office's own database and holds numbers only, no names. Nothing of it
speaks to another machine.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session

from records.store import BUSY_TIMEOUT_MS, Store

if TYPE_CHECKING:
    from dbos import DBOSClient

Range: TypeAlias = tuple[int, int]
"""The first and the last row of a chunk."""
DoChunk: TypeAlias = Callable[[int, int, int], int]
"""Does the rows of a job from one number to another; gives how many it did."""

#: A worker takes one chunk at a time: long enough that asking for it costs nothing beside it.
CHUNK_ROWS: Final = 50
_NAME: Final = "trinhky"
_QUEUE: Final = "render"
_CHUNK: Final = "chunk"
#: Changes only when a chunk that waits could not be done by the program of today.
_PROTOCOL: Final = "1"
_MOST_RECOVERIES: Final = 5
#: With doubled pauses from one second: two minutes in which a database may be away.
_MOST_TRIES: Final = 8
_POLL_SECONDS: Final = 0.2
_BROKEN_OFF: Final = ("CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED")
_ALIVE: Final = ("ENQUEUED", "PENDING", "DELAYED")
#: A chunk takes seconds; with a database that was away, two minutes more.
_GIVEN_UP_AFTER: Final = timedelta(minutes=10)


class Dispatch:
    """The way into the queue, for whoever opens, cancels or resumes a job."""

    def __init__(self, client: DBOSClient) -> None:
        self._client = client

    def enqueue(self, session: Session, job_id: int, ranges: Sequence[Range], tries: int) -> None:
        """Put chunks into the queue with the session's transaction; a second time is nothing."""
        for low, high in ranges:
            self._client.enqueue_in_transaction(
                session,
                {
                    "queue_name": _QUEUE,
                    "workflow_name": _CHUNK,
                    "workflow_id": f"{_first_of(job_id)}{tries}-{low}",
                    "app_version": _PROTOCOL,
                },
                job_id,
                low,
                high,
            )

    def cancel(self, job_id: int) -> None:
        """Take the chunks that nobody has begun out of the queue."""
        ids = self._chunks_in(job_id, None, ("ENQUEUED",))
        if ids:
            self._client.cancel_workflows(ids)

    def forget(self, job_id: int) -> None:
        """Delete the chunks of a job that ended."""
        listed = self._client.list_workflows(workflow_id_prefix=_first_of(job_id), load_input=False)
        if listed:
            self._client.delete_workflows([one.workflow_id for one in listed])

    def requeue(self, job_id: int, tries: int) -> None:
        """Put chunks that were cancelled, or given up after many kills, back into the queue."""
        self._resume(self._chunks_in(job_id, tries, _BROKEN_OFF))

    def has_failed(self, job_id: int, tries: int) -> bool:
        """Tell whether a chunk ended with an error; such a one is never done again as it is."""
        return bool(self._chunks_in(job_id, tries, ("ERROR",)))

    def is_alive(self, job_id: int) -> bool:
        """Tell whether any chunk of a job waits or is being done."""
        return bool(self._chunks_in(job_id, None, _ALIVE))

    def sweep(self, now: datetime) -> None:
        """Give chunks that a worker took long ago, and never ended, to another."""
        listed = self._client.list_workflows(
            queue_name=_QUEUE,
            status="PENDING",
            dequeued_before=(now - _GIVEN_UP_AFTER).isoformat(),
            load_input=False,
        )
        self._resume([one.workflow_id for one in listed])

    def _chunks_in(self, job_id: int, tries: int | None, states: Sequence[str]) -> list[str]:
        first = _first_of(job_id) if tries is None else f"{_first_of(job_id)}{tries}-"
        listed = self._client.list_workflows(
            workflow_id_prefix=first, status=list(states), load_input=False
        )
        return [one.workflow_id for one in listed]

    def _resume(self, ids: list[str]) -> None:
        if ids:
            self._client.resume_workflows(ids, queue_name=_QUEUE)


@contextmanager
def open_dispatch(store: Store) -> Iterator[Dispatch]:
    """Open the way into the queue, whose own tables are made on the first day."""
    from dbos import DBOS, DBOSClient

    _be_quiet()
    address = store.url.render_as_string(hide_password=False)
    DBOS.migrate(address)
    engine = _engine(store)
    client = DBOSClient(
        system_database_engine=engine, serializer=_serializer(), application_name=_NAME
    )
    try:
        yield Dispatch(client)
    finally:
        client.destroy()
        engine.dispose()


@contextmanager
def working(store: Store, do_chunk: DoChunk, *, slot: str) -> Iterator[None]:
    """Do chunks in the background of the block.

    `slot` must be the same each time this worker starts, and no other's at the same time: what
    it left undone when it was killed comes back to it alone.
    """
    from dbos import DBOS

    _be_quiet()
    engine = _engine(store)

    @DBOS.step(name="rows", retries_allowed=True, interval_seconds=1.0, max_attempts=_MOST_TRIES)
    def rows(job_id: int, low: int, high: int) -> int:
        return do_chunk(job_id, low, high)

    @DBOS.workflow(name=_CHUNK, max_recovery_attempts=_MOST_RECOVERIES)
    def chunk(job_id: int, low: int, high: int) -> int:
        return rows(job_id, low, high)

    DBOS(
        config={
            "name": _NAME,
            "system_database_url": store.url.render_as_string(hide_password=False),
            "system_database_engine": engine,
            "executor_id": slot,
            "application_version": _PROTOCOL,
            "serializer": _serializer(),
            "use_listen_notify": False,
            "enable_otlp": False,
            "log_level": "CRITICAL",
        }
    )
    try:
        DBOS.launch()
        DBOS.register_queue(_QUEUE, worker_concurrency=1, polling_interval_sec=_POLL_SECONDS)
        yield
    finally:
        DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=0)
        engine.dispose()


def chunks(rows: Sequence[int]) -> list[Range]:
    """Part the numbers of rows into chunks."""
    parts = (rows[at : at + CHUNK_ROWS] for at in range(0, len(rows), CHUNK_ROWS))
    return [(part[0], part[-1]) for part in parts]


def _first_of(job_id: int) -> str:
    return f"job-{job_id}-"


def _serializer() -> Any:
    """Keep arguments as JSON: what the library does by itself could run code when read."""
    from dbos._serialization import DBOSPortableJSONSerializer

    return DBOSPortableJSONSerializer()


def _be_quiet() -> None:
    """Let the library log nothing: an error could quote a row."""
    logging.getLogger("dbos").setLevel(logging.CRITICAL)


def _engine(store: Store) -> Engine:
    """Open the database for the queue as carefully as for the papers."""
    if not store.is_sqlite:
        return create_engine(store.url, hide_parameters=True, pool_pre_ping=True)
    engine = create_engine(store.url, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: Any) -> None:
        connection.isolation_level = "IMMEDIATE"
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=FULL")

    return engine
