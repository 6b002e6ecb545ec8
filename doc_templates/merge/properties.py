"""The core properties of a file (title, author …), filled and escaped once.

docxtpl fills six of them, and under autoescape escapes them twice: a reader is shown
`A&amp;B`. It also writes them all, so that a missing one becomes an empty element.
"""

from copy import deepcopy
from html import escape
from typing import Any, Final

from jinja2 import Environment
from lxml import etree

from doc_templates.merge import jinja_source

#: Those that docxtpl fills, by python-docx's names, and the elements that hold them.
_FILLED: Final = {
    "author": "creator",
    "comments": "description",
    "identifier": "identifier",
    "language": "language",
    "subject": "subject",
    "title": "title",
}


def settle(document: Any) -> None:
    """Write each of the six, as docxtpl does."""
    core = document.core_properties
    for name in _FILLED:
        # Jinja, through which docxtpl passes each of them, drops a line break at the end.
        setattr(core, name, getattr(core, name).removesuffix("\n"))


def core_source(document: Any, environment: Environment) -> str:
    """Give the Jinja source of the core properties; "" when none of the six holds a tag."""
    settle(document)
    environment = environment.overlay(autoescape=True)
    core = document.core_properties
    if not any(jinja_source.has_tags(getattr(core, name)) for name in _FILLED):
        return ""
    element = deepcopy(core._element)
    sources = {}
    for number, (name, tag) in enumerate(_FILLED.items()):
        place = f"\ue000{number}\ue001"
        sources[place] = _escaped(getattr(core, name), environment)
        element.find(f"{{*}}{tag}").text = place
    text = str(etree.tostring(element, encoding="unicode"))
    text = text.replace("{", "&#123;").replace("}", "&#125;")
    for place, source in sources.items():
        text = text.replace(place, source)
    return text


def _escaped(source: str, environment: Environment) -> str:
    """Escape the literal text of a property, not its tags."""
    return "".join(
        escape(value, quote=False).replace("{", "&#123;").replace("}", "&#125;")
        if kind == "data"
        else value
        for _, kind, value in environment.lex(source)
    )
