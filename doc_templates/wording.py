"""The language of official papers: dates, counts, names, punctuation of lists.

Plain functions from values to text; nothing here knows a page or a file.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from doc_templates import decree30
from doc_templates.paper import NUMBER_MARK

NBSP: Final = "\u00a0"

#: A quoted name of more words than this may be broken over lines.
_HELD_WORDS: Final = 5

_DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS: Final = ("", " nghìn", " triệu", " tỷ")

#: First words of a body's name that are one word in sense; only their first letter is large.
_BODIES: Final = (
    "ủy ban nhân dân",
    "hội đồng nhân dân",
    "hội đồng",
    "văn phòng",
    "trung tâm",
    "thanh tra",
    "công an",
    "ban quản lý",
)
#: Levels of schools; what follows them is a proper name.
_SCHOOLS: Final = ("mầm non", "tiểu học", "trung học cơ sở", "trung học phổ thông")
#: Words for kinds of places, small before a proper name; “xã hội”, “tỉnh ủy” are no places.
_PLACE: Final = re.compile(
    r"(?:^|(?<= ))(thành phố|thị xã|thị trấn|đặc khu|phường|quận|huyện|tỉnh|xã) (?!hội\b|ủy\b)"
)
#: Where a new part of a body's field of work begins.
_JOINT: Final = re.compile(r"( - |, | và )")


def print_date(day: date) -> str:
    """Print a date in words, as under Quốc hiệu: `ngày 05 tháng 01 năm 2026`.

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.4.
    """
    return f"ngày {day.day:02d} tháng {_month(day.month)} năm {day.year}"


def print_date_gap(year: int) -> str:
    """Print a date that is still to be written in by hand."""
    gap = decree30.DATE_GAP
    return f"ngày{gap}tháng{gap}năm {year}"


def print_short_date(day: date) -> str:
    """Print a date as references do: `16/3/2023`, `07/3/2017`, `16/01/2018`."""
    return f"{day.day:02d}/{_month(day.month)}/{day.year}"


def _month(month: int) -> str:
    return f"{month:02d}" if month in decree30.PADDED_MONTHS else str(month)


def print_count(count: int) -> str:
    """Print how many there are: a leading zero below 10, points between thousands."""
    if 0 <= count < 10:
        return f"{count:02d}"
    return f"{count:,}".replace(",", ".")


def print_money(amount: int) -> str:
    """Print an amount of đồng: `760.000 đồng`."""
    return f"{amount:,}".replace(",", ".") + " đồng"


def number_in_words(number: int) -> str:
    """Say a whole number from 0 to 999 tỷ in words: 1.205 → `một nghìn hai trăm linh năm`.

    Raises:
        ValueError: the number is negative or has more than twelve digits.
    """
    if not 0 <= number < 10**12:
        raise ValueError(f"expected 0 to 999 999 999 999, got {number}")
    if number == 0:
        return _DIGITS[0]
    groups = []
    rest = number
    while rest:
        groups.append(rest % 1000)
        rest //= 1000
    words = [
        _three_digits(group, is_first=index == len(groups) - 1) + _GROUPS[index]
        for index, group in reversed(list(enumerate(groups)))
        if group
    ]
    return " ".join(words)


def _three_digits(group: int, *, is_first: bool) -> str:
    hundreds, tens, units = group // 100, group // 10 % 10, group % 10
    words = []
    if hundreds or not is_first:
        words.append(f"{_DIGITS[hundreds]} trăm")
    if tens > 1:
        words.append(f"{_DIGITS[tens]} mươi")
    elif tens == 1:
        words.append("mười")
    elif units and words:
        words.append("linh")
    if units == 1 and tens > 1:
        words.append("mốt")
    elif units == 5 and tens:
        words.append("lăm")
    elif units:
        words.append(_DIGITS[units])
    return " ".join(words)


def money_in_words(amount: int) -> str:
    """Say an amount of đồng in words, beginning with a capital."""
    words = number_in_words(amount)
    return f"{words[0].upper()}{words[1:]} đồng"


def close_lines(lines: Sequence[str]) -> tuple[str, ...]:
    """Close the lines of a dashed list: `;` after each, `.` after the last.

    Whatever stop the clerk typed is replaced; a line that is empty is left out.

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.9.
    """
    bare = list(filter(None, map(strip_stop, lines)))
    return tuple(f"{line}{';' if at < len(bare) else '.'}" for at, line in enumerate(bare, start=1))


def chain_lines(lines: Sequence[str]) -> tuple[str, ...]:
    """Chain lines that lead over to the text below: `;` after each, the last one too.

    So stand the bases of a Kế hoạch or a Công văn, whose first sentence goes on from them.
    """
    return tuple(f"{strip_stop(line)};" for line in lines if strip_stop(line))


def strip_stop(line: str) -> str:
    """Take the dash before a line and the stop after it away, an end mark `./.` too."""
    bare = re.sub(r"^[\s\-–—•]+", "", line)
    return re.sub(r"(?:[\s;.,]|(?<=\.)/)+$", "", bare)


def join_names(names: Sequence[str]) -> str:
    """Join names in a sentence: `A`, `A và B`, `A, B và C`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} và {names[-1]}"


