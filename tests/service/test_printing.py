"""A PDF by LibreOffice through every face: from a document, a file, a request; or why not."""

import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from doc_templates import catalogue
from service.__main__ import trinhky
from service.intake.documents import parse_draft, parse_issue
from service.problems import PROBLEM_JSON
from service.workflow import drafting, issuing
from service.workflow.desk import Desk
from tests.factories import WARD, paper_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BY_OFFICE = "?engine=libreoffice"
#: Stands for LibreOffice: the PDF holds nothing but the size of the Word file.
FAKE = r"""#!/bin/sh
case "$*" in *--version*) echo "LibreOffice VERSION 520(Build:2)"; exit 0;; esac
for last; do :; done
[ -e "SWITCH" ] || exit 1
printf '%%PDF-1.7 of %s bytes' "$(wc -c < "$last" | tr -d ' ')" > "${last%.docx}.pdf"
"""


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `soffice` that is quick; without the returned file it makes nothing."""
    return install(tmp_path, monkeypatch, version="25.2.3.2")


@pytest.fixture
def no_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without LibreOffice."""
    monkeypatch.setenv("PATH", str(tmp_path))


def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, version: str) -> Path:
    folder, switch = tmp_path / "bin", tmp_path / "works"
    folder.mkdir()
    switch.touch()
    script = folder / "soffice"
    text = FAKE.replace("VERSION", version).replace("SWITCH", str(switch))
    script.write_text(text, encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return switch


@pytest.fixture
def document_id(desk: Desk) -> int:
    """A plan of the ward, issued."""
    made = drafting.draft(desk, parse_draft({"body": WARD, "paper": paper_of()}), by="test")
    issuing.issue(desk, made.document_id, parse_issue({}), by="test")
    return made.document_id


def word() -> bytes:
    """A Word file as another system would have it."""
    return catalogue.get_form("plan").template()


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(trinhky, [str(one) for one in arguments])


# For other systems


def test_pdf_of_a_document_is_that_of_its_issued_bytes(
    client: FlaskClient, desk: Desk, document_id: int, engine: Path
) -> None:
    content, name = issuing.read_docx(desk, document_id)

    answer = client.get(f"/api/v1/documents/{document_id}/pdf{BY_OFFICE}")

    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.data == f"%PDF-1.7 of {len(content)} bytes".encode()
    assert name.replace(".docx", ".pdf").replace("Đ", "D") in answer.headers["Content-Disposition"]
    assert answer.headers["Trinhky-Engine"] == "LibreOffice 25.2.3.2"
    assert "Trinhky-Notice" not in answer.headers


def test_old_engine_is_told_beside_the_pdf(
    client: FlaskClient, document_id: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, version="7.4.7.2")

    answer = client.get(f"/api/v1/documents/{document_id}/pdf{BY_OFFICE}")

    assert answer.status_code == 200
    assert answer.headers["Trinhky-Notice"] == "engine-old"


def test_word_file_may_be_the_body_or_a_part_of_a_form(client: FlaskClient, engine: Path) -> None:
    as_body = client.post(f"/api/v1/pdf{BY_OFFICE}", data=word(), content_type=DOCX)
    form = {"file": (io.BytesIO(word()), "kế hoạch.docx")}
    as_part = client.post(f"/api/v1/pdf{BY_OFFICE}", data=form, content_type="multipart/form-data")

    assert as_body.data == as_part.data == f"%PDF-1.7 of {len(word())} bytes".encode()


def test_form_without_the_file_is_told_its_name(client: FlaskClient, engine: Path) -> None:
    answer = client.post(
        f"/api/v1/pdf{BY_OFFICE}", data={"x": "y"}, content_type="multipart/form-data"
    )

    problem = answer.get_json(force=True)
    assert (answer.status_code, problem["code"]) == (422, "entry-invalid")
    assert [(one["pointer"], one["code"]) for one in problem["errors"]] == [("/file", "missing")]


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 422, "paper-unreadable"),
        (b"%PDF-1.7", 422, "paper-unreadable"),
        (b"PK\3\4" + b"0" * (6 * 1024 * 1024), 422, "paper-unreadable"),
        (b"0" * (9 * 1024 * 1024), 413, "too-large"),
    ],
    ids=["nothing", "a pdf", "six megabytes", "nine megabytes"],
)
def test_what_is_no_word_file_or_too_large_is_refused(
    client: FlaskClient, engine: Path, content: bytes, status: int, code: str
) -> None:
    answer = client.post(f"/api/v1/pdf{BY_OFFICE}", data=content, content_type=DOCX)

    assert (answer.status_code, answer.mimetype) == (status, PROBLEM_JSON)
    assert answer.get_json(force=True)["code"] == code


def test_missing_engine_is_a_problem_of_the_machine(
    client: FlaskClient, document_id: int, no_engine: None
) -> None:
    answers = [
        client.get(f"/api/v1/documents/{document_id}/pdf{BY_OFFICE}"),
        client.post(f"/api/v1/pdf{BY_OFFICE}", data=word(), content_type=DOCX),
    ]

    for answer in answers:
        problem = answer.get_json(force=True)
        assert (answer.status_code, problem["code"]) == (503, "engine-missing")
        assert "LibreOffice" in problem["detail"]


def test_failed_conversion_is_a_problem(
    client: FlaskClient, document_id: int, engine: Path
) -> None:
    engine.unlink()

    answer = client.get(f"/api/v1/documents/{document_id}/pdf{BY_OFFICE}")

    assert answer.status_code == 422
    assert answer.get_json(force=True)["code"] == "conversion-failed"


def test_document_that_is_not_there_is_not_found(client: FlaskClient, engine: Path) -> None:
    assert client.get(f"/api/v1/documents/99/pdf{BY_OFFICE}").status_code == 404


# On the command line


def test_word_file_becomes_a_pdf_beside_it(tmp_path: Path, engine: Path) -> None:
    file = tmp_path / "kế hoạch.docx"
    file.write_bytes(word())

    result = run("pdf", file, "--engine", "libreoffice")

    assert result.exit_code == 0, result.output
    assert (tmp_path / "kế hoạch.pdf").read_bytes().startswith(b"%PDF-1.7 of")
    assert result.stderr == ""


def test_machine_reads_what_made_the_pdf_and_what_to_know_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, version="7.4.7.2")
    file, target = tmp_path / "a.docx", tmp_path / "out" / "b.pdf"
    file.write_bytes(word())

    result = run("pdf", file, "-o", target, "--engine", "libreoffice", "--json")

    told = json.loads(result.stdout)
    assert told["file"] == str(target)
    assert told["bytes"] == target.stat().st_size
    assert told["engine"] == "LibreOffice 7.4.7.2"
    assert "25.2" in told["notice"]


def test_engine_that_nobody_knows_is_wrong_usage(tmp_path: Path, engine: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(word())

    assert run("pdf", file, "--engine", "word").exit_code == 2


@pytest.mark.soffice
@pytest.mark.slow
def test_real_engine_makes_a_pdf_of_a_real_document(client: FlaskClient, document_id: int) -> None:
    answer = client.get(f"/api/v1/documents/{document_id}/pdf{BY_OFFICE}")

    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF-")
    assert b"/Type/Page" in answer.data
