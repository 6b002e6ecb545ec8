"""A Word file laid out by LibreOffice: every word there, nothing fetched, nothing left running."""

import base64
import http.server
import io
import re
import stat
import subprocess
import tempfile
import threading
import time
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import docx
import pytest
from paper_samples import read_members, write_members

from doc_templates import catalogue
from doc_templates.errors import ConversionFailed, EngineBusy, EngineMissing, PaperUnreadable
from doc_templates.pdf import libreoffice
from service.intake import papers

PAPERS = Path(__file__).parents[2] / "fixtures" / "papers"
FILES = sorted(PAPERS.rglob("*.toml"))
RELS = "word/_rels/document.xml.rels"
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def paper(path: Path = FILES[0]) -> bytes:
    entry = papers.parse_paper(tomllib.loads(path.read_text(encoding="utf-8")))
    return catalogue.merge(entry.to_paper(today=date(2026, 11, 21)))


def text_of_pdf(content: bytes) -> str:
    done = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True
    )
    return done.stdout.decode("utf-8")


def text_of_docx(content: bytes) -> str:
    body = docx.Document(io.BytesIO(content)).element.body
    kept = body.iter("{*}t", "{*}tab", "{*}br", "{*}p")
    return "".join(one.text or "" if one.tag.endswith("}t") else " " for one in kept)


def words_of(text: str) -> Counter[str]:
    """Count the words; one that was broken after its hyphen is joined again."""
    return Counter(re.sub(r"(?<=\S-)\n", "", text).split())


def heads_of(content: bytes) -> set[str]:
    """Give the words of the rows that stand at the head of every page of a table."""
    body = docx.Document(io.BytesIO(content)).element.body
    heads = [row for row in body.iter("{*}tr") if row.find("{*}trPr/{*}tblHeader") is not None]
    return {
        word
        for row in heads
        for p in row.iter("{*}p")
        for word in "".join(one.text or " " for one in p.iter("{*}t", "{*}br")).split()
    }


def with_link(kind: str, target: str, *, mode: str = ' TargetMode="External"') -> bytes:
    """Give a paper with one relationship more."""
    members = read_members(paper())
    schema = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = f'<Relationship Id="rIdX" Type="{schema}/{kind}" Target="{target}"{mode}/>'
    members[RELS] = members[RELS].replace(b"</Relationships>", f"{link}</Relationships>".encode())
    return write_members(members)


def with_xml(piece: str) -> bytes:
    """Give a paper with a piece of XML more in its first paragraph."""
    members = read_members(paper())
    body = members["word/document.xml"].decode("utf-8")
    spaces = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    piece = re.sub(r"^<([\w:]+)", rf"<\1 {spaces}", piece)
    members["word/document.xml"] = body.replace("</w:p>", f"{piece}</w:p>", 1).encode()
    return write_members(members)


def with_linked_picture(address: str) -> bytes:
    """Give a file whose only picture lies elsewhere."""
    made, buffer = docx.Document(), io.BytesIO()
    made.add_picture(io.BytesIO(DOT))
    made.save(buffer)
    members = read_members(buffer.getvalue())
    outside = f'Target="{address}" TargetMode="External"'.encode()
    members[RELS] = re.sub(rb'Target="media/[^"]*"', outside, members[RELS])
    body = members["word/document.xml"]
    members["word/document.xml"] = body.replace(b"r:embed", b"r:link")
    return write_members(members)


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A web server of this machine, and what it was asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            asked.append(self.rfile.readline().decode())
            self.close_connection = True

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder alone on the path, for a `soffice` of the test's own."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return folder


