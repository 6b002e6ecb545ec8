"""The pages on which a dossier is handed in, given back, and voted on."""

import io
from typing import Any

import pytest
from flask.testing import FlaskClient

from records import nominations
from service.intake.nominations import parse_nominations
from service.workflow import nominating
from service.workflow.desk import Desk
from tests.service.web_pages import get, page_of

SITTING = {
    "held_on": "08/10/2026",
    "begins_at": "14 giờ 00",
    "ends_at": "15 giờ 30",
    "place": "Phòng họp tầng 2",
    "ballot": "secret",
    "unanimous": "on",
}


@pytest.fixture
def filed(desk: Desk, twelve: list[dict[str, Any]]) -> int:
    """A dossier of three people, with its unit still."""
    received = nominating.nominate(
        desk, parse_nominations(twelve[:3]), by="test", dossier="Hồ sơ tháng 10"
    )
    assert received.dossier_id is not None
    return received.dossier_id


def states(desk: Desk, dossier_id: int) -> list[str]:
    with desk.reading() as session:
        return [one.state.value for one in nominations.lines_of(session, dossier_id)]


def test_a_dossier_is_handed_in_given_back_and_handed_in_again(
    desk: Desk, client: FlaskClient, filed: int
) -> None:
    client.post(f"/ho-so/{filed}/nop")
    page = get(client, f"/ho-so/{filed}/tra-lai")
    refused = client.post(f"/ho-so/{filed}/tra-lai", data={"reason": "", "lines": "2"})
    given_back = client.post(
        f"/ho-so/{filed}/tra-lai",
        data={"reason": "Thiếu năm sinh", "lines": "2", "fields": "birth"},
    )

    assert len(page.xpath("//input[@name='lines']")) == 3
    assert refused.status_code == 422
    assert page_of(refused).xpath("//input[@name='lines' and @value='2' and @checked]")
    assert given_back.status_code == 303
    assert states(desk, filed) == ["submitted", "returned", "submitted"]
    assert "Thiếu năm sinh" in get(client, f"/ho-so/{filed}").text_content()
    client.post(f"/ho-so/{filed}/nop")
    client.post(f"/ho-so/{filed}/tiep-nhan")
    assert states(desk, filed) == ["accepted"] * 3


def test_the_council_votes_and_its_minutes_are_drafted(
    desk: Desk, client: FlaskClient, filed: int
) -> None:
    page = get(client, f"/ho-so/{filed}/hoi-dong")
    member = page.xpath("//input[starts-with(@name, 'member-')]")[3]
    key = member.get("name").removeprefix("member-")
    votes = {"approving-2": "3", "rejecting-2": "3"}
    away = {f"absent-{key}": "on", member.get("name"): member.get("value")}

    kept = client.post(
        f"/ho-so/{filed}/hoi-dong",
        data={**SITTING, **votes, **away, f"reason-{key}": "đi công tác"},
    )
    shown = get(client, f"/ho-so/{filed}").text_content()
    minutes = client.post(f"/ho-so/{filed}/bien-ban")

    assert kept.status_code == 303
    assert states(desk, filed) == ["agreed", "refused", "agreed"]
    assert "6/7 thành viên dự, bỏ phiếu kín" in shown
    assert "3/7 đồng ý (42,9 %)" in shown
    assert minutes.status_code == 303
    assert "Biên bản" in get(client, minutes.location).text_content()


def test_votes_that_do_not_add_up_are_shown_again_as_typed(
    desk: Desk, client: FlaskClient, filed: int
) -> None:
    answer = client.post(
        f"/ho-so/{filed}/hoi-dong",
        data={**SITTING, "approving-1": "9", "approving-3": "ba", "place": ""},
    )

    page = page_of(answer)
    assert answer.status_code == 422
    assert page.xpath("//input[@name='approving-1']/@value") == ["9"]
    assert page.xpath("//input[@name='approving-3']/@value") == ["ba"]
    assert "Địa điểm" in page.xpath("string(//*[@class='error-summary'])")
    assert states(desk, filed) == ["draft"] * 3


