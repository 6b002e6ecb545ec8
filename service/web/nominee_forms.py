"""The form of a nominee: its fields from the entries of the intake, and what stands in them."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from records.nominations import Nomination
from service.intake.nominations import AmendmentEntry
from service.web.forms import Control, FormField, PaperForm, split_lines
from service.workflow.proposing import Option

_CONTROLS: Final = {
    "deed": (Control.TEXT, 5),
    "summary": (Control.TEXT, 2),
    "past_awards": (Control.LINES, 2),
    "birth": (Control.DAY, 1),
    "deed_on": (Control.DAY, 1),
}
_QUESTIONS: Final = ("assigned_duty", "own_benefit", "helps_others", "law_abiding")
_ANSWERS: Final = (
    Option(key="", label="chưa trả lời"),
    Option(key="yes", label="Có"),
    Option(key="no", label="Không"),
)
_TRUTH: Final = {"yes": True, "no": False}
_HELP: Final = {
    "birth": "1980, 05/1980 hoặc 02/05/1980",
    "deed": "Kể rõ: ai, lúc nào, ở đâu, làm gì, kết quả ra sao.",
    "summary": "Một câu, in ở danh sách; bỏ trống thì lấy lời kể ở trên.",
    "past_awards": "Mỗi dòng một hình thức.",
}
_NUMBER: Final = "identity_number"


def form_of(*, only: Collection[str] = (), has_number: bool = False) -> PaperForm:
    """Make the form of a nominee; `only` are the fields that may be changed, none: all.

    `has_number` says that an identity number is kept: it is not shown, and stays when its
    field is left empty.
    """
    fields = []
    for name, described in AmendmentEntry.model_fields.items():
        if only and name not in only:
            continue
        control, rows = _CONTROLS.get(name, (Control.LINE, 1))
        help_ = _HELP.get(name, "")
        if name == _NUMBER:
            help_ = "9 hoặc 12 chữ số; chỉ dùng để tìm trùng, không in ra."
            help_ += " Đã lưu một số; bỏ trống là giữ nguyên." if has_number else ""
        fields.append(
            FormField(
                name=name,
                label=described.title or name,
                control=Control.CHOICE if name in _QUESTIONS else control,
                rows=rows,
                help=help_,
                is_required=name in ("name", "deed"),
                options=_ANSWERS if name in _QUESTIONS else (),
            )
        )
    return PaperForm(fields=tuple(fields))


def values_of(line: Nomination) -> dict[str, str]:
    """Write what is kept of a nominee as it stands in the fields; never an identity number."""
    duty = None if line.beyond_duty is None else not line.beyond_duty
    gain = None if line.not_for_own_gain is None else not line.not_for_own_gain
    return {
        "name": line.name,
        "honorific": line.honorific,
        "birth": str(line.birth or ""),
        "gender": line.gender,
        "post": line.post,
        "unit": line.unit_name,
        "residence": line.residence,
        "deed": line.deed,
        "summary": line.summary,
        "deed_on": str(line.deed_on or ""),
        "past_awards": "\n".join(line.past_awards),
        "assigned_duty": _answer(duty),
        "own_benefit": _answer(gain),
        "helps_others": _answer(line.helps_others),
        "law_abiding": _answer(line.law_abiding),
    }


def said(form: PaperForm, typed: Mapping[str, str]) -> dict[str, Any]:
    """Give what was typed of the nominee as an entry takes it; a number left empty is not said."""
    raw: dict[str, Any] = {}
    for field in form.fields:
        if field.name not in AmendmentEntry.model_fields or field.name not in typed:
            continue
        text = typed[field.name]
        if field.name in _QUESTIONS:
            raw[field.name] = _TRUTH.get(text)
        elif field.control is Control.LINES:
            raw[field.name] = [line for line in split_lines(text) if line.strip()]
        elif field.name != _NUMBER or text.strip():
            raw[field.name] = text
    return raw


def changed(raw: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """Keep what is said otherwise than before."""
    return {name: value for name, value in raw.items() if before.get(name) != value}


def _answer(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"
