"""A clerk types a paper beside its pages, the power goes, and nothing typed is lost."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect

from records.store import Store
from service.workflow import setting_up
from service.workflow.desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FIXTURES = Path(__file__).parents[2] / "fixtures"
PLAN = "/van-ban/moi/plan?co-quan=phuong-hai-ba-trung"
TITLE = "Biểu dương gương “Người tốt, việc tốt” của bà Nguyễn Thuỵ Ưu"


@pytest.fixture
def office(tmp_path: Path) -> str:
    """The database of the demo office, without papers."""
    url = f"sqlite:///{tmp_path / 'records.db'}"
    store = Store(url)
    store.upgrade()
    setting_up.load_office(Desk(store), setting_up.read_office(FIXTURES / "demo"))
    store.dispose()
    return url


@pytest.fixture
def port() -> int:
    """A port that was free."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        found: int = free.getsockname()[1]
    return found


@contextmanager
def running(office: str, port: int) -> Iterator[None]:
    """The service in a process of its own, until the power goes."""
    environment = {**os.environ, "TRINHKY_DATABASE_URL": office, "TRINHKY_PORT": str(port)}
    with subprocess.Popen(
        [sys.executable, "-m", "service", "serve"], env=environment, stdout=subprocess.DEVNULL
    ) as process:
        try:
            for _ in range(600):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
                    break
                except OSError:
                    time.sleep(0.05)
            yield
        finally:
            process.kill()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A clerk's browser on a usual screen."""
    found = browser.new_context(viewport={"width": 1280, "height": 900})
    found.set_default_timeout(15_000)
    yield found
    found.close()


def has_pages(answer: Response, count: int) -> bool:
    """Tell whether an answer brings so many pages."""
    return answer.url.endswith("/xem-nhap") and answer.json()["count"] == count


def shown(page: Page, *, pages: int = 1) -> None:
    """Wait until the pages of what was typed are there."""
    expect(page.locator(".sketch-state")).to_contain_text(f"{pages} trang")
    expect(page.locator(".sketch-pages img")).to_have_count(pages)


def test_pages_follow_while_typing_and_a_place_leads_to_its_field(
    office: str, port: int, context: BrowserContext
) -> None:
    with running(office, port):
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{port}{PLAN}")
        shown(page)
        expect(page.locator(".sketch-faults li")).to_have_count(2)
        before = page.locator(".sketch-pages img").get_attribute("src")

        page.fill("#abstract", TITLE)
        lines = "\n\n".join(f"{n}. Việc làm tốt thứ {n}." for n in range(1, 40))
        with page.expect_response(lambda answer: has_pages(answer, 2)) as answered:
            page.fill("#body", lines)
        shown(page, pages=2)
        expect(page.locator(".sketch-faults li")).to_have_count(0)
        assert page.locator(".sketch-pages img").first.get_attribute("src") != before

        picture = page.locator(".sketch-pages img").first
        box = picture.bounding_box()
        assert box is not None
        page.locator("#archive").focus()
        places = answered.value.json()["pages"][0]["places"]
        _, x, y, width, height, text = next(one for one in places if one[0] == "abstract")
        spot = {"x": box["width"] * (x + width / 2), "y": box["height"] * (y + height / 2)}
        picture.click(position=spot)
        expect(page.locator("#abstract")).to_be_focused()
        assert page.evaluate("getSelection().toString()") == text


def test_nothing_typed_is_lost_when_the_power_goes(
    office: str, port: int, context: BrowserContext
) -> None:
    with running(office, port):
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{port}{PLAN}")
        page.fill("#abstract", TITLE)
        shown(page)
    page.fill("#body", "Câu gõ khi máy chủ đã tắt.")
    expect(page.locator(".sketch-state")).to_contain_text("Phần đã gõ vẫn còn")
    page.close()
    with running(office, port):
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{port}{PLAN}")
        expect(page.locator(".kept")).to_contain_text("Còn phần gõ dở")
        assert page.input_value("#abstract") == ""

        page.get_by_role("button", name="Lấy lại phần gõ dở").click()
        assert page.input_value("#abstract") == TITLE
        assert page.input_value("#body") == "Câu gõ khi máy chủ đã tắt."

        page.get_by_role("button", name="Hoàn lại").click()
        assert page.input_value("#abstract") == ""

        page.fill("#abstract", TITLE)
        page.fill("#body", "Một câu.")
        page.get_by_role("button", name="Lập dự thảo").click()
        expect(page.locator("h1")).to_contain_text("Kế hoạch")
        page.goto(f"http://127.0.0.1:{port}{PLAN}")
        shown(page)
        expect(page.locator(".kept")).to_have_count(0)


def test_a_refused_form_keeps_what_was_typed_in_the_browser_too(
    office: str, port: int, context: BrowserContext
) -> None:
    with running(office, port):
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{port}{PLAN}")
        page.fill("#abstract", TITLE)
        page.get_by_role("button", name="Lập dự thảo").click()
        expect(page.locator("#body-loi")).to_be_visible()
        assert page.input_value("#abstract") == TITLE

        page.goto(f"http://127.0.0.1:{port}/")
        page.goto(f"http://127.0.0.1:{port}{PLAN}")
        page.get_by_role("button", name="Lấy lại phần gõ dở").click()
        assert page.input_value("#abstract") == TITLE


def test_on_a_phone_the_pages_are_asked_for_only_when_opened(
    office: str, port: int, browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    asked: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    with running(office, port):
        page.goto(f"http://127.0.0.1:{port}{PLAN}")
        page.fill("#abstract", TITLE)
        page.wait_for_timeout(800)
        assert not [one for one in asked if one.endswith("/xem-nhap")]

        page.get_by_text("Xem trang giấy").click()
        shown(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390
        context.close()
