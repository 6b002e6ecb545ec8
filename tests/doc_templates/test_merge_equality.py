"""Our compiled template says what docxtpl says: every member, in canonical XML.

This is the gate of every upgrade of docxtpl and of every change of the engine.
"""

import io
import json
import os
import random
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import docxtpl_suite
import pytest
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage, Listing, RichText
from docxtpl_features import CASES, SECTION, Case, Person, p, r
from jinja2 import Environment, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup
from paper_samples import read_body, read_members, read_text

from benchmarks.merge import equality, templates
from benchmarks.merge.package import draw_package
from doc_templates.errors import MergeFailed
from doc_templates.merge import Deflate, Picture, bulk, compile_form, render, render_buffers

ROOT = Path(__file__).parents[2]
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DECISION, LIST = templates.draw_decision(), templates.draw_list()


def fill_with_docxtpl(docx: bytes, values: Any, environment: Environment | None = None) -> bytes:
    """Fill a template with docxtpl itself."""
    document = DocxTemplate(io.BytesIO(docx))
    document.render(dict(values), environment or make_sandbox())
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def make_sandbox() -> Environment:
    """Make the environment that docxtpl's users are advised to pass."""
    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def hostile_record(seed: int, *, dirty: bool = False) -> tuple[bytes, dict[str, Any]]:
    """Pick a template and spoil every value of a record."""
    is_list = seed % 3 == 0
    record = templates.make_list(seed, rows=3) if is_list else templates.make_decision(seed)
    return (LIST if is_list else DECISION), equality.make_hostile(record, seed, dirty=dirty)


def fill_or_refuse(
    docx: bytes, values: Any, environment: Environment | None = None
) -> bytes | None:
    """Fill a template with our engine; None when it refuses the values."""
    try:
        return render(compile_form(docx, environment=environment), values)
    except MergeFailed:
        return None


# The four templates


@pytest.mark.parametrize("seed", [0, 7])
@pytest.mark.parametrize("name", ["t1", "t2", "t3", "t4"])
def test_the_measured_templates_are_filled_as_docxtpl_fills_them(name, seed):
    sample = templates.SAMPLES[name]
    values = templates.make_list(seed, rows=100) if name == "t3" else sample.make_record(seed)
    docx = sample.draw("jinja")

    ours = render(compile_form(docx), values)

    assert equality.find_differences(ours, fill_with_docxtpl(docx, values)) == []


@pytest.mark.parametrize("deflate", list(Deflate))
def test_both_ways_to_pack_say_the_same(deflate):
    values = templates.make_decision(7)
    form = compile_form(DECISION)

    packed = render(form, values, deflate=deflate)

    assert read_members(packed) == read_members(render(form, values))
    assert b"".join(render_buffers(form, values, deflate=deflate)) == packed
    assert zipfile.ZipFile(io.BytesIO(packed)).testzip() is None


# What docxtpl knows


def _cases(*, with_environment: bool) -> list[Any]:
    return [
        pytest.param(case, id=case.name)
        for case in CASES
        if with_environment or case.environment is None
    ]


@pytest.mark.parametrize("case", _cases(with_environment=True))
def test_whatever_docxtpl_knows_is_filled_as_it_fills_it(case: Case):
    make = case.environment or make_sandbox
    docx = case.draw()

    ours = render(compile_form(docx, environment=make()), case.values)

    assert equality.find_differences(ours, fill_with_docxtpl(docx, case.values, make())) == []


@pytest.mark.parametrize("case", _cases(with_environment=False))
def test_our_own_environment_fills_it_so_too(case: Case):
    docx = case.draw()

    ours = render(compile_form(docx), case.values)

    assert equality.find_differences(ours, fill_with_docxtpl(docx, case.values)) == []


# Hostile values


@pytest.mark.parametrize("start", [0, 100, 200])
def test_hostile_values_are_filled_as_docxtpl_fills_them(start):
    assert _compare_hostile(range(start, start + 100)) == {}


@pytest.mark.slow
def test_hostile_values_are_filled_as_docxtpl_fills_them_every_time():
    assert _compare_hostile(range(1_000, 2_500)) == {}


@pytest.mark.parametrize("start", [0, 50])
def test_letters_that_no_document_can_hold_never_cost_other_text(start):
    for seed in range(start, start + 50):
        docx, values = hostile_record(seed, dirty=True)

        ours = fill_or_refuse(docx, values)

        if ours is not None:
            theirs = fill_with_docxtpl(docx, equality.clean(values))
            assert equality.find_differences(ours, theirs) == []
        else:
            assert values != equality.clean(values)


def _compare_hostile(seeds: range) -> dict[int, list[str]]:
    wrong = {}
    for seed in seeds:
        docx, values = hostile_record(seed)
        ours = render(compile_form(docx), values)
        if found := equality.find_differences(ours, fill_with_docxtpl(docx, values)):
            wrong[seed] = found
    return wrong


