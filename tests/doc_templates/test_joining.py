"""PDFs of others among our own pages: their looks come along, what they could do does not."""

import io
import warnings
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from doc_templates.errors import PaperUnreadable
from doc_templates.layout.display import Glyphs, Layout, Page
from doc_templates.pdf import Entry, Foreign, check_foreign, join_foreign, joining, write


def ours(*names: str) -> bytes:
    """Papers of two pages each."""
    entries = []
    for name in names:
        pages = [
            Page(595, 842, n, [Glyphs(72, 72, f"{name} {n}", "Tinos-Regular", 13, "000000")])
            for n in (1, 2)
        ]
        entries.append(Entry(Layout(pages), name))
    return write(entries)


def scan(pages: int = 1, *, width: int = 300, **more: Any) -> bytes:
    """A PDF of empty pages as wide as asked for; `more` is set on each page."""
    made = pikepdf.new()
    for _ in range(pages):
        page = made.add_blank_page(page_size=(width, 400))
        for name, value in more.items():
            page.obj[f"/{name}"] = value
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a field without a form is what an attacker may send
        made.save(buffer)
    return buffer.getvalue()


def widths(content: bytes) -> list[int]:
    with pikepdf.open(io.BytesIO(content)) as opened:
        return [int(page.mediabox[2]) for page in opened.pages]


def outline(content: bytes) -> list[tuple[str, int]]:
    """The titles of an outline and the page, from 0, that each leads to."""
    with pikepdf.open(io.BytesIO(content)) as opened, opened.open_outline() as found:
        places = {page.obj.objgen: n for n, page in enumerate(opened.pages)}
        return [(str(one.title), places[one.destination[0].objgen]) for one in found.root]


def test_pages_and_lines_of_the_outline_stand_in_the_order_of_the_list() -> None:
    foreign = [
        Foreign(scan(1, width=111), "bìa", 0),
        Foreign(scan(3, width=222), "xác nhận", 2),
        Foreign(scan(1, width=333), "phiếu", 2),
        Foreign(scan(1, width=444), "bản quét", 4),
    ]

    joined = join_foreign(ours("Tờ trình", "Quyết định"), foreign)

    assert widths(joined) == [111, 595, 595, 222, 222, 222, 333, 595, 595, 444]
    assert outline(joined) == [
        ("bìa", 0),
        ("Tờ trình", 1),
        ("xác nhận", 3),
        ("phiếu", 6),
        ("Quyết định", 7),
        ("bản quét", 9),
    ]


def test_scans_alone_make_a_file_too() -> None:
    joined = join_foreign(b"", [Foreign(scan(2), "một", 0), Foreign(scan(), "hai", 0)])

    assert len(widths(joined)) == 3
    assert outline(joined) == [("một", 0), ("hai", 2)]


def test_equal_files_give_equal_bytes() -> None:
    foreign = [Foreign(scan(), "bản quét", 1)]

    assert join_foreign(ours("Tờ trình"), foreign) == join_foreign(ours("Tờ trình"), foreign)


def test_scripts_actions_and_hidden_files_stay_behind() -> None:
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('bằng khen')"))
    start = Dictionary(S=Name.Launch, F=String("tinh.exe"))
    notes = Array(
        [
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=start),
            Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=[0, 0, 9, 9], AA=script),
            Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9]),
            Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=[0, 0, 9, 9]),
        ]
    )
    made = pikepdf.open(io.BytesIO(scan(1, AA=Dictionary(O=script), Annots=notes)))
    made.Root.OpenAction = script
    made.attachments["sổ.exe"] = b"MZ bytes of a program"
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made.save(buffer)

    joined = join_foreign(ours("Tờ trình"), [Foreign(buffer.getvalue(), "lạ", 2)])

    with pikepdf.open(io.BytesIO(joined)) as opened:
        kinds = [str(note.Subtype) for note in opened.pages[2].obj.Annots]
        assert dict(opened.attachments) == {}
        assert "/OpenAction" not in opened.Root
    assert kinds == ["/Link", "/Stamp"]
    for word in (b"JavaScript", b"Launch", b"tinh.exe", b"/AA"):
        assert word not in everything_of(joined)


