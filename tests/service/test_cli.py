"""The face for the terminal: sentences for people, JSON for machines, three exit codes."""

import json
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from records.store import Store
from service.__main__ import trinhky
from service.workflow import setting_up
from service.workflow.desk import Desk

FIXTURES = Path(__file__).parents[2] / "fixtures"
LETTER = FIXTURES / "papers" / "gia-lam-875-ubnd-nv.toml"
PLAN = """kind = "plan"
abstract = "Tổ chức phong trào thi đua năm 2026"
body = "1. Biểu dương việc tốt."
issued_on = 2026-10-09
"""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a database of the demo office, to which the settings point."""
    url = f"sqlite:///{tmp_path / 'records.db'}"
    store = Store(url)
    store.upgrade()
    setting_up.load_office(Desk(store), setting_up.read_office(FIXTURES / "demo"))
    store.dispose()
    monkeypatch.setenv("TRINHKY_DATABASE_URL", url)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(trinhky, [str(one) for one in arguments])


def test_render_makes_one_paper_from_one_file_without_a_database(tmp_path: Path) -> None:
    target = tmp_path / "out" / "paper.docx"

    result = run("render", LETTER, "-o", target)

    assert result.exit_code == 0
    cells = [cell.text for row in docx.Document(str(target)).tables[0].rows for cell in row.cells]
    assert any("Số: 875/UBND-NV" in cell for cell in cells)


def test_render_names_every_fault_and_writes_nothing(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text('kind = "plan"\nissued_on = "31/2/2026"\nfoo = 1\n', encoding="utf-8")

    result = run("render", broken)

    assert result.exit_code == 1
    for place in ("/issued_on", "/foo", "/issuer", "/signature", "/abstract", "/body"):
        assert f"[{place}]" in result.stderr
    assert not (tmp_path / "broken.docx").exists()


def test_wrong_use_exits_with_two() -> None:
    assert run("render").exit_code == 2
    assert run("render", "không-có.toml").exit_code == 2
    assert run("nope").exit_code == 2


def test_forms_are_listed_and_shown_with_their_schema() -> None:
    listed = json.loads(run("forms", "list", "--json").stdout)
    schema = json.loads(run("forms", "show", "decision", "--json").stdout)

    assert [form["kind"] for form in listed][:5] == [
        "official_letter",
        "plan",
        "submission",
        "profile_extract",
        "decision",
    ]
    assert len(listed) == 33
    assert "legal_bases" in schema["required"]
    assert "Căn cứ" in run("forms", "show", "decision").stdout


def test_unknown_form_exits_with_one() -> None:
    assert run("forms", "show", "nope").exit_code == 1


def test_sample_of_a_form_renders(tmp_path: Path) -> None:
    sample = tmp_path / "sample.toml"
    sample.write_text(run("forms", "sample", "submission").stdout, encoding="utf-8")

    assert run("render", sample).exit_code == 0


def test_clerk_restyles_a_template_in_word_and_fills_it(tmp_path: Path) -> None:
    own = tmp_path / "cong-van.docx"
    assert run("forms", "export", "official_letter", "-o", own).exit_code == 0
    document = docx.Document(str(own))
    document.styles["Trích yếu công văn"].font.italic = True
    document.save(str(own))

    checked = run("forms", "check", "official_letter", own)
    made = run("render", LETTER, "--template", own, "-o", tmp_path / "made.docx")

    assert (checked.exit_code, made.exit_code) == (0, 0)
    styles = docx.Document(str(tmp_path / "made.docx")).styles
    assert styles["Trích yếu công văn"].font.italic


def test_broken_template_is_told_all_its_faults_at_once(tmp_path: Path) -> None:
    own = tmp_path / "hong.docx"
    document = docx.Document()
    document.add_paragraph("Số: {{ letterhead.symbl }}")
    document.add_paragraph("{% if signature.name %}")
    document.save(str(own))

    result = run("forms", "check", "plan", own)

    assert result.exit_code == 1
    assert "đoạn 1" in result.stderr
    assert "symbol" in result.stderr
    assert "đoạn 2" in result.stderr


def test_from_a_file_of_nominees_to_an_issued_decision(office: Path) -> None:
    people = office / "people.toml"
    people.write_text(
        'body = "phuong-hai-ba-trung"\naward = "ntvt"\ncampaign = "ntvt-2026"\n'
        '[[nominees]]\nname = "H’Hen Niê"\nbirth = "1992"\ndeed = "Cứu người đuối nước."\n'
        '[[nominees]]\nname = "Đặng Đức Huệ"\ndeed = "Trả lại của rơi."\n',
        encoding="utf-8",
    )
    paper = office / "paper.toml"
    paper.write_text(
        'kind = "submission"\nabstract = "Về việc đề nghị khen thưởng"\n'
        'addressees = ["Chủ tịch UBND phường"]\nbody = "Kính trình xem xét."\n',
        encoding="utf-8",
    )

    kept = json.loads(run("nominate", people, "--dossier", "Đợt 10", "--json").stdout)
    drafted = json.loads(
        run(
            "draft", paper, "--body", "phuong-hai-ba-trung", "--dossier", kept["dossier"], "--json"
        ).stdout
    )
    done = json.loads(run("issue", drafted["id"], "--key", "k", "--json").stdout)
    again = json.loads(run("issue", drafted["id"], "--key", "k", "--json").stdout)
    written = run("docx", drafted["id"])

    assert len(kept["nominations"]) == 2
    assert done["symbol"] == "01/TTr-UBND"
    assert again["is_replay"]
    assert (office / "01-TTr-UBND.docx").exists()
    assert written.stdout.strip() == "01-TTr-UBND.docx"


def test_faults_of_a_file_of_nominees_are_told_where_they_stand(office: Path) -> None:
    people = office / "people.toml"
    people.write_text(
        'body = "phuong-hai-ba-trung"\naward = "ntvt"\ncampain = "ntvt-2026"\n'
        '[[nominees]]\nname = ""\ndeed = "Cứu người đuối nước."\n'
        '[[nominees]]\nname = "Đặng Đức Huệ"\nbirth = "197"\ndeed = "Trả lại của rơi."\n',
        encoding="utf-8",
    )

    result = run("nominate", people)

    assert result.exit_code == 1
    places = [line.split("]")[0].lstrip(" -[") for line in result.stderr.splitlines()[1:]]
    assert sorted(places) == ["/campain", "/nominees/0/name", "/nominees/1/birth"]


def test_register_is_shown_with_cancelled_and_old_numbers(office: Path) -> None:
    (office / "plan.toml").write_text(PLAN, encoding="utf-8")
    body = "phuong-hai-ba-trung"
    assert run("register", "open", body, "--year", "2026", "--first", "20").exit_code == 0
    old = ["--number", "7", "--symbol", "07/KH-UBND", "--on", "05/01/2026"]
    why = ["--abstract", "Kế hoạch đầu năm", "--reason", "Chuyển từ sổ giấy"]
    assert run("register", "legacy", body, *old, *why).exit_code == 0
    assert run("draft", "plan.toml", "--body", body).exit_code == 0
    assert run("issue", "1", "--on", "09/10/2026").exit_code == 0
    assert run("cancel", "1", "--reason", "Nhầm").exit_code == 0

    shown = json.loads(run("register", "show", body, "--year", "2026", "--json").stdout)
    table = run("register", "show", body, "--year", "2026").stdout

    assert [one["symbol"] for one in shown["entries"]] == ["07/KH-UBND", "20/KH-UBND"]
    assert shown["entries"][1]["state"] == "cancelled"
    assert "Đã hủy" in table
    assert "20" in run("register", "list", body).stdout


def test_closed_book_and_taken_number_are_refused_in_words(office: Path) -> None:
    (office / "plan.toml").write_text(PLAN, encoding="utf-8")
    body = "phuong-hai-ba-trung"
    run("draft", "plan.toml", "--body", body)
    run("issue", "1", "--on", "09/10/2026")
    run("draft", "plan.toml", "--body", body)
    taken = ["--number", "1", "--symbol", "01/KH-UBND", "--on", "05/01/2026"]

    old = run("register", "legacy", body, *taken, "--abstract", "x", "--reason", "y")
    run("register", "close", body, "--year", "2026")
    closed = run("issue", "2", "--on", "09/10/2026")

    assert (old.exit_code, closed.exit_code) == (1, 1)
    assert "Số đã dùng" in old.stderr
    assert "khóa" in closed.stderr


def test_work_before_the_database_is_set_up_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRINHKY_DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")

    result = run("issue", "1")

    assert result.exit_code == 1
    assert "database upgrade" in result.stderr


def test_database_is_set_up_and_loaded_by_two_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRINHKY_DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")

    assert run("database", "upgrade").exit_code == 0
    loaded = run("database", "load", FIXTURES / "demo")
    again = run("database", "load", FIXTURES / "demo")

    assert "7 cơ quan" in loaded.stdout
    assert "0 cơ quan" in again.stdout


def test_unknown_setting_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRINHKY_DATABSE_URL", "x")

    result = run("issue", "1")

    assert result.exit_code == 1
    assert "TRINHKY_DATABASE_URL" in result.stderr


def test_demo_issues_the_five_papers_and_the_dossier(tmp_path: Path) -> None:
    result = run("demo", "-o", tmp_path, "--json")

    papers = json.loads(result.stdout)
    assert [paper["symbol"] for paper in papers] == [
        "1801/UBND-NC",
        "875/UBND-NV",
        "961/UBND-NV",
        "124/KH-UBND",
        "01/KH-UBND",
        "12/TTr-THHP",
        None,
        "210/QĐ-UBND",
    ]
    assert all(Path(paper["file"]).exists() for paper in papers)


def test_demo_can_be_run_again(tmp_path: Path) -> None:
    first, second = (run("demo", "-o", tmp_path, "--json").stdout for _ in range(2))

    assert [one["sha256"] for one in json.loads(first)] == [
        one["sha256"] for one in json.loads(second)
    ]
