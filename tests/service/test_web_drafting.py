"""A paper of any kind begun on a page; the decision on a dossier begun from its record."""

import pytest
from flask.testing import FlaskClient

from records.accounts import Role
from service.intake.nominations import parse_nominations
from service.workflow.desk import Desk
from service.workflow.nominating import nominate
from tests.factories import WARD, issue, make_draft
from tests.service.closed_house import OTHER, Enter
from tests.service.web_pages import (
    SCHOOL,
    count_documents,
    errors_beside,
    get,
    page_of,
    text_of,
    values_of,
)

PLAN = "/van-ban/moi/plan"


def kinds_offered(client: FlaskClient) -> list[str]:
    links = get(client, "/van-ban/moi").xpath("//ul[@class='columns']//a/@href")
    return [str(link).rsplit("/", 1)[-1] for link in links]


def test_a_plan_and_an_official_letter_can_be_begun_on_a_page(client: FlaskClient) -> None:
    assert {"plan", "official_letter"} <= set(kinds_offered(client))


def test_every_kind_offered_opens_with_a_signatory_and_an_archive_line(
    client: FlaskClient,
) -> None:
    for kind in kinds_offered(client):
        values = values_of(get(client, f"/van-ban/moi/{kind}?co-quan={WARD}"))
        assert values["issuer"] == WARD, kind
        assert values["signatory"], kind
        assert values["archive"], kind


@pytest.mark.parametrize("kind", ["certificate", "profile_extract", "minutes", "không-có"])
def test_a_kind_that_no_page_can_ask_for_is_not_found(client: FlaskClient, kind: str) -> None:
    assert client.get(f"/van-ban/moi/{kind}").status_code == 404
    assert client.post(f"/van-ban/moi/{kind}", data={}).status_code == 404


def test_a_plan_is_drafted_as_it_was_typed(client: FlaskClient, desk: Desk) -> None:
    values = values_of(get(client, f"{PLAN}?co-quan={WARD}"))
    typed = {"abstract": "Tổ chức phong trào “Người tốt, việc tốt” năm 2027"}

    made = client.post(PLAN, data={**values, **typed, "body": "Mục đích của phong trào."})
    shown = get(client, made.location)
    text = text_of(client.get(f"{made.location}/docx"))

    assert made.status_code == 303
    assert count_documents(desk) == 1
    assert typed["abstract"] in shown.text_content()
    assert typed["abstract"] in text
    assert "Mục đích của phong trào." in text


def test_a_paper_is_done_again_with_its_words_but_without_its_number_and_day(
    client: FlaskClient, desk: Desk
) -> None:
    made = make_draft(desk, "plan")
    issue(desk, made.document_id, issued_on="09/10/2026")
    address = f"{PLAN}?nhu={made.document_id}"
    assert address in get(client, f"/van-ban/{made.document_id}").xpath("//main//a/@href")

    values = values_of(get(client, address))
    again = client.post(PLAN, data=values)
    drafted = get(client, again.location).text_content()

    assert again.status_code == 303
    assert values["abstract"] == made.abstract
    assert values["issued_on"] == ""
    assert "(dự thảo)" in drafted
    assert count_documents(desk) == 2


@pytest.mark.parametrize("which", ["99", "không-có", "-1", "9" * 30])
def test_a_paper_that_is_not_there_is_not_done_again(client: FlaskClient, which: str) -> None:
    assert client.get(PLAN, query_string={"nhu": which}).status_code == 404


def test_a_paper_of_another_kind_or_body_is_not_done_again(house: Desk, enter: Enter) -> None:
    made = make_draft(house, "plan")
    issue(house, made.document_id, issued_on="09/10/2026")

    assert enter(Role.OFFICER).get(f"/van-ban/moi/notice?nhu={made.document_id}").status_code == 404
    stranger = enter(Role.OFFICER, body=SCHOOL)
    assert stranger.get(f"{PLAN}?nhu={made.document_id}").status_code == 404


def test_faults_stand_beside_their_fields_and_nothing_is_kept(
    client: FlaskClient, desk: Desk
) -> None:
    values = values_of(get(client, f"{PLAN}?co-quan={WARD}"))

    answer = client.post(PLAN, data={**values, "abstract": " ", "issued_on": "31/2/2026"})
    page = page_of(answer)

    assert answer.status_code == 422
    assert "Trích yếu" in errors_beside(page, "abstract")
    assert "31/2/2026" in errors_beside(page, "issued_on")
    assert count_documents(desk) == 0


def test_another_body_brings_its_own_signatories_before_anything_is_drafted(
    client: FlaskClient, desk: Desk
) -> None:
    values = values_of(get(client, f"{PLAN}?co-quan={WARD}"))
    changed = {**values, "issuer": SCHOOL, "abstract": "Kế hoạch của trường", "body": "Một."}

    answer = client.post(PLAN, data=changed)
    page = page_of(answer)
    again = values_of(page)

    assert answer.status_code == 422
    assert "người ký" in errors_beside(page, "issuer")
    assert (again["issuer"], again["signatory"]) == (SCHOOL, "hieu-truong")
    assert again["abstract"] == "Kế hoạch của trường"
    assert count_documents(desk) == 0


