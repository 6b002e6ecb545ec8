"""Values for the tests of papers, each with a default that only names what a test cares about."""

import io
import tomllib
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

from lxml import etree

from doc_templates import catalogue
from doc_templates.paper import Issuer, Nominee, Paper, Signature
from service.intake import papers

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ROOT = Path(__file__).parents[2]
KINDS_WITH_FORM = ("official_letter", "plan", "submission", "profile_extract", "decision")
NUMBERED_KINDS = ("official_letter", "plan", "submission", "decision")


def read_cases(name: str, table: str = "case") -> list[dict[str, Any]]:
    """Read the cases that an official can read in `fixtures/paper_cases`."""
    content = (ROOT / "fixtures" / "paper_cases" / f"{name}.toml").read_text(encoding="utf-8")
    return list(tomllib.loads(content)[table])


def by_name(case: dict[str, Any]) -> str:
    """Name a case in the report of the tests by its own sentence."""
    return str(case.get("name", case.get("number")))


def make_issuer(**values: Any) -> Issuer:
    known: dict[str, Any] = {
        "name": ("ỦY BAN NHÂN DÂN", "HUYỆN GIA LÂM"),
        "full_name": "Ủy ban nhân dân huyện Gia Lâm",
        "code": "UBND",
        "place": "Gia Lâm",
        "drafting_unit": "NV",
    }
    return Issuer(**{**known, **values})


def make_signature(**values: Any) -> Signature:
    known: dict[str, Any] = {"head": "CHỦ TỊCH", "name": "Nguyễn Đức Hồng"}
    return Signature(**{**known, **values})


def make_nominee(name: str = "Nguyễn Thuỵ Ưu", **values: Any) -> Nominee:
    known: dict[str, Any] = {"summary": "Trả lại của rơi.", "award": "Giấy khen"}
    return Nominee(name=name, **{**known, **values})


def make_paper(kind: str = "decision", **values: Any) -> Paper:
    """Make a paper that its form takes; a profile extract keeps the values it has no use for."""
    known: dict[str, Any] = {
        "issuer": make_issuer(),
        "signature": make_signature(),
        "year": 2026,
        "issued_on": date(2026, 1, 5),
        "abstract": "Về việc tặng Giấy khen",
        "addressees": ("Chủ tịch Ủy ban nhân dân huyện Gia Lâm",),
        "legal_bases": ("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",),
        "body": "Điều 1. Tặng Giấy khen.\n\nĐiều 2. Quyết định này có hiệu lực kể từ ngày ký.",
        "recipients": ("Như trên",),
        "archive": "VT, NV",
        "nominees": (make_nominee(),),
    }
    return Paper(kind=kind, **{**known, **values})


def read_paper(content: str, *, awaits_number: bool = False) -> Paper:
    """Read a paper file through the door that clerks use."""
    entry = papers.parse_paper(papers.read_paper_file(content.encode()))
    return entry.to_paper(today=date(2026, 1, 1), awaits_number=awaits_number)


def paper_files() -> list[Path]:
    """List the papers of the fixtures and the samples of the forms."""
    fixtures = sorted((ROOT / "fixtures" / "papers").rglob("*.toml"))
    samples = sorted((ROOT / "doc_templates" / "forms").rglob("sample.toml"))
    return fixtures + samples


def sample_paper(kind: str) -> Paper:
    """Read the filled example of a form."""
    return read_paper(catalogue.get_form(kind).sample())


def read_members(docx: bytes) -> dict[str, bytes]:
    """Unpack a package as any other program would."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return {name: package.read(name) for name in package.namelist()}


def write_members(members: dict[str, bytes]) -> bytes:
    """Pack a package as any other program would."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return buffer.getvalue()


def read_body(docx: bytes) -> etree._Element:
    """Parse the body of a document, strictly."""
    return etree.fromstring(read_members(docx)["word/document.xml"])


def read_paragraphs(docx: bytes) -> list[tuple[str, str]]:
    """Read style and text of every paragraph in reading order, tables included."""
    return [(_style(paragraph), _text(paragraph)) for paragraph in read_body(docx).iter(f"{W}p")]


def read_text(docx: bytes) -> str:
    """Read the whole text, a line for each paragraph."""
    return "\n".join(text for _, text in read_paragraphs(docx))


def texts_of(docx: bytes, style: str) -> list[str]:
    """Read the paragraphs of one style."""
    return [text for found, text in read_paragraphs(docx) if found == style]


def _style(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else str(style.get(f"{W}val"))


def _text(paragraph: etree._Element) -> str:
    letters = {f"{W}t": None, f"{W}br": "\n", f"{W}tab": "\t"}
    return "".join(
        letters[node.tag] or node.text or ""
        for node in paragraph.iter(*letters)
        if next(node.iterancestors(f"{W}p")) is paragraph
    )
