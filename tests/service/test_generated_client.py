"""A client that a stranger's generator makes from the description numbers a paper with it."""

import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from werkzeug.serving import make_server

from service.app import create_app
from service.config import read_settings
from service.workflow.desk import Desk
from tests.factories import WARD, paper_of

DOCS = Path(__file__).parents[2] / "docs"
#: What the page tells to say to the generator: the kinds of files that it does not know.
SAID = (DOCS / "api.md").read_text(encoding="utf-8").partition("```yaml\n")[2].partition("```")[0]


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The whole client as a package that can be imported; gives what the generator said."""
    folder = tmp_path_factory.mktemp("client")
    config = folder / "client.yaml"
    config.write_text(SAID, encoding="utf-8")
    made = subprocess.run(
        [
            *(sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"),
            *("--path", str(DOCS / "openapi.json"), "--config", str(config)),
            *("--output-path", str(folder / "stranger")),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    sys.path.insert(0, str(folder))
    yield made.stdout + made.stderr
    sys.path.remove(str(folder))
    for name in [one for one in sys.modules if one.partition(".")[0] == "stranger"]:
        del sys.modules[name]


@pytest.fixture
def client(generated: str, desk: Desk) -> Iterator[Any]:
    """The generated client, before a server that runs."""
    served = make_server("127.0.0.1", 0, create_app(read_settings({}), desk))
    running = Thread(target=served.serve_forever, daemon=True)
    running.start()
    made = importlib.import_module("stranger").Client(
        base_url=f"http://127.0.0.1:{served.server_port}"
    )
    with made:
        yield made
    served.shutdown()
    running.join()
    served.server_close()


def call(name: str, **sent: Any) -> Any:
    return importlib.import_module(f"stranger.api.{name}").sync_detailed(**sent)


def draft_of(sent: dict[str, Any]) -> Any:
    return importlib.import_module("stranger.models").DocumentsDraftBody.from_dict(sent)


def test_the_generator_leaves_no_call_out(generated: str) -> None:
    assert "WARNING" not in generated, generated


def test_the_generated_client_makes_a_numbered_paper(client: Any) -> None:
    body = draft_of({"body": WARD, "paper": paper_of(), "issue": True})

    made = call("documents.documents_draft", client=client, body=body, idempotency_key="k-1")
    number = made.parsed.to_dict()["id"]
    shown = call("documents.documents_show", client=client, document_id=number)
    word = call("documents.documents_docx", client=client, document_id=number)
    pdf = call("printing.printing_document_pdf", client=client, document_id=number)

    assert made.status_code == 201
    assert shown.parsed.to_dict()["symbol"] == made.parsed.to_dict()["symbol"]
    assert word.parsed.payload.read().startswith(b"PK")
    assert pdf.parsed.payload.read().startswith(b"%PDF")


def test_the_generated_client_reads_a_problem_with_its_faults(client: Any) -> None:
    body = draft_of({"body": WARD, "paper": {"kind": "plan"}})

    answer = call("documents.documents_draft", client=client, body=body)

    assert answer.status_code == 422
    assert answer.parsed.code == "entry-invalid"
    assert "/paper/abstract" in {fault.pointer for fault in answer.parsed.errors}
