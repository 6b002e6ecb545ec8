"""What can be made again, kept for a while in a folder: pictures of pages.

A name is made of the hash of what the thing was made from, so nothing kept is ever wrong. The
folder may be emptied at any time; when it cannot be written, things are made anew.
"""

import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

#: The oldest go when the folder holds more than this.
MOST_BYTES: Final = 256 * 1024 * 1024
#: The folder is looked through once in so many things kept.
_EVERY: Final = 100


@dataclass(slots=True)
class Derived:
    """A folder of things that can be made again; without one, nothing is kept."""

    folder: Path | None = None
    most_bytes: int = MOST_BYTES
    _kept: int = 0

    def find(self, name: str) -> bytes | None:
        """Give a thing that was kept; None when it is not there."""
        if self.folder is None:
            return None
        try:
            return (self.folder / name).read_bytes()
        except OSError:
            return None

    def keep(self, name: str, content: bytes) -> None:
        """Keep a thing, whole or not at all; what cannot be written is not kept."""
        if self.folder is None:
            return
        part = self.folder / f".{secrets.token_hex(8)}.part"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            part.write_bytes(content)
            part.replace(self.folder / name)
        except OSError:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            return
        self._kept += 1
        if self._kept % _EVERY == 0:
            self._make_room(self.folder)

    def _make_room(self, folder: Path) -> None:
        with suppress(OSError):
            files = [(one.stat(), one) for one in folder.iterdir() if one.is_file()]
            size = sum(stat.st_size for stat, _ in files)
            for stat, one in sorted(files, key=lambda pair: pair[0].st_mtime):
                if size <= self.most_bytes:
                    break
                one.unlink(missing_ok=True)
                size -= stat.st_size
