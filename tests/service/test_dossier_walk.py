"""A dossier from its unit to the hands of those awarded: returned, mended, voted on, decided."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from docx import Document

from doc_templates.pdf import Engine
from records import audit, awards, dossiers, nominations
from records.dossiers import DossierState, PaperKind
from records.errors import Conflict, NotFound, StateRefused, VoteUnsound
from records.nominations import NominationState
from service.__main__ import trinhky
from service.intake.council import parse_sitting
from service.intake.fields import EntryInvalid
from service.intake.nominations import parse_amendment, parse_nominations
from service.workflow import council, filing, handing_over, issuing, nominating, printing
from service.workflow.desk import Desk
from tests.factories import WARD, issue, make_draft, paper_of

MEETING = {
    "held_on": "08/10/2026",
    "begins_at": "14 giờ 00",
    "ends_at": "15 giờ 30",
    "place": "Phòng họp tầng 2",
}


@pytest.fixture
def filed(desk: Desk, twelve: list[dict[str, Any]]) -> int:
    """A dossier of three people, with its unit still."""
    received = nominating.nominate(
        desk, parse_nominations(twelve[:3]), by="test", dossier="Hồ sơ tháng 10"
    )
    assert received.dossier_id is not None
    return received.dossier_id


def sitting(*votes: tuple[int, int, int], **given: Any) -> Any:
    listed = [{"line": at, "approving": yes, "rejecting": no} for at, yes, no in votes]
    return parse_sitting({**MEETING, "votes": listed, **given})


def states(desk: Desk, dossier_id: int) -> list[str]:
    with desk.reading() as session:
        return [one.state.value for one in nominations.lines_of(session, dossier_id)]


def line_ids(desk: Desk, dossier_id: int) -> list[int]:
    with desk.reading() as session:
        return [one.id for one in nominations.lines_of(session, dossier_id)]


def text_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_the_whole_way_with_every_count_agreeing(desk: Desk, filed: int) -> None:
    third = line_ids(desk, filed)[2]
    filing.submit(desk, filed, by="đơn vị")
    filing.give_back(
        desk, filed, reason="Kể rõ việc làm", fields=["deed"], positions=[3], by="cán bộ"
    )
    filing.amend(
        desk, third, parse_amendment({"deed": "Mở lớp xóa mù chữ mỗi tối thứ Ba."}), by="đơn vị"
    )
    filing.submit(desk, filed, by="đơn vị")
    filing.receive_paper(desk, filed, PaperKind.RESIDENCE_CONFIRMATION, is_confirmed=True)
    filing.accept(desk, filed, by="cán bộ")
    held = council.hold(desk, filed, sitting((1, 7, 0), (2, 4, 3), (3, 3, 4)), by="thư ký")
    minutes = council.draft_minutes(desk, filed, by="thư ký")
    issue(desk, minutes.document_id, issued_on="08/10/2026")
    submission = make_draft(desk, "submission", dossier=filed)
    issue(desk, submission.document_id, issued_on="09/10/2026")
    decision = make_draft(desk, "decision", dossier=filed)
    issue(desk, decision.document_id, issued_on="09/10/2026")
    content, _ = handing_over.make_list(desk, decision.document_id)
    handed = handing_over.record(
        desk,
        decision.document_id,
        on=date(2026, 10, 9),
        received_by={2: "Lò Thị Ỏn"},
        by="văn thư",
    )

    printed = text_of(issuing.read_docx(desk, minutes.document_id)[0])
    proposed = text_of(issuing.read_docx(desk, submission.document_id)[0])
    listed = text_of(issuing.read_docx(desk, decision.document_id)[0])
    assert (held.members, held.present, held.agreed, held.refused) == (7, 7, 2, 1)
    assert states(desk, filed) == ["granted", "granted", "refused"]
    assert "02 cá nhân" in printed
    assert "57,1 %" in printed
    assert "Danh sách này có 02 cá nhân" in proposed
    assert "Danh sách này có 02 cá nhân" in listed
    assert "02 cá nhân" in text_of(content)
    assert handed == 2
    told = filing.history(desk, filed)
    assert [one["state"] for one in told if one["line"] == 3] == [
        "Nháp",
        "Đã nộp",
        "Trả lại",
        "Đã nộp",
        "Đã tiếp nhận",
        "Không đồng ý",
    ]
    assert {one["reason"] for one in told} >= {
        "Kể rõ việc làm",
        "Hội đồng: 3/7 đồng ý (42,9 %), dưới 50 %",
        "người nhận thay: Lò Thị Ỏn",
    }


def test_a_returned_line_may_be_changed_only_where_it_was_asked(desk: Desk, filed: int) -> None:
    first = line_ids(desk, filed)[0]
    filing.submit(desk, filed, by="test")
    filing.give_back(desk, filed, reason="Thiếu năm sinh", fields=["birth"], by="test")

    with pytest.raises(Conflict, match=r"Năm sinh.*Họ và tên"):
        filing.amend(desk, first, parse_amendment({"name": "Người khác"}), by="test")
    filing.amend(desk, first, parse_amendment({"birth": "02/5/1980"}), by="test")

    with desk.reading() as session:
        assert str(nominations.get_nomination(session, first).birth) == "02/5/1980"


def test_lines_that_were_not_returned_stay_where_they_are(desk: Desk, filed: int) -> None:
    filing.submit(desk, filed, by="test")

    filing.give_back(desk, filed, reason="Thiếu ảnh", positions=[2], by="test")

    assert states(desk, filed) == ["submitted", "returned", "submitted"]
    with pytest.raises(StateRefused):
        filing.amend(desk, line_ids(desk, filed)[0], parse_amendment({"post": "x"}), by="test")


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"fields": ["state"]}, Conflict),
        ({"positions": [9]}, NotFound),
    ],
)
def test_a_return_names_what_is_there(
    desk: Desk, filed: int, asked: dict[str, Any], error: type[Exception]
) -> None:
    filing.submit(desk, filed, by="test")

    with pytest.raises(error):
        filing.give_back(desk, filed, reason="Thiếu", by="test", **asked)

    assert states(desk, filed) == ["submitted"] * 3


@pytest.mark.parametrize("raw", [{}, {"state": "agreed"}, {"name": ""}, {"birth": "31/2/1980"}])
def test_a_change_that_changes_nothing_or_cannot_be_is_refused(raw: dict[str, Any]) -> None:
    with pytest.raises(EntryInvalid):
        parse_amendment(raw)


@pytest.mark.parametrize(
    ("votes", "said"),
    [
        ([(1, 7, 0), (2, 7, 0)], "Dòng 3"),
        ([(1, 7, 1), (2, 7, 0), (3, 7, 0)], "cộng 8 phiếu, nhiều hơn 7"),
        ([(1, 7, 0), (2, 7, 0), (3, 7, 0), (9, 1, 0)], "Dòng 9"),
        ([(1, 7, 0), (1, 7, 0), (2, 7, 0), (3, 7, 0)], "hai lần"),
    ],
)
def test_votes_that_do_not_add_up_change_nothing(
    desk: Desk, filed: int, votes: list[tuple[int, int, int]], said: str
) -> None:
    with pytest.raises(VoteUnsound, match=said):
        council.hold(desk, filed, sitting(*votes), by="test")

    assert states(desk, filed) == ["draft"] * 3
    with desk.reading() as session:
        assert dossiers.get_dossier(session, filed).state is DossierState.DRAFT


def test_all_faults_of_a_sitting_are_told_at_once(desk: Desk, filed: int) -> None:
    with pytest.raises(VoteUnsound) as told:
        council.hold(desk, filed, sitting((1, 9, 0), (8, 1, 0)), by="test")

    assert len(told.value.faults) == 4


def test_half_of_a_council_cannot_sit(desk: Desk, filed: int) -> None:
    names = ["Đào Thị Thuỳ Dương", "Đặng Đình Huê", "Lò Văn Thuận", "Y Nhuân Kbuôr"]
    absent = [{"name": name, "reason": "đi công tác"} for name in names]

    with pytest.raises(VoteUnsound, match="quá nửa"):
        council.hold(desk, filed, sitting(absent=absent, unanimous=True), by="test")


def test_a_member_that_nobody_knows_is_not_counted_as_missing(desk: Desk, filed: int) -> None:
    absent = [{"name": "Người Không Có", "reason": "ốm"}]

    with pytest.raises(VoteUnsound, match="Người Không Có"):
        council.hold(desk, filed, sitting(absent=absent, unanimous=True), by="test")


def test_the_share_is_of_all_members_unless_the_office_counts_those_present(
    desk: Desk, filed: int, twelve: list[dict[str, Any]]
) -> None:
    absent = [{"name": "Lò Văn Thuận", "reason": "đi công tác"}]
    other = nominating.nominate(
        desk, parse_nominations(twelve[3:6]), by="test", dossier="Hồ sơ khác"
    ).dossier_id

    strict = council.hold(desk, filed, sitting((1, 3, 3), absent=absent, unanimous=True), by="test")
    mild = council.hold(
        desk,
        other or 0,
        sitting((1, 3, 3), absent=absent, unanimous=True, of_present=True),
        by="test",
    )

    assert (strict.agreed, strict.refused) == (2, 1)
    assert (mild.agreed, mild.refused) == (3, 0)


def test_an_award_may_ask_for_more_of_the_council(desk: Desk, filed: int) -> None:
    with desk.transaction() as session:
        awards.get_title(session, "ntvt").vote_threshold = 70

    held = council.hold(desk, filed, sitting((1, 4, 3), unanimous=True), by="test")

    assert (held.agreed, held.refused) == (2, 1)


def test_a_council_does_not_sit_twice_on_what_it_decided(desk: Desk, filed: int) -> None:
    council.hold(desk, filed, sitting(unanimous=True), by="test")

    with pytest.raises(Conflict, match="không còn đề nghị nào"):
        council.hold(desk, filed, sitting(unanimous=True), by="test")


def test_minutes_want_a_sitting(desk: Desk, filed: int) -> None:
    with pytest.raises(NotFound, match="cuộc họp"):
        council.draft_minutes(desk, filed, by="test")


def test_an_award_is_handed_over_once_and_not_before_its_decision(
    desk: Desk, dossier_id: int
) -> None:
    made = make_draft(desk, "decision", dossier=dossier_id)
    issue(desk, made.document_id, issued_on="09/10/2026")

    with pytest.raises(Conflict, match="từ ngày quyết định"):
        handing_over.record(desk, made.document_id, on=date(2026, 10, 8), by="test")
    handing_over.record(desk, made.document_id, on=date(2026, 10, 9), numbers=[1], by="test")
    with pytest.raises(Conflict, match="đã trao"):
        handing_over.record(desk, made.document_id, on=date(2026, 10, 9), numbers=[1], by="test")
    rest = handing_over.record(desk, made.document_id, on=date(2026, 10, 9), by="test")

    assert rest == 11


def test_money_is_that_of_the_decisions_day_in_figures_and_words(
    desk: Desk, dossier_id: int
) -> None:
    made = make_draft(desk, "decision", dossier=dossier_id)
    issue(desk, made.document_id, issued_on="09/10/2026")

    listed = handing_over.list_awards(desk, made.document_id)
    content, _ = handing_over.make_list(desk, made.document_id)

    assert {(one.raw, one.prize) for one in listed} == {(759_000, 760_000)}
    assert (
        "9.120.000 đồng (bằng chữ: Chín triệu một trăm hai mươi nghìn đồng); trước khi làm tròn: "
        "9.108.000 đồng"
    ) in text_of(content)


def test_what_is_no_decision_hands_nothing_over(desk: Desk) -> None:
    plan = make_draft(desk, "plan", body=WARD, paper=paper_of("plan"))

    with pytest.raises(Conflict):
        handing_over.list_awards(desk, plan.document_id)


def test_every_step_is_in_the_log(desk: Desk, filed: int) -> None:
    council.hold(desk, filed, sitting((1, 3, 4), unanimous=True), by="thư ký")

    with desk.reading() as session:
        actions = [
            entry.action for entry in session.query(audit.AuditEntry).order_by(audit.AuditEntry.n)
        ]
    assert "council.held" in actions
    assert actions.count("nomination.agreed") == 2
    assert actions.count("nomination.refused") == 1


def test_commands_walk_the_same_way(
    desk: Desk, filed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRINHKY_DATABASE_URL", str(desk.store.url))
    file = tmp_path / "hop.toml"
    file.write_text(
        'held_on = "01/10/2026"\nbegins_at = "8 giờ 00"\nends_at = "9 giờ 00"\n'
        'place = "Phòng họp"\nunanimous = true\n',
        encoding="utf-8",
    )
    scan = tmp_path / "xac-nhan.pdf"
    scan.write_bytes(b"%PDF-1.7 anh quet")
    run = CliRunner().invoke

    steps = [
        ["dossier", "submit", str(filed)],
        ["dossier", "paper", str(filed), "H-03", "--file", str(scan), "--confirmed"],
        ["dossier", "accept", str(filed)],
        ["council", "hold", str(filed), str(file)],
        ["council", "minutes", str(filed)],
        ["dossier", "history", str(filed)],
    ]
    done = [run(trinhky, step) for step in steps]

    assert [one.exit_code for one in done] == [0] * 6, [one.output for one in done]
    assert "đồng ý 3" in done[3].output
    assert "Đồng ý" in done[5].output
    with desk.reading() as session:
        papers = dossiers.papers_of(session, dossiers.get_dossier(session, filed))
        assert [(one.is_present, one.file_name) for one in papers][2] == (True, "xac-nhan.pdf")


def test_the_minutes_lay_out_on_our_engine(desk: Desk, filed: int) -> None:
    council.hold(desk, filed, sitting(unanimous=True), by="test")
    made = council.draft_minutes(desk, filed, by="test")

    content, _ = issuing.read_docx(desk, made.document_id)

    assert printing.pdf_of_docx(content, engine=Engine.FAST).content.startswith(b"%PDF")
    with desk.reading() as session:
        assert nominations.lines_of(session, filed)[0].state is NominationState.AGREED
