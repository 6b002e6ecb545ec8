"""What is settled in a part's Jinja source once, so that no render has to do it again.

docxtpl works on the filled XML of each paper: it looks for its own escapes of braces, for
line breaks and tabs to turn into elements. In the text that the template itself brings this
is settled here; what is left to look at in a paper then comes from its values alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from jinja2 import Environment

_TEXT_EDGE: Final = re.compile(r"<w:t(?: [^>]*)?>|</w:t>")
#: Where references do not exist: comments, instructions, character data.
_LITERAL: Final = re.compile(r"(<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_BREAKS: Final = frozenset("\n\t\a\f")
#: docxtpl's way of writing a brace that is no tag.
_BRACES: Final = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))


@dataclass(frozen=True, slots=True)
class SettledSource:
    """A source ready to be compiled; `breaks_text` says its own text holds a break or a tab."""

    text: str
    breaks_text: bool


def settle(source: str, environment: Environment) -> SettledSource:
    """Settle the literal text of a source; its tags stay as they are.

    Raises:
        TemplateSyntaxError: the source cannot be split into text and tags.
    """
    pieces: list[str] = []
    breaks_text = False
    in_text = False
    for kind, value in _tokens(source, environment):
        if kind != "data":
            pieces.append(value)
            continue
        settled, in_text, breaks = _settle_data(value, in_text=in_text)
        breaks_text = breaks_text or breaks
        pieces.append(settled)
    return SettledSource("".join(pieces), breaks_text)


def has_tags(source: str) -> bool:
    """Tell whether there is anything in a source to be filled."""
    return any(mark in source for mark in ("{{", "{%", "{#"))


def _tokens(source: str, environment: Environment) -> Iterator[tuple[str, str]]:
    for _, kind, value in environment.lex(source):
        yield kind, value


def _settle_data(data: str, *, in_text: bool) -> tuple[str, bool, bool]:
    """Give the settled text, whether it ends inside of a text element, and whether it breaks."""
    for escaped, plain in _BRACES:
        data = data.replace(escaped, plain)
    if "{" in data or "}" in data:
        data = "".join(
            piece if piece.startswith(("<!", "<?")) else _without_braces(piece)
            for piece in _LITERAL.split(data)
        )
    breaks = False
    if _BREAKS.isdisjoint(data):
        edges = _TEXT_EDGE.findall(data)
        return data, not edges[-1].startswith("</") if edges else in_text, breaks
    pieces: list[str] = []
    at = 0
    for edge in _TEXT_EDGE.finditer(data):
        piece = data[at : edge.start()]
        breaks = breaks or (in_text and not _BREAKS.isdisjoint(piece))
        pieces += (piece if in_text else _outside(piece), edge[0])
        in_text, at = not edge[0].startswith("</"), edge.end()
    breaks = breaks or (in_text and not _BREAKS.isdisjoint(data[at:]))
    pieces.append(data[at:] if in_text else _outside(data[at:]))
    return "".join(pieces), in_text, breaks


def _without_braces(text: str) -> str:
    """Write braces as references, so that one in a filled part comes from a value."""
    return text.replace("{", "&#123;").replace("}", "&#125;")


def _outside(piece: str) -> str:
    """Write white space between elements so that it is not taken for a break in a text."""
    return piece.replace("\n", "&#10;").replace("\t", "&#9;")
