"""The books of a body: looking, opening, entering old numbers, closing a year, reopening it."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy.orm import Session

from doc_templates import pdf, wording
from doc_templates.kinds import DocumentKind, parse_symbol, print_number
from doc_templates.register_book import Book, BookLine, lay_out_book
from records import bodies, registers
from records.bodies import IssuingBody
from records.entries import Line as RegisterLine
from records.entries import RegisterEntry
from records.errors import Conflict, NotFound
from records.registers import Register
from service.intake.fields import Day, EntryInvalid, FieldError, Line, Whole, collect_errors
from service.workflow.desk import Desk
from service.workflow.dossier_papers import kind_title

#: The highest number that a paper can print.
HIGHEST_NUMBER: Final = 99_999
#: The kind of an old paper whose kind nobody knows.
_UNKNOWN_KIND: Final = "legacy"


class LegacyEntry(BaseModel):
    """A paper that had its number before these books were kept.

    Where `kind` is None it is read from the symbol.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: Annotated[Whole, Field(ge=1, le=HIGHEST_NUMBER)] = Field(title="Số")
    symbol: Line = Field(title="Số, ký hiệu", min_length=1)
    issued_on: Day = Field(title="Ngày văn bản")
    abstract: Line = Field(title="Trích yếu", min_length=1)
    reason: Line = Field(title="Lý do", min_length=1)
    kind: DocumentKind | None = Field(default=None, title="Loại văn bản")
    signer: Line = Field(default="", title="Người ký")


def parse_legacy(raw: Mapping[str, Any]) -> LegacyEntry:
    """Take an old number.

    Raises:
        EntryInvalid: carries every fault.
    """
    try:
        entry = LegacyEntry.model_validate(dict(raw))
    except ValidationError as error:
        raise EntryInvalid(collect_errors(error, LegacyEntry)) from error
    printed = re.match(r"\d+", entry.symbol)
    if printed is None or int(printed[0]) != entry.number:
        message = f"“Số, ký hiệu”: phải bắt đầu bằng số {print_number(entry.number)}."
        raise EntryInvalid([FieldError(pointer="/symbol", code="number-differs", message=message)])
    return entry


def list_books(desk: Desk, body_key: str) -> tuple[Register, ...]:
    """List the books of a body, the latest year first.

    Raises:
        NotFound: there is no such body.
    """
    with desk.reading() as session:
        return registers.registers_of(session, bodies.get_body(session, body_key))


def read_book(
    desk: Desk, body_key: str, series: str, year: int, *, page: int = 1
) -> tuple[Register, tuple[RegisterEntry, ...], int]:
    """Give a book, one page of its lines by number, and how many lines it has.

    Raises:
        NotFound: there is no such body or book.
    """
    with desk.reading() as session:
        body = bodies.get_body(session, body_key)
        book = _book(registers.find_register(session, body, series, year), series, year)
        lines, total = registers.entries(session, book, page=page)
        return book, lines, total


def print_book(desk: Desk, body_key: str, series: str, year: int) -> bytes:
    """Make a PDF of a whole book: cover, and the ten columns of every line.

    Raises:
        NotFound: there is no such body or book.
    """
    with desk.reading() as session:
        body = bodies.get_body(session, body_key)
        book = _book(registers.find_register(session, body, series, year), series, year)
        return _print(session, body, book)


def print_book_of(desk: Desk, register_id: int) -> tuple[bytes, str]:
    """Make the same PDF of a book by its id, with the name of its file.

    Raises:
        NotFound: there is no such book.
    """
    with desk.reading() as session:
        book = session.get(Register, register_id)
        if book is None:
            raise NotFound("sổ đăng ký văn bản đi", register_id)
        body = session.get_one(IssuingBody, book.body_id)
        name = f"so-van-ban-di-{book.year}-{book.series}.pdf"
        return _print(session, body, book), name


