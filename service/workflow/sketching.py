"""The pages of a paper while it is typed: nothing is kept, and what is missing is no obstacle.

A clerk sees the real pages beside the form. What is missing stands on them as dots with its
name, what cannot be read is left out until it can, and every place tells its field.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from doc_templates import pdf
from doc_templates.errors import PaperError
from doc_templates.layout.display import Layout, Page
from doc_templates.pdf import fast
from records import bodies, documents
from records.bodies import IssuingBody
from records.errors import RecordsError
from service.intake import papers
from service.intake.documents import DraftEntry
from service.intake.fields import EntryInvalid, FieldError
from service.intake.papers import PaperEntry
from service.workflow import composing, drafting
from service.workflow.desk import Desk
from service.workflow.places import Place, find_places

#: A page beside a form, in pixels; sharp enough to read, small enough for a slow network.
WIDTH: Final = 760
#: Pages shown; the rest of a longer paper is seen once it is drafted.
MOST_PAGES: Final = 20
#: A sketch that takes longer is of no use to who types.
SECONDS: Final = 10.0
_DOTS: Final = "………"
#: What a paper prints before a value on the same line.
_LEADS: Final = {"archive": "Lưu:", "addressees": "Kính gửi:"}
_LISTS: Final = frozenset({"addressees", "legal_bases", "recipients"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SketchPage:
    """One page: `digest` names its looks, `png` is `None` where the caller has it already.

    `ratio` is its height by its width.
    """

    digest: str
    ratio: float
    png: bytes | None
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """The pages of a paper as it stands, of `count` in all, and what is still wrong with it.

    Without pages, `reason` says why there are none; else it is "".
    """

    pages: tuple[SketchPage, ...] = ()
    count: int = 0
    faults: tuple[FieldError, ...] = ()
    reason: str = ""


def sketch(
    desk: Desk, entry: DraftEntry, *, draft_id: int | None = None, seen: Collection[str] = ()
) -> Sketch:
    """Make the pages of a paper to be drafted, or of the draft `draft_id` as it is changed.

    `seen` are digests of pages that the caller still has.
    """
    try:
        filled = _changed(desk, entry, draft_id) if draft_id is not None else _new(desk, entry)
    except EntryInvalid as error:
        return Sketch(faults=tuple(error.errors), reason=" ".join(map(str, error.errors)))
    except RecordsError as error:
        return Sketch(reason=str(error))
    paper, found = _lenient(filled)
    faults = tuple(
        FieldError(pointer=f"/paper{one.pointer}", code=one.code, message=one.message)
        for one in found
    )
    if paper is None:
        return Sketch(faults=faults, reason="Sửa các mục được nêu để xem lại trang giấy.")
    try:
        docx = desk.templates.merge(paper.to_paper(today=desk.today()))
        layout = pdf.lay_out(docx, seconds=SECONDS)
    except PaperError as error:
        return Sketch(faults=faults, reason=f"Chưa vẽ được trang giấy: {error}")
    fields = _fields(paper)
    shown = range(min(len(layout.pages), MOST_PAGES))
    return Sketch(
        pages=tuple(_page(layout, place, fields, seen) for place in shown),
        count=len(layout.pages),
        faults=faults,
    )


def _new(desk: Desk, entry: DraftEntry) -> dict[str, Any]:
    with desk.reading() as session:
        return drafting.fill(session, entry, today=desk.today())


def _changed(desk: Desk, entry: DraftEntry, draft_id: int) -> dict[str, Any]:
    with desk.reading() as session:
        document = documents.get_document(session, draft_id)
        documents.check_draft(document)
        changed = {**document.paper, **entry.paper, "kind": document.kind}
        if entry.signatory:
            body = session.get_one(IssuingBody, document.body_id)
            on = drafting.planned_day(changed) or desk.today()
            signatory = bodies.signatory_on(
                session, body, on, kind=document.kind, key=entry.signatory
            )
            changed["signature"] = composing.fill_paper(
                session, body, {"kind": document.kind}, on=on, signatory=signatory
            )["signature"]
        return changed


def _lenient(filled: Mapping[str, Any]) -> tuple[PaperEntry | None, tuple[FieldError, ...]]:
    """Read a paper with dots for what is missing and without what cannot be read."""
    try:
        return papers.parse_paper(filled), ()
    except EntryInvalid as error:
        faults = tuple(error.errors)
    mended = dict(filled)
    for fault in faults:
        name = fault.pointer.removeprefix("/").partition("/")[0]
        if name in ("kind", "issuer", "signature", "nominees"):
            continue
        mended.pop(name, None)
        if fault.code == "missing":
            dots = f"{_DOTS} {papers.labels().get(name, name)} {_DOTS}"
            mended[name] = [dots] if name in _LISTS else dots
    try:
        return papers.parse_paper(mended), faults
    except EntryInvalid:
        return None, faults


def _fields(paper: PaperEntry) -> dict[str, str]:
    """Give the text of each field of the form, as it may be found on the pages."""
    given = paper.model_dump(exclude_defaults=True)
    values = {name: value for name, value in given.items() if isinstance(value, str)}
    for name in _LISTS & given.keys():
        values[name] = "\n".join(given[name])
    for name, lead in _LEADS.items():
        if name in values:
            values[name] = f"{lead} {values[name]}"
    values["issuer"] = "\n".join(paper.issuer.name)
    signature = paper.signature
    values["signatory"] = "\n".join((signature.name, signature.head, signature.post))
    values["issued_on"] = f"{paper.issuer.place}, ngày"
    values.pop("kind", None)
    return values


def _page(
    layout: Layout, place: int, fields: Mapping[str, str], seen: Collection[str]
) -> SketchPage:
    page = layout.pages[place]
    digest = _digest(layout, page)
    return SketchPage(
        digest=digest,
        ratio=page.height / page.width,
        png=None if digest in seen else pdf.page_png(layout, place, width=WIDTH, is_small=True),
        places=find_places(page, fields),
    )


def _digest(layout: Layout, page: Page) -> str:
    """Name the looks of a page: equal ones are drawn and sent once."""
    looks = hashlib.blake2b(digest_size=12)
    looks.update(f"{fast.VERSION} {WIDTH} {page.width} {page.height}".encode())
    looks.update(repr((page.items, page.backdrop)).encode())
    for name in sorted(layout.media):
        looks.update(name.encode() + hashlib.blake2b(layout.media[name]).digest())
    return looks.hexdigest()
