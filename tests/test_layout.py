"""The house rules that a machine can keep: who knows whom, how large, what is never written."""

import ast
import importlib
import pkgutil
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

import doc_templates
import records
import service
from service.problems import TITLES

ROOT = Path(__file__).parents[1]
PACKAGES = ("service", "records", "doc_templates")
MOST_LINES = 400
ROOMS_WITHOUT_A_NOUN = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}


def sources() -> list[Path]:
    """All Python files of the three packages."""
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def kept_files() -> list[Path]:
    """All files that are, or will be, committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("NOT RUN: needs a git checkout")
    found = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return sorted(path for path in found if path.is_file())


def kept_texts() -> Iterator[tuple[str, str]]:
    """All committed text files: path from the root, and content."""
    for path in kept_files():
        content = path.read_bytes()
        if b"\0" not in content:
            yield str(path.relative_to(ROOT)), content.decode("utf-8")


def calls_of(method: str) -> list[str]:
    """Name the files of the packages that call a method of this name."""
    found = []
    for path in sources():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        called = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
        if any(isinstance(func, ast.Attribute) and func.attr == method for func in called):
            found.append(path.relative_to(ROOT).as_posix())
    return found


def our_errors() -> set[type[Exception]]:
    """All exceptions with a code that our packages define: those that a face must answer."""
    found = set()
    for package in (doc_templates, records, service):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for value in vars(importlib.import_module(module.name)).values():
                is_error = isinstance(value, type) and issubclass(value, Exception)
                if is_error and value.__module__.startswith(PACKAGES) and hasattr(value, "code"):
                    found.add(value)
    return found


def test_nobody_imports_against_the_direction_of_the_house():
    checked = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from importlinter.cli import lint_imports;"
            "sys.exit(lint_imports(no_cache=True))",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_no_file_holds_more_than_one_noun_can_fill():
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in sources()
    }

    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def test_no_room_is_called_utils_or_the_like():
    names = {path.relative_to(ROOT).as_posix(): {path.stem, path.parent.name} for path in sources()}

    assert [name for name, parts in names.items() if parts & ROOMS_WITHOUT_A_NOUN] == []


def test_transactions_begin_in_the_workflow_and_nowhere_else():
    strangers = [
        name for name in calls_of("transaction") if not name.startswith("service/workflow/")
    ]

    assert strangers == []


def test_only_the_store_ends_a_transaction():
    ends = {*calls_of("commit"), *calls_of("rollback")}

    assert ends - {"records/store.py"} == set()


def test_every_error_has_its_status_and_its_vietnamese_title():
    assert {error.__name__ for error in our_errors() - set(TITLES)} == set()


def test_no_two_errors_share_a_code():
    codes = [error.code for error in our_errors()]

    assert sorted(codes) == sorted(set(codes))


def test_all_text_is_in_composed_unicode():
    decomposed = [name for name, text in kept_texts() if not unicodedata.is_normalized("NFC", text)]

    assert decomposed == []


def test_nothing_names_a_place_on_one_machine():
    place = re.compile(r"(?<![\w.}])/(?:root|home|work)/\w")

    found = {f"{name}: {match[0]}" for name, text in kept_texts() for match in place.finditer(text)}

    assert found == set()


def test_no_sample_holds_what_could_be_an_identity_or_telephone_number():
    number = re.compile(r"(?<![\w-])(?:\d{3}[ .]?\d{3}[ .]?\d{6}|\d{12}|\d{9}|0\d{9})(?![\w-])")

    found = {
        f"{name}: {match[0]}"
        for name, text in kept_texts()
        if name.startswith(("fixtures/", "docs/")) or name.endswith("sample.toml")
        for match in number.finditer(text)
    }

    assert found == set()
