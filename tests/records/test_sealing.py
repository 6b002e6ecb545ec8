"""Identity numbers are unreadable in the database and still found."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from records import people
from records.errors import SealRefused
from records.sealing import Seal, is_sealed, read_seal, write_key
from records.store import Store

NUMBER = "001174000123"
BY = {"by": "test", "at": datetime(2026, 10, 9, 2, tzinfo=UTC)}


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "khoa" / "so-dinh-danh.key"
    write_key(path)
    return path


def opened(path: Path, seal: Seal | None) -> Store:
    store = Store(f"sqlite:///{path}", seal=seal)
    store.upgrade()
    return store


def kept(path: Path) -> list[str]:
    with sqlite3.connect(path) as database:
        return [row[0] for row in database.execute("SELECT identity_number FROM people")]


def test_a_number_is_found_by_its_letters_and_nobody_reads_it_in_the_file(
    tmp_path: Path, key: Path
) -> None:
    path = tmp_path / "records.db"
    store = opened(path, read_seal(key))
    with store.transaction() as session:
        people.register_person(session, "Nguyễn Thuỵ Ưu", identity_number=NUMBER, **BY)
        people.register_person(session, "Đặng Đức Huệ", identity_number=None, **BY)

    with store.reading() as session:
        found = people.find_by_identity(session, NUMBER)
        assert found is not None
        assert found.identity_number == NUMBER
        assert people.find_by_identity(session, "001174000124") is None
    store.dispose()
    assert all(text is None or is_sealed(text) for text in kept(path))
    data = b"".join(one.read_bytes() for one in tmp_path.glob("records.db*"))
    assert NUMBER.encode() not in data


def test_without_the_key_or_with_another_a_sealed_number_is_refused(
    tmp_path: Path, key: Path
) -> None:
    path = tmp_path / "records.db"
    store = opened(path, read_seal(key))
    with store.transaction() as session:
        people.register_person(session, "Nguyễn Thuỵ Ưu", identity_number=NUMBER, **BY)
    store.dispose()
    other = tmp_path / "khac.key"
    write_key(other)

    for seal in (None, read_seal(other)):
        store = opened(path, seal)
        with pytest.raises(SealRefused, match="TRINHKY_IDENTITY_KEY"), store.reading() as session:
            people.get_person(session, 1)
        store.dispose()


def test_a_sealed_number_that_was_changed_is_refused(key: Path) -> None:
    seal = read_seal(key)
    sealed = seal.close(NUMBER)

    assert seal.open(sealed) == NUMBER
    assert seal.close(NUMBER) == sealed
    with pytest.raises(SealRefused):
        seal.open(sealed[:-6] + ("AAAA==" if sealed[-6:] != "AAAA==" else "BBBB=="))
    with pytest.raises(SealRefused):
        seal.open("siv1:không")


def test_a_key_is_made_once_and_read_by_its_owner_alone(key: Path) -> None:
    assert key.stat().st_mode & 0o077 == 0
    with pytest.raises(SealRefused, match="đã có"):
        write_key(key)


@pytest.mark.parametrize("text", ["", "AAAA", "khóa", "====", "A" * 200])
def test_a_file_that_holds_no_key_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "sai.key"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(SealRefused):
        read_seal(path)
    with pytest.raises(SealRefused):
        read_seal(tmp_path / "không-có.key")
