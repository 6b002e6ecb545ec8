"""The words by which the head of an office's own list is found, folded → the name of the value.

The first words that a head holds count, so what is longer stands before what is shorter.
"""

from collections.abc import Sequence
from typing import Final, TypeAlias

Heads: TypeAlias = Sequence[tuple[str, str]]

_PEOPLE: Final[Heads] = (
    ("can cuoc", "identity_number"),
    ("cccd", "identity_number"),
    ("so dinh danh", "identity_number"),
    ("ten goi", "honorific"),
    ("ong (ba)", "honorific"),
    ("ong/ba", "honorific"),
    ("ong, ba", "honorific"),
    ("danh xung", "honorific"),
    ("doi tuong", "subject"),
    ("ho va ten", "name"),
    ("ho ten", "name"),
    ("ten tap the", "name"),
    ("ten ca nhan", "name"),
    ("ngay, thang, nam sinh", "birth"),
    ("ngay sinh", "birth"),
    ("nam sinh", "birth"),
    ("gioi tinh", "gender"),
    ("noi cu tru", "residence"),
    ("noi o", "residence"),
    ("dia chi", "residence"),
    ("chuc vu", "post"),
    ("chuc danh", "post"),
    ("don vi cong tac", "unit"),
    ("noi cong tac", "unit"),
    ("don vi", "unit"),
    ("hinh thuc", "award"),
    ("danh hieu", "award"),
)
NOMINEES: Final[Heads] = (
    *_PEOPLE,
    ("tom tat", "summary"),
    ("cau thanh tich", "summary"),
    ("noi dung khen", "summary"),
    ("viec lam tot", "deed"),
    ("thanh tich", "deed"),
    ("ngay lam", "deed_on"),
    ("da duoc khen", "past_awards"),
)
"""A list of nominees."""
PAST_AWARDS: Final[Heads] = (
    ("ngay quyet dinh", "granted_on"),
    ("ngay, thang quyet dinh", "granted_on"),
    ("ngay qd", "granted_on"),
    ("ngay ky", "granted_on"),
    ("ngay khen", "granted_on"),
    ("quyet dinh", "decision"),
    ("so qd", "decision"),
    ("so vang", "sequence"),
    *((words, name) for words, name in _PEOPLE if name not in ("honorific", "gender", "residence")),
    ("noi dung khen", "deed"),
    ("viec lam tot", "deed"),
    ("thanh tich", "deed"),
)
"""A list of awards decided earlier or elsewhere."""
CERTIFICATES: Final[Heads] = (
    ("so vang", "golden_book"),
    ("ho va ten", "name"),
    ("ho ten", "name"),
    ("ten tap the", "name"),
    ("ten ca nhan", "name"),
    ("nguoi nhan", "name"),
    ("chuc vu", "position"),
    ("don vi", "position"),
    ("dia chi", "position"),
    ("thanh tich", "deed"),
    ("noi dung khen", "deed"),
)
"""A list of who gets a certificate."""
