"""The door: every text that comes in passes here, once.

A value is either taken exactly as it will be printed (normalised to NFC, spaces folded) or
refused with a sentence that says what was found and what to do; nothing is changed beyond
that in silence.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Annotated, Any, ClassVar, Final, get_args

from pydantic import BaseModel, BeforeValidator, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

#: Longest values, in letters. A name beyond 200 is a paste gone wrong; a body of 60,000 is
#: some thirty pages, and what is longer belongs into an annex.
LONGEST_WORD: Final = 60
LONGEST_LINE: Final = 500
LONGEST_ACCOUNT: Final = 10_000
LONGEST_BODY: Final = 60_000
LONGEST_KEY: Final = 64
#: The years that a register can bear; a paper of another year is a slip of the finger.
FIRST_YEAR: Final = 1945
LAST_YEAR: Final = 2999
#: An entry with more faults than a person can put right is no entry at all.
MOST_FAULTS: Final = 1_000

_REFUSED: Final = {
    "Cc": "ký tự điều khiển",
    "Cf": "ký tự ẩn",
    "Cs": "ký tự hỏng",
    "Co": "ký tự dùng riêng",
    "Cn": "ký tự không có trong Unicode",
    "Zl": "dấu ngắt dòng lạ",
    "Zp": "dấu ngắt đoạn lạ",
}
#: Letters that look like a Vietnamese one and are not.
_LOOK_ALIKES: Final = {"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ"}
_SCRIPTS: Final = ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "FULLWIDTH")
_TEMPLATE_MARKS: Final = ("{_{", "}_}", "{_%", "%_}")
_MOST_MARKS: Final = 3
#: What programs put where they could not read a letter.
_LOST_LETTER: Final = "\ufffd"
#: Blanks of other widths, which come with pasted text.
_BLANKS: Final = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldError:
    """One fault of an entry.

    `pointer` is a JSON pointer ("/nominees/3/birth", "" for the whole entry); `code` is
    kebab-case and never changes once released; `message` is a Vietnamese sentence.
    """

    pointer: str
    code: str
    message: str


class EntryInvalid(Exception):
    """An entry cannot be taken; `errors` lists every fault in it."""

    code: ClassVar[str] = "entry-invalid"

    def __init__(self, errors: Sequence[FieldError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(f"{error.pointer}: {error.message}" for error in self.errors))


def clean_line(value: object) -> object:
    """Take one line of text; other types pass on to pydantic's own check."""
    return _clean(value, is_multiline=False, longest=LONGEST_LINE)


def clean_account(value: object) -> object:
    """Take an account of a deed: several lines."""
    return _clean(value, is_multiline=True, longest=LONGEST_ACCOUNT)


def clean_body(value: object) -> object:
    """Take the body of a paper: outline text."""
    return _clean(value, is_multiline=True, longest=LONGEST_BODY)


def clean_key(value: object) -> object:
    """Take a key that another program made: as it is, or not at all."""
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFC", value.strip())
    if not text:
        raise PydanticCustomError("missing", "không được để trống.")
    if len(text) > LONGEST_KEY:
        raise _too_long(len(text), LONGEST_KEY)
    _check_letters(text)
    if "\n" in text or "\t" in text:
        raise PydanticCustomError("letter-refused", "chỉ nhận một dòng chữ; hãy bỏ chỗ ngắt dòng.")
    return text


def read_date(value: object) -> object:
    """Take a date, `2023-03-30`, or the Vietnamese `30/3/2023`; never guess the order.

    A number is no date: it would be taken for seconds since 1970.
    """
    if value is None:
        return None
    if isinstance(value, datetime):
        value = value.date()
    text = value.strip() if isinstance(value, str) else str(value)
    day = value if isinstance(value, date) else None
    if not isinstance(value, str):
        pass
    elif match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text, re.ASCII):
        day = _make_date(match[1], match[2], match[3])
    elif match := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text, re.ASCII):
        day = _make_date(match[3], match[2], match[1])
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise PydanticCustomError(
            "date-wrong",
            "cần một ngày có thật, viết ngày/tháng/năm như 30/3/2023, đang là “{found}”.",
            {"found": text[:40].encode("utf-8", "replace").decode("utf-8")},
        )
    return day


def read_birth(value: object) -> object:
    """Take a date of birth as far as it is known: `1980`, `05/1980` or `02/05/1980`."""
    text = clean_line(value)
    if not isinstance(text, str) or not text:
        return text
    match = re.fullmatch(r"(?:(?:(\d{1,2})/)?(\d{1,2})/)?(\d{4})", text, re.ASCII)
    if match is None or _make_date(match[3], match[2] or "1", match[1] or "1") is None:
        raise PydanticCustomError(
            "birth-wrong",
            "cần năm sinh gồm 4 chữ số (1980), tháng/năm (05/1980) hoặc "
            "ngày/tháng/năm (02/05/1980), đang là “{found}”.",
            {"found": text[:40]},
        )
    return text


