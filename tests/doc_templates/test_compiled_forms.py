"""A template is compiled once: its tier, its pictures, its reuse, and many papers at a time."""

import gc
import io
import struct
import weakref
import zipfile
import zlib
from dataclasses import asdict
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage, Listing, RichText
from paper_samples import KINDS_WITH_FORM, read_body, read_members, read_text, sample_paper

from doc_templates import catalogue
from doc_templates.errors import MergeFailed
from doc_templates.merge import Deflate, Picture, Tier, bulk, compile_form, render, tables

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def saved(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def template(*lines: str, header: str = "", title: str = "") -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    document.core_properties.title = title
    return saved(document)


def draw_png(width: int = 4, height: int = 4) -> bytes:
    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    header = struct.pack(">2L5B", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(data)) + name + data + struct.pack(">L", zlib.crc32(name + data))
        for name, data in chunks
    )


def sample_context(kind: str) -> dict[str, Any]:
    return asdict(catalogue.get_form(kind).make_context(sample_paper(kind)))


@pytest.mark.parametrize("kind", KINDS_WITH_FORM)
def test_every_form_of_ours_is_filled_by_joining_strings(kind: str) -> None:
    assert catalogue.compiled(kind).tier is Tier.STRINGS


def test_same_template_is_compiled_once_while_it_is_in_use() -> None:
    content = template("{{ a }}")

    first, second = compile_form(content), compile_form(content)

    assert first is second


def test_template_is_dropped_when_nobody_uses_it() -> None:
    form = compile_form(template("{{ dropped }}"))
    kept = weakref.ref(form)

    del form
    gc.collect()

    assert kept() is None


def test_columns_that_come_from_values_ask_for_the_second_tier() -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=3)
    for cell, text in zip(
        table.rows[0].cells, ("{%tc for c in columns %}", "{{ c }}", "{%tc endfor %}"), strict=True
    ):
        cell.text = text

    form = compile_form(saved(document))
    body = read_body(render(form, {"columns": ["một", "hai", "ba", "bốn"]}))

    assert form.tier is Tier.STRINGS_AND_PARSE
    assert len(list(body.iter(f"{W}gridCol"))) == 4
    assert len(list(body.iter(f"{W}tc"))) == 4


@pytest.mark.parametrize(
    ("source", "is_proved"),
    [
        ("<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr ><w:tc ></w:tc></w:tr></w:tbl>", True),
        (
            "<w:tbl><w:gridCol/><w:tr ><w:tc ></w:tc></w:tr>"
            "{% for x in y %}<w:tr ><w:tc >{{ x }}</w:tc></w:tr>{% endfor %}</w:tbl>",
            True,
        ),
        (
            "<w:tbl><w:gridCol/>{% for x in y %}<w:tr ><w:tc ></w:tc></w:tr>{% endfor %}</w:tbl>",
            False,
        ),
        ("<w:tbl><w:gridCol/><w:tr ><w:tc ></w:tc><w:tc ></w:tc></w:tr></w:tbl>", False),
        (
            '<w:tbl><w:gridCol/><w:gridCol/><w:tr ><w:tc ><w:gridSpan w:val="2"/></w:tc></w:tr>'
            "</w:tbl>",
            True,
        ),
        (
            '<w:tbl><w:gridCol/><w:tr ><w:tc ><w:gridSpan w:val="{{ n }}"/></w:tc></w:tr></w:tbl>',
            False,
        ),
        ("<w:tbl><w:gridCol/><w:tr >{% if a %}<w:tc ></w:tc>{% endif %}</w:tr></w:tbl>", False),
        ("<w:tbl><w:gridCol/><w:tr ><w:tc >{% if a %}</w:tc></w:tr>{% endif %}</w:tbl>", False),
    ],
)
def test_tables_are_proved_right_only_when_no_value_can_change_them(
    source: str, *, is_proved: bool
) -> None:
    assert tables.never_need_repair(source) is is_proved


def test_both_ways_of_packing_give_the_same_document() -> None:
    form = catalogue.compiled("plan")
    context = sample_context("plan")

    quick, plain = (render(form, context, deflate=way) for way in (Deflate.ISAL, Deflate.ZLIB))

    assert read_members(quick) == read_members(plain)


def test_title_of_a_file_is_escaped_once() -> None:
    form = compile_form(template("{{ name }}", title="Giấy khen & {{ name }}"))

    made = docx.Document(io.BytesIO(render(form, {"name": "A & B <C>"})))

    assert made.core_properties.title == "Giấy khen & A & B <C>"


def test_header_is_filled_and_values_in_it_are_not_evaluated() -> None:
    form = compile_form(template("x", header="Của {{ name }}"))

    made = docx.Document(io.BytesIO(render(form, {"name": "{{ 7*7 }} & {% x %}"})))

    assert made.sections[0].header.paragraphs[0].text == "Của {{ 7*7 }} & {% x %}"


