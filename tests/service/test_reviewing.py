"""Nominations judged from the records: open questions, one deed twice, and the clerk's word."""

import json
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from records import awards, bodies, dossiers, grants, nominations, rulings
from records.base import PartialDate
from records.errors import Conflict, NominationsUnfit, NotFound
from records.nominations import NominationState
from records.rules.verdict import Outcome
from service.__main__ import trinhky
from service.intake.nominations import parse_nominations
from service.workflow import nominating, reviewing
from service.workflow.desk import Desk
from tests.service.web_pages import get, page_of

DISTRICT = "quan-hai-ba-trung"
#: A day on which the city's regulation of 2018 held, which was read and compared.
UNDER_THE_OLD_RULES = date(2023, 5, 10)
PURSE = (
    "Sáng ngày 12/3/2023, trên đường Lò Đúc, bà nhặt được chiếc ví có 27 triệu đồng cùng giấy tờ "
    "của một người bán hàng rong và đã tìm đến tận nhà trọ ở ngõ 17 để trả lại đầy đủ."
)
RESCUE = (
    "Chiều ngày 02/4/2023, thấy hai em nhỏ đuối nước ở hồ Thiền Quang, bà đã lao xuống đưa cả hai "
    "em vào bờ, sơ cứu và gọi xe đưa đến bệnh viện kịp thời."
)


def nominee(**given: Any) -> dict[str, Any]:
    """A nominee with whom nothing is wrong."""
    return {
        "body": DISTRICT,
        "campaign": "ntvt-2023",
        "award": "ntvt_quan",
        "nominating_unit": "Hội Liên hiệp Phụ nữ Quận",
        "name": "Nguyễn Thuỵ Ưu",
        "honorific": "Bà",
        "birth": "12/5/1974",
        "unit": "Tổ dân phố số 3, phường Bách Khoa",
        "deed": PURSE,
        "deed_on": "12/3/2023",
        "assigned_duty": False,
        "own_benefit": False,
        "helps_others": True,
        "law_abiding": True,
        "origin": "vietnamese",
        **given,
    }


def file(desk: Desk, *nominees: dict[str, Any], on: date = UNDER_THE_OLD_RULES) -> int:
    """Open a dossier of these, submitted on that day."""
    received = nominating.nominate(
        desk, parse_nominations(list(nominees)), by="test", dossier="Hồ sơ đợt 5"
    )
    assert received.dossier_id is not None
    with desk.transaction() as session:
        dossiers.get_dossier(session, received.dossier_id).submission_on = on
    return received.dossier_id


def grant(desk: Desk, *, name: str = "Nguyễn Thuỵ Ưu", deed: str = PURSE, **given: Any) -> str:
    """Enter an award of an earlier decision into the golden book."""
    with desk.transaction() as session:
        kept = grants.record_grant(
            session,
            bodies.get_body(session, DISTRICT).id,
            award_title_id=awards.get_title(session, given.pop("award", "ntvt_quan")).id,
            level=given.pop("level", awards.Level.DISTRICT),
            subject=awards.Subject.INDIVIDUAL,
            name=name,
            decision="Quyết định số 812/QĐ-UBND ngày 03/4/2023",
            granted_on=date(2023, 4, 3),
            birth=given.pop("birth", PartialDate(1974, 5, 12)),
            deed=deed,
            by="test",
            at=desk.now(),
            **given,
        )
        return rulings.grant_key(kept.id)


def codes(desk: Desk, dossier_id: int, at: int = 0) -> set[str]:
    line = reviewing.review(desk, dossier_id).lines[at]
    return {f"{finding.severity.value} {finding.code}" for finding in line.verdict.findings}


def test_a_faultless_nomination_of_2023_may_be_agreed_to(desk: Desk) -> None:
    dossier_id = file(desk, nominee())

    assert reviewing.review(desk, dossier_id).count(Outcome.YES) == 1
    assert nominating.agree_all(desk, dossier_id, by="test") == 1


