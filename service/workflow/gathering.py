"""What a finished job hands out: one file for the printer, each paper alone, and an index.

Every file is written whole or not at all, from what is kept; gathered again, it is the same.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font

from doc_templates.certificates import Certificate
from doc_templates.merge.bulk import write_zip
from records import jobs
from records.base import fold
from records.jobs import JobItem, RowState
from service.workflow import bulk, certifying
from service.workflow.desk import Desk

PRINT_FILE: Final = "in-tat-ca.pdf"
ZIP_FILE: Final = "tung-to.zip"
INDEX_FILE: Final = "danh-muc.xlsx"
_HEADS: Final = ("Dòng", "Tên", "Trang", "Kết quả", "Lý do", "Tệp", "Mã băm SHA-256")
_RESULTS: Final = {
    RowState.WAITING: "chưa làm",
    RowState.DONE: "đã lập",
    RowState.FAILED: "không lập được",
}
_WIDTHS: Final = (8, 36, 8, 16, 60, 40, 66)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What was written: how many papers, and the sentence of each row that has none."""

    count: int
    faults: tuple[str, ...]


def gather(desk: Desk, job_id: int, folder: Path) -> Gathered:
    """Write the files of a job into a folder; a job without a single paper gets its index only.

    Raises:
        NotFound: there is no such job.
        OSError: the folder cannot be written to.
    """
    with desk.reading() as session:
        shared = dict(jobs.get_job(session, job_id).shared)
        rows = jobs.rows_of(session, job_id)
    done = [item for item in rows if item.state is RowState.DONE]
    folder.mkdir(parents=True, exist_ok=True)
    if done:
        listed: list[Certificate] = []
        for item in done:
            listed += bulk.certificates_of(shared, item.input)
        sheets = certifying.of_list(listed, folder=desk.certificates)
        mode = certifying.parse_mode(str(shared["mode"]))
        content = certifying.print_certificates(sheets, mode, folder=desk.certificates)
        _write(folder / PRINT_FILE, lambda target: target.write(content))
        _write(folder / ZIP_FILE, lambda target: write_zip(target, _papers(desk, done)))
    _write(folder / INDEX_FILE, lambda target: _write_index(target, rows))
    return Gathered(count=len(done), faults=tuple(item.fault for item in rows if item.fault))


def _papers(desk: Desk, done: list[JobItem]) -> Iterator[tuple[str, bytes]]:
    for item in done:
        with desk.reading() as session:
            content = jobs.content_of(session, item.id)
        yield _file_name(item), content


def _file_name(item: JobItem) -> str:
    """Name the file of a row: its number and whose it is, in letters every system takes."""
    letters = (one if one.isascii() and one.isalnum() else "-" for one in fold(_name(item)))
    plain = "-".join(filter(None, "".join(letters).split("-")))[:60]
    return f"{item.row:05d}-{plain}.pdf"


def _name(item: JobItem) -> str:
    return str(item.input.get("name", ""))


def _write_index(target: BinaryIO, rows: list[JobItem]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Danh mục")
    sheet.freeze_panes = "A2"
    for place, width in enumerate(_WIDTHS):
        sheet.column_dimensions["ABCDEFG"[place]].width = width

    def cell(value: str | int | None, *, is_bold: bool = False) -> Cell:
        made = WriteOnlyCell(sheet, value=value)
        if isinstance(value, str):
            made.data_type = "s"  # a name that begins with “=” is no formula
        if is_bold:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(head, is_bold=True) for head in _HEADS])
    page = 0
    for item in rows:
        is_done = item.state is RowState.DONE
        page += is_done
        values = (
            item.row,
            _name(item),
            page if is_done else None,
            _RESULTS[item.state],
            item.fault,
            _file_name(item) if is_done else "",
            item.result_hash or "",
        )
        sheet.append([cell(value) for value in values])
    book.save(target)


def _write(path: Path, fill: Callable[[BinaryIO], object]) -> None:
    with _whole(path) as target:
        fill(target)


@contextmanager
def _whole(path: Path) -> Iterator[BinaryIO]:
    temporary = path.with_name(f".{path.name}.part")
    try:
        with temporary.open("wb") as target:
            yield target
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
