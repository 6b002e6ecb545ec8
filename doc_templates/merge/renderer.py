"""Fills a compiled template: docxtpl behind one door, made strict and repeatable.

docxtpl mends damaged XML in silence, prints nothing for a missing value and stamps the
clock into the file. Here damage and missing values are errors with a place, and equal input
gives equal bytes.
"""

import io
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
            raise self._failure(
                label, error.name, _text_near(src_xml, error.name), error
            ) from error
        except TemplateError as error:
            near = " ".join(getattr(error, "docx_context", ())).strip()[:_NEAR_LETTERS]
            raise self._failure(label, "", near, error) from error

    def fix_tables(self, xml: str) -> Any:
        """Parse strictly before docxtpl parses with recovery, which drops text."""
        try:
            etree.fromstring(xml)
        except etree.XMLSyntaxError as error:
            raise self._failure("thân văn bản", "", "", error) from error
        return super().fix_tables(xml)

    def render_properties(self, context: object, jinja_env: object = None) -> None:
        """Leave the file's properties alone: a template with tags in them is refused."""

    def _failure(self, part: str, name: str, near: str, error: Exception) -> MergeFailed:
        return MergeFailed(form=self.form.name, part=part, name=name, near=near, reason=str(error))


def _text_near(src_xml: str, name: str) -> str:
    """Give the text of the first paragraph whose placeholder ends in `name`."""
    for paragraph in src_xml.split("<w:p ")[1:] + src_xml.split("<w:p>")[1:]:
        plain = "".join(etree.XPath("//text()")(_lenient(paragraph)))
        if name in plain and ("{{" in plain or "{%" in plain):
            return " ".join(plain.split())[:_NEAR_LETTERS]
    return ""


def _lenient(fragment: str) -> Any:
    return etree.HTML(f"<p {fragment}")


def _check_values(form: CompiledForm, value: object, path: str) -> None:
    """Refuse what is not plain, and characters that XML cannot hold."""
    match value:
        case str():
            for letter in value:
                if (letter < " " and letter not in "\n\t") or letter in "\ufffe\uffff":
                    code = f"U+{ord(letter):04X}"
                    _refuse(form, path, f"giá trị có ký tự điều khiển {code}, hãy xóa ký tự đó")
                if "\ud800" <= letter <= "\udfff":
                    _refuse(form, path, "giá trị có ký tự hỏng (nửa cặp surrogate)")
            if any(mark in value for mark in ("{_{", "}_}", "{_%", "%_}")):
                _refuse(form, path, "giá trị có chuỗi “{_{” hoặc tương tự mà mẫu dùng riêng")
        case None | bool() | int() | float():
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
