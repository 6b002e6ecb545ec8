"""A Word template tried before an office uses it: every fault at once, or the pages it makes."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from doc_templates import catalogue, pdf
from doc_templates.errors import FormInvalid, PaperError, PaperUnsupported, TemplateFault
from doc_templates.paper import Paper
from service.intake import papers
from service.workflow.desk import Desk

#: Pages of the sample that are shown.
MOST_PAGES: Final = 6
_WIDTH: Final = 620
_SECONDS: Final = 20.0
_LONGEST: Final = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Placeholder:
    """A place to fill in a template, and what the form's sample puts there.

    `sample` is "" for what has no words of its own, such as a length of a rule that is not drawn.
    """

    name: str
    sample: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What came of a template: `faults`, or the pages (PNG) of the form's sample.

    `unsupported` are sentences on what only LibreOffice lays out; then there are no pages.
    """

    hash: str
    faults: tuple[TemplateFault, ...] = ()
    unsupported: tuple[str, ...] = ()
    pages: tuple[bytes, ...] = ()
    count: int = 0


def try_template(desk: Desk, kind: str, docx: bytes) -> Trial:
    """Check a template for a kind of paper and fill it with the form's sample; nothing is kept.

    Raises:
        FormUnknown: there is no such form.
        PaperUnreadable: the bytes are not a Word document.
        MergeFailed, ConversionFailed: the sample cannot be made with it.
    """
    digest = hashlib.sha256(docx).hexdigest()[:12]
    try:
        form = catalogue.compile_for(kind, docx)
    except FormInvalid as error:
        return Trial(hash=digest, faults=error.faults)
    made = catalogue.merge(_sample(desk, kind), form=form)
    try:
        layout = pdf.lay_out(made, seconds=_SECONDS)
    except PaperUnsupported as error:
        return Trial(hash=digest, unsupported=tuple(map(str, error.findings)))
    shown = range(min(len(layout.pages), MOST_PAGES))
    return Trial(
        hash=digest,
        pages=tuple(pdf.page_png(layout, one, width=_WIDTH, is_small=True) for one in shown),
        count=len(layout.pages),
    )


def placeholders(desk: Desk, kind: str) -> tuple[Placeholder, ...]:
    """List the places of the template in use, by name.

    Raises:
        FormUnknown: there is no such form.
        PaperError: the office's own template cannot be used.
    """
    values = asdict(catalogue.get_form(kind).make_context(_sample(desk, kind)))
    return tuple(
        Placeholder(name=name, sample=_words(_value(values, name)))
        for name in sorted(desk.templates.form(kind).names)
    )


def is_own(desk: Desk, kind: str) -> bool:
    """Tell whether the office fills its own template for a kind.

    Raises:
        FormUnknown: there is no such form.
    """
    try:
        return desk.templates.form(kind).hash != catalogue.compiled(kind).hash
    except PaperError:
        catalogue.get_form(kind)
        return True


def _sample(desk: Desk, kind: str) -> Paper:
    entry = papers.parse_paper(papers.read_paper_file(catalogue.get_form(kind).sample().encode()))
    return entry.to_paper(today=desk.today())


def _value(values: Any, name: str) -> object:
    """Follow a name such as “annex.rows[].name”; of a list, its first."""
    found = values
    for step in name.split("."):
        key = step.removesuffix("[]")
        found = found.get(key) if isinstance(found, Mapping) else None
        if step.endswith("[]"):
            found = found[0] if isinstance(found, Sequence) and found else None
    return found


def _words(value: object) -> str:
    match value:
        case bool():
            return "đúng" if value else "sai"
        case str() | int() | float():
            text = " ".join(str(value).split())
        case [str(), *_]:
            text = " / ".join(map(str, value))
        case _:
            return ""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
