"""Drafts: what they may be linked to, what they take from a dossier, which number they show."""

from datetime import UTC, datetime
from typing import Any

import pytest

from records import documents, registers
from records.errors import NotFound
from service.intake.documents import parse_draft
from service.intake.fields import EntryInvalid, FieldError
from service.intake.nominations import parse_nominations
from service.workflow import issuing, nominating
from service.workflow.desk import Desk
from tests.factories import WARD, issue, make_draft, paper_of

SCHOOL = "truong-tieu-hoc-hoa-phuong"
NOMINEES = [{"name": "Đặng Đức Huệ", "summary": "Trả lại của rơi."}]


def make_extract(desk: Desk, **links: Any) -> int:
    paper = paper_of("profile_extract", nominees=NOMINEES)
    return make_draft(desk, paper=paper, **links).document_id


def make_submission(desk: Desk, **links: Any) -> int:
    return make_draft(desk, paper=paper_of("submission", nominees=NOMINEES), **links).document_id


def faults_of(desk: Desk, **draft: Any) -> tuple[FieldError, ...]:
    with pytest.raises(EntryInvalid) as refused:
        make_draft(desk, **draft)
    return refused.value.errors


def count_documents(desk: Desk) -> int:
    with desk.reading() as session:
        return documents.list_documents(session)[1]


def nominated(desk: Desk, people: list[dict[str, Any]]) -> int:
    """Open a dossier on which the council has not sat yet."""
    received = nominating.nominate(desk, parse_nominations(people), by="test", dossier="Đợt 10")
    assert received.dossier_id is not None
    return received.dossier_id


# What a draft is linked to


def test_paper_with_a_number_of_its_own_goes_with_no_other(desk: Desk) -> None:
    main = make_submission(desk)

    (fault,) = faults_of(desk, kind="plan", attached_to=main)

    assert (fault.pointer, fault.code) == ("/attached_to", "annex-numbered")
    assert "Kế hoạch" in fault.message
    assert count_documents(desk) == 1


def test_paper_goes_only_with_a_draft(desk: Desk) -> None:
    main = make_submission(desk)
    issue(desk, main)

    (fault,) = faults_of(
        desk, paper=paper_of("profile_extract", nominees=NOMINEES), attached_to=main
    )

    assert (fault.pointer, fault.code) == ("/attached_to", "annex-too-late")
    assert "01/TTr-UBND" in fault.message


def test_paper_goes_only_with_one_of_its_own_body(desk: Desk) -> None:
    main = make_submission(desk)

    (fault,) = faults_of(
        desk,
        body=SCHOOL,
        paper=paper_of("profile_extract", nominees=NOMINEES),
        attached_to=main,
    )

    assert (fault.pointer, fault.code) == ("/attached_to", "annex-of-other-body")
    assert "Ủy ban nhân dân Phường Hai Bà Trưng" in fault.message


def test_paper_goes_with_no_annex_paper(desk: Desk) -> None:
    annex = make_extract(desk, attached_to=make_submission(desk))

    (fault,) = faults_of(
        desk, paper=paper_of("profile_extract", nominees=NOMINEES), attached_to=annex
    )

    assert (fault.pointer, fault.code) == ("/attached_to", "annex-of-annex")


@pytest.mark.parametrize("missing", [0, 404])
@pytest.mark.parametrize("link", ["attached_to", "dossier", "corrects", "replaces", "recalls"])
def test_link_to_what_is_not_there_is_said_so(desk: Desk, link: str, missing: int) -> None:
    with pytest.raises(NotFound) as refused:
        make_draft(desk, paper=paper_of("profile_extract", nominees=NOMINEES), **{link: missing})

    assert refused.value.key == missing
    assert count_documents(desk) == 0


def test_link_that_no_row_can_have_is_refused_at_the_door() -> None:
    with pytest.raises(EntryInvalid) as refused:
        parse_draft({"body": WARD, "paper": {}, "dossier": 10**30})

    assert refused.value.errors[0].pointer == "/dossier"


def test_main_paper_issued_meanwhile_takes_no_further_annex(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    main = make_submission(desk)
    merged = issuing.catalogue.merge

    def issue_meanwhile(*arguments: Any, **named: Any) -> bytes:
        monkeypatch.setattr(issuing.catalogue, "merge", merged)
        issue(desk, main)
        return merged(*arguments, **named)

    monkeypatch.setattr(issuing.catalogue, "merge", issue_meanwhile)
    with pytest.raises(EntryInvalid):
        make_extract(desk, attached_to=main)

    assert count_documents(desk) == 1


# What a draft takes from its dossier


def test_decision_is_not_made_before_the_council_agreed(
    desk: Desk, twelve: list[dict[str, Any]]
) -> None:
    dossier = nominated(desk, twelve)

    (fault,) = faults_of(desk, kind="decision", dossier=dossier)

    assert (fault.pointer, fault.code) == ("/dossier", "nobody-agreed")
    assert f"trinhky agree {dossier}" in fault.message
    assert count_documents(desk) == 0


def test_decision_names_those_whom_the_council_agreed_to(
    desk: Desk, twelve: list[dict[str, Any]]
) -> None:
    dossier = nominated(desk, twelve)
    nominating.agree_all(desk, dossier, by="test")

    made = make_draft(desk, "decision", dossier=dossier)

    with desk.reading() as session:
        paper = documents.get_document(session, made.document_id).paper
    assert [one["name"] for one in paper["nominees"]] == [one["name"] for one in twelve]


def test_list_written_by_the_clerk_stands_before_that_of_the_dossier(
    desk: Desk, twelve: list[dict[str, Any]]
) -> None:
    dossier = nominated(desk, twelve)

    made = make_draft(desk, paper=paper_of("decision", nominees=NOMINEES), dossier=dossier)

    with desk.reading() as session:
        paper = documents.get_document(session, made.document_id).paper
    assert [one["name"] for one in paper["nominees"]] == ["Đặng Đức Huệ"]


# The number it would get


def test_draft_without_a_date_expects_a_number_of_this_year_in_viet_nam(desk: Desk) -> None:
    issue(desk, make_draft(desk).document_id)
    half_past_midnight = datetime(2026, 12, 31, 17, 30, tzinfo=UTC)
    new_year = Desk(desk.store, lambda: half_past_midnight)

    made = make_draft(new_year)

    assert made.expected == 1
    assert issue(new_year, made.document_id).number == 1
    with desk.reading() as session:
        assert {book.year for book in session.query(registers.Register)} == {2026, 2027}
