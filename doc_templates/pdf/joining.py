"""PDFs that others made, taken among our own pages: scans, signed papers, forms of the post.

Their pages come along as they are drawn. What a PDF may do beside being looked at stays behind:
scripts, actions that start or send something, files and films hidden in it.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pikepdf
from pikepdf import Name, OutlineItem, Page, Pdf

from doc_templates.errors import PaperUnreadable

#: A day's scans; a larger file is printed by itself.
MOST_BYTES: Final = 64 * 1024 * 1024
MOST_PAGES: Final = 2_000
_MARK: Final = b"%PDF-"
#: Notes on a page that are drawn and do nothing by themselves.
_HARMLESS_NOTES: Final = frozenset(
    {
        "/Link",
        "/Widget",
        "/Stamp",
        "/FreeText",
        "/Ink",
        "/Line",
        "/Square",
        "/Circle",
        "/Highlight",
        "/Underline",
        "/StrikeOut",
    }
)
_ACTIONS: Final = (Name.A, Name.AA, Name.PA, Name.Dest, Name.Parent, Name.Popup)
#: What makes a note a field of a form; without it, a signature is a picture of itself.
_FIELD: Final = (Name.FT, Name.T, Name.V, Name.DV, Name.Ff, Name.MK)


@dataclass(frozen=True, slots=True)
class Foreign:
    """A checked PDF and its line in the outline; it goes before page `at` of our own, from 0."""

    content: bytes
    name: str
    at: int


def check_foreign(content: bytes) -> int:
    """Count the pages of a PDF that shall be printed among ours.

    Raises:
        PaperUnreadable: no PDF, damaged, locked with a password, empty or too large.
    """
    if len(content) > MOST_BYTES:
        raise PaperUnreadable(
            f"Tệp PDF lớn hơn {MOST_BYTES // 2**20} MB; hãy in riêng tệp này, hoặc quét nhẹ hơn."
        )
    if _MARK not in content[:1024]:
        raise PaperUnreadable("Đây không phải tệp PDF; hãy kiểm tra lại tên tệp.")
    try:
        with pikepdf.open(io.BytesIO(content)) as opened:
            if opened.is_encrypted:
                raise PaperUnreadable(_LOCKED)
            pages = len(opened.pages)
    except pikepdf.PasswordError as error:
        raise PaperUnreadable(_LOCKED) from error
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        raise PaperUnreadable("Tệp PDF bị hỏng, không mở được; hãy xuất hoặc quét lại.") from error
    if not 0 < pages <= MOST_PAGES:
        raise PaperUnreadable(
            f"Tệp PDF có {pages} trang; in gộp được từ 1 đến {MOST_PAGES} trang mỗi tệp."
        )
    return pages


_LOCKED: Final = "Tệp PDF đặt mật khẩu; hãy bỏ mật khẩu rồi gộp lại."


def join_foreign(ours: bytes, foreign: Sequence[Foreign]) -> bytes:
    """Put PDFs of others among the pages of ours, in their order; equal files give equal bytes.

    `ours` is b"" where no paper is ours.

    Raises:
        PaperUnreadable: a page of theirs cannot be taken over.
    """
    try:
        with pikepdf.open(io.BytesIO(ours)) if ours else Pdf.new() as target:
            lines = _outline_of(target)
            for one in reversed(foreign):
                _insert(target, one)
            _write_outline(target, lines, foreign)
            buffer = io.BytesIO()
            target.save(buffer, deterministic_id=True, fix_metadata_version=False)
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        raise PaperUnreadable("Không gộp được một tệp PDF trong danh sách.") from error
    return buffer.getvalue()


def _insert(target: Pdf, one: Foreign) -> None:
    with pikepdf.open(io.BytesIO(one.content)) as source:
        for page in source.pages:
            _disarm(page)
        for place, page in enumerate(source.pages):
            target.pages.insert(one.at + place, page)


def _disarm(page: Page) -> None:
    """Take from a page what does something beside being looked at."""
    for name in (Name.AA, Name.Metadata, Name.PieceInfo, Name.Thumb):
        if name in page.obj:
            del page.obj[name]
    notes = page.obj.get(Name.Annots)
    if not isinstance(notes, pikepdf.Array):
        return
    kept = []
    for note in notes:
        if not isinstance(note, pikepdf.Dictionary):
            continue
        if str(note.get(Name.Subtype, "")) not in _HARMLESS_NOTES:
            continue
        for name in (*_ACTIONS, *_FIELD):
            if name in note:
                del note[name]
        if note.Subtype == Name.Widget:
            note.Subtype = Name.Stamp
        kept.append(note)
    page.obj[Name.Annots] = pikepdf.Array(kept)


def _outline_of(target: Pdf) -> list[tuple[int, str]]:
    """Give the page (from 0) and the title of each line of our own outline."""
    places = {page.obj.objgen: number for number, page in enumerate(target.pages)}
    with target.open_outline() as outline:
        return [
            (places[line.destination[0].objgen], str(line.title))
            for line in outline.root
            if isinstance(line.destination, pikepdf.Array)
        ]


def _write_outline(target: Pdf, ours: list[tuple[int, str]], foreign: Sequence[Foreign]) -> None:
    counts = [check_foreign(one.content) for one in foreign]
    lines = [
        (place + sum(n for one, n in zip(foreign, counts, strict=True) if one.at <= place), title)
        for place, title in ours
    ]
    before = 0
    for one, count in zip(foreign, counts, strict=True):
        lines.append((one.at + before, one.name))
        before += count
    with target.open_outline() as outline:
        outline.root[:] = [OutlineItem(title, place) for place, title in sorted(lines)]
