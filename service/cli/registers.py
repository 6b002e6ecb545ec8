"""`trinhky register`: the books, old numbers, closing a year and opening it again."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from records.registers import Register, RegisterEntry
from service.cli.terminal import (
    as_json,
    faults_shown,
    open_desk,
    print_json,
    settings,
    write_file,
)
from service.intake.fields import FIRST_YEAR, LAST_YEAR
from service.workflow import bookkeeping

body_argument = click.argument("body")
series_option = click.option("--series", default="chung", help="Dãy số; mặc định: chung.")
year_option = click.option(
    "--year", type=click.IntRange(FIRST_YEAR, LAST_YEAR), required=True, help="Năm của sổ."
)


@click.group()
def register() -> None:
    """Sổ đăng ký văn bản đi."""


@register.command("list")
@body_argument
@as_json
def list_books(body: str, *, is_json: bool) -> None:
    """Liệt kê các sổ của cơ quan BODY."""
    with faults_shown(is_json=is_json), open_desk() as desk:
        books = bookkeeping.list_books(desk, body)
    if is_json:
        print_json([_book_json(book) for book in books])
        return
    if not books:
        click.echo("Chưa có sổ nào: sổ tự mở khi ban hành văn bản đầu tiên trong năm.")
    for book in books:
        state = "đã khóa" if book.closed_at else "đang mở"
        click.echo(f"{book.year}  {book.series:<16} số {book.first} đến {book.last}  {state}")


@register.command("show")
@body_argument
@year_option
@series_option
@click.option("--page", type=click.IntRange(1, 1_000_000), default=1)
@as_json
def show(body: str, year: int, series: str, page: int, *, is_json: bool) -> None:
    """In sổ của cơ quan BODY."""
    with faults_shown(is_json=is_json), open_desk() as desk:
        book, lines, total = bookkeeping.read_book(desk, body, series, year, page=page)
    if is_json:
        print_json(
            {**_book_json(book), "total": total, "entries": [_line_json(one) for one in lines]}
        )
        return
    _print_lines(f"Sổ “{series}” năm {year}, {total} văn bản", lines)


@register.command("print")
@body_argument
@year_option
@series_option
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
def print_book(body: str, year: int, series: str, output: Path) -> None:
    """In cả sổ của cơ quan BODY thành PDF: bìa và mười cột, để đóng quyển."""
    with faults_shown(), open_desk() as desk:
        content = bookkeeping.print_book(desk, body, series, year)
    write_file(output, content)
    click.echo(f"Đã in sổ “{series}” năm {year}: {output}")


@register.command("legacy")
@body_argument
@series_option
@click.option("--number", type=click.IntRange(min=1), required=True, help="Số đã cấp trên giấy.")
@click.option("--symbol", required=True, help="Số, ký hiệu như đã in: 12/KH-UBND.")
@click.option("--on", "issued_on", required=True, help="Ngày văn bản: 15/01/2026.")
@click.option("--abstract", required=True, help="Trích yếu.")
@click.option("--reason", required=True, help="Vì sao ghi: chuyển từ sổ giấy …")
@click.option("--kind", help="Loại văn bản: plan, decision …; bỏ trống: đọc từ ký hiệu.")
@click.option("--signer", default="", help="Người ký.")
def legacy(body: str, series: str, **line: Any) -> None:
    """Ghi một văn bản cũ đã có số vào sổ của cơ quan BODY."""
    with faults_shown(), open_desk() as desk:
        kept = bookkeeping.enter_legacy(
            desk, body, series, bookkeeping.parse_legacy(line), by=settings().clerk
        )
    click.echo(f"Đã ghi {kept.symbol} ngày {kept.issued_on:%d/%m/%Y} vào sổ.")


@register.command("open")
@body_argument
@year_option
@series_option
@click.option(
    "--first",
    type=click.IntRange(1, bookkeeping.HIGHEST_NUMBER),
    required=True,
    help="Số đầu tiên sẽ cấp.",
)
def open_book(body: str, year: int, series: str, first: int) -> None:
    """Mở sổ từ số FIRST, khi sổ giấy đã dùng các số trước đó."""
    with faults_shown(), open_desk() as desk:
        bookkeeping.open_book(desk, body, series, year, first=first, by=settings().clerk)
    click.echo(f"Sổ “{series}” năm {year} sẽ cấp từ số {first}.")


@register.command("close")
@body_argument
@year_option
@series_option
def close(body: str, year: int, series: str) -> None:
    """Khóa sổ của năm: không cấp thêm số."""
    with faults_shown(), open_desk() as desk:
        bookkeeping.close_book(desk, body, series, year, by=settings().clerk)
    click.echo(f"Đã khóa sổ “{series}” năm {year}.")


@register.command("reopen")
@body_argument
@year_option
@series_option
@click.option("--reason", required=True, help="Vì sao mở lại, ghi vào nhật ký.")
def reopen(body: str, year: int, series: str, reason: str) -> None:
    """Mở lại sổ đã khóa của năm, để cấp số tiếp."""
    with faults_shown(), open_desk() as desk:
        bookkeeping.reopen_book(desk, body, series, year, reason=reason, by=settings().clerk)
    click.echo(f"Đã mở lại sổ “{series}” năm {year}; xong việc thì khóa lại bằng register close.")


def _print_lines(title: str, lines: Sequence[RegisterEntry]) -> None:
    table = Table(title=title, title_justify="left")
    for head in ("Số, ký hiệu", "Ngày", "Trích yếu", "Người ký", "Ghi chú"):
        table.add_column(head)
    for line in lines:
        cancelled = line.cancelled_reason
        note = f"Đã hủy: {cancelled}" if cancelled else line.note or line.reason
        table.add_row(line.symbol, _day(line.issued_on), line.abstract, line.signer, note)
    Console().print(table)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _book_json(book: Register) -> dict[str, Any]:
    return {
        "series": book.series,
        "year": book.year,
        "first": book.first,
        "last": book.last,
        "is_closed": book.closed_at is not None,
    }


def _line_json(line: RegisterEntry) -> dict[str, Any]:
    return {
        "number": line.number,
        "kind": line.kind,
        "symbol": line.symbol,
        "issued_on": line.issued_on,
        "abstract": line.abstract,
        "signer": line.signer,
        "state": line.state.value,
        "document": line.document_id,
        "sha256": line.sha256,
    }
