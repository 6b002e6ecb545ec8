"""Lays a Word file out as PDF, by an engine. Today LibreOffice is the only one."""

from doc_templates.pdf.libreoffice import Conversion, convert, find_engine, is_there

__all__ = ["Conversion", "convert", "find_engine", "is_there"]
