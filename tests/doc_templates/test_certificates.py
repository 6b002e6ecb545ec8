"""Certificates: the order and colours of Nghị định 98/2023, even lines, nothing printed wrong."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from doc_templates import certificates, pdf
from doc_templates.certificates import Arrangement, Certificate, Fault, Mode
from doc_templates.certificates.arrangement import default_text
from doc_templates.certificates.setting import face_of, keep_phrases, set_text
from doc_templates.errors import ArrangementInvalid
from doc_templates.layout.display import Glyphs, Layout, Picture, Rule

MM = 72 / 25.4
BLACK, RED = "000000", "C00000"


def one(**changed: object) -> Certificate:
    """A certificate of a ward."""
    given_values = {
        "authority": "Chủ tịch Ủy ban nhân dân Phường Hai Bà Trưng",
        "act": "Tặng",
        "award": "Giấy khen",
        "recipient": "Bà Nguyễn Thuỵ Ưu",
        "position": "Nhân viên nuôi dưỡng, Trường Tiểu học Hoa Phượng",
        "deed": "Đã có thành tích trong phong trào “Người tốt, việc tốt” năm 2026",
        "decision": "211/QĐ-UBND",
        "decided_on": date(2026, 10, 9),
        "golden_book": 7,
        "place": "Phường Hai Bà Trưng",
        "issued_on": date(2026, 10, 9),
        "signer_post": "Chủ tịch",
        "signer_name": "Hoàng Đình Khuyến",
    }
    return Certificate(**{**given_values, **changed})  # type: ignore[arg-type]


@pytest.fixture
def sheet() -> Arrangement:
    return certificates.default_arrangement()


def letters(layout: Layout, page: int = 0) -> Iterator[Glyphs]:
    """What is printed on a page, from above."""
    drawn = layout.pages[page]
    behind = drawn.backdrop.items if drawn.backdrop else ()
    found = [item for item in (*behind, *drawn.items) if isinstance(item, Glyphs)]
    return iter(sorted(found, key=lambda item: (item.y, item.x)))


def test_lines_stand_in_the_order_and_colours_of_the_decree(sheet: Arrangement) -> None:
    printed = [
        (item.text.replace("\u00a0", " "), item.color, "Bold" in item.face, "Italic" in item.face)
        for item in letters(certificates.draw([one()], sheet))
    ]

    assert printed == [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", BLACK, True, False),
        ("Độc lập - Tự do - Hạnh phúc", BLACK, True, False),
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG HAI BÀ TRƯNG", RED, True, False),
        ("TẶNG", BLACK, True, False),
        ("GIẤY KHEN", RED, True, False),
        ("Bà Nguyễn Thuỵ Ưu", BLACK, True, False),
        ("Nhân viên nuôi dưỡng, Trường Tiểu học Hoa Phượng", BLACK, False, False),
        ("Đã có thành tích trong phong trào “Người tốt, việc tốt” năm 2026", BLACK, False, False),
        ("Phường Hai Bà Trưng, ngày 09 tháng 10 năm 2026", BLACK, True, True),
        ("CHỦ TỊCH", BLACK, True, False),
        ("Số quyết định: 211/QĐ-UBND ngày 09 tháng 10 năm 2026", BLACK, True, True),
        ("Số sổ vàng: 07", BLACK, True, True),
        ("Hoàng Đình Khuyến", BLACK, True, False),
    ]


def test_the_sheet_is_a4_lying_and_the_rule_is_as_long_as_the_motto(sheet: Arrangement) -> None:
    layout = certificates.draw([one()], sheet)
    page = layout.pages[0]

    assert (round(page.width / MM), round(page.height / MM)) == (297, 210)
    motto = next(item for item in letters(layout) if item.text.startswith("Độc"))
    drawn = [*(page.backdrop.items if page.backdrop else ()), *page.items]
    rules = [item for item in drawn if isinstance(item, Rule)]
    assert [round(rule.x2 - rule.x1, 3) for rule in rules] == [round(motto.width, 3)]


def test_a_stock_gets_only_what_it_does_not_bear(sheet: Arrangement) -> None:
    layout = certificates.draw([one()], sheet, Mode.OVERPRINT, emblem=b"never drawn")

    printed = " ".join(item.text for item in letters(layout))
    assert "CỘNG HÒA" not in printed
    assert "GIẤY KHEN" not in printed
    assert printed.startswith("Bà\u00a0Nguyễn Thuỵ Ưu")
    assert layout.pages[0].backdrop is None
    assert {type(item) for item in layout.pages[0].items} == {Glyphs}


def test_what_all_say_alike_is_kept_once(sheet: Arrangement) -> None:
    names = [f"Ông Đặng Đức Huệ {number}" for number in range(200)]
    many = certificates.draw([one(recipient=name) for name in names], sheet)

    first, last = many.pages[0], many.pages[-1]
    assert first.backdrop is last.backdrop
    assert [item.text for item in first.items if isinstance(item, Glyphs)] == [
        "Ông\u00a0Đặng Đức Huệ 0"
    ]
    assert len(pdf.write(many)) < 200 * 500 + 60_000


def test_names_and_letters_copy_out_as_they_were_typed(sheet: Arrangement) -> None:
    content = pdf.write(certificates.draw([one(recipient="Bà H’Len Niê"), one()], sheet))

    document = pypdfium2.PdfDocument(content)
    texts = [page.get_textpage().get_text_bounded().replace("\u00a0", " ") for page in document]
    assert "Bà H’Len Niê" in texts[0]
    assert "GIẤY KHEN" in texts[0]
    assert "Bà Nguyễn Thuỵ Ưu" in texts[1]


def test_equal_lists_give_equal_bytes(sheet: Arrangement) -> None:
    listed = [one(), one(recipient="Ông Đặng Đức Huệ")]

    assert pdf.write(certificates.draw(listed, sheet)) == pdf.write(
        certificates.draw(listed, sheet)
    )


def test_the_emblem_stands_in_its_place(sheet: Arrangement) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(buffer, "PNG")
    layout = certificates.draw([one(), one(golden_book=8)], sheet, emblem=buffer.getvalue())

    backdrop = layout.pages[0].backdrop
    assert backdrop is not None
    found = [item for item in backdrop.items if isinstance(item, Picture)]
    assert [(round(item.x / MM, 1), round(item.y / MM, 1)) for item in found] == [(135.5, 18.0)]
    assert pdf.write(layout).startswith(b"%PDF")


# Long texts


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Đã có thành tích trong năm 2026", "Đã có thành tích"),
        ("Vì đã có nhiều thành tích xuất sắc", "đã có nhiều thành tích xuất sắc"),
        ("danh hiệu “Người tốt, việc tốt” cấp phường", "“Người tốt, việc tốt”"),
        ("giúp đỡ 14 trẻ em", "14 trẻ"),
        ("từ tháng 10 năm 2025", "tháng 10"),
        ("Bà Nguyễn Thuỵ Ưu", "Bà Nguyễn"),
    ],
)
def test_a_phrase_is_never_cut_apart(text: str, kept: str) -> None:
    assert kept.replace(" ", "\u00a0") in keep_phrases(text)


def test_two_lines_are_about_as_long_as_each_other(sheet: Arrangement) -> None:
    slot = next(slot for slot in sheet.slots if slot.name == "deed")
    text = (
        "Đã có thành tích dũng cảm dập lửa, đưa một cụ già và hai cháu nhỏ ra khỏi ngôi nhà "
        "đang cháy trong đêm mưa bão vừa qua trên địa bàn phường"
    )
    made = set_text(text, slot)

    widths = [face_of(slot).width(line) for line in made.lines]
    assert len(made.lines) == 2
    assert min(widths) / max(widths) > 0.85


def test_letters_shrink_before_a_text_is_refused_and_both_are_told(sheet: Arrangement) -> None:
    long = "Đã có thành tích " + "giúp đỡ người già neo đơn trong khu phố, " * 9
    endless = "Đã có thành tích " + "giúp đỡ người già neo đơn trong khu phố, " * 40
    fits = certificates.fit_all([one(), one(deed=long.strip()), one(deed=endless.strip())], sheet)

    assert [(fit.number, fit.slot, fit.fault) for fit in fits] == [
        (2, "deed", Fault.SHRUNK),
        (3, "deed", Fault.OVERFLOWS),
    ]
    assert 11 <= fits[0].size < 16
    assert not fits[0].stops
    assert fits[1].stops
    assert "không vừa ô dù ở cỡ nhỏ nhất 11" in str(fits[1])


def test_a_letter_that_the_typeface_has_not_is_named(sheet: Arrangement) -> None:
    fits = certificates.fit_all([one(recipient="Ông 王 Huệ")], sheet)

    assert [(fit.fault, fit.text) for fit in fits] == [(Fault.LETTER_MISSING, "王")]


def test_a_certificate_for_nobody_is_told(sheet: Arrangement) -> None:
    assert [fit.fault for fit in certificates.fit_all([one(recipient="")], sheet)] == [Fault.EMPTY]


WORDS = st.lists(st.text("abcđêưnghiôạ", min_size=1, max_size=9), min_size=1, max_size=60)


@given(WORDS)
def test_a_text_that_fits_loses_no_word_and_stays_in_its_slot(words: list[str]) -> None:
    slot = next(s for s in certificates.default_arrangement().slots if s.name == "deed")
    made = set_text(" ".join(words), slot)

    assert " ".join(made.lines).replace("\u00a0", " ").split() == words
    if not made.overflows:
        assert len(made.lines) <= slot.most_lines
        widest = max(face_of(slot).width(line) for line in made.lines) * made.size
        assert widest <= slot.width * MM + 0.01


# The sheet of an office


def test_the_slots_of_the_default_sheet_do_not_lie_over_each_other(sheet: Arrangement) -> None:
    stacked = [slot for slot in sheet.slots if slot.x + slot.width > 160 or slot.width > 150]
    for upper, lower in pairwise(sorted(stacked, key=lambda slot: slot.y)):
        assert upper.y + upper.height <= lower.y + 0.51, (upper.name, lower.name)


def test_all_faults_of_a_sheet_are_told_at_once() -> None:
    broken = (
        default_text()
        .replace("width = 297", "width = 40")
        .replace('align = "left"', 'align = "giữa"', 1)
        .replace('name = "deed"', 'name = "thanh_tich"')
        .replace("least = 13", "least = 99", 1)
        + "\n[logo]\nx = 1\n"
    )
    with pytest.raises(ArrangementInvalid) as caught:
        certificates.read(broken)

    told = "\n".join(caught.value.faults)
    for part in ("page.width", "align", "thanh_tich", "least", "“logo”: không có mục"):
        assert part in told


@pytest.mark.parametrize("text", ["", "title = ", "slots = 3", "[page]\nwidth='a'", "[[slots]]\n"])
def test_what_is_no_sheet_is_refused_with_its_faults(text: str) -> None:
    with pytest.raises(ArrangementInvalid) as caught:
        certificates.read(text)

    assert caught.value.faults


def test_a_shift_moves_every_letter_and_nothing_else(sheet: Arrangement) -> None:
    before = list(letters(certificates.draw([one()], sheet)))
    after = list(letters(certificates.draw([one()], sheet.shifted(1.5, -2.0))))

    assert [
        (round((b.x - a.x) / MM, 6), round((b.y - a.y) / MM, 6))
        for a, b in zip(before, after, strict=True)
    ] == [(1.5, -2.0)] * len(before)


def test_the_calibration_sheet_names_every_slot_with_its_place(sheet: Arrangement) -> None:
    printed = [item.text for item in letters(certificates.calibration_sheet(sheet))]

    assert any(text.startswith("Thành tích (35; 129; 227 × 20 mm)") for text in printed)
    assert sum(" mm)" in text for text in printed) == len(sheet.slots)
    assert replace(sheet, slots=()).slots == ()
