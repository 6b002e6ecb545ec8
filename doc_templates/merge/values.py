"""What may be put into a form: plain values, pictures, and docxtpl's unbound rich text."""

from collections.abc import Mapping
from typing import Any, Final

from docxtpl import InlineImage, RichText

from doc_templates.errors import MergeFailed
from doc_templates.merge.pictures import Picture, PlacedPicture, place

_PLAIN: Final = frozenset({str, int, float, bool})
#: Where docxtpl keeps its subdocuments; the module wants a package we do without.
_SUBDOCUMENTS: Final = "docxtpl.subdoc"
#: docxtpl's way of writing a brace that is no tag; in a value it would become one.
_BRACES: Final = ("{_{", "}_}", "{_%", "%_}")
#: A bell is a new paragraph and a form feed a new page, for docxtpl's own rich values.
_RICH_BREAKS: Final = "\a\f"


class Values:
    """The values of one paper, checked by type, with its pictures in their places."""

    __slots__ = ("context", "pictures")

    def __init__(self, form: str, context: Mapping[str, Any], *, is_strict: bool) -> None:
        self.pictures: list[PlacedPicture] = []
        self.context: dict[str, Any] = dict(context)
        check = _Check(form, is_strict=is_strict)
        for name, value in self.context.items():
            if type(value) not in _PLAIN and check.needs_place(value, name):
                self.context[name] = self._placed(value, form)

    def _placed(self, value: Any, form: str) -> Any:
        """Copy a value with each picture in it replaced by a placed one."""
        match value:
            case Picture():
                try:
                    placed = place(value, len(self.pictures) + 1)
                except ValueError as error:
                    raise refusal(form, "", str(error)) from error
                self.pictures.append(placed)
                return placed
            case dict():
                return {name: self._placed(inner, form) for name, inner in value.items()}
            case list() | tuple():
                return [self._placed(inner, form) for inner in value]
            case _:
                return value


class _Check:
    """Looks through values by type; says whether there is a picture among them."""

    __slots__ = ("form", "is_strict")

    def __init__(self, form: str, *, is_strict: bool) -> None:
        self.form = form
        self.is_strict = is_strict

    def needs_place(self, value: Any, path: str) -> bool:
        """Refuse what cannot be printed; tell whether a picture is somewhere in the value."""
        kind = type(value)
        found = False
        if kind is dict:
            for name, inner in value.items():
                if type(inner) not in _PLAIN and self.needs_place(inner, f"{path}.{name}"):
                    found = True
        elif kind is list or kind is tuple:
            for at, inner in enumerate(value):
                if type(inner) not in _PLAIN and self.needs_place(inner, f"{path}[{at}]"):
                    found = True
        elif kind is Picture:
            return True
        elif isinstance(value, InlineImage) or kind.__module__ == _SUBDOCUMENTS:
            raise refusal(
                self.form,
                path,
                f"giá trị {kind.__name__} gắn với một tài liệu docxtpl; hãy dùng Picture",
            )
        elif isinstance(value, RichText) and "r:id=" in value.xml:
            raise refusal(self.form, path, "đường liên kết trong RichText gắn với tài liệu khác")
        elif self.is_strict:
            self._refuse_strange(value, path)
        return found

    def _refuse_strange(self, value: Any, path: str) -> None:
        if value is None:
            raise refusal(self.form, path, "không có giá trị")
        if isinstance(value, str) and hasattr(value, "__html__"):
            raise refusal(self.form, path, "giá trị là mã đánh dấu, không phải chữ thường")
        if not isinstance(value, str | int | float | Mapping | list | tuple):
            kind = type(value).__name__
            raise refusal(self.form, path, f"giá trị kiểu {kind} không phải dữ liệu thường")


def check_letters(form: str, value: Any, *, is_strict: bool, path: str = "") -> None:
    """Find the value that holds a letter no document can, after one was seen in the output.

    Raises:
        MergeFailed: names the value and the letter.
    """
    match value:
        case str():
            _check_text(form, value, path, is_strict=is_strict)
        case Mapping():
            for name, inner in value.items():
                inner_path = f"{path}.{name}" if path else str(name)
                check_letters(form, inner, is_strict=is_strict, path=inner_path)
        case list() | tuple():
            for at, inner in enumerate(value):
                check_letters(form, inner, is_strict=is_strict, path=f"{path}[{at}]")


def _check_text(form: str, text: str, path: str, *, is_strict: bool) -> None:
    allowed = "\n\t" if is_strict else f"\n\t\r{_RICH_BREAKS}"
    for letter in text:
        if (letter < " " and letter not in allowed) or letter in "\ufffe\uffff":
            code = f"U+{ord(letter):04X}"
            raise refusal(form, path, f"giá trị có ký tự điều khiển {code}, hãy xóa ký tự đó")
        if "\ud800" <= letter <= "\udfff":
            raise refusal(form, path, "giá trị có ký tự hỏng (nửa cặp surrogate)")
    if any(mark in text for mark in _BRACES):
        raise refusal(form, path, "giá trị có chuỗi “{_{” hoặc tương tự mà mẫu dùng riêng")


def refusal(form: str, path: str, reason: str) -> MergeFailed:
    """Make the error that refuses a value."""
    said = f"{path}: {reason}" if path else reason
    return MergeFailed(form=form, part="giá trị", name=path, near="", reason=said)
