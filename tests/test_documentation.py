"""What is written for people agrees with the program: words, figures, files, commands, examples."""

import ast
import inspect
import re
import shlex
import tomllib
from collections.abc import Iterator
from enum import EnumMeta, StrEnum
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from pydantic import BaseModel

from doc_templates import catalogue, decree30
from doc_templates import paper as papers_made
from doc_templates.kinds import PROFILE_EXTRACT, CopyKind, DocumentKind
from doc_templates.merge.environment import make_environment
from doc_templates.styles import Style
from records import (
    accounts,
    awards,
    bodies,
    council,
    documents,
    dossiers,
    entries,
    jobs,
    nominations,
)
from service import app, guarding
from service.__main__ import trinhky
from service.config import PREFIX, Settings
from service.intake import council as intake_council
from service.intake import documents as intake_documents
from service.intake import movement as intake_movement
from service.intake import nominations as intake_nominations
from service.intake import papers as intake_papers
from service.intake import past_awards as intake_past_awards
from service.problems import TITLES
from service.workflow import bookkeeping

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
GLOSSARY = (DOCS / "glossary.md").read_text(encoding="utf-8")
MANUAL = (DOCS / "huong-dan-su-dung.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
DECREE = (DOCS / "decree-30.md").read_text(encoding="utf-8")
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in (*ROOT.glob("*.md"), *DOCS.glob("*.md"))
}
ENTRY_MODULES = (
    intake_papers,
    intake_documents,
    intake_nominations,
    intake_movement,
    intake_council,
    intake_past_awards,
    bookkeeping,
)
RECORD_MODULES = (
    accounts,
    awards,
    bodies,
    council,
    documents,
    dossiers,
    entries,
    jobs,
    nominations,
)


def rows_of(text: str) -> list[list[str]]:
    """The cells of all table rows, without the heads' rules."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return [row for row in cells if not set(row[0]) <= {"-", "|"}]


def glossary() -> set[tuple[str, str]]:
    """Every identifier of the glossary with its Vietnamese."""
    return {
        (identifier, row[1])
        for row in rows_of(GLOSSARY)
        if len(row) > 1
        for identifier in re.findall(r"`([^`]+)`", row[0])
    }


def entry_models() -> Iterator[type[BaseModel]]:
    """All entries that come in, as they are named in the code."""
    seen = set()
    for module in ENTRY_MODULES:
        for value in vars(module).values():
            is_entry = inspect.isclass(value) and issubclass(value, BaseModel)
            if is_entry and value.__name__.endswith("Entry") and value.model_fields:
                seen.add(value)
    yield from sorted(seen, key=lambda model: model.__name__)


def commands(group: click.Group = trinhky, before: tuple[str, ...] = ()) -> Iterator[str]:
    """All commands as they are typed after `trinhky`."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*before, name))
        else:
            yield " ".join((*before, name))