def install(
    folder: Path, script: str, *, version: str = "LibreOffice 25.2.3.2 520(Build:2)"
) -> None:
    told = f'#!/bin/sh\ncase "$*" in *--version*) echo "{version}"; exit 0;; esac\n'
    path = folder / "soffice"
    path.write_text(told + script, encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


# What is laid out


@pytest.mark.soffice
@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_word_of_a_paper_is_on_its_pages_in_composed_unicode(path):
    word = paper(path)

    text = text_of_pdf(libreoffice.convert(word).pdf)

    assert text.count("\f") > 0
    assert unicodedata.is_normalized("NFC", text)
    told, printed = words_of(text_of_docx(word)), words_of(text)
    assert told - printed == Counter()
    pages = {str(number) for number in range(2, text.count("\f") + 1)}
    assert set(printed - told) <= pages | heads_of(word)


@pytest.mark.soffice
@pytest.mark.slow
def test_several_at_once_do_not_hinder_each_other():
    word = paper()

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: libreoffice.convert(word).pdf, range(4)))

    assert len({text_of_pdf(one) for one in made}) == 1


@pytest.mark.soffice
def test_the_version_is_known_and_an_old_one_is_told():
    engine = libreoffice.find_engine()

    assert re.match(r"\d+\.\d+", engine.version)
    is_old = tuple(map(int, engine.version.split(".")[:2])) < (25, 2)
    assert bool(engine.notice) is is_old


@pytest.mark.parametrize(
    ("version", "is_good"),
    [("25.2.3.2", True), ("26.8", True), ("24.8.7", False), ("7.4.7.2", False), ("", False)],
)
def test_a_version_before_25_2_comes_with_a_notice(version, is_good):
    engine = libreoffice.Engine(path="soffice", version=version)

    assert (engine.notice == "") is is_good


# What is refused before


@pytest.mark.parametrize(
    "unsafe",
    [
        with_link("image", "http://example.org/x.png"),
        with_link("image", "file:///etc/hostname"),
        with_link("attachedTemplate", "http://example.org/x.dotx"),
        with_link("oleObject", "\\\\example\\share\\x.doc"),
        with_link("hyperlink", "file:///etc/hostname"),
        with_link("image", "http://example.org/x.png", mode=""),
        with_link("image", "//example/share/x.png", mode=""),
        with_link("aFChunk", "chunk.html", mode=""),
        with_link("vbaProject", "vbaProject.bin", mode=""),
        with_xml('<w:fldSimple w:instr=" INCLUDEPICTURE &quot;http://example.org/x&quot; "/>'),
        with_xml('<w:r><w:instrText> includetext "x.docx" </w:instrText></w:r>'),
        with_xml(
            '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>DDE</w:instrText>'
            '<w:instrText>AUTO cmd</w:instrText><w:fldChar w:fldCharType="end"/></w:r>'
        ),
        with_xml(
            '<w:r><w:pict><v:rect><v:fill src="http://example.org/x"/></v:rect></w:pict></w:r>'
        ),
    ],
    ids=[
        *("picture", "file", "template", "ole", "file to click", "no mode", "share"),
        *("altChunk", "macro", "simple field", "field", "field in pieces", "vml"),
    ],
)
def test_what_would_fetch_from_outside_is_refused(unsafe, fake):
    with pytest.raises(PaperUnreadable, match="từ nơi khác"):
        libreoffice.convert(unsafe)


def test_an_address_that_a_reader_may_click_is_harmless(fake):
    install(fake, 'for last; do :; done; printf "%%PDF-1.7" > "${last%.docx}.pdf"\n')

    made = libreoffice.convert(with_link("hyperlink", "mailto:vanthu@example.org"))

    assert made.pdf == b"%PDF-1.7"
    assert made.notice == ""


def test_a_list_of_thousands_of_lines_is_not_refused(fake):
    install(fake, 'for last; do :; done; printf "%%PDF-1.7" > "${last%.docx}.pdf"\n')
    members = read_members(paper())
    body = members["word/document.xml"].decode("utf-8")
    members["word/document.xml"] = body.replace("</w:p>", "</w:p>" + "<w:p/>" * 45_000, 1).encode()

    assert libreoffice.convert(write_members(members)).pdf


@pytest.mark.parametrize(
    "content", [b"<a>", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"\xff\xfe<\0"]
)
def test_a_part_that_is_no_plain_xml_is_refused(content, fake):
    with pytest.raises(PaperUnreadable):
        libreoffice.convert(write_members({**read_members(paper()), "word/theme.xml": content}))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\3\4", paper()[:4000]])
