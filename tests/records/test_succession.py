"""A body or unit is found under any name it had, with the name of who stands there today."""

from __future__ import annotations

from datetime import date

import pytest

from records import succession
from records.bodies import Unit, UnitType
from records.rules.bases import bases_on, catalogue
from tests.records.record_samples import make_body


@pytest.fixture
def session(store):
    with store.transaction() as opened:
        yield opened


def add_unit(session, body, name, **given):
    unit = Unit(body_id=body.id, name=name, unit_type=UnitType.SCHOOL, **given)
    session.add(unit)
    session.flush()
    return unit


def test_an_old_name_leads_through_every_merger_to_the_name_of_today(session):
    body = make_body(session)
    today = add_unit(session, body, "Trường Tiểu học Hoa Phượng")
    between = add_unit(session, body, "Trường Tiểu học Hoa Sen", successor_id=today.id)
    add_unit(
        session,
        body,
        "Trường Cấp I Đống Đa",
        successor_id=between.id,
        valid_to=date(1995, 8, 31),
    )

    found = succession.find_named(session, "dong da")

    assert [(row.name, now) for row, now in found] == [
        ("Trường Cấp I Đống Đa", "Trường Tiểu học Hoa Phượng")
    ]
    assert [now for _, now in succession.find_named(session, "HOA PHƯỢNG")] == [""]


def test_two_that_name_each_other_do_not_go_round_for_ever(session):
    body = make_body(session)
    one = add_unit(session, body, "Đơn vị Một")
    two = add_unit(session, body, "Đơn vị Hai", successor_id=one.id)
    one.successor_id = two.id
    session.flush()

    assert len(succession.find_named(session, "đơn vị")) == 2


def test_nothing_asked_finds_nothing(session):
    assert succession.find_named(session, "  ") == ()


@pytest.mark.parametrize(
    ("day", "keys"),
    [
        (date(2023, 4, 21), ["luat-2003", "nd-91-2017"]),
        (date(2024, 1, 1), ["luat-2022", "nd-98-2023"]),
        (date(2025, 6, 30), ["luat-2022", "nd-98-2023"]),
        (date(2025, 7, 1), ["luat-2022", "nd-152-2025"]),
        (date(2027, 3, 1), ["luat-2022"]),
    ],
)
def test_a_paper_rests_on_the_law_of_its_day(day, keys):
    assert [one.key for one in bases_on(day)] == keys


def test_every_basis_says_who_tells_its_days():
    assert all(one.source and one.title for one in catalogue())
