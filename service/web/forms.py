"""Forms of papers: which fields a kind of paper has, what stands in them, what is wrong.

Labels and help come from the entries of `service.intake`; a field's name is that of the
paper's value, but for the two that belong to the draft: `issuer` (its body) and `signatory`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

from flask import request
from pydantic_core import PydanticCustomError

from doc_templates import catalogue
from service.intake import documents as intake
from service.intake.fields import FieldError, read_date
from service.intake.papers import PaperEntry
from service.web.showing import print_day
from service.workflow.proposing import Option

#: A body of 60,000 letters is three times as many bytes, and each of them three in a form.
_LARGEST_FORM: Final = 8 * 1024 * 1024


class Control(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    LINES = "lines"
    TEXT = "text"
    DAY = "day"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One field: `value` is what stands in it, `errors` are sentences beside it.

    `rows` is the height of a field of several lines; `options` belong to a choice.
    """

    name: str
    label: str
    control: Control = Control.LINE
    help: str = ""
    rows: int = 1
    is_required: bool = False
    options: tuple[Option, ...] = ()
    value: str = ""
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperForm:
    """The fields of a form in the order of the paper; `errors` are those of no field."""

    fields: tuple[FormField, ...]
    errors: tuple[str, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Tell whether anything is wrong."""
        return bool(self.errors) or any(field.errors for field in self.fields)

    def filled(self, values: Mapping[str, str]) -> "PaperForm":
        """Put values into the fields; a field without one stays as it is."""
        return replace(
            self,
            fields=tuple(
                replace(field, value=values.get(field.name, field.value)) for field in self.fields
            ),
        )

    def offering(self, options: Mapping[str, tuple[Option, ...]]) -> "PaperForm":
        """Give choices their options."""
        return replace(
            self,
            fields=tuple(
                replace(field, options=options.get(field.name, field.options))
                for field in self.fields
            ),
        )

    def faulted(self, faults: Iterable[FieldError]) -> "PaperForm":
        """Put each fault beside its field; what has no field here stands above the form."""
        beside: dict[str, list[str]] = {field.name: [] for field in self.fields}
        above: list[str] = []
        for fault in faults:
            beside.get(_field_of(fault.pointer), above).append(fault.message)
        return PaperForm(
            fields=tuple(replace(field, errors=tuple(beside[field.name])) for field in self.fields),
            errors=tuple(above),
        )


#: The paper's values in the order in which it prints them, each with its control and rows.
_CONTROLS: Final = (
    ("abstract", Control.LINE, 1),
    ("addressees", Control.LINES, 2),
    ("attached_to", Control.LINE, 1),
    ("authority", Control.LINE, 1),
    ("legal_bases", Control.LINES, 4),
    ("body", Control.TEXT, 22),
    ("annex_title", Control.LINE, 1),
    ("recipients", Control.LINES, 4),
    ("archive", Control.LINE, 1),
)
_ONE_PER_LINE: Final = "Mỗi dòng một mục."
_HELP: Final = {
    "body": "Dòng trống ngăn các đoạn; I. / 1. / a) / - ở đầu dòng; **đậm**, *nghiêng*.",
    "issued_on": "Ngày/tháng/năm, ví dụ 30/3/2023. Bỏ trống nếu chưa định ngày.",
}


def form_of(kind: str, *, with_issuer: bool = False) -> PaperForm:
    """Make the empty form of a kind of paper.

    Raises:
        FormUnknown: there is no form for this kind.
    """
    form = catalogue.get_form(kind)
    fields = [
        _field(name, control, rows, is_required=name in form.required)
        for name, control, rows in _CONTROLS
        if name in form.takes
    ]
    if with_issuer:
        label = intake.DraftEntry.model_fields["body"].title or ""
        fields.insert(
            0, FormField(name="issuer", label=label, control=Control.CHOICE, is_required=True)
        )
    label = intake.DraftEntry.model_fields["signatory"].title or ""
    fields.append(
        FormField(name="signatory", label=label, control=Control.CHOICE, is_required=True)
    )
    fields.append(replace(_field("issued_on", Control.DAY, 1), label="Ngày ban hành (dự kiến)"))
    return PaperForm(fields=tuple(fields))


def read_form() -> dict[str, str]:
    """Read what was typed, whole: also a body that is far too long, to say so beside it.

    The letter U+0000, which no database keeps, becomes the mark of a letter that was lost.
    """
    request.max_form_memory_size = _LARGEST_FORM
    return {name: value.replace("\0", "\ufffd") for name, value in request.form.items()}


def paper_of(form: PaperForm, typed: Mapping[str, str]) -> dict[str, Any]:
    """Make the values of a paper from what was typed; an empty date is none.

    A date that cannot be read is handed on as it is, for the intake to refuse.
    """
    paper: dict[str, Any] = {}
    for field in form.fields:
        text = typed.get(field.name, "")
        match field.control:
            case Control.CHOICE:
                continue
            case Control.LINES:
                paper[field.name] = split_lines(text)
            case Control.DAY:
                paper[field.name] = typed_day(text) or text.strip() or None
            case Control.LINE | Control.TEXT:
                paper[field.name] = text if text.strip() else ""
    return paper


def values_of(paper: Mapping[str, Any]) -> dict[str, str]:
    """Write a paper's values as they stand in the fields of its form."""
    values = {}
    for name, value in paper.items():
        if isinstance(value, str):
            values[name] = value
        elif isinstance(value, Sequence) and all(isinstance(one, str) for one in value):
            values[name] = "\n".join(value)
    if day := typed_day(str(paper.get("issued_on", ""))):
        values["issued_on"] = print_day(day)
    return values


def split_lines(text: str) -> list[str]:
    """Split what stands in a field of one line each; empty lines at the end are none."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n ").split("\n")
    return lines if lines != [""] else []


def typed_day(text: str) -> date | None:
    """Read a date as it was typed; `None`: none, or not a real one."""
    try:
        day = read_date(text)
    except PydanticCustomError:
        return None
    return day if isinstance(day, date) else None


def _field(name: str, control: Control, rows: int, *, is_required: bool = False) -> FormField:
    described = PaperEntry.model_fields[name]
    help_ = _HELP.get(name) or described.description or ""
    if control is Control.LINES:
        help_ = f"{_ONE_PER_LINE} {help_}".strip()
    return FormField(
        name=name,
        label=described.title or name,
        control=control,
        help=help_,
        rows=rows,
        is_required=is_required,
    )


def _field_of(pointer: str) -> str:
    """Tell which field a pointer speaks of: “/paper/addressees/1” → addressees."""
    first, _, rest = pointer.removeprefix("/").partition("/")
    if first == "paper":
        return rest.partition("/")[0]
    return {"body": "issuer"}.get(first, first)
