"""The checker reads a stranger's file: each fault is found, and its clean twin is silent."""

import datetime
import io
import re
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from doc_templates import catalogue
from doc_templates.conformity import RULES, Answer, Severity, check, fix, parts_of
from doc_templates.errors import PaperUnfixable
from doc_templates.kinds import DocumentKind
from doc_templates.reading.reader import read_with_findings
from service.intake import papers
from tests.doc_templates import stranger

FIXTURES = Path(__file__).parents[2] / "fixtures"
CASES = [
    case
    for file in sorted((FIXTURES / "conformity_cases").glob("*.toml"))
    for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]
]
RIGHT = [
    right
    for file in sorted((FIXTURES / "conformity_cases").glob("*.toml"))
    for right in tomllib.loads(file.read_text(encoding="utf-8")).get("right", [])
]
PAPERS = sorted((FIXTURES / "papers").rglob("*.toml"))


def merged(raw: dict[str, Any]) -> bytes:
    return catalogue.merge(papers.parse_paper(raw).to_paper(today=datetime.date(2026, 10, 9)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']}: {case['says']}")
def test_a_fault_is_found(case: dict[str, Any]) -> None:
    spec = stranger.changed(stranger.plan(), case["change"])
    kind = DocumentKind(case["kind"]) if "kind" in case else None
    report = check(stranger.write(spec), kind=kind)

    found = [one for one in report.findings if one.rule == case["rule"]]
    assert found, [str(one) for one in report.findings]
    if case["severity"] == "?":
        assert {one.answer for one in found} == {Answer.UNSURE}
    else:
        assert case["severity"] in {
            one.severity.value for one in found if one.answer is Answer.DEVIATES
        }
        assert report.answers[case["rule"]] is Answer.DEVIATES
    assert all(one.place and one.found and one.source for one in found)


@pytest.mark.parametrize("right", RIGHT, ids=lambda right: right["says"])
def test_what_is_right_is_left_alone(right: dict[str, Any]) -> None:
    report = check(stranger.write(stranger.changed(stranger.plan(), right["change"])))

    assert [str(one) for one in report.findings] == []


@pytest.mark.parametrize("by", ["table", "tabs", "paragraphs"])
def test_a_conforming_paper_of_a_stranger_is_silent(by: str) -> None:
    spec = stranger.changed(stranger.plan(), {"letterhead": {"by": by}})
    report = check(stranger.write(spec))

    assert [str(one) for one in report.findings] == []
    assert report.kind == "Kế hoạch"


@pytest.mark.parametrize("by", ["table", "tabs", "paragraphs"])
def test_parts_are_recognised_whatever_holds_them(by: str) -> None:
    spec = stranger.changed(stranger.plan(), {"letterhead": {"by": by}})
    parts = parts_of(stranger.write(spec))

    assert None not in (parts.country, parts.motto, parts.place_date, parts.title)
    assert parts.symbol is not None
    assert parts.symbol.text == "Số: 24/KH-UBND"
    assert parts.issued_on == datetime.date(2026, 1, 5)
    assert [line.text for line in parts.abstract] == [
        "Tổ chức phong trào “Người tốt, việc tốt” năm 2026"
    ]
    assert parts.signer is not None
    assert parts.signer.text == "Đặng Đức Huệ"
    assert [line.text for line in parts.recipients] == [
        "- Các đơn vị thuộc phường;",
        "- Lưu: VT, VHXH.",
    ]
    if by != "paragraphs":
        assert [line.text for line in parts.issuer] == ["ỦY BAN NHÂN DÂN", "PHƯỜNG SEN HỒNG"]


def test_every_rule_has_a_case_with_a_fault() -> None:
    assert {case["rule"] for case in CASES} == set(RULES)


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_our_own_papers_conform(path: Path) -> None:
    report = check(merged(tomllib.loads(path.read_text(encoding="utf-8"))))

    assert [
        str(one)
        for one in report.findings
        if one.severity is not Severity.HINT and one.answer is Answer.DEVIATES
    ] == []


@pytest.mark.parametrize("form", catalogue.list_forms(), ids=lambda form: form.kind)
def test_our_own_samples_conform(form: catalogue.Form) -> None:
    report = check(merged(tomllib.loads(form.sample())))

    assert [
        str(one)
        for one in report.findings
        if one.severity is not Severity.HINT and one.answer is Answer.DEVIATES
    ] == []


def test_a_paper_before_the_decree_is_held_only_to_what_both_regimes_share() -> None:
    old = {"place_date": {"text": "Sen Hồng, ngày 5 tháng 1 năm 2019"}}
    report = check(stranger.write(stranger.changed(stranger.plan(), old)))

    assert "Thông tư 01/2011" in report.regime
    assert report.answers["DL-02"] is Answer.ABSENT
    wrong_page = {**old, "page": {"left": 20}}
    report = check(stranger.write(stranger.changed(stranger.plan(), wrong_page)))
    assert report.answers["PG-04"] is Answer.DEVIATES


def test_a_paper_that_is_no_official_paper_is_told_so_and_not_blamed() -> None:
    empty = {name: {"text": ""} for name in stranger.plan() if "text" in stranger.plan()[name]}
    letter = {**empty, "body": {"text": "Chào bạn,\nHôm nay trời đẹp."}}
    report = check(stranger.write(stranger.changed(stranger.plan(), letter)))

    assert report.kind == ""
    assert report.answers["TY-01"] is Answer.UNSURE
    assert [one.rule for one in report.findings if one.answer is Answer.DEVIATES] == []


def as_strict(docx: bytes) -> bytes:
    """Save a file under the names of ISO 29500 Strict, as Word does when asked."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as package, zipfile.ZipFile(buffer, "w") as made:
        for name in package.namelist():
            content = package.read(name)
            if name.startswith(("word/", "_rels/")) and name.endswith((".xml", ".rels")):
                content = re.sub(
                    rb"http://schemas\.openxmlformats\.org/"
                    rb"(wordprocessingml|officeDocument|drawingml)/2006/(\w[\w/]*)",
                    rb"http://purl.oclc.org/ooxml/\1/\2",
                    content,
                )
                content = content.replace(b'w:val="left"', b'w:val="start"')
            made.writestr(name, content)
    return buffer.getvalue()


def test_a_file_saved_as_strict_open_xml_is_read_like_any_other() -> None:
    spec = stranger.changed(stranger.plan(), {"motto": {"underline": True}})
    docx = stranger.write(spec)

    strict = check(as_strict(docx))

    assert b"purl.oclc.org" in zipfile.ZipFile(io.BytesIO(as_strict(docx))).read(
        "word/document.xml"
    )
    assert strict.findings == check(docx).findings
    assert [one.rule for one in strict.findings] == ["TY-03"]
    assert strict.answers == check(docx).answers


@pytest.mark.parametrize("form", catalogue.list_forms(), ids=lambda form: form.kind)
def test_a_strict_file_has_the_same_letters_tables_and_drawings(form: catalogue.Form) -> None:
    docx = merged(tomllib.loads(form.sample()))

    assert repr(read_with_findings(as_strict(docx))) == repr(read_with_findings(docx))


def test_a_file_saved_as_strict_open_xml_is_not_mended() -> None:
    with pytest.raises(PaperUnfixable) as refused:
        fix(as_strict(stranger.write(stranger.plan())))

    assert "Strict Open XML" in str(refused.value)


def test_a_letter_that_shall_be_a_plan_is_held_to_a_plan() -> None:
    plan = stranger.write(stranger.plan())

    assert check(plan, kind=DocumentKind.PLAN).findings == ()
    as_letter = check(plan, kind=DocumentKind.OFFICIAL_LETTER)
    assert as_letter.kind == "Công văn"
    assert as_letter.answers["KH-01"] is Answer.DEVIATES