def test_the_same_deed_was_honoured_in_april(desk: Desk) -> None:
    key = grant(desk)
    dossier_id = file(desk, nominee(deed=PURSE.replace("27 triệu đồng", "27.000.000 đồng")))

    line = reviewing.review(desk, dossier_id).lines[0]

    assert "E E-09" in codes(desk, dossier_id)
    assert [suspect.key for suspect in line.suspects] == [key]
    assert "812/QĐ-UBND" in line.suspects[0].what


def test_the_name_typed_without_accents_is_still_found(desk: Desk) -> None:
    grant(desk, name="nguyen thuy uu")

    assert "E E-09" in codes(desk, file(desk, nominee()))


def test_a_new_deed_of_the_same_person_passes(desk: Desk) -> None:
    grant(desk)
    dossier_id = file(desk, nominee(deed=RESCUE, deed_on="02/4/2023"))

    assert "I E-07" in codes(desk, dossier_id)
    assert reviewing.review(desk, dossier_id).lines[0].verdict.outcome is Outcome.YES


def test_the_same_deed_may_go_to_the_city_too(desk: Desk) -> None:
    grant(desk)
    dossier_id = file(desk, nominee(award="ntvt_thanh_pho"))

    assert "I E-08" in codes(desk, dossier_id)


def test_two_units_propose_one_deed(desk: Desk) -> None:
    file(desk, nominee(nominating_unit="Công an Quận"))
    dossier_id = file(desk, nominee())

    found = reviewing.review(desk, dossier_id).lines[0].verdict.findings

    assert "E E-10" in codes(desk, dossier_id)
    assert any("Công an Quận" in finding.message for finding in found)
    with pytest.raises(NominationsUnfit) as told:
        nominating.agree_all(desk, dossier_id, by="test")
    assert "dòng 1 (Nguyễn Thuỵ Ưu)" in told.value.findings[0]
    with desk.reading() as session:
        lines = nominations.lines_of(session, dossier_id)
        assert [line.state for line in lines] == [NominationState.DRAFT]


def test_a_school_that_was_renamed_by_the_merger_is_the_same_unit(desk: Desk) -> None:
    grant(desk, unit_name="Trường Tiểu học Hoa Phượng", birth=None)
    dossier_id = file(desk, nominee(unit="Trường Tiểu học Hoa Phượng", birth=""))

    assert "cùng đơn vị" in reviewing.review(desk, dossier_id).lines[0].suspects[0].explanation


def test_the_same_identity_number_is_certain_whatever_the_name(desk: Desk) -> None:
    file(desk, nominee(name="Nguyễn Thị Ưu Tú", birth="", identity_number="001074000123"))
    dossier_id = file(desk, nominee(identity_number="001 074 000 123"))

    line = reviewing.review(desk, dossier_id).lines[0]

    assert line.suspects[0].person_score == 100
    assert "001074000123" not in str(line)


def test_two_people_of_one_name_and_two_numbers_are_two(desk: Desk) -> None:
    file(desk, nominee(identity_number="001074000124"))
    dossier_id = file(desk, nominee(identity_number="001074000123"))

    assert reviewing.review(desk, dossier_id).lines[0].suspects == ()


def test_what_the_clerk_rules_stands_above_the_score(desk: Desk) -> None:
    key = grant(desk)
    dossier_id = file(desk, nominee())
    line = reviewing.review(desk, dossier_id).lines[0].nomination_id

    reviewing.rule(desk, line, key, is_duplicate=False, reason="Hai ví, hai ngày.", by="test")

    assert "I KT-01" in codes(desk, dossier_id)
    assert not codes(desk, dossier_id) & {"E E-09", "E KT-01"}
    assert nominating.agree_all(desk, dossier_id, by="test") == 1


