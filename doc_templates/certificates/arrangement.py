"""Where each line of a certificate stands: slots in millimetres, kept in a TOML file.

An office keeps one for each of its stocks; the default is A4 lying with the lines in the order
and the colours of Nghị định 98/2023/NĐ-CP, Điều 104 (which leaves sizes to the authority).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, Final

from doc_templates.certificates.values import LABELS
from doc_templates.errors import ArrangementInvalid

#: Sizes of letters that a certificate can bear, in points.
LEAST_SIZE: Final = 6.0
MOST_SIZE: Final = 96.0
#: A3 lying and a little more: larger is a slip of the finger.
_MOST_MM: Final = 450.0


class Align(StrEnum):
    """Where the lines of a slot stand across it."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A rectangle for one text, in mm from the upper left corner of the sheet.

    Letters are `size` points high, less where the text is long, never below `least`; no more
    lines than `most_lines`. `is_on_stock`: a pre-printed stock bears it already. `gap` (mm)
    lifts a rule as long as the text below the last line, 0 for none.
    """

    name: str
    x: float
    y: float
    width: float
    height: float
    size: float
    least: float
    most_lines: int = 1
    align: Align = Align.CENTER
    is_bold: bool = False
    is_italic: bool = False
    color: str = "000000"
    is_on_stock: bool = False
    gap: float = 0.0

    @property
    def label(self) -> str:
        """What a clerk calls it."""
        return LABELS[self.name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A rectangle in mm that holds no text: emblem, signature, seal."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The border of a sheet printed in full: its distance from the edge (mm) and its colour."""

    inset: float
    color: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """A sheet: its size in mm, its slots in the order of drawing, places without text.

    `shift_x` and `shift_y` (mm) move all text, as a printer needs. `basis` is what it rests on.
    """

    title: str
    basis: str
    width: float
    height: float
    slots: tuple[Slot, ...]
    emblem: Place | None = None
    signature: Place | None = None
    frame: Frame | None = None
    shift_x: float = 0.0
    shift_y: float = 0.0

    def shifted(self, x: float, y: float) -> "Arrangement":
        """Move all text by so many mm, on top of the shift it has."""
        return replace(self, shift_x=self.shift_x + x, shift_y=self.shift_y + y)


@cache
def default_arrangement() -> Arrangement:
    """Give the sheet for those who have none of their own."""
    return read(default_text())


def default_text() -> str:
    """Give the file of the default sheet, to be copied and changed."""
    file = resources.files("doc_templates.certificates") / "a4.toml"
    return file.read_text(encoding="utf-8")


def read(text: str) -> Arrangement:
    """Read a sheet from its TOML file.

    Raises:
        ArrangementInvalid: every fault of the file, each with its place.
    """
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ArrangementInvalid([f"Tệp không đúng cú pháp TOML: {error}."]) from error
    return _Reader(given).read()


