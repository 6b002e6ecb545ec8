"""Copies of the whole database, taken while others write, and put back.

SQLite is copied by its own online backup, never as a file: a file copied under load is
unreadable or lacks numbers. PostgreSQL is copied by `pg_dump`, which must be installed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sqlalchemy import URL

from records.errors import CopyFailed, StoreUnavailable
from records.store import Store
from records.trouble import reason_of_file
from records.turns import turn_on

_SECONDS: Final = 3_600
_ASIDE_SECONDS: Final = 5.0
SQLITE_END: Final = ".db"
POSTGRES_END: Final = ".dump"


def copy(store: Store, target: Path) -> None:
    """Copy the database into a file that appears whole or not at all.

    Raises:
        StoreUnavailable: the disk is full, or the database away.
        CopyFailed: `pg_dump` is not there, or failed.
    """
    part = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if store.is_sqlite:
            _copy_sqlite(Path(store.url.database or ""), part)
        else:
            _run(["pg_dump", "--format=custom", f"--file={part}", _address(store.url)])
        with part.open("rb+") as opened:
            os.fsync(opened.fileno())
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise StoreUnavailable(_reason(error)) from error
    finally:
        part.unlink(missing_ok=True)


def put_back(source: Path, store: Store, *, aside: str) -> Path | None:
    """Put a copy in the place of the database; what stood there is moved aside, never deleted.

    Gives where it went, None where there was nothing. On PostgreSQL the tables of the copy take
    the place of those in the database, and nothing is moved aside.

    Raises:
        StoreUnavailable: somebody writes into the database now, or the disk is full.
        CopyFailed: `pg_restore` is not there, or failed; nothing has changed.
    """
    try:
        if store.is_sqlite:
            return _put_back_sqlite(source, Path(store.url.database or ""), aside)
        options = ["--clean", "--if-exists", "--no-owner", "--single-transaction"]
        _run(["pg_restore", *options, f"--dbname={_address(store.url)}", str(source)])
    except OSError as error:
        raise StoreUnavailable(_reason(error)) from error
    return None


def sum_of(path: Path) -> str:
    """Give the SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as opened:
        while block := opened.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _copy_sqlite(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    opened = sqlite3.connect(f"file:{source}?mode=ro", uri=True)
    try:
        copied = sqlite3.connect(target)
        try:
            opened.backup(copied, pages=1_000)
            copied.execute("PRAGMA journal_mode=DELETE")
        finally:
            copied.close()
    finally:
        opened.close()


def _put_back_sqlite(source: Path, target: Path, aside: str) -> Path | None:
    target.parent.mkdir(parents=True, exist_ok=True)
    moved: Path | None = None
    # The queue of writers: whoever writes now goes on, and we wait; then nobody may.
    with turn_on(target.with_name(f"{target.name}.lock"), seconds=_ASIDE_SECONDS):
        part = target.with_name(f".{target.name}.part")
        shutil.copyfile(source, part)
        with part.open("rb+") as opened:
            os.fsync(opened.fileno())
        if target.exists():
            moved = target.with_name(f"{target.name}.{aside}")
            for end in ("-wal", "-shm"):
                beside = target.with_name(target.name + end)
                if beside.exists():
                    beside.replace(moved.with_name(moved.name + end))
            target.replace(moved)
        part.replace(target)
    return moved


def _address(url: URL) -> str:
    """Write an address as PostgreSQL's own programs read it."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def _run(command: Sequence[str]) -> None:
    program = shutil.which(command[0])
    if program is None:
        raise CopyFailed(
            f"chưa cài {command[0]}, chương trình của PostgreSQL cùng phiên bản máy chủ"
        )
    try:
        subprocess.run([program, *command[1:]], check=True, capture_output=True, timeout=_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise CopyFailed(f"{command[0]} chạy quá lâu") from error
    except subprocess.CalledProcessError as error:
        raise CopyFailed(f"{command[0]} không xong (mã {error.returncode})") from error


def _reason(error: OSError | sqlite3.Error) -> str:
    return reason_of_file(error) if isinstance(error, OSError) else "damaged"
