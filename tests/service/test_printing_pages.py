"""A PDF and pictures of pages by our own engine; or what it does not lay out."""

import io
import json
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient
from PIL import Image

from doc_templates import catalogue
from doc_templates.merge import archive
from service.__main__ import trinhky
from service.intake.documents import parse_draft, parse_issue
from service.workflow import drafting, issuing, printing
from service.workflow.derived import Derived
from service.workflow.desk import Desk
from tests.factories import WARD, paper_of
from tests.service.web_pages import get

LETTER = Path(__file__).parents[2] / "fixtures" / "papers" / "gia-lam-875-ubnd-nv.toml"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def document_id(desk: Desk) -> int:
    """A plan of the ward, issued."""
    made = drafting.draft(desk, parse_draft({"body": WARD, "paper": paper_of()}), by="test")
    issuing.issue(desk, made.document_id, parse_issue({}), by="test")
    return made.document_id


@pytest.fixture(autouse=True)
def no_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without LibreOffice: nothing here needs it."""
    monkeypatch.setenv("PATH", str(tmp_path))


def word() -> bytes:
    """A Word file as another system would have it."""
    return catalogue.get_form("plan").template()


def word_with_a_frame() -> bytes:
    """A Word file whose first paragraph stands in a frame, which we do not lay out."""
    members = archive.read_members(word())
    body = members["word/document.xml"]
    frame = b'<w:body><w:p><w:pPr><w:framePr w:w="100"/></w:pPr><w:r><w:t>Khung</w:t></w:r></w:p>'
    members["word/document.xml"] = body.replace(b"<w:body>", frame, 1)
    return archive.write_members(members)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(trinhky, [str(one) for one in arguments])


# For other systems


def test_pdf_of_a_document_is_the_same_whenever_it_is_asked_for(
    client: FlaskClient, document_id: int
) -> None:
    first = client.get(f"/api/v1/documents/{document_id}/pdf")
    again = client.get(f"/api/v1/documents/{document_id}/pdf")

    assert (first.status_code, first.mimetype) == (200, "application/pdf")
    assert first.data.startswith(b"%PDF-1.7")
    assert first.data == again.data
    assert first.headers["Trinhky-Engine"].startswith("trinhky ")
    assert "Trinhky-Notice" not in first.headers


def test_what_is_not_laid_out_is_named_with_its_place(client: FlaskClient) -> None:
    answer = client.post("/api/v1/pdf", data=word_with_a_frame(), content_type=DOCX)

    problem = answer.get_json(force=True)
    assert (answer.status_code, problem["code"]) == (422, "paper-unsupported")
    assert [one["code"] for one in problem["errors"]] == ["unsupported"]
    assert "đoạn 1, “Khung”" in problem["errors"][0]["message"]


def test_engine_that_nobody_knows_is_a_fault_of_its_name(client: FlaskClient) -> None:
    answer = client.post("/api/v1/pdf?engine=word", data=word(), content_type=DOCX)

    problem = answer.get_json(force=True)
    assert answer.status_code == 422
    assert [one["pointer"] for one in problem["errors"]] == ["/engine"]


def test_picture_of_a_page_is_as_wide_as_it_was_asked_for(
    client: FlaskClient, document_id: int
) -> None:
    answer = client.get(f"/api/v1/documents/{document_id}/pages/1.png?width=300")

    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    with Image.open(io.BytesIO(answer.data)) as picture:
        assert picture.size == (300, 425)


def test_picture_that_a_browser_has_is_not_sent_again(
    client: FlaskClient, document_id: int
) -> None:
    address = f"/api/v1/documents/{document_id}/pages/1.png"
    tag = client.get(address).headers["ETag"]

    again = client.get(address, headers={"If-None-Match": tag})

    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("page", ["0", "2", "5001", "x"])
def test_page_that_is_not_there_is_not_found(
    client: FlaskClient, document_id: int, page: str
) -> None:
    answer = client.get(f"/api/v1/documents/{document_id}/pages/{page}.png")

    assert answer.status_code == 404


def test_picture_is_made_once_and_kept_under_its_hash(
    desk: Desk, document_id: int, tmp_path: Path
) -> None:
    desk = Desk(desk.store, derived=Derived(tmp_path / "derived"))

    first = printing.picture_of_page(desk, document_id, 1, width=200)
    (kept,) = (tmp_path / "derived").iterdir()
    kept.write_bytes(b"kept")
    again = printing.picture_of_page(desk, document_id, 1, width=200)

    assert first.startswith(b"\x89PNG")
    assert again == b"kept"


def test_oldest_pictures_go_when_the_folder_is_full(tmp_path: Path) -> None:
    derived = Derived(tmp_path, most_bytes=5_000)

    for number in range(200):
        derived.keep(f"{number:03}.png", b"x" * 100)

    left = sorted(one.name for one in tmp_path.iterdir())
    assert left == [f"{number:03}.png" for number in range(150, 200)]


def test_folder_that_cannot_be_written_holds_nobody_up(tmp_path: Path) -> None:
    file = tmp_path / "no-folder"
    file.write_bytes(b"")
    derived = Derived(file)

    derived.keep("a.png", b"x")

    assert derived.find("a.png") is None


# In the browser


def test_page_of_a_document_offers_its_pdf_and_its_pages(
    client: FlaskClient, document_id: int
) -> None:
    page = get(client, f"/van-ban/{document_id}")

    (link,) = page.xpath("//a[starts-with(normalize-space(), 'Tải PDF')]/@href")
    answer = client.get(link)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert ".pdf" in answer.headers["Content-Disposition"]
    (preview,) = page.xpath("//a[starts-with(normalize-space(), 'Xem trang in')]/@href")
    shown = get(client, preview)
    (picture,) = shown.xpath("//ol[@class='print-pages']//img/@src")
    assert client.get(picture).data.startswith(b"\x89PNG")


def test_document_that_is_not_there_has_no_pages(client: FlaskClient) -> None:
    assert client.get("/api/v1/documents/99/pdf").status_code == 404
    assert client.get("/van-ban/99/pdf").status_code == 404
    assert client.get("/van-ban/99/xem-truoc").status_code == 404
    assert client.get("/van-ban/99/trang/1.png").status_code == 404


# Many papers in one file


def draft_of(desk: Desk) -> int:
    entry = parse_draft({"body": WARD, "paper": paper_of()})
    return drafting.draft(desk, entry, by="test").document_id


def test_papers_are_joined_in_their_order_with_a_line_in_the_outline_each(
    client: FlaskClient, desk: Desk, document_id: int
) -> None:
    ids = [draft_of(desk), document_id]

    answer = client.post("/api/v1/print", json={"documents": ids})

    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    names = outline_of(answer.data)
    assert len(names) == 2
    assert "01/KH-UBND" in names[1]


def test_one_file_is_smaller_than_two_since_fonts_are_shared(
    client: FlaskClient, document_id: int
) -> None:
    one = client.post("/api/v1/print", json={"documents": [document_id]}).data
    many = client.post("/api/v1/print", json={"documents": [document_id] * 20}).data

    assert len(many) < 2 * len(one)


def test_all_that_cannot_be_printed_is_named_and_nothing_is_made(
    client: FlaskClient, document_id: int
) -> None:
    answer = client.post("/api/v1/print", json={"documents": [98, document_id, 99]})

    problem = answer.get_json(force=True)
    assert answer.status_code == 422
    assert [one["pointer"] for one in problem["errors"]] == ["/0", "/2"]


@pytest.mark.parametrize("sent", [{}, {"documents": []}, {"documents": ["1"]}, {"documents": 1}])
def test_list_that_is_none_is_refused(client: FlaskClient, sent: dict[str, object]) -> None:
    problem = client.post("/api/v1/print", json=sent).get_json(force=True)

    assert [one["pointer"] for one in problem["errors"]] == ["/documents"]


def test_mark_of_a_draft_goes_with_its_issue(client: FlaskClient, desk: Desk) -> None:
    draft = draft_of(desk)
    before = text_of(client.get(f"/api/v1/documents/{draft}/pdf").data)
    issuing.issue(desk, draft, parse_issue({}), by="test")

    after = text_of(client.get(f"/api/v1/documents/{draft}/pdf").data)

    assert "DỰ THẢO" in before
    assert "DỰ THẢO" not in after


def outline_of(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [bookmark.get_title() for bookmark in document.get_toc()]
    finally:
        document.close()


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return document[0].get_textpage().get_text_range()
    finally:
        document.close()


# On the command line


def test_word_files_on_a_list_become_one_file(tmp_path: Path) -> None:
    for name in ("a.docx", "b.docx"):
        (tmp_path / name).write_bytes(word())
    listed = tmp_path / "danh sách.txt"
    listed.write_text(f"{tmp_path / 'b.docx'}\n\n{tmp_path / 'a.docx'}\n", encoding="utf-8")

    result = run("print", f"@{listed}", "-o", tmp_path / "in.pdf", "--json")

    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["papers"] == 2
    assert outline_of((tmp_path / "in.pdf").read_bytes()) == ["b", "a"]


def test_word_file_becomes_a_pdf_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "kế hoạch.docx"
    file.write_bytes(word())

    result = run("pdf", file, "--json")

    told = json.loads(result.stdout)
    assert (tmp_path / "kế hoạch.pdf").stat().st_size == told["bytes"]
    assert told["engine"].startswith("trinhky ")
    assert told["notice"] == ""


def test_file_that_is_not_laid_out_leaves_nothing_behind(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(word_with_a_frame())

    result = run("pdf", file)

    assert result.exit_code == 1
    assert "khung chữ (Frame)" in result.stderr
    assert not (tmp_path / "a.pdf").exists()


def test_paper_is_rendered_as_word_and_pdf_in_one_go(tmp_path: Path) -> None:
    docx, pdf = tmp_path / "a.docx", tmp_path / "a.pdf"

    result = run("render", LETTER, "-o", docx, "--pdf", pdf)

    assert result.exit_code == 0, result.output
    assert pdf.read_bytes().startswith(b"%PDF-1.7")


def test_check_of_a_template_tells_what_our_engine_does_not_lay_out(tmp_path: Path) -> None:
    template = tmp_path / "plan.docx"
    template.write_bytes(word_with_a_frame())

    result = run("forms", "check", "plan", template, "--json")

    assert result.exit_code == 0, result.output
    (told,) = json.loads(result.stdout)["unsupported"]
    assert "khung chữ (Frame)" in told
