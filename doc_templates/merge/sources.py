"""What docxtpl hands to Jinja: the XML of each filled part, its tags freed of Word's runs."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from lxml import etree

from doc_templates.errors import PaperUnreadable
from doc_templates.merge import parts

#: What python-docx raises on a package whose parts do not fit together.
_UNFIT: Final = (
    OpcError,
    etree.LxmlError,
    KeyError,
    ValueError,
    AttributeError,
    TypeError,
    IndexError,
    AssertionError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The source of one part's Jinja template; `part` is named as a clerk would."""

    part: str
    text: str


def read_sources(docx: bytes) -> list[Source]:
    """Read the Jinja source of the body, the headers and the footers of a template.

    Raises:
        PaperUnreadable: the parts of the package do not make up a Word document.
    """
    try:
        return list(_sources(docx))
    except _UNFIT as error:
        raise PaperUnreadable(
            "Các thành phần của tệp .docx không khớp nhau; hãy mở bằng Word rồi lưu lại."
        ) from error


def _sources(docx: bytes) -> Iterator[Source]:
    template = DocxTemplate(io.BytesIO(docx))
    template.render_init()
    body = template.get_xml()
    if any(table.find("{*}tblGrid") is None for table in etree.fromstring(body).iter("{*}tbl")):
        raise ValueError("a table has no grid")
    yield Source(part="thân văn bản", text=template.patch_xml(body))
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(uri):
            name = str(part.partname).lstrip("/")
            text = template.patch_xml(template.get_part_xml(part))
            yield Source(part=parts.part_label(name) or name, text=text)
