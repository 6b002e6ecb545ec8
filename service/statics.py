"""Style sheets and the script: sent packed, once, and again only when they have changed.

A page of an office on a slow network costs what is on it, not what every page looks like.
Pages themselves are not packed: what a page repeats of a request would show in its length.
"""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from flask import Flask
from flask_compress import Compress

_YEAR: Final = 365 * 24 * 3600


def serve_statics(app: Flask) -> None:
    """Let browsers keep each file for a year, under an address that names its bytes."""
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = _YEAR
    app.config["COMPRESS_MIMETYPES"] = ["text/css", "text/javascript", "application/javascript"]
    app.config["COMPRESS_ALGORITHM"] = ["gzip"]
    Compress(app)

    @app.url_defaults
    def name_bytes(endpoint: str, values: dict[str, Any]) -> None:
        owner, _, name = endpoint.rpartition(".")
        if name != "static" or "filename" not in values:
            return
        folder = app.blueprints[owner].static_folder if owner else app.static_folder
        if folder:
            values.setdefault("v", _digest(Path(folder) / values["filename"]))


@lru_cache(maxsize=64)
def _digest(path: Path) -> str | None:
    """Name the bytes of a file; `None`: there is no such file, and the address says nothing."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    except OSError:
        return None
