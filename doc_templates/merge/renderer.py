"""Fills a compiled template: docxtpl behind one door, made strict and repeatable.

docxtpl mends damaged XML in silence, prints nothing for a missing value and stamps the
clock into the file. Here damage and missing values are errors with a place, and equal input
gives equal bytes.
"""

import io
import re
from collections.abc import Mapping
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Environment
from jinja2.exceptions import TemplateError
from lxml import etree

from doc_templates.errors import MergeFailed
from doc_templates.merge import archive, parts
from doc_templates.merge.compiler import CompiledForm
from doc_templates.merge.environment import ValueMissingError, make_environment

_NEAR_LETTERS = 60
_BETWEEN_TAGS = re.compile(r"<[^>]*>")
#: What a filter or docxtpl raises when a value is not of the kind it works on.
_MISUSED = (TypeError, ValueError, KeyError, AttributeError, OverflowError, SyntaxError)


def render(form: CompiledForm, context: Mapping[str, Any]) -> bytes:
    """Fill a form with plain values: text, numbers, booleans, lists and mappings of them.

    Values are printed exactly as they are; nothing in them is taken for markup or for a
    placeholder. Each call works on a document of its own, so threads may share a form.

    Raises:
        MergeFailed: a value is missing or is not text that a document can hold; names the
            placeholder, the part and the nearest text.
    """
    _check_values(form, context, "")
    document = _StrictTemplate(form)
    document.render(dict(context), make_environment())
    buffer = io.BytesIO()
    document.save(buffer)
    return archive.write_members(archive.read_members(buffer.getvalue()))


class _StrictTemplate(DocxTemplate):  # type: ignore[misc]  # docxtpl is untyped
    """docxtpl that refuses what it would otherwise lose in silence."""

    def __init__(self, form: CompiledForm) -> None:
        super().__init__(io.BytesIO(form.docx))
        self.form = form

    def render_xml_part(
        self, src_xml: str, part: Any, context: dict[str, Any], jinja_env: Environment
    ) -> str:
        """Render one part; an error says which, and near which text."""
        label = parts.part_label(str(part.partname).lstrip("/"))
        try:
            return str(super().render_xml_part(src_xml, part, context, jinja_env))
        except ValueMissingError as error:
            name, near = _nearest(src_xml, error.name, context)
            raise self._failure(label, name, near, ValueMissingError(name)) from error
        except TemplateError as error:
            near = " ".join(getattr(error, "docx_context", ())).strip()[:_NEAR_LETTERS]
            raise self._failure(label, "", near, error) from error
        except _MISUSED as error:
            raise self._failure(label, "", "", error) from error

    def fix_tables(self, xml: str) -> Any:
        """Parse strictly before docxtpl parses with recovery, which drops text."""
        try:
            etree.fromstring(xml)
            return super().fix_tables(xml)
        except (etree.XMLSyntaxError, *_MISUSED) as error:
            raise self._failure("thân văn bản", "", "", error) from error

    def render_properties(self, context: object, jinja_env: object = None) -> None:
        """Leave the file's properties alone: a template with tags in them is refused."""

    def render_footnotes(self, context: object, jinja_env: object = None) -> None:
        """Leave footnotes alone: docxtpl would fill them once a section, values and all."""

    def _failure(self, part: str, name: str, near: str, error: Exception) -> MergeFailed:
        return MergeFailed(form=self.form.name, part=part, name=name, near=near, reason=str(error))


def _nearest(src_xml: str, name: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """Find the placeholder that ends in `name` and has no value.

    Returns:
        Its full name, and the text that leads to it.
    """
    text = " ".join(_BETWEEN_TAGS.sub(" ", src_xml).split())
    for placeholder in re.finditer(r"\{[{%].*?[%}]\}", text):
        found = re.search(rf"\b(?:\w+\.)*{re.escape(name)}\b", placeholder[0])
        if found and not _has_value(context, found[0]):
            end = placeholder.end()
            return found[0], text[max(0, end - _NEAR_LETTERS) : end].strip()
    return name, ""


def _has_value(context: Mapping[str, Any], path: str) -> bool:
    place: Any = context
    for step in path.split("."):
        if not isinstance(place, Mapping) or step not in place:
            return False
        place = place[step]
    return True


def _check_values(form: CompiledForm, value: object, path: str) -> None:
    """Refuse what is not plain, and characters that XML cannot hold."""
    match value:
        case str() if hasattr(value, "__html__"):
            _refuse(form, path, "giá trị là mã đánh dấu, không phải chữ thường")
        case str():
            for letter in value:
                if (letter < " " and letter not in "\n\t") or letter in "\ufffe\uffff":
                    code = f"U+{ord(letter):04X}"
                    _refuse(form, path, f"giá trị có ký tự điều khiển {code}, hãy xóa ký tự đó")
                if "\ud800" <= letter <= "\udfff":
                    _refuse(form, path, "giá trị có ký tự hỏng (nửa cặp surrogate)")
            if any(mark in value for mark in ("{_{", "}_}", "{_%", "%_}")):
                _refuse(form, path, "giá trị có chuỗi “{_{” hoặc tương tự mà mẫu dùng riêng")
        case None:
            _refuse(form, path, "không có giá trị")
        case bool() | int() | float():
            return
        case Mapping():
            for key, inner in value.items():
                _check_values(form, inner, f"{path}.{key}" if path else str(key))
        case list() | tuple():
            for at, inner in enumerate(value):
                _check_values(form, inner, f"{path}[{at}]")
        case _:
            _refuse(form, path, f"giá trị kiểu {type(value).__name__} không phải dữ liệu thường")


def _refuse(form: CompiledForm, path: str, reason: str) -> None:
    raise MergeFailed(
        form=form.name, part="giá trị", name=path, near="", reason=f"{path}: {reason}"
    )
