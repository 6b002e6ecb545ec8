"""Who issues, nominates and signs, on which days."""

from __future__ import annotations

from datetime import date

import pytest
from record_samples import make_body
from sqlalchemy.exc import IntegrityError

from records import bodies
from records.bodies import DefaultRecipient, Signatory, SigningMode, Unit, UnitType
from records.errors import NotFound
from records.regimes import FormRegime, form_regime

MERGER = date(2025, 7, 1)
EVE = date(2025, 6, 30)


@pytest.fixture
def session(store):
    with store.transaction() as session:
        yield session


@pytest.fixture
def body(session):
    return make_body(session)


def test_a_body_is_followed_by_its_successor_after_its_last_day(session):
    phuong = make_body(session, valid_from=MERGER)
    make_body(session, "bach-dang", valid_to=EVE, successor_id=phuong.id)

    assert bodies.body_on(session, "bach-dang", EVE).key == "bach-dang"
    assert bodies.body_on(session, "bach-dang", MERGER).key == "hai-ba-trung"
    assert bodies.body_on(session, "hai-ba-trung", EVE).key == "bach-dang"


def test_a_body_made_of_several_names_them_for_a_day_before_the_merger(session):
    phuong = make_body(session, valid_from=MERGER)
    for key, name in (("bach-dang", "UBND phường Bạch Đằng"), ("le-dai-hanh", "UBND Lê Đại Hành")):
        make_body(session, key, full_name=name, valid_to=EVE, successor_id=phuong.id)

    with pytest.raises(NotFound) as told:
        bodies.body_on(session, "hai-ba-trung", EVE)

    assert "01/7/2025" in str(told.value)
    assert "UBND phường Bạch Đằng" in told.value.hint
    assert "UBND Lê Đại Hành" in told.value.hint


def test_a_body_without_successor_is_not_found_after_its_last_day(session):
    make_body(session, "quan-hbt", full_name="UBND quận Hai Bà Trưng", valid_to=EVE)

    with pytest.raises(NotFound, match="hết hiệu lực sau ngày 30/6/2025"):
        bodies.body_on(session, "quan-hbt", MERGER)


def test_a_circle_of_successors_ends(session):
    one = make_body(session, "mot", valid_to=EVE)
    two = make_body(session, "hai", valid_to=EVE, successor_id=one.id)
    one.successor_id = two.id

    with pytest.raises(NotFound):
        bodies.body_on(session, "mot", MERGER)


def test_an_unknown_body_is_not_found(session):
    with pytest.raises(NotFound) as told:
        bodies.get_body(session, "khong-co")

    assert (told.value.key, told.value.code) == ("khong-co", "not-found")


@pytest.mark.parametrize(
    ("day", "regime"),
    [
        (date(2020, 3, 4), FormRegime.TT01_2011),
        (date(2020, 3, 5), FormRegime.ND30_2020),
        (date(2017, 4, 1), FormRegime.TT01_2011),
        (date(2025, 10, 10), FormRegime.ND30_2020),
    ],
)
def test_the_rules_of_form_are_those_of_the_day(day, regime):
    assert form_regime(day) is regime


def test_the_default_signatory_for_the_kind_comes_before_the_general_one(session, body):
    _add_signatory(session, body, "pho", mode=SigningMode.FOR_HEAD, post="PHÓ CHỦ TỊCH")
    _add_signatory(session, body, "truong", kinds=["decision"])
    day = date(2025, 10, 10)

    assert bodies.signatory_on(session, body, day, kind="plan").key == "pho"
    assert bodies.signatory_on(session, body, day, kind="decision").key == "truong"


def test_a_signatory_signs_only_in_his_term(session, body):
    _add_signatory(session, body, "cu", valid_to=EVE)
    _add_signatory(session, body, "moi", valid_from=MERGER)

    assert bodies.signatory_on(session, body, EVE).key == "cu"
    assert bodies.signatory_on(session, body, MERGER).key == "moi"
    with pytest.raises(NotFound):
        bodies.signatory_on(session, body, MERGER, key="cu")


def test_nobody_signs_by_order_on_behalf_of_the_body(session, body):
    with pytest.raises(IntegrityError):
        _add_signatory(
            session, body, "sai", mode=SigningMode.BY_ORDER, on_behalf_of="ỦY BAN NHÂN DÂN"
        )
    session.rollback()


def test_units_are_found_by_name_or_by_a_code_of_their_own(session, body):
    for name, code in (("Phòng Văn hóa - Xã hội", "VHXH"), ("Trường A", "T"), ("Trường B", "T")):
        session.add(Unit(body_id=body.id, name=name, code=code, unit_type=UnitType.SCHOOL))
    session.flush()

    assert bodies.find_unit(session, body, "VHXH").name == "Phòng Văn hóa - Xã hội"
    assert bodies.find_unit(session, body, "Trường B").name == "Trường B"
    assert bodies.find_unit(session, body, "T") is None
    assert len(bodies.units_of(session, body)) == 3


def test_a_unit_that_is_gone_is_not_listed_for_a_later_day(session, body):
    session.add(Unit(body_id=body.id, name="Cũ", unit_type=UnitType.PARTY, valid_to=EVE))
    session.flush()

    assert bodies.units_of(session, body, on=MERGER) == ()
    assert [unit.name for unit in bodies.units_of(session, body, on=EVE)] == ["Cũ"]


def test_recipients_come_in_their_order(session, body):
    for position, line in ((2, "Lưu: VT"), (1, "Như trên")):
        session.add(
            DefaultRecipient(body_id=body.id, kind="submission", position=position, line=line)
        )
    session.flush()

    assert bodies.default_recipients(session, body, "submission") == ("Như trên", "Lưu: VT")
    assert bodies.default_recipients(session, body, "plan") == ()


@pytest.mark.parametrize("unit_type", UnitType)
def test_every_unit_type_has_a_vietnamese_label(unit_type):
    assert unit_type.label


def test_the_database_refuses_a_life_that_ends_before_it_begins(session):
    with pytest.raises(IntegrityError):
        make_body(session, valid_from=MERGER, valid_to=EVE)
    session.rollback()


def _add_signatory(session, body, key, **fields):
    values = {"name": "Đặng Đức Huệ", "head": "CHỦ TỊCH", "is_default": True} | fields
    session.add(Signatory(body_id=body.id, key=key, **values))
    session.flush()