# What would be no XML


_NOT_XML = {
    "a sign that nobody escapes": ("{{ t }}", {"t": "A & B"}, False),
    "an element that nobody escapes": ("{{ t }}", {"t": "A <B> C"}, False),
    "markup that is none": ("{{ t }}", {"t": Markup("A & B")}, True),
    "a value the template calls safe": ("{{ t|safe }}", {"t": "a < b"}, True),
    "a control letter in rich text": ("{{r t }}", {"t": RichText("a\x0bb & c")}, True),
    "a control letter in a listing": ("{{ t }}", {"t": Listing("a\x0bb & c")}, True),
    "a control letter in an object": ("{{ t.name }}", {"t": Person("a\x0bb & c")}, True),
    "a control letter in a key": ("{% for k in t %}{{ k }}{% endfor %}", {"t": {"a\x0b": 1}}, True),
    "a control letter from a call": ("{{ t() }}", {"t": lambda: "a\x0b"}, True),
    "a control letter of the template": ("{{ 'a\\x0bb' }}{{ t }}", {"t": "c"}, True),
}


@pytest.mark.parametrize("place", ["body", "header", "footnote"])
@pytest.mark.parametrize("name", _NOT_XML)
def test_what_would_be_no_xml_is_refused_or_mended_but_never_written(name, place):
    tag, values, escapes = _NOT_XML[name]
    paragraph = p(tag) if "{{r" not in tag else p(r("trước "), r(tag))
    docx = {
        "body": lambda: draw_package(paragraph + SECTION),
        "header": lambda: draw_package(p("x") + SECTION, headers=[paragraph]),
        "footnote": lambda: draw_package(
            p("x") + SECTION, footnotes=f'<w:footnote w:id="1">{paragraph}</w:footnote>'
        ),
    }[place]()

    made = fill_or_refuse(docx, values, Environment(autoescape=escapes))

    for member, content in read_members(made).items() if made is not None else ():
        if member.endswith((".xml", ".rels")):
            etree.fromstring(content)


# Threads, pictures, many papers


def test_eight_threads_on_one_form_give_the_papers_of_one():
    form = compile_form(LIST)
    records = [equality.make_hostile(templates.make_list(n, rows=5), n) for n in range(16)]
    alone = [render(form, record) for record in records]

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda record: render(form, record), records * 10))

    assert together == alone * 10


def test_a_picture_is_printed_as_docxtpl_prints_its_own():
    png = templates.draw_png(900, seed=1)
    docx = templates.draw_decision(extra="trước {{ picture }} sau {{ picture }}")
    values = templates.make_decision(0)
    document = DocxTemplate(io.BytesIO(docx))
    document.render(
        {**values, "picture": InlineImage(document, io.BytesIO(png), width=Mm(20))}, make_sandbox()
    )
    buffer = io.BytesIO()
    document.save(buffer)
    picture = Picture(content=png, width_mm=20)

    made = render(compile_form(docx), {**values, "picture": picture})

    assert _pictures(made) == _pictures(buffer.getvalue()) == [png, png]
    assert read_text(made) == read_text(buffer.getvalue())
    for path in (".//{*}inline/{*}extent", ".//{*}spPr/{*}xfrm/{*}ext"):
        assert _attributes(made, path) == _attributes(buffer.getvalue(), path)
    numbers = [dict(one)["id"] for one in _attributes(made, ".//{*}docPr")]
    assert len(numbers) == len(set(numbers)) == 2


@pytest.mark.parametrize("value", ["inline image", "subdocument"])
def test_a_value_bound_to_one_document_is_refused(value):
    document = DocxTemplate(io.BytesIO(DECISION))
    png = io.BytesIO(templates.draw_png(900, seed=1))
    bound = {
        "inline image": lambda: InlineImage(document, png),
        "subdocument": lambda: type("Subdoc", (), {"__module__": "docxtpl.subdoc"})(),
    }[value]()

    with pytest.raises(MergeFailed):
        render(compile_form(DECISION), {**templates.make_decision(0), "head": bound})


def test_a_hyperlink_bound_to_one_document_is_refused():
    bound = RichText("trang", url_id="rId99")

    with pytest.raises(MergeFailed):
        render(compile_form(DECISION), {**templates.make_decision(0), "head": bound})


@pytest.mark.parametrize("limits", [{}, {"most_bytes": 30_000}, {"most_members": 2}])
def test_an_archive_beyond_its_32_bits_can_be_read(limits):
    form = compile_form(DECISION)
    papers = {f"Quyết định {n}.docx": render(form, templates.make_decision(n)) for n in range(9)}
    buffer = io.BytesIO()
    writer = bulk.ZipWriter(buffer, **limits)

    for name, content in papers.items():
        writer.add(name, content)
    size = writer.finish()

    assert size == len(buffer.getvalue())
    assert read_members(buffer.getvalue()) == papers
    assert (b"PK\6\6" in buffer.getvalue()) == bool(limits)


