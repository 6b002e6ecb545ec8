"""The door: what is taken exactly as it is, and what is refused with a sentence."""

import io
import unicodedata
from datetime import date
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from doc_templates import catalogue
from service.intake import documents, nominations, papers
from service.intake.fields import EntryInvalid, FieldError


def paper(**changed: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "kind": "plan",
        "abstract": "Tổ chức phong trào thi đua",
        "body": "1. Biểu dương việc tốt.",
        "issuer": {"name": ["ỦY BAN NHÂN DÂN", "XÃ GIA LÂM"], "code": "UBND", "place": "Gia Lâm"},
        "signature": {"head": "CHỦ TỊCH", "name": "Nguyễn Thuỵ Ưu"},
    }
    return {**values, **changed}


def faults_of(raw: dict[str, Any]) -> tuple[FieldError, ...]:
    with pytest.raises(EntryInvalid) as refused:
        papers.parse_paper(raw)
    return refused.value.errors


def test_decomposed_letters_come_in_composed() -> None:
    typed = unicodedata.normalize("NFD", "Thi đua của H’Hen Niê ở Thuỷ Ưu")

    entry = papers.parse_paper(paper(abstract=typed))

    assert entry.abstract == "Thi đua của H’Hen Niê ở Thuỷ Ưu"


def test_both_ways_of_placing_the_tone_are_kept_as_typed() -> None:
    assert papers.parse_paper(paper(abstract="Hoà và Hòa")).abstract == "Hoà và Hòa"


def test_markup_and_placeholders_are_plain_text() -> None:
    typed = "Công ty A & B <Văn> {{ 7*7 }} {% if %}"

    assert papers.parse_paper(paper(abstract=typed)).abstract == typed


def test_line_break_of_word_becomes_a_line_break() -> None:
    assert papers.parse_paper(paper(body="Một.\x0bHai.")).body == "Một.\nHai."


@pytest.mark.parametrize(
    ("letter", "code", "word"),
    [
        ("\x07", "letter-refused", "U+0007"),
        ("\u200b", "letter-refused", "U+200B"),
        ("\u202e", "letter-refused", "U+202E"),
        ("\ue000", "letter-refused", "U+E000"),
        ("\ud800", "letter-refused", "U+D800"),
        ("\ufffe", "letter-refused", "U+FFFE"),
        ("Ð", "letter-look-alike", "Đ"),
        ("А", "letter-look-alike", "U+0410"),
        ("Ο", "letter-look-alike", "U+039F"),
        ("Ａ", "letter-look-alike", "U+FF21"),
        ("{_{", "letter-refused", "{_{"),
    ],
)
def test_letters_that_would_harm_a_paper_are_named_with_their_place(
    letter: str, code: str, word: str
) -> None:
    (fault,) = faults_of(paper(abstract=f"Thi đua {letter} yêu nước"))

    assert (fault.pointer, fault.code) == ("/abstract", code)
    assert word in fault.message
    assert fault.message.startswith("“Trích yếu”")


def test_hundred_kilobytes_of_text_are_too_long_for_a_body() -> None:
    (fault,) = faults_of(paper(body="việc tốt " * 12_000))

    assert (fault.pointer, fault.code) == ("/body", "text-too-long")
    assert "60.000" in fault.message


def test_word_without_end_is_refused() -> None:
    (fault,) = faults_of(paper(abstract="x" * 61))

    assert fault.code == "word-too-long"


@pytest.mark.parametrize("found", ["30/2/2023", "2023-02-30", "3/30/2023", "hôm nay", "٣/٣/٢٠٢٣"])
def test_day_that_does_not_exist_is_refused(found: str) -> None:
    (fault,) = faults_of(paper(issued_on=found))

    assert (fault.pointer, fault.code) == ("/issued_on", "date-wrong")
    assert found in fault.message


@pytest.mark.parametrize("found", ["30/3/2023", "2023-03-30", date(2023, 3, 30)])
def test_day_is_read_in_both_ways_of_writing(found: object) -> None:
    assert papers.parse_paper(paper(issued_on=found)).issued_on == date(2023, 3, 30)


def test_unknown_field_is_named_with_the_nearest_one() -> None:
    (fault,) = faults_of(paper(abstrac="x"))

    assert (fault.pointer, fault.code) == ("/abstrac", "unknown-field")
    assert "abstract" in fault.message
    assert "Trích yếu" in fault.message


@pytest.mark.parametrize(
    ("pointer", "label", "changed"),
    [
        ("/issuer/name", "Tên cơ quan ban hành", {"issuer": {"code": "UBND", "place": "Gia Lâm"}}),
        ("/signature/name", "Họ và tên người ký", {"signature": {"name": 1, "head": "CHỦ TỊCH"}}),
        ("/nominees/0/name", "Họ và tên", {"nominees": [{"birth": "1980"}]}),
        ("/nominees/0/past_awards", "Đã được khen thưởng", {"nominees": [{"past_awards": "x"}]}),
        ("/nominees/0", "Danh sách đề nghị", {"nominees": ["Đặng Đức Huệ"]}),
        ("/issuer", "Cơ quan ban hành", {"issuer": "UBND"}),
    ],
)
def test_fault_is_told_by_the_label_of_its_place(
    pointer: str, label: str, changed: dict[str, Any]
) -> None:
    raw = paper(kind="submission", addressees=["X"], nominees=[{"name": "A"}])

    faults = {fault.pointer: fault for fault in faults_of({**raw, **changed})}

    assert faults[pointer].message.startswith(f"“{label}”")


