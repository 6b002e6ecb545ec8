"""Issuing stops where a paper is against the decree; a reason lets it through and is kept."""

import io
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.shared import Mm
from sqlalchemy import select

from doc_templates import catalogue
from doc_templates.catalogue import Templates
from doc_templates.errors import PaperDeviates
from records import audit, bodies, registers
from service.app import create_app
from service.workflow.desk import Desk
from tests.factories import WARD, issue, make_draft

ON = "09/10/2026"


@pytest.fixture
def narrow(desk: Desk, tmp_path: Path) -> Desk:
    """A desk whose own template for plans has a left margin of 20 mm."""
    document = docx.Document(io.BytesIO(catalogue.get_form("plan").template()))
    document.sections[0].left_margin = Mm(20)
    document.save(str(tmp_path / "plan.docx"))
    return replace(desk, templates=Templates(tmp_path))


def last_number(desk: Desk) -> int:
    with desk.reading() as session:
        found = registers.registers_of(session, bodies.get_body(session, WARD))
        return found[0].last if found else 0


def test_a_paper_against_the_decree_is_not_issued_and_spends_no_number(narrow: Desk) -> None:
    draft = make_draft(narrow).document_id

    with pytest.raises(PaperDeviates) as caught:
        issue(narrow, draft, issued_on=ON)

    (told,) = caught.value.findings
    assert told.startswith("[PG-04] phần trang 1: Lề trái là 20,0 mm.")
    assert last_number(narrow) == 0


def test_a_reason_lets_it_through_and_is_kept_in_the_log(narrow: Desk) -> None:
    draft = make_draft(narrow).document_id

    issue(narrow, draft, issued_on=ON, despite="Mẫu riêng của cấp trên")

    with narrow.reading() as session:
        entries = session.scalars(
            select(audit.AuditEntry).where(audit.AuditEntry.action == "document.issued-despite")
        ).all()
    assert [one.detail for one in entries] == [
        {"rules": ["PG-04"], "reason": "Mẫu riêng của cấp trên"}
    ]
    assert last_number(narrow) == 1


def test_the_page_names_the_place_and_asks_for_the_reason(narrow: Desk) -> None:
    draft = make_draft(narrow).document_id
    client = create_app(desk=narrow).test_client()

    refused = client.post(f"/van-ban/{draft}/ban-hanh", data={"issued_on": ON})
    text = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert "Lề trái là 20,0 mm." in text
    assert "Lý do vẫn ban hành" in text

    done = client.post(
        f"/van-ban/{draft}/ban-hanh", data={"issued_on": ON, "despite": "Mẫu của cấp trên"}
    )
    assert done.status_code == 303
    assert last_number(narrow) == 1


def test_other_systems_get_every_deviation_as_a_fault(narrow: Desk) -> None:
    draft = make_draft(narrow).document_id
    client = create_app(desk=narrow).test_client()

    answer = client.post(f"/api/v1/documents/{draft}/issue", json={"issued_on": "2026-10-09"})
    problem = answer.get_json(force=True)
    assert (answer.status_code, problem["code"]) == (422, "paper-deviates")
    assert [fault["code"] for fault in problem["errors"]] == ["deviates"]
