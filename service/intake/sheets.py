"""A list of people from the office's own sheet: Excel, CSV, or cells that were pasted.

Offices keep title lines above the head, a head of one or two rows, group lines (“I. Cá nhân”)
and totals; a head is found by its words, in any order, with or without accents. What a cell
holds is taken as it is shown: a date stays a day, a number a year, a formula is its last value.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, TypeVar

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from records.rules.likeness import fold
from service.intake.fields import EntryInvalid, FieldError
from service.intake.heads import NOMINEES, Heads

_Entry = TypeVar("_Entry")

LARGEST_FILE: Final = 5 * 1024 * 1024
_LARGEST_UNPACKED: Final = 40 * 1024 * 1024
_LARGEST_SHEET: Final = 12 * 1024 * 1024
_LARGEST_PART: Final = 3 * 1024 * 1024
_MOST_MEMBERS: Final = 300
_LOOKED_AT: Final = 4_096
MOST_ROWS: Final = 5_000
_MOST_COLUMNS: Final = 60
_HEAD_WITHIN: Final = 20
_NEEDED: Final = "name"
_SUBJECTS: Final = {"ca nhan": "individual", "tap the": "collective", "ho gia dinh": "household"}
_GROUP: Final = re.compile(r"^(?:[ivx]+|[a-d]|\d{1,2})[.)] (?P<what>.+)$")
_TOTAL: Final = re.compile(r"^(?:tong cong|tong so|cong|danh sach (?:nay )?co)\b")
_NOTHING: Final = frozenset({"#n/a", "#ref!", "#value!", "-", "–"})
_BIRTHS: Final = {"nam": "Nam", "nu": "Nữ"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One nominee as the sheet has it; `number` is the row in the sheet, from 1."""

    number: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The nominees of a sheet. `columns` says in which column, as Excel names it, a value stands;
    `ignored` are heads that mean nothing here."""

    rows: tuple[Row, ...]
    columns: Mapping[str, str]
    ignored: tuple[str, ...]


def read_sheet(content: bytes, name: str = "", heads: Heads = NOMINEES) -> Sheet:
    """Read the people of an Excel or CSV file, or of cells pasted as text.

    `heads` are the words by which its columns are known.

    Raises:
        EntryInvalid: it is no sheet, too large, or has no head with the names.
    """
    if len(content) > LARGEST_FILE:
        raise _refused(
            "file-unreadable", f"tệp lớn hơn {LARGEST_FILE // 1024**2} MB; hãy chia nhỏ."
        )
    table = list(_excel(content) if content[:2] == b"PK" else _text(content, name))
    return _people(table, heads)


def parse_sheet(
    sheet: Sheet,
    shared: Mapping[str, Any],
    parse: Callable[[Mapping[str, Any]], _Entry],
    *,
    awards: Mapping[str, str],
) -> list[_Entry]:
    """Take the people of a sheet, each with the values that hold for all.

    `parse` makes the entry of a row; `awards` gives the key of an award by its folded name; a
    cell may hold the key itself.

    Raises:
        EntryInvalid: carries the faults of all rows, each with its cell in the sentence.
    """
    entries: list[_Entry] = []
    faults: list[FieldError] = []
    for row in sheet.rows:
        raw: dict[str, Any] = {**shared, **row.values}
        if said := str(row.values.get("award", "")):
            raw["award"] = awards.get(fold(said), said)
        if "past_awards" in raw:
            listed = str(raw["past_awards"]).replace("\n", ";").split(";")
            raw["past_awards"] = [one.strip() for one in listed if one.strip()]
        if raw.get("award") not in {*awards.values(), *_keys(shared)}:
            message = f"“Hình thức”: không có danh hiệu, hình thức “{str(raw.get('award'))[:60]}”."
            fault = FieldError(pointer="/award", code="choice-wrong", message=message)
            faults.append(_at(sheet, row, fault))
            continue
        try:
            entries.append(parse(raw))
        except EntryInvalid as error:
            faults += [_at(sheet, row, one) for one in error.errors]
    if faults:
        raise EntryInvalid(list(dict.fromkeys(faults)))
    return entries


def _keys(shared: Mapping[str, Any]) -> tuple[str, ...]:
    return (str(shared["award"]),) if shared.get("award") else ()


def _at(sheet: Sheet, row: Row, fault: FieldError) -> FieldError:
    """Say in which cell a fault stands."""
    field = fault.pointer.split("/")[1] if "/" in fault.pointer else ""
    column = sheet.columns.get(field, "")
    where = f"ô {column}{row.number}" if column else f"dòng {row.number}"
    pointer = f"/rows/{row.number}{fault.pointer}"
    return replace(fault, pointer=pointer, message=f"{where}: {fault.message}")


def _excel(content: bytes) -> Iterator[list[str]]:
    """Give the cells of the first sheet as texts; formulas give the value they had last."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_package(package)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            for at, row in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True)):
                if at > MOST_ROWS + _HEAD_WITHIN:
                    raise _refused("too-many", f"tệp có hơn {MOST_ROWS} dòng; hãy chia nhỏ.")
                yield [_shown(cell) for cell in row]
        finally:
            book.close()
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        if isinstance(error, EntryInvalid):
            raise
        message = "không đọc được tệp Excel; lưu lại dạng .xlsx rồi thử lại."
        raise _refused("file-unreadable", message) from error


