"""The one path to an issued document: numbers, rollback, replay, immutability, links."""

import hashlib
import io
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import docx
import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError, OperationalError

from doc_templates import catalogue
from doc_templates.catalogue import Templates
from records import audit, blobs, bodies, documents, dossiers, grants, nominations, registers
from records.documents import DocumentState
from records.errors import (
    AlreadyIssued,
    Conflict,
    DateInFuture,
    DateOutOfOrder,
    KeyReused,
    NotFound,
    ReasonMissing,
    RegisterClosed,
    StateRefused,
)
from service.intake import papers
from service.intake.fields import EntryInvalid
from service.intake.nominations import parse_nominations
from service.workflow import bookkeeping, drafting, issuing, nominating
from service.workflow.desk import Desk
from tests.factories import WARD, issue, make_draft, paper_of

ON = "09/10/2026"


def text_of(content: bytes) -> str:
    """Read a Word file as a person would: paragraphs, then cells."""
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def next_number(desk: Desk, *, series: str = "chung", year: int = 2026) -> int:
    with desk.reading() as session:
        return registers.preview(session, bodies.get_body(session, WARD), series, year)


def test_first_paper_of_a_year_gets_number_one_with_its_zero(desk: Desk) -> None:
    draft = make_draft(desk)

    done = issue(desk, draft.document_id, issued_on=ON)

    assert (done.number, done.symbol) == (1, "01/KH-UBND")
    content, name = issuing.read_docx(desk, done.document_id)
    assert "Số: 01/KH-UBND" in text_of(content)
    assert name == "01-KH-UBND.docx"
    assert hashlib.sha256(content).hexdigest() == done.sha256


def test_draft_shows_the_number_it_would_get_and_a_gap_on_paper(desk: Desk) -> None:
    issue(desk, make_draft(desk).document_id, issued_on=ON)

    draft = make_draft(desk)

    assert draft.expected == 2
    assert "Số:      /KH-UBND" in text_of(draft.content)


def test_answer_says_when_the_number_seen_is_not_the_one_given(desk: Desk) -> None:
    first, second = make_draft(desk), make_draft(desk)

    issue(desk, second.document_id, issued_on=ON, expected=second.expected)
    done = issue(desk, first.document_id, issued_on=ON, expected=first.expected)

    assert done.number_changed
    assert "Số đã cấp là 02, khác số dự kiến 01" in done.notices[0]


