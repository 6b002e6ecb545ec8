"""Lays a Word file out as PDF: by our own engine, or by LibreOffice where it is installed."""

from doc_templates.pdf.engines import Conversion, Engine, Finish, convert
from doc_templates.pdf.fast import find_unsupported, lay_out
from doc_templates.pdf.joining import MOST_BYTES as MOST_FOREIGN_BYTES
from doc_templates.pdf.joining import Foreign, check_foreign, join_foreign
from doc_templates.pdf.libreoffice import find_engine, is_there
from doc_templates.pdf.pictures import page_png
from doc_templates.pdf.writer import Entry, Properties, write

__all__ = [
    "MOST_FOREIGN_BYTES",
    "Conversion",
    "Engine",
    "Entry",
    "Finish",
    "Foreign",
    "Properties",
    "check_foreign",
    "convert",
    "find_engine",
    "find_unsupported",
    "is_there",
    "join_foreign",
    "lay_out",
    "page_png",
    "write",
]
