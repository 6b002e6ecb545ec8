"""An office is loaded from its files, again and again: what is new is added, what stands stays."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from records import bodies
from records.bodies import Signatory, Unit
from records.errors import NotFound
from service.__main__ import trinhky
from service.workflow import setting_up
from service.workflow.desk import Desk
from service.workflow.setting_up import Loaded, OfficeFileInvalid

WARD = "phuong-sen-hong"
HEAD = {"key": "chu-tich", "name": "Lò Thị Ngoãn", "head": "CHỦ TỊCH", "is_default": True}
DEPUTY = {
    "key": "pho-chu-tich",
    "name": "Đặng Thuỵ Ưu",
    "mode": "KT.",
    "head": "CHỦ TỊCH",
    "post": "PHÓ CHỦ TỊCH",
}


def ward(**changed: Any) -> dict[str, Any]:
    body = {
        "key": WARD,
        "full_name": "Ủy ban nhân dân Phường Sen Hồng",
        "name_lines": ["ỦY BAN NHÂN DÂN", "PHƯỜNG SEN HỒNG"],
        "code": "UBND",
        "place": "Sen Hồng",
        "signatories": [HEAD],
        "recipients": [{"kind": "decision", "lines": ["Như Điều 3"]}],
    }
    return {**body, **changed}


def unit(key: str, name: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "body": WARD, "name": name, "unit_type": "TRUONG", **more}


def load(desk: Desk, *wards: dict[str, Any], units: tuple[dict[str, Any], ...] = ()) -> Loaded:
    office = {"bodies": wards, "units": units, "awards": [], "campaigns": []}
    return setting_up.load_office(desk, office)


def signatories(desk: Desk) -> dict[str, str]:
    with desk.reading() as session:
        return {one.key: one.name for one in session.scalars(select(Signatory))}


def recipients(desk: Desk, kind: str) -> tuple[str, ...]:
    with desk.reading() as session:
        return bodies.default_recipients(session, bodies.get_body(session, WARD), kind)


def test_office_loaded_again_adds_nothing(empty_desk: Desk) -> None:
    first = load(empty_desk, ward())

    again = load(empty_desk, ward())

    assert (first.bodies, first.signatories, first.recipients) == (1, 1, 1)
    assert again == Loaded()


def test_new_signatory_of_a_body_that_stands_is_added(empty_desk: Desk) -> None:
    load(empty_desk, ward())

    loaded = load(empty_desk, ward(signatories=[HEAD, DEPUTY]))

    assert signatories(empty_desk) == {"chu-tich": "Lò Thị Ngoãn", "pho-chu-tich": "Đặng Thuỵ Ưu"}
    assert (loaded.bodies, loaded.signatories) == (0, 1)
    assert loaded.additions == (
        "Ủy ban nhân dân Phường Sen Hồng: người ký Đặng Thuỵ Ưu (pho-chu-tich)",
    )


def test_signatory_who_stands_is_left_as_he_is(empty_desk: Desk) -> None:
    load(empty_desk, ward())

    loaded = load(empty_desk, ward(signatories=[{**HEAD, "name": "Tên Khác"}]))

    assert signatories(empty_desk) == {"chu-tich": "Lò Thị Ngoãn"}
    assert loaded == Loaded()


def test_new_recipients_follow_those_that_stand(empty_desk: Desk) -> None:
    load(empty_desk, ward())
    lines = ["Đảng ủy (để b/c)", "Như Điều 3"]

    loaded = load(
        empty_desk,
        ward(
            recipients=[
                {"kind": "decision", "lines": lines},
                {"kind": "plan", "lines": ["Các đơn vị", "Đài phát thanh"]},
            ]
        ),
    )

    assert recipients(empty_desk, "decision") == ("Như Điều 3", "Đảng ủy (để b/c)")
    assert recipients(empty_desk, "plan") == ("Các đơn vị", "Đài phát thanh")
    assert loaded.recipients == 3
    assert loaded.additions[0] == (
        "Ủy ban nhân dân Phường Sen Hồng: nơi nhận của Quyết định, Đảng ủy (để b/c)"
    )


def test_signatory_named_twice_is_refused(empty_desk: Desk) -> None:
    with pytest.raises(OfficeFileInvalid, match="chu-tich"):
        load(empty_desk, ward(signatories=[HEAD, HEAD]))


def test_unit_is_followed_by_its_successor(empty_desk: Desk) -> None:
    old = unit("cu", "Trường Tiểu học Hoa Sen", successor="moi")
    new = unit("moi", "Trường Tiểu học Hoa Cúc")

    loaded = load(empty_desk, ward(), units=(old, new))

    assert (loaded.units, loaded.successors) == (2, 1)
    with empty_desk.reading() as session:
        body = bodies.get_body(session, WARD)
        before = bodies.find_unit(session, body, old["name"])
        after = bodies.find_unit(session, body, new["name"])
        assert before is not None
        assert after is not None
        assert before.successor_id == after.id


def test_successor_of_a_unit_that_stands_is_linked_once(empty_desk: Desk) -> None:
    old, new = unit("cu", "Trường Hoa Sen"), unit("moi", "Trường Hoa Cúc")
    load(empty_desk, ward(), units=(old,))

    later = load(empty_desk, ward(), units=({**old, "successor": "moi"}, new))
    again = load(empty_desk, ward(), units=({**old, "successor": "moi"}, new))

    assert (later.units, later.successors) == (1, 1)
    assert later.additions == (
        "Ủy ban nhân dân Phường Sen Hồng: Trường Hoa Sen có đơn vị kế tiếp là Trường Hoa Cúc",
    )
    assert again == Loaded()


def test_successor_that_no_file_names_is_refused_and_nothing_is_kept(empty_desk: Desk) -> None:
    with pytest.raises(OfficeFileInvalid, match="khong-co"):
        load(empty_desk, ward(), units=(unit("cu", "Trường Hoa Sen", successor="khong-co"),))

    with empty_desk.reading() as session:
        assert session.scalars(select(Unit)).all() == []
        with pytest.raises(NotFound):
            bodies.get_body(session, WARD)


def test_command_says_what_was_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRINHKY_DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    toml = (
        f'[[bodies]]\nkey = "{WARD}"\nfull_name = "Ủy ban nhân dân Phường Sen Hồng"\n'
        'name_lines = ["ỦY BAN NHÂN DÂN"]\ncode = "UBND"\nplace = "Sen Hồng"\n'
    )
    deputy = '[[bodies.signatories]]\nkey = "pho"\nname = "Đặng Thuỵ Ưu"\nhead = "CHỦ TỊCH"\n'
    (tmp_path / "bodies.toml").write_text(toml, encoding="utf-8")
    CliRunner().invoke(trinhky, ["database", "upgrade"])
    CliRunner().invoke(trinhky, ["database", "load", str(tmp_path)])
    (tmp_path / "bodies.toml").write_text(toml + deputy, encoding="utf-8")

    said = CliRunner().invoke(trinhky, ["database", "load", str(tmp_path)])

    assert said.exit_code == 0
    assert "0 cơ quan" in said.stdout
    assert "1 người ký" in said.stdout
    assert "+ Ủy ban nhân dân Phường Sen Hồng: người ký Đặng Thuỵ Ưu (pho)" in said.stdout
