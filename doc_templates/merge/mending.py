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
_LINE_BREAK: Final = '</w:t><w:br/><w:t xml:space="preserve">'


def resolve_breaks(text: str) -> str:
    """Turn line breaks, tabs, new paragraphs and pages in texts into elements, as docxtpl does.

    docxtpl looks through every paragraph for them; here only those that hold one are handed
    to it, which is one in hundreds, and a line break alone is answered on the spot.
    """
    marks = {mark: place for mark in _BREAKS if (place := text.find(mark)) >= 0}
    pieces: list[str] = []
    done = 0
    while marks:
        at = min(marks.values())
        closed = text.rfind(_END, done, at)
        opened = _PARAGRAPH.search(text, closed + len(_END) if closed >= 0 else done, at)
        end = text.find(_END, at)
        if opened is None or end < 0:
            pieces.append(text[done : at + 1])  # between paragraphs: white space
            done = at + 1
        else:
            first, end = opened.start(), end + len(_END)
            paragraph = text[first:end]
            is_only_lines = all(place > end for mark, place in marks.items() if mark != "\n")
            pieces += (
                text[done:first],
                (is_only_lines and _break_lines(paragraph, at - first))
                or str(_STEPS.resolve_listing(paragraph)),
            )
            done = end
        for mark in [mark for mark, place in marks.items() if place < done]:
            marks[mark] = text.find(mark, done)
            if marks[mark] < 0:
                del marks[mark]
    return "".join((*pieces, text[done:])) if pieces else text


def _break_lines(paragraph: str, at: int) -> str:
    """Break the lines of a paragraph that has line breaks in one text of one run alone.

    `at` is the first of them. Gives "" where it is not so plain: docxtpl's own way is taken.
    """
    opened = paragraph.rfind("<", 0, at)
    closed = paragraph.find("<", at)
    run = max(paragraph.rfind("<w:r>", 0, opened), paragraph.rfind("<w:r ", 0, opened))
    is_text = paragraph.startswith(("<w:t>", "<w:t "), opened) and paragraph.startswith(
        "</w:t>", closed
    )
    if not is_text or run < 0 or paragraph.rfind("</w:r>", 0, opened) > run:
        return ""
    if "\n" in paragraph[closed:]:
        return ""
    begin = paragraph.index(">", opened) + 1
    if begin > at:
        return ""
    lines = paragraph[begin:closed].replace("\n", _LINE_BREAK)
    return f"{paragraph[:begin]}{lines}{paragraph[closed:]}"


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
