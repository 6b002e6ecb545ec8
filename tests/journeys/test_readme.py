"""Every command of the README works as it is written there."""

import re
import shlex
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from werkzeug.serving import make_server

from records.store import Store
from service.__main__ import trinhky
from service.app import create_app
from service.config import read_settings
from service.workflow import setting_up
from service.workflow.desk import Desk

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
COMMANDS = [line for block in BLOCKS for line in block.replace("\\\n", " ").splitlines()]


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that looks like a clone, with a database of its own to come."""
    for name in ("fixtures", "doc_templates"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_both_commands_of_a_fresh_machine_are_targets_of_make() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    first = [line.split("#")[0].split() for line in BLOCKS[0].splitlines()]

    assert first == [["make", "demo"], ["make", "test"]]
    for _, target in first:
        assert re.search(rf"^{target}:.*##", makefile, re.MULTILINE)


def test_commands_of_the_terminal_run_in_their_order(clone: Path) -> None:
    ours = [line for line in COMMANDS if line.startswith("uv run trinhky")]

    for line in ours:
        words = shlex.split(line)[3:]
        result = CliRunner().invoke(trinhky, words)
        assert result.exit_code == 0, (line, result.output)

    assert len(ours) == 7
    assert (clone / "cong-van.docx").exists()


@pytest.fixture
def server(clone: Path) -> Iterator[int]:
    """A real server on a port of its own, in front of the demo office."""
    store = Store(f"sqlite:///{clone / 'served.db'}")
    store.upgrade()
    desk = Desk(store)
    setting_up.load_office(desk, setting_up.read_office(ROOT / "fixtures" / "demo"))
    served = make_server("127.0.0.1", 0, create_app(read_settings({}), desk))
    thread = threading.Thread(target=served.serve_forever)
    thread.start()
    yield served.server_port
    served.shutdown()
    thread.join()
    served.server_close()
    store.dispose()


@pytest.mark.skipif(shutil.which("curl") is None, reason="NOT RUN, needs curl")
def test_calls_of_another_system_end_with_a_word_file(clone: Path, server: int) -> None:
    calls = [line for line in COMMANDS if line.startswith("curl")]

    for line in calls:
        words = shlex.split(line.replace("localhost:8000", f"127.0.0.1:{server}"))
        done = subprocess.run([*words, "--fail-with-body"], capture_output=True, check=False)
        assert done.returncode == 0, (line, done.stdout.decode())

    assert len(calls) == 3
    assert (clone / "01-KH-UBND.docx").exists()
