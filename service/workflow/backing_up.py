"""Backups: taken under load, verified after they are written; restored without a number twice."""

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from records import blobs, bodies, copies, envelopes, inspection, registers
from records.books import Register
from records.entries import EntryKind, Line, RegisterEntry
from records.errors import CopyFailed, NotFound, RecordsError
from records.inspection import Problem
from records.journal import Given
from records.store import Store
from service.workflow.desk import Desk

_NAME: Final = "trinhky-{stamp}"
_SHEET: Final = ".json"
_LOST: Final = "Số đã cấp, nội dung mất khi khôi phục từ bản sao lưu; cần quét lại bản giấy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A copy that was taken: its file, what it holds, and what does not agree in it."""

    path: Path
    size: int
    sha256: str
    entries: int
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A copy that was put back. `aside` is where the old database went; `lost` are the numbers
    that stand on paper and not in the copy: they are entered, and never given again."""

    entries: int
    lost: tuple[str, ...]
    aside: Path | None
    problems: tuple[Problem, ...]


def backup(desk: Desk, folder: Path, *, recipient: str = "") -> Backup:
    """Copy the database into a folder, and read the copy as an inspector would.

    With `recipient`, the public half of a key, the copy that was read is put into an envelope.

    Raises:
        CopyFailed: the copy cannot be read after it was written, or the recipient is none.
        StoreUnavailable: the disk is full, or the database away.
    """
    if recipient:
        envelopes.check_recipient(recipient)
    stamp = f"{desk.now():%Y%m%d-%H%M%S}"
    end = copies.SQLITE_END if desk.store.is_sqlite else copies.POSTGRES_END
    path = folder / f"{_NAME.format(stamp=stamp)}{end}"
    copies.copy(desk.store, path)
    with desk.reading() as session:
        revision = desk.store.current_revision()
        entries = registers.count_entries(session)
    made = Backup(path=path, size=path.stat().st_size, sha256=copies.sum_of(path), entries=entries)
    if desk.store.is_sqlite:
        made = _inspected(made)
    if recipient:
        path = envelopes.put_in(path, recipient)
        made = replace(made, path=path, size=path.stat().st_size, sha256=copies.sum_of(path))
    sheet = {
        "sha256": made.sha256,
        "size": made.size,
        "entries": made.entries,
        "revision": revision,
        "taken_at": desk.now().isoformat(timespec="seconds"),
    }
    path.with_name(path.name + _SHEET).write_text(json.dumps(sheet, indent=2), encoding="utf-8")
    return made


def _inspected(made: Backup) -> Backup:
    """Read a copy of SQLite; the figures are its own then."""
    store = Store(f"sqlite:///{made.path}")
    try:
        with store.reading() as session:
            found = inspection.inspect(session)
    except RecordsError as error:
        raise CopyFailed(f"bản sao lưu {made.path.name} không đọc lại được") from error
    finally:
        store.dispose()
    for end in ("-wal", "-shm", ".lock"):
        made.path.with_name(made.path.name + end).unlink(missing_ok=True)
    return replace(
        made, entries=found.entries, problems=tuple(found.problems), sha256=copies.sum_of(made.path)
    )


def restore(desk: Desk, source: Path, *, by: str, key: Path | None = None) -> Restored:
    """Put a copy in the place of the database, and enter the numbers that it has forgotten.

    `key` is the file with the secret half of the key of a copy in an envelope.

    The journal of the desk names them. Their lines say that the content is lost; the books then
    go on with the next number.

    Raises:
        CopyFailed: the copy is not what was taken.
        StoreUnavailable: somebody writes into the database now, or the disk is full.
    """
    _check_sum(source)
    with _opened(source, key) as plain:
        desk.store.dispose()
        aside = copies.put_back(plain, desk.store, aside=f"truoc-{desk.now():%Y%m%d-%H%M%S}")
    desk.store.upgrade()
    lost = _enter_lost(desk, desk.journal.read() if desk.journal else [], by=by)
    with desk.reading() as session:
        found = inspection.inspect(session)
    return Restored(
        entries=found.entries, lost=tuple(lost), aside=aside, problems=tuple(found.problems)
    )


@contextmanager
def _opened(source: Path, key: Path | None) -> Iterator[Path]:
    """Give a copy, out of its envelope while it is put back."""
    if source.suffix != envelopes.END:
        yield source
        return
    if key is None:
        raise CopyFailed(f"bản sao lưu {source.name} đã mã hóa: cần tệp khóa bí mật (--key)")
    with tempfile.TemporaryDirectory(prefix="trinhky-") as folder:
        plain = Path(folder) / source.name.removesuffix(envelopes.END)
        envelopes.take_out(source, key, plain)
        yield plain


def _check_sum(source: Path) -> None:
    """Compare a copy with the sheet that was written beside it."""
    sheet = source.with_name(source.name + _SHEET)
    if not source.is_file():
        raise CopyFailed(f"không có tệp {source.name}")
    if not sheet.is_file():
        raise CopyFailed(f"thiếu tệp {sheet.name} ghi mã kiểm của bản sao lưu")
    try:
        wanted = json.loads(sheet.read_text(encoding="utf-8"))["sha256"]
    except (ValueError, KeyError, OSError) as error:
        raise CopyFailed(f"tệp {sheet.name} hỏng") from error
    if copies.sum_of(source) != wanted:
        raise CopyFailed(f"bản sao lưu {source.name} không còn đúng như khi sao")


def _enter_lost(desk: Desk, given: Sequence[Given], *, by: str) -> list[str]:
    """Enter what the journal knows and the books do not, book by book, in order."""
    lost: list[str] = []
    for one in given:
        with desk.transaction() as session:
            try:
                body = bodies.get_body(session, one.body)
            except NotFound:
                continue
            book = registers.lock(session, body, one.series, one.issued_on.year)
            if one.number <= book.last or one.number < book.first:
                continue
            while book.last + 1 < one.number:
                _enter(desk, book, session, _unknown(book, one), by=by)
            _enter(desk, book, session, one, by=by)
            lost.append(one.symbol)
    return lost


def _unknown(book: Register, before: Given) -> Given:
    """Stand for a number between, of which the journal says nothing."""
    number = book.last + 1
    on: date = book.last_on or before.issued_on
    return replace(before, number=number, symbol=f"{number:02d}/?", issued_on=on, sha256="")


def _enter(desk: Desk, book: Register, session: Session, one: Given, *, by: str) -> None:
    on = max(one.issued_on, book.last_on or one.issued_on)
    number = registers.allocate(session, book, on=on, today=max(desk.today(), on))
    slip = f"{_LOST}: {one.symbol}, SHA-256 {one.sha256 or 'không rõ'}\n".encode()
    registers.enter(
        session,
        book,
        number,
        Line(kind=one.kind, symbol=one.symbol, issued_on=on, abstract=_LOST),
        sha256=blobs.keep(session, slip),
        entry_kind=EntryKind.EXTERNAL,
        by=by,
        at=desk.now(),
    )


def note_given(desk: Desk, body: str, series: str, entry: RegisterEntry) -> None:
    """Write a number into the journal, before the transaction that gives it is kept.

    Raises:
        StoreUnavailable: the journal's disk is full or away: the number must not be given.
    """
    if desk.journal is None or entry.sha256 is None:
        return
    desk.journal.write(
        Given(
            body=body,
            series=series,
            number=entry.number,
            kind=entry.kind,
            symbol=entry.symbol,
            issued_on=entry.issued_on,
            sha256=entry.sha256,
        )
    )
