"""The files that an administrator copies name settings, commands and files that there are."""

import re
import shlex
from pathlib import Path

import pytest
import yaml

from service.__main__ import trinhky
from service.config import PREFIX, Settings, read_settings

DEPLOY = Path(__file__).parents[1] / "docs" / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
UNIT = (DEPLOY / "trinhky.service").read_text(encoding="utf-8")


def test_every_setting_of_the_compose_file_is_one_of_ours_and_can_be_read() -> None:
    given = COMPOSE["services"]["server"]["environment"]
    filled = {
        name: re.sub(
            r"\$\{(\w+)[^}]*\}", lambda found: {"HOST_NAME": "a.vn"}.get(found[1], ""), text
        )
        for name, text in given.items()
    }

    settings = read_settings(filled)

    assert settings.database_url.startswith("postgresql://")
    assert settings.names == "a.vn"
    assert settings.request_log


def test_every_volume_and_secret_of_a_service_is_declared() -> None:
    for service in COMPOSE["services"].values():
        for volume in service.get("volumes", []):
            assert volume.partition(":")[0] in COMPOSE["volumes"]
        assert set(service.get("secrets", [])) <= set(COMPOSE.get("secrets", {}))
        assert set(service.get("depends_on", [])) <= set(COMPOSE["services"])


@pytest.mark.parametrize("text", [DOCKERFILE, UNIT], ids=["Dockerfile", "unit"])
def test_the_server_is_started_by_a_command_that_there_is(text: str) -> None:
    line = next(line for line in text.splitlines() if re.match(r"CMD|ExecStart", line))
    words = shlex.split(
        re.sub(r'[\[\],"]', " ", line.removeprefix("CMD").partition("=")[2] or line)
    )

    assert words[-1] == "serve"
    assert words[-2].endswith("trinhky")
    assert "serve" in trinhky.commands


def test_settings_of_the_image_are_ours() -> None:
    for name in re.findall(rf"\b{PREFIX}(\w+)", DOCKERFILE):
        assert name.lower() in Settings.model_fields
