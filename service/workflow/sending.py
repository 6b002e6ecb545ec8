"""Sending a message to an address that somebody typed: only outwards, only so long, signed.

The name is looked up once; every address that it stands for must be one of the open internet, and
the connection goes to that very address, so that a name which changes its answer meanwhile gains
nothing. No redirect is followed. The signature is that of Standard Webhooks.
"""

import base64
import hashlib
import hmac
import http.client
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final
from urllib.parse import urlsplit

SECONDS: Final = 5.0
_MOST_ANSWER: Final = 64 * 1024
_PORTS: Final = frozenset({443, 8443})
_LONGEST_URL: Final = 500


class AddressRefused(Exception):
    """Nothing is sent to this address; says why."""

    code: ClassVar[str] = "webhook-address-refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An address that may be sent to."""

    host: str
    port: int
    path: str


def check_address(url: str) -> Target:
    """See to it that an address may be sent to at all; its name is not looked up yet.

    Raises:
        AddressRefused: it is not https, names a user, another port or no public name.
    """
    if len(url) > _LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url:
        raise AddressRefused("địa chỉ quá dài hoặc có ký tự lạ")
    try:
        parts = urlsplit(url)
        port = parts.port or 443
    except ValueError as error:
        raise AddressRefused("không đọc được địa chỉ") from error
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme != "https":
        raise AddressRefused("cần địa chỉ https://")
    if parts.username or parts.password or parts.fragment:
        raise AddressRefused("địa chỉ không được kèm tên, mật khẩu hay dấu #")
    if port not in _PORTS:
        raise AddressRefused("chỉ gửi tới cổng 443 hoặc 8443")
    if "." not in host or host.replace(".", "").isdigit() or ":" in host or host.startswith("0x"):
        raise AddressRefused("cần tên miền, không nhận địa chỉ IP hay tên máy trong mạng")
    path = parts.path or "/"
    return Target(host=host, port=port, path=f"{path}?{parts.query}" if parts.query else path)


def find_address(target: Target) -> str:
    """Look a name up, once; every address that it stands for must be public.

    Raises:
        AddressRefused: it stands for nothing, or for an address inside.
    """
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise AddressRefused("không tìm thấy máy chủ") from error
    addresses = [str(one[4][0]) for one in found]
    if not addresses or not all(is_public(address) for address in addresses):
        raise AddressRefused("tên miền dẫn vào mạng nội bộ")
    return addresses[0]


def is_public(address: str) -> bool:
    """Tell whether an address is one of the open internet."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour
        if inner is not None:
            return is_public(str(inner))
    return parsed.is_global and not parsed.is_multicast


def sign(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """Sign a message: HMAC-SHA256 over id, time and body."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode('ascii')}"


def send(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Send a message; gives the status that was answered.

    Raises:
        AddressRefused: it may not be sent there.
        OSError: nobody answers in time, or not as a web server does.
    """
    target = check_address(url)
    connection = _Pinned(target, find_address(target))
    try:
        connection.request("POST", target.path, body=body, headers=dict(headers))
        answer = connection.getresponse()
        answer.read(_MOST_ANSWER)
        return answer.status
    except http.client.HTTPException as error:
        raise OSError("no proper answer") from error
    finally:
        connection.close()


class _Pinned(http.client.HTTPSConnection):
    """A connection to one address that proves to be the host by its certificate."""

    def __init__(self, target: Target, address: str) -> None:
        self._secured = ssl.create_default_context()
        super().__init__(target.host, target.port, timeout=SECONDS, context=self._secured)
        self._address = address

    def connect(self) -> None:
        """Connect to the address that was looked up."""
        plain = socket.create_connection((self._address, self.port), timeout=SECONDS)
        self.sock = self._secured.wrap_socket(plain, server_hostname=self.host)
