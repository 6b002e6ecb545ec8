"""The description for programs is that of the server, and the server answers as it describes."""

import json
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from click.testing import CliRunner
from flask import Flask
from hypothesis import HealthCheck, given, settings
from schemathesis import Case

from service.__main__ import trinhky
from service.api.describing import describe
from service.api.requests import DOCX
from service.app import create_app
from service.config import read_settings
from service.workflow.desk import Desk

DESCRIPTION = Path(__file__).parents[2] / "docs" / "openapi.json"


def test_the_description_in_the_docs_is_that_of_the_server(app: Flask) -> None:
    kept = json.loads(DESCRIPTION.read_text(encoding="utf-8"))

    assert kept == json.loads(json.dumps(describe(app)))  # trinhky openapi -o docs/openapi.json


def test_every_reference_of_the_description_leads_somewhere(app: Flask) -> None:
    described = describe(app)

    def references(value: Any) -> list[str]:
        if isinstance(value, dict):
            own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
            return own + [one for inner in value.values() for one in references(inner)]
        if isinstance(value, list):
            return [one for inner in value for one in references(inner)]
        return []

    for reference in references(described):
        assert reference.rpartition("/")[2] in described["components"]["schemas"]


def test_the_description_is_written_by_command_and_open_to_anybody(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRINHKY_DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    written = CliRunner().invoke(trinhky, ["openapi", "-o", str(tmp_path / "a.json")])
    asked = app.test_client().get("/api/v1/openapi.json", environ_base={"REMOTE_ADDR": "10.0.0.7"})

    assert written.exit_code == 0, written.output
    assert asked.status_code == 200
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8")) == asked.get_json()


@schemathesis.serializer(DOCX)
def send_as_it_is(_: object, value: object) -> bytes:
    """A Word file is sent as its bytes."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


OPERATIONS = [
    (address, method)
    for address, methods in json.loads(DESCRIPTION.read_text(encoding="utf-8"))["paths"].items()
    for method in methods
]


@pytest.mark.parametrize(("address", "method"), OPERATIONS)
def test_the_server_answers_what_it_is_sent_as_it_describes(
    desk: Desk, address: str, method: str
) -> None:
    server = create_app(read_settings({"TRINHKY_API_RATE": "0"}), desk)
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", server)
    responses = described[address][method.upper()].definition.raw["responses"]

    @settings(
        max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(case=described[address][method.upper()].as_strategy())
    def send(case: Case) -> None:
        answer = case.call()
        assert answer.status_code < 500, answer.text
        assert str(answer.status_code) in responses
        kind = answer.headers.get("content-type", [""])[0].partition(";")[0]
        assert kind in responses[str(answer.status_code)]["content"]

    send()
