"""Filling the forms: equal input, exact text, the number stamped last."""

import io
import re
import unicodedata
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import date

import docx
import pytest
from paper_samples import (
    KINDS_WITH_FORM,
    NUMBERED_KINDS,
    W,
    make_issuer,
    make_nominee,
    make_paper,
    make_signature,
    paper_files,
    read_body,
    read_members,
    read_paper,
    read_text,
    sample_paper,
    texts_of,
)

from doc_templates import catalogue, merge
from doc_templates.errors import MergeFailed, PaperUnfit
from doc_templates.paper import NUMBER_MARK, Subject

FILES = paper_files()
EMPTY = {
    "abstract": "",
    "body": "",
    "addressees": (),
    "legal_bases": (),
    "nominees": (),
    "issuer": make_issuer(drafting_unit=""),
}


def _context(kind="decision", **values):
    form = catalogue.get_form(kind)
    return asdict(form.make_context(make_paper(kind, **values)))


def _file_id(path):
    return f"{path.parent.name}/{path.name}"


# Every paper we have


@pytest.mark.parametrize("path", FILES, ids=_file_id)
def test_every_paper_is_filled_opens_and_is_the_same_twice(path):
    paper = read_paper(path.read_text(encoding="utf-8"))

    first, second = catalogue.merge(paper), catalogue.merge(paper)

    assert first == second
    text = read_text(first)
    assert docx.Document(io.BytesIO(first)).element.body is not None
    assert "{{" not in text
    assert "{%" not in text
    assert "None" not in text
    assert paper.signature.name in text
    assert all(nominee.name in text for nominee in paper.nominees)


#: What ends with its text, its table, or nowhere, whatever else it holds.
_ENDS = {"achievement_report": 1, "residence_confirmation": 1, "article_cover": 0}


@pytest.mark.parametrize("path", FILES, ids=_file_id)
def test_every_paper_ends_with_one_end_mark_and_its_list_with_another(path):
    paper = read_paper(path.read_text(encoding="utf-8"))

    ended = [line for line in read_text(catalogue.merge(paper)).splitlines() if "./." in line]

    assert all(line.endswith("./.") and line.count("./.") == 1 for line in ended)
    assert len(ended) == _ENDS.get(paper.kind, bool(paper.body) + bool(paper.nominees))


@pytest.mark.parametrize("stop", ["", ".", "./.", "./", ";", ". /."])
def test_the_end_mark_is_set_once_whatever_was_typed(stop):
    merged = catalogue.merge(make_paper("official_letter", body=f"Một.\n\nKính đề nghị{stop}"))

    assert texts_of(merged, "BodyLine") == ["Một.", "Kính đề nghị./."]


def test_the_file_holds_no_clock():
    merged = catalogue.merge(make_paper("plan"))

    properties = read_members(merged)["docProps/core.xml"]
    with zipfile.ZipFile(io.BytesIO(merged)) as package:
        assert {info.date_time[0] for info in package.infolist()} == {1980}
    assert set(re.findall(rb"\d{4}-\d\d-\d\d", properties)) == {b"2020-03-05"}


def test_the_parts_of_a_file_have_no_number_twice():
    body = read_body(catalogue.merge(sample_paper("decision")))

    numbers = [drawing.get("id") for drawing in body.iter("{*}docPr")]
    assert len(numbers) == len(set(numbers)) >= 3


# The number


@pytest.mark.parametrize("number", [7, 12, 125, 1801])
@pytest.mark.parametrize("kind", NUMBERED_KINDS)
def test_a_stamped_number_gives_the_bytes_of_a_known_number(kind, number):
    paper = sample_paper(kind)
    waiting = catalogue.merge(replace(paper, number=None, awaits_number=True))

    stamped = merge.replace_text(waiting, NUMBER_MARK, f"{number:02d}")

    assert stamped == catalogue.merge(replace(paper, number=number))
    assert NUMBER_MARK not in read_text(stamped)


@pytest.mark.parametrize(
    ("kind", "begins", "signer"),
    [
        ("decision", "Kèm theo Quyết định số 07/QĐ-UBND", "Chủ tịch "),
        ("submission", "Kèm theo Tờ trình số 07/TTr-UBND", ""),
    ],
)
def test_the_annex_points_to_the_number_of_its_paper(kind, begins, signer):
    paper = make_paper(kind, number=None, awaits_number=True)

    stamped = merge.replace_text(catalogue.merge(paper), NUMBER_MARK, "07")

    (pointer,) = texts_of(stamped, "AnnexPointer")
    assert pointer.replace("\u00a0", " ") == (
        f"({begins} ngày 05 tháng 01 năm 2026 của {signer}Ủy ban nhân dân huyện Gia Lâm)"
    )