def _print(session: Session, body: IssuingBody, book: Register) -> bytes:
    lines, _ = registers.entries(session, book, page=1, size=max(HIGHEST_NUMBER, 1))
    days = sorted(line.issued_on for line in lines)
    printed = Book(
        superior=body.superior_line,
        body=body.full_name,
        title="Sổ đăng ký văn bản đi",
        year=book.year,
        lines=[_book_line(line) for line in lines],
        first=lines[0].number if lines else None,
        last=lines[-1].number if lines else None,
        first_on=days[0] if days else None,
        last_on=days[-1] if days else None,
    )
    return pdf.write(lay_out_book(printed))


def _book_line(line: RegisterEntry) -> BookLine:
    """Set a line as the decree's form has it (Nghị định 30/2020/NĐ-CP, Phụ lục IV)."""
    kind = kind_title(line.kind)
    notes = [f"Đã hủy: {line.cancelled_reason}" if line.cancelled_reason else "", line.note]
    return BookLine(
        cells=(
            line.symbol,
            wording.print_short_date(line.issued_on),
            f"{kind}: {line.abstract}" if kind else line.abstract,
            line.signer,
            line.recipients,
            line.archive,
            str(line.copies or ""),
            wording.print_short_date(line.sent_on) if line.sent_on else "",
            line.receipt,
            "; ".join(note for note in notes if note),
        ),
        is_cancelled=line.cancelled_reason is not None,
    )


def open_book(desk: Desk, body_key: str, series: str, year: int, *, first: int, by: str) -> None:
    """Open a book at the number that follows the last one given on paper.

    Raises:
        NotFound: there is no such body.
        Conflict: the book has given a number already.
    """
    with desk.transaction() as session:
        body = bodies.get_body(session, body_key)
        registers.open_register(session, body, series, year, first=first, by=by, at=desk.now())


def close_book(desk: Desk, body_key: str, series: str, year: int, *, by: str) -> None:
    """Close the book of a year.

    Raises:
        NotFound: there is no such body or book.
        RegisterClosed: it is closed already.
    """
    with desk.transaction() as session:
        body = bodies.get_body(session, body_key)
        book = _book(registers.find_register(session, body, series, year), series, year)
        registers.close_year(session, book, by=by, at=desk.now())


def reopen_book(desk: Desk, body_key: str, series: str, year: int, *, reason: str, by: str) -> None:
    """Open the closed book of a year again; who and why stands in the audit chain.

    Raises:
        NotFound: there is no such body or book.
        ReasonMissing: the reason is empty.
        Conflict: the book is open.
    """
    with desk.transaction() as session:
        body = bodies.get_body(session, body_key)
        book = _book(registers.find_register(session, body, series, year), series, year)
        if book.closed_at is None:
            raise Conflict(f"Sổ “{series}” năm {year} đang mở, không cần mở lại.")
        registers.reopen(session, book, reason=reason, by=by, at=desk.now())


def enter_legacy(
    desk: Desk, body_key: str, series: str, entry: LegacyEntry, *, by: str
) -> RegisterEntry:
    """Enter a number given on paper before the book was opened here.

    Raises:
        NotFound: there is no such body.
        NumberTaken: the number is entered already, or the book gives it itself.
        RegisterClosed, DateInFuture: the book refuses it.
    """
    with desk.transaction() as session:
        body = bodies.get_body(session, body_key)
        book = registers.lock(session, body, series, entry.issued_on.year)
        digits = re.match(r"\d+([a-z]*)", entry.symbol)
        return registers.enter_legacy(
            session,
            book,
            entry.number,
            RegisterLine(
                kind=entry.kind or _kind_of(entry.symbol),
                symbol=entry.symbol,
                issued_on=entry.issued_on,
                abstract=entry.abstract,
                signer=entry.signer,
            ),
            suffix=digits[1] if digits else "",
            reason=entry.reason,
            by=by,
            at=desk.now(),
            today=desk.today(),
        )


def _kind_of(symbol: str) -> str:
    """Read the kind from a symbol, whatever letter stands after its number (12a/KH-UBND)."""
    found = parse_symbol(re.sub(r"^\d+[a-z]*", print_number(1), symbol))
    return (found and found.kind) or _UNKNOWN_KIND


def _book(found: Register | None, series: str, year: int) -> Register:
    if found is None:
        raise NotFound("sổ văn bản đi", f"{series}/{year}")
    return found
