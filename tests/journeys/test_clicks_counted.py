"""How many clicks and screens lie between what a clerk knows and a paper that can be signed."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.serving import demo_office, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOT = Path(__file__).parents[2]
ROW = re.compile(r"\| (?P<name>[^|]+) \| [^|]+ \| (?P<clicks>\d+) \| (?P<screens>\d+) \|")


class Counted:
    """A page on which clicks are counted, and the screens that were seen."""

    def __init__(self, page: Page, start: str) -> None:
        self.page = page
        self.clicks = 0
        self.seen: list[str] = []
        page.goto(start)
        self._look()

    def click(self, name: str, role: str = "link") -> None:
        """Click what has this name and see what comes."""
        self.page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]
        self.clicks += 1
        self.page.wait_for_load_state()
        self._look()

    def _look(self) -> None:
        where = self.page.url.partition("?")[0].partition("#")[0]
        if where not in self.seen:
            self.seen.append(where)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo office, running."""
    with demo_office(tmp_path_factory.mktemp("counted")) as app, serving(app) as found:
        yield found


@pytest.fixture
def begin(browser: Browser, address: str) -> Iterator[Callable[[str], Counted]]:
    """Begin a journey at a page."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    yield lambda start: Counted(context.new_page(), start)
    context.close()


def written(name: str) -> tuple[int, int]:
    """Give what docs/journeys.md says of a journey: clicks and screens."""
    rows = ROW.finditer((ROOT / "docs" / "journeys.md").read_text(encoding="utf-8"))
    found = {row["name"]: (int(row["clicks"]), int(row["screens"])) for row in rows}
    return found[name]


def is_issued(page: Page, kind: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{kind} số")


def test_a_submission_from_its_dossier(begin: Callable[[str], Counted]) -> None:
    walk = begin("/ho-so/1")
    walk.click("Lập Tờ trình và Bản trích ngang")
    walk.click("Lập dự thảo", "button")
    walk.click("Ban hành", "button")

    is_issued(walk.page, "Tờ trình")
    expected = written("Tờ trình với Bản trích ngang, ban hành")
    assert (walk.clicks, len(walk.seen)) == expected


def test_a_decision_from_its_dossier(begin: Callable[[str], Counted]) -> None:
    agree = begin("/ho-so/1/dong-y")
    agree.page.get_by_role("button", name="Ghi nhận").first.click()
    walk = begin("/ho-so/1")
    walk.click("Lập Quyết định khen thưởng")
    walk.click("Lập dự thảo", "button")
    walk.click("Ban hành", "button")

    is_issued(walk.page, "Quyết định")
    assert (walk.clicks, len(walk.seen)) == written("Quyết định với Danh sách, ban hành")


def test_a_new_plan_and_the_same_again(begin: Callable[[str], Counted]) -> None:
    walk = begin("/")
    walk.click("Lập văn bản khác")
    walk.click("Kế hoạch")
    walk.page.fill("#abstract", "Tổ chức phong trào “Người tốt, việc tốt” năm 2027")
    walk.page.fill("#body", "Mỗi tổ dân phố giới thiệu ít nhất một gương người tốt.")
    walk.click("Lập dự thảo", "button")
    walk.click("Ban hành", "button")
    is_issued(walk.page, "Kế hoạch")
    assert (walk.clicks, len(walk.seen)) == written("Kế hoạch mới, ban hành")

    again = begin(walk.page.url)
    again.click("Lập như văn bản này")
    again.click("Lập dự thảo", "button")
    again.click("Ban hành", "button")
    is_issued(again.page, "Kế hoạch")
    assert (again.clicks, len(again.seen)) == written("Kế hoạch như lần trước, ban hành")


def test_one_person_nominated(begin: Callable[[str], Counted]) -> None:
    walk = begin("/")
    walk.click("Đề nghị một người")
    unit = walk.page.locator("#nominating_unit")
    unit.select_option(label="Trường Tiểu học Hoa Phượng")
    walk.page.fill("#dossier", "Hồ sơ của bà Nguyễn Thuỵ Ưu")
    walk.page.locator("#award").select_option("ntvt")
    walk.page.fill("#name", "Nguyễn Thuỵ Ưu")
    walk.page.fill("#birth", "12/5/1974")
    walk.page.fill("#deed", "Đã hai mươi năm trông nom thư viện của thiếu nhi trong phường.")
    walk.page.locator("#helps_others").select_option("yes")
    walk.click("Mở hồ sơ", "button")

    expect(walk.page.get_by_role("main")).to_contain_text("Nguyễn Thuỵ Ưu")
    assert (walk.clicks, len(walk.seen)) == written("Đề nghị một người, mở hồ sơ")


def test_a_paper_found_again(begin: Callable[[str], Counted]) -> None:
    walk = begin("/")
    walk.page.fill("input[name=q]", "124/KH")
    walk.click("Tìm", "button")
    walk.click("Kế hoạch")
    with walk.page.expect_download() as loaded:
        walk.click("Tải PDF")

    assert loaded.value.suggested_filename.endswith(".pdf")
    assert (walk.clicks, len(walk.seen)) == written("Tìm lại một văn bản và tải PDF")