def name_in_sentence(lines: Sequence[str]) -> str:
    """Write a body's name, printed in capitals on lines, as it stands within a sentence.

    `ỦY BAN NHÂN DÂN` / `HUYỆN GIA LÂM` → `Ủy ban nhân dân huyện Gia Lâm`. Capitals do not
    tell a proper name from a common word, so a record that knows the name is better.

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục II, mục II and III.
    """
    name = " ".join(" ".join(lines).lower().replace("uỷ", "ủy").split())
    place = _PLACE.search(name)
    if place is None:
        return _body_in_sentence(name)
    body = _body_in_sentence(name[: place.start()].strip())
    return f"{body} {_place_in_sentence(name[place.start() :])}".strip()


def _body_in_sentence(name: str) -> str:
    first = next((body for body in _BODIES if f"{name} ".startswith(f"{body} ")), "")
    first = first or name.partition(" ")[0]
    rest = name[len(first) :].strip()
    for school in _SCHOOLS:
        if first == "trường" and rest.startswith(f"{school} "):
            return f"Trường {_capital(school)} {_capitals(rest[len(school) :])}"
    field_of_work = "".join(_capital(part) for part in _JOINT.split(rest))
    return f"{_capital(first)} {field_of_work}".strip()


def _place_in_sentence(name: str) -> str:
    """Write places after their kind; a place with a number has its kind in capitals too."""
    _, *steps = _PLACE.split(name)
    places = []
    for kind, proper in zip(steps[::2], steps[1::2], strict=True):
        is_named_so = proper.strip().isdigit() or proper.strip() == "hồ chí minh"
        places.append(f"{_capital(kind) if is_named_so else kind} {_capitals(proper)}")
    return " ".join(places)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _capitals(text: str) -> str:
    return " ".join(_capital(word) for word in text.split())


def keep_together(text: str) -> str:
    """Put a non-breaking space where a line must not break: before a figure of a reference.

    A number that is still to come counts as a figure: the same breaks, with or without it.
    """
    return re.sub(rf"\b(ngày|tháng|năm|Điều|khoản|số) (?=[\d{NUMBER_MARK[0]}])", rf"\1{NBSP}", text)


def hold_quotes(text: str) -> str:
    """Hold the words of a short quoted name together, as in “Người tốt, việc tốt”."""
    return re.sub(
        r"“[^”]*”",
        lambda quoted: (
            quoted[0].replace(" ", NBSP) if quoted[0].count(" ") < _HELD_WORDS else quoted[0]
        ),
        text,
    )


def lower_first(text: str) -> str:
    """Make the first letter small unless the word is an abbreviation in capitals."""
    first = text.split(" ", 1)[0]
    if len(first) > 1 and first.isupper():
        return text
    return text[:1].lower() + text[1:]
