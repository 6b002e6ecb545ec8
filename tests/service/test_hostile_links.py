"""Papers linked to what they may not touch, or changed while they are issued."""

import unicodedata
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from doc_templates import catalogue
from records import bodies, documents, registers
from records.bodies import IssuingBody
from records.documents import DocumentState
from records.errors import Conflict, StateRefused
from service.__main__ import trinhky
from service.intake.fields import EntryInvalid
from service.workflow import bookkeeping, issuing, setting_up
from service.workflow.desk import Desk
from service.workflow.setting_up import OfficeFileInvalid
from tests.factories import WARD, issue, make_draft, paper_of

SCHOOL = "truong-tieu-hoc-hoa-phuong"
FIXTURES = Path(__file__).parents[2] / "fixtures"
NOMINEES = [{"name": "Đặng Đức Huệ", "summary": "Trả lại của rơi."}]


def make_extract(desk: Desk, main: int) -> int:
    paper = paper_of("profile_extract", nominees=NOMINEES)
    return make_draft(desk, paper=paper, attached_to=main).document_id


def make_submission(desk: Desk) -> int:
    return make_draft(desk, paper=paper_of("submission", nominees=NOMINEES)).document_id


def state_of(desk: Desk, document_id: int) -> DocumentState:
    with desk.reading() as session:
        return documents.get_document(session, document_id).state


def next_number(desk: Desk) -> int:
    with desk.reading() as session:
        return registers.preview(session, bodies.get_body(session, WARD), "chung", 2026)


def test_annex_added_while_its_paper_is_issued_is_not_left_behind(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    main = make_submission(desk)
    merged = catalogue.merge

    def add_meanwhile(*arguments: Any, **named: Any) -> bytes:
        monkeypatch.setattr(catalogue, "merge", merged)
        make_extract(desk, main)
        return merged(*arguments, **named)

    monkeypatch.setattr(catalogue, "merge", add_meanwhile)
    with pytest.raises(Conflict, match="kèm theo"):
        issue(desk, main)

    assert next_number(desk) == 1
    assert len(issue(desk, main).annex_ids) == 1


def test_annex_cancelled_while_its_paper_is_issued_spends_no_number(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    main = make_submission(desk)
    annex = make_extract(desk, main)
    merged = catalogue.merge

    def cancel_meanwhile(*arguments: Any, **named: Any) -> bytes:
        monkeypatch.setattr(catalogue, "merge", merged)
        issuing.cancel(desk, annex, reason="nhầm", by="other")
        return merged(*arguments, **named)

    monkeypatch.setattr(catalogue, "merge", cancel_meanwhile)
    with pytest.raises(StateRefused):
        issue(desk, main)

    assert next_number(desk) == 1


def test_issued_annex_is_not_cancelled_without_its_paper(desk: Desk) -> None:
    main = make_submission(desk)
    annex = make_extract(desk, main)
    issue(desk, main)

    with pytest.raises(Conflict, match="văn bản chính"):
        issuing.cancel(desk, annex, reason="nhầm", by="test")

    issuing.cancel(desk, main, reason="nhầm", by="test")
    assert state_of(desk, annex) is DocumentState.CANCELLED


@pytest.mark.parametrize("link", ["corrects", "replaces", "recalls"])
def test_paper_of_another_body_is_not_undone(desk: Desk, link: str) -> None:
    theirs = issue(desk, make_draft(desk, body=SCHOOL).document_id).document_id

    with pytest.raises(EntryInvalid) as refused:
        make_draft(desk, **{link: theirs})

    (fault,) = refused.value.errors
    assert (fault.pointer, fault.code) == (f"/{link}", "older-of-other-body")
    assert state_of(desk, theirs) is DocumentState.ISSUED


def test_body_answers_for_the_papers_of_the_one_it_follows(desk: Desk) -> None:
    with desk.reading() as session:
        old, new = next(
            (body.key, session.get_one(IssuingBody, body.successor_id).key)
            for body in bodies.bodies(session)
            if body.successor_id is not None and body.valid_to is not None
        )
        day = bodies.get_body(session, old).valid_to
    before = issue(desk, make_draft(desk, body=old, paper=dated(day)).document_id).document_id

    after = make_draft(desk, body=new, recalls=before)
    issue(desk, after.document_id)

    assert state_of(desk, before) is DocumentState.RECALLED


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("quan-hai-ba-trung", "01/07/2025"),
        ("quan-nam-tu-liem", "09/10/2026"),
        (WARD, "30/06/2025"),
    ],
)
def test_body_issues_no_paper_of_a_day_on_which_it_was_not_there(
    desk: Desk, body: str, day: str
) -> None:
    draft = make_draft(desk, body=body, paper=dated(day))

    with pytest.raises(Conflict, match="không có hiệu lực"):
        issue(desk, draft.document_id)

    with desk.reading() as session:
        assert registers.registers_of(session, bodies.get_body(session, body)) == ()


def test_body_issues_on_its_first_and_its_last_day(desk: Desk) -> None:
    last = make_draft(desk, body="quan-hai-ba-trung", paper=dated("30/06/2025"))
    first = make_draft(desk, paper=dated("01/07/2025"))

    assert {issue(desk, one.document_id).number for one in (last, first)} == {1}


def dated(day: object) -> dict[str, Any]:
    return paper_of(issued_on=day, signature={"head": "CHỦ TỊCH", "name": "Lò Thị Ỏn"})


