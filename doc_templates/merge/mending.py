"""docxtpl's steps on filled XML, taken only where there is something for them to do."""

import re
from typing import Final

from docxtpl import DocxTemplate
from lxml import etree

#: They use nothing of a document.
_STEPS: Final = DocxTemplate(None)
_BREAKS: Final = ("\n", "\t", "\a", "\f")
_PARAGRAPH: Final = re.compile(r"<w:p(?: [^>]*)?>")
_END: Final = "</w:p>"


def resolve_breaks(text: str) -> str:
    """Turn line breaks, tabs, new paragraphs and pages in texts into elements, as docxtpl does.

    docxtpl looks through every paragraph for them; here only those that hold one are handed
    to it, which is one in hundreds.
    """
    pieces: list[str] = []
    done = 0
    while (at := _next_break(text, done)) >= 0:
        closed = text.rfind(_END, done, at)
        opened = _PARAGRAPH.search(text, closed + len(_END) if closed >= 0 else done, at)
        end = text.find(_END, at)
        if opened is None or end < 0:
            pieces.append(text[done : at + 1])  # between paragraphs: white space
            done = at + 1
            continue
        end += len(_END)
        pieces += (
            text[done : opened.start()],
            str(_STEPS.resolve_listing(text[opened.start() : end])),
        )
        done = end
    return "".join((*pieces, text[done:])) if pieces else text


def repair_tables(text: str, wrapper: str) -> str:
    """Make each table's grid as wide as its widest row; `wrapper` is the start tag of the body.

    Raises:
        XMLSyntaxError: the text is not well-formed.
        TypeError, ValueError, AttributeError: a table is not one.
    """
    whole = f"{wrapper}{text}</w:body>"
    etree.fromstring(whole)
    mended = etree.tostring(_STEPS.fix_tables(whole), encoding="unicode")
    return str(mended[mended.index(">") + 1 : mended.rindex("</w:body>")])


def check_well_formed(content: bytes) -> None:
    """See to it that a part is XML.

    Raises:
        XMLSyntaxError: it is not; docxtpl would drop what it cannot read, without a word.
    """
    etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _next_break(text: str, start: int) -> int:
    """Find the next of the four; -1: there is none. Four searches are quicker than one of a set."""
    places = [place for mark in _BREAKS if (place := text.find(mark, start)) >= 0]
    return min(places, default=-1)