def _check_package(package: zipfile.ZipFile) -> None:
    """See to it that a workbook is none that was made to be slow: before any of it is read.

    A few kilobytes can unpack to a million styles or cells; parts of a list of names never do.
    """
    members = package.infolist()
    for one in members:
        is_wide = one.filename.startswith("xl/worksheets/") or "sharedStrings" in one.filename
        if one.file_size > (_LARGEST_SHEET if is_wide else _LARGEST_PART):
            raise _refused("file-unreadable", "tệp Excel mở ra quá lớn; hãy chia nhỏ.")
    if len(members) > _MOST_MEMBERS or sum(one.file_size for one in members) > _LARGEST_UNPACKED:
        raise _refused("file-unreadable", "tệp Excel mở ra quá lớn; hãy chia nhỏ.")
    for one in members:
        if one.filename.endswith((".xml", ".rels")):
            with package.open(one) as part:
                if b"<!DOCTYPE" in part.read(_LOOKED_AT):
                    raise _refused("file-unreadable", "tệp Excel có khai báo không được nhận.")


def _text(content: bytes, name: str) -> Iterator[list[str]]:
    """Give the cells of a CSV file, or of cells pasted from Excel (parted by tabs)."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = "tệp không phải Excel (.xlsx) hay CSV bảng mã UTF-8; lưu lại dạng .xlsx."
        raise _refused("file-unreadable", message) from error
    first = text[:10_000]
    mark = max("\t;,", key=first.count)
    for at, row in enumerate(csv.reader(io.StringIO(text), delimiter=mark)):
        if at > MOST_ROWS + _HEAD_WITHIN:
            raise _refused("too-many", f"danh sách có hơn {MOST_ROWS} dòng; hãy chia nhỏ.")
        yield [" ".join(cell.split(" ")).strip() for cell in row[:_MOST_COLUMNS]]


def _shown(cell: object) -> str:
    """Write a cell as it is shown: days as in Việt Nam, whole numbers without a point."""
    match cell:
        case None | bool():
            return ""
        case datetime():
            return f"{cell.day:02d}/{cell.month:02d}/{cell.year}"
        case date():
            return f"{cell.day:02d}/{cell.month:02d}/{cell.year}"
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell).strip()


def _people(table: Sequence[Sequence[str]], heads: Heads) -> Sheet:
    at, columns, ignored = _head(table, heads)
    births = _two_births(table, at, columns)
    has_gender = any(name == "gender" for _, name in heads)
    rows: list[Row] = []
    subject = ""
    for number, cells in enumerate(table[at + 1 :], start=at + 2):
        if births and number == at + 2:
            continue
        said = [cell for cell in cells if cell]
        if not said:
            continue
        group = _group_of(said)
        if group is not None:
            subject = group or subject
            continue
        values = {
            name: _cell(cells, place) for name, place in columns.items() if _cell(cells, place)
        }
        for place, gender in births.items():
            if _cell(cells, place):
                values |= {"birth": _cell(cells, place)}
                values |= {"gender": gender} if has_gender else {}
        if "subject" in values:
            values["subject"] = _SUBJECTS.get(fold(values["subject"]), values["subject"])
        elif subject:
            values["subject"] = subject
        if _is_total(cells, columns):
            continue
        rows.append(Row(number=number, values=values))
    if not rows:
        raise _refused("missing", "dưới dòng tiêu đề không có ai.")
    letters = {name: get_column_letter(place + 1) for name, place in columns.items()}
    return Sheet(rows=tuple(rows), columns=letters, ignored=ignored)


def _head(
    table: Sequence[Sequence[str]], heads: Heads
) -> tuple[int, dict[str, int], tuple[str, ...]]:
    """Find the row of heads: the first with the names and one more that is known."""
    for at, cells in enumerate(table[:_HEAD_WITHIN]):
        columns: dict[str, int] = {}
        ignored = []
        for place, cell in enumerate(cells):
            folded = fold(cell)
            name = next((name for words, name in heads if words in folded), "")
            if name and name not in columns:
                columns[name] = place
            elif cell:
                ignored.append(cell)
        if _NEEDED in columns and len(columns) > 1:
            return at, columns, tuple(ignored)
    message = (
        "không thấy dòng tiêu đề có “Họ và tên” và ít nhất một cột khác (Năm sinh, Chức vụ, "
        "Đơn vị, Thành tích …) trong 20 dòng đầu."
    )
    raise _refused("missing", message)


def _two_births(
    table: Sequence[Sequence[str]], at: int, columns: Mapping[str, int]
) -> dict[int, str]:
    """Find a second row of heads that parts the year of birth into Nam and Nữ."""
    if "birth" not in columns or at + 1 >= len(table):
        return {}
    below = table[at + 1]
    first = columns["birth"]
    found = {
        place: _BIRTHS[fold(_cell(below, place))]
        for place in (first, first + 1)
        if fold(_cell(below, place)) in _BIRTHS
    }
    return found if len(found) == 2 else {}


def _group_of(said: Sequence[str]) -> str | None:
    """Read a group's line: its subject, "" where it names none; `None`: it is no such line."""
    if len(said) > 2:
        return None
    folded = fold(" ".join(said))
    found = _GROUP.match(folded)
    what = found["what"] if found else folded
    for words, subject in _SUBJECTS.items():
        if what == words or (what.startswith(f"{words} ") and found):
            return subject
    return "" if found and len(said) == 1 else None


def _is_total(cells: Sequence[str], columns: Mapping[str, int]) -> bool:
    said = fold(" ".join(cell for cell in cells if cell))
    return bool(_TOTAL.match(said)) and not _cell(cells, columns.get("deed", 99))


def _cell(cells: Sequence[str], place: int) -> str:
    text = cells[place].strip() if place < len(cells) else ""
    return "" if text.lower() in _NOTHING else text


def _refused(code: str, message: str) -> EntryInvalid:
    return EntryInvalid([FieldError(pointer="", code=code, message=message)])
