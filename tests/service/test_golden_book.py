"""Awards of the past are entered with a reason, found when a deed is proposed again, and struck."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from openpyxl import Workbook

from records import audit, bodies, grants, people
from records.errors import Conflict, ReasonMissing
from service.__main__ import trinhky
from service.intake.documents import parse_draft, parse_issue
from service.intake.fields import EntryInvalid
from service.intake.past_awards import parse_past_award, parse_past_award_file
from service.workflow import drafting, golden_book, handing_over, issuing, reviewing
from service.workflow.desk import Desk
from tests.factories import WARD
from tests.service.past_awards import DISTRICT, PURSE, TODAY, WHY, past_award, said
from tests.service.test_consistency import decision
from tests.service.test_reviewing import codes, file, nominee
from tests.service.web_pages import errors_beside, get, page_of, values_of


def line_of(desk: Desk, grant_id: int) -> grants.Grant:
    with desk.reading() as session:
        return grants.get_grant(session, grant_id)


def faults(raw: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(EntryInvalid) as told:
        parse_past_award(raw, today=TODAY)
    return {error.pointer: error.code for error in told.value.errors}


def test_number_symbol_and_day_are_enough_of_a_decision(desk: Desk) -> None:
    line = line_of(desk, past_award(desk))

    assert line.decision == "Quyết định số 812/QĐ-UBND ngày 03/4/2023"
    assert line.granted_on == date(2023, 4, 3)
    assert line.level == "district"
    assert line.reason == WHY


def test_a_decision_in_the_offices_own_words_stays_as_it_is(desk: Desk) -> None:
    words = "Quyết định số 15/QĐ-CTUBND ngày 5 tháng 9 năm 1998 của Chủ tịch UBND quận"

    line = line_of(desk, past_award(desk, decision=words))

    assert line.decision == words
    assert line.granted_on == date(1998, 9, 5)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"decision": "812/QĐ-UBND"}, {"/granted_on": "missing"}),
        ({"granted_on": "04/4/2023"}, {"/granted_on": "days-differ"}),
        ({"decision": "9/QĐ-UBND ngày 10/10/2026"}, {"/granted_on": "day-in-future"}),
        ({"decision": "", "name": ""}, {"/name": "missing", "/decision": "missing"}),
        ({"birth": "74", "sequence": "mười"}, {"/birth": "birth-wrong", "/sequence": "number"}),
        ({"gender": "Nữ"}, {"/gender": "unknown-field"}),
    ],
)
def test_what_is_wrong_with_an_entry_is_told_at_its_place(
    given: dict[str, Any], told: dict[str, str]
) -> None:
    found = faults(said(**given))

    assert found.keys() == told.keys()
    assert all(found[place].startswith(code) for place, code in told.items())


def test_the_deed_of_a_past_award_proposed_again_is_a_duplicate(desk: Desk) -> None:
    past_award(desk)

    dossier_id = file(desk, nominee(deed=PURSE.replace("27 triệu đồng", "27.000.000 đồng")))

    assert "E E-09" in codes(desk, dossier_id)
    (suspect,) = reviewing.review(desk, dossier_id).lines[0].suspects
    assert "812/QĐ-UBND" in suspect.what


def test_the_identity_number_finds_who_was_called_otherwise(desk: Desk) -> None:
    past_award(desk, name="Lò Thị Ỏn", identity_number="001174000123", birth="1974", unit="")

    dossier_id = file(desk, nominee(identity_number="001174000123"))

    assert [one.name for one in reviewing.review(desk, dossier_id).lines] == ["Nguyễn Thuỵ Ưu"]
    assert "E E-09" in codes(desk, dossier_id)


def test_one_number_is_one_person(desk: Desk) -> None:
    first = past_award(desk, identity_number="001174000123")
    second = past_award(
        desk, identity_number="001 174 000 123", decision="9/QĐ-UBND ngày 02/4/2024"
    )

    assert line_of(desk, first).person_id == line_of(desk, second).person_id
    with desk.reading() as session:
        assert people.get_person(session, line_of(desk, first).person_id or 0).name == (
            "Nguyễn Thuỵ Ưu"
        )


def test_a_list_sent_again_with_one_more_line_adds_that_line(desk: Desk) -> None:
    first = {"reason": WHY, "by": "test"}
    entries = [parse_past_award(said(), today=TODAY)]
    golden_book.enter(desk, entries, **first)
    entries += [parse_past_award(said(name="Đặng Đức Huệ"), today=TODAY)] * 2

    done = golden_book.enter(desk, entries, **first)

    assert len(done.grant_ids) == 1
    assert done.standing == 2


def test_namesakes_of_two_units_are_two_people(desk: Desk) -> None:
    past_award(desk)

    assert past_award(desk, unit="Trường Tiểu học Hoa Phượng")


def test_nothing_is_entered_without_a_reason(desk: Desk) -> None:
    with pytest.raises(ReasonMissing):
        golden_book.enter(desk, [parse_past_award(said(), today=TODAY)], reason=" ", by="test")


def test_a_title_for_individuals_is_not_entered_for_a_household(desk: Desk) -> None:
    entries = [
        parse_past_award(said(), today=TODAY),
        parse_past_award(said(name="Hộ ông Vừ A Sính", subject="household"), today=TODAY),
    ]

    with pytest.raises(EntryInvalid) as told:
        golden_book.enter(desk, entries, reason=WHY, by="test")

    (fault,) = told.value.errors
    assert fault.pointer == "/awards/1/award"
    assert "hộ gia đình" in fault.message
    with desk.reading() as session:
        assert grants.list_grants(session)[1] == 0


def test_a_line_struck_out_stays_legible_and_counts_no_more(desk: Desk) -> None:
    line = past_award(desk)

    golden_book.strike(desk, line, reason="Nhầm người", by="test")

    assert line_of(desk, line).struck_reason == "Nhầm người"
    assert "E E-09" not in codes(desk, file(desk, nominee()))
    with pytest.raises(Conflict, match="đã được gạch"):
        golden_book.strike(desk, line, reason="Nhầm người", by="test")
    assert past_award(desk) > line


def test_each_hand_in_the_book_stands_in_the_log(desk: Desk) -> None:
    line = past_award(desk)
    golden_book.strike(desk, line, reason="Nhầm người", by="test")

    with desk.reading() as session:
        told = audit.entries_about(session, "grant", line)
        assert [entry.action for entry in told] == ["grant.recorded", "grant.struck"]


def decided(desk: Desk) -> issuing.Issued:
    """Issue a decision that no dossier lies under."""
    paper = {
        "kind": "decision",
        "abstract": "Về việc khen thưởng",
        "authority": "CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG HAI BÀ TRƯNG",
        "legal_bases": ["Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"],
        "body": "Điều 1. Khen thưởng 01 cá nhân.\n\nĐiều 2. Quyết định có hiệu lực từ ngày ký.",
    }
    made = drafting.draft(desk, parse_draft({"body": WARD, "paper": paper}), by="test")
    return issuing.issue(desk, made.document_id, parse_issue({}), by="test")


def test_a_decision_issued_here_is_linked_and_its_number_taken_once(desk: Desk) -> None:
    made = decided(desk)
    cited = f"{made.symbol} ngày 09/10/2026"

    line = line_of(desk, past_award(desk, WARD, decision=cited, sequence=1))

    assert line.document_id == made.document_id
    with pytest.raises(EntryInvalid) as told:
        past_award(desk, WARD, decision=cited, sequence=1, name="Đặng Đức Huệ")
    assert told.value.errors[0].pointer == "/awards/0/sequence"
    assert "Nguyễn Thuỵ Ưu" in told.value.errors[0].message


def test_who_is_entered_without_a_number_under_a_decision_made_here_can_be_handed_the_award(
    desk: Desk,
) -> None:
    made = decided(desk)
    cited = f"{made.symbol} ngày 09/10/2026"
    for name in ("Nguyễn Thuỵ Ưu", "Đặng Đức Huệ"):
        past_award(desk, WARD, decision=cited, name=name)

    handed = handing_over.record(desk, made.document_id, on=date(2026, 10, 9), by="test")

    assert handed == 2
    listed = handing_over.list_awards(desk, made.document_id)
    assert [(one.number, one.name) for one in listed] == [
        (1, "Nguyễn Thuỵ Ưu"),
        (2, "Đặng Đức Huệ"),
    ]


def test_what_a_decision_entered_is_not_struck_by_hand(desk: Desk, dossier_id: int) -> None:
    issuing.issue(desk, decision(desk, dossier_id), parse_issue({}), by="test")
    with desk.reading() as session:
        line = grants.list_grants(session)[0][0].id

    with pytest.raises(Conflict, match="thu hồi"):
        golden_book.strike(desk, line, reason="Nhầm", by="test")


def test_a_file_says_once_what_holds_for_all() -> None:
    raw = {
        "body": DISTRICT,
        "award": "ntvt_quan",
        "decision": "812/QĐ-UBND ngày 03/4/2023",
        "awards": [{"name": "Nguyễn Thuỵ Ưu"}, {"name": "H’Hen Niê", "birth": "1992"}],
    }

    entries = parse_past_award_file(raw, today=TODAY)

    assert [entry.granted_on for entry in entries] == [date(2023, 4, 3)] * 2
    with pytest.raises(EntryInvalid) as told:
        parse_past_award_file({**raw, "decision": "812"}, today=TODAY)
    assert [error.pointer for error in told.value.errors] == ["/granted_on"]


def book(*rows: list[Any]) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


HEAD = ["Số sổ vàng", "Họ và tên", "Năm sinh", "Đơn vị", "Số quyết định", "Ngày quyết định"]
LINES = (
    ["SỔ VÀNG NGƯỜI TỐT, VIỆC TỐT"],
    HEAD,
    [1, "Nguyễn Thuỵ Ưu", 1974, "Phường Bách Khoa", "812/QĐ-UBND", date(2023, 4, 3)],
    [2, "Đặng Đức Huệ", 1980, "Phường Lê Đại Hành", "812/QĐ-UBND", date(2023, 4, 3)],
)
CHOICE = {"body": DISTRICT, "award": "ntvt_quan", "decision": ""}


def test_the_offices_own_book_is_read_looked_at_and_entered(
    client: FlaskClient, desk: Desk
) -> None:
    sent = {**CHOICE, "file": (io.BytesIO(book(*LINES)), "so-vang.xlsx")}
    looked = client.post("/so-vang/nhap-danh-sach", data=sent)
    page = page_of(looked)
    assert "Đọc được 2 dòng" in page.text_content()
    with desk.reading() as session:
        assert grants.list_grants(session)[1] == 0

    fields = values_of(page)
    without = client.post("/so-vang/nhap-danh-sach/ghi", data=fields)
    assert without.status_code == 422
    done = client.post("/so-vang/nhap-danh-sach/ghi", data={**fields, "reason": WHY})

    assert done.status_code == 303
    shown = get(client, done.location).text_content()
    assert "Đã ghi 2 dòng" in shown
    assert "Đặng Đức Huệ" in shown
    again = client.post("/so-vang/nhap-danh-sach/ghi", data={**fields, "reason": WHY})
    assert "2 dòng đã có từ trước" in get(client, again.location).text_content()


def test_every_wrong_cell_of_a_book_is_named(client: FlaskClient) -> None:
    wrong = [3, "Cầm Thị Ơn", "năm 1980", "Phường Bách Khoa", "", "31/2/2023"]
    sent = {**CHOICE, "file": (io.BytesIO(book(*LINES, wrong)), "so-vang.xlsx")}

    answer = client.post("/so-vang/nhap-danh-sach", data=sent)

    assert answer.status_code == 422
    told = page_of(answer).xpath("string(//*[@role='alert'])")
    assert "ô C5" in told
    assert "ô F5" in told
    assert "Quyết định khen thưởng" in told


def test_rows_that_were_changed_on_the_way_never_name_another_book(
    client: FlaskClient, desk: Desk
) -> None:
    rows = {
        "rows": [[1, {"name": "Đặng Đức Huệ", "decision": "1/QĐ ngày 01/02/2020", "body": WARD}]],
        "columns": {"name": "A"},
    }

    client.post(
        "/so-vang/nhap-danh-sach/ghi",
        data={**CHOICE, "reason": WHY, "rows": json.dumps(rows, ensure_ascii=False)},
    )

    with desk.reading() as session:
        ((line,), _) = grants.list_grants(session)
        assert line.body_id == bodies.get_body(session, DISTRICT).id


def test_one_award_is_typed_in_and_what_is_wrong_stands_beside_its_field(
    client: FlaskClient,
) -> None:
    fields = values_of(get(client, "/so-vang/ghi"))
    typed = {**fields, "issuer": DISTRICT, "award": "ntvt_quan", "name": "Đặng Đức Huệ"}
    answer = client.post("/so-vang/ghi", data=typed)
    assert answer.status_code == 422
    page = page_of(answer)
    assert "không được để trống" in errors_beside(page, "decision")
    assert errors_beside(page, "reason")

    typed |= {"decision": "15/QĐ-UBND ngày 05/9/2019", "reason": WHY}
    done = client.post("/so-vang/ghi", data=typed)

    assert done.status_code == 303
    assert "15/QĐ-UBND" in get(client, done.location).text_content()
    again = client.post("/so-vang/ghi", data=typed)
    assert again.status_code == 409
    assert "đã có đúng người này" in errors_beside(page_of(again), "name")


def test_the_book_is_searched_by_a_part_of_the_name_the_year_and_the_body(
    client: FlaskClient, desk: Desk
) -> None:
    assert "chưa có ai" in get(client, "/so-vang").text_content()
    past_award(desk)
    past_award(desk, name="Đặng Đức Huệ", decision="9/QĐ-UBND ngày 02/4/2019")

    def names(query: str) -> list[str]:
        rows = get(client, f"/so-vang?{query}").xpath("//tbody/tr/th")
        return [row.text for row in rows]

    assert names("") == ["Nguyễn Thuỵ Ưu", "Đặng Đức Huệ"]
    assert names("ten=duc hue") == ["Đặng Đức Huệ"]
    assert names("nam=2023") == ["Nguyễn Thuỵ Ưu"]
    assert names("nam=2023&co-quan=quan-hai-ba-trung") == ["Nguyễn Thuỵ Ưu"]
    assert names(f"co-quan={WARD}") == []
    assert names("nam=không") == ["Nguyễn Thuỵ Ưu", "Đặng Đức Huệ"]


def test_a_wrong_line_is_struck_on_the_page_with_its_reason(
    client: FlaskClient, desk: Desk
) -> None:
    line = past_award(desk)
    (address,) = get(client, "/so-vang").xpath("//a[contains(@href, '/gach')]/@href")
    assert address == f"/so-vang/{line}/gach"
    get(client, address)
    refused = client.post(address, data={"reason": " "})
    assert refused.status_code == 422
    assert errors_beside(page_of(refused), "reason")

    done = client.post(address, data={"reason": "Nhầm người"})

    page = get(client, done.location)
    assert "Đã gạch Nhầm người" in " ".join(page.xpath("string(//tbody)").split())
    assert not page.xpath("//a[contains(@href, '/gach')]")
    get(client, "/so-vang/999/gach", 404)


def test_other_systems_enter_read_and_strike(client: FlaskClient) -> None:
    sent = {"reason": WHY, "body": DISTRICT, "awards": [{**said(), "body": DISTRICT}]}

    made = client.post("/api/v1/grants", json=sent)
    again = client.post("/api/v1/grants", json=sent)
    line = made.get_json()["grants"][0]["id"]
    struck = client.post(f"/api/v1/grants/{line}/strike", json={"reason": "Nhầm"})
    shown = client.get(f"/api/v1/bodies/{DISTRICT}/grants?name=thuy uu&year=2023").get_json()

    assert made.status_code == 201
    assert again.get_json() == {"grants": [], "standing": 1}
    assert struck.status_code == 200
    assert shown["total"] == 1
    assert shown["grants"][0] | {"id": 0} == {
        "id": 0,
        "award": "ntvt_quan",
        "subject": "individual",
        "name": "Nguyễn Thuỵ Ưu",
        "post": "",
        "unit": "Tổ dân phố số 3, phường Bách Khoa",
        "decision": "Quyết định số 812/QĐ-UBND ngày 03/4/2023",
        "granted_on": "2023-04-03",
        "sequence": None,
        "document": None,
        "nomination": None,
        "reason": WHY,
        "struck": "Nhầm",
    }


@pytest.mark.parametrize(
    ("sent", "place"),
    [
        ({"awards": [said()]}, "/reason"),
        ({"reason": WHY}, "/awards"),
        ({"reason": WHY, "awards": []}, "/awards"),
        ({"reason": WHY, "awards": ["x"]}, "/awards/0"),
        ({"reason": WHY, "awards": [{"name": "x"}]}, "/awards/0/body"),
    ],
)
def test_a_call_without_what_it_needs_is_told_where(
    client: FlaskClient, sent: dict[str, Any], place: str
) -> None:
    answer = client.post("/api/v1/grants", json=sent)

    assert answer.status_code == 422
    assert place in {error["pointer"] for error in answer.get_json()["errors"]}


def test_a_year_that_is_none_is_refused_to_another_system(client: FlaskClient) -> None:
    answer = client.get(f"/api/v1/bodies/{DISTRICT}/grants?year=hai")

    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["pointer"] == "/year"


def test_the_book_is_kept_by_command(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRINHKY_DATABASE_URL", f"sqlite:///{tmp_path / 'records.db'}")
    sheet = tmp_path / "so-vang.xlsx"
    sheet.write_bytes(book(*LINES))
    listed = tmp_path / "khen.toml"
    listed.write_text(
        'body = "quan-hai-ba-trung"\naward = "ntvt_quan"\n'
        '[[awards]]\nname = "H’Hen Niê"\ndecision = "3/QĐ-UBND ngày 01/02/2020"\n',
        encoding="utf-8",
    )
    run = CliRunner()
    from_sheet = ["golden", "add", str(sheet), "--reason", WHY, "--body", DISTRICT]

    wrong = run.invoke(trinhky, from_sheet)
    added = run.invoke(trinhky, [*from_sheet, "--award", "ntvt_quan"])
    again = run.invoke(trinhky, [*from_sheet, "--award", "ntvt_quan", "--json"])
    typed = run.invoke(trinhky, ["golden", "add", str(listed), "--reason", WHY])
    shown = run.invoke(trinhky, ["golden", "list", DISTRICT, "--name", "hue"])
    struck = run.invoke(trinhky, ["golden", "strike", "3", "--reason", "Nhầm"])
    told = run.invoke(trinhky, ["golden", "list", DISTRICT, "--json"])

    assert wrong.exit_code == 1
    assert "Đã ghi 2 dòng" in added.output
    assert json.loads(again.output) == {"grants": [], "standing": 2}
    assert "Đã ghi 1 dòng" in typed.output
    assert "Đặng Đức Huệ, Phường Lê Đại Hành" in shown.output
    assert struck.exit_code == 0
    assert [one["struck"] for one in json.loads(told.output)["grants"]] == [None, None, "Nhầm"]
