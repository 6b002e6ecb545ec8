"""The templates that we ship: what they ask for, and how they look.

All figures are those of Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, written by hand.
"""

import io
import re
import unicodedata
from types import SimpleNamespace

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Pt
from paper_samples import (
    KINDS_WITH_FORM,
    NUMBERED_KINDS,
    ROOT,
    W,
    make_issuer,
    make_nominee,
    make_paper,
    read_body,
    read_members,
    read_paragraphs,
    read_text,
    sample_paper,
    texts_of,
)

from doc_templates import build, catalogue
from doc_templates.errors import FormUnknown
from doc_templates.kinds import DocumentKind
from doc_templates.merge import compile_form
from doc_templates.paper import Subject

CENTRE, LEFT, BOTH = ALIGN.CENTER, ALIGN.LEFT, ALIGN.JUSTIFY
#: Style → row of the table of Mục V, least and most points, bold, italic, alignment.
LETTERING = {
    "NationalName": ("TY-01", 12, 13, True, False, CENTRE),
    "NationalMotto": ("TY-02", 13, 14, True, False, CENTRE),
    "SuperiorBody": ("TY-04", 12, 13, False, False, CENTRE),
    "IssuingBody": ("TY-05", 12, 13, True, False, CENTRE),
    "Symbol": ("TY-07", 13, 13, False, False, CENTRE),
    "PlaceAndDate": ("TY-09", 13, 14, False, True, CENTRE),
    "Kind": ("TY-10", 13, 14, True, False, CENTRE),
    "Abstract": ("TY-11", 13, 14, True, False, CENTRE),
    "LetterAbstract": ("TY-13", 12, 13, False, False, CENTRE),
    "BodyLine": ("TY-14", 13, 14, False, False, BOTH),
    "Heading": ("TY-15", 13, 14, True, False, CENTRE),
    "HeadingTitle": ("TY-16", 13, 14, True, False, CENTRE),
    "Article": ("TY-19", 13, 14, False, False, BOTH),
    "Clause": ("TY-20", 13, 14, False, False, BOTH),
    "ClauseHeading": ("TY-20", 13, 14, True, False, BOTH),
    "Point": ("TY-21", 13, 14, False, False, BOTH),
    "Roman": ("TY-22", 13, 14, True, False, BOTH),
    "LegalBasis": ("TY-23", 13, 14, False, True, BOTH),
    "AuthorityLine": ("TY-24", 13, 14, True, False, CENTRE),
    "SignerName": ("TY-25", 13, 14, True, False, CENTRE),
    "Addressee": ("TY-26", 13, 14, False, False, CENTRE),
    "AddresseesWord": ("TY-26", 13, 14, False, False, LEFT),
    "AddresseesLine": ("TY-26", 13, 14, False, False, LEFT),
    "RecipientsWord": ("TY-27", 12, 12, True, True, LEFT),
    "Recipient": ("TY-28", 11, 11, False, False, LEFT),
    "AnnexWord": ("TY-29", 14, 14, True, False, CENTRE),
    "AnnexTitle": ("TY-30", 13, 14, True, False, CENTRE),
    "AnnexPointer": ("TY-31", 13, 14, False, True, CENTRE),
    "PageNumber": ("PG-07", 13, 14, False, False, CENTRE),
}
TEXT_STYLES = ("BodyLine", "Article", "Clause", "Point", "Dash", "Plus", "LegalBasis")


def _open(kind):
    return docx.Document(io.BytesIO(catalogue.get_form(kind).template()))


class _Inherited:
    """What a style's font or layout says, itself or by the styles that it is based on."""

    def __init__(self, style, part):
        self._style, self._part = style, part

    def __getattr__(self, name):
        style = self._style
        while style is not None:
            if (value := getattr(getattr(style, self._part), name)) is not None:
                return value
            style = style.base_style
        return None


def _style(document, style_id):
    style = next(style for style in document.styles if style.style_id == style_id)
    font, layout = (_Inherited(style, part) for part in ("font", "paragraph_format"))
    return SimpleNamespace(font=font, paragraph_format=layout)


def _paths(shape, before=""):
    """Flatten a shape to the names a template could use."""
    if isinstance(shape, list):
        inner = _paths(shape[0], f"{before}[]")
        return {before} | inner
    if shape is None:
        return {before}
    return set().union(
        *(_paths(inner, f"{before}.{name}".lstrip(".")) for name, inner in shape.items())
    )


