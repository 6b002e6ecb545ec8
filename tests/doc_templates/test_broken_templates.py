"""Templates that offices made, with the mistakes people make: all told, each with its place."""

import io
import time

import docx
import pytest
from paper_samples import read_members, texts_of, write_members

from doc_templates import catalogue
from doc_templates.errors import FormInvalid, MergeFailed
from doc_templates.merge import compile_form, render

PLAN = catalogue.get_form("plan")
SUBMISSION = catalogue.get_form("submission")


def make_template(*paragraphs, header="", title="", table=()):
    """Draw a template of plain paragraphs; `table` holds rows of cells."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    if table:
        drawn = document.add_table(rows=len(table), cols=len(table[0]))
        for row, cells in zip(drawn.rows, table, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.paragraphs[0].text = text
    document.core_properties.title = title
    return save(document)


def save(document):
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def faults_of(docx_bytes, form=SUBMISSION):
    """Compile a template that must be refused, and give its faults."""
    with pytest.raises(FormInvalid) as caught:
        compile_form(docx_bytes, name="mẫu thử", shape=form.shape)
    return caught.value.faults


def fault_of(*paragraphs, **drawn):
    """Give the only fault of a template."""
    (fault,) = faults_of(make_template(*paragraphs, **drawn))
    return fault


# Where


def test_a_fault_is_told_with_part_paragraph_and_quoted_text():
    fault = fault_of("Một", "Hai", "Số: {{ letterhead.simbol }}")

    assert fault.part == "thân văn bản"
    assert fault.paragraph == 3
    assert fault.quoted == "{{ letterhead.simbol }}"
    assert "letterhead.simbol" in fault.message
    assert "có phải “symbol”?" in fault.message


def test_a_fault_in_a_header_is_told_as_such():
    fault = fault_of("Một", header="{{ abstrakt }}")

    assert fault.part.startswith("đầu trang")
    assert fault.paragraph == 1
    assert "có phải “abstract”?" in fault.message


def test_a_placeholder_in_the_properties_of_the_file_is_refused():
    fault = fault_of("Một", title="{{ letterhead.symbol }}")

    assert fault.part == "thuộc tính tệp"
    assert fault.quoted == "{{ letterhead.symbol }}"


def test_all_faults_are_told_at_once():
    faults = faults_of(
        make_template(
            "{{ letterhead.symbol",
            "{{ letterhead.symbol|upper }}",
            "{{ nguoi_ky }}",
            "{%p if annex.rows %}",
            "{{ signature.nam }}",
            header="{% endfor %}",
            title="{{ x }}",
        )
    )

    assert {(fault.part, fault.paragraph) for fault in faults} == {
        ("thuộc tính tệp", 0),
        ("thân văn bản", 1),
        ("thân văn bản", 2),
        ("thân văn bản", 3),
        ("thân văn bản", 4),
        ("thân văn bản", 5),
        ("đầu trang 1", 1),
    }


def test_the_error_of_a_template_reads_as_a_list():
    with pytest.raises(FormInvalid) as caught:
        compile_form(make_template("{{ a }}", "{{ b }}"), name="mẫu thử", shape=PLAN.shape)

    assert str(caught.value).startswith("Mẫu “mẫu thử” có 2 lỗi:\n- thân văn bản, đoạn 1")
    assert caught.value.form == "mẫu thử"


# What


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Số: {{ letterhead.symbol", "không có đôi"),
        ("Số: letterhead.symbol }}", "không có đôi"),
        ("{% if annex.rows", "không có đôi"),
        ("{{ letterhead.symbol } }", "không có đôi"),
        ("{{ }}", "sai cú pháp"),
        ("{{ letterhead symbol }}", "sai cú pháp"),
        ("{% neu annex.rows %}", "sai cú pháp"),
        ("{{ letterhead.symbol|upper }}", "không có bộ lọc “upper”"),
        ("{{ letterhead.symbol|e }}", "không có bộ lọc “e”"),
        ("{{ so_ky_hieu }}", "không có mục tên “so_ky_hieu”"),
        ("{{ letterhead }}", "letterhead.symbol"),
        ("{{ abstract.lines }}", "là một danh sách"),
        ("{{ body }}", "là một danh sách"),
        ("{{ abstract.lines|lines }}", "{{r …|lines }}"),
        ("{{r letterhead.symbol|lines }}", "không phải danh sách"),
        ("{{r body|outline }}", "{{p …|outline }}"),
        ("{{p letterhead.symbol }}", "{{ … }}"),
        ("Nội dung: {{p body|outline }}", "đứng một mình"),
        ("{% endif %}", "không đóng đúng chỗ"),
        ("{% endfor %}", "không đóng đúng chỗ"),
        ("{%p else %}", "không nằm trong “if” nào"),
        ("{% if annex.rows %}", "không được đóng bằng “endif”"),
        ("{% for line in recipients %}", "không được đóng bằng “endfor”"),
        ("{% for line in recipientz %}{% endfor %}", "có phải “recipients”?"),
        ("{% for line in letterhead.symbol %}{% endfor %}", "danh sách"),
        ("{{ loop.index }}", "không có mục tên “loop.index”"),
        ("{{- letterhead.symbol -}}", "bỏ dấu"),
        ("{%- if annex.rows -%}{% endif %}", "bỏ dấu"),
        ("{{ " + "x" * 400 + " }}", "quá dài"),
    ],
)
def test_a_mistake_is_told_for_what_it_is(text, said):
    faults = faults_of(make_template(text))

    assert any(said in fault.message for fault in faults), [str(fault) for fault in faults]


def test_a_block_closed_by_the_wrong_word_is_told_with_what_is_open():
    faults = faults_of(make_template("{%p if annex.rows %}", "Danh sách", "{%p endfor %}"))

    assert [fault.paragraph for fault in faults] == [3, 1]
    assert "“if” đang mở" in faults[0].message


def test_a_name_of_a_loop_is_not_known_behind_it():
    fault = fault_of("{%p for line in recipients %}", "{{ line }}", "{%p endfor %}", "{{ line }}")

    assert fault.paragraph == 4


def test_a_name_within_a_repeated_record_is_checked():
    table = [["{%tr for row in annex.rows %}"], ["{{ row.nmae }}"], ["{%tr endfor %}"]]

    fault = fault_of(table=table)

    assert "có phải “name”?" in fault.message


def test_a_loop_within_a_loop_is_refused():
    faults = faults_of(
        make_template(
            "{%p for line in recipients %}",
            "{%p for row in annex.rows %}",
            "{%p endfor %}",
            "{%p endfor %}",
        )
    )

    assert "không lặp bên trong" in faults[0].message


def test_blocks_set_too_deep_are_refused():
    depth = 120
    paragraphs = ["{%p if body %}"] * depth + ["{%p endif %}"] * depth

    faults = faults_of(make_template(*paragraphs))

    assert any("lồng nhau" in fault.message for fault in faults)


def test_a_row_tag_outside_a_table_is_refused():
    fault = fault_of("{%tr for row in annex.rows %}", "{%tr endfor %}")

    assert "không khớp" in fault.message


def test_two_row_tags_in_one_row_are_refused():
    fault = fault_of(table=[["{%tr if annex.rows %}", "{%tr endif %}"], ["a", "b"]])

    assert "không khớp" in fault.message


def test_a_body_needs_the_styles_of_its_levels():
    faults = faults_of(make_template("{{p body|outline }}"))

    assert {fault.part for fault in faults} == {"kiểu chữ"}
    assert {"Lời văn", "Khoản", "Điểm", "Gạch đầu dòng", "Điều"} <= {f.quoted for f in faults}


def test_footnotes_hold_no_placeholders():
    members = read_members(make_template("Một"))
    members["word/footnotes.xml"] = (
        b'<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b'<w:footnote w:id="1"><w:p><w:r><w:t>{{ body }}</w:t></w:r></w:p></w:footnote>'
        b"</w:footnotes>"
    )

    (fault,) = faults_of(write_members(members))

    assert fault.part == "chú thích cuối trang"
    assert "không đặt chỗ điền" in fault.message


# What is no mistake


def test_a_tag_may_be_split_over_runs_by_word():
    document = docx.Document()
    paragraph = document.add_paragraph("Số: ")
    for piece, bold in (("{", False), ("{ letter", True), ("head.sym", False), ("bol }", True)):
        paragraph.add_run(piece).bold = bold
    paragraph.add_run("}")

    form = compile_form(save(document), shape=PLAN.shape)
    filled = render(form, {"letterhead": {"symbol": "07/KH-UBND"}})

    assert texts_of(filled, "")[0] == "Số: 07/KH-UBND"


def test_an_office_may_put_a_placeholder_into_its_header():
    form = compile_form(
        make_template("Một", header="{{ letterhead.symbol }} – A & B"), shape=PLAN.shape
    )

    filled = render(form, {"letterhead": {"symbol": "A & B <Văn>"}})

    headers = docx.Document(io.BytesIO(filled)).sections[0].header.paragraphs
    assert headers[0].text == "A & B <Văn> – A & B"


def test_word_s_curly_quotes_around_a_text_are_understood():
    form = compile_form(
        make_template("{% if letterhead.symbol == “x” %}có{% else %}không{% endif %}"),
        shape=PLAN.shape,
    )

    filled = render(form, {"letterhead": {"symbol": "x"}})

    assert texts_of(filled, "")[0] == "có"


def test_a_template_may_count_the_rounds_of_a_loop():
    form = compile_form(
        make_template("{% for line in recipients %}{{ loop.index }}. {{ line }} {% endfor %}"),
        shape=PLAN.shape,
    )

    filled = render(form, {"recipients": ["An", "Ưng"]})

    assert texts_of(filled, "")[0].strip() == "1. An 2. Ưng"


def test_a_template_without_placeholders_is_a_template():
    form = compile_form(make_template("Chỉ có chữ."), shape=PLAN.shape)

    assert form.names == frozenset()
    assert texts_of(render(form, {}), "")[0] == "Chỉ có chữ."


def test_a_form_is_known_by_the_hash_of_its_template():
    first, second = make_template("Một"), make_template("Hai")

    assert compile_form(first).hash == compile_form(first).hash
    assert compile_form(first).hash != compile_form(second).hash


def test_a_value_of_the_wrong_kind_is_a_failed_merge_and_nothing_worse():
    form = compile_form(make_template("{{r letterhead.name_rule_mm|rule }}"), shape=PLAN.shape)

    with pytest.raises(MergeFailed):
        render(form, {"letterhead": {"name_rule_mm": "dài"}})


# What a template must not do


@pytest.mark.parametrize(
    "tag",
    [
        "{{ ''.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ letterhead.__class__ }}",
        "{{ letterhead.symbol.__class__ }}",
        "{{ letterhead['symbol'] }}",
        "{{ cycler }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ self }}",
        "{{ self._TemplateReference__context }}",
        "{{ lipsum(n=9) }}",
        "{{ range(9) }}",
        "{{ letterhead.symbol.upper() }}",
        "{{ letterhead.symbol|attr('x') }}",
        "{{ letterhead.symbol.join(recipients) }}",
        "{{ recipients[0] }}",
        "{{ 9**(9**9) }}",
        "{{ 'a' * 10**9 }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ letterhead.symbol ~ letterhead.symbol }}",
        "{{ -1 }}",
        "{{ 99999999999 }}",
        "{{ '" + "a" * 250 + "' }}",
        "{% if 9**9 %}{% endif %}",
        "{% for i in range(10**9) %}{% endfor %}",
        "{% for i in 'abc' %}{% endfor %}",
        "{% for i in [1, 2] %}{% endfor %}",
        "{% for i in recipients recursive %}{% endfor %}",
        "{% for a, b in annex.rows %}{% endfor %}",
        "{% for loop in recipients %}{% endfor %}",
        "{% set x = 1 %}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% macro m() %}{% endmacro %}",
        "{% raw %}{% endraw %}",
        "{% if letterhead.symbol is callable %}{% endif %}",
        "{{ letterhead.symbol if 9**9 else 1 }}",
        "{{ " + "(" * 140 + "1" + ")" * 140 + " }}",
        "{{r letterhead.name_rule_mm|rule|rule }}",
        "{{r letterhead.name_rule_mm|rule(9) }}",
        "{%p for row in annex.rows|lines %}",
    ],
)
def test_a_template_that_would_do_more_than_fill_is_refused_at_once(tag):
    started = time.process_time()

    assert faults_of(make_template(tag))
    assert time.process_time() - started < 2


@pytest.mark.parametrize("tag", ["{{ ''.__class__ }}", "{{ 9**(9**9) }}", "{{ cycler }}"])
@pytest.mark.parametrize("place", ["header", "cell", "attribute", "split"])
def test_it_is_refused_wherever_it_stands(tag, place):
    drawn = {
        "header": lambda: make_template("Một", header=tag),
        "cell": lambda: make_template(table=[[tag, "b"]]),
        "attribute": lambda: _in_attribute(tag),
        "split": lambda: _split_over_runs(tag),
    }[place]()
    started = time.process_time()

    assert faults_of(drawn)
    assert time.process_time() - started < 2


def _split_over_runs(tag):
    document = docx.Document()
    paragraph = document.add_paragraph()
    for letter in tag:
        paragraph.add_run(letter)
    return save(document)


def _in_attribute(tag):
    document = docx.Document()
    document.add_paragraph("Một")
    section = document.sections[0]._sectPr
    section.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}rsidR", tag)
    return save(document)


@pytest.mark.parametrize("letters", [("{", "{ 9**(9**9) }", "}"), ("{{", " 9**(9**9) ", "}}")])
def test_a_tag_put_together_from_several_paragraphs_is_refused(letters):
    assert faults_of(make_template(*letters))


def test_tags_beyond_number_are_refused_at_once():
    started = time.process_time()

    faults = faults_of(make_template("{{ letterhead.symbol }}" * 600))

    assert "hơn 500 chỗ điền" in faults[-1].message
    assert time.process_time() - started < 2


def test_trusted_template_computes_nothing_while_it_is_compiled_and_no_powers_ever():
    form = compile_form(make_template("{{ 9**(9**9) }}"))

    with pytest.raises(MergeFailed, match="không dùng phép"):
        render(form, {})
