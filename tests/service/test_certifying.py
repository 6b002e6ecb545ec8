"""Certificates of an issued decision, by page, by command and over HTTP; the book on paper."""

import tomllib
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from doc_templates.certificates.arrangement import default_text
from records.errors import Conflict
from service.__main__ import trinhky
from service.intake.certificates import parse_certificates
from service.intake.fields import EntryInvalid
from service.workflow import certifying
from service.workflow.desk import Desk
from tests.factories import issue, make_draft, paper_of
from tests.service.web_pages import get

LIST = Path(__file__).parents[2] / "fixtures" / "certificates" / "giay-khen-phuong.toml"
ON = "09/10/2026"
NOMINEES = [
    {
        "name": "Đặng Đức Huệ",
        "honorific": "Ông",
        "post": "Nhân viên bảo vệ",
        "unit": "Trường Tiểu học Hoa Phượng",
        "summary": "Đã có hành động dũng cảm cứu người trong đám cháy",
        "award": "Danh hiệu “Người tốt, việc tốt” cấp Thành phố",
    },
    {
        "name": "Tổ dân phố số 7",
        "subject": "collective",
        "residence": "Phường Hai Bà Trưng",
        "summary": "Đã có thành tích giữ gìn ngõ phố xanh, sạch, đẹp",
        "award": "Giấy khen của Chủ tịch Ủy ban nhân dân Phường Hai Bà Trưng",
    },
]


@pytest.fixture
def decision(desk: Desk) -> int:
    """A decision with a person and a collective, issued."""
    paper = paper_of("decision", nominees=NOMINEES, annex_title="được khen thưởng")
    made = make_draft(desk, "decision", paper=paper)
    issue(desk, made.document_id, issued_on=ON)
    return made.document_id


def run(*arguments: object) -> Result:
    return CliRunner().invoke(trinhky, [str(one) for one in arguments])


def words(content: bytes) -> list[str]:
    """The text of each page of a PDF."""
    pages = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_bounded().replace("\u00a0", " ") for page in pages]


def test_certificates_say_what_the_decision_says_in_the_order_of_its_list(
    desk: Desk, decision: int
) -> None:
    second, first = certifying.of_decision(desk, decision).certificates

    assert (first.act, first.award) == ("TẶNG", "Giấy khen")
    assert (first.recipient, first.position) == ("Tổ dân phố số 7", "Phường Hai Bà Trưng")
    assert (second.act, second.award) == ("TẶNG DANH HIỆU", "“Người tốt, việc tốt”")
    assert (second.recipient, second.golden_book) == ("Ông Đặng Đức Huệ", 1)
    assert second.position == "Nhân viên bảo vệ, Trường Tiểu học Hoa Phượng"
    assert (second.decision, second.texts()["decision"]) == (
        "01/QĐ-UBND",
        "Số quyết định: 01/QĐ-UBND ngày 09 tháng 10 năm 2026",
    )


def test_a_decision_that_is_not_issued_has_no_certificates(desk: Desk) -> None:
    draft = make_draft(desk, "decision", paper=paper_of("decision", nominees=NOMINEES))

    with pytest.raises(Conflict, match="chưa ban hành"):
        certifying.of_decision(desk, draft.document_id)


def test_a_plan_has_no_certificates(desk: Desk) -> None:
    plan = make_draft(desk).document_id
    issue(desk, plan, issued_on=ON)

    with pytest.raises(Conflict, match="quyết định khen thưởng"):
        certifying.of_decision(desk, plan)


def test_the_page_of_a_decision_leads_to_its_certificates(
    client: FlaskClient, decision: int
) -> None:
    document = get(client, f"/van-ban/{decision}")
    assert document.xpath(f".//a[@href='/van-ban/{decision}/giay-khen']")

    page = get(client, f"/van-ban/{decision}/giay-khen")
    assert "2 tờ, theo thứ tự của danh sách" in " ".join(page.itertext())
    for link in page.xpath(".//main//p[@class='actions']/a/@href"):
        answer = client.get(link)
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")


def test_other_systems_get_the_certificates_of_a_decision(
    client: FlaskClient, decision: int
) -> None:
    full = client.get(f"/api/v1/documents/{decision}/certificates.pdf")
    over = client.get(f"/api/v1/documents/{decision}/certificates.pdf?mode=overprint")

    assert [page.count("CỘNG HÒA") for page in words(full.data)] == [1, 1]
    assert [page.count("CỘNG HÒA") for page in words(over.data)] == [0, 0]
    assert "Ông Đặng Đức Huệ" in words(over.data)[0]
    wrong = client.get(f"/api/v1/documents/{decision}/certificates.pdf?mode=màu")
    assert (wrong.status_code, wrong.get_json(force=True)["errors"][0]["code"]) == (
        422,
        "choice-wrong",
    )


