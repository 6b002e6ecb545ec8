"""What may be put into a form: plain values, pictures, and docxtpl's unbound rich text."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from docxtpl import InlineImage, Listing, RichText, RichTextParagraph

from doc_templates.errors import MergeFailed
from doc_templates.merge.pictures import Picture, PlacedPicture, place

_PLAIN: Final = frozenset({str, int, float, bool})
#: docxtpl's own rich values, which hold text and nothing that is numbered or repaired.
_TEXTS: Final = (RichText, RichTextParagraph, Listing)
#: Where docxtpl keeps its subdocuments; the module wants a package we do without.
_SUBDOCUMENTS: Final = "docxtpl.subdoc"
#: docxtpl's way of writing a brace that is no tag; in a value it would become one.
_BRACES: Final = ("{_{", "}_}", "{_%", "%_}")
_CONTROL: Final = bytes(range(32))
#: A bell is a new paragraph and a form feed a new page, for docxtpl's own rich values.
_RICH_BREAKS: Final = "\a\f"


class Values:
    """The values of one paper, checked by type, with its pictures in their places.

    `is_plain` says that no text among them holds a break, a brace or a strange letter, and
    that there is nothing but text and numbers: what is printed of them needs no second look.
    `has_objects` says that there is more than text and numbers, `has_markup` that some of it
    may bring elements of its own; our own pictures are known and count for neither.
    """

    __slots__ = ("context", "has_markup", "has_objects", "is_plain", "pictures")

    def __init__(
        self, form: str, context: Mapping[str, Any], *, is_strict: bool, with_keys: bool = False
    ) -> None:
        self.pictures: list[PlacedPicture] = []
        self.context: dict[str, Any] = dict(context)
        check = _Check(form, self.context, is_strict=is_strict, with_keys=with_keys)
        texts = check.texts
        for name, value in self.context.items():
            if type(value) is str:
                texts.append(value)
            elif check.needs_place(value):
                self.context[name] = self._placed(value, form)
        self.has_objects = check.has_objects
        self.has_markup = check.has_markup
        self.is_plain = not check.has_objects and is_plain("".join(texts))

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
    """Looks through values by type; gathers their texts, notes whether there is more."""

    __slots__ = ("context", "form", "has_markup", "has_objects", "is_strict", "texts", "with_keys")

    def __init__(
        self, form: str, context: Mapping[str, Any], *, is_strict: bool, with_keys: bool
    ) -> None:
        self.context = context
        self.with_keys = with_keys
        self.has_markup = False
        self.form = form
        self.is_strict = is_strict
        self.texts: list[str] = []
        self.has_objects = False

    def needs_place(self, value: Any) -> bool:
        """Refuse what cannot be printed; tell whether a picture is somewhere in the value."""
        kind = type(value)
        if kind is dict:
            if self.with_keys:
                self.texts.extend(map(str, value))
            inners = value.values()
        elif kind is list or kind is tuple:
            inners = value
        else:
            return self._is_picture(value)
        found = False
        append = self.texts.append
        for inner in inners:
            kind = type(inner)
            if kind is str:
                append(inner)
            elif kind not in _PLAIN and self.needs_place(inner):
                found = True
        return found

    def _is_picture(self, value: Any) -> bool:
        kind = type(value)
        if kind in _PLAIN:
            return False
        if kind is Picture:
            return True
        if isinstance(value, str) and not hasattr(value, "__html__"):
            self.texts.append(value)
            return False
        self.has_objects = True
        if value is not None and not isinstance(value, _TEXTS):
            self.has_markup = True
        if reason := self._why_unfit(value):
            raise refusal(self.form, _find_path(self.context, value), reason)
        return False

    def _why_unfit(self, value: Any) -> str:
        kind = type(value)
        if isinstance(value, InlineImage) or kind.__module__ == _SUBDOCUMENTS:
            return f"giá trị {kind.__name__} gắn với một tài liệu docxtpl; hãy dùng Picture"
        if isinstance(value, RichText) and "r:id=" in value.xml:
            return "đường liên kết trong RichText gắn với tài liệu khác"
        if not self.is_strict:
            return ""
        if value is None:
            return "không có giá trị"
        if isinstance(value, str) and hasattr(value, "__html__"):
            return "giá trị là mã đánh dấu, không phải chữ thường"
        if not isinstance(value, str | int | float | Mapping | list | tuple):
            return f"giá trị kiểu {kind.__name__} không phải dữ liệu thường"
        return ""


def _find_path(value: Any, wanted: Any) -> str:
    """Find where a value stands, once it is refused: a path is not kept for each that passes."""
    inners: Iterable[tuple[str, Any]]
    if type(value) is dict:
        inners = ((f".{name}", inner) for name, inner in value.items())
    elif type(value) in (list, tuple):
        inners = ((f"[{at}]", inner) for at, inner in enumerate(value))
    else:
        return ""
    for step, inner in inners:
        if inner is wanted:
            return step.removeprefix(".")
        if path := _find_path(inner, wanted):
            return step.removeprefix(".") + (path if path.startswith("[") else f".{path}")
    return ""


def is_plain(text: str) -> bool:
    """Tell whether text holds no control character, brace or letter from U+F000 on."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return False
    return not (b"{" in data or b"\xef" in data or len(data.translate(None, _CONTROL)) != len(data))


def has_lines_only(text: str) -> bool:
    """Tell whether all that keeps text from being plain is line breaks and tabs."""
    return is_plain(text.replace("\n", " ").replace("\t", " "))


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
                _check_text(form, str(name), inner_path, is_strict=is_strict)
                check_letters(form, inner, is_strict=is_strict, path=inner_path)
        case list() | tuple():
            for at, inner in enumerate(value):
                check_letters(form, inner, is_strict=is_strict, path=f"{path}[{at}]")


def _check_text(form: str, text: str, path: str, *, is_strict: bool) -> None:
    allowed = "\n\t" if is_strict else f"\n\t\r{_RICH_BREAKS}"
    for letter in "" if text.isprintable() else text:
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