def test_line_breaks_and_tabs_of_a_value_become_those_of_word() -> None:
    form = compile_form(template("{{ text }}"))

    body = read_body(render(form, {"text": "một\nhai\tba"}))

    assert len(list(body.iter(f"{W}br"))) == 1
    assert len(list(body.iter(f"{W}tab"))) == 1


def test_rich_text_and_listings_of_docxtpl_are_printed() -> None:
    form = compile_form(template("{{r rich }}", "{{ listing }}"))

    made = render(form, {"rich": RichText("đậm", bold=True), "listing": Listing("a\nb\ac & d")})

    assert read_text(made).split("\n") == ["đậm", "a", "b", "c & d"]


def test_picture_bound_to_a_docxtpl_document_is_refused_by_its_name() -> None:
    content = template("{{ picture }}")
    bound = InlineImage(DocxTemplate(io.BytesIO(content)), io.BytesIO(draw_png()))

    with pytest.raises(MergeFailed) as refused:
        render(compile_form(content), {"people": [{"picture": bound}]})

    assert refused.value.name == "people[0].picture"
    assert "Picture" in str(refused.value)


def test_link_bound_to_a_docxtpl_document_is_refused() -> None:
    rich = RichText("x", url_id="rId99")

    with pytest.raises(MergeFailed, match="RichText"):
        render(compile_form(template("{{r rich }}")), {"rich": rich})


def test_picture_of_each_record_stands_where_its_placeholder_stands() -> None:
    form = compile_form(template("Trước {{ code }} sau", "{{ again }}"))
    picture = Picture(content=draw_png(8, 4), width_mm=20)

    made = render(form, {"code": picture, "again": Picture(content=draw_png(), height_mm=10)})

    document = docx.Document(io.BytesIO(made))
    first, second = document.inline_shapes
    assert (first.width, first.height) == (Mm(20), Mm(10))
    assert second.height == Mm(10)
    related = document.part.related_parts
    blips = [shape._inline.graphic.graphicData.pic.blipFill.blip.embed for shape in (first, second)]
    assert [related[one].blob for one in blips] == [draw_png(8, 4), draw_png()]
    assert document.paragraphs[0].text == "Trước  sau"


def test_picture_in_a_header_is_related_to_the_header() -> None:
    form = compile_form(template("x", header="{{ mark }}"))

    made = docx.Document(io.BytesIO(render(form, {"mark": Picture(content=draw_png())})))

    header = made.sections[0].header
    (blip,) = header._element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip")
    name = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
    assert header.part.related_parts[blip.get(name)].blob == draw_png()


def test_file_that_is_no_picture_is_refused() -> None:
    with pytest.raises(MergeFailed, match="PNG hoặc JPEG"):
        render(compile_form(template("{{ p }}")), {"p": Picture(content=b"GIF89a not really")})


def test_papers_are_written_into_one_archive_as_they_come() -> None:
    target = io.BytesIO()

    count = bulk.write_zip(target, ((f"Giấy khen Đặng {n}.docx", b"x" * n) for n in range(5)))

    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[4] == "Giấy khen Đặng 4.docx"
        assert archive.read("Giấy khen Đặng 3.docx") == b"xxx"
    assert count == 5


def test_archive_beyond_the_old_limits_is_read_as_well() -> None:
    target = io.BytesIO()
    writer = bulk.ZipWriter(target, most_bytes=100, most_members=3)
    for number in range(7):
        writer.add(f"{number}.docx", bytes([number]) * 50)

    size = writer.finish()

    assert size == len(target.getvalue())
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        assert [archive.read(f"{n}.docx") for n in range(7)] == [bytes([n]) * 50 for n in range(7)]


def test_many_papers_in_one_file_keep_their_pages_and_number_their_drawings_through() -> None:
    form = catalogue.compiled("decision")
    context = sample_context("decision")
    target = io.BytesIO()

    count = bulk.write_joined(target, form, [context] * 3)

    body = read_body(target.getvalue())
    one = read_body(render(form, context))
    ids = [node.get("id") for node in body.iter("{*}docPr")]
    sections = list(body.iter(f"{W}sectPr"))
    assert count == 3
    assert len(set(ids)) == len(ids) == 3 * len(list(one.iter("{*}docPr")))
    assert len(sections) == 3 * len(list(one.iter(f"{W}sectPr")))
    assert all(section.find(f"{W}pgNumType").get(f"{W}start") == "1" for section in sections)
    assert docx.Document(io.BytesIO(target.getvalue())).paragraphs


def test_joining_nothing_is_refused() -> None:
    with pytest.raises(MergeFailed):
        bulk.write_joined(io.BytesIO(), catalogue.compiled("plan"), [])
