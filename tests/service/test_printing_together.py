"""Many papers as one PDF: scans among them, and all papers of a dossier at once."""

from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from doc_templates import catalogue
from records.accounts import Role
from service.__main__ import trinhky
from service.intake.documents import parse_reason
from service.workflow import issuing
from service.workflow.desk import Desk
from tests.factories import issue, make_draft
from tests.service.closed_house import OTHER, Enter
from tests.service.web_pages import get, values_of


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(trinhky, [str(one) for one in arguments])


def scan(path: Path, pages: int = 1) -> Path:
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(300, 400))
    made.save(path)
    return path


def outline_of(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [bookmark.get_title() for bookmark in document.get_toc()]
    finally:
        document.close()


def text_of(content: bytes) -> list[str]:
    """The text of every page."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def test_scans_go_among_word_files_in_the_order_of_the_list(tmp_path: Path) -> None:
    word = tmp_path / "kế hoạch.docx"
    word.write_bytes(catalogue.get_form("plan").template())
    before, after = scan(tmp_path / "bìa.pdf", 2), scan(tmp_path / "xác nhận.PDF")

    result = run("print", before, word, after, "-o", tmp_path / "in.pdf")

    assert result.exit_code == 0, result.output
    content = (tmp_path / "in.pdf").read_bytes()
    assert outline_of(content) == ["bìa", "kế hoạch", "xác nhận"]
    texts = text_of(content)
    assert texts[:2] == ["", ""]
    assert texts[2] != ""
    assert texts[-1] == ""


def test_every_file_that_cannot_be_printed_is_named_and_nothing_is_made(tmp_path: Path) -> None:
    broken = tmp_path / "hỏng.pdf"
    broken.write_bytes(b"%PDF-1.7 ...")
    renamed = tmp_path / "thật ra là Word.pdf"
    renamed.write_bytes(catalogue.get_form("plan").template())

    result = run("print", broken, scan(tmp_path / "tốt.pdf"), renamed, "-o", tmp_path / "in.pdf")

    assert result.exit_code == 1
    assert "hỏng.pdf" in result.stderr
    assert "thật ra là Word.pdf" in result.stderr
    assert "tốt.pdf" not in result.stderr
    assert not (tmp_path / "in.pdf").exists()


@pytest.fixture
def papers(client: FlaskClient, desk: Desk, dossier_id: int) -> list[int]:
    """A Tờ trình with its Bản trích ngang, and the decision, still a draft."""
    values = values_of(get(client, f"/ho-so/{dossier_id}/to-trinh"))
    submission = client.post(f"/ho-so/{dossier_id}/to-trinh", data=values).location
    issue(desk, int(submission.rpartition("/")[2]), issued_on="09/10/2026")
    decision = make_draft(desk, "decision", dossier=dossier_id)
    first = int(submission.rpartition("/")[2])
    return [first, first + 1, decision.document_id]


def test_all_papers_of_a_dossier_are_one_file_each_with_its_line(
    client: FlaskClient, dossier_id: int, papers: list[int]
) -> None:
    link = f"/ho-so/{dossier_id}/van-ban.pdf"
    assert link in get(client, f"/ho-so/{dossier_id}").xpath("//main//a/@href")

    answer = client.get(link)
    lines = outline_of(answer.data)
    called = client.get(f"/api/v1/dossiers/{dossier_id}/pdf")

    assert answer.mimetype == "application/pdf"
    assert [line.partition(":")[0].split(" 0")[0] for line in lines] == [
        "Tờ trình",
        "Bản trích ngang thành tích",
        "Quyết định",
    ]
    assert "DỰ THẢO" not in text_of(answer.data)[0]
    assert "DỰ THẢO" in "".join(text_of(answer.data))
    assert called.data == answer.data


def test_a_cancelled_paper_is_not_printed_with_its_dossier(
    client: FlaskClient, desk: Desk, dossier_id: int, papers: list[int]
) -> None:
    issuing.cancel(desk, papers[2], reason=parse_reason("Lập nhầm."), by="test")

    lines = outline_of(client.get(f"/ho-so/{dossier_id}/van-ban.pdf").data)

    assert len(lines) == 2


def test_a_dossier_without_papers_says_what_to_do(client: FlaskClient, dossier_id: int) -> None:
    page = get(client, f"/ho-so/{dossier_id}/van-ban.pdf", 409)

    assert "lập Tờ trình trước" in page.text_content()
    assert client.get(f"/api/v1/dossiers/{dossier_id}/pdf").status_code == 409
    assert client.get("/api/v1/dossiers/99/pdf").status_code == 404
    links = get(client, f"/ho-so/{dossier_id}").xpath("//main//a/@href")
    assert f"/ho-so/{dossier_id}/van-ban.pdf" not in links


def test_another_bodys_dossier_is_not_printed(enter: Enter, dossier_id: int) -> None:
    stranger = enter(Role.ADMINISTRATOR, body=OTHER)

    assert stranger.get(f"/ho-so/{dossier_id}/van-ban.pdf").status_code == 404
