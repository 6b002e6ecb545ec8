"""What drivers and the file system say of a database in trouble, in our words."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc

from records.errors import StoreUnavailable

_SQLITE_REASONS = {
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_PROTOCOL: "locked",
    sqlite3.SQLITE_IOERR: "full",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "full",
    sqlite3.SQLITE_CANTOPEN: "away",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
}
_FULL_DISK = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM}
)
#: PostgreSQL's codes, by their beginning: the longest that fits is taken.
_POSTGRES_REASONS = {
    "40": "locked",  # deadlock, serialisation
    "55": "locked",  # lock not available
    "53": "full",
    "XX001": "damaged",
    "XX002": "damaged",
    "42P01": "outdated",  # no such table
    "42703": "outdated",  # no such column
}
#: What SQLite says of a table or a column that a later form of the database has.
_SQLITE_OUTDATED = ("no such table", "no such column", "has no column")


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn what the driver says of a database in trouble into `StoreUnavailable`."""
    try:
        yield
    except exc.TimeoutError as error:
        raise StoreUnavailable("locked") from error
    except exc.DisconnectionError as error:
        raise StoreUnavailable("away") from error
    except exc.DBAPIError as error:
        reason = _reason_of(error)
        if reason is None:
            raise
        raise StoreUnavailable(reason) from error


def reason_of_file(error: OSError) -> str:
    """Name why a file or a folder cannot be used."""
    return "full" if error.errno in _FULL_DISK else "away"


def _reason_of(error: exc.DBAPIError) -> str | None:
    if isinstance(error.orig, sqlite3.Error):
        if any(words in str(error.orig) for words in _SQLITE_OUTDATED):
            return "outdated"
        extended = getattr(error.orig, "sqlite_errorcode", None) or 0
        return _SQLITE_REASONS.get(extended & 0xFF)
    if error.connection_invalidated:
        return "away"
    state = getattr(error.orig, "sqlstate", None) or ""
    for length in (5, 2):
        if reason := _POSTGRES_REASONS.get(state[:length]):
            return reason
    if isinstance(error, exc.OperationalError):
        return "away"
    # said by the driver before it reached the server: an option of the address is wrong
    return "away" if isinstance(error, exc.ProgrammingError) and not state else None