def test_files_hidden_anywhere_on_a_page_stay_behind() -> None:
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(300, 400))

    def hidden(place: str) -> Any:
        file = made.make_stream(f"MZ within {place}".encode(), Type=Name.EmbeddedFile)
        held = Dictionary(F=made.make_indirect(file))
        return made.make_indirect(Dictionary(Type=Name.Filespec, F=String(f"{place}.exe"), EF=held))

    drawing = made.make_stream(b"0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form)
    drawing.BBox = Array([0, 0, 9, 9])
    drawing.AF = Array([hidden("drawing")])
    drawing.Ref = Dictionary(F=String("elsewhere.pdf"), Page=0)
    drawing.Resources = Dictionary(Properties=Dictionary(M=Dictionary(X=hidden("property"))))
    look = made.make_stream(b"1 1 7 7 re f", Type=Name.XObject, Subtype=Name.Form)
    look.BBox = Array([0, 0, 9, 9])
    look.AF = Array([hidden("look")])
    dropped = Dictionary(Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9], FS=hidden("note"))
    kept = Dictionary(
        Subtype=Name.Stamp,
        Rect=[0, 0, 9, 9],
        IRT=made.make_indirect(dropped),
        AF=Array([hidden("kept")]),
        AP=Dictionary(N=made.make_indirect(look)),
    )
    page.obj.AF = Array([hidden("page")])
    page.obj.B = Array([made.make_indirect(Dictionary(T=hidden("thread")))])
    page.obj.Annots = Array([made.make_indirect(kept)])
    page.obj.Resources = Dictionary(XObject=Dictionary(A=made.make_indirect(drawing)))
    page.obj.Contents = made.make_stream(b"/A Do")
    buffer = io.BytesIO()
    made.save(buffer)
    assert len(hidden_words(buffer.getvalue())) == 15

    joined = join_foreign(ours("Tờ trình"), [Foreign(buffer.getvalue(), "lạ", 2)])

    assert hidden_words(joined) == []
    assert b"0 0 9 9 re f" in everything_of(joined)
    assert b"1 1 7 7 re f" in everything_of(joined)
    assert b"/A Do" in everything_of(joined)


def everything_of(content: bytes) -> bytes:
    """All objects of a file and what their streams say."""
    said = []
    with pikepdf.open(io.BytesIO(content)) as opened:
        for one in opened.objects:
            if isinstance(one, pikepdf.Stream):
                said += [one.stream_dict.unparse(resolved=True), one.read_bytes()]
            elif one is not None:
                said.append(one.unparse(resolved=True))
    return b"\n".join(said)


def hidden_words(content: bytes) -> list[str]:
    """What a file holds of those that were hidden in it."""
    everything = everything_of(content)
    places = ("drawing", "property", "look", "note", "kept", "page", "thread")
    words = [word for one in places for word in (f"{one}.exe", f"MZ within {one}")]
    return [word for word in (*words, "elsewhere.pdf") if word.encode() in everything]


def test_a_file_of_parts_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "MOST_PARTS", 20)
    many = scan(1, Extra=1, Resources=Dictionary(A=Array([Array([]) for _ in range(30)])))

    with pytest.raises(PaperUnreadable, match="thành phần"):
        join_foreign(ours("Tờ trình"), [Foreign(many, "lạ", 0)])


def locked() -> bytes:
    made = pikepdf.open(io.BytesIO(scan()))
    buffer = io.BytesIO()
    made.save(buffer, encryption=pikepdf.Encryption(owner="chủ", user="khách"))
    return buffer.getvalue()


def locked_against_changes() -> bytes:
    made = pikepdf.open(io.BytesIO(scan()))
    buffer = io.BytesIO()
    made.save(buffer, encryption=pikepdf.Encryption(owner="chủ", user=""))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "không phải tệp PDF"),
        (b"PK\x03\x04 a Word file", "không phải tệp PDF"),
        (b"%PDF-1.7 " + b"x" * 500, "bị hỏng"),
        (scan()[:200], "bị hỏng"),
        (locked(), "mật khẩu"),
        (locked_against_changes(), "mật khẩu"),
        (scan(0), "0 trang"),
        (scan(2_001), "2001 trang"),
        (b"%PDF-1.7" + b" " * (64 * 1024 * 1024), "64 MB"),
    ],
    ids=["empty", "word", "rubbish", "cut off", "locked", "closed", "no page", "many", "large"],
)
def test_what_cannot_be_taken_over_is_said(content: bytes, said: str) -> None:
    with pytest.raises(PaperUnreadable, match=said):
        check_foreign(content)