def test_decision_is_made_by_the_body_with_which_the_dossier_lies(
    desk: Desk, dossier_id: int
) -> None:
    with pytest.raises(EntryInvalid) as refused:
        make_draft(desk, "decision", body=SCHOOL, dossier=dossier_id)

    assert [one.code for one in refused.value.errors] == ["dossier-of-other-body"]


def test_late_repetition_tells_that_the_paper_was_cancelled_since(
    client: FlaskClient, desk: Desk
) -> None:
    document = make_draft(desk).document_id
    where = f"/api/v1/documents/{document}/issue"
    client.post(where, headers={"Idempotency-Key": "k"})
    issuing.cancel(desk, document, reason="nhầm", by="test")

    again = client.post(where, headers={"Idempotency-Key": "k"}).get_json()

    assert (again["number"], again["state"]) == (1, "cancelled")


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"symbol": "15/KH-UBND"}, "/symbol"),
        ({"symbol": "KH-UBND"}, "/symbol"),
        ({"number": 0}, "/number"),
        ({"number": True}, "/number"),
        ({"number": 10**30}, "/number"),
        ({"issued_on": "01/01/0001"}, "/issued_on"),
        ({"reason": " "}, "/reason"),
    ],
)
def test_old_number_that_lies_is_refused(changed: dict[str, Any], place: str) -> None:
    told = {"number": 12, "symbol": "12/KH-UBND", "issued_on": "15/01/2026"}

    with pytest.raises(EntryInvalid) as refused:
        bookkeeping.parse_legacy({**told, "abstract": "x", "reason": "sổ giấy", **changed})

    assert place in {one.pointer for one in refused.value.errors}


@pytest.mark.parametrize(
    "words",
    [
        ["issue", str(10**30)],
        ["docx", "0"],
        ["cancel", "-1", "--reason", "x"],
        ["register", "open", WARD, "--year", "99999", "--first", "1"],
        ["register", "open", WARD, "--year", "2026", "--first", "100000"],
        ["register", "close", WARD, "--year", "-1"],
    ],
)
def test_number_that_cannot_be_is_a_wrong_use_of_the_command(words: list[str]) -> None:
    assert CliRunner().invoke(trinhky, words).exit_code == 2


BODY = {
    "key": "xa-moi",
    "full_name": "Ủy ban nhân dân xã Mới",
    "name_lines": ["ỦY BAN NHÂN DÂN", "XÃ MỚI"],
    "code": "UBND",
    "place": "Mới",
}


@pytest.mark.parametrize(
    "changed",
    [
        {"name_lines": "ỦY BAN NHÂN DÂN"},
        {"name_lines": [1]},
        {"full_name": 7},
        {"code": "U" * 100},
        {"valid_from": "2025-07-01"},
        {"number_groups": ["a"]},
        {"signatories": [7]},
        {"signatories": 7},
        {"recipients": [{"kind": "plan", "lines": [7]}]},
        {"colour": "xanh"},
        {"number_policy": "guess"},
    ],
)
def test_office_file_with_a_wrong_value_is_refused_whole(
    empty_desk: Desk, changed: dict[str, Any]
) -> None:
    office = {"bodies": [{**BODY, **changed}], "units": [], "awards": [], "campaigns": []}

    with pytest.raises(OfficeFileInvalid, match=r"bodies\.toml, dòng dữ liệu 1 \(xa-moi\)"):
        setting_up.load_office(empty_desk, office)

    with empty_desk.reading() as session:
        assert bodies.bodies(session) == ()


@pytest.mark.parametrize("missing", list(BODY))
def test_office_file_that_lacks_a_value_is_refused_in_words(empty_desk: Desk, missing: str) -> None:
    row = {name: value for name, value in BODY.items() if name != missing}

    with pytest.raises(OfficeFileInvalid):
        setting_up.load_office(
            empty_desk, {"bodies": [row], "units": [], "awards": [], "campaigns": []}
        )


@pytest.mark.parametrize(
    "content",
    [
        "bodies = 7",
        "bodies = [1, 2]",
        'bodies = {key = "x"}',
        "bodies = " + "[" * 50_000,
        'bodies = [{key = "a\\u202Eb"}]',
        "bodies = [{key = " + "9" * 5_000 + "}]",
    ],
)
def test_office_file_that_is_a_trap_is_refused_in_words(tmp_path: Path, content: str) -> None:
    (tmp_path / "bodies.toml").write_text(content, encoding="utf-8")

    with pytest.raises(OfficeFileInvalid, match=r"bodies\.toml"):
        setting_up.read_office(tmp_path)


def test_office_file_in_decomposed_letters_is_kept_composed(
    empty_desk: Desk, tmp_path: Path
) -> None:
    for name in setting_up.FILES:
        text = (FIXTURES / "demo" / f"{name}.toml").read_text(encoding="utf-8")
        text = text.replace('"../plans/', f'"{(FIXTURES / "plans").as_posix()}/')
        decomposed = unicodedata.normalize("NFD", text)
        (tmp_path / f"{name}.toml").write_text(f"\ufeff{decomposed}", encoding="utf-8")

    setting_up.load_office(empty_desk, setting_up.read_office(tmp_path))

    with empty_desk.reading() as session:
        body = bodies.get_body(session, WARD)
        assert body.full_name == "Ủy ban nhân dân Phường Hai Bà Trưng"
        assert bodies.find_unit(session, body, "Trường Tiểu học Hoa Phượng") is not None