def test_asking_for_a_body_s_own_people_is_no_fault(client: FlaskClient) -> None:
    values = values_of(get(client, f"{PLAN}?co-quan={WARD}"))

    answer = client.post(PLAN, data={**values, "issuer": SCHOOL, "refill": "1"})

    assert answer.status_code == 200
    assert values_of(page_of(answer))["signatory"] == "hieu-truong"


@pytest.mark.parametrize("where", ["/van-ban/moi/plan", "submission", "decision"])
def test_a_body_that_is_not_there_costs_nothing_of_what_was_typed(
    client: FlaskClient, desk: Desk, dossier_id: int, where: str
) -> None:
    paths = {"submission": "to-trinh", "decision": "quyet-dinh"}
    address = f"/ho-so/{dossier_id}/{paths[where]}" if where in paths else where
    values = {**values_of(get(client, address)), "abstract": "Câu vừa gõ", "issuer": "không-có"}

    answer = client.post(address, data=values)

    assert answer.status_code == 422
    assert "không-có" in errors_beside(page_of(answer), "issuer")
    assert values_of(page_of(answer))["abstract"] == "Câu vừa gõ"
    assert count_documents(desk) == 0


def test_a_clerk_of_the_ward_begins_a_submission_for_the_ward(
    enter: Enter, dossier_id: int
) -> None:
    page = get(enter(Role.OFFICER, body=WARD), f"/ho-so/{dossier_id}/to-trinh")

    assert page.xpath("//select[@id='issuer']/option/@value") == [WARD]
    assert values_of(page)["issuer"] == WARD
    assert page.xpath("//input[@name='filled_for']/@value") == [WARD]


def test_a_decision_begins_with_those_agreed_to_its_bases_and_its_articles(
    client: FlaskClient, dossier_id: int
) -> None:
    values = values_of(get(client, f"/ho-so/{dossier_id}/quyet-dinh"))
    bases, body = values["legal_bases"].splitlines(), values["body"]

    assert values["issuer"] == WARD
    assert values["abstract"] == "Về việc tặng danh hiệu “Người tốt, việc tốt” cho 12 cá nhân"
    assert bases[0].startswith("Căn cứ Luật")
    assert any("Luật Thi đua, khen thưởng" in base for base in bases)
    assert "Điều 1. Tặng danh hiệu “Người tốt, việc tốt” cho 12 cá nhân" in body
    assert body.index("Điều 1.") < body.index("Điều 2.") < body.index("có hiệu lực kể từ ngày ký")


def test_the_decision_lists_everybody_who_was_agreed_to(
    client: FlaskClient, desk: Desk, dossier_id: int, twelve: list[dict[str, str]]
) -> None:
    values = values_of(get(client, f"/ho-so/{dossier_id}/quyet-dinh"))

    made = client.post(f"/ho-so/{dossier_id}/quyet-dinh", data=values)
    shown = get(client, made.location)
    files = shown.xpath("//ul[@class='files']//a[contains(@href, '/docx')]/@href")
    texts = [text_of(client.get(file)) for file in files]

    assert made.status_code == 303
    assert "QUYẾT ĐỊNH" in " ".join(texts)
    assert all(any(one["name"] in text for text in texts) for one in twelve)
    assert "Lập Quyết định khen thưởng" not in get(client, f"/ho-so/{dossier_id}").text_content()


def test_the_dossier_leads_to_its_decision(client: FlaskClient, dossier_id: int) -> None:
    links = get(client, f"/ho-so/{dossier_id}").xpath("//main//a/@href")

    assert f"/ho-so/{dossier_id}/quyet-dinh" in links


def test_nobody_agreed_to_means_no_decision_to_begin(
    client: FlaskClient, desk: Desk, twelve: list[dict[str, str]]
) -> None:
    filed = nominate(desk, parse_nominations(twelve[:3]), by="test", dossier="Hồ sơ tháng 10")

    refused = get(client, f"/ho-so/{filed.dossier_id}/quyet-dinh", 409)

    assert "chưa có ai được Hội đồng đồng ý" in refused.text_content()


def test_a_clerk_is_offered_the_bodies_open_to_them(enter: Enter) -> None:
    clerk = enter(Role.REGISTRAR, Role.ENTRY_CLERK, body=SCHOOL)
    offered = get(clerk, PLAN).xpath("//select[@id='issuer']/option/@value")

    assert SCHOOL in offered
    assert WARD not in offered
    assert clerk.get(f"{PLAN}?co-quan={WARD}").status_code == 404
    assert clerk.post(PLAN, data={"issuer": WARD}).status_code == 404


def test_a_body_that_is_no_more_is_not_offered(client: FlaskClient) -> None:
    offered = get(client, PLAN).xpath("//select[@id='issuer']/option/@value")

    assert WARD in offered
    assert OTHER not in offered


def test_one_who_only_reads_begins_nothing(enter: Enter, dossier_id: int) -> None:
    viewer = enter(Role.VIEWER)

    for address in ("/van-ban/moi", PLAN, f"/ho-so/{dossier_id}/quyet-dinh"):
        assert viewer.get(address).status_code == 403
    assert viewer.post(PLAN, data={}).status_code == 403