def fences(text: str, language: str) -> list[str]:
    """The code blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def typed_commands(text: str) -> Iterator[list[str]]:
    """All commands of `trinhky` in shell blocks, without `uv run` and settings before them."""
    for block in fences(text, "(?:bash|sh|console)"):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line.removeprefix("$ "), comments=True)
            if "trinhky" in words:
                yield words[words.index("trinhky") + 1 :]


# The glossary


@pytest.mark.parametrize("kind", DocumentKind)
def test_a_document_kind_is_in_the_glossary(kind):
    assert (kind.value, kind.title) in glossary()


def test_copies_and_the_profile_extract_are_in_the_glossary():
    missing = [kind for kind in (*CopyKind, PROFILE_EXTRACT) if f"`{kind}`" not in GLOSSARY]

    assert missing == []


def test_each_closed_set_is_in_the_glossary_with_its_labels():
    known = glossary()
    identifiers = {identifier for identifier, _ in known}
    missing = []
    for module in (*RECORD_MODULES, papers_made):
        for choice in vars(module).values():
            if not (isinstance(choice, EnumMeta) and issubclass(choice, StrEnum)):
                continue
            for member in choice:
                label = getattr(member, "label", None)
                value = member.value or '""'
                found = (value, label) in known if label else value in identifiers
                if not found:
                    missing.append(f"{choice.__name__}.{member.name}")

    assert missing == []


def test_each_field_of_an_entry_is_in_the_glossary_with_its_label():
    known = glossary()
    missing = []
    for model in entry_models():
        for name, field in model.model_fields.items():
            owners = [
                base for base in model.__mro__ if name in vars(base).get("__annotations__", ())
            ]
            if (f"{owners[0].__name__}.{name}", field.title) not in known:
                missing.append((f"{owners[0].__name__}.{name}", field.title))

    assert missing == []


def test_each_error_is_in_the_glossary_with_its_title():
    known = glossary()
    titles = {(kind.code, title) for kind, (_, title) in TITLES.items()}
    titles |= {(code, title) for code, title, _ in app._HTTP.values() if code != "not-found"}

    assert titles - known == set()


def test_each_fault_code_is_in_the_glossary():
    codes = set()
    for package in ("service", "doc_templates"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call):
                    continue
                name = getattr(node.func, "id", "")
                given = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
                given += node.args[:1] if name == "PydanticCustomError" else []
                codes |= {
                    value.value
                    for value in given
                    if isinstance(value, ast.Constant) and isinstance(value.value, str)
                }
    identifiers = {identifier for identifier, _ in glossary()}

    assert codes - identifiers == set()


@pytest.mark.parametrize("form", catalogue.list_forms(), ids=lambda form: form.kind)
def test_each_placeholder_of_a_form_is_in_the_glossary(form):
    identifiers = {identifier for identifier, _ in glossary()}
    names = catalogue.compiled(form.kind).names | set(form.shape)

    assert names - identifiers == set()


# Settings, commands, filters, styles


@pytest.mark.parametrize("name", Settings.model_fields)
def test_a_setting_is_documented(name):
    assert any(f"`{PREFIX}{name.upper()}`" in text for text in PAGES.values())


@pytest.mark.parametrize("command", list(commands()))
def test_a_command_is_documented(command):
    assert any(f"trinhky {command}" in text for text in PAGES.values())


@pytest.mark.parametrize("name", make_environment().filters)
def test_a_filter_of_templates_is_documented(name):
    assert f"|{name} " in MANUAL


@pytest.mark.parametrize("style", Style)
def test_a_style_of_the_templates_is_documented(style):
    table = MANUAL[MANUAL.index("**Đổi kiểu chữ**") : MANUAL.index("**Chỗ điền**")]
    names = {name.strip() for row in rows_of(table) for name in row[1].split(";")}

    assert style.label in names


# The decree


def figures(heading: str) -> list[list[str]]:
    """The rows below the table head that begins so."""
    table = DECREE[DECREE.index(f"| {heading}") :].split("\n\n")[0]
    return rows_of(table)[1:]


@pytest.mark.parametrize("row", figures("Part (mục V)"), ids=lambda row: row[1].strip("`"))
def test_a_lettering_is_that_of_the_decree(row):
    _, constant, *written = row

    set_so = getattr(decree30, constant.strip("`"))

    sizes = (set_so.least_pt, set_so.most_pt, set_so.chosen_pt)
    assert tuple(map(float, written[:3])) == sizes
    looks = (set_so.bold, set_so.italic, set_so.capitals)
    assert tuple(word == "yes" for word in written[3:]) == looks


def test_every_lettering_stands_in_the_table():
    letterings = {
        f"`{name}`"
        for name, value in vars(decree30).items()
        if isinstance(value, decree30.Lettering)
    }

    assert {row[1] for row in figures("Part (mục V)")} == letterings


@pytest.mark.parametrize("row", figures("Margin (mục I.3)"), ids=lambda row: row[1].strip("`"))
def test_a_margin_is_that_of_the_decree(row):
    _, constant, *written = row

    margin = getattr(decree30, constant.strip("`"))

    assert tuple(map(float, written)) == (margin.least_mm, margin.most_mm, margin.chosen_mm)


@pytest.mark.parametrize("row", figures("Figure"), ids=lambda row: row[1].strip("`"))
def test_a_figure_is_that_of_the_decree(row):
    _, constant, written = row

    value = getattr(decree30, constant.strip("`"))

    expected = tuple(map(float, written.split(", ")))
    assert (value if isinstance(value, tuple) else (value,)) == expected


# Files, links, targets


@pytest.mark.parametrize("page", PAGES)
def test_every_file_named_on_a_page_is_there(page):
    tops = ("service/", "records/", "doc_templates/", "tests/", "fixtures/", "docs/", ".ci/")
    named = re.findall(r"`([\w./-]+)`", PAGES[page])

    missing = [
        name for name in named if name.startswith((*tops, "benchmarks/")) and not exists(name)
    ]

    assert missing == []


def exists(name: str) -> bool:
    return (ROOT / name).exists()


@pytest.mark.parametrize("page", PAGES)
def test_every_link_within_the_project_leads_somewhere(page):
    folder = (ROOT / page).parent
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", PAGES[page]):
        if target.startswith(("http://", "https://")):
            continue
        name, _, anchor = target.partition("#")
        path = folder / name if name else ROOT / page
        if not path.exists() or (anchor and anchor not in anchors(path)):
            broken.append(target)

    assert broken == []


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as forges make them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES)
def test_every_make_target_named_on_a_page_is_in_the_makefile(page):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    lines = "\n".join(fences(PAGES[page], r"(?:bash|sh|console)"))
    named = set(re.findall(r"`make ([a-z]+)", PAGES[page]))
    named |= set(re.findall(r"^(?:\$ )?make ([a-z]+)", lines, re.MULTILINE))

    assert named - targets == set()


def test_every_make_target_is_explained_to_contributors():
    targets = re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)

    assert [target for target in targets if f"`make {target}" not in CONTRIBUTING] == []


def test_every_error_title_is_explained_in_the_manual_or_never_seen_by_a_clerk():
    unseen = {"settings-invalid", "paper-error", "form-unknown", "paper-unreadable"}
    unseen |= {"records-error", "document-frozen", "store-refused"}

    missing = [
        title
        for kind, (_, title) in TITLES.items()
        if kind.code not in unseen and f"| {title} |" not in MANUAL
    ]

    assert missing == []


# Commands and examples


@pytest.mark.parametrize("page", PAGES)
def test_every_command_shown_is_one_that_there_is(page):
    for words in typed_commands(PAGES[page]):
        command: click.Command = trinhky
        context = click.Context(trinhky, info_name="trinhky")
        rest = list(words)
        while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
            name = rest.pop(0)
            assert name in command.commands, f"{page}: trinhky {shlex.join(words)}"
            command = command.commands[name]
            context = click.Context(command, info_name=name, parent=context)
        try:
            given, _, _ = command.make_parser(context).parse_args(rest)
        except click.UsageError as error:
            pytest.fail(f"{page}: trinhky {shlex.join(words)}: {error.format_message()}")
        needed = {option.name for option in command.params if option.required}
        assert needed <= set(given), f"{page}: trinhky {shlex.join(words)}"


@pytest.mark.parametrize("page", PAGES)
def test_every_toml_example_can_be_read(page):
    for block in fences(PAGES[page], "toml"):
        read = tomllib.loads(block)
        if "kind" in read and "issuer" in read:
            intake_papers.parse_paper(read)


def test_the_manual_can_be_followed_from_its_first_command_to_its_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    for block in fences(MANUAL, "toml"):
        name = re.match(r"# Tệp: (\S+)\n", block)
        assert name, block
        path = tmp_path / name[1]
        path.parent.mkdir(exist_ok=True)
        path.write_text(block, encoding="utf-8")
    lines = [line for block in fences(MANUAL, "bash") for line in block.splitlines()]

    said = {}
    for line in lines:
        result = CliRunner().invoke(trinhky, shlex.split(line)[1:], catch_exceptions=False)
        assert result.exit_code == 0, f"{line}\n{result.output}"
        said[line] = result.output

    assert_says(said, "trinhky draft to-trinh.toml", "Số dự kiến: 12")
    assert_says(said, "trinhky issue 1", "12/TTr-THHC")
    assert_says(said, "trinhky issue 3", "01/QĐ-UBND")
    assert_says(said, "trinhky issue 4", "02/UBND-VHXH")
    assert_says(said, "trinhky issue 5", "03/QĐ-UBND")
    assert (tmp_path / "12-TTr-THHC.docx").exists()


def assert_says(said: dict[str, Any], command: str, words: str) -> None:
    (output,) = (output for line, output in said.items() if line.startswith(command))
    assert words in output


# The pages for other systems and for whoever runs it


def test_every_call_of_the_api_stands_on_its_page_with_what_it_asks_for():
    page = (DOCS / "api.md").read_text(encoding="utf-8")
    told = {(row[0].strip("`"), row[1].split("`")[1]) for row in rows_of(page) if "/api/" in row[0]}
    made = app.create_app(Settings())
    there = set()
    for rule in made.url_map.iter_rules():
        if rule.rule.startswith("/api/"):
            (method,) = (rule.methods or set()) & {"GET", "POST"}
            address = re.sub(r"<(?:[^<>:]*:)?(\w+)>", r"{\1}", rule.rule)
            asked = guarding.asked_of(rule.endpoint, method).value
            there.add((f"{method} {address}", asked))

    assert told == there
