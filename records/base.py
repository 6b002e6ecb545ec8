"""The ground all tables stand on: base class, column types, search keys, partial dates."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar, TypeAlias

from sqlalchemy import Date, Dialect, Enum, Integer, MetaData, String, Text, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column
from sqlalchemy.types import JSON, DateTime, TypeDecorator

JsonObject: TypeAlias = dict[str, Any]
"""A JSON object whose shape belongs to somebody else (a form's paper, an act's detail)."""

CONSTRAINT_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

NEVER_REUSES_IDS = {"sqlite_autoincrement": True}
"""Table option: the id of a deleted row is not given out again, so old links stay true."""


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept and given back in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn any aware moment into UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give UTC back, also where the database keeps no zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which the month or the day may be unknown (`None`)."""

    year: int
    month: int | None = None
    day: int | None = None

    _PATTERNS: ClassVar[tuple[re.Pattern[str], ...]] = (
        re.compile(r"(?:(?:(?P<day>\d{1,2})[/.-])?(?P<month>\d{1,2})[/.-])?(?P<year>\d{4})"),
        re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})(?:-(?P<day>\d{2}))?"),
    )

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("Ngày cần có tháng đi kèm.")
        month = 1 if self.month is None else self.month
        date(self.year, month, 1 if self.day is None else self.day)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read “1980”, “05/1980”, “02/05/1980” or the ISO forms of the same.

        Raises:
            ValueError: with a Vietnamese sentence, when `text` is none of these or no real day.
        """
        written = text.strip()
        for pattern in cls._PATTERNS:
            found = pattern.fullmatch(written)
            if found:
                parts = {name: int(value) for name, value in found.groupdict().items() if value}
                try:
                    return cls(**parts)
                except ValueError:
                    break
        raise ValueError(
            "Cần năm (1980), tháng/năm (05/1980) hoặc ngày/tháng/năm (02/05/1980) có thật, "
            f"đang là “{written[:40]}”."
        )

    @property
    def iso(self) -> str:
        """The form in which it is stored: 1980, 1980-05, 1980-05-02."""
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def first_day(self) -> date:
        """The earliest day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The latest day it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def __str__(self) -> str:
        """Write it as people do: 1980, 5/1980, 02/5/1980, 16/01/1980.

        Days below 10 and the months 1 and 2 take a leading zero.
        Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.4.
        """
        if self.month is None:
            return f"{self.year:04d}"
        month = f"{self.month:02d}" if self.month < 3 else str(self.month)
        if self.day is None:
            return f"{month}/{self.year:04d}"
        return f"{self.day:02d}/{month}/{self.year:04d}"


class PartialDay(TypeDecorator[PartialDate]):
    """A `PartialDate`, kept as ISO text that sorts by time."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: PartialDate | None, dialect: Dialect) -> str | None:
        """Write the ISO form."""
        return None if value is None else value.iso

    def process_result_value(self, value: str | None, dialect: Dialect) -> PartialDate | None:
        """Read the ISO form."""
        return None if value is None else PartialDate.parse(value)


Id = Annotated[int, mapped_column(Integer, primary_key=True)]
Key = Annotated[str, mapped_column(String(64))]
"""A short word for machines: a slug, a series, a form's name, an actor."""
Hash = Annotated[str, mapped_column(String(64))]
"""A SHA-256 as 64 lower-case hexadecimal digits."""
SearchKey = Annotated[str, mapped_column(Text, index=True)]
"""What `fold` makes of a name."""


class Model(DeclarativeBase):
    """The base of all tables; text is unlimited here, its limits are the intake's."""

    metadata = MetaData(naming_convention=CONSTRAINT_NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text,
        date: Date,
        datetime: Moment,
        PartialDate: PartialDay,
        JsonObject: JSON,
        list[str]: JSON,
        dict[str, str]: JSON,
    }


def choice(members: type[StrEnum]) -> Enum:
    """Make the column type of a closed set: its values as text, kept by a CHECK."""
    return Enum(
        members,
        name=re.sub(r"(?<!^)(?=[A-Z])", "_", members.__name__).lower(),
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda listed: [member.value for member in listed],
    )


_LETTERS = str.maketrans({"đ": "d", "ð": "d", "’": "'", "ʼ": "'", "‘": "'", "`": "'"})


def fold(text: str) -> str:
    """Make the search key of a name: lower case, đ→d, no accents, single spaces.

    Folding a second time changes nothing. “Ð” (U+00D0), which looks like “Đ”, folds alike.
    """
    lowered = unicodedata.normalize("NFC", text).lower().translate(_LETTERS)
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFD", lowered)
        if unicodedata.category(letter) != "Mn"
    )
    return " ".join(unicodedata.normalize("NFC", bare).translate(_LETTERS).split())


def insert_if_absent(session: Session, table: type[Model], values: Mapping[str, object]) -> None:
    """Insert a row unless one with the same unique key stands there; never fails on a race."""
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    session.execute(insert(table).values(**values).on_conflict_do_nothing())


@contextmanager
def writing(session: Session, *rows: Model) -> Iterator[None]:
    """Let the one function that may change these guarded rows do so, and flush at the end.

    Outside such a block the modules' listeners refuse the same change.
    """
    writable: set[int] = session.info.setdefault("records.writable", set())
    added = {id(row) for row in rows} - writable
    writable |= added
    try:
        yield
        session.flush()
    finally:
        writable -= added


def is_being_written(session: Session, row: Model) -> bool:
    """Tell whether `row` is inside a `writing` block of its own module."""
    return id(row) in session.info.get("records.writable", ())


def changed_columns(row: Model) -> dict[str, object]:
    """Give the columns about to be changed, each with the value it had before."""
    before: dict[str, object] = {}
    for attribute in inspect(row).attrs:
        history = attribute.history
        if history.has_changes():
            before[attribute.key] = history.deleted[0] if history.deleted else None
    return before
