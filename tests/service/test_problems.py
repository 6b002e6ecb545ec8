"""Every error has one status and one Vietnamese title; settings are checked at the start."""

import inspect
from types import ModuleType

import pytest

from doc_templates import errors as paper_errors
from records import errors as record_errors
from service import problems
from service.config import SettingsInvalid, read_settings


def _classes(module: ModuleType) -> list[type[Exception]]:
    return [
        kind
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, Exception) and kind.__module__ == module.__name__
    ]


@pytest.mark.parametrize("kind", [*_classes(paper_errors), *_classes(record_errors)])
def test_every_error_class_has_its_own_problem(kind: type[Exception]) -> None:
    assert kind in problems.TITLES


def test_codes_are_stable_words_and_stand_once() -> None:
    codes = [getattr(kind, "code", "") for kind in problems.TITLES]

    assert len(set(codes)) == len(codes)
    assert all(code and code == code.lower() and " " not in code for code in codes)


def test_subclass_without_a_row_takes_that_of_its_family() -> None:
    class Special(record_errors.RegisterClosed):
        def __init__(self) -> None:
            Exception.__init__(self, "Sổ đã khóa.")

    assert problems.describe(Special()).status == 409


def test_settings_come_from_the_environment_under_one_prefix() -> None:
    found = read_settings({"TRINHKY_PORT": "9000", "HOME": "/x"})

    assert found.port == 9000
    assert found.host == "127.0.0.1"


@pytest.mark.parametrize("environment", [{"TRINHKY_PROT": "1"}, {"TRINHKY_PORT": "x"}])
def test_wrong_settings_stop_the_start(environment: dict[str, str]) -> None:
    with pytest.raises(SettingsInvalid, match="TRINHKY_PORT"):
        read_settings(environment)
