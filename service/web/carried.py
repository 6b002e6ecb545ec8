"""Rows of a sheet that a page carries between looking at them and keeping them."""

import json

from flask import Request

from records.errors import Conflict
from service.intake import sheets
from service.intake.fields import EntryInvalid, FieldError
from service.intake.heads import Heads
from service.intake.sheets import Row, Sheet


def read_sent(request: Request, heads: Heads) -> Sheet:
    """Read the file that was sent, or the cells that were pasted.

    Raises:
        EntryInvalid: there is neither, or it is no list with a head that is known.
    """
    sent = request.files.get("file")
    if sent is not None and sent.filename:
        return sheets.read_sheet(sent.read(sheets.LARGEST_FILE + 1), sent.filename, heads)
    pasted = request.form.get("pasted", "")
    if pasted.strip():
        return sheets.read_sheet(pasted.encode(), heads=heads)
    message = "Chọn tệp Excel, hoặc dán các ô chép từ Excel."
    raise EntryInvalid([FieldError(pointer="", code="missing", message=message)])


def pack(sheet: Sheet) -> str:
    """Write rows into a field of the page."""
    kept = {
        "rows": [[row.number, dict(row.values)] for row in sheet.rows],
        "columns": dict(sheet.columns),
    }
    return json.dumps(kept, ensure_ascii=False)


def unpack(text: str, heads: Heads) -> Sheet:
    """Take the rows that the page was given; whoever changed them is checked like anybody.

    A row holds only what a column of the list can: never whose record it shall be.

    Raises:
        Conflict: they cannot be read.
    """
    known = {name for _, name in heads}
    try:
        kept = json.loads(text)
        rows = tuple(
            Row(
                number=int(number),
                values={name: str(value) for name, value in values.items() if name in known},
            )
            for number, values in kept["rows"][: sheets.MOST_ROWS]
        )
        columns = {name: str(letter) for name, letter in kept["columns"].items() if name in known}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Conflict("Danh sách gửi lại không đọc được; chọn lại tệp.") from error
    return Sheet(rows=rows, columns=columns, ignored=())
