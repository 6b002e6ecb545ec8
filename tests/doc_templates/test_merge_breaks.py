"""Line breaks, tabs, new paragraphs and pages in values become what docxtpl makes of them."""

from docxtpl import DocxTemplate
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from doc_templates.merge.environment import escape_quickly
from doc_templates.merge.mending import resolve_breaks

_TEXTS = st.text(st.sampled_from("ab \n\t\a\f"), max_size=6)
_TAGS = st.sampled_from(["<w:t>", '<w:t xml:space="preserve">'])
_PROPERTIES = st.sampled_from(["", "<w:rPr><w:b/></w:rPr>"])


@st.composite
def _runs(draw):
    """A run of one or two texts, or one that holds a text box with a paragraph of its own."""
    texts = "".join(f"{draw(_TAGS)}{draw(_TEXTS)}</w:t>" for _ in range(draw(st.integers(0, 2))))
    box = draw(st.sampled_from(["", "", f"<w:pict><w:p><w:r>{texts}</w:r></w:p></w:pict>"]))
    tag = draw(st.sampled_from(["<w:r>", '<w:r w:rsidR="1">']))
    return f"{tag}{draw(_PROPERTIES)}{box}{texts}</w:r>"


@st.composite
def _paragraphs(draw):
    tag = draw(st.sampled_from(["<w:p>", '<w:p w:rsidR="1">']))
    layout = draw(st.sampled_from(["", '<w:pPr><w:jc w:val="both"/></w:pPr>']))
    return f"{tag}{layout}{''.join(draw(st.lists(_runs(), max_size=4)))}</w:p>"


@given(st.lists(st.one_of(_paragraphs(), st.sampled_from(["\n", "<w:tbl>\n", "</w:tbl>"]))))
def test_breaks_are_resolved_letter_for_letter_as_docxtpl_does(pieces):
    text = "".join(pieces)

    assert resolve_breaks(text) == DocxTemplate(None).resolve_listing(text)


@given(st.text(st.sampled_from("ab&<>'\"đ{}\n"), max_size=20))
def test_text_is_escaped_letter_for_letter_as_jinja_does(text):
    assert escape_quickly(text) == str(escape(text))


def test_a_line_break_in_a_plain_text_is_answered_on_the_spot():
    text = "<w:p><w:r><w:t>một\nhai\nba</w:t></w:r></w:p>"

    assert resolve_breaks(text) == DocxTemplate(None).resolve_listing(text)
    assert resolve_breaks(text).count("<w:br/>") == 2
