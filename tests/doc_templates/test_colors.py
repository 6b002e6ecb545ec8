"""Colours as Word makes them: by name, of the theme, lighter and darker."""

import pytest
from lxml import etree

from doc_templates.reading import colors


@pytest.mark.parametrize(
    ("color", "changes", "made"),
    [
        ("4472C4", [("shade", 0.5)], "2F528F"),
        ("4472C4", [("lumMod", 0.75)], "2F5597"),
        ("4472C4", [("lumMod", 0.4), ("lumOff", 0.6)], "B4C7E7"),
        ("4472C4", [("lumMod", 0.2), ("lumOff", 0.8)], "DAE3F3"),
        ("4F81BD", [("shade", 0.5)], "385D8A"),
        ("000000", [("lumMod", 0.5), ("lumOff", 0.5)], "7F7F7F"),
        ("000000", [("tint", 0.5)], "BCBCBC"),
        ("FFFFFF", [("lumMod", 0.85)], "D9D9D9"),
        ("FF0000", [("comp", 1.0)], "00FFFF"),
        ("FF0000", [("satMod", 9e9)], "FF0000"),
        ("123456", [], "123456"),
    ],
)
def test_a_colour_is_changed_as_office_programs_change_it(color, changes, made):
    got = colors.modify(color, changes)

    parts = zip(bytes.fromhex(got), bytes.fromhex(made), strict=True)
    assert max(abs(one - other) for one, other in parts) <= 1, got


@pytest.mark.parametrize(
    ("make", "byte", "made"),
    [
        (colors.shaded, 0xBF, "2F5496"),
        (colors.tinted, 0x99, "8EAADB"),
        (colors.tinted, 0x66, "B4C6E7"),
        (colors.tinted, 0x33, "D9E2F3"),
    ],
)
def test_letters_take_the_shades_that_word_writes_beside_them(make, byte, made):
    got = make("4472C4", byte / 255)

    parts = zip(bytes.fromhex(got), bytes.fromhex(made), strict=True)
    assert max(abs(one - other) for one, other in parts) <= 1, got


def test_every_change_of_a_colour_gives_a_colour():
    for name in colors.MODIFIERS:
        for share in (-5.0, 0.0, 0.3, 1.0, 9e9):
            assert colors.hex_of(colors.modify("0A7FFF", [(name, share)]))


@pytest.mark.parametrize(
    ("name", "color"),
    [
        ("red", "FF0000"),
        ("dkRed", "8B0000"),
        ("ltGrey", "D3D3D3"),
        ("medVioletRed", "C71585"),
        ("mediumBlue", "0000CD"),
        ("darkSlateGray", "2F4F4F"),
        ("Black", "000000"),
        ("nobody", ""),
        ("", ""),
    ],
)
def test_a_colour_has_a_name(name, color):
    assert colors.preset(name) == color


def test_a_theme_names_its_colours_by_slot_and_by_use():
    theme = etree.fromstring(
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:clrScheme>'
        '<a:dk1><a:sysClr val="windowText" lastClr="010101"/></a:dk1>'
        '<a:lt1><a:sysClr val="window"/></a:lt1><a:accent1><a:srgbClr val="4472c4"/></a:accent1>'
        '<a:accent2><a:srgbClr val="none"/></a:accent2></a:clrScheme></a:theme>'
    )

    scheme = colors.resolve_scheme(theme)

    assert scheme["tx1"] == scheme["dk1"] == "010101"
    assert scheme["bg1"] == "FFFFFF"
    assert scheme["accent1"] == "4472C4"
    assert "accent2" not in scheme


def test_the_highlighter_has_sixteen_colours():
    assert len(colors.HIGHLIGHTS) == 16
    assert colors.HIGHLIGHTS["darkYellow"] == "808000"
