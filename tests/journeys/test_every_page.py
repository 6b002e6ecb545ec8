"""Every page of the demo office in a real browser: for every reader, on every width, light."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext

from tests.journeys.serving import demo_office, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FIXTURES = Path(__file__).parents[2] / "fixtures"
SIZES = ((1280, 900), (390, 844))
#: The demo office's first rows, and what else an address may name.
ROWS: dict[str, Any] = {
    "document_id": 1,
    "dossier_id": 1,
    "register_id": 1,
    "nomination_id": 1,
    "grant_id": 1,
    "page": 1,
    "year": 2026,
    "position": 1,
    "kind": "plan",
    "key": "ntvt-2026",
    "body": "phuong-hai-ba-trung",
    "code": "0" * 20,
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demo office with its papers and dossiers."""
    with demo_office(tmp_path_factory.mktemp("every")) as found:
        yield found


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    """The running service."""
    with serving(app) as found:
        yield found


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]} px")
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A browser of that size that has seen nothing yet."""
    width, height = request.param
    found = browser.new_context(viewport={"width": width, "height": height})
    yield found
    found.close()


def pages_of(app: Flask) -> list[str]:
    """Every address of the desk that answers with a page, whatever it says."""
    client = app.test_client()
    with app.test_request_context():
        rules = [
            rule
            for rule in app.url_map.iter_rules()
            if rule.endpoint.startswith("web_") and "GET" in (rule.methods or ())
        ]
        adapter = app.url_map.bind("localhost")
        found = [
            adapter.build(rule.endpoint, {name: ROWS[name] for name in rule.arguments})
            for rule in rules
        ]
    answers = {one: client.get(one) for one in sorted(set(found))}
    return [one for one, answer in answers.items() if answer.mimetype == "text/html"]


def test_every_page_is_for_every_reader_and_no_wider_than_the_screen(
    app: Flask, address: str, context: BrowserContext
) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    wrong: dict[str, list[str]] = {}
    pages = [*pages_of(app), "/tim?q=nguyen", "/khong-co-trang-nay"]
    for where in pages:
        page.goto(f"{address}{where}", wait_until="networkidle")
        found = Axe().run(page).response["violations"]
        said = [f"{one['id']}: {one['nodes'][0]['target']}" for one in found]
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > (page.viewport_size or {"width": 0})["width"]:
            said.append(f"{width} px wide")
        if said:
            wrong[where] = said
    assert len(pages) > 35
    assert wrong == {}
    assert [one for one in asked if not one.startswith((address, "data:"))] == []


@pytest.mark.parametrize("where", ["/", "/dang-nhap", "/ho-so/1"])
def test_a_first_visit_is_light(address: str, browser: Browser, where: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    client = context.new_cdp_session(page)
    client.send("Network.enable")
    sizes: list[float] = []
    client.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.on("request", lambda request: asked.append(request.url))

    page.goto(f"{address}{where}", wait_until="networkidle")
    first = (len(sizes), sum(sizes))
    sizes.clear()
    page.goto(f"{address}{where}", wait_until="networkidle")
    context.close()

    assert 3 <= first[0] <= 10
    assert 10_000 < first[1] <= 150_000
    assert sum(sizes) < first[1] / 2, "style sheets and the script are fetched once"
