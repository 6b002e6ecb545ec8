"""Fills a Word template with plain values."""

from doc_templates.merge.archive import replace_text
from doc_templates.merge.compiler import CompiledForm, Tier, compile_form
from doc_templates.merge.package import Deflate
from doc_templates.merge.pictures import Picture
from doc_templates.merge.renderer import render, render_buffers

__all__ = [
    "CompiledForm",
    "Deflate",
    "Picture",
    "Tier",
    "compile_form",
    "render",
    "render_buffers",
    "replace_text",
]