def test_number_is_not_spent_when_the_paper_cannot_be_made(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = make_draft(desk)
    monkeypatch.setattr(catalogue, "merge", _fail)

    with pytest.raises(RuntimeError):
        issue(desk, draft.document_id, issued_on=ON)

    assert next_number(desk) == 1


def _fail(*_: object, **__: object) -> bytes:
    raise RuntimeError("broken template")


def test_same_key_gives_the_same_document_again(desk: Desk) -> None:
    draft = make_draft(desk)

    first = issue(desk, draft.document_id, issued_on=ON, key="a-1")
    again = issue(desk, draft.document_id, issued_on=ON, key="a-1")

    assert again.is_replay
    assert (again.number, again.sha256) == (first.number, first.sha256)
    assert next_number(desk) == 2


def test_a_key_does_not_serve_two_requests(desk: Desk) -> None:
    issue(desk, make_draft(desk).document_id, issued_on=ON, key="a-1")

    with pytest.raises(KeyReused):
        issue(desk, make_draft(desk).document_id, issued_on=ON, key="a-1")

    assert next_number(desk) == 2


def test_issued_document_is_not_issued_again(desk: Desk) -> None:
    draft = make_draft(desk)
    issue(desk, draft.document_id, issued_on=ON)

    with pytest.raises(AlreadyIssued):
        issue(desk, draft.document_id, issued_on=ON)


def test_dates_never_go_down_as_numbers_go_up(desk: Desk) -> None:
    issue(desk, make_draft(desk).document_id, issued_on="08/10/2026")

    with pytest.raises(DateOutOfOrder) as refused:
        issue(desk, make_draft(desk).document_id, issued_on="07/10/2026")

    assert "08/10/2026" in str(refused.value)
    assert next_number(desk) == 2


def test_a_day_that_has_not_come_is_refused(desk: Desk) -> None:
    with pytest.raises(DateInFuture):
        issue(desk, make_draft(desk).document_id, issued_on="10/10/2026")


def test_book_is_that_of_the_papers_date_not_of_the_clock(desk: Desk) -> None:
    new_year = datetime(2026, 12, 31, 17, 30, tzinfo=UTC)  # half past midnight in Hà Nội
    issue(desk, make_draft(desk).document_id, issued_on=ON)
    later = Desk(desk.store, lambda: new_year)

    last_year = issue(later, make_draft(later).document_id, issued_on="31/12/2026")
    this_year = issue(later, make_draft(later).document_id)

    assert (last_year.number, this_year.number) == (2, 1)
    assert this_year.issued_on == date(2027, 1, 1)


def test_closed_book_gives_no_number(desk: Desk) -> None:
    issue(desk, make_draft(desk).document_id, issued_on=ON)
    bookkeeping.close_book(desk, WARD, "chung", 2026, by="test")

    with pytest.raises(RegisterClosed):
        issue(desk, make_draft(desk).document_id, issued_on=ON)


def test_unknown_document_is_said_so(desk: Desk) -> None:
    with pytest.raises(NotFound):
        issue(desk, 404)


def test_stored_data_make_the_same_bytes_again(desk: Desk, dossier_id: int) -> None:
    submission = make_draft(desk, "submission", dossier=dossier_id)
    make_draft(desk, "profile_extract", dossier=dossier_id, attached_to=submission.document_id)
    decision = make_draft(desk, "decision", dossier=dossier_id)
    issue(desk, submission.document_id, issued_on="05/10/2026")
    issue(desk, decision.document_id, issued_on=ON)
    letter = make_draft(desk, "official_letter")
    issue(desk, letter.document_id, issued_on=ON)

    with desk.reading() as session:
        rows, count = documents.list_documents(session, state=DocumentState.ISSUED)
        for row in rows:
            version = documents.issued_version(session, row)
            paper = papers.parse_paper(version.paper).to_paper(today=date(2030, 1, 1))
            assert catalogue.merge(paper) == blobs.read_bytes(session, version.sha256)
    assert count == 4


def test_issued_document_keeps_which_program_made_it(desk: Desk) -> None:
    done = issue(desk, make_draft(desk).document_id, issued_on=ON)

    with desk.reading() as session:
        document = documents.get_document(session, done.document_id)
        version = documents.issued_version(session, document)
    assert version.engine == f"trinhky {metadata.version('trinhky')}"


def test_office_template_is_filled_and_kept_with_the_papers_made_from_it(
    desk: Desk, tmp_path: Path
) -> None:
    own = docx.Document(io.BytesIO(catalogue.get_form("plan").template()))
    own.styles["Trích yếu"].font.italic = True
    own.save(str(tmp_path / "plan.docx"))
    office = replace(desk, templates=Templates(tmp_path))

    despite = "Mẫu riêng của cơ quan"
    done = issue(office, make_draft(office).document_id, issued_on=ON, despite=despite)

    with desk.reading() as session:
        document = documents.get_document(session, done.document_id)
        version = documents.issued_version(session, document)
        kept = blobs.read_bytes(session, version.form_hash)
        content = blobs.read_bytes(session, version.sha256)
    paper = papers.parse_paper(version.paper).to_paper(today=date(2030, 1, 1))
    assert kept == (tmp_path / "plan.docx").read_bytes()
    assert catalogue.merge(paper, form=catalogue.compile_for("plan", kept)) == content
    assert catalogue.merge(paper) != content


def test_annex_paper_is_issued_with_its_submission_and_points_at_it(
    desk: Desk, dossier_id: int
) -> None:
    submission = make_draft(desk, "submission", dossier=dossier_id)
    annex = make_draft(
        desk, "profile_extract", dossier=dossier_id, attached_to=submission.document_id
    )

    done = issue(desk, submission.document_id, issued_on=ON)

    assert done.annex_ids == (annex.document_id,)
    text = text_of(issuing.read_docx(desk, annex.document_id)[0]).replace("\u00a0", " ")
    assert "(Kèm theo Tờ trình số 01/TTr-UBND ngày 09 tháng 10 năm 2026 của" in text
    assert "H’Len Niê" in text


def test_issued_papers_are_ticked_off_the_checklist_of_their_dossier(
    desk: Desk, dossier_id: int
) -> None:
    submission = make_draft(desk, "submission", dossier=dossier_id)
    make_draft(desk, "profile_extract", dossier=dossier_id, attached_to=submission.document_id)

    issue(desk, submission.document_id, issued_on=ON)

    with desk.reading() as session:
        dossier = dossiers.get_dossier(session, dossier_id)
        papers_there = dossiers.papers_of(session, dossier)
    present = {one.paper_kind.value: one.is_present for one in papers_there}
    assert present == {"H-01": True, "H-02": True, "H-03": False}


def test_annex_paper_has_no_number_to_be_issued_under(desk: Desk, dossier_id: int) -> None:
    submission = make_draft(desk, "submission", dossier=dossier_id)
    annex = make_draft(
        desk, "profile_extract", dossier=dossier_id, attached_to=submission.document_id
    )

    with pytest.raises(Conflict):
        issue(desk, annex.document_id)

    assert annex.expected is None


def test_decision_enters_its_awards_into_the_golden_book(desk: Desk, dossier_id: int) -> None:
    decision = make_draft(desk, "decision", dossier=dossier_id)

    done = issue(desk, decision.document_id, issued_on=ON)

    with desk.reading() as session:
        granted = grants.grants_by(session, done.document_id)
        lines = nominations.lines_of(session, dossier_id)
    assert [one.sequence for one in granted] == list(range(1, 13))
    assert granted[0].name == "Nguyễn Thuỵ Ưu"
    assert granted[0].decision == "Quyết định số 01/QĐ-UBND ngày 09/10/2026"
    assert {line.state.value for line in lines} == {"granted"}


def test_decision_whose_dossier_changed_since_is_not_issued(desk: Desk, dossier_id: int) -> None:
    decision = make_draft(desk, "decision", dossier=dossier_id)
    with desk.transaction() as session:
        lines = nominations.lines_of(session, dossier_id)
        nominations.place(session, dossier_id, lines[1:])

    with pytest.raises(Conflict, match=r"Danh sách đã thay đổi.*Nguyễn Thuỵ Ưu"):
        issue(desk, decision.document_id, issued_on=ON)

    assert next_number(desk) == 1


def test_number_in_the_golden_book_is_that_of_the_printed_list(
    desk: Desk, twelve: list[dict[str, Any]]
) -> None:
    mixed = [
        {**twelve[0], "award": "giay_khen"},
        {**twelve[1], "award": "giay_khen", "subject": "collective", "name": "Tổ dân phố số 7"},
        {**twelve[2], "award": "giay_khen", "subject": "household", "name": "Hộ ông Đặng Đức Huệ"},
    ]
    received = nominating.nominate(desk, parse_nominations(mixed), by="test", dossier="Giấy khen")
    assert received.dossier_id is not None
    nominating.agree_all(desk, received.dossier_id, by="test")

    done = issue(
        desk,
        make_draft(desk, "decision", dossier=received.dossier_id).document_id,
        issued_on=ON,
    )

    with desk.reading() as session:
        granted = [(one.sequence, one.name) for one in grants.grants_by(session, done.document_id)]
    rows = docx.Document(io.BytesIO(issuing.read_docx(desk, done.document_id)[0])).tables[-1].rows
    numbered = [
        (int(row.cells[0].text), row.cells[1].text) for row in rows if row.cells[0].text.isdigit()
    ]
    assert granted == [
        (1, "Tổ dân phố số 7"),
        (2, "Hộ ông Đặng Đức Huệ"),
        (3, twelve[0]["name"]),
    ]
    assert [number for number, _ in numbered] == [1, 2, 3]
    assert all(name in printed for (_, name), (_, printed) in zip(granted, numbered, strict=True))


def test_draft_changed_while_it_is_issued_spends_no_number(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = make_draft(desk)
    merged = catalogue.merge

    def amend_meanwhile(*arguments: Any, **named: Any) -> bytes:
        monkeypatch.setattr(catalogue, "merge", merged)
        drafting.amend(desk, draft.document_id, {"abstract": "Nội dung khác"}, by="other")
        return merged(*arguments, **named)

    monkeypatch.setattr(catalogue, "merge", amend_meanwhile)
    with pytest.raises(Conflict, match="vừa được người khác sửa"):
        issue(desk, draft.document_id, issued_on=ON)

    assert next_number(desk) == 1


def test_replacement_recall_and_correction_are_new_documents_that_point_at_the_old(
    desk: Desk,
) -> None:
    old = [issue(desk, make_draft(desk).document_id, issued_on=ON) for _ in range(3)]
    before = issuing.read_docx(desk, old[0].document_id)

    for link, one in zip(("replaces", "recalls", "corrects"), old, strict=True):
        issue(desk, make_draft(desk, **{link: one.document_id}).document_id, issued_on=ON)

    with desk.reading() as session:
        states = [documents.get_document(session, one.document_id).state for one in old]
    assert states == [DocumentState.REPLACED, DocumentState.RECALLED, DocumentState.ISSUED]
    assert issuing.read_docx(desk, old[0].document_id) == before


def test_recalled_document_is_not_replaced_afterwards(desk: Desk) -> None:
    old = issue(desk, make_draft(desk).document_id, issued_on=ON)
    issue(desk, make_draft(desk, recalls=old.document_id).document_id, issued_on=ON)

    with pytest.raises(StateRefused):
        make_draft(desk, replaces=old.document_id)


def test_cancelled_number_stays_in_the_book_with_its_reason(desk: Desk) -> None:
    done = issue(desk, make_draft(desk).document_id, issued_on=ON)

    issuing.cancel(desk, done.document_id, reason="Ban hành nhầm", by="test")

    following = issue(desk, make_draft(desk).document_id, issued_on=ON)
    assert following.number == 2
    _, lines, _ = bookkeeping.read_book(desk, WARD, "chung", 2026)
    assert (lines[0].symbol, lines[0].cancelled_reason) == ("01/KH-UBND", "Ban hành nhầm")


def test_cancelling_asks_for_a_reason(desk: Desk) -> None:
    done = issue(desk, make_draft(desk).document_id, issued_on=ON)

    with pytest.raises(ReasonMissing):
        issuing.cancel(desk, done.document_id, reason=" ", by="test")


def test_old_number_is_entered_with_a_reason_below_the_opened_book(desk: Desk) -> None:
    bookkeeping.open_book(desk, WARD, "chung", 2026, first=358, by="test")
    entry = bookkeeping.parse_legacy(
        {
            "number": 12,
            "symbol": "12/KH-UBND",
            "issued_on": "15/01/2026",
            "abstract": "Phát động thi đua",
            "reason": "Chuyển từ sổ giấy",
        }
    )

    bookkeeping.enter_legacy(desk, WARD, "chung", entry, by="test")
    done = issue(desk, make_draft(desk).document_id, issued_on=ON)

    assert done.number == 358


def test_paper_of_2017_is_issued_with_a_word_about_its_form(desk: Desk) -> None:
    draft = make_draft(
        desk,
        body="thi-xa-son-tay",
        paper=paper_of(signature={"head": "CHỦ TỊCH", "on_behalf_of": "ỦY BAN NHÂN DÂN"}),
    )

    done = issue(desk, draft.document_id, issued_on="20/3/2017")

    assert "Thông tư 01/2011/TT-BNV" in done.notices[-1]


def test_every_fault_of_a_draft_is_named_under_its_paper(desk: Desk) -> None:
    with pytest.raises(EntryInvalid) as refused:
        make_draft(desk, paper={"kind": "plan", "abstract": "a\x07", "legal_bases": ["x"]})

    places = {error.pointer for error in refused.value.errors}
    assert places >= {"/paper/abstract", "/paper/body"}


def test_eight_threads_with_random_aborts_leave_no_gap(desk: Desk) -> None:
    drafts = [make_draft(desk).document_id for _ in range(24)]
    abort = _abort_every(7)

    def until_done(document_id: int) -> int:
        while True:
            try:
                return issue(desk, document_id, issued_on=ON, key=f"k-{document_id}").number
            except (Aborted, OperationalError, IntegrityError):
                continue

    event.listen(desk.store.engine, "before_cursor_execute", abort)
    try:
        with ThreadPoolExecutor(8) as pool:
            numbers = list(pool.map(until_done, drafts))
    finally:
        event.remove(desk.store.engine, "before_cursor_execute", abort)

    assert sorted(numbers) == list(range(1, 25))
    with desk.reading() as session:
        body = bodies.get_body(session, WARD)
        (book,) = registers.registers_of(session, body)
        assert registers.gaps(session, book) == ()
        assert audit.verify_chain(session, body.id) == []


class Aborted(Exception):
    """Raised in the middle of a transaction."""


def _abort_every(count: int) -> Callable[..., None]:
    ticks: Iterator[int] = iter(range(1, 10**9))

    def abort(*_: object) -> None:
        if next(ticks) % (count * 10) == 0:
            raise Aborted

    return abort