@pytest.mark.parametrize(
    ("changed", "meant"),
    [
        ({"issuer": {"cod": "UBND"}}, "“code” (Chữ viết tắt trong ký hiệu)"),
        ({"nominees": [{"name": "A", "birt": "1980"}]}, "“birth” (Năm sinh)"),
        ({"signature": {"heat": "CHỦ TỊCH"}}, "“head” (Chức vụ người đứng đầu)"),
    ],
)
def test_unknown_field_is_told_with_the_nearest_one_of_its_place(
    changed: dict[str, Any], meant: str
) -> None:
    (fault,) = [one for one in faults_of(paper(**changed)) if one.code == "unknown-field"]

    assert meant in fault.message


def test_field_of_another_place_is_no_suggestion() -> None:
    (fault,) = faults_of(paper(birt="1980"))

    assert fault.message == "không có mục tên “birt”."


def test_all_faults_are_found_at_once() -> None:
    faults = faults_of(
        {
            "kind": "official_letter",
            "number": "tám",
            "issued_on": "32/1/2026",
            "issuer": {"name": [], "place": "Gia Lâm"},
            "signature": {"mode": "XX."},
        }
    )

    assert {fault.pointer for fault in faults} == {
        "/number",
        "/issued_on",
        "/issuer/name",
        "/issuer/code",
        "/signature/mode",
        "/abstract",
        "/addressees",
        "/body",
    }


def test_unknown_kind_is_answered_with_those_there_are() -> None:
    (fault,) = faults_of(paper(kind="ke_hoach"))

    assert (fault.pointer, fault.code) == ("/kind", "kind-unknown")
    assert "plan (Kế hoạch)" in fault.message


def test_kind_without_a_form_is_told_by_its_name() -> None:
    (fault,) = faults_of(paper(kind="open_letter"))

    assert "chưa có biểu mẫu cho Thư công" in fault.message


def test_value_that_would_not_be_printed_is_not_dropped_in_silence() -> None:
    (fault,) = faults_of(paper(authority="CHỦ TỊCH"))

    assert (fault.pointer, fault.code) == ("/authority", "not-used")


def test_letter_takes_every_name_that_the_paper_file_has_for_it() -> None:
    content = """
kind = "official_letter"
number = 875
issued_on = 2023-03-30
abstract = "đẩy mạnh phong trào thi đua “Người tốt, việc tốt” trên địa bàn Huyện"
addressees = ["Các phòng, ban, ngành, đơn vị thuộc Huyện", "UBND xã, thị trấn"]
body = \"\"\"Thực hiện kế hoạch chung, đề nghị các đơn vị:
1. Xây dựng kế hoạch.
- Đúng hạn.\"\"\"
legal_bases = ["Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"]
recipients = ["Như trên", "Đồng chí Chủ tịch UBND huyện"]
archive = "VT, NV"
[issuer]
superior = ""
name = ["ỦY BAN NHÂN DÂN", "HUYỆN GIA LÂM"]
code = "UBND"
drafting_unit = "NV"
place = "Gia Lâm"
[signature]
on_behalf_of = "ỦY BAN NHÂN DÂN"
mode = "KT."
head = "CHỦ TỊCH"
post = "PHÓ CHỦ TỊCH"
name = "Nguyễn Đức Hồng"
"""

    entry = papers.parse_paper(papers.read_paper_file(content.encode()))
    printed = docx.Document(io.BytesIO(catalogue.merge(entry.to_paper(today=date(2026, 1, 1)))))

    texts = [(one.style.name, one.text) for one in printed.paragraphs]
    assert (
        "Căn cứ",
        "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;",
    ) in texts
    assert ("Tiêu đề khoản", "1. Xây dựng kế hoạch.") in texts
    assert ("Gạch đầu dòng", "- Đúng hạn./.") in texts


@pytest.mark.parametrize(
    "signature",
    [
        {"mode": "KT.", "head": "CHỦ TỊCH", "name": "A"},
        {"mode": "TL.", "post": "CHÁNH VĂN PHÒNG", "name": "A"},
        {
            "mode": "TL.",
            "head": "CHỦ TỊCH",
            "post": "CHÁNH VĂN PHÒNG",
            "on_behalf_of": "ỦY BAN NHÂN DÂN",
        },
        {"name": "A"},
    ],
)
def test_signature_that_nobody_may_give_is_refused(signature: dict[str, str]) -> None:
    faults = faults_of(paper(signature=signature))

    assert {fault.pointer.split("/")[1] for fault in faults} == {"signature"}


@pytest.mark.parametrize("birth", ["1980", "05/1980", "02/05/1980", "29/02/2024"])
def test_birth_is_taken_as_far_as_it_is_known(birth: str) -> None:
    nominee = {"name": "H’Hen Niê", "birth": birth}

    entry = papers.parse_paper(
        paper(kind="profile_extract", nominees=[nominee]) | {"body": ""},
    )

    assert entry.nominees[0].birth == birth


