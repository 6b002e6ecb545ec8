"""Values for the tests of papers, each with a default that only names what a test cares about."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from doc_templates.paper import Issuer, Nominee, Paper, Signature

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
