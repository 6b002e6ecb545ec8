"""Many papers as one PDF: a list in its order, or all papers of a dossier."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from doc_templates import pdf
from doc_templates.errors import PaperError
from doc_templates.layout.stamps import stamp_draft
from doc_templates.pdf import Entry, Foreign, Properties
from records import archive, documents, dossiers
from records.documents import Document, DocumentState
from records.errors import Conflict, NotFound, RecordsError
from service.intake.fields import EntryInvalid, FieldError
from service.workflow import issuing
from service.workflow.desk import Desk
from service.workflow.printing import OFFICE_SECONDS, Printout, describe

_PDF: Final = ".pdf"
#: A dossier has a handful of papers; one of more is printed paper by paper.
_MOST_PAPERS: Final = 200
_PRINTED: Final = (DocumentState.DRAFT, DocumentState.ISSUED)


def print_together(desk: Desk | None, items: Sequence[int | Path]) -> bytes:
    """Make one PDF of documents, Word files and PDFs, in their order, each with a line in the
    outline.

    A draft bears its mark. Without a desk there may be files only. Fonts and pictures of our
    own pages are kept once for all; the pages of a PDF come along without its scripts.

    Raises:
        EntryInvalid: some cannot be printed; every one of them is named, nothing is made.
    """
    faults: list[FieldError] = []
    entries: list[Entry] = []
    foreign: list[Foreign] = []
    pages = 0
    for place, item in enumerate(items):
        try:
            if isinstance(item, Path) and item.suffix.lower() == _PDF:
                foreign.append(_foreign(item, at=pages))
                continue
            entries.append(_entry_of(desk, item))
            pages += len(entries[-1].layout.pages)
        except (PaperError, RecordsError, OSError) as error:
            message = f"{item}: {error}"
            faults.append(FieldError(pointer=f"/{place}", code="not-printable", message=message))
    if not entries and not foreign and not faults:
        message = "Danh sách in trống: cần ít nhất một văn bản, tệp Word hoặc tệp PDF."
        faults.append(FieldError(pointer="", code="too-few", message=message))
    if faults:
        raise EntryInvalid(faults)
    properties = Properties(title=f"{len(items)} văn bản", author="trinhky")
    content = pdf.write(entries, properties) if entries else b""
    return pdf.join_foreign(content, foreign) if foreign else content


def pdf_of_dossier(desk: Desk, dossier_id: int) -> Printout:
    """Make one PDF of a dossier's papers, drafts and issued ones, in the order of their making;
    what is attached to a paper follows it.

    Raises:
        NotFound: there is no such dossier.
        Conflict: it has no paper to print, or more than are printed at once.
        EntryInvalid: some cannot be printed; every one of them is named.
    """
    with desk.reading() as session:
        dossier = dossiers.get_dossier(session, dossier_id)
        found, total = archive.list_documents(session, dossier_id=dossier.id, size=_MOST_PAPERS)
        papers = [one for one in reversed(found) if one.state in _PRINTED]
        ids = [one.id for one in _in_order(papers)]
    if not ids:
        raise Conflict("Hồ sơ chưa có văn bản nào để in; hãy lập Tờ trình trước.")
    if total > _MOST_PAPERS:
        raise Conflict(f"Hồ sơ có {total} văn bản; in gộp được nhiều nhất {_MOST_PAPERS}.")
    content = print_together(desk, ids)
    return Printout(content=content, name=f"ho-so-{dossier_id}.pdf", engine="fast", notice="")


def _in_order(papers: Sequence[Document]) -> Iterator[Document]:
    ids = {one.id for one in papers}
    for paper in papers:
        if paper.attached_to_id in ids:
            continue
        yield paper
        yield from (one for one in papers if one.attached_to_id == paper.id)


def _foreign(path: Path, *, at: int) -> Foreign:
    """Read a PDF of others, no further than it may be large."""
    with path.open("rb") as file:
        content = file.read(pdf.MOST_FOREIGN_BYTES + 1)
    pdf.check_foreign(content)
    return Foreign(content, path.stem, at)


def _entry_of(desk: Desk | None, item: int | Path) -> Entry:
    if isinstance(item, Path):
        return Entry(pdf.lay_out(item.read_bytes(), seconds=OFFICE_SECONDS), item.stem)
    if desk is None:
        raise NotFound("văn bản", item)
    content, _ = issuing.read_docx(desk, item)
    layout = pdf.lay_out(content, seconds=OFFICE_SECONDS)
    with desk.reading() as session:
        document = documents.get_document(session, item)
        name = describe(session, document).title
        if document.state is DocumentState.DRAFT:
            stamp_draft(layout)
    return Entry(layout, name)
