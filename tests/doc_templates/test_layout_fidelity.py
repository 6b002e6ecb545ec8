"""Our pages against those of LibreOffice 25.2, whose positions are kept: pages, lines, places."""

import functools

import pytest

from benchmarks.fidelity import compare, corpus, reference
from benchmarks.fidelity.compare import Nearness
from benchmarks.fidelity.words import words_of
from doc_templates.layout import faces
from doc_templates.layout.display import Glyphs
from doc_templates.pdf.fast import lay_out, to_pdf

#: Where the reference lets shrunk lines behind a list's tab run into the margin; see docs/print.md.
INTO_THE_MARGIN = {"by-hand-list-15"}


@functools.cache
def papers() -> dict[str, bytes]:
    return dict(corpus.documents())


NAMES = sorted(path.name.removesuffix(".json.gz") for path in reference.FOLDER.glob("*.gz"))


@functools.cache
def nearness(name: str) -> Nearness:
    return compare.compare(words_of(to_pdf(papers()[name])), reference.read(name))


def test_reference_is_kept_for_every_paper_of_the_corpus() -> None:
    kept = {path.name.removesuffix(".json.gz") for path in reference.FOLDER.glob("*.gz")}

    assert kept == set(papers())
    assert len(kept) == 34


@pytest.mark.parametrize("name", NAMES)
def test_pages_and_lines_break_where_those_of_the_reference_do(name: str) -> None:
    found = nearness(name)

    assert found.pages == found.reference_pages
    assert found.equal_breaks == found.breaks
    assert found.same_words_pages == found.pages
    assert found.line_share >= (0.9 if "table" in name else 0.97)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in INTO_THE_MARGIN])
def test_words_stand_where_those_of_the_reference_do(name: str) -> None:
    found = nearness(name)

    assert found.matched >= 0.97 * found.words
    assert found.median <= 0.3
    assert found.p95 <= (1.0 if name.endswith("-14") else 2.0)


def test_justified_lines_end_at_the_margin_in_the_file_itself() -> None:
    docx = papers()["quyet-dinh-15"]
    (page, *_), (words, *_) = lay_out(docx).pages, words_of(to_pdf(docx))
    justified = [item for item in page.items if isinstance(item, Glyphs) and item.word_space]
    face_of = faces.all_faces()

    ends = []
    for item in justified:
        last = item.text.split(" ")[-1]
        at = item.x + item.width - face_of[item.face].width(last) * item.size
        same = [word.x - at for word in words if word.text == last and abs(word.y - item.y) < 1]
        ends += [min(same, key=abs)] if same else []

    assert len(ends) >= 10
    assert max(map(abs, ends)) < 0.4
