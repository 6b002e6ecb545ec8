"""The law by date: figures written here by hand, and files that cannot be used."""

from datetime import date
from decimal import Decimal

import pytest

from records.rules.figures import (
    Certainty,
    Figure,
    FigureMissing,
    LawInvalid,
    arrange,
    figure,
    figures,
    find_figure,
    read_law,
)


@pytest.mark.parametrize(
    ("on", "salary"),
    [
        (date(2023, 6, 30), 1_490_000),
        (date(2023, 7, 1), 1_800_000),
        (date(2024, 6, 30), 1_800_000),
        (date(2024, 7, 1), 2_340_000),
        (date(2026, 6, 30), 2_340_000),
        (date(2026, 7, 1), 2_530_000),
    ],
)
def test_the_base_salary_is_that_of_the_day(on, salary):
    assert figure("base_salary", on=on).value == salary


@pytest.mark.parametrize(
    ("name", "coefficient"),
    [
        ("prize.giay_khen", "0.3"),
        ("prize.bang_khen", "1.5"),
        ("prize.bang_khen_ttg", "3.5"),
        ("prize.ldtt", "0.3"),
        ("prize.cstd_co_so", "1.0"),
        ("prize.cstd_tinh", "3.0"),
        ("prize.cstd_toan_quoc", "4.5"),
        ("prize.tap_the_ldtt", "0.8"),
        ("prize.tap_the_ldxs", "1.5"),
        ("prize.ntvt.province", "1.5"),
        ("prize.ntvt.commune", "0.3"),
        ("prize_times.collective", "2"),
        ("prize_times.household", "1.5"),
    ],
)
def test_a_coefficient_is_exactly_that_of_the_decree(name, coefficient):
    held = figure(name, on=date(2026, 3, 10), area="ha-noi")

    assert held.number() == Decimal(coefficient)
    assert held.is_verified


@pytest.mark.parametrize("on", [date(2025, 6, 30), date(2027, 3, 1)])
def test_decree_152_holds_from_its_first_day_to_its_last(on):
    assert find_figure("sudden_is_beyond_duty", on=on) is None


def test_a_local_regulation_holds_in_its_area_alone():
    on = date(2026, 3, 10)

    assert figure("ntvt_subjects", on=on, area="ha-noi").words() == ("individual",)
    assert find_figure("ntvt_subjects", on=on, area="hung-yen") is None


def test_what_no_law_names_is_said_with_name_and_day():
    with pytest.raises(FigureMissing) as caught:
        figure("base_salary", on=date(1990, 1, 1))

    assert (caught.value.name, caught.value.on) == ("base_salary", date(1990, 1, 1))


def test_a_source_says_when_nobody_has_checked_it():
    sources = {each.is_verified: each.source for each in figures()}

    assert "chưa đối chiếu" in sources[False]
    assert "chưa đối chiếu" not in sources[True]


def test_every_entry_names_its_article():
    assert [each.name for each in figures() if not each.article or not each.document] == []


def held(since: date, until: date | None = None, area: str = "") -> Figure:
    return Figure(
        name="x", value=1, document="Luật", article="Điều 1", since=since, until=until, area=area
    )


def test_two_entries_that_hold_on_one_day_are_refused():
    with pytest.raises(LawInvalid):
        arrange([held(date(2020, 1, 1)), held(date(2021, 1, 1))])


def test_two_areas_may_hold_at_once():
    entries = [held(date(2020, 1, 1)), held(date(2020, 1, 1), area="ha-noi")]

    assert len(arrange(entries)["x"]) == 2


HEAD = 'document = "Luật"\nsince = 2020-01-01\n[[figures]]\nname = "x"\n'


@pytest.mark.parametrize(
    "text",
    [
        "figures = 3",
        "not toml",
        HEAD + "value = 1",
        HEAD + 'value = 1\narticle = ""',
        HEAD + 'value = 1\narticle = "Điều 1"\nuntil = 2019-01-01',
        HEAD + 'value = 1\narticle = "Điều 1"\ncertainty = "sure"',
        HEAD + 'value = 1\narticle = "Điều 1"\ncolour = "red"',
    ],
)
def test_a_file_of_the_law_that_cannot_be_used_is_refused(text):
    with pytest.raises(LawInvalid):
        read_law(text, "thử.toml")


def test_a_number_is_read_exactly_and_words_are_no_number():
    (read,) = read_law(HEAD + 'value = 0.3\narticle = "Điều 1"', "thử.toml")
    (words,) = read_law(HEAD + 'value = ["a"]\narticle = "Điều 1"', "thử.toml")

    assert read.value == Decimal("0.3")
    assert read.certainty is Certainty.VERIFIED
    with pytest.raises(LawInvalid):
        words.number()
    with pytest.raises(LawInvalid):
        read.words()