def refuse_truth(value: object) -> object:
    """Refuse true and false where a number is asked for; else they would count as 1 and 0."""
    if isinstance(value, bool):
        raise PydanticCustomError("number-expected", "cần một số nguyên, không phải đúng/sai.")
    return value


Line = Annotated[str, BeforeValidator(clean_line)]
Account = Annotated[str, BeforeValidator(clean_account)]
BodyText = Annotated[str, BeforeValidator(clean_body)]
Birth = Annotated[str, BeforeValidator(read_birth)]
Day = Annotated[date, BeforeValidator(read_date)]
Whole = Annotated[int, BeforeValidator(refuse_truth)]


def collect_errors(error: ValidationError, model: type[BaseModel]) -> list[FieldError]:
    """Turn pydantic's report on `model` into Vietnamese sentences, each with its place.

    A field is called by the label that it has at that place: a name is one thing in a
    letterhead, another in a signature, another in a list.
    """
    details = error.errors(include_url=False)[:MOST_FAULTS]
    return [_field_error(detail, model) for detail in details]


def labels_of(model: type[BaseModel]) -> dict[str, str]:
    """Map the names of a model's own fields to their Vietnamese labels."""
    return {name: field.title or name for name, field in model.model_fields.items()}


def pointer_of(location: Sequence[int | str]) -> str:
    """Write a place as a JSON pointer (RFC 6901)."""
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in location)
    return "".join(f"/{step}" for step in steps)


def _field_error(detail: ErrorDetails, model: type[BaseModel]) -> FieldError:
    location = detail["loc"]
    names = [step for step in location if isinstance(step, str)]
    name = names[-1] if names else ""
    siblings = _labels_at(model, names[:-1])
    label = siblings.get(name, name)
    kind = detail["type"]
    if kind == "extra_forbidden":
        message = f"không có mục tên “{name[:80]}”{_nearest(name[:80], siblings)}"
        return FieldError(pointer=pointer_of(location), code="unknown-field", message=message)
    code, sentence = _sentence(kind, detail)
    place = f"“{label}”: " if label else ""
    if numbered := [step for step in location if isinstance(step, int)]:
        place = f"“{label}”, mục thứ {numbered[-1] + 1}: "
    return FieldError(pointer=pointer_of(location), code=code, message=f"{place}{sentence}")


def _labels_at(model: type[BaseModel], names: Sequence[str]) -> dict[str, str]:
    """Give the labels of the fields that stand under these names of fields."""
    inner: type[BaseModel] | None = model
    for name in names:
        field = inner.model_fields.get(name) if inner else None
        inner = _model_in(field.annotation) if field else None
    return labels_of(inner) if inner else {}


