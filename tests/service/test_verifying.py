"""Anybody who holds a paper can see whether it is ours and still holds; nobody sees more."""

import io
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from records import documents
from records.errors import NotFound
from service.app import create_app
from service.config import read_settings
from service.workflow import access, issuing, verifying
from service.workflow.access import Role
from service.workflow.desk import Desk
from tests.factories import issue, make_draft
from tests.service.web_pages import get, page_of


@pytest.fixture
def decision(desk: Desk, dossier_id: int) -> Any:
    """An issued decision with its twelve people."""
    made = make_draft(desk, "decision", dossier=dossier_id)
    return issue(desk, made.document_id, issued_on="09/10/2026")


def test_a_code_tells_state_number_day_and_issuer_with_masked_names(
    client: FlaskClient, decision: Any
) -> None:
    page = get(client, f"/kiem-tra/{verifying.code_of(decision.sha256)}").text_content()

    assert "Đã ban hành" in page
    assert "01/QĐ-UBND" in page
    assert "Ủy ban nhân dân Phường Hai Bà Trưng" in page
    assert "Nguyễn T. Ư." in page
    assert "Nguyễn Thuỵ Ưu" not in page


def test_a_cancelled_paper_says_so_with_its_reason(desk: Desk, client: FlaskClient) -> None:
    made = make_draft(desk, "plan")
    issued = issue(desk, made.document_id, issued_on="09/10/2026")
    issuing.cancel(desk, made.document_id, reason="In nhầm ngày", by="test")

    page = get(client, f"/kiem-tra/{verifying.code_of(issued.sha256)}").text_content()

    assert "Đã hủy" in page
    assert "In nhầm ngày" in page


def test_the_very_file_is_known_and_one_changed_byte_too(
    desk: Desk, client: FlaskClient, decision: Any
) -> None:
    content, _ = issuing.read_docx(desk, decision.document_id)
    address = f"/kiem-tra/{verifying.code_of(decision.sha256)}"
    changed = content[:-1] + bytes([content[-1] ^ 1])

    same = client.post(address, data={"file": (io.BytesIO(content), "a.docx")})
    other = client.post(address, data={"file": (io.BytesIO(changed), "a.docx")})

    assert "đúng là bản đã ban hành" in page_of(same).text_content()
    assert "KHÔNG phải bản đã ban hành" in page_of(other).text_content()


@pytest.mark.parametrize("code", ["", "0" * 24, "%", "_" * 24, "abc", "Ω" * 24])
def test_a_code_of_nothing_finds_nothing(desk: Desk, decision: Any, code: str) -> None:
    with pytest.raises(NotFound):
        verifying.verify(desk, code)


def test_a_draft_has_no_code(desk: Desk) -> None:
    made = make_draft(desk, "plan")
    with desk.reading() as session, pytest.raises(NotFound):
        documents.issued_version(session, documents.get_document(session, made.document_id))


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Nguyễn Thuỵ Ưu", "Nguyễn T. Ư."), ("H’Hen Niê", "H’Hen N."), ("Ưu", "Ưu")],
)
def test_a_name_is_shown_by_family_and_initials(name: str, shown: str) -> None:
    assert verifying.mask_name(name) == shown


def test_the_page_is_open_to_strangers_and_nothing_else_is(desk: Desk, decision: Any) -> None:
    access.add_account(
        desk,
        "an",
        name="An",
        roles=[Role.ADMINISTRATOR],
        password="mười chữ thì đủ dài",
        by="test",
    )
    stranger = create_app(read_settings({}), replace(desk)).test_client()

    assert stranger.get(f"/kiem-tra/{verifying.code_of(decision.sha256)}").status_code == 200
    assert stranger.get(f"/van-ban/{decision.document_id}").status_code == 303


def test_the_typed_code_leads_to_its_page(client: FlaskClient, decision: Any) -> None:
    code = verifying.code_of(decision.sha256)

    assert client.get(f"/kiem-tra?ma={code.upper()}").location == f"/kiem-tra/{code}"


def test_the_pdf_bears_a_code_that_leads_there(client: FlaskClient, decision: Any) -> None:
    plain = client.get(f"/van-ban/{decision.document_id}/pdf")
    coded = client.get(f"/van-ban/{decision.document_id}/pdf?ma=1")

    assert coded.status_code == 200
    assert coded.data != plain.data
    assert coded.data[:5] == b"%PDF-"