def _rules_mm(docx_bytes):
    """Measure the drawn lines in reading order, in mm."""
    extents = read_body(docx_bytes).iter("{*}extent")
    return [int(extent.get("cx")) / 36_000 for extent in extents]


# What a template asks for


def test_every_committed_template_is_what_its_author_draws():
    assert build.stale_forms() == []


def test_a_template_is_drawn_alike_each_time():
    assert build.draw("decision") == build.draw("decision")


@pytest.mark.parametrize("kind", KINDS_WITH_FORM)
def test_a_template_uses_no_name_that_its_context_lacks(kind):
    form = catalogue.get_form(kind)

    assert catalogue.compiled(kind).names <= _paths(form.shape)


@pytest.mark.parametrize("kind", KINDS_WITH_FORM)
def test_every_value_of_a_context_is_printed_by_its_template(kind):
    form = catalogue.get_form(kind)

    printed = {re.split(r"\.|\[", name)[0] for name in catalogue.compiled(kind).names}

    assert printed == set(form.shape)


def test_every_value_of_a_shared_part_is_printed_by_some_form():
    offered, printed = set(), set()
    for form in catalogue.list_forms():
        offered |= _paths(form.shape)
        printed |= catalogue.compiled(form.kind).names

    by_filter = {path for path in offered if path.startswith("body[]")}
    unlooped = {"abstract.lines[]", "annex.title[]", "annex.rows[]"}
    assert offered - by_filter - unlooped == printed - unlooped


def test_a_kind_without_form_is_told_with_those_that_have_one():
    with pytest.raises(FormUnknown, match="official_letter") as caught:
        catalogue.get_form("open_letter")

    assert caught.value.kind == "open_letter"
    assert set(KINDS_WITH_FORM) < set(caught.value.known)
    assert set(DocumentKind) - set(caught.value.known) == {DocumentKind.OPEN_LETTER}


# The page


@pytest.mark.parametrize("kind", KINDS_WITH_FORM)
def test_the_page_is_a4_with_margins_within_the_decree(kind):
    for section in _open(kind).sections:
        size = sorted((round(section.page_width.mm), round(section.page_height.mm)))

        assert size == [210, 297]
        assert 20 - 0.5 <= section.top_margin.mm <= 25.5
        assert 20 - 0.5 <= section.bottom_margin.mm <= 25.5
        assert 30 - 0.5 <= section.left_margin.mm <= 35.5
        assert 15 - 0.5 <= section.right_margin.mm <= 20.5
        assert [
            round(margin.mm)
            for margin in (
                section.top_margin,
                section.bottom_margin,
                section.left_margin,
                section.right_margin,
            )
        ] == [20, 20, 30, 15]


@pytest.mark.parametrize("kind", KINDS_WITH_FORM)
def test_only_the_wide_table_of_the_extract_lies_across(kind):
    section = _open(kind).sections[0]

    assert (section.page_width > section.page_height) == (kind == "profile_extract")


@pytest.mark.parametrize("kind", KINDS_WITH_FORM)
def test_the_page_number_is_centred_in_the_top_margin_from_the_second_page(kind):
    section = _open(kind).sections[0]
    header = section.header.paragraphs[0]

    assert section.different_first_page_header_footer
    assert "".join(t.text for t in header._p.iter(f"{W}instrText")).strip() == "PAGE"
    assert header.style.style_id == "PageNumber"
    assert 0 < section.header_distance < section.top_margin
    assert [p.text for p in section.first_page_header.paragraphs] == [""]
    assert not list(section.first_page_header._element.iter(f"{W}instrText"))


@pytest.mark.parametrize("kind", ["submission", "decision"])
def test_the_annexed_list_counts_its_own_pages_from_one(kind):
    main, annex = docx.Document(io.BytesIO(catalogue.merge(sample_paper(kind)))).sections

    assert annex._sectPr.find(f"{W}pgNumType").get(f"{W}start") == "1"
    assert annex.different_first_page_header_footer
    assert round(main.page_width.mm) == round(annex.page_width.mm) == 210


@pytest.mark.parametrize("kind", ["submission", "decision"])
def test_a_paper_without_nominees_has_no_annex(kind):
    document = docx.Document(io.BytesIO(catalogue.merge(make_paper(kind, nominees=()))))

    assert len(document.sections) == 1
    assert "DANH SÁCH" not in [paragraph.text for paragraph in document.paragraphs]


