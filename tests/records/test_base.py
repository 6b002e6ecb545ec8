"""Search keys, partial dates and moments."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.base import Moment, PartialDate, fold


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Nguyễn Thuỵ Ưu", "nguyen thuy uu"),
        ("Nguyễn Thụy Ưu", "nguyen thuy uu"),
        ("  ĐẶNG   Đức\tHuệ ", "dang duc hue"),
        ("Ðặng Đức Huệ", "dang duc hue"),  # Ð (U+00D0), which looks like Đ (U+0110)
        ("H’Hen Niê", "h'hen nie"),
        ("H'Hen Niê", "h'hen nie"),
        ("", ""),
    ],
)
def test_a_name_folds_to_what_people_type_in_a_hurry(written, key):
    assert fold(written) == key


def test_composed_and_decomposed_letters_fold_alike():
    name = "Trần Thị Ngọc Ánh"

    assert fold(unicodedata.normalize("NFD", name)) == fold(unicodedata.normalize("NFC", name))


@given(st.text())
def test_folding_twice_changes_nothing(text):
    once = fold(text)

    assert fold(once) == once


@pytest.mark.parametrize(
    ("typed", "iso", "printed"),
    [
        ("1980", "1980", "1980"),
        ("05/1980", "1980-05", "5/1980"),
        ("2/1980", "1980-02", "02/1980"),
        ("02/05/1980", "1980-05-02", "02/5/1980"),
        ("16-01-1980", "1980-01-16", "16/01/1980"),
        ("1980-05-02", "1980-05-02", "02/5/1980"),
        (" 1980-05 ", "1980-05", "5/1980"),
    ],
)
def test_a_partial_date_is_stored_by_iso_and_printed_as_the_decree_writes(typed, iso, printed):
    day = PartialDate.parse(typed)

    assert day.iso == iso
    assert str(day) == printed
    assert PartialDate.parse(day.iso) == day


@pytest.mark.parametrize("typed", ["", "197", "31/02/1980", "13/1980", "0/1980", "1980-5", "hai"])
def test_what_is_no_date_is_refused_with_what_was_found(typed):
    with pytest.raises(ValueError, match=f"đang là “{typed}”"):
        PartialDate.parse(typed)


def test_a_partial_date_spans_the_days_it_can_mean():
    assert PartialDate(1980, 2).last_day == date(1980, 2, 29)
    assert PartialDate(1980).first_day == date(1980, 1, 1)
    assert PartialDate(1980, 5, 2).first_day == PartialDate(1980, 5, 2).last_day


def test_a_moment_is_kept_in_utc_and_a_naive_one_refused():
    moment = Moment()
    in_hanoi = datetime(2025, 10, 10, 10, 0, tzinfo=timezone(timedelta(hours=7)))

    kept = moment.process_bind_param(in_hanoi, None)

    assert kept == datetime(2025, 10, 10, 3, 0, tzinfo=UTC)
    assert kept.tzinfo is UTC
    with pytest.raises(ValueError, match="time zone"):
        moment.process_bind_param(in_hanoi.replace(tzinfo=None), None)