def test_what_is_no_word_file_is_told_so(content, fake):
    with pytest.raises(PaperUnreadable):
        libreoffice.convert(content)


@pytest.mark.soffice
def test_what_slips_through_leads_nowhere(listener, tmp_path):
    address, asked = listener
    (tmp_path / "dot.png").write_bytes(DOT)
    engine = libreoffice.find_engine()

    from_network = libreoffice._lay_out(engine.path, with_linked_picture(f"{address}/x.png"), 60)
    from_disk = libreoffice._lay_out(
        engine.path, with_linked_picture((tmp_path / "dot.png").as_uri()), 60
    )

    assert asked == []
    assert from_network.startswith(b"%PDF-")
    assert b"/Subtype/Image" not in from_disk


# What goes wrong


def test_without_libreoffice_the_error_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    assert not libreoffice.is_there()
    with pytest.raises(EngineMissing) as caught:
        libreoffice.convert(paper())
    assert caught.value.engine == "LibreOffice"
    assert "cài" in str(caught.value)


def test_a_paper_that_takes_too_long_is_stopped_with_all_that_was_started(fake, tmp_path):
    pids = tmp_path / "pids"
    install(fake, f"sleep 60 &\necho $! $$ > {pids}\nwait\n")

    started = time.monotonic()
    with pytest.raises(ConversionFailed, match="giây"):
        libreoffice.convert(paper(), seconds=1)

    assert time.monotonic() - started < 10
    for pid in pids.read_text(encoding="utf-8").split():
        assert not is_running(int(pid))


def is_running(pid: int) -> bool:
    for _ in range(50):
        try:
            state = (
                Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
            )
        except OSError:
            return False
        if state == "Z":
            return False
        time.sleep(0.05)
    return True


def test_an_engine_that_gives_no_pdf_is_an_error_with_what_it_said(fake):
    install(fake, "echo source file could not be loaded; exit 0\n")

    with pytest.raises(ConversionFailed) as caught:
        libreoffice.convert(paper())

    assert caught.value.said == "source file could not be loaded"


def test_nothing_is_left_behind_and_no_setting_of_ours_is_handed_on(fake, monkeypatch, tmp_path):
    work, seen = tmp_path / "work", tmp_path / "seen"
    work.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(work))
    monkeypatch.setenv("TRINHKY_DATABASE_URL", "postgresql://u:secret@db/x")
    install(fake, f'env > {seen}; ulimit -v >> {seen}; echo "$*" >> {seen}; exit 1\n')

    with pytest.raises(ConversionFailed):
        libreoffice.convert(paper())

    told = seen.read_text(encoding="utf-8")
    assert "secret" not in told
    assert f"-env:UserInstallation=file://{work}/" in told
    assert str(4 * 1024 * 1024) in told
    assert list(work.iterdir()) == []


def test_who_waits_too_long_for_a_turn_is_told_that_it_is_busy(fake, monkeypatch):
    install(fake, "exit 0\n")
    monkeypatch.setattr(libreoffice, "PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(libreoffice, "_turns", threading.BoundedSemaphore(1))
    libreoffice._turns.acquire()

    with pytest.raises(EngineBusy):
        libreoffice.convert(paper())


def test_no_more_than_the_limit_run_at_once(fake, tmp_path, monkeypatch):
    monkeypatch.setattr(libreoffice, "_turns", threading.BoundedSemaphore(2))
    running = tmp_path / "running"
    running.mkdir()
    install(
        fake,
        f"touch {running}/$$; ls {running} | wc -l >> {tmp_path}/counts\n"
        f"sleep 0.2; rm {running}/$$\n"
        'for last; do :; done; printf "%%PDF-1.7" > "${last%.docx}.pdf"\n',
    )
    word = paper()

    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda _: libreoffice.convert(word), range(6)))

    counts = (tmp_path / "counts").read_text(encoding="utf-8").split()
    assert len(made) == len(counts) == 6
    assert max(map(int, counts)) <= 2
    assert list(running.iterdir()) == []
