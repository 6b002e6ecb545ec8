"""The demo office as a database of its own for each test, at one fixed moment."""

import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from records.accounts import Role
from records.store import Store
from service.app import create_app
from service.config import read_settings
from service.intake.nominations import parse_nominations
from service.workflow import nominating, setting_up
from service.workflow.desk import Desk
from tests.factories import WARD
from tests.service.closed_house import PASSWORD, Clock, Enter, add

FIXTURES = Path(__file__).parents[2] / "fixtures"
#: Friday 9 October 2026, nine o'clock in the morning in Hà Nội.
NOW = datetime(2026, 10, 9, 2, 0, tzinfo=UTC)


def _now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An upgraded database without a single row, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "records.db"
    store = Store(f"sqlite:///{path}")
    store.upgrade()
    store.dispose()
    return path


@pytest.fixture(scope="session")
def office_file(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the bodies, units, awards and campaigns of the demo, to be copied."""
    path = tmp_path_factory.mktemp("office") / "records.db"
    shutil.copy(empty_file, path)
    store = Store(f"sqlite:///{path}")
    setting_up.load_office(Desk(store, _now), setting_up.read_office(FIXTURES / "demo"))
    store.dispose()
    return path


@pytest.fixture
def desk(office_file: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk in the demo office: bodies, units, awards, campaigns; no nomination yet."""
    shutil.copy(office_file, tmp_path / "records.db")
    store = Store(f"sqlite:///{tmp_path / 'records.db'}")
    yield Desk(store, _now)
    store.dispose()


@pytest.fixture
def empty_desk(empty_file: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk on the first day: tables, and nothing in them."""
    shutil.copy(empty_file, tmp_path / "empty.db")
    store = Store(f"sqlite:///{tmp_path / 'empty.db'}")
    yield Desk(store, _now)
    store.dispose()


@pytest.fixture
def app(desk: Desk) -> Flask:
    """The application on that desk."""
    return create_app(read_settings({}), desk)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a page, or another system."""
    return app.test_client()


@pytest.fixture
def twelve() -> list[dict[str, Any]]:
    """The twelve people of the demo dossier, as another system would send them."""
    path = FIXTURES / "papers" / "dossier" / "trich-ngang.toml"
    return [
        {
            **nominee,
            "body": "phuong-hai-ba-trung",
            "campaign": "ntvt-2026",
            "award": "ntvt",
            "nominating_unit": "Trường Tiểu học Hoa Phượng",
        }
        for nominee in tomllib.loads(path.read_text(encoding="utf-8"))["nominees"]
    ]


@pytest.fixture
def dossier_id(desk: Desk, twelve: list[dict[str, Any]]) -> int:
    """A dossier of these twelve, filed by their school, all lines agreed."""
    received = nominating.nominate(
        desk, parse_nominations(list(twelve)), by="test", dossier="Hồ sơ “Người tốt, việc tốt”"
    )
    assert received.dossier_id is not None
    nominating.agree_all(desk, received.dossier_id, by="test")
    return received.dossier_id


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def house(desk: Desk, clock: Clock) -> Desk:
    """The demo office with an administrator, so that everybody has to sign in."""
    closed = replace(desk, clock=clock)
    add(closed, "quan-tri", Role.ADMINISTRATOR)
    return closed


@pytest.fixture
def server(house: Desk) -> Flask:
    return create_app(read_settings({}), house)


@pytest.fixture
def enter(house: Desk, server: Flask) -> Enter:
    """Make an account with these roles and give a browser that is signed in."""

    def enter(*roles: Role, body: str = WARD) -> FlaskClient:
        login = "-".join([*roles, body or "all"])
        add(house, login, *roles, body=body)
        browser = server.test_client()
        answer = browser.post("/dang-nhap", data={"login": login, "password": PASSWORD})
        assert answer.status_code == 303
        return browser

    return enter
