"""An office that begins to seal identity numbers seals the old ones, and can change the key."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import String, select, type_coerce

from records import nominations, people
from records.errors import SealRefused
from records.nominations import Nomination
from records.sealing import is_sealed, read_seal, write_key
from records.store import Store
from service.__main__ import trinhky
from service.intake.nominations import parse_nominations
from service.workflow import nominating, personal, protecting
from service.workflow.desk import Desk
from tests.service.past_awards import past_award

NUMBER = "001174000123"


@pytest.fixture
def numbered(desk: Desk) -> Desk:
    """A desk with two nominations and a past award of one person, kept before any key."""
    nominee = {
        "body": "phuong-hai-ba-trung",
        "award": "ntvt",
        "name": "Nguyễn Thuỵ Ưu",
        "deed": "Nhặt được ví, trả lại người mất.",
        "identity_number": NUMBER,
    }
    nominating.nominate(desk, parse_nominations([nominee, nominee]), by="test")
    past_award(desk, identity_number=NUMBER)
    return desk


def raw(desk: Desk) -> list[str]:
    with desk.reading() as session:
        return list(session.scalars(select(type_coerce(Nomination.identity_number, String))))


def sealing(desk: Desk, path: Path, key: Path) -> Desk:
    return replace(desk, store=Store(f"sqlite:///{path}", seal=read_seal(key)))


def test_old_numbers_are_sealed_and_the_same_person_is_still_one(
    numbered: Desk, tmp_path: Path
) -> None:
    write_key(tmp_path / "a.key")
    desk = sealing(numbered, tmp_path / "records.db", tmp_path / "a.key")

    assert protecting.seal_numbers(desk) == 3
    assert protecting.seal_numbers(desk) == 0

    assert all(map(is_sealed, raw(numbered)))
    with desk.reading() as session:
        assert nominations.get_nomination(session, 1).identity_number == NUMBER
        assert people.find_by_identity(session, NUMBER) is not None
    told = personal.export(desk, 1)
    assert len(told["nominations"]) == 2
    assert len(told["awards"]) == 1
    desk.store.dispose()


def test_the_key_is_changed_with_the_old_one_at_hand_and_not_without(
    numbered: Desk, tmp_path: Path
) -> None:
    for name in ("a.key", "b.key"):
        write_key(tmp_path / name)
    first = sealing(numbered, tmp_path / "records.db", tmp_path / "a.key")
    protecting.seal_numbers(first)
    before = raw(numbered)
    second = sealing(numbered, tmp_path / "records.db", tmp_path / "b.key")

    with pytest.raises(SealRefused):
        protecting.seal_numbers(second, old=read_seal(tmp_path / "b.key"))
    assert raw(numbered) == before
    assert protecting.seal_numbers(second, old=read_seal(tmp_path / "a.key")) == 3

    with second.reading() as session:
        assert nominations.get_nomination(session, 2).identity_number == NUMBER
    for desk in (first, second):
        desk.store.dispose()


def test_keys_are_made_and_numbers_sealed_by_command(
    numbered: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRINHKY_DATABASE_URL", f"sqlite:///{tmp_path / 'records.db'}")
    key = tmp_path / "so-dinh-danh.key"
    run = CliRunner()

    without = run.invoke(trinhky, ["database", "seal"])
    made = run.invoke(trinhky, ["database", "key", str(key)])
    again = run.invoke(trinhky, ["database", "key", str(key)])
    monkeypatch.setenv("TRINHKY_IDENTITY_KEY", str(key))
    sealed = run.invoke(trinhky, ["database", "seal"])
    monkeypatch.setenv("TRINHKY_IDENTITY_KEY", str(tmp_path / "không-có"))
    lost = run.invoke(trinhky, ["person", "export", "1"])

    assert without.exit_code == 1
    assert made.exit_code == 0
    assert again.exit_code == 1
    assert "Đã mã hóa 3 số định danh" in sealed.output
    assert lost.exit_code == 1
    assert "Khóa số định danh không dùng được" in lost.output
    assert NUMBER not in raw(numbered)