@pytest.mark.parametrize("birth", ["197", "13/1980", "30/02/1980", "1980-05-02"])
def test_birth_that_cannot_be_is_refused_with_the_line_it_stands_on(birth: str) -> None:
    raw = paper(kind="submission", nominees=[{"name": "A"}, {"name": "B", "birth": birth}])

    faults = faults_of({**raw, "addressees": ["X"]})

    assert [(fault.pointer, fault.code) for fault in faults] == [
        ("/nominees/1/birth", "birth-wrong")
    ]
    assert "mục thứ 2" in faults[0].message


def test_draft_does_not_bring_its_own_number() -> None:
    with pytest.raises(EntryInvalid) as refused:
        documents.parse_draft({"body": "x", "paper": paper(number=5)})

    assert refused.value.errors[0].code == "number-from-register"


def test_nomination_tells_what_was_done() -> None:
    with pytest.raises(EntryInvalid) as refused:
        nominations.parse_nomination({"name": "Lò Thị Ỏn", "body": "x", "award": "ntvt"})

    assert refused.value.errors[0].pointer == "/deed"


def test_nominations_are_refused_together_each_under_its_place() -> None:
    good = {"name": "Y Bhăm Êban", "body": "x", "award": "ntvt", "deed": "Cứu người."}

    with pytest.raises(EntryInvalid) as refused:
        nominations.parse_nominations([good, {**good, "name": ""}, {**good, "birth": "x"}])

    assert [error.pointer for error in refused.value.errors] == [
        "/nominations/1/name",
        "/nominations/2/birth",
    ]


def test_file_of_nominees_tells_each_fault_where_it_stands() -> None:
    shared = {"body": "x", "award": "ntvt", "campain": "ntvt-2026"}
    good = {"name": "Y Bhăm Êban", "deed": "Cứu người."}

    with pytest.raises(EntryInvalid) as refused:
        nominations.parse_nomination_file(
            {**shared, "nominees": [good, {**good, "name": ""}, {**good, "birth": "x"}, "Lò"]}
        )

    assert [error.pointer for error in refused.value.errors] == [
        "/campain",
        "/nominees/1/name",
        "/nominees/2/birth",
        "/nominees/3",
    ]


def test_what_a_nominee_says_goes_before_what_the_file_says_for_all() -> None:
    entries = nominations.parse_nomination_file(
        {
            "body": "x",
            "award": "ntvt",
            "deed": "Trả lại của rơi.",
            "nominees": [{"name": "A"}, {"name": "B", "award": "giay_khen"}],
        }
    )

    assert [entry.award for entry in entries] == ["ntvt", "giay_khen"]


@pytest.mark.parametrize("nominees", [None, [], "Lò Thị Ỏn", {"name": "Lò Thị Ỏn"}])
def test_file_without_nominees_says_what_it_lacks(nominees: object) -> None:
    with pytest.raises(EntryInvalid) as refused:
        nominations.parse_nomination_file({"body": "x", "nominees": nominees})

    (fault,) = refused.value.errors
    assert (fault.pointer, fault.code) == ("/nominees", "missing")


@pytest.mark.parametrize("form", catalogue.list_forms(), ids=lambda form: form.kind)
def test_schema_of_a_form_says_what_it_takes_and_needs(form: catalogue.Form) -> None:
    schema = papers.schema_of(form.kind)

    assert schema["properties"]["kind"]["const"] == form.kind
    assert set(schema["properties"]) == {*form.takes, "kind"}
    assert set(schema["required"]) >= {"kind", "issuer", "signature", "abstract"}


@pytest.mark.parametrize(
    "content",
    [b"kind = ", "abstract = 'ắ'".encode("utf-16"), b"\xff\xfe", b"[issuer\n"],
)
def test_file_that_is_no_toml_is_told_with_its_line(content: bytes) -> None:
    with pytest.raises(EntryInvalid) as refused:
        papers.read_paper_file(content)

    assert refused.value.errors[0].code == "file-unreadable"


def test_file_saved_by_notepad_is_read() -> None:
    content = "\ufeffkind = 'plan'\r\nbody = '''một\r\nhai'''\r\n".encode()

    assert papers.read_paper_file(content) == {"kind": "plan", "body": "một\nhai"}


def pointers_of(raw: dict[str, Any]) -> set[str] | None:
    """Give the places of the faults; None: the paper was taken."""
    try:
        papers.parse_paper(raw)
    except EntryInvalid as refused:
        return {error.pointer for error in refused.errors}
    return None


@given(st.text(max_size=300))
def test_any_text_is_either_taken_or_refused_with_a_place(text: str) -> None:
    assert pointers_of(paper(abstract=f"Thi đua {text}")) in (None, {"/abstract"})


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_no_value_of_any_type_breaks_the_door(value: object) -> None:
    for name in ("kind", "issued_on", "issuer", "nominees", "addressees", "number"):
        assert pointers_of(paper(**{name: value})) != set()
