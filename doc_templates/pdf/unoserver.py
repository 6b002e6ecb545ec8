"""Asks a running unoserver, which keeps one LibreOffice warm, to lay a file out.

Whoever runs it keeps it apart from the network and sees to its profile: the limits that a
process of our own gets do not hold for it.
"""

import http.client
import re
import xmlrpc.client
from typing import Any, Final

from doc_templates.errors import ConversionFailed

_FILTER: Final = "writer_pdf_Export"


class _Patient(xmlrpc.client.Transport):
    """A transport that does not wait for ever."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds

    def make_connection(self, host: Any) -> http.client.HTTPConnection:
        """Connect within the time."""
        if not isinstance(host, str):
            host = host[0]
        return http.client.HTTPConnection(host, timeout=self._seconds)


def is_there(address: str) -> bool:
    """Tell whether an unoserver answers at an address."""
    return bool(address) and _info(address) is not None


def version(address: str) -> str:
    """Give the version of the LibreOffice behind an address; "" when it does not tell."""
    told = str((_info(address) or {}).get("libreoffice_version", ""))
    found = re.search(r"\d+(?:\.\d+)+", told)
    return found[0] if found else ""


def convert(docx: bytes, address: str, seconds: float) -> bytes:
    """Lay a file out as PDF.

    Raises:
        ConversionFailed: it gave no PDF within the time.
        OSError: nobody answers at the address.
    """
    with _proxy(address, seconds) as proxy:
        try:
            answer = proxy.convert(
                None, xmlrpc.client.Binary(docx), None, "pdf", _FILTER, [], True, None
            )
        except xmlrpc.client.Error as error:
            raise ConversionFailed(
                "LibreOffice (unoserver) không lập được tệp PDF từ tệp này. Hãy mở tệp bằng Word "
                "xem có hỏng không, lưu lại rồi thử lại.",
                said=type(error).__name__,
            ) from error
        except TimeoutError as error:
            raise ConversionFailed(
                f"LibreOffice (unoserver) làm quá {seconds:g} giây chưa xong. Hãy thử lại lúc "
                "máy rảnh; nếu vẫn vậy thì mở tệp bằng Word và in từ đó."
            ) from error
    content = getattr(answer, "data", answer)
    if not isinstance(content, bytes) or not content.startswith(b"%PDF-"):
        raise ConversionFailed("unoserver trả về thứ không phải tệp PDF.")
    return content


def _info(address: str) -> dict[str, Any] | None:
    with _proxy(address, 2.0) as proxy:
        try:
            told = proxy.info()
        except (OSError, xmlrpc.client.Error, ValueError):
            return None
    return told if isinstance(told, dict) else None


def _proxy(address: str, seconds: float) -> xmlrpc.client.ServerProxy:
    return xmlrpc.client.ServerProxy(
        f"http://{address}", transport=_Patient(seconds), allow_none=True
    )
