"""What is kept of one person is handed out whole, and erased as far as the law lets it be."""

import json
import logging
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from records import audit, documents, grants, nominations, people
from records.errors import Conflict, ReasonMissing
from service.__main__ import trinhky
from service.intake.nominations import parse_nominations
from service.workflow import filing, inspecting, nominating, personal
from service.workflow.desk import Desk
from tests.factories import issue, make_draft
from tests.service.past_awards import past_award

MARKED = "Quàng Thị Dấu Riêng"
NUMBER = "001074000999"


def nominee(**given: Any) -> dict[str, Any]:
    return {
        "body": "phuong-hai-ba-trung",
        "award": "ntvt",
        "name": MARKED,
        "birth": "12/5/1974",
        "residence": "Tổ dân phố số 33",
        "identity_number": NUMBER,
        "deed": "Nhặt được ví có 27 triệu đồng và tìm đến tận nhà trả lại đầy đủ.",
        **given,
    }


def keep(desk: Desk, *lines: dict[str, Any]) -> tuple[list[int], int]:
    """Keep lines in a dossier; their ids and the dossier's."""
    kept = nominating.nominate(desk, parse_nominations(list(lines)), by="test", dossier="Hồ sơ")
    return list(kept.nomination_ids), kept.dossier_id or 0


def test_everything_kept_of_a_person_is_handed_out(desk: Desk) -> None:
    (first,), _ = keep(desk, nominee())
    keep(desk, nominee(identity_number="", deed="Cứu hai em nhỏ đuối nước ở hồ Thiền Quang."))
    keep(desk, nominee(name="Người Khác", identity_number="", birth="1990"))

    told = personal.export(desk, first)

    assert [one["name"] for one in told["nominations"]] == [MARKED, MARKED]
    assert told["nominations"][0]["identity_number"] == NUMBER
    assert told["nominations"][0]["steps"][0]["state"] == "Nháp"


def test_an_award_of_the_past_is_handed_out_and_its_number_erased(desk: Desk) -> None:
    past_award(desk, name="Quàng Thị Riêng", birth="1974", identity_number=NUMBER)
    past_award(desk, name=MARKED, birth="12/5/1974", decision="9/QĐ-UBND ngày 02/4/2019")
    past_award(desk, name="Người Khác", birth="1990")
    (first,), _ = keep(desk, nominee())
    filing.withdraw(desk, first, reason="Xin rút", by="test")

    told = personal.export(desk, first)
    personal.erase(desk, first, reason="Đơn số 7", by="test")

    assert [one["name"] for one in told["awards"]] == ["Quàng Thị Riêng", MARKED]
    with desk.reading() as session:
        assert people.find_by_identity(session, NUMBER) is None


def test_what_was_never_decided_is_emptied_and_nobody_finds_it(desk: Desk) -> None:
    (first,), dossier_id = keep(desk, nominee())
    draft = make_draft(desk, "submission", dossier=dossier_id)
    filing.withdraw(desk, first, reason="Xin rút", by="test")

    done = personal.erase(desk, first, reason="Đơn số 7", by="test")

    assert (done.lines, done.numbers, done.drafts) == (1, 1, (draft.document_id,))
    with desk.reading() as session:
        line = nominations.get_nomination(session, first)
        kept = " ".join(str(value) for value in vars(line).values())
        assert MARKED not in kept
        assert NUMBER not in kept
        assert nominations.list_nominations(session, text="quang thi dau rieng")[1] == 0
        entry = session.query(audit.AuditEntry).filter_by(action="person.erased").one()
        assert MARKED not in json.dumps(entry.detail, ensure_ascii=False)


def test_an_issued_decision_keeps_its_bytes_and_the_golden_book_its_name(desk: Desk) -> None:
    (first,), dossier_id = keep(desk, nominee())
    nominating.agree_all(desk, dossier_id, by="test")
    decision = make_draft(desk, "decision", dossier=dossier_id)
    before = issue(desk, decision.document_id, issued_on="09/10/2026")

    done = personal.erase(desk, first, reason="Đơn số 7", by="test")

    assert (done.lines, done.numbers) == (0, 1)
    with desk.reading() as session:
        assert grants.grants_by(session, decision.document_id)[0].name == MARKED
        kept = documents.get_document(session, decision.document_id)
        assert documents.issued_version(session, kept).sha256 == before.sha256
    assert not inspecting.verify(desk, is_deep=True).inspection.problems


def test_a_line_that_waits_for_its_decision_is_withdrawn_first(desk: Desk) -> None:
    (first,), dossier_id = keep(desk, nominee())
    filing.submit(desk, dossier_id, by="test")

    with pytest.raises(Conflict, match="rút"):
        personal.erase(desk, first, reason="Đơn số 7", by="test")
    with pytest.raises(ReasonMissing):
        personal.erase(desk, first, reason=" ", by="test")


def test_no_page_and_no_log_shows_an_identity_number_or_logs_a_name(
    desk: Desk, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    (first,), dossier_id = keep(desk, nominee())
    pages = [
        client.get(address).get_data(as_text=True)
        for address in (
            "/",
            f"/ho-so/{dossier_id}",
            f"/ho-so/{dossier_id}/xet",
            f"/ho-so/{dossier_id}/tra-lai",
            f"/ho-so/{dossier_id}/hoi-dong",
            f"/api/v1/dossiers/{dossier_id}/review",
        )
    ]
    client.post(f"/api/v1/nominations/{first}/rulings", json={"against": "grant:1"})
    client.post("/api/v1/nominations", json=nominee(birth="31/2/1974"))

    assert any(MARKED in page for page in pages)
    assert not any(NUMBER in page for page in pages)
    assert MARKED not in caplog.text
    assert NUMBER not in caplog.text


def test_commands_hand_out_and_erase(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRINHKY_DATABASE_URL", str(desk.store.url))
    (first,), _ = keep(desk, nominee())
    run = CliRunner().invoke

    told = run(trinhky, ["person", "export", str(first)])
    kept = run(trinhky, ["person", "erase", str(first), "--reason", "Đơn"], input="n\n")
    gone = run(trinhky, ["person", "erase", str(first), "--reason", "Đơn", "--yes"])

    assert json.loads(told.output)["nominations"][0]["name"] == MARKED
    assert kept.exit_code == 1
    assert "Đã xóa dữ liệu ở 1 đề nghị, 1 số định danh." in gone.output
