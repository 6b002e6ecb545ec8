"""Fills a Word template with plain values."""

from doc_templates.merge.archive import replace_text
from doc_templates.merge.compiler import CompiledForm, compile_form
from doc_templates.merge.renderer import render

__all__ = ["CompiledForm", "compile_form", "render", "replace_text"]