# The letters


@pytest.mark.parametrize("kind", KINDS_WITH_FORM)
def test_all_type_is_times_new_roman_in_black(kind):
    styles = read_members(catalogue.get_form(kind).template())["word/styles.xml"].decode()
    listed = " ".join(re.findall(r"<w:rFonts[^>]*>", styles))
    fonts = set(re.findall(r'w:\w+="([^"]+)"', listed))

    assert fonts == {"Times New Roman"}
    assert set(re.findall(r'<w:color w:val="([^"]+)"', styles)) <= {"auto", "000000"}


@pytest.mark.parametrize("style_id", LETTERING)
@pytest.mark.parametrize("kind", KINDS_WITH_FORM)
def test_each_part_is_set_as_the_table_of_the_decree_says(kind, style_id):
    row, least, most, bold, italic, align = LETTERING[style_id]
    style = _style(_open(kind), style_id)

    assert least <= style.font.size.pt <= most, row
    assert bool(style.font.bold) == bold, row
    assert bool(style.font.italic) == italic, row
    assert style.paragraph_format.alignment == align, row


@pytest.mark.parametrize("kind", KINDS_WITH_FORM)
def test_the_national_name_and_motto_are_a_pair_that_goes_together(kind):
    document = _open(kind)
    sizes = (
        _style(document, "NationalName").font.size.pt,
        _style(document, "NationalMotto").font.size.pt,
    )

    assert sizes in ((12, 13), (13, 14))


@pytest.mark.parametrize("style_id", TEXT_STYLES)
def test_running_text_keeps_indent_gap_and_spacing_of_the_decree(style_id):
    layout = _style(_open("plan"), style_id).paragraph_format

    assert round(layout.first_line_indent.mm, 1) in (10.0, 12.7)
    assert layout.space_before.pt >= 6
    assert 1.0 <= layout.line_spacing <= 1.5
    assert layout.alignment == BOTH


def test_running_text_is_of_one_size_throughout():
    document = _open("plan")

    assert len({_style(document, style_id).font.size for style_id in TEXT_STYLES}) == 1


def test_a_clerk_sets_all_running_text_in_another_size_by_one_style():
    template = _open("decision")
    template.styles["Lời văn"].font.size = Pt(13)
    edited = io.BytesIO()
    template.save(edited)
    form = compile_form(
        edited.getvalue(), name="edited", shape=catalogue.get_form("decision").shape
    )

    merged = docx.Document(io.BytesIO(catalogue.merge(sample_paper("decision"), form=form)))

    sizes = {_style(merged, style_id).font.size.pt for style_id in (*TEXT_STYLES, "Roman")}
    assert sizes == {13}


@pytest.mark.parametrize("style_id", ["TableHead", "TableGroup", "Spacer"])
def test_the_head_of_a_table_is_not_parted_from_its_rows(style_id):
    assert _style(_open("decision"), style_id).paragraph_format.keep_with_next


def test_the_extract_prints_no_hint_for_the_signer_where_he_signs():
    assert "(Ký tên" not in read_text(catalogue.merge(sample_paper("profile_extract")))


def test_the_abstract_of_a_letter_stands_six_points_below_its_symbol():
    layout = _style(_open("official_letter"), "LetterAbstract").paragraph_format

    assert layout.space_before.pt == 6


def test_several_addressees_stand_under_the_colon():
    document = _open("submission")
    word = _style(document, "AddresseesWord").paragraph_format
    line = _style(document, "AddresseesLine").paragraph_format

    assert round(word.left_indent.mm) == 35
    assert round(line.left_indent.mm + line.first_line_indent.mm) == 45


# The rules


@pytest.mark.parametrize("kind", KINDS_WITH_FORM)
def test_nothing_is_underlined_and_no_rule_is_made_of_letters(kind):
    template = catalogue.get_form(kind).template()
    members = read_members(template)

    assert not any(b"<w:u " in content or b"<w:u/>" in content for content in members.values())
    assert not any(re.search(r"__|--|——|\.{4}", text) for _, text in read_paragraphs(template))


@pytest.mark.parametrize("kind", KINDS_WITH_FORM)
def test_the_rule_under_the_motto_is_as_long_as_the_motto(kind):
    merged = catalogue.merge(sample_paper(kind))

    assert min(abs(rule - 56.1) for rule in _rules_mm(merged)) < 0.6


