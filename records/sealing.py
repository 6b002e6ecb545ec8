"""Identity numbers at rest: sealed with a key that is not in the database.

AES-SIV (RFC 5297) seals the same number to the same text, so that it can be looked up without
being readable; it also notices a text that was changed. Without a key numbers are kept as they
are typed.

Source: Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15: personal data is kept protected.
"""

from __future__ import annotations

import base64
import binascii
from pathlib import Path
from typing import Annotated, Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from sqlalchemy import Dialect, String
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeDecorator

from records.errors import SealRefused

_UNREADABLE: Final = (
    "không mở được số định danh đã mã hóa; khai đúng tệp khóa ở thiết lập TRINHKY_IDENTITY_KEY"
)
_MARK: Final = "siv1:"
_KEY_BYTES: Final = 64
_PURPOSE: Final = b"trinhky identity number"
_LONGEST: Final = 64
_ON_DIALECT: Final = "trinhky_seal"


class Seal:
    """A key, and what it does to a number."""

    def __init__(self, key: bytes) -> None:
        """Take a key of 64 bytes.

        Raises:
            SealRefused: it is no such key.
        """
        if len(key) != _KEY_BYTES:
            raise SealRefused("tệp khóa số định danh không đúng; tạo bằng “trinhky database key”")
        self._cipher = AESSIV(key)

    def close(self, number: str) -> str:
        """Seal a number; equal numbers give equal texts."""
        sealed = self._cipher.encrypt(number.encode(), [_PURPOSE])
        return _MARK + base64.urlsafe_b64encode(sealed).decode("ascii")

    def open(self, sealed: str) -> str:
        """Read a sealed number; one that was kept before there was a key is given as it is.

        Raises:
            SealRefused: another key sealed it, or it was changed.
        """
        if not is_sealed(sealed):
            return sealed
        try:
            data = base64.urlsafe_b64decode(sealed.removeprefix(_MARK))
            return self._cipher.decrypt(data, [_PURPOSE]).decode()
        except (InvalidTag, binascii.Error, ValueError) as error:
            raise SealRefused(_UNREADABLE) from error


def is_sealed(text: str) -> bool:
    """Tell whether a number was sealed."""
    return text.startswith(_MARK)


def read_seal(path: Path) -> Seal:
    """Read the key from its file.

    Raises:
        SealRefused: there is no such file, or it holds no key.
    """
    try:
        text = path.read_text(encoding="ascii").strip()
        key = base64.b64decode(text, validate=True)
    except (OSError, UnicodeDecodeError, binascii.Error) as error:
        raise SealRefused(f"không đọc được tệp khóa số định danh {path.name}") from error
    return Seal(key)


def write_key(path: Path) -> None:
    """Make a new key in a file that only its owner reads; a file that is there stays.

    Raises:
        SealRefused: the file is there already, or cannot be written.
    """
    text = base64.b64encode(AESSIV.generate_key(_KEY_BYTES * 8)).decode("ascii")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(f"{text}\n", encoding="ascii")
    except FileExistsError as error:
        raise SealRefused(f"tệp khóa {path.name} đã có; không ghi đè") from error
    except OSError as error:
        raise SealRefused(f"không ghi được tệp khóa {path.name}") from error


def give_seal(dialect: Dialect, seal: Seal | None) -> None:
    """Let the connections of one database seal what they write and open what they read."""
    setattr(dialect, _ON_DIALECT, seal)


class SealedNumber(TypeDecorator[str]):
    """A column of identity numbers, sealed where the database was opened with a key."""

    impl = String(_LONGEST)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Seal what is written or looked for."""
        seal: Seal | None = getattr(dialect, _ON_DIALECT, None)
        return value if value is None or seal is None else seal.close(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Open what is read.

        Raises:
            SealRefused: it was sealed, and there is no key or another one.
        """
        if value is None or not is_sealed(value):
            return value
        seal: Seal | None = getattr(dialect, _ON_DIALECT, None)
        if seal is None:
            raise SealRefused(_UNREADABLE)
        return seal.open(value)

    def copy(self, **_: Any) -> SealedNumber:
        """Give another of its kind; it has no settings."""
        return SealedNumber()


SealedKey = Annotated[str, mapped_column(SealedNumber)]