def test_other_systems_send_a_list_and_get_a_report_or_one_file(client: FlaskClient) -> None:
    listed = tomllib.loads(LIST.read_text(encoding="utf-8"))
    for day in ("decided_on", "issued_on"):
        listed[day] = str(listed[day])
    fits = client.post("/api/v1/certificates/fit", json=listed).get_json()["fits"]
    assert [fit["number"] for fit in fits if fit["stops"]] == []

    made = client.post("/api/v1/certificates", json=listed)
    assert len(words(made.data)) == 4

    listed["recipients"][1]["position"] = "Trường Tiểu học Hoa Phượng " * 15
    listed["recipients"][2]["position"] = "Tổ dân phố số 7 " * 25
    refused = client.post("/api/v1/certificates", json=listed)
    faults = refused.get_json(force=True)["errors"]
    assert refused.status_code == 422
    assert [(one["pointer"], one["code"]) for one in faults] == [
        ("/recipients/1/position", "certificate-overflows"),
        ("/recipients/2/position", "certificate-overflows"),
    ]


def test_a_list_with_faults_names_all_of_them() -> None:
    with pytest.raises(EntryInvalid) as caught:
        parse_certificates(
            {"authority": "", "award": "GIẤY KHEN", "recipients": [{"name": ""}, {"ten": "x"}]}
        )

    pointers = {fault.pointer for fault in caught.value.errors}
    assert {"/authority", "/recipients/0/name", "/recipients/1/name"} <= pointers


def test_nothing_is_printed_while_one_certificate_does_not_fit(tmp_path: Path) -> None:
    listed = LIST.read_text(encoding="utf-8").replace(
        'position = "Phường Hai Bà Trưng"', f'position = "{"Tổ dân phố rất dài tên " * 20}"'
    )
    source, target = tmp_path / "ds.toml", tmp_path / "in.pdf"
    source.write_text(listed, encoding="utf-8")

    checked = run("certificates", "check", source)
    printed = run("certificates", "print", source, "-o", target)

    assert (checked.exit_code, printed.exit_code) == (1, 1)
    assert (
        "Tờ 4, Tập thể Tổ dân phố số 7, Chức vụ, đơn vị hoặc địa chỉ: không vừa" in checked.output
    )
    assert "[/recipients/3/position]" in printed.output
    assert not target.exists()


def test_a_list_is_printed_checked_and_calibrated_by_command(tmp_path: Path) -> None:
    target, sheet, rulers = tmp_path / "in.pdf", tmp_path / "phoi.toml", tmp_path / "can.pdf"

    printed = run("certificates", "print", LIST, "-o", target, "--mode", "overprint")
    assert printed.exit_code == 0, printed.output
    assert "Đã in 4 tờ" in printed.output
    assert "Bà H’Len Niê" in words(target.read_bytes())[2]

    assert run("certificates", "arrangement", "-o", sheet).exit_code == 0
    assert sheet.read_text(encoding="utf-8") == default_text()
    assert run("certificates", "calibrate", "-o", rulers, "--arrangement", sheet).exit_code == 0
    assert "Tờ căn chỉnh" in words(rulers.read_bytes())[0]


def test_an_office_keeps_a_sheet_for_each_award_and_sort_of_recipient(tmp_path: Path) -> None:
    for name, title in (
        ("default", "mặc định"),
        ("giay-khen", "giấy khen"),
        ("giay-khen-collective", "tập thể"),
        ("phuong-a-giay-khen", "của phường"),
    ):
        text = default_text().replace("Giấy khen, Giấy chứng nhận: A4 ngang", title)
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")

    def found(**asked: str) -> str:
        return certifying.find_arrangement(tmp_path, **asked).title

    assert found(award="“Người tốt, việc tốt”") == "mặc định"
    assert found(award="Giấy khen", subject="individual") == "giấy khen"
    assert found(award="GIẤY KHEN", subject="collective") == "tập thể"
    assert found(body="phuong-a", award="Giấy khen") == "của phường"


def test_the_book_of_a_year_is_printed_whole(
    client: FlaskClient, desk: Desk, decision: int
) -> None:
    cover, sheet = words(client.get("/so-van-ban/1/so.pdf").data)

    assert "SỔ ĐĂNG KÝ VĂN BẢN ĐI" in cover
    assert "Từ số 01 đến số 01" in cover
    assert "01/QĐ-" in sheet
    assert client.get("/so-van-ban/99/so.pdf").status_code == 404
