"""A campaign counted for the report that an office hands in, and for Excel."""

import io
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from docx import Document
from flask.testing import FlaskClient
from openpyxl import load_workbook

from doc_templates.conformity import Severity, check
from service.__main__ import trinhky
from service.workflow import counting, planning, reporting
from service.workflow.desk import Desk
from tests.factories import issue, make_draft

WARD = ("phuong-hai-ba-trung", "ntvt-2026")
PLANS = Path(__file__).parents[2] / "fixtures" / "plans"


def tables(content: bytes) -> list[list[list[str]]]:
    document = Document(io.BytesIO(content))
    return [[[cell.text for cell in row.cells] for row in one.rows] for one in document.tables]


def test_nominations_are_counted_by_award_unit_and_subject(desk: Desk, dossier_id: int) -> None:
    made = make_draft(desk, "decision", dossier=dossier_id)
    issue(desk, made.document_id, issued_on="09/10/2026")

    found = reporting.statistics(desk, *WARD)

    (line,) = found.lines
    assert (line.unit_type, line.subject) == ("Trường học", "Cá nhân")
    assert (line.proposed, line.agreed, line.granted, line.refused) == (12, 12, 12, 0)
    assert found.by_month == (("10/2026", 12, 12),)


def test_the_report_says_the_same_numbers_and_keeps_the_decree(desk: Desk, dossier_id: int) -> None:
    plan = (PLANS / "hai-ba-trung-124-kh-ubnd.toml").read_bytes().replace(b"2023-", b"2026-")
    planning.set_plan(desk, *WARD, plan, by="test")

    content, name = reporting.make_report(desk, *WARD)

    report = check(content)
    told = [row for table in tables(content) for row in table]
    assert name == "Bao-cao-ntvt-2026.docx"
    assert report.kind == "Báo cáo"
    assert report.count(Severity.ERROR) == 0
    assert any("Trường Tiểu học Hoa Phượng" in row and "12" in row for row in told)


def test_the_workbook_holds_three_sheets_and_no_formula(desk: Desk, dossier_id: int) -> None:
    status = counting.status(desk, *WARD)
    found = reporting.statistics(desk, *WARD)

    book = load_workbook(io.BytesIO(reporting.to_xlsx(status, found)))

    assert book.sheetnames == ["Khen thưởng", "Theo tháng", "Chỉ tiêu"]
    assert [cell.value for cell in book["Theo tháng"][2]] == ["10/2026", 12, 0]
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2", "@SUM(A1)"])
def test_a_text_is_never_taken_for_a_formula(text: str) -> None:
    assert reporting._safe(text) == f"'{text}"


def test_an_empty_campaign_has_a_report_that_says_so(desk: Desk) -> None:
    content, _ = reporting.make_report(desk, *WARD)

    text = "\n".join(one.text for one in Document(io.BytesIO(content)).paragraphs)
    assert "Chưa có đề nghị khen thưởng nào" in text


def test_command_and_page_give_both_files(
    desk: Desk, client: FlaskClient, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setenv("TRINHKY_DATABASE_URL", str(desk.store.url))
    report, sheet = tmp_path / "bao-cao.docx", tmp_path / "thong-ke.xlsx"

    done = CliRunner().invoke(
        trinhky, ["campaign", "report", *WARD, "-o", str(report), "--xlsx", str(sheet)]
    )
    page = client.get(f"/dot-khen-thuong/{'/'.join(WARD)}/bao-cao.docx")
    book = client.get(f"/dot-khen-thuong/{'/'.join(WARD)}/thong-ke.xlsx")

    assert done.exit_code == 0, done.output
    assert report.read_bytes()[:2] == sheet.read_bytes()[:2] == b"PK"
    assert (page.data[:2], book.data[:2]) == (b"PK", b"PK")
