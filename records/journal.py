"""The numbers given, written to another disk before they are kept, so that none is given twice.

A database that is restored from an older copy has forgotten its last numbers; they stand on
paper all the same. The journal remembers them: one line of JSON for each, without any name.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from records.errors import StoreUnavailable
from records.trouble import reason_of_file
from records.turns import turn_on

_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One number that was about to be given: of which book, to which paper."""

    body: str
    series: str
    number: int
    kind: str
    symbol: str
    issued_on: date
    sha256: str


class Journal:
    """The file of the journal; it is made when it is first written."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, given: Given) -> None:
        """Write a line and wait until the disk has it.

        Raises:
            StoreUnavailable: the disk is full or away; no number may be given then.
        """
        line = json.dumps({**asdict(given), "issued_on": given.issued_on.isoformat()})
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with (
                turn_on(self.path.with_name(f"{self.path.name}.lock"), seconds=_SECONDS),
                self.path.open("ab") as opened,
            ):
                opened.write(line.encode() + b"\n")
                opened.flush()
                os.fsync(opened.fileno())
        except OSError as error:
            raise StoreUnavailable(reason_of_file(error)) from error

    def read(self) -> list[Given]:
        """Give the last line of each number, in the order of books and numbers.

        A number whose transaction failed was given again later: the later line holds. A line cut
        short by a power cut is the last, and is left out.
        """
        found: dict[tuple[str, str, int, int], Given] = {}
        for raw in self._lines():
            given = Given(**{**raw, "issued_on": date.fromisoformat(raw["issued_on"])})
            found[given.body, given.series, given.issued_on.year, given.number] = given
        return [found[key] for key in sorted(found)]

    def _lines(self) -> Iterator[dict[str, Any]]:
        if not self.path.is_file():
            return
        for line in self.path.read_bytes().splitlines():
            try:
                yield json.loads(line)
            except ValueError:
                continue
