"""Lays a Word file out with LibreOffice, where it is installed.

A file from elsewhere is given to a large program, so everything is kept apart: what would
fetch from outside is refused first; then a new process with a folder, a profile and limits of
its own, in which macros are off, links are not followed and the network leads nowhere. Where the
office runs an unoserver, that is asked first: it spares the start of the program.
"""

import functools
import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from doc_templates.errors import ConversionFailed, EngineBusy, EngineMissing, PaperUnreadable
from doc_templates.merge import archive
from doc_templates.pdf import links
from doc_templates.pdf import unoserver as warm

#: Older versions break the lines of some files elsewhere than Word does.
OLDEST_GOOD: Final = (25, 2)
#: How many files are laid out at once in this process, and how long the next one waits.
AT_ONCE: Final = max(1, min(4, os.cpu_count() or 1))
PATIENCE_SECONDS: Final = 20.0
_VERSION_SECONDS: Final = 20.0
_MOST_MEMORY_KB: Final = 4 * 1024 * 1024
_MOST_FILE_BLOCKS: Final = 512 * 1024  # of 512 bytes: 256 MB
_MOST_SAID: Final = 500
_turns: Final = threading.BoundedSemaphore(AT_ONCE)
#: What LibreOffice needs to know of the machine; no setting and no password of ours.
_KEPT_NAMES: Final = (
    *("PATH", "HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_DATA_DIRS"),
    *("FONTCONFIG_FILE", "FONTCONFIG_PATH", "LD_LIBRARY_PATH", "SAL_USE_VCLPLUGIN"),
    *("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "PROGRAMFILES"),
    *("APPDATA", "LOCALAPPDATA", "USERPROFILE"),
)
_PROFILE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}</oor:items>
"""
_ITEM: Final = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>\n"
)
_SCRIPTING: Final = "Office.Common/Security/Scripting"
_INET: Final = "Inet/Settings"
_SETTINGS: Final = (
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "MacroSecurityLevel", "3"),
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "2"),
    # A proxy at which nobody listens.
    (_INET, "ooInetProxyType", "2"),
    (_INET, "ooInetHTTPProxyName", "127.0.0.1"),
    (_INET, "ooInetHTTPProxyPort", "9"),
    (_INET, "ooInetHTTPSProxyName", "127.0.0.1"),
    (_INET, "ooInetHTTPSProxyPort", "9"),
    (_INET, "ooInetNoProxy", ""),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """A LibreOffice of this machine; `version` is "" when it does not tell."""

    path: str
    version: str

    @property
    def notice(self) -> str:
        """Say what to know of this version; "" when there is nothing."""
        numbers = tuple(int(number) for number in re.findall(r"\d+", self.version)[:2])
        if numbers >= OLDEST_GOOD:
            return ""
        return (
            f"LibreOffice {self.version or 'không rõ phiên bản'} cũ hơn bản "
            f"{'.'.join(map(str, OLDEST_GOOD))}: dòng và trang có thể ngắt khác Word, "
            "hãy soát lại tệp PDF."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """A file laid out; `notice` says what to know of it, "" when there is nothing."""

    pdf: bytes
    engine: Engine

    @property
    def notice(self) -> str:
        """Say what to know of the version that made it."""
        return self.engine.notice


def is_there() -> bool:
    """Tell whether LibreOffice is installed, without starting it."""
    return _path() is not None


def find_engine() -> Engine:
    """Find LibreOffice on the path and ask its version.

    Raises:
        EngineMissing: it is not installed, or does not start.
    """
    path = _path()
    if path is None:
        raise EngineMissing("LibreOffice")
    return Engine(path=path, version=_ask_version(path, Path(path).stat().st_mtime_ns))


def convert(docx: bytes, *, seconds: float = 60, unoserver: str = "") -> Conversion:
    """Lay a Word file out as PDF; safe to call from several threads at once.

    `seconds` is the time for the layout alone, after its turn has come. `unoserver` is the
    address of one that may be running; when it does not answer, LibreOffice is started.

    Raises:
        PaperUnreadable: not a Word document within limits, or it fetches from outside itself.
        EngineMissing: LibreOffice is not installed.
        EngineBusy: others have kept it busy for too long.
        ConversionFailed: it gave no PDF, or took too long.
    """
    _refuse_unsafe(docx)
    if warm.is_there(unoserver):
        engine = Engine(path="unoserver", version=warm.version(unoserver))
        return Conversion(pdf=warm.convert(docx, unoserver, seconds), engine=engine)
    engine = find_engine()
    if not _turns.acquire(timeout=PATIENCE_SECONDS):
        raise EngineBusy("LibreOffice")
    try:
        return Conversion(pdf=_lay_out(engine.path, docx, seconds), engine=engine)
    finally:
        _turns.release()


def _refuse_unsafe(docx: bytes) -> None:
    members = archive.read_members(docx)
    if outside := links.find_outside(members):
        raise PaperUnreadable(
            f"Tệp lấy nội dung từ nơi khác: {', '.join(outside)}. Máy không nhận tệp như vậy; "
            "hãy bỏ liên kết (trong Word: nhúng hẳn hình vào tệp) rồi làm lại."
        )


def _lay_out(path: str, docx: bytes, seconds: float) -> bytes:
    with _work_folder() as folder:
        source, made = folder / "paper.docx", folder / "paper.pdf"
        source.write_bytes(docx)
        arguments = ["--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder), str(source)]
        try:
            said = _run(path, arguments, folder, seconds)
        except subprocess.TimeoutExpired as error:
            raise ConversionFailed(
                f"LibreOffice làm quá {seconds:g} giây chưa xong nên bị dừng. Hãy thử lại lúc "
                "máy rảnh; nếu vẫn vậy thì mở tệp bằng Word và in từ đó."
            ) from error
        pdf = made.read_bytes() if made.exists() else b""
        if not pdf.startswith(b"%PDF-"):
            raise ConversionFailed(
                "LibreOffice không lập được tệp PDF từ tệp này. Hãy mở tệp bằng Word xem có "
                "hỏng không, lưu lại rồi thử lại.",
                said=said,
            )
        return pdf


def _run(path: str, arguments: list[str], folder: Path, seconds: float) -> str:
    """Run LibreOffice in a process group of its own; give what it said."""
    profile = (folder / "profile").as_uri()
    options = ["--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"]
    command = [*_limits(), path, f"-env:UserInstallation={profile}", *options, *arguments]
    environment = {name: os.environ[name] for name in _KEPT_NAMES if name in os.environ}
    for name in ("TMPDIR", "TEMP", "TMP"):
        environment[name] = str(folder)
    with (folder / "said").open("wb") as said:
        started = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            started.wait(timeout=seconds)
        except BaseException:
            _stop(started)
            raise
    return (folder / "said").read_bytes()[-_MOST_SAID:].decode("utf-8", "replace").strip()


def _limits() -> list[str]:
    """Give the words before the command that limit its memory and its files."""
    if os.name != "posix":
        return []
    limits = f"ulimit -v {_MOST_MEMORY_KB}; ulimit -f {_MOST_FILE_BLOCKS}; ulimit -c 0"
    return ["/bin/sh", "-c", f'{{ {limits}; }} 2>/dev/null; exec "$@"', "sh"]


def _stop(started: subprocess.Popen[bytes]) -> None:
    """End a process with all that it has started."""
    if os.name == "posix":
        with suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
    else:
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(started.pid)], check=False)
    started.wait()


@contextmanager
def _work_folder() -> Iterator[Path]:
    """Make a folder with a profile in it, and take both away again."""
    with tempfile.TemporaryDirectory(prefix="trinhky-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        items = "".join(_ITEM.format(path=p, name=n, value=v) for p, n, v in _SETTINGS)
        user = folder / "profile" / "user"
        user.mkdir(parents=True)
        content = _PROFILE.format(items=items)
        (user / "registrymodifications.xcu").write_text(content, encoding="utf-8")
        yield folder


def _path() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


@functools.lru_cache(maxsize=4)
def _ask_version(path: str, _changed_at: int) -> str:
    """Ask once for each installed file."""
    try:
        with _work_folder() as folder:
            said = _run(path, ["--version"], folder, _VERSION_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EngineMissing("LibreOffice") from error
    found = re.search(r"LibreOffice\S*\s+(\d[\d.]*)", said)
    return found[1] if found else ""
