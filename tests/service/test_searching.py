"""One box finds papers, dossiers, people and units, with or without accents, only what is open."""

import pytest
from flask.testing import FlaskClient
from lxml import html

from records.accounts import Role
from service.intake.nominations import parse_nominations
from service.workflow import nominating
from service.workflow.desk import Desk
from tests.factories import WARD
from tests.service.closed_house import OTHER, Enter
from tests.service.past_awards import past_award
from tests.service.web_pages import drafted, get


def section(page: html.HtmlElement, anchor: str) -> list[str]:
    """Give the first words of each row or item under a heading."""
    rows = page.xpath(f"//section[@aria-labelledby='{anchor}']//tbody/tr") or page.xpath(
        f"//section[@aria-labelledby='{anchor}']//li"
    )
    return [" ".join(" ".join(row.itertext()).split()) for row in rows]


def test_a_name_without_accents_finds_nominee_and_golden_book(
    client: FlaskClient, desk: Desk, dossier_id: int
) -> None:
    assert dossier_id == 1
    past_award(desk)

    page = get(client, "/tim?q=thuy uu nguyen")

    assert section(page, "de-nghi")[0].startswith("Nguyễn Thuỵ Ưu")
    assert section(page, "so-vang")[0].startswith("Nguyễn Thuỵ Ưu 12/5/1974")
    assert page.xpath("//main//a[@href='/de-nghi/1']")


def test_who_bears_the_very_letters_stands_first(client: FlaskClient, desk: Desk) -> None:
    for name in ("Lê Thị Thu", "Lê Thị Thủ", "Lê Thị Thư"):
        past_award(desk, name=name)

    assert section(get(client, "/tim?q=thị thu"), "so-vang")[0].startswith("Lê Thị Thu ")
    assert section(get(client, "/tim?q=THỊ THỦ"), "so-vang")[0].startswith("Lê Thị Thủ ")
    assert len(section(get(client, "/tim?q=thi thu"), "so-vang")) == 3


def test_a_paper_is_found_by_its_number_or_what_it_is_about(
    client: FlaskClient, dossier_id: int
) -> None:
    address = drafted(client, dossier_id)
    client.post(f"{address}/ban-hanh", data={"issued_on": "09/10/2026"})

    (found,) = section(get(client, "/tim?q=TTr-THHP"), "van-ban")
    about = section(get(client, "/tim?q=tang danh hieu"), "van-ban")

    assert "Tờ trình" in found
    assert found in about


def test_an_old_name_leads_to_who_stands_there_today(client: FlaskClient) -> None:
    (found,) = section(get(client, "/tim?q=quan hai ba trung"), "don-vi")[:1]

    assert found == (
        "Ủy ban nhân dân Quận Hai Bà Trưng , đến hết 30/6/2025; nay là "
        "Ủy ban nhân dân Phường Hai Bà Trưng"
    )


@pytest.mark.parametrize("text", ["", "   ", "%", "_", "không-có-gì-như-thế", "\0", "x" * 5_000])
def test_a_search_for_nothing_shows_a_page(client: FlaskClient, dossier_id: int, text: str) -> None:
    page = client.get("/tim", query_string={"q": text})

    assert page.status_code == 200
    told = page.get_data(as_text=True)
    assert ("Gõ vài chữ" in told) or ("Không thấy gì" in told)


def test_what_is_another_bodys_is_not_found(house: Desk, enter: Enter) -> None:
    nominating.nominate(
        house,
        parse_nominations([{"body": WARD, "award": "ntvt", "name": "H’Hen Niê", "deed": "Việc."}]),
        by="t",
        dossier="Hồ sơ riêng",
    )

    stranger = enter(Role.VIEWER, body=OTHER)
    own = get(enter(Role.VIEWER, body=WARD), "/tim?q=hen nie")
    others = get(stranger, "/tim?q=hen nie")

    assert section(own, "de-nghi")
    assert "Không thấy gì" in others.text_content()
    assert not section(get(stranger, "/tim?q=ho so rieng"), "ho-so")