def test_a_later_ruling_takes_the_place_of_an_earlier_one_and_both_are_kept(desk: Desk) -> None:
    key = grant(desk)
    dossier_id = file(desk, nominee())
    line = reviewing.review(desk, dossier_id).lines[0].nomination_id

    reviewing.rule(desk, line, key, is_duplicate=False, reason="Hai ví.", by="test")
    reviewing.rule(desk, line, key, is_duplicate=True, reason="Đã gọi hỏi: một ví.", by="test")

    assert "E KT-01" in codes(desk, dossier_id)
    with desk.reading() as session:
        assert session.query(rulings.DuplicateRuling).count() == 2


def test_a_reason_lets_the_office_go_on_and_is_kept_with_the_line(desk: Desk) -> None:
    grant(desk)
    dossier_id = file(desk, nominee())

    nominating.agree_all(desk, dossier_id, by="test", despite="Chủ tịch đồng ý tại phiếu trình 12")

    with desk.reading() as session:
        line = nominations.lines_of(session, dossier_id)[0]
        assert nominations.events_of(session, line)[-1].reason.endswith("phiếu trình 12")


@pytest.mark.parametrize("against", ["grant:999", "nomination:0", "grant:x", "gì đó", "grant:²"])
def test_a_ruling_names_a_record_that_is_there(desk: Desk, against: str) -> None:
    dossier_id = file(desk, nominee())
    line = reviewing.review(desk, dossier_id).lines[0].nomination_id

    with pytest.raises(NotFound):
        reviewing.rule(desk, line, against, is_duplicate=True, reason="Trùng.", by="test")


def test_a_nomination_is_no_duplicate_of_itself_nor_of_the_award_that_came_of_it(
    desk: Desk, dossier_id: int
) -> None:
    own = reviewing.review(desk, dossier_id).lines[0].nomination_id

    with pytest.raises(Conflict):
        reviewing.rule(
            desk, own, rulings.nomination_key(own), is_duplicate=True, reason="?", by="test"
        )
    assert all(not line.suspects for line in reviewing.review(desk, dossier_id).lines)


def test_what_is_said_of_every_line_is_said_once(desk: Desk) -> None:
    dossier_id = file(
        desk,
        nominee(assigned_duty=None),
        nominee(name="Đặng Đức Huệ", deed=RESCUE, assigned_duty=None, holds=["discipline"]),
    )

    review = reviewing.review(desk, dossier_id)

    assert "E-05" in {finding.code for finding in review.common}
    assert [finding.code for finding in review.own(review.lines[1])] == ["KT-04"]


def test_the_command_prints_findings_and_how_to_rule_on_them(desk: Desk, monkeypatch: Any) -> None:
    key = grant(desk)
    dossier_id = file(desk, nominee())
    monkeypatch.setenv("TRINHKY_DATABASE_URL", str(desk.store.url))
    line = reviewing.review(desk, dossier_id).lines[0].nomination_id

    shown = CliRunner().invoke(trinhky, ["review", str(dossier_id)])
    ruled = CliRunner().invoke(
        trinhky, ["ruling", str(line), "--against", key, "--distinct", "--reason", "Hai ví."]
    )
    told = CliRunner().invoke(trinhky, ["review", str(dossier_id), "--json"])

    assert f"--against {key}" in shown.output
    assert "1 không đủ điều kiện" in shown.output
    assert ruled.exit_code == 0
    assert json.loads(told.output)["lines"][0]["suspects"][0]["ruling"]["reason"] == "Hai ví."


def test_the_page_asks_for_a_ruling_and_keeps_it(desk: Desk, client: FlaskClient) -> None:
    key = grant(desk)
    dossier_id = file(desk, nominee())
    page = get(client, f"/ho-so/{dossier_id}/xet")
    line = page.xpath("//input[@name='nomination']/@value")[0]
    said = {"nomination": line, "against": key, "ruling": "distinct", "reason": ""}

    refused = client.post(f"/ho-so/{dossier_id}/xet", data=said)
    kept = client.post(f"/ho-so/{dossier_id}/xet", data={**said, "reason": "Hai ví khác nhau."})

    assert "E-09" in page.text_content()
    assert refused.status_code == 422
    assert "Ghi lý do của kết luận" in page_of(refused).text_content()
    assert kept.status_code == 303
    after = get(client, f"/ho-so/{dossier_id}/xet").text_content()
    assert "Đã kết luận: không trùng" in after
    assert "Hai ví khác nhau." in after