def _model_in(annotation: object) -> type[BaseModel] | None:
    """Find the model in a type: itself, of a list, or of what may be left out."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for one in get_args(annotation) if (found := _model_in(one))), None)


def _sentence(kind: str, detail: ErrorDetails) -> tuple[str, str]:
    context: dict[str, Any] = detail.get("ctx", {})
    found = str(detail.get("input"))[:40]
    sentences = {
        "missing": ("missing", "thiếu mục bắt buộc này."),
        "string_type": ("text-expected", f"cần chữ, đang là “{found}”."),
        "int_type": ("number-expected", f"cần một số nguyên, đang là “{found}”."),
        "int_parsing": ("number-expected", f"cần một số nguyên, đang là “{found}”."),
        "date_type": ("date-wrong", f"cần ngày/tháng/năm như 30/3/2023, đang là “{found}”."),
        "string_unicode": ("letter-refused", "có ký tự hỏng; hãy xóa rồi gõ lại."),
        "string_too_long": (
            "text-too-long",
            f"dài quá {context.get('max_length')} chữ; hãy rút ngắn.",
        ),
        "int_from_float": ("number-expected", f"cần một số nguyên, đang là “{found}”."),
        "int_parsing_size": ("number-expected", "cần một số nguyên nhỏ hơn."),
        "finite_number": ("number-expected", f"cần một số nguyên, đang là “{found}”."),
        "bool_type": ("choice-wrong", "chỉ nhận đúng (true) hoặc sai (false)."),
        "bool_parsing": ("choice-wrong", "chỉ nhận đúng (true) hoặc sai (false)."),
        "dict_type": ("table-expected", "cần một nhóm các mục, không phải một giá trị đơn."),
        "list_type": ("list-expected", "cần một danh sách các dòng."),
        "tuple_type": ("list-expected", "cần một danh sách các dòng."),
        "model_type": ("table-expected", "cần một nhóm các mục, không phải một giá trị đơn."),
        "too_short": ("too-few", f"cần ít nhất {context.get('min_length')} dòng."),
        "too_long": ("too-many", f"nhiều quá {context.get('max_length')} dòng."),
        "string_too_short": ("missing", "không được để trống."),
        "greater_than_equal": ("too-small", f"phải từ {context.get('ge')} trở lên."),
        "less_than_equal": ("too-large", f"phải từ {context.get('le')} trở xuống."),
        "enum": (
            "choice-wrong",
            f"chỉ nhận {_choices(context)}; đang là “{found}”.",
        ),
    }
    if kind in sentences:
        return sentences[kind]
    return kind.replace("_", "-"), detail["msg"]


def _choices(context: Mapping[str, Any]) -> str:
    return str(context.get("expected", "")).replace(" or ", " hoặc ").replace("''", "(bỏ trống)")


def _nearest(name: str, labels: Mapping[str, str]) -> str:
    close = get_close_matches(name, labels, n=1)
    return f"; có phải “{close[0]}” ({labels[close[0]]})?" if close else "."


def _make_date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _clean(value: object, *, is_multiline: bool, longest: int) -> object:
    if not isinstance(value, str):
        return value
    if len(value) > longest * 2:
        raise _too_long(len(value), longest)
    text = unicodedata.normalize("NFC", value.removeprefix("\ufeff"))
    # Word writes U+000B for Shift+Enter, Windows CR LF for the end of a line.
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    if not is_multiline:
        text = text.replace("\n", " ").replace("\t", " ")
    _check_letters(text)
    if is_multiline:
        text = "\n".join(_BLANKS.sub(" ", line).rstrip() for line in text.split("\n"))
    else:
        text = _BLANKS.sub(" ", text)
    text = text.strip(" \n")
    if len(text) > longest:
        raise _too_long(len(text), longest)
    _check_words(text)
    return text


def _check_letters(text: str) -> None:
    marks = 0
    for at, letter in enumerate(text):
        if letter in "\n\t":
            continue
        if look := _LOOK_ALIKES.get(letter):
            raise PydanticCustomError(
                "letter-look-alike",
                "chữ “{letter}” ({code}) không phải chữ {meant} tiếng Việt {place}; hãy gõ lại.",
                {"letter": letter, "code": _code(letter), "meant": look, "place": _at(text, at)},
            )
        category = "Cs" if letter == _LOST_LETTER else unicodedata.category(letter)
        if category in _REFUSED:
            raise PydanticCustomError(
                "letter-refused",
                "có {what} {code} {place}; hãy xóa rồi gõ lại chỗ đó.",
                {"what": _REFUSED[category], "code": _code(letter), "place": _at(text, at)},
            )
        if category[0] in "LN":
            script = unicodedata.name(letter, "").split(" ", 1)[0]
            if script in _SCRIPTS:
                raise PydanticCustomError(
                    "letter-look-alike",
                    "chữ “{letter}” ({code}) thuộc bộ chữ khác {place}; hãy gõ lại.",
                    {"letter": letter, "code": _code(letter), "place": _at(text, at)},
                )
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks > _MOST_MARKS:
            raise PydanticCustomError(
                "letter-refused",
                "có quá nhiều dấu chồng lên một chữ {place}; hãy gõ lại.",
                {"place": _at(text, at)},
            )


def _check_words(text: str) -> None:
    for mark in _TEMPLATE_MARKS:
        if mark in text:
            raise PydanticCustomError(
                "letter-refused", "chuỗi “{mark}” không dùng được; hãy bỏ đi.", {"mark": mark}
            )
    for word in text.split():
        if len(word) > LONGEST_WORD and not word.startswith(("http://", "https://")):
            raise PydanticCustomError(
                "word-too-long",
                "có từ dài {count} chữ (“{word}…”), quá {most}; hãy tách ra.",
                {"count": len(word), "word": word[:20], "most": LONGEST_WORD},
            )


def _too_long(found: int, longest: int) -> PydanticCustomError:
    return PydanticCustomError(
        "text-too-long",
        "dài {found} chữ, quá giới hạn {longest}; hãy rút ngắn hoặc chuyển sang phụ lục.",
        {"found": f"{found:,}".replace(",", "."), "longest": f"{longest:,}".replace(",", ".")},
    )


def _at(text: str, at: int) -> str:
    before = " ".join(text[:at].split()[-3:])
    return f"sau “{before[-30:]}”" if before else "ở đầu"


def _code(letter: str) -> str:
    return f"U+{ord(letter):04X}"