def test_too_many_votes_are_told_with_the_line_and_the_name(
    client: FlaskClient, filed: int
) -> None:
    answer = client.post(f"/ho-so/{filed}/hoi-dong", data={**SITTING, "approving-1": "9"})

    assert "Dòng 1 (Nguyễn Thuỵ Ưu)" in page_of(answer).text_content()


def test_a_meeting_that_has_not_been_is_refused(client: FlaskClient, filed: int) -> None:
    answer = client.post(f"/ho-so/{filed}/hoi-dong", data={**SITTING, "held_on": "08/10/2030"})

    assert answer.status_code == 409
    assert "chưa đến" in page_of(answer).text_content()


def test_a_scan_is_kept_with_its_paper_and_given_back_as_a_file(
    desk: Desk, client: FlaskClient, filed: int
) -> None:
    scan = b"%PDF-1.7 quet"
    kept = client.post(
        f"/ho-so/{filed}/giay-to",
        data={
            "position": "2",
            "confirmed": "on",
            "note": "Ngày 05/10/2026",
            "file": (io.BytesIO(scan), "Trích ngang Đặng Đức Huệ.pdf"),
        },
    )
    page = get(client, f"/ho-so/{filed}")
    (address,) = page.xpath("//ul[@class='checklist']//a[contains(@href, '/giay-to/')]/@href")
    given = client.get(address)

    assert kept.status_code == 303
    assert given.data == scan
    assert "filename*=UTF-8''Tr%C3%ADch" in given.headers["Content-Disposition"]
    assert given.mimetype == "application/octet-stream"


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"position": "1", "file": (io.BytesIO(b"<html>"), "a.pdf")}, 409),
        ({"position": "99"}, 404),
    ],
)
def test_what_is_no_scan_or_no_paper_is_refused(
    client: FlaskClient, filed: int, data: dict[str, Any], status: int
) -> None:
    assert client.post(f"/ho-so/{filed}/giay-to", data=data).status_code == status


def test_the_checklist_is_that_of_the_award(
    desk: Desk, client: FlaskClient, twelve: list[dict[str, Any]]
) -> None:
    lines = [{**one, "award": "giay_khen"} for one in twelve[:2]]
    kept = nominating.nominate(desk, parse_nominations(lines), by="test", dossier="Giấy khen")

    listed = get(client, f"/ho-so/{kept.dossier_id}").xpath("//span[@class='paper-kind']/text()")

    assert [text.strip() for text in listed] == [
        "Tờ trình đề nghị xét tặng của đơn vị trình",
        "Báo cáo thành tích",
        "Biên bản xét khen thưởng",
    ]


def test_each_paper_of_the_checklist_is_ticked_off_in_any_order_and_keeps_its_scan(
    desk: Desk, client: FlaskClient, twelve: list[dict[str, Any]]
) -> None:
    lines = [{**one, "award": "giay_khen"} for one in twelve[:2]]
    kept = nominating.nominate(desk, parse_nominations(lines), by="test", dossier="Giấy khen")
    address = f"/ho-so/{kept.dossier_id}"
    scan = {"position": "3", "file": (io.BytesIO(b"%PDF-1.7 bien ban"), "bien-ban.pdf")}
    client.post(f"{address}/giay-to", data=scan)
    client.post(f"{address}/giay-to", data={"position": "3", "note": "Ngày 05/10/2026"})
    client.post(f"{address}/giay-to", data={"name": "Bản cam kết"})
    client.post(f"{address}/giay-to", data={"position": "1"})

    listed = get(client, address).xpath("//ul[@class='checklist']/li")

    assert [" ".join(line.text_content().split()) for line in listed] == [
        "Tờ trình đề nghị xét tặng của đơn vị trình Đã có",
        "Báo cáo thành tích Chưa có",
        "Biên bản xét khen thưởng Đã có Ngày 05/10/2026 bien-ban.pdf",
        "Bản cam kết (không bắt buộc) Đã có",
    ]
