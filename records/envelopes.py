"""Copies of the database in an envelope that only the holder of a key opens.

The envelope is that of age (age-encryption.org/v1, X25519): the machine that takes copies knows
the public half alone, so that whoever steals its disk reads none of them; any `age` program
opens them too.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyrage

from records.errors import CopyFailed

END: Final = ".age"
"""What the name of a copy in an envelope ends with."""


def write_key(path: Path) -> str:
    """Make a key, its secret half in a file that only its owner reads; gives the public half.

    Raises:
        CopyFailed: the file is there already, or cannot be written.
    """
    identity = pyrage.x25519.Identity.generate()
    recipient = str(identity.to_public())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(f"# public key: {recipient}\n{identity}\n", encoding="ascii")
    except FileExistsError as error:
        raise CopyFailed(f"tệp khóa {path.name} đã có; không ghi đè") from error
    except OSError as error:
        raise CopyFailed(f"không ghi được tệp khóa {path.name}") from error
    return recipient


def check_recipient(recipient: str) -> None:
    """See to it that this is the public half of a key.

    Raises:
        CopyFailed: it is not.
    """
    _recipient(recipient)


def put_in(copy: Path, recipient: str) -> Path:
    """Put a copy into an envelope beside it and remove the copy; gives the envelope.

    Raises:
        CopyFailed: the recipient is none, or the disk is full.
    """
    envelope = copy.with_name(copy.name + END)
    try:
        pyrage.encrypt_file(str(copy), str(envelope), [_recipient(recipient)])
    except (pyrage.EncryptError, OSError) as error:
        envelope.unlink(missing_ok=True)
        raise CopyFailed(f"không mã hóa được bản sao lưu {copy.name}") from error
    copy.unlink()
    return envelope


def take_out(envelope: Path, key: Path, target: Path) -> None:
    """Open an envelope with the secret half of its key into a file that only its owner reads.

    Raises:
        CopyFailed: the key is none or another one, or the envelope was changed.
    """
    try:
        lines = key.read_text(encoding="ascii").split("\n")
        secret = next(line.strip() for line in lines if line.startswith("AGE-SECRET-KEY-"))
        identity = pyrage.x25519.Identity.from_str(secret)
    except (OSError, UnicodeDecodeError, StopIteration, pyrage.IdentityError) as error:
        raise CopyFailed(f"tệp khóa {key.name} không phải khóa mở bản sao lưu") from error
    try:
        target.touch(mode=0o600)
        pyrage.decrypt_file(str(envelope), str(target), [identity])
    except (pyrage.DecryptError, OSError) as error:
        target.unlink(missing_ok=True)
        raise CopyFailed(
            f"không mở được bản sao lưu {envelope.name}: khóa khác, hoặc tệp đã bị thay đổi"
        ) from error


def _recipient(text: str) -> pyrage.x25519.Recipient:
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise CopyFailed(
            "khóa công khai ở TRINHKY_BACKUP_RECIPIENT không đúng; tạo bằng “trinhky database "
            "backup-key”"
        ) from error
