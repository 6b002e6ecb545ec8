"""A running unoserver is asked first; when it does not answer, LibreOffice is started."""

import threading
from collections.abc import Iterator
from xmlrpc.client import Binary, Fault
from xmlrpc.server import SimpleXMLRPCServer

import pytest

from doc_templates import catalogue
from doc_templates.errors import ConversionFailed, PaperUnreadable
from doc_templates.pdf import libreoffice, unoserver


class Office:
    """Stands for unoserver; `answer` is what it gives for a file."""

    def __init__(self) -> None:
        self.answer: object = Binary(b"%PDF-1.7 warm")
        self.server = SimpleXMLRPCServer(("127.0.0.1", 0), logRequests=False, allow_none=True)
        self.server.register_function(lambda: {"libreoffice_version": "25.2.3.2"}, "info")
        self.server.register_function(self.convert, "convert")
        self.address = f"127.0.0.1:{self.server.server_address[1]}"

    def convert(self, *_given: object) -> object:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def office() -> Iterator[Office]:
    made = Office()
    threading.Thread(target=made.server.serve_forever, daemon=True).start()
    yield made
    made.server.shutdown()
    made.server.server_close()


def word() -> bytes:
    return catalogue.get_form("plan").template()


def test_warm_office_lays_the_file_out_and_tells_its_version(office: Office) -> None:
    made = libreoffice.convert(word(), unoserver=office.address)

    assert made.pdf == b"%PDF-1.7 warm"
    assert made.engine.version == "25.2.3.2"
    assert made.notice == ""


@pytest.mark.parametrize("answer", [Fault(1, "no"), Binary(b"<html>"), "text"])
def test_answer_that_is_no_pdf_is_a_failed_conversion(office: Office, answer: object) -> None:
    office.answer = answer

    with pytest.raises(ConversionFailed):
        libreoffice.convert(word(), unoserver=office.address)


def test_unsafe_file_is_refused_before_the_warm_office_sees_it(office: Office) -> None:
    with pytest.raises(PaperUnreadable):
        libreoffice.convert(b"PK", unoserver=office.address)


def test_address_at_which_nobody_answers_is_no_office() -> None:
    assert not unoserver.is_there("127.0.0.1:9")
    assert not unoserver.is_there("")
    assert unoserver.version("127.0.0.1:9") == ""
