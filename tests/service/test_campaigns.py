"""Each unit against the numbers and days of its plan, as table, chart and list of reminders."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from records.errors import Conflict, NotFound
from records.rules.plans import PlanInvalid
from records.rules.quotas import Standing
from service.__main__ import trinhky
from service.intake.fields import EntryInvalid
from service.intake.movement import parse_contribution
from service.workflow import counting, planning, setting_up
from service.workflow.desk import Desk
from tests.service.web_pages import get

PLANS = Path(__file__).parents[2] / "fixtures" / "plans"
BODY = "quan-nam-tu-liem"
KEY = "guong-2023"
UNITS = {
    "Phòng Nội vụ": "PHONG_BAN",
    "Công an quận": "HIEP_QUAN",
    "Trường Mầm non Sao Mai": "TRUONG",
    "Ủy ban nhân dân phường Cầu Diễn": "UBND_XA",
}


@pytest.fixture
def planned(desk: Desk) -> Desk:
    """The district of công văn 961/UBND-NV with four units and its plan of 2023."""
    rows: dict[str, list[dict[str, Any]]] = {
        "bodies": [],
        "awards": [],
        "units": [
            {"key": f"u{at}", "body": BODY, "name": name, "unit_type": kind}
            for at, (name, kind) in enumerate(UNITS.items())
        ],
        "campaigns": [{"key": KEY, "body": BODY, "name": "Gương điển hình tiên tiến năm 2023"}],
    }
    setting_up.load_office(desk, rows)
    planning.set_plan(
        desk, BODY, KEY, (PLANS / "nam-tu-liem-961-ubnd-nv.toml").read_bytes(), by="test"
    )
    return desk


def send(desk: Desk, counter: str, unit: str, on: str, **given: Any) -> None:
    entry = parse_contribution({"counter": counter, "unit": unit, "done_on": on, **given})
    planning.record(desk, BODY, KEY, entry, by="test")


def standings(desk: Desk, on: date, rule: str) -> dict[str, tuple[int, Standing]]:
    status = counting.status(desk, BODY, KEY, on=on)
    return {row.whose: (row.use.count, row.standing) for row in status.rows if row.rule.id == rule}


def test_a_school_sends_three_exemplars_in_may_and_is_within_its_number(planned: Desk) -> None:
    for name in ("Đặng Đức Huệ", "Lò Thị Ỏn", "H’Hen Niê"):
        send(planned, "exemplar", "Trường Mầm non Sao Mai", "12/5/2023", title=name)

    may = standings(planned, date(2023, 5, 31), "Q-03")
    june = standings(planned, date(2023, 6, 30), "Q-03")

    assert may == {"Trường Mầm non Sao Mai": (3, Standing.WITHIN)}
    assert june == {"Trường Mầm non Sao Mai": (0, Standing.OPEN)}


def test_a_number_binds_only_units_of_its_type(planned: Desk) -> None:
    assert set(standings(planned, date(2023, 5, 2), "Q-02")) == {"Công an quận"}
    assert set(standings(planned, date(2023, 5, 2), "Q-08")) == {"Ủy ban nhân dân phường Cầu Diễn"}


def test_good_deeds_do_not_fill_the_number_of_exemplars(planned: Desk) -> None:
    send(planned, "good_deed", "Phòng Nội vụ", "02/5/2023", amount=5)

    assert standings(planned, date(2023, 5, 31), "Q-01")["Phòng Nội vụ"][0] == 0


def test_the_range_of_three_to_five_is_met_at_three(planned: Desk) -> None:
    send(planned, "article", "Phòng Nội vụ", "02/5/2023", amount=3)
    row = next(
        row
        for row in counting.status(planned, BODY, KEY, on=date(2023, 5, 31)).rows
        if row.rule.id == "Q-07" and row.whose == "Phòng Nội vụ"
    )

    assert (row.standing, row.wanted) == (Standing.WITHIN, "ít nhất từ 03 đến 05")


def test_the_nineteenth_is_in_time_and_the_twentieth_is_late(planned: Desk) -> None:
    send(planned, "article", "Phòng Nội vụ", "19/5/2023")
    send(planned, "article", "Công an quận", "20/5/2023")

    due = next(
        due
        for due in counting.status(planned, BODY, KEY, on=date(2023, 5, 25)).dues
        if due.rule.id == "D-03"
    )

    assert (due.last, due.filed, due.late) == (
        date(2023, 5, 19),
        ("Phòng Nội vụ",),
        ("Công an quận",),
    )
    assert len(due.missing) == 2


@pytest.mark.parametrize(("day", "is_reminded"), [(12, True), (16, True), (18, True), (14, False)])
def test_units_are_reminded_seven_three_and_one_day_before(
    planned: Desk, day: int, is_reminded: bool
) -> None:
    reminders = counting.status(planned, BODY, KEY, on=date(2023, 5, day)).reminders

    told = {one.subject for one in reminders if one.code == "D-03" and "còn" in one.message}
    assert (told == set(UNITS)) is is_reminded


def test_a_campaign_without_a_plan_has_only_its_closing_day(desk: Desk) -> None:
    status = counting.status(desk, "phuong-hai-ba-trung", "ntvt-2026", on=date(2026, 11, 1))

    assert status.rows == ()
    assert [due.rule.id for due in status.dues] == ["D-00"]
    assert status.dues[0].last == date(2026, 11, 20)


def test_nominations_of_the_campaign_count_of_themselves(desk: Desk, dossier_id: int) -> None:
    planning.set_plan(
        desk,
        "phuong-hai-ba-trung",
        "ntvt-2026",
        (PLANS / "hai-ba-trung-124-kh-ubnd.toml").read_bytes().replace(b"2023-", b"2026-"),
        by="test",
    )

    status = counting.status(desk, "phuong-hai-ba-trung", "ntvt-2026")
    school = next(
        row
        for row in status.rows
        if row.rule.id == "Q-21" and row.whose == "Trường Tiểu học Hoa Phượng"
    )

    assert school.use.count == 12
    assert status.dues[0].filed == ("Trường Tiểu học Hoa Phượng",)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "UTF-8"),
        (b"key = 1 =", KEY),
        (b'key = "x"', "document"),
        (b"#" * 300_000, "256 KB"),
    ],
)
def test_a_plan_that_cannot_be_read_changes_nothing(
    planned: Desk, content: bytes, said: str
) -> None:
    with pytest.raises(PlanInvalid, match=said):
        planning.set_plan(planned, BODY, KEY, content, by="test")

    assert counting.status(planned, BODY, KEY, on=date(2023, 5, 2)).rows


def test_what_is_sent_in_names_a_unit_and_a_day_that_can_be(planned: Desk) -> None:
    with pytest.raises(NotFound):
        send(planned, "article", "Phòng Không Có", "02/5/2023")
    with pytest.raises(Conflict):
        send(planned, "article", "Phòng Nội vụ", "02/5/2030")
    with pytest.raises(EntryInvalid) as told:
        parse_contribution({"counter": "bao", "amount": 0, "done_on": "31/2/2023"})
    assert {error.pointer for error in told.value.errors} == {"/counter", "/amount", "/done_on"}


@pytest.fixture
def province(desk: Desk) -> Desk:
    """The province of công văn 1801/UBND-NC with its ceilings."""
    row = {"key": KEY, "body": "tinh-hung-yen", "name": "Phong trào thi đua năm 2025"}
    setting_up.load_office(desk, {"bodies": [], "units": [], "awards": [], "campaigns": [row]})
    plan = (PLANS / "hung-yen-1801-ubnd-nc.toml").read_bytes()
    planning.set_plan(desk, "tinh-hung-yen", KEY, plan, by="test")
    return desk


def propose(desk: Desk, movement: str, *, despite: str = "", **given: Any) -> int:
    raw = {
        "counter": "provincial_proposal",
        "done_on": "05/8/2025",
        "subject": "individual",
        "movement": movement,
        "is_broad": False,
        **given,
    }
    entry = parse_contribution(raw)
    return planning.record(desk, "tinh-hung-yen", KEY, entry, by="test", despite=despite)


def test_the_third_proposal_of_a_movement_in_a_year_is_stopped(province: Desk) -> None:
    movement = "Hưng Yên đẩy mạnh thực hiện Đề án Chuyển đổi số"
    propose(province, movement)
    propose(province, movement)

    with pytest.raises(Conflict, match="mục 6, điểm c"):
        propose(province, movement)

    status = counting.status(province, "tinh-hung-yen", KEY, on=date(2025, 8, 5))
    (row,) = [row for row in status.rows if row.rule.id == "Q-09"]
    assert (row.use.count, row.standing) == (2, Standing.FULL)
    assert propose(province, movement, despite="Chủ tịch tỉnh cho thêm một") > 0


def test_a_movement_that_changed_its_name_has_one_ceiling(province: Desk) -> None:
    propose(province, "Vì một Hưng Yên không còn đói nghèo")
    propose(province, "Vì người nghèo - Không để ai bị bỏ lại phía sau")

    with pytest.raises(Conflict, match="Vì người nghèo"):
        propose(province, "Vì một Hưng Yên không còn đói nghèo")


def test_a_movement_of_many_kinds_of_people_has_four(province: Desk) -> None:
    propose(province, "Vì người nghèo", is_broad=True, amount=4)

    with pytest.raises(Conflict, match="tối đa 04"):
        propose(province, "Vì người nghèo", is_broad=True)


@pytest.mark.parametrize(
    ("counter", "most"), [("provincial_congress", 200), ("national_congress", 20)]
)
def test_a_congress_has_its_most(province: Desk, counter: str, most: int) -> None:
    propose(province, "", counter=counter, amount=most)

    with pytest.raises(Conflict, match="vượt số tối đa"):
        propose(province, "", counter=counter)


def test_the_page_shows_the_same_numbers_as_chart_and_as_table(
    planned: Desk, client: FlaskClient
) -> None:
    send(planned, "exemplar", "Công an quận", "12/5/2023", amount=4)

    page = get(client, f"/dot-khen-thuong/{BODY}/{KEY}?ngay=31/5/2023")

    bars = page.xpath("//svg//text[@class='chart-number']/text()")
    cells = page.xpath("//table[.//caption[contains(., 'so với kế hoạch')]]/tbody/tr/td[1]/text()")
    assert bars == cells
    assert "4" in bars
    assert "mục 4" in page.text_content()


def test_proposed_and_granted_stand_in_charts_that_are_tables_too(
    client: FlaskClient, dossier_id: int
) -> None:
    page = get(client, "/dot-khen-thuong/phuong-hai-ba-trung/ntvt-2026")
    tables = {
        table.findtext("caption"): [
            [cell.text_content() for cell in row] for row in table.findall("tbody/tr")
        ]
        for table in page.iter("table")
    }
    drawn = page.xpath("//section[@aria-labelledby='danh-hieu']//*[name()='rect']/@width")

    assert tables["Theo danh hiệu, hình thức"] == [["Danh hiệu “Người tốt, việc tốt”", "12", "0"]]
    assert tables["Theo loại đơn vị"] == [["Trường học", "12", "0"]]
    assert sum(int(row[1]) for row in tables["Theo đối tượng"]) == 12
    assert len(tables["Theo tháng"]) == 1
    assert drawn == ["400", "0"]


def test_a_campaign_without_nominations_says_where_to_begin(client: FlaskClient) -> None:
    page = get(client, "/dot-khen-thuong/phuong-hai-ba-trung/ntvt-2026")

    assert "chưa có đề nghị nào" in page.text_content()
    assert page.xpath("//section[@aria-labelledby='thong-ke']//a/@href") == ["/nhap-danh-sach"]


def test_the_list_of_campaigns_leads_to_each(client: FlaskClient) -> None:
    page = get(client, "/dot-khen-thuong")

    assert page.xpath("//a[@href='/dot-khen-thuong/phuong-hai-ba-trung/ntvt-2026']")


def test_a_day_that_is_none_is_said_on_the_page_and_over_http(client: FlaskClient) -> None:
    page = client.get("/dot-khen-thuong/phuong-hai-ba-trung/ntvt-2026?ngay=30/2/2026")
    answer = client.get("/api/v1/bodies/phuong-hai-ba-trung/campaigns/ntvt-2026/status?on=hôm qua")

    assert page.status_code == 422
    assert answer.get_json()["errors"][0]["pointer"] == "/on"


def test_commands_give_a_campaign_its_plan_and_count(desk: Desk, monkeypatch: Any) -> None:
    monkeypatch.setenv("TRINHKY_DATABASE_URL", str(desk.store.url))
    ward = ["phuong-hai-ba-trung", "ntvt-2026"]
    plan = str(PLANS / "son-tay-ke-hoach-2017.toml")

    planned = CliRunner().invoke(trinhky, ["campaign", "plan", *ward, plan])
    recorded = CliRunner().invoke(
        trinhky,
        ["campaign", "record", *ward, "article", "--unit", "HPN", "--on", "02/10/2026"],
    )
    shown = CliRunner().invoke(trinhky, ["campaign", "status", *ward, "--on", "09/10/2026"])

    assert planned.exit_code == 0, planned.output
    assert "Đã ghi: 1 bài viết, tác phẩm." in recorded.output
    assert "Hội Liên hiệp Phụ nữ Phường" in shown.output


def test_moments_before_midnight_in_the_world_are_the_next_day_in_viet_nam(
    planned: Desk,
) -> None:
    late = Desk(planned.store, lambda: datetime(2023, 5, 31, 18, 0, tzinfo=UTC))

    assert counting.status(late, BODY, KEY).on == date(2023, 6, 1)
