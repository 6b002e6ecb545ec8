"""What the council agreed to on paper is recorded, whole dossiers at once, through each face."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from records import dossiers, nominations
from records.dossiers import DossierState
from records.errors import Conflict, NotFound, StateRefused
from records.nominations import NominationState
from service.__main__ import trinhky
from service.intake.nominations import parse_nominations
from service.workflow import nominating
from service.workflow.desk import Desk
from tests.factories import issue, make_draft
from tests.service.web_pages import get

ON = "09/10/2026"


@pytest.fixture
def filed(desk: Desk, twelve: list[dict[str, Any]]) -> int:
    """A dossier of the twelve on which the council has not sat yet."""
    received = nominating.nominate(desk, parse_nominations(twelve), by="test", dossier="Đợt 10")
    assert received.dossier_id is not None
    return received.dossier_id


def states_of(desk: Desk, dossier_id: int) -> list[NominationState]:
    with desk.reading() as session:
        return [line.state for line in nominations.lines_of(session, dossier_id)]


def test_all_lines_are_agreed_and_counted(desk: Desk, filed: int) -> None:
    assert nominating.agree_all(desk, filed, by="test") == 12

    assert set(states_of(desk, filed)) == {NominationState.AGREED}
    with desk.reading() as session:
        assert dossiers.get_dossier(session, filed).state is DossierState.ACCEPTED


def test_agreement_recorded_twice_changes_nothing(desk: Desk, filed: int) -> None:
    nominating.agree_all(desk, filed, by="test")

    assert nominating.agree_all(desk, filed, by="test") == 0


def test_lines_that_were_withdrawn_are_left_as_they_are(desk: Desk, filed: int) -> None:
    with desk.transaction() as session:
        first = nominations.lines_of(session, filed)[0]
        nominations.withdraw(session, first, reason="Xin rút", by="test", at=desk.now())

    assert nominating.agree_all(desk, filed, by="test") == 11

    assert states_of(desk, filed)[0] is NominationState.WITHDRAWN


def test_dossier_that_is_not_there_is_said_so(desk: Desk) -> None:
    with pytest.raises(NotFound):
        nominating.agree_all(desk, 404, by="test")


def test_dossier_without_lines_has_nobody_to_agree_to(desk: Desk, filed: int) -> None:
    with desk.transaction() as session:
        nominations.place(session, filed, [])

    with pytest.raises(Conflict, match="chưa có ai được đề nghị"):
        nominating.agree_all(desk, filed, by="test")


@pytest.mark.parametrize("end", ["decided", "withdrawn"])
def test_dossier_that_has_come_to_its_end_is_not_agreed_again(
    desk: Desk, filed: int, end: str
) -> None:
    if end == "decided":
        nominating.agree_all(desk, filed, by="test")
        issue(desk, make_draft(desk, "decision", dossier=filed).document_id, issued_on=ON)
    else:
        with desk.transaction() as session:
            dossier = dossiers.get_dossier(session, filed)
            dossiers.move(
                session, dossier, DossierState.WITHDRAWN, by="t", at=desk.now(), reason="Rút"
            )

    with pytest.raises(StateRefused):
        nominating.agree_all(desk, filed, by="test")


def test_command_says_how_many_were_agreed_and_how_to_go_on(
    desk: Desk, filed: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TRINHKY_DATABASE_URL", f"sqlite:///{tmp_path / 'records.db'}")

    said = CliRunner().invoke(trinhky, ["agree", str(filed)])
    again = CliRunner().invoke(trinhky, ["agree", str(filed), "--json"])
    unknown = CliRunner().invoke(trinhky, ["agree", "404"])

    assert said.exit_code == 0
    assert "đồng ý 12 đề nghị" in said.stdout
    assert "--dossier" in said.stdout
    assert json.loads(again.stdout) == {"dossier": filed, "agreed": 0}
    assert (unknown.exit_code, "Không tìm thấy" in unknown.stderr) == (1, True)


def test_other_system_records_the_agreement_in_one_call(client: FlaskClient, filed: int) -> None:
    answer = client.post(f"/api/v1/dossiers/{filed}/agree")

    assert (answer.status_code, answer.get_json()) == (200, {"dossier": filed, "agreed": 12})
    assert client.post("/api/v1/dossiers/404/agree").status_code == 404


def test_clerk_is_asked_before_the_agreement_is_recorded(
    client: FlaskClient, desk: Desk, filed: int
) -> None:
    page = get(client, f"/ho-so/{filed}")
    (link,) = page.xpath("//a[contains(., 'Ghi nhận Hội đồng đồng ý')]/@href")

    asked = get(client, link)

    assert "12 đề nghị" in asked.text_content()
    assert "Đặng Đức Huệ" in asked.text_content()
    assert set(states_of(desk, filed)) == {NominationState.DRAFT}


def test_page_of_an_agreed_dossier_leads_to_the_form_of_its_decision(
    client: FlaskClient, filed: int
) -> None:
    recorded = client.post(f"/ho-so/{filed}/dong-y")

    page = get(client, recorded.location)

    assert recorded.status_code == 303
    text = page.text_content()
    assert "Hội đồng đã đồng ý 12 đề nghị" in text
    assert f"/ho-so/{filed}/quyet-dinh" in page.xpath("//main//a/@href")
    assert not page.xpath("//a[contains(., 'Ghi nhận Hội đồng đồng ý')]")
    assert get(client, f"/ho-so/{filed}/dong-y", 409) is not None


def test_page_of_a_dossier_leads_to_its_decision_once_there_is_one(
    client: FlaskClient, desk: Desk, filed: int
) -> None:
    nominating.agree_all(desk, filed, by="test")
    decision = make_draft(desk, "decision", dossier=filed).document_id

    council = get(client, f"/ho-so/{filed}").get_element_by_id("hoi-dong").getparent()

    assert council.xpath(f".//a[@href='/van-ban/{decision}']")
    assert "trinhky draft" not in council.text_content()


def test_page_of_a_dossier_that_is_not_there_is_no_page(client: FlaskClient) -> None:
    get(client, "/ho-so/999/dong-y", 404)
    assert client.post("/ho-so/999/dong-y").status_code == 404
