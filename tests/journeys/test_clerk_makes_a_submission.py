"""A clerk opens the desk in a browser and goes home with two Word files and a number."""

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Page, expect

from records.store import Store
from service.app import create_app
from service.config import read_settings
from service.intake.nominations import parse_nominations
from service.workflow import nominating, setting_up
from service.workflow.desk import Desk
from tests.journeys.serving import serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FIXTURES = Path(__file__).parents[2] / "fixtures"
DOSSIER = FIXTURES / "papers" / "dossier" / "trich-ngang.toml"
TWELVE = tomllib.loads(DOSSIER.read_text(encoding="utf-8"))["nominees"]


def _now() -> datetime:
    return datetime(2026, 10, 9, 2, 0, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The demo office, with one dossier of twelve people."""
    store = Store(f"sqlite:///{tmp_path / 'records.db'}")
    store.upgrade()
    desk = Desk(store, _now)
    setting_up.load_office(desk, setting_up.read_office(FIXTURES / "demo"))
    known = {
        "body": "phuong-hai-ba-trung",
        "campaign": "ntvt-2026",
        "award": "ntvt",
        "nominating_unit": "Trường Tiểu học Hoa Phượng",
    }
    entries = parse_nominations([{**nominee, **known} for nominee in TWELVE])
    nominating.nominate(desk, entries, by="test", dossier="Hồ sơ “Người tốt, việc tốt”")
    yield desk
    store.dispose()


@pytest.fixture
def address(desk: Desk) -> Iterator[str]:
    """The running service, on a port that was free."""
    with serving(create_app(read_settings({}), desk)) as found:
        yield found


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page on a phone's width, that must not ask another machine for anything."""
    context = browser.new_context(
        base_url=address, viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    asked: list[str] = []
    opened = context.new_page()
    opened.on("request", lambda request: asked.append(request.url))
    yield opened
    context.close()
    assert all(one.startswith((address, "data:")) for one in asked)


def words_of(path: Path) -> str:
    word = docx.Document(str(path))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([p.text for p in word.paragraphs] + cells).split())


def download(page: Page, name: str, to: Path) -> str:
    with page.expect_download() as download_info:
        page.get_by_role("link", name=name).click()
    download_info.value.save_as(to)
    return words_of(to)


def test_a_clerk_makes_issues_and_takes_home_a_submission(page: Page, tmp_path: Path) -> None:
    page.goto("/")
    page.get_by_role("link", name="Hồ sơ “Người tốt, việc tốt”").click()
    page.get_by_role("link", name="Lập Tờ trình và Bản trích ngang").first.click()
    page.get_by_label("Trích yếu").fill("Về việc đề nghị khen thưởng đợt tháng 10")
    page.get_by_role("button", name="Lập dự thảo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tờ trình (dự thảo)")

    submission = download(page, "Tải Tờ trình", tmp_path / "to-trinh.docx")
    extract = download(page, "Tải Bản trích ngang", tmp_path / "trich-ngang.docx")
    for nominee in TWELVE:
        assert nominee["name"] in submission
        assert nominee["name"] in extract
    assert "Về việc đề nghị khen thưởng đợt tháng 10" in submission

    page.get_by_role("button", name="Ban hành").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tờ trình số 01/TTr-THHP")
    expect(page.get_by_role("status")).to_contain_text("01/TTr-THHP")
    assert "Số: 01/TTr-THHP" in download(page, "Tải Tờ trình", tmp_path / "ban-hanh.docx")
    page.get_by_role("link", name="dòng số 01").click()
    expect(page.get_by_role("row", name="01/TTr-THHP")).to_contain_text("Ngô Thị Tường Khuê")


def test_a_clerk_puts_right_what_was_wrong_and_loses_nothing(page: Page) -> None:
    page.goto("/ho-so/1/to-trinh")
    page.get_by_label("Trích yếu").fill("")
    page.get_by_label("Nơi nhận").fill("Như trên\nNơi tôi vừa gõ")
    page.get_by_role("button", name="Lập dự thảo").click()

    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("chưa lưu gì")
    alert.get_by_role("link").first.click()
    expect(page).to_have_url("/ho-so/1/to-trinh#abstract")
    expect(page.get_by_label("Nơi nhận")).to_have_value("Như trên\nNơi tôi vừa gõ")

    page.get_by_label("Trích yếu").fill("Về việc đề nghị khen thưởng")
    page.get_by_role("button", name="Lập dự thảo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tờ trình (dự thảo)")


@pytest.mark.parametrize(
    "where", ["/", "/ho-so/1", "/ho-so/1/to-trinh", "/so-van-ban", "/van-ban/9"]
)
def test_no_page_is_wider_than_a_phone(page: Page, where: str) -> None:
    page.goto(where)

    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_the_keyboard_alone_reaches_the_content_and_the_form(page: Page) -> None:
    page.goto("/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page).to_have_url("/#noi-dung")
