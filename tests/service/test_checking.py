"""The checker by command, over HTTP and in the browser: what is found, and how to mend it."""

import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient
from lxml import html

from service.__main__ import trinhky
from tests.doc_templates import stranger
from tests.service.web_pages import get

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def wrong() -> bytes:
    """A plan with two errors and a warning."""
    change = {
        "motto": {"text": "Độc lập – Tự do – Hạnh phúc"},
        "page": {"left": 20},
        "recipients": {"text": "- Các đơn vị thuộc phường;\n- Lưu: VT, VHXH"},
    }
    return stranger.write(stranger.changed(stranger.plan(), change))


def right() -> bytes:
    return stranger.write(stranger.plan())


def run(*arguments: object) -> Result:
    return CliRunner().invoke(trinhky, ["check", *(str(one) for one in arguments)])


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    made = {}
    for name, content in (("dung", right()), ("sai", wrong()), ("hong", b"not a Word file")):
        made[name] = tmp_path / f"{name}.docx"
        made[name].write_bytes(content)
    return made


def test_a_conforming_file_ends_with_zero(files: dict[str, Path]) -> None:
    result = run(files["dung"])

    assert result.exit_code == 0
    assert "Kế hoạch; 0 lỗi, 0 cảnh báo, 0 gợi ý, 0 chỗ chưa rõ." in result.output


def test_a_file_with_errors_names_place_fault_remedy_and_article(files: dict[str, Path]) -> None:
    result = run(files["sai"])

    assert result.exit_code == 1
    assert "2 lỗi, 1 cảnh báo" in result.output
    assert "[TY-02] bảng 1, hàng 1, ô 2, “Độc lập – Tự do – Hạnh phúc”" in result.output
    assert "Đặt lề trái từ 30 đến 35 mm." in result.output
    assert "NĐ 30/2020, Phụ lục I, Phần I, mục I.3" in result.output


def test_many_files_are_summed_up_and_a_broken_one_holds_up_no_other(
    files: dict[str, Path],
) -> None:
    result = run(files["hong"], files["sai"], files["dung"])

    assert result.exit_code == 1
    assert "3 tệp: 1 tệp không có lỗi, 1 tệp có lỗi, 1 tệp không đọc được." in result.output


def test_machines_get_json_or_sarif(files: dict[str, Path]) -> None:
    (read,) = json.loads(run(files["sai"], "--json").output)
    sarif = json.loads(run(files["sai"], "--sarif").output)

    assert read["counts"] == {"E": 2, "W": 1, "I": 0}
    assert read["answers"]["TY-02"] == "deviates"
    assert read["answers"]["PG-01"] == "conforms"
    results = sarif["runs"][0]["results"]
    assert sarif["version"] == "2.1.0"
    assert sorted((one["ruleId"], one["level"]) for one in results) == [
        ("NN-01", "warning"),
        ("PG-04", "error"),
        ("TY-02", "error"),
    ]
    known = {rule["id"] for rule in sarif["runs"][0]["tool"]["driver"]["rules"]}
    assert {one["ruleId"] for one in results} <= known


def test_other_systems_send_a_file_and_get_a_report(client: FlaskClient) -> None:
    bare = client.post("/api/v1/check", data=wrong(), content_type=DOCX).get_json()
    form = client.post(
        "/api/v1/check", data={"file": (io.BytesIO(wrong()), "ke-hoach.docx")}
    ).get_json()

    assert bare == form
    assert bare["kind"] == "Kế hoạch"
    assert [one["rule"] for one in bare["findings"]] == ["PG-04", "TY-02", "NN-01"]
    assert {"place", "found", "advice", "source", "severity"} <= set(bare["findings"][0])


def test_what_is_no_word_file_is_a_problem(client: FlaskClient) -> None:
    answer = client.post("/api/v1/check", data=b"xin chao", content_type=DOCX)
    missing = client.post("/api/v1/check", data={"other": "1"}, content_type="multipart/form-data")

    assert (answer.status_code, answer.get_json(force=True)["code"]) == (422, "paper-unreadable")
    assert missing.get_json(force=True)["errors"][0]["pointer"] == "/file"


def test_a_clerk_drops_a_file_and_reads_what_to_mend(client: FlaskClient) -> None:
    form = get(client, "/kiem-the-thuc")
    assert form.xpath(".//input[@type='file' and @name='file']")

    answer = client.post("/kiem-the-thuc", data={"file": (io.BytesIO(wrong()), "ke-hoach.docx")})
    page = html.fromstring(answer.get_data(as_text=True))
    rows = [" ".join(row.text_content().split()) for row in page.xpath(".//tbody/tr")]
    assert answer.status_code == 200
    assert len(rows) == 3
    assert rows[0].startswith("1 Lỗi phần trang 1")
    (picture,) = page.xpath(".//ol[@class='print-pages']//img/@src")
    assert picture.startswith("data:image/png;base64,iVBOR")
    assert page.xpath(".//tr[@id='cho-2']//a[@href='#trang-1']")
    assert "Viết “Độc lập - Tự do - Hạnh phúc”" in rows[1]


@pytest.mark.parametrize("data", [{}, {"file": (io.BytesIO(b"x"), "a.docx")}])
def test_a_page_without_a_word_file_says_what_to_do(
    client: FlaskClient, data: dict[str, object]
) -> None:
    answer = client.post("/kiem-the-thuc", data=data, content_type="multipart/form-data")

    page = html.fromstring(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert page.xpath(".//p[@role='alert']")


def test_a_mended_copy_is_written_and_each_change_is_told(
    files: dict[str, Path], tmp_path: Path
) -> None:
    target = tmp_path / "sua.docx"
    before = files["sai"].read_bytes()
    result = run(files["sai"], "--fix", target)

    assert result.exit_code == 0, result.output
    assert "[PG-04] phần trang 1: lề trái 20.0 mm → 30 mm" in result.output
    assert "Đã sửa 3 chỗ" in result.output
    assert files["sai"].read_bytes() == before
    assert run(target).exit_code == 0


def test_a_copy_is_never_written_over_the_file_itself(files: dict[str, Path]) -> None:
    assert run(files["sai"], "--fix", files["sai"]).exit_code == 2