@pytest.mark.parametrize("kind", KINDS_WITH_FORM)
def test_the_rule_under_the_body_is_a_third_to_a_half_of_its_last_line(kind):
    paper = make_paper(kind, issuer=make_issuer(name=("ỦY BAN NHÂN DÂN",)))

    rule = _rules_mm(catalogue.merge(paper))[0]

    line_mm = 43.2 * 12 / 13  # measured at 13 pt, printed at 12 pt
    assert line_mm / 3 <= rule <= line_mm / 2


@pytest.mark.parametrize("kind", ["plan", "submission", "decision"])
def test_the_rule_under_an_abstract_is_a_third_to_a_half_of_its_line(kind):
    paper = make_paper(kind, abstract="Độc lập - Tự do - Hạnh phúc")

    rule = _rules_mm(catalogue.merge(paper))[2]

    assert 60.5 / 3 <= rule <= 60.5 / 2


def test_a_letter_has_no_rule_under_its_abstract():
    assert len(_rules_mm(catalogue.merge(make_paper("official_letter")))) == 2


def test_a_rule_is_a_straight_black_line_with_a_fallback_for_old_word():
    body = read_body(catalogue.merge(make_paper("plan")))

    lines = list(body.iter("{*}prstGeom"))
    assert {line.get("prst") for line in lines} == {"line"}
    assert len(lines) == len(list(body.iter("{urn:schemas-microsoft-com:vml}line")))


# What stands on the paper


@pytest.mark.parametrize("kind", KINDS_WITH_FORM)
def test_the_national_heading_is_word_for_word(kind):
    template = catalogue.get_form(kind).template()

    assert texts_of(template, "NationalName") == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert texts_of(template, "NationalMotto") == ["Độc lập - Tự do - Hạnh phúc"]


@pytest.mark.parametrize("kind", ["submission", "decision", "profile_extract"])
def test_the_head_of_a_list_is_repeated_and_its_group_rows_span_it(kind):
    paper = make_paper(
        kind, nominees=(make_nominee(), make_nominee("Tổ 7", subject=Subject.COLLECTIVE))
    )
    body = read_body(catalogue.merge(paper))

    (mark,) = body.iter(f"{W}tblHeader")
    table = next(mark.iterancestors(f"{W}tbl"))
    head, *rows = table.findall(f"{W}tr")
    columns = len(table.find(f"{W}tblGrid"))
    assert head.find(f"{W}trPr/{W}tblHeader") is not None
    assert [len(row.findall(f"{W}tc")) for row in rows] == [1, columns, 1, columns]
    assert rows[0].find(f"{W}tc/{W}tcPr/{W}gridSpan").get(f"{W}val") == str(columns)


@pytest.mark.parametrize("kind", KINDS_WITH_FORM)
def test_a_list_is_no_wider_than_the_text(kind):
    for table in _open(kind).tables:
        width_mm = sum(column.width.mm for column in table.columns)
        wide = 297 if kind == "profile_extract" else 210

        assert width_mm <= wide - 30 - 15 + 0.5


@pytest.mark.parametrize("kind", NUMBERED_KINDS)
def test_a_draft_keeps_room_for_number_and_date(kind):
    merged = catalogue.merge(make_paper(kind, number=None, issued_on=None, year=2026))

    symbol = (
        "UBND-NV"
        if kind == "official_letter"
        else {
            "plan": "KH-UBND",
            "submission": "TTr-UBND",
            "decision": "QĐ-UBND",
        }[kind]
    )
    (printed,) = texts_of(merged, "Symbol")
    assert re.fullmatch(rf"Số: {{6,7}}/{symbol}", printed)
    assert texts_of(merged, "PlaceAndDate") == ["Gia Lâm, ngày      tháng      năm 2026"]


def test_a_template_carries_no_author_and_no_clock():
    for kind in KINDS_WITH_FORM:
        properties = _open(kind).core_properties

        assert properties.author == ""
        assert properties.last_modified_by == ""
        assert properties.created.year == 2020


@pytest.mark.parametrize("kind", KINDS_WITH_FORM)
def test_the_sample_of_a_form_is_in_composed_unicode(kind):
    sample = (ROOT / "doc_templates" / "forms" / kind / "sample.toml").read_text("utf-8")

    assert unicodedata.is_normalized("NFC", sample)
