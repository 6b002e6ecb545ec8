"""docxtpl itself behind our door, made strict: the third tier, and the finder of faults.

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
from doc_templates.merge.environment import ValueMissingError

_NEAR_LETTERS = 60
_BETWEEN_TAGS = re.compile(r"<[^>]*>")
#: What a filter or docxtpl raises when a value is not of the kind it works on.
_MISUSED = (TypeError, ValueError, KeyError, AttributeError, OverflowError, SyntaxError)


def render(form: CompiledForm, context: Mapping[str, Any]) -> bytes:
    """Fill a form through docxtpl.

    Raises:
        MergeFailed: a value is missing or misused; names the placeholder, the part and the
            nearest text.
    """
    document = _StrictTemplate(form)
    document.render(dict(context), form.environment)
    buffer = io.BytesIO()
    document.save(buffer)
    return archive.write_members(archive.read_members(buffer.getvalue(), is_ours=True))


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
