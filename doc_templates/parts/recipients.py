"""Who gets the paper: Kính gửi above the body, Nơi nhận below it.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.9.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from doc_templates import wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressees:
    """Kính gửi: `only` for a single addressee, else "" and closed `lines` for several."""

    only: str
    lines: tuple[str, ...]


def make_addressees(addressees: Sequence[str]) -> Addressees:
    """Set Kính gửi: one addressee on the line of the words, several as a closed list."""
    bare = list(filter(None, map(wording.strip_stop, addressees)))
    if len(bare) == 1:
        return Addressees(only=bare[0], lines=())
    return Addressees(only="", lines=wording.close_lines(bare))


def make_recipients(recipients: Sequence[str], archive: str) -> tuple[str, ...]:
    """Set Nơi nhận: every line closed with `;`, the archive line last and with `.`.

    An archive line that the clerk typed among the recipients is not printed twice.
    """
    others = [line for line in recipients if not _is_archive(line)]
    typed = [archive, *filter(_is_archive, recipients)]
    kept = next(filter(None, map(_bare_archive, typed)), "")
    if kept:
        others.append(f"Lưu: {kept}")
    return wording.close_lines(others)


def _is_archive(line: str) -> bool:
    """Tell `Lưu: VT`, `Lưu VT` from a recipient whose name begins with “Lưu”."""
    return bool(re.match(r"Lưu\s*:|Lưu\s+(VT|HS|Văn thư)\b", wording.strip_stop(line)))


def _bare_archive(line: str) -> str:
    bare = wording.strip_stop(line)
    return re.sub(r"^Lưu\s*:?\s*", "", bare) if _is_archive(bare) else bare