def test_the_pointer_of_a_draft_keeps_room_for_number_and_date():
    merged = catalogue.merge(make_paper("decision", number=None, issued_on=None, year=2026))

    (pointer,) = texts_of(merged, "AnnexPointer")
    assert "số      /QĐ-UBND ngày      tháng      năm 2026" in pointer.replace("\u00a0", " ")


def test_stamping_changes_nothing_but_the_number():
    waiting = catalogue.merge(make_paper("decision", number=None, awaits_number=True))

    stamped = merge.replace_text(waiting, NUMBER_MARK, "125")

    assert read_text(stamped) == read_text(waiting).replace(NUMBER_MARK, "125")


# Exact text

HOSTILE = """Công ty A & B <Văn> {{ 7*7 }} {% x %} "q" 'q'"""


def test_hostile_values_stand_in_the_document_letter_by_letter():
    paper = make_paper(
        "decision",
        abstract=HOSTILE,
        issuer=make_issuer(name=(HOSTILE,), full_name=HOSTILE, place=HOSTILE, superior=HOSTILE),
        signature=make_signature(name=HOSTILE),
        legal_bases=(HOSTILE,),
        recipients=(HOSTILE,),
        nominees=(
            make_nominee(HOSTILE, unit=HOSTILE, summary=HOSTILE, birth=HOSTILE),
            make_nominee(HOSTILE, subject=Subject.COLLECTIVE),
        ),
        body=f"Điều 1. {HOSTILE}\n\n| {HOSTILE} | hai |\n| ba | {HOSTILE} |",
        annex_title="Danh sách",
    )

    merged = catalogue.merge(paper)

    text = read_text(merged).replace("\n", " ")
    assert text.count(HOSTILE) >= 13
    assert "49" not in text.replace(HOSTILE, "")
    for style in ("Abstract", "IssuingBody", "SuperiorBody", "SignerName", "PlaceAndDate"):
        assert HOSTILE in " ".join(texts_of(merged, style)).replace("\n", " "), style


@pytest.mark.parametrize(
    "value",
    [
        "</w:t></w:r></w:p><w:p><w:r><w:t>tiêm",
        "&amp; &lt; &#x41; ]]>",
        "}} {{ letterhead.symbol }} {{",
        "{% for %} {# ghi chú #}",
        "Ngô Thị Thuỳ Dương – “H’Hen Niê” … №",
        "người 👩‍👧 và 𝔸",
        "a\u00a0b\u2028c",
    ],
)
def test_a_value_is_never_taken_for_markup(value):
    merged = catalogue.merge(make_paper("submission", nominees=(make_nominee(value),)))

    assert value in read_text(merged)


def test_a_line_break_in_a_value_is_a_line_break_on_paper():
    values = _context("plan")
    values["signature"]["name"] = "Đặng\nĐức\tHuệ"

    merged = merge.render(catalogue.compiled("plan"), values)

    assert texts_of(merged, "SignerName") == ["Đặng\nĐức\tHuệ"]


def test_composed_and_decomposed_text_are_both_kept_as_given():
    name = unicodedata.normalize("NFD", "Nguyễn Thuỵ Ưu")

    merged = catalogue.merge(make_paper("submission", nominees=(make_nominee(name),)))

    assert name in read_text(merged)
    assert unicodedata.normalize("NFC", name) not in read_text(merged)


def test_a_hundred_thousand_letters_are_kept():
    account = "Việc làm tốt & đẹp. " * 5_000

    merged = catalogue.merge(make_paper("decision", nominees=(make_nominee(summary=account),)))

    assert account.strip() in read_text(merged)


# Refused values


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("An\x00", "U+0000"),
        ("An\x0b", "U+000B"),
        ("An\x07", "U+0007"),
        ("An\x0c", "U+000C"),
        ("An\r", "U+000D"),
        ("An\x1b", "U+001B"),
        ("An\ufffe", "U+FFFE"),
        ("An\uffff", "U+FFFF"),
        ("An\ud800", "surrogate"),
        ("An {_{ 1 }_}", "{_{"),
        ("An {_% %_}", "{_{"),
        (None, "không có giá trị"),
        (b"An", "bytes"),
        (date(2026, 1, 5), "date"),
    ],
)
def test_a_value_that_a_document_cannot_hold_is_refused_by_name(value, said):
    values = _context("decision")
    values["annex"]["rows"][0]["name"] = value

    with pytest.raises(MergeFailed, match="annex") as caught:
        merge.render(catalogue.compiled("decision"), values)

    assert caught.value.name == "annex.rows[0].name"
    assert caught.value.form == "decision"
    assert said in str(caught.value)


