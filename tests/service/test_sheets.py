"""The office's own Excel list becomes nominations; every problem is told at once, with its cell."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from openpyxl import Workbook

from records import dossiers, nominations
from service.__main__ import trinhky
from service.intake.fields import EntryInvalid
from service.intake.nominations import parse_nomination
from service.intake.sheets import parse_sheet, read_sheet
from service.workflow import nominating
from service.workflow.desk import Desk
from tests.service.web_pages import get, page_of

DEED = "Nhặt được ví có 27 triệu đồng, tìm đến tận nhà trả lại đầy đủ cho người bán hàng rong."
HEAD = ["STT", "Ông (bà)", "Họ và tên", "Năm sinh", "Chức vụ, đơn vị", "Nơi cư trú", "Thành tích"]
LINE = [1, "Bà", "Nguyễn Thuỵ Ưu", 1974, "Hội viên", "Tổ dân phố số 3", DEED]
SHARED = {"body": "phuong-hai-ba-trung", "award": "ntvt"}
CHOICE = {"campaign": "phuong-hai-ba-trung/ntvt-2026", "award": "ntvt"}


def book(*rows: list[Any]) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def names(content: bytes) -> list[str]:
    return [row.values["name"] for row in read_sheet(content).rows]


def test_titles_above_the_head_and_a_total_below_are_no_people() -> None:
    sheet = read_sheet(
        book(
            ["ỦY BAN NHÂN DÂN PHƯỜNG"],
            [],
            ["DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG"],
            HEAD,
            LINE,
            ["Tổng cộng: 01 cá nhân"],
        )
    )

    (row,) = sheet.rows
    assert row.number == 5
    assert row.values["birth"] == "1974"
    assert sheet.columns["name"] == "C"
    assert sheet.ignored == ("STT",)


def test_columns_stand_in_any_order_and_heads_go_without_accents() -> None:
    sheet = read_sheet(book(["THANH TICH", "Nam sinh", "HO TEN"], [DEED, "1974", "Lò Thị Ỏn"]))

    assert dict(sheet.rows[0].values) == {"deed": DEED, "birth": "1974", "name": "Lò Thị Ỏn"}


def test_a_day_of_birth_that_excel_keeps_as_a_day_stays_that_day() -> None:
    content = book(
        ["Họ và tên", "Ngày sinh", "Thành tích"],
        ["Đặng Đức Huệ", datetime.fromisoformat("1980-05-02"), DEED],
        ["Cầm Thị Ơn", date(1999, 12, 31), DEED],
    )

    assert [row.values["birth"] for row in read_sheet(content).rows] == ["02/05/1980", "31/12/1999"]


def test_two_columns_for_the_year_of_birth_tell_man_and_woman() -> None:
    content = book(
        ["STT", "Họ và tên", "Năm sinh", None, "Thành tích"],
        [None, None, "Nam", "Nữ", None],
        [1, "Đặng Đức Huệ", 1980, None, DEED],
        [2, "Cầm Thị Ơn", None, 1999, DEED],
    )

    found = [(row.values["gender"], row.values["birth"]) for row in read_sheet(content).rows]

    assert found == [("Nam", "1980"), ("Nữ", "1999")]


def test_group_lines_say_whom_the_rows_below_are_about() -> None:
    content = book(
        ["STT", "Tên tập thể, cá nhân", "Hình thức", "Thành tích"],
        ["I. Tập thể"],
        [1, "Tổ dân phố số 3", "Giấy khen", DEED],
        ["II. Cá nhân"],
        [1, "H’Hen Niê", "Giấy khen", DEED],
    )

    found = [row.values["subject"] for row in read_sheet(content).rows]

    assert found == ["collective", "individual"]


def test_cells_pasted_from_excel_and_a_csv_file_read_alike() -> None:
    pasted = f"Họ và tên\tNăm sinh\tThành tích\nLò Thị Ỏn\t1974\t{DEED}\n"
    comma = f'\ufeffHọ và tên;Năm sinh;Thành tích\nLò Thị Ỏn;1974;"{DEED}"\n'

    assert names(pasted.encode()) == names(comma.encode()) == ["Lò Thị Ỏn"]


def test_an_award_is_found_by_its_name(desk: Desk) -> None:
    content = book(["Họ và tên", "Hình thức", "Thành tích"], ["Lò Thị Ỏn", "GIẤY KHEN", DEED])

    (entry,) = parse_sheet(
        read_sheet(content), {"body": "b"}, parse_nomination, awards=nominating.award_keys(desk)
    )

    assert entry.award == "giay_khen"


def test_every_fault_is_told_with_its_cell(desk: Desk) -> None:
    content = book(
        HEAD,
        LINE,
        [2, "Ông", "", 1980, "", "", DEED],
        [3, "Ông", "Lò Văn Ỉnh", "31/2/1980", "", "", DEED],
        [4, "Bà", "Cầm Thị Ơn", 1990, "", "", ""],
    )

    with pytest.raises(EntryInvalid) as told:
        parse_sheet(
            read_sheet(content), SHARED, parse_nomination, awards=nominating.award_keys(desk)
        )

    places = [error.message.partition(":")[0] for error in told.value.errors]
    assert places == ["ô C3", "ô D4", "ô G5"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 khong phai excel", "không đọc được tệp Excel"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"", "tiêu đề"),
        ("Tên;Tuổi\nA;1\n".encode(), "tiêu đề"),
        ("Họ và tên;Năm sinh\n".encode(), "không có ai"),
        (b"x" * (5 * 1024 * 1024 + 1), "lớn hơn 5 MB"),
        ("Họ và tên;Năm sinh\n".encode() + b"A;1\n" * 5_100, "hơn 5000 dòng"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(EntryInvalid, match=said):
        read_sheet(content)


def test_a_workbook_that_unpacks_to_gigabytes_is_not_opened() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"0" * (80 * 1024 * 1024))

    with pytest.raises(EntryInvalid, match="quá lớn"):
        read_sheet(buffer.getvalue())


@pytest.mark.parametrize(
    ("member", "content"),
    [
        ("xl/styles.xml", b"<styleSheet>" + b'<xf numFmtId="0"/>' * 300_000 + b"</styleSheet>"),
        ("xl/worksheets/sheet1.xml", b"<worksheet>" + b"<row><c/></row>" * 900_000),
        ("xl/worksheets/sheet1.xml", b'<!DOCTYPE a [<!ENTITY x "y">]><worksheet/>'),
        ("xl/media/1.bin", b"0" * (4 * 1024 * 1024)),
    ],
    ids=["styles", "rows", "doctype", "media"],
)
def test_a_workbook_made_to_be_slow_is_refused_before_it_is_read(
    member: str, content: bytes
) -> None:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book(HEAD, LINE))) as good,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        for name in {*good.namelist(), member}:
            package.writestr(name, content if name == member else good.read(name))

    with pytest.raises(EntryInvalid, match=r"quá lớn|không được nhận"):
        read_sheet(buffer.getvalue())


def test_the_value_of_a_formula_is_taken_never_the_formula() -> None:
    made = Workbook()
    for row in (["Họ và tên", "Năm sinh", "Thành tích"], ["=1+1", "1980", DEED]):
        made.active.append(row)
    buffer = io.BytesIO()
    made.save(buffer)

    assert "name" not in read_sheet(buffer.getvalue()).rows[0].values


def test_three_hundred_names_are_shown_then_kept_in_a_dossier(
    desk: Desk, client: FlaskClient
) -> None:
    lines = [[at, "Bà", f"Nguyễn Thị Số {at}", 1970, "", "Tổ 3", DEED] for at in range(1, 301)]
    sent = {"file": (io.BytesIO(book(HEAD, *lines)), "danh-sach.xlsx"), **CHOICE}

    looked = client.post("/nhap-danh-sach", data=sent, content_type="multipart/form-data")
    page = page_of(looked)
    with desk.reading() as session:
        assert dossiers.list_dossiers(session)[1] == 0
    rows = page.xpath("string(//textarea[@name='rows'])")
    kept = client.post(
        "/nhap-danh-sach/nhan",
        data={"rows": rows, "dossier": "Trường Tiểu học Hoa Phượng", **CHOICE},
    )

    assert looked.status_code == 200
    assert "Đọc được 300 dòng" in page.text_content()
    assert kept.location == "/ho-so/1/xet"
    with desk.reading() as session:
        assert len(nominations.lines_of(session, 1)) == 300


def test_a_list_with_faults_is_not_kept_and_each_is_shown(desk: Desk, client: FlaskClient) -> None:
    pasted = f"Họ và tên\tNăm sinh\tThành tích\nLò Thị Ỏn\t31/2/1974\t{DEED}\nCầm Thị Ơn\t1990\t"

    answer = client.post("/nhap-danh-sach", data={"pasted": pasted, **CHOICE})
    told = page_of(answer).xpath("string(//*[@class='error-summary'])")

    assert answer.status_code == 422
    assert "ô B2" in told
    assert "ô C3" in told


@pytest.mark.parametrize("rows", ["", "{}", "[1]", '{"rows": [[1, 2]], "columns": {}}'])
def test_rows_that_somebody_changed_are_checked_again(client: FlaskClient, rows: str) -> None:
    answer = client.post("/nhap-danh-sach/nhan", data={"rows": rows, "dossier": "x", **CHOICE})

    assert answer.status_code in (409, 422)


def test_the_page_offers_campaigns_awards_and_units(client: FlaskClient) -> None:
    page = get(client, "/nhap-danh-sach")

    assert page.xpath("//option[@value='phuong-hai-ba-trung/ntvt-2026']")
    assert page.xpath("//datalist/option[@value='Trường Tiểu học Hoa Phượng']")


def test_the_command_takes_a_workbook(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRINHKY_DATABASE_URL", str(desk.store.url))
    file = tmp_path / "danh-sach.xlsx"
    file.write_bytes(book(HEAD, LINE))
    ward = ["--body", "phuong-hai-ba-trung", "--campaign", "ntvt-2026", "--award", "ntvt"]

    done = CliRunner().invoke(trinhky, ["nominate", str(file), *ward, "--dossier", "Hồ sơ"])

    assert done.exit_code == 0, done.output
    assert "Đã nhận 1 đề nghị" in done.output