def test_papers_for_the_printer_keep_all_their_words():
    form = compile_form(templates.draw_certificate())
    records = [templates.make_certificate(seed) for seed in range(8)]
    buffer = io.BytesIO()

    count = bulk.write_joined(buffer, form, records)

    joined = buffer.getvalue()
    apart = [read_text(render(form, record)).split() for record in records]
    numbers = [dict(one)["id"] for one in _attributes(joined, ".//{*}docPr")]
    assert count == len(records)
    assert read_text(joined).split() == [word for words in apart for word in words]
    assert len(numbers) == len(set(numbers)) == len(records)
    assert zipfile.ZipFile(io.BytesIO(joined)).testzip() is None


def _pictures(docx: bytes) -> list[bytes]:
    members = read_members(docx)
    relations = etree.fromstring(members["word/_rels/document.xml.rels"])
    targets = {one.get("Id"): one.get("Target") for one in relations}
    types = members["[Content_Types].xml"]
    assert b'Extension="png"' in types
    shown = read_body(docx).iter("{*}blip")
    return [members[f"word/{targets[blip.get(f'{RELATION}embed')]}"] for blip in shown]


def _attributes(docx: bytes, path: str) -> list[tuple[tuple[str, str], ...]]:
    found = read_body(docx).iterfind(path)
    return [tuple(sorted(one.attrib.items())) for one in found]


# docxtpl's own tests


@pytest.fixture(scope="session")
def docxtpl_tests(tmp_path_factory):
    """docxtpl's own tests in a folder to work in: from a checkout, or from its distribution."""
    folder = tmp_path_factory.mktemp("docxtpl")
    if given := os.environ.get("DOCXTPL_TESTS"):
        shutil.copytree(given, folder / "tests")
    else:
        _fetch_distribution(folder)
        for archive in folder.glob("*.tar.gz"):
            with tarfile.open(archive) as package:
                package.extractall(folder, filter="data")
        for found in folder.glob("docxtpl-*/tests"):
            shutil.copytree(found, folder / "tests")
    if not list(folder.glob("tests/templates/*.docx")):
        pytest.skip(
            "NOT RUN, needs docxtpl's source distribution with its tests; "
            "DOCXTPL_TESTS=<folder tests of a checkout> runs them"
        )
    (folder / "tests" / "output").mkdir(exist_ok=True)
    return folder / "tests"


def _fetch_distribution(folder: Path) -> None:
    """Fetch docxtpl's source distribution, with the pip of this environment or of the machine."""
    for pip in ([sys.executable, "-m", "pip"], ["pip"]):
        wanted = ["download", "--quiet", "--no-deps", "--no-binary", ":all:", "docxtpl==0.20.2"]
        if shutil.which(pip[0]) is None:
            continue
        done = subprocess.run(
            [*pip, *wanted, "--dest", str(folder)], capture_output=True, timeout=180, check=False
        )
        if done.returncode == 0:
            return


@pytest.mark.slow
def test_every_document_of_docxtpls_own_tests_is_filled_alike(docxtpl_tests, tmp_path, capsys):
    outcomes: Counter[str] = Counter()
    lines = []

    for script in sorted(docxtpl_tests.glob("[A-Za-z]*.py")):
        if script.name == "runtests.py":
            continue
        report = tmp_path / f"{script.stem}.jsonl"
        done = subprocess.run(
            [sys.executable, docxtpl_suite.__file__, script.name, str(report)],
            cwd=docxtpl_tests,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        told = report.read_text(encoding="utf-8").splitlines() if report.exists() else []
        if not told:
            said = (done.stderr.strip() or "it saves no document").splitlines()[-1]
            told = [json.dumps({"outcome": "nothing to compare", "reason": said, "tier": ""})]
        for line in map(json.loads, told):
            outcomes[line["outcome"]] += 1
            lines.append(f"{script.name}: {line['outcome']} {line['tier']} {line['reason']}")

    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(lines) + f"\n{dict(outcomes)}\n")
    assert outcomes["equal"] > 0
    assert outcomes["differs"] == 0


# Speed


@pytest.mark.slow
def test_a_decision_is_filled_at_least_twenty_times_as_fast_as_by_docxtpl():
    form = compile_form(DECISION)
    records = [templates.make_decision(seed) for seed in range(20)]
    ratios = []

    for _ in range(3):
        started = time.process_time()
        for record in random.Random(1).sample(records, 7):
            fill_with_docxtpl(DECISION, record)
        theirs = (time.process_time() - started) / 7
        started = time.process_time()
        for record in records * 20:
            render(form, record)
        ratios.append(theirs / ((time.process_time() - started) / 400))

    assert sorted(ratios)[1] >= 20, ratios
