"""The typeface that comes with the program: every letter, as wide as Times, with its licence."""

import unicodedata
from itertools import product
from pathlib import Path

import pytest
from reportlab.pdfbase.ttfonts import TTFontFile

from doc_templates import fonts, typeface

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "doc_templates" / "fonts"
FACES = list(product([False, True], repeat=2))
MARKS = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
VOWELS = [unicodedata.normalize("NFC", v + mark) for v in "aăâeêioôơuưy" for mark in MARKS]
LETTERS = [case for letter in [*VOWELS, "đ"] for case in (letter, letter.upper())]
REST = (
    "bcdđghjklmnpqrstvwxzBCDĐGHJKLMNPQRSTVWXZ0123456789 \u00a0.,:;?!/()[]%&+-=\"'*_“”‘’–—…•§°²³½×₫"
)


def read(bold: bool, italic: bool) -> TTFontFile:
    return TTFontFile(str(fonts.face_file(bold=bold, italic=italic)))


def width_mm(face: TTFontFile, text: str, size_pt: float) -> float:
    thousandths = sum(face.charWidths[ord(letter)] for letter in text)
    return thousandths / 1000 * size_pt / (72 / 25.4)


@pytest.mark.parametrize(("bold", "italic"), FACES)
def test_every_face_has_every_letter_of_vietnamese(bold, italic):
    assert len(set(LETTERS)) == 146

    known = read(bold, italic).charToGlyph

    assert [
        letter for letter in LETTERS + list(REST) + list("./.") if ord(letter) not in known
    ] == []


@pytest.mark.parametrize(("bold", "italic"), FACES)
def test_a_letter_is_drawn_and_not_the_box_of_a_missing_one(bold, italic):
    known = read(bold, italic).charToGlyph

    assert 0 not in [known[ord(letter)] for letter in LETTERS]


@pytest.mark.parametrize(("bold", "italic"), FACES)
def test_every_letter_is_as_wide_as_the_typeface_by_which_lines_are_broken(bold, italic):
    face = read(bold, italic)
    # Where lines are broken, Times itself is asked, which knows neither of these two.
    known = set(LETTERS) | set(REST) - {"\u00a0", "₫"}

    differ = {
        letter: (width_mm(face, letter, 100), measured)
        for letter in known
        if abs(
            (measured := typeface.width_mm(letter, size_pt=100, bold=bold, italic=italic))
            - width_mm(face, letter, 100)
        )
        > 0.03
    }

    assert differ == {}


@pytest.mark.parametrize(
    ("text", "size", "bold", "italic", "measured_mm"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, True, False, 88.3),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, True, False, 95.7),
        ("Độc lập - Tự do - Hạnh phúc", 13, True, False, 56.1),
        ("Độc lập - Tự do - Hạnh phúc", 14, True, False, 60.5),
        ("ỦY BAN NHÂN DÂN", 13, True, False, 43.2),
        ("UBND THÀNH PHỐ HÀ NỘI", 13, False, False, 57.6),
        ("Phường Hai Bà Trưng, ngày 21 tháng 11 năm 2026", 13, False, True, 95.1),
        ("Phường Hai Bà Trưng, ngày 21 tháng 11 năm 2026", 14, False, True, 102.4),
    ],
)
def test_a_line_of_the_faces_is_as_wide_as_on_real_paper(text, size, bold, italic, measured_mm):
    assert width_mm(read(bold, italic), text, size) == pytest.approx(measured_mm, abs=0.3)


@pytest.mark.parametrize(("bold", "italic"), FACES)
def test_a_line_is_as_high_as_in_times(bold, italic):
    face = read(bold, italic)

    face.seek_table("hhea")
    face.skip(4)
    heights = [face.read_short() for _ in range(3)]

    # Of 2048: above the line, below it, and the gap between two lines.
    assert heights == [1825, -443, 87]


def test_the_files_are_small_and_their_licence_stands_beside_them():
    files = [fonts.face_file(bold=bold, italic=italic) for bold, italic in FACES]

    assert len(set(files)) == 4
    assert sum(path.stat().st_size for path in files) < 150_000
    licence = (FOLDER / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Reserved Font Name" not in licence.split("PREAMBLE")[0]