def test_the_page_of_the_council_lists_what_stops_it_and_takes_a_reason(
    desk: Desk, client: FlaskClient
) -> None:
    grant(desk)
    dossier_id = file(desk, nominee())

    refused = client.post(f"/ho-so/{dossier_id}/dong-y")
    agreed = client.post(f"/ho-so/{dossier_id}/dong-y", data={"despite": "Theo phiếu trình 12"})

    assert refused.status_code == 409
    assert "dòng 1 (Nguyễn Thuỵ Ưu)" in page_of(refused).text_content()
    assert page_of(refused).xpath("//input[@name='despite']")
    assert agreed.status_code == 303


def test_another_system_reads_the_verdict_and_rules(desk: Desk, client: FlaskClient) -> None:
    key = grant(desk)
    dossier_id = file(desk, nominee())
    review = client.get(f"/api/v1/dossiers/{dossier_id}/review").get_json()
    line = review["lines"][0]["nomination"]

    refused = client.post(f"/api/v1/dossiers/{dossier_id}/agree")
    missing = client.post(f"/api/v1/nominations/{line}/rulings", json={"against": key})
    ruled = client.post(
        f"/api/v1/nominations/{line}/rulings",
        json={"against": key, "is_duplicate": False, "reason": "Hai ví."},
    )

    assert review["lines"][0]["outcome"] == "no"
    assert (refused.status_code, refused.get_json()["code"]) == (409, "nominations-unfit")
    assert {one["pointer"] for one in missing.get_json()["errors"]} == {"/is_duplicate", "/reason"}
    assert ruled.status_code == 201
    assert client.post(f"/api/v1/dossiers/{dossier_id}/agree").get_json()["agreed"] == 1


def test_a_deed_that_may_be_the_same_stops_its_line_until_somebody_said(desk: Desk) -> None:
    key = grant(desk, birth=PartialDate(1974))
    told = "Bà nhặt được chiếc ví có 27 triệu đồng và giấy tờ ở đường Lò Đúc rồi trả lại đầy đủ."
    dossier_id = file(desk, nominee(deed=told, unit="", birth="1974"))
    line = reviewing.review(desk, dossier_id).lines[0]
    assert "W E-09" in codes(desk, dossier_id)

    with pytest.raises(NominationsUnfit) as stopped:
        nominating.agree_all(desk, dossier_id, by="test")
    assert "Nghi trùng" in stopped.value.findings[0]
    reviewing.rule(
        desk, line.nomination_id, key, is_duplicate=False, reason="Hai chiếc ví", by="test"
    )

    assert nominating.agree_all(desk, dossier_id, by="test") == 1


def test_a_rule_that_nobody_checked_still_asks_whether_a_deed_is_the_same(desk: Desk) -> None:
    ward = {"body": "phuong-hai-ba-trung", "campaign": "ntvt-2026", "award": "ntvt"}
    unit = {"nominating_unit": "Trường Tiểu học Hoa Phượng"}
    first = file(desk, nominee(**ward, **unit), on=date(2026, 10, 1))
    nominating.agree_all(desk, first, by="test")
    second = file(
        desk,
        nominee(**ward, nominating_unit="Hội Liên hiệp Phụ nữ Phường"),
        on=date(2026, 10, 2),
    )

    with pytest.raises(NominationsUnfit, match="kết luận trùng hay không trùng"):
        nominating.agree_all(desk, second, by="test")
    assert nominating.agree_all(desk, second, by="test", despite="Hội đồng đã xét") == 1
