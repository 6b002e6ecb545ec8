"""PDFs and pictures of pages, made anew from the bytes of a Word file.

The Word file stays the one source: a PDF is kept nowhere and decides nothing. Pictures of
pages are kept beside the records by the hash of the file, since a form asks for the same ones
again and again; whoever deletes them loses nothing.
"""

import hashlib
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from doc_templates import catalogue, pdf
from doc_templates.pdf import Engine, Finish, Properties, fast
from doc_templates.pdf.pictures import LEAST_WIDTH, MOST_WIDTH
from records import documents
from records.bodies import IssuingBody
from records.documents import Document, DocumentState
from records.errors import NotFound
from service.intake.fields import EntryInvalid, FieldError
from service.workflow import issuing
from service.workflow.desk import Desk

#: How long a file may take: one that a stranger sends, and one of the office, whose list may
#: have thousands of lines.
STRANGER_SECONDS: Final = 60.0
OFFICE_SECONDS: Final = 300.0
#: A longer text makes a code too fine for a telephone at this size.
MOST_CODE: Final = 200
#: As wide as a page beside a form on a usual screen.
USUAL_WIDTH: Final = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class Printout:
    """A PDF; `engine` says what made it, `notice` what to look at again ("" for nothing)."""

    content: bytes
    name: str
    engine: str
    notice: str


def pdf_of_docx(
    docx: bytes,
    *,
    name: str = "van-ban.pdf",
    seconds: float = OFFICE_SECONDS,
    engine: Engine = Engine.AUTO,
    unoserver: str = "",
    properties: Properties | None = None,
    is_draft: bool = False,
    finish: Finish | None = None,
) -> Printout:
    """Make a PDF of a Word file, ours or another's, within that time.

    Raises:
        PaperError: see `doc_templates.pdf.convert`.
    """
    made = pdf.convert(
        docx,
        engine=engine,
        seconds=seconds,
        unoserver=unoserver,
        properties=properties,
        is_draft=is_draft,
        finish=finish,
    )
    return Printout(content=made.pdf, name=name, engine=made.engine, notice=made.notice)


def parse_finish(*, is_archival: bool, has_fields: bool, code: str) -> Finish:
    """Take what a PDF shall get beyond its pages.

    Raises:
        EntryInvalid: the text for the code is too long, or holds what no address holds.
    """
    if len(code) > MOST_CODE or not code.isprintable():
        message = f"Nội dung mã QR: cần chữ in được, nhiều nhất {MOST_CODE} chữ."
        raise EntryInvalid([FieldError(pointer="/code", code="text-too-long", message=message)])
    return Finish(is_archival=is_archival, has_fields=has_fields, code=code)


def pdf_of_document(
    desk: Desk, document_id: int, *, engine: Engine | None = None, finish: Finish | None = None
) -> Printout:
    """Make a PDF of a document: of the issued bytes, or of the last version of a draft.

    Without `engine`, that of the document's kind is taken, as the office has set it.

    Raises:
        NotFound: there is no such document, or it has no version yet.
        BytesDamaged: the kept bytes are not those that were issued.
        PaperError: see `doc_templates.pdf.convert`.
    """
    content, name = issuing.read_docx(desk, document_id)
    with desk.reading() as session:
        document = documents.get_document(session, document_id)
        kind, is_draft = document.kind, document.state is DocumentState.DRAFT
        properties = describe(session, document)
    return pdf_of_docx(
        content,
        name=name.removesuffix(".docx") + ".pdf",
        engine=engine or desk.engine_of(kind),
        unoserver=desk.unoserver,
        properties=properties,
        is_draft=is_draft,
        finish=finish,
    )


def describe(session: Session, document: Document) -> Properties:
    """Say what a document is, for whoever finds its PDF."""
    title = catalogue.get_form(document.kind).title
    named = f"{title} {document.symbol}" if document.symbol else title
    body = session.get_one(IssuingBody, document.body_id)
    return Properties(title=f"{named}: {document.abstract}", author=body.full_name)


@dataclass(frozen=True, slots=True)
class PageSize:
    """The paper of a page, in points."""

    width: float
    height: float


def count_pages(desk: Desk, document_id: int) -> list[PageSize]:
    """Give the pages of a document as our own engine lays it out.

    Raises:
        NotFound: there is no such document, or it has no version yet.
        BytesDamaged: the kept bytes are not those that were issued.
        PaperError: our own engine does not lay the paper out.
    """
    content, _ = issuing.read_docx(desk, document_id)
    layout = pdf.lay_out(content, seconds=OFFICE_SECONDS)
    return [PageSize(page.width, page.height) for page in layout.pages]


def picture_of_page(desk: Desk, document_id: int, page: int, *, width: int = USUAL_WIDTH) -> bytes:
    """Make a picture (PNG) of a page of a document, counted from 1, so many pixels wide.

    Raises:
        NotFound: there is no such document, version or page.
        BytesDamaged: the kept bytes are not those that were issued.
        PaperError: our own engine does not lay the paper out.
    """
    content, _ = issuing.read_docx(desk, document_id)
    width = min(max(width, LEAST_WIDTH), MOST_WIDTH)
    digest = hashlib.sha256(content).hexdigest()
    key = f"{digest}-{fast.VERSION}-{page}-{width}.png"
    found = desk.derived.find(key)
    if found is not None:
        return found
    layout = pdf.lay_out(content, seconds=OFFICE_SECONDS)
    if not 1 <= page <= len(layout.pages):
        raise NotFound("trang", page)
    made = pdf.page_png(layout, page - 1, width=width)
    desk.derived.keep(key, made)
    return made


def find_unsupported(docx: bytes) -> list[str]:
    """Say what of a template our own engine does not lay out, a sentence for each place.

    Raises:
        PaperUnreadable: not a Word document within limits.
    """
    return [str(finding) for finding in pdf.find_unsupported(docx)]
