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
#: What of a page, and of a note on it, is drawn. All else stays behind.
_OF_PAGE: Final = frozenset(
    {
        "/Type",
        "/Parent",
        "/Contents",
        "/Resources",
        "/MediaBox",
        "/CropBox",
        "/Rotate",
        "/UserUnit",
        "/Group",
        "/Annots",
    }
)
_OF_NOTE: Final = frozenset({"/Type", "/Subtype", "/Rect", "/AP", "/AS", "/F"})
#: What a drawing may carry that is not drawn, or that lies in another file.
_CARRIED: Final = (
    "/AF",
    "/Ref",
    "/OPI",
    "/Metadata",
    "/PieceInfo",
    "/F",
    "/FFilter",
    "/FDecodeParms",
)
#: A page of a scan has a dozen parts; a file of more than this is made to keep us busy.
MOST_PARTS: Final = 500_000


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
        strip = _Stripping()
        for page in source.pages:
            _keep_what_is_drawn(page)
            strip.walk(page.obj)
        for place, page in enumerate(source.pages):
            target.pages.insert(one.at + place, page)


def _keep_what_is_drawn(page: Page) -> None:
    """Take from a page, and from the notes on it, what is not drawn."""
    for name in set(page.obj.keys()) - _OF_PAGE:
        del page.obj[name]
    notes = page.obj.get(Name.Annots)
    kept = []
    for note in notes if isinstance(notes, pikepdf.Array) else []:
        if not isinstance(note, pikepdf.Dictionary):
            continue
        if str(note.get(Name.Subtype, "")) not in _HARMLESS_NOTES:
            continue
        looks = {name: note[name] for name in set(note.keys()) & _OF_NOTE}
        if looks["/Subtype"] == Name.Widget:  # a signature is now a picture of itself
            looks["/Subtype"] = Name.Stamp
        kept.append(pikepdf.Dictionary(looks))
    page.obj[Name.Annots] = pikepdf.Array(kept)


class _Stripping:
    """Takes hidden files and ways into other files from all that pages draw, each part once."""

    def __init__(self) -> None:
        self._seen: set[tuple[int, int]] = set()
        self._count = 0

    def walk(self, page: pikepdf.Object) -> None:
        """Strip everything that a page leads to.

        Raises:
            PaperUnreadable: it leads to more than a page could need.
        """
        waiting = [page]
        while waiting:
            part = waiting.pop()
            if part.is_indirect:
                if part.objgen in self._seen:
                    continue
                self._seen.add(part.objgen)
            self._count += 1
            if self._count > MOST_PARTS:
                raise PaperUnreadable(
                    f"Tệp PDF có hơn {MOST_PARTS} thành phần; hãy in ra PDF mới rồi gộp lại."
                )
            waiting += self._parts_left(part)

    def _parts_left(self, part: pikepdf.Object) -> list[pikepdf.Object]:
        if isinstance(part, pikepdf.Array):
            for place in reversed(range(len(part))):
                if _is_hidden(part[place]):
                    del part[place]
            return [one for one in part if _has_parts(one)]
        if isinstance(part, pikepdf.Stream):
            for name in _CARRIED:
                if name in part:
                    del part[name]
        for name in list(part.keys()):
            if _is_hidden(part[name]):
                del part[name]
        return [one for name, one in part.items() if name != "/Parent" and _has_parts(one)]


def _has_parts(value: object) -> bool:
    return isinstance(value, pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream)


def _is_hidden(value: object) -> bool:
    """Tell whether something is a file within the file, a way to one, or something to be done."""
    if isinstance(value, pikepdf.Stream):
        return value.get("/Type") == Name.EmbeddedFile
    if not isinstance(value, pikepdf.Dictionary):
        return False
    kind = value.get("/Type")
    return "/EF" in value or kind in (Name.Filespec, Name.Action)


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
