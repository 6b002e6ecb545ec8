"""The papers of a dossier hold together; what does not is named, and nothing is stopped."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from records import documents, nominations
from service.workflow import consistency
from service.workflow.desk import Desk
from tests.factories import WARD, issue, make_draft, paper_of
from tests.service.web_pages import get


def codes(desk: Desk, dossier_id: int) -> list[str]:
    return [one.code for one in consistency.check_dossier(desk, dossier_id)]


def decision(desk: Desk, dossier_id: int, **given: Any) -> int:
    """Draft a decision on the dossier whose text says that."""
    paper = paper_of("decision", **given)
    return make_draft(desk, "decision", dossier=dossier_id, paper=paper).document_id


def test_a_decision_that_counts_its_list_agrees(desk: Desk, dossier_id: int) -> None:
    decision(
        desk,
        dossier_id,
        body="Điều 1. Tặng danh hiệu “Người tốt, việc tốt” cho 12 (mười hai) cá nhân.",
        recipients=["Như Điều 3"],
    )

    assert codes(desk, dossier_id) == []


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("13 (mười ba) cá nhân", "count-differs"),
        ("12 (mười một) cá nhân", "words-differ"),
        ("02 tập thể", "count-differs"),
    ],
)
def test_a_count_that_is_not_that_of_the_list_is_named(
    desk: Desk, dossier_id: int, said: str, code: str
) -> None:
    decision(
        desk, dossier_id, body=f"Điều 1. Tặng danh hiệu cho {said}.", recipients=["Như Điều 3"]
    )

    assert codes(desk, dossier_id) == [code]


def test_a_list_that_changed_after_the_draft_is_named_with_who_is_gone(
    desk: Desk, dossier_id: int, client: FlaskClient
) -> None:
    made = decision(desk, dossier_id, recipients=["Như Điều 3"])
    with desk.transaction() as session:
        line = nominations.lines_of(session, dossier_id)[2]
        line.printed_name = "H’Len Niê (đổi)"

    found = consistency.check_dossier(desk, dossier_id)

    assert [one.code for one in found] == ["list-changed"]
    assert "H’Len Niê (đổi)" in found[0].message
    assert "đã thay đổi" in get(client, f"/van-ban/{made}").text_content()


def test_one_name_spelt_two_ways_in_two_papers_is_named(desk: Desk, dossier_id: int) -> None:
    decision(desk, dossier_id, recipients=["Như Điều 3"])
    with desk.transaction() as session:
        nominations.lines_of(session, dossier_id)[0].printed_name = "Nguyễn Thụy Ưu"
    decision(desk, dossier_id, recipients=["Như Điều 3"])

    assert "spelt-apart" in codes(desk, dossier_id)


@pytest.mark.parametrize(
    ("cited", "code"),
    [
        ("số 01/KH-UBND ngày 09/10/2026", None),
        ("số 01/KH-UBND ngày 09 tháng 10 năm 2026", None),
        ("số 01/KH-UBND ngày 08/10/2026", "reference-date-differs"),
        ("số 77/KH-UBND ngày 09/10/2026", "reference-unknown"),
    ],
)
def test_a_reference_to_our_own_paper_has_its_true_number_and_date(
    desk: Desk, dossier_id: int, cited: str, code: str | None
) -> None:
    plan = make_draft(desk, "plan", body=WARD)
    issue(desk, plan.document_id, issued_on="09/10/2026")
    decision(
        desk,
        dossier_id,
        legal_bases=[f"Căn cứ Kế hoạch {cited} của Ủy ban nhân dân Phường Hai Bà Trưng"],
        recipients=["Như Điều 3"],
    )

    assert codes(desk, dossier_id) == ([code] if code else [])


def test_a_reference_to_another_bodys_paper_is_left_alone(desk: Desk, dossier_id: int) -> None:
    decision(
        desk,
        dossier_id,
        legal_bases=["Căn cứ Kế hoạch số 77/KH-UBND ngày 01/02/2026 của Ủy ban nhân dân xã Khác"],
        recipients=["Như Điều 3"],
    )

    assert codes(desk, dossier_id) == []


def test_a_unit_that_is_not_among_the_recipients_is_named(desk: Desk, dossier_id: int) -> None:
    decision(desk, dossier_id, recipients=["Lãnh đạo UBND Phường"])

    assert codes(desk, dossier_id) == ["unit-not-addressed"]


def test_an_issued_paper_is_not_asked_about_a_later_list(desk: Desk, dossier_id: int) -> None:
    made = decision(desk, dossier_id, recipients=["Như Điều 3"])
    issue(desk, made, issued_on="09/10/2026")
    with desk.transaction() as session:
        nominations.lines_of(session, dossier_id)[0].printed_name = "Nguyễn Thụy Ưu"

    assert codes(desk, dossier_id) == []
    with desk.reading() as session:
        assert documents.get_document(session, made).state.value == "issued"
