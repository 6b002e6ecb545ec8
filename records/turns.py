"""Whose turn it is to write into a SQLite file: a queue in the kernel, for all processes.

The lock is held on a file beside the database and is given back by the kernel when its
holder dies. A holder that neither writes nor dies (stopped, hanging) must not stop the house
for ever, so a writer waits for a limited time only.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, TypeAlias

import portalocker

from records.errors import StoreUnavailable
from records.trouble import reason_of_file

_Queue: TypeAlias = IO[Any]


@contextmanager
def turn_on(path: Path, *, seconds: float) -> Iterator[None]:
    """Hold the lock of a file for the length of the block.

    Raises:
        StoreUnavailable: the file cannot be opened, or nobody gave way for `seconds`.
    """
    try:
        queue = path.open("a")
    except OSError as error:
        raise StoreUnavailable(reason_of_file(error)) from error
    try:
        portalocker.lock(
            queue, portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING
        )
    except portalocker.exceptions.LockException:
        _wait(queue, seconds)
    with queue:
        try:
            yield
        finally:
            portalocker.unlock(queue)


def _wait(queue: _Queue, seconds: float) -> None:
    """Stand in the kernel's own queue, which is fair, with a thread that may be left there."""
    turn: Future[None] = Future()
    threading.Thread(target=_stand, args=(queue, turn), daemon=True).start()
    try:
        turn.result(seconds)
    except TimeoutError as error:
        if turn.cancel():
            raise StoreUnavailable("locked") from error
        turn.result()
    except portalocker.exceptions.LockException as error:
        queue.close()
        raise StoreUnavailable("locked") from error


def _stand(queue: _Queue, turn: Future[None]) -> None:
    try:
        portalocker.lock(queue, portalocker.LockFlags.EXCLUSIVE)
    except Exception as error:
        if turn.set_running_or_notify_cancel():
            turn.set_exception(error)
        return
    if turn.set_running_or_notify_cancel():
        turn.set_result(None)
    else:
        queue.close()  # nobody waits any more; closing gives the lock back
