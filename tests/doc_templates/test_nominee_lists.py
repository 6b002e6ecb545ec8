"""The lists of nominees: order, groups, numbers, totals."""

import time

import pytest
from paper_samples import W, make_nominee, make_paper, read_body

from doc_templates import catalogue
from doc_templates.paper import Subject
from doc_templates.parts import nominees


def test_a_list_of_one_kind_has_no_headings_and_keeps_its_order():
    rows = nominees.make_rows([make_nominee("Ưng"), make_nominee("Ánh"), make_nominee("Ổi")])

    assert [(row.group, row.number, row.name) for row in rows] == [
        ("", "1", "Ưng"),
        ("", "2", "Ánh"),
        ("", "3", "Ổi"),
    ]


def test_collectives_come_first_then_households_then_persons_and_numbers_run_on():
    rows = nominees.make_rows(
        [
            make_nominee("Đặng Đức Huệ"),
            make_nominee("Hộ bà Lò Thị Ỏn", subject=Subject.HOUSEHOLD),
            make_nominee("Tổ dân phố số 7", subject=Subject.COLLECTIVE),
            make_nominee("H’Len Niê"),
        ]
    )

    assert [row.group or (row.number, row.name) for row in rows] == [
        "I. Tập thể",
        ("1", "Tổ dân phố số 7"),
        "II. Hộ gia đình",
        ("2", "Hộ bà Lò Thị Ỏn"),
        "III. Cá nhân",
        ("3", "Đặng Đức Huệ"),
        ("4", "H’Len Niê"),
    ]


def test_awards_are_grouped_in_the_order_in_which_they_first_appear():
    rows = nominees.make_rows(
        [
            make_nominee("A", award="Giấy khen"),
            make_nominee("B", award="Danh hiệu “Lao động tiên tiến”"),
            make_nominee("C", award="Giấy khen"),
        ]
    )

    assert [row.group or row.name for row in rows] == [
        "I. Giấy khen",
        "A",
        "C",
        "II. Danh hiệu “Lao động tiên tiến”",
        "B",
    ]


def test_a_group_of_several_subjects_and_awards_is_headed_by_both():
    rows = nominees.make_rows(
        [
            make_nominee("A", award="Giấy khen"),
            make_nominee("Tổ 7", award="Bằng khen", subject=Subject.COLLECTIVE),
        ]
    )

    assert [row.group for row in rows if row.group] == [
        "I. Cá nhân - Giấy khen",
        "II. Tập thể - Bằng khen",
    ]


def test_groups_are_numbered_in_roman_beyond_twelve():
    rows = nominees.make_rows([make_nominee(str(n), award=f"Giải {n}") for n in range(1, 42)])

    numerals = [row.group.partition(".")[0] for row in rows if row.group]
    assert numerals[:10] == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
    assert numerals[12:16] == ["XIII", "XIV", "XV", "XVI"]
    assert numerals[38:] == ["XXXIX", "XL", "XLI"]


def test_a_row_joins_post_unit_and_residence_and_skips_what_is_not_known():
    (row,) = nominees.make_rows(
        [make_nominee(honorific="Bà", post="Giáo viên", residence="Tổ 5, phường Bạch Mai")]
    )

    assert row.name == "Bà Nguyễn Thuỵ Ưu"
    assert row.post_and_unit == "Giáo viên, Tổ 5, phường Bạch Mai"


def test_the_short_and_the_long_account_stand_in_for_each_other():
    short, long = nominees.make_rows(
        [make_nominee(summary="Ngắn.", deed=""), make_nominee(summary="", deed="Dài\nhai dòng.")]
    )

    assert (short.summary, short.deed) == ("Ngắn.", "Ngắn.")
    assert (long.summary, long.deed) == ("Dài hai dòng.", "Dài hai dòng.")


def test_past_awards_are_listed_with_semicolons():
    (row,) = nominees.make_rows([make_nominee(past_awards=("Giấy khen 2023", "Bằng khen 2024"))])

    assert row.past_awards == "Giấy khen 2023; Bằng khen 2024"


def test_nominees_are_counted_by_subject_with_leading_zeros():
    listed = [make_nominee() for _ in range(45)]
    listed += [make_nominee(subject=Subject.COLLECTIVE) for _ in range(2)]
    listed += [make_nominee(subject=Subject.HOUSEHOLD)]

    assert nominees.count_sentence(listed) == "02 tập thể, 01 hộ gia đình, 45 cá nhân"


def test_five_thousand_awards_are_grouped_in_no_time():
    listed = [make_nominee(str(n), award=str(n)) for n in range(5_000)]
    started = time.process_time()

    rows = nominees.make_rows(listed)

    assert len(rows) == 10_000
    assert time.process_time() - started < 1


@pytest.mark.parametrize("kind", ["submission", "decision", "profile_extract"])
@pytest.mark.parametrize("count", [1, 3])
def test_the_last_row_alone_is_kept_with_the_total_below(kind, count):
    nominees = tuple(make_nominee(f"Người {at}") for at in range(count))

    body = read_body(catalogue.merge(make_paper(kind, nominees=nominees)))

    (mark,) = body.iter(f"{W}tblHeader")
    rows = next(mark.iterancestors(f"{W}tbl")).findall(f"{W}tr")[1:]
    kept = [row.find(f".//{W}keepNext") is not None for row in rows]
    assert kept == [False] * (count - 1) + [True]
    assert rows[-1].find(f"{W}trPr/{W}cantSplit") is not None
