"""The service in front of an office, for as long as a test needs it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from waitress.server import create_server

from records.store import Store
from service.app import create_app
from service.config import read_settings
from service.workflow import demonstrating
from service.workflow.desk import Desk

FIXTURES = Path(__file__).parents[2] / "fixtures"


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Give the address of a running service, on a port that was free."""
    server = create_server(app, host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.trigger.pull_trigger(server.close)
        thread.join(timeout=5)
        server.task_dispatcher.shutdown()


@contextmanager
def demo_office(folder: Path) -> Iterator[Flask]:
    """Give the application in front of the demo office with its papers and dossiers."""
    store = Store(f"sqlite:///{folder / 'records.db'}")
    store.upgrade()
    desk = Desk(store)
    demonstrating.load(desk, FIXTURES)
    assert list(demonstrating.issue_papers(desk, FIXTURES))
    yield create_app(read_settings({}), desk)
    store.dispose()
