"""A movement keeps its key through its names, and is found under any of them."""

from __future__ import annotations

from datetime import date

import pytest

from records import movements
from records.errors import Conflict, NotFound
from tests.records.record_samples import make_body

RENAMED = date(2022, 7, 15)
OLD = "Vì một Hưng Yên không còn đói nghèo"
NEW = "Vì người nghèo - Không để ai bị bỏ lại phía sau"


@pytest.fixture
def session(store):
    with store.transaction() as opened:
        yield opened


@pytest.fixture
def body(session):
    body = make_body(session)
    movements.name_movement(
        session, body, "nguoi-ngheo", name=OLD, lead="Sở Lao động", valid_from=date(2016, 1, 1)
    )
    movements.name_movement(
        session, body, "nguoi-ngheo", name=NEW, valid_from=RENAMED, source="CV 1801, mục 5"
    )
    return body


@pytest.mark.parametrize(
    ("text", "day", "name"),
    [
        (OLD, date(2022, 7, 14), OLD),
        (OLD, RENAMED, NEW),
        (NEW, date(2020, 1, 1), OLD),
        ("nguoi-ngheo", date(2025, 1, 1), NEW),
        ("vi mot hung yen khong con doi ngheo", date(2025, 1, 1), NEW),
    ],
)
def test_any_name_finds_the_name_of_the_day(session, body, text, day, name):
    assert movements.movement_on(session, body, text, day).name == name


def test_a_new_name_keeps_the_lead_unless_it_says_another(session, body):
    assert movements.movement_on(session, body, NEW, RENAMED).lead == "Sở Lao động"


def test_a_movement_that_had_not_begun_is_not_found(session, body):
    with pytest.raises(NotFound):
        movements.movement_on(session, body, OLD, date(2015, 12, 31))


def test_a_name_does_not_begin_before_the_one_it_follows(session, body):
    with pytest.raises(Conflict, match="15/7/2022"):
        movements.name_movement(session, body, "nguoi-ngheo", name="Khác", valid_from=RENAMED)


def test_the_list_of_a_day_has_each_movement_once(session, body):
    listed = movements.movements_on(session, body, date(2023, 1, 1))

    assert [one.name for one in listed] == [NEW]
