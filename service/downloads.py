"""The name under which a browser keeps a file."""

import re
import unicodedata
from urllib.parse import quote

_UNSAFE = re.compile(r"[^A-Za-z0-9._ -]")


def disposition(name: str) -> str:
    """Write the header `Content-Disposition` for a file to be kept (RFC 6266).

    Old programs get letters without accents (Đ is D), all others the name itself. Whatever
    could end the header or lead out of a folder becomes a hyphen.
    """
    name = name.replace("/", "-").replace("\\", "-")
    bare = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d"))
    plain = _UNSAFE.sub("-", "".join(one for one in bare if not unicodedata.combining(one)))
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