class _Reader:
    """Reads one file and gathers its faults."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = given
        self._faults: list[str] = []

    def read(self) -> Arrangement:
        """Give the sheet."""
        given = self._given
        self._check_names(given, "", _SHEET)
        page = self._table(given, "page")
        self._check_names(page, "page", {"width", "height"})
        width = self._length(page, "page", "width", least=50.0)
        height = self._length(page, "page", "height", least=50.0)
        listed = given.get("slots", [])
        slots = tuple(
            self._slot(one, f"slots[{number}]", width, height)
            for number, one in enumerate(listed if isinstance(listed, list) else [], start=1)
            if self._is_table(one, f"slots[{number}]")
        )
        if not slots:
            self._faults.append("Mục “slots”: cần ít nhất một ô chữ.")
        self._check_twice(slots)
        shift = self._table(given, "shift")
        made = Arrangement(
            title=self._text(given, "", "title"),
            basis=self._text(given, "", "basis"),
            width=width,
            height=height,
            slots=slots,
            emblem=self._place("emblem", width, height),
            signature=self._place("signature", width, height),
            frame=self._frame(),
            shift_x=self._number(shift, "shift", "x", 0.0, -50.0, 50.0),
            shift_y=self._number(shift, "shift", "y", 0.0, -50.0, 50.0),
        )
        if self._faults:
            raise ArrangementInvalid(self._faults)
        return made

    def _slot(self, one: Mapping[str, Any], at: str, width: float, height: float) -> Slot:
        self._check_names(one, at, _SLOT)
        name = self._text(one, at, "name")
        if name not in LABELS:
            known = ", ".join(LABELS)
            self._faults.append(
                f"Mục “{at}.name”: không có ô tên “{name}”; chọn một trong {known}."
            )
            name = "recipient"
        else:
            at = f"{at} {name}"
        place = self._rectangle(one, at, width, height)
        size = self._number(one, at, "size", 14.0, LEAST_SIZE, MOST_SIZE)
        least = self._number(one, at, "least", size, LEAST_SIZE, MOST_SIZE)
        if least > size:
            self._faults.append(f"Mục “{at}.least”: cỡ nhỏ nhất {least:g} lớn hơn cỡ chữ {size:g}.")
        align = one.get("align", "center")
        if align not in set(Align):
            self._faults.append(
                f"Mục “{at}.align”: cần left, center hoặc right, đang là “{align}”."
            )
            align = "center"
        return Slot(
            name=name,
            x=place.x,
            y=place.y,
            width=place.width,
            height=place.height,
            size=size,
            least=least,
            most_lines=round(self._number(one, at, "most_lines", 1, 1, 12)),
            align=Align(align),
            is_bold=self._truth(one, at, "bold"),
            is_italic=self._truth(one, at, "italic"),
            color=self._color(one, at),
            is_on_stock=self._truth(one, at, "on_stock"),
            gap=self._number(one, at, "gap", 0.0, 0.0, 20.0),
        )

    def _place(self, name: str, width: float, height: float) -> Place | None:
        if name not in self._given:
            return None
        one = self._table(self._given, name)
        self._check_names(one, name, _RECTANGLE)
        return self._rectangle(one, name, width, height)

    def _frame(self) -> Frame | None:
        if "frame" not in self._given:
            return None
        one = self._table(self._given, "frame")
        self._check_names(one, "frame", {"inset", "color"})
        return Frame(
            inset=self._number(one, "frame", "inset", 10.0, 3.0, 40.0),
            color=self._color(one, "frame"),
        )

    def _rectangle(self, one: Mapping[str, Any], at: str, width: float, height: float) -> Place:
        x = self._length(one, at, "x")
        y = self._length(one, at, "y")
        wide = self._length(one, at, "width", least=3.0)
        high = self._length(one, at, "height", least=2.0)
        if width and x + wide > width + 0.01:
            self._faults.append(
                f"Mục “{at}”: mép phải ở {x + wide:g} mm, ra ngoài khổ giấy rộng {width:g} mm."
            )
        if height and y + high > height + 0.01:
            self._faults.append(
                f"Mục “{at}”: mép dưới ở {y + high:g} mm, ra ngoài khổ giấy cao {height:g} mm."
            )
        return Place(x=x, y=y, width=wide, height=high)

    def _check_names(self, given: Mapping[str, Any], at: str, known: set[str]) -> None:
        for name in given:
            if name not in known:
                place = f"{at}.{name}" if at else name
                self._faults.append(f"Mục “{place}”: không có mục tên này.")

    def _check_twice(self, slots: tuple[Slot, ...]) -> None:
        names = [slot.name for slot in slots]
        for name in dict.fromkeys(one for one in names if names.count(one) > 1):
            self._faults.append(f"Mục “slots”: ô “{name}” có {names.count(name)} lần; cần một lần.")

    def _is_table(self, one: object, at: str) -> bool:
        if isinstance(one, dict):
            return True
        self._faults.append(f"Mục “{at}”: cần một nhóm các mục.")
        return False

    def _table(self, given: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        one = given.get(name, {})
        return one if self._is_table(one, name) else {}

    def _text(self, given: Mapping[str, Any], at: str, name: str) -> str:
        found = given.get(name, "")
        if isinstance(found, str):
            return found
        self._faults.append(f"Mục “{at}{'.' if at else ''}{name}”: cần chữ, đang là {found!r}.")
        return ""

    def _truth(self, given: Mapping[str, Any], at: str, name: str) -> bool:
        found = given.get(name, False)
        if isinstance(found, bool):
            return found
        self._faults.append(f"Mục “{at}.{name}”: cần true hoặc false, đang là {found!r}.")
        return False

    def _color(self, given: Mapping[str, Any], at: str) -> str:
        found = given.get("color", "000000")
        is_hex = isinstance(found, str) and len(found) == 6
        if is_hex and all(sign in "0123456789abcdefABCDEF" for sign in found):
            return str(found).upper()
        self._faults.append(
            f"Mục “{at}.color”: cần sáu chữ số hệ 16 như C00000, đang là {found!r}."
        )
        return "000000"

    def _length(self, given: Mapping[str, Any], at: str, name: str, least: float = 0.0) -> float:
        return self._number(given, at, name, None, least, _MOST_MM)

    def _number(
        self,
        given: Mapping[str, Any],
        at: str,
        name: str,
        default: float | None,
        least: float,
        most: float,
    ) -> float:
        found = given.get(name, default)
        if found is None:
            self._faults.append(f"Mục “{at}.{name}”: thiếu.")
            return 0.0
        if isinstance(found, bool) or not isinstance(found, int | float):
            self._faults.append(f"Mục “{at}.{name}”: cần một số, đang là {found!r}.")
            return default or 0.0
        if not least <= found <= most:
            self._faults.append(
                f"Mục “{at}.{name}”: cần từ {least:g} đến {most:g}, đang là {found:g}."
            )
            return default or 0.0
        return float(found)


_RECTANGLE: Final = {"x", "y", "width", "height"}
_SLOT: Final = _RECTANGLE | {
    "name",
    "size",
    "least",
    "most_lines",
    "align",
    "bold",
    "italic",
    "color",
    "on_stock",
    "gap",
}
_SHEET: Final = {"title", "basis", "page", "slots", "emblem", "signature", "frame", "shift"}