def test_a_value_that_poses_as_markup_is_refused():
    class Markup(str):
        def __html__(self):
            return self

    values = _context("plan")
    values["signature"]["name"] = Markup("</w:t>")

    with pytest.raises(MergeFailed) as caught:
        merge.render(catalogue.compiled("plan"), values)

    assert caught.value.name == "signature.name"


# Missing values


@pytest.mark.parametrize(
    ("where", "name", "near"),
    [
        (("letterhead", "symbol"), "letterhead.symbol", "Số: {{ letterhead.symbol }}"),
        (("signature", "name"), "signature.name", "{{ signature.name }}"),
        (("abstract", "lines"), "abstract.lines", "abstract.lines|lines"),
        (("body",), "body", "body|outline"),
        (("recipients",), "recipients", "for line in recipients"),
        (("annex", "total"), "annex.total", "{{ annex.total }}"),
    ],
)
def test_a_missing_value_is_named_with_its_part_and_the_nearest_text(where, name, near):
    values = _context("decision")
    place = values
    for step in where[:-1]:
        place = place[step]
    del place[where[-1]]

    with pytest.raises(MergeFailed) as caught:
        merge.render(catalogue.compiled("decision"), values)

    assert caught.value.name == name
    assert caught.value.part == "thân văn bản"
    assert near in caught.value.near
    assert name in str(caught.value)


def test_a_value_missing_in_one_row_is_named_by_its_row():
    values = _context("decision")
    del values["annex"]["rows"][0]["birth"]

    with pytest.raises(MergeFailed) as caught:
        merge.render(catalogue.compiled("decision"), values)

    assert caught.value.name == "row.birth"


def test_nothing_at_all_names_the_first_placeholder():
    with pytest.raises(MergeFailed) as caught:
        merge.render(catalogue.compiled("plan"), {})

    assert caught.value.name.startswith("letterhead")


# Unfit papers


def test_all_that_a_paper_lacks_is_told_at_once():
    paper = make_paper(
        "official_letter",
        abstract=" ",
        addressees=(),
        body="",
        issuer=make_issuer(drafting_unit=""),
        signature=make_signature(head=""),
    )

    with pytest.raises(PaperUnfit) as caught:
        catalogue.merge(paper)

    assert [fault.pointer for fault in caught.value.faults] == [
        "/abstract",
        "/addressees",
        "/body",
        "/issuer/drafting_unit",
        "/signature/head",
    ]


@pytest.mark.parametrize(
    ("values", "pointer"),
    [
        ({"issuer": make_issuer(name=(" ",))}, "/issuer/name"),
        ({"issuer": make_issuer(name=())}, "/issuer/name"),
        ({"addressees": ("", " ")}, "/addressees"),
    ],
)
def test_blank_lines_are_no_value(values, pointer):
    faults = catalogue.find_faults(make_paper("official_letter", **values))

    assert [fault.pointer for fault in faults] == [pointer]


@pytest.mark.parametrize("kind", KINDS_WITH_FORM)
def test_every_need_of_a_form_has_its_own_sentence(kind):
    form = catalogue.get_form(kind)

    for name in form.required:
        top = name.partition(".")[0]
        faults = catalogue.find_faults(make_paper(kind, **{top: EMPTY[top]}))

        assert [fault.pointer for fault in faults] == [f"/{name.replace('.', '/')}"]
        assert faults[0].message


# Threads


def test_eight_threads_filling_one_form_never_mix_their_papers():
    papers = [make_paper("submission", nominees=(make_nominee(f"Người số {n}"),)) for n in range(8)]
    alone = [catalogue.merge(paper) for paper in papers]

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(catalogue.merge, papers * 5))

    assert together == alone * 5


def test_the_body_keeps_with_the_signature_that_follows():
    body = read_body(catalogue.merge(make_paper("plan", body="Một.\n\nHai.")))

    lines = [p for p in body.iter(f"{W}p") if p.find(f"{W}pPr/{W}keepNext") is not None]
    assert "".join(lines[0].itertext()) == "Hai./."
