"""Colours as Word names them: of the theme, of a list of names, and what is made of them.

A colour is six hexadecimal digits in capitals. Shares are parts of one.

Source: ECMA-376-1 (5th edition), 20.1.2.3 for what changes a colour, 20.1.10.48 for the named
ones, 17.18.40 for the colours of a highlighter.
"""

import colorsys
from collections.abc import Callable, Iterable
from typing import Final

from lxml import etree

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_HEX: Final = frozenset("0123456789abcdefABCDEF")

HIGHLIGHTS: Final = {
    "black": "000000",
    "blue": "0000FF",
    "cyan": "00FFFF",
    "green": "00FF00",
    "magenta": "FF00FF",
    "red": "FF0000",
    "yellow": "FFFF00",
    "white": "FFFFFF",
    "darkBlue": "000080",
    "darkCyan": "008080",
    "darkGreen": "008000",
    "darkMagenta": "800080",
    "darkRed": "800000",
    "darkYellow": "808000",
    "darkGray": "808080",
    "lightGray": "C0C0C0",
}
#: What a paper calls the slots of its theme, unless its colour map says otherwise.
SCHEME_SLOTS: Final = {
    "tx1": "dk1",
    "bg1": "lt1",
    "tx2": "dk2",
    "bg2": "lt2",
    "text1": "dk1",
    "background1": "lt1",
    "text2": "dk2",
    "background2": "lt2",
    "dark1": "dk1",
    "light1": "lt1",
    "dark2": "dk2",
    "light2": "lt2",
    "hyperlink": "hlink",
    "followedHyperlink": "folHlink",
}
#: The colours of a system that says nothing else; a file mostly carries them beside the name.
_SYSTEM: Final = {
    "windowText": "000000",
    "window": "FFFFFF",
    "btnText": "000000",
    "btnFace": "F0F0F0",
    "menuText": "000000",
    "captionText": "000000",
    "grayText": "6D6D6D",
    "highlight": "3399FF",
    "highlightText": "FFFFFF",
    "infoText": "000000",
}
_NAMES: Final = """
    aliceblue:F0F8FF antiquewhite:FAEBD7 aqua:00FFFF aquamarine:7FFFD4 azure:F0FFFF beige:F5F5DC
    bisque:FFE4C4 black:000000 blanchedalmond:FFEBCD blue:0000FF blueviolet:8A2BE2 brown:A52A2A
    burlywood:DEB887 cadetblue:5F9EA0 chartreuse:7FFF00 chocolate:D2691E coral:FF7F50
    cornflowerblue:6495ED cornsilk:FFF8DC crimson:DC143C cyan:00FFFF darkblue:00008B
    darkcyan:008B8B darkgoldenrod:B8860B darkgray:A9A9A9 darkgreen:006400 darkkhaki:BDB76B
    darkmagenta:8B008B darkolivegreen:556B2F darkorange:FF8C00 darkorchid:9932CC darkred:8B0000
    darksalmon:E9967A darkseagreen:8FBC8F darkslateblue:483D8B darkslategray:2F4F4F
    darkturquoise:00CED1 darkviolet:9400D3 deeppink:FF1493 deepskyblue:00BFFF dimgray:696969
    dodgerblue:1E90FF firebrick:B22222 floralwhite:FFFAF0 forestgreen:228B22 fuchsia:FF00FF
    gainsboro:DCDCDC ghostwhite:F8F8FF gold:FFD700 goldenrod:DAA520 gray:808080 green:008000
    greenyellow:ADFF2F honeydew:F0FFF0 hotpink:FF69B4 indianred:CD5C5C indigo:4B0082 ivory:FFFFF0
    khaki:F0E68C lavender:E6E6FA lavenderblush:FFF0F5 lawngreen:7CFC00 lemonchiffon:FFFACD
    lightblue:ADD8E6 lightcoral:F08080 lightcyan:E0FFFF lightgoldenrodyellow:FAFAD2
    lightgray:D3D3D3 lightgreen:90EE90 lightpink:FFB6C1 lightsalmon:FFA07A lightseagreen:20B2AA
    lightskyblue:87CEFA lightslategray:778899 lightsteelblue:B0C4DE lightyellow:FFFFE0 lime:00FF00
    limegreen:32CD32 linen:FAF0E6 magenta:FF00FF maroon:800000 mediumaquamarine:66CDAA
    mediumblue:0000CD mediumorchid:BA55D3 mediumpurple:9370DB mediumseagreen:3CB371
    mediumslateblue:7B68EE mediumspringgreen:00FA9A mediumturquoise:48D1CC mediumvioletred:C71585
    midnightblue:191970 mintcream:F5FFFA mistyrose:FFE4E1 moccasin:FFE4B5 navajowhite:FFDEAD
    navy:000080 oldlace:FDF5E6 olive:808000 olivedrab:6B8E23 orange:FFA500 orangered:FF4500
    orchid:DA70D6 palegoldenrod:EEE8AA palegreen:98FB98 paleturquoise:AFEEEE palevioletred:DB7093
    papayawhip:FFEFD5 peachpuff:FFDAB9 peru:CD853F pink:FFC0CB plum:DDA0DD powderblue:B0E0E6
    purple:800080 red:FF0000 rosybrown:BC8F8F royalblue:4169E1 saddlebrown:8B4513 salmon:FA8072
    sandybrown:F4A460 seagreen:2E8B57 seashell:FFF5EE sienna:A0522D silver:C0C0C0 skyblue:87CEEB
    slateblue:6A5ACD slategray:708090 snow:FFFAFA springgreen:00FF7F steelblue:4682B4 tan:D2B48C
    teal:008080 thistle:D8BFD8 tomato:FF6347 turquoise:40E0D0 violet:EE82EE wheat:F5DEB3
    white:FFFFFF whitesmoke:F5F5F5 yellow:FFFF00 yellowgreen:9ACD32
"""
_NAMED: Final = {name: color for name, _, color in (pair.partition(":") for pair in _NAMES.split())}
_SHORTENED: Final = (("dk", "dark"), ("lt", "light"), ("med", "medium"))


def hex_of(text: str | None) -> str:
    """Read a colour that is written as six digits; "" when it is none."""
    return text.upper() if text and len(text) == 6 and set(text) <= _HEX else ""


def preset(name: str) -> str:
    """Give the colour of a name of DrawingML or VML ("dkRed", "lightGrey"); "" for none."""
    name = name.lower().replace("grey", "gray")
    if name in _NAMED:
        return _NAMED[name]
    for short, full in _SHORTENED:
        if name.startswith(short):
            return _NAMED.get(full + name.removeprefix(short), "")
    return ""


def system(name: str) -> str:
    """Give the usual colour of a part of the screen ("windowText"); "" for one unknown."""
    return _SYSTEM.get(name, "")


def resolve_scheme(theme: etree._Element) -> dict[str, str]:
    """Read the colours of a theme by slot ("accent1") and by the names papers use ("tx1")."""
    slots: dict[str, str] = {}
    for scheme in theme.iter(f"{_A}clrScheme"):
        for slot in scheme:
            for color in slot:
                found = hex_of(color.get("lastClr")) or hex_of(color.get("val"))
                found = found or system(color.get("val", "")) or preset(color.get("val", ""))
                if found and isinstance(slot.tag, str):
                    slots.setdefault(slot.tag.rpartition("}")[2], found)
    return slots | {name: slots[slot] for name, slot in SCHEME_SLOTS.items() if slot in slots}


Light = tuple[float, float, float]


def _linear(color: Light) -> Light:
    """Undo the curve of sRGB, so that light adds up."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color)
    return red, green, blue


def _curved(color: Light) -> Light:
    held = (min(max(c, 0.0), 1.0) for c in color)
    red, green, blue = (
        12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in held
    )
    return red, green, blue


def _tint(color: Light, share: float) -> Light:
    red, green, blue = (1 - (1 - c) * share for c in _linear(color))
    return _curved((red, green, blue))


def _shade(color: Light, share: float) -> Light:
    red, green, blue = (c * share for c in _linear(color))
    return _curved((red, green, blue))


def _in_hls(place: int, change: Callable[[float, float], float]) -> "Modifier":
    """Change hue, lightness or saturation (place 0, 1 or 2)."""

    def modified(color: Light, share: float) -> Light:
        parts = list(colorsys.rgb_to_hls(*color))
        value = change(parts[place], share)
        parts[place] = value % 1.0 if place == 0 else min(max(value, 0.0), 1.0)
        return colorsys.hls_to_rgb(*parts)

    return modified


def _add(value: float, share: float) -> float:
    return value + share


def _times(value: float, share: float) -> float:
    return value * share


def _put(_value: float, share: float) -> float:
    return share


def _gray(color: Light, _share: float) -> Light:
    red, green, blue = color
    light = 0.299 * red + 0.587 * green + 0.114 * blue
    return light, light, light


def _inverse(color: Light, _share: float) -> Light:
    red, green, blue = (1 - c for c in _linear(color))
    return _curved((red, green, blue))


def _complement(color: Light, _share: float) -> Light:
    return _in_hls(0, _add)(color, 0.5)


Modifier = Callable[[Light, float], Light]
#: What changes a colour, by its name in DrawingML. Others make it no colour of its own
#: (alpha) or are not met in office papers; whoever reads them has to refuse them.
MODIFIERS: Final[dict[str, Modifier]] = {
    "tint": _tint,
    "shade": _shade,
    "lumMod": _in_hls(1, _times),
    "lumOff": _in_hls(1, _add),
    "lum": _in_hls(1, _put),
    "satMod": _in_hls(2, _times),
    "satOff": _in_hls(2, _add),
    "sat": _in_hls(2, _put),
    "hueMod": _in_hls(0, _times),
    "gray": _gray,
    "inv": _inverse,
    "comp": _complement,
}


def modify(color: str, modifiers: Iterable[tuple[str, float]]) -> str:
    """Change a colour by names of `MODIFIERS` with their shares, in this order.

    Raises:
        KeyError: a name is none of them.
    """
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (0, 2, 4))
    light: Light = (red, green, blue)
    for name, share in modifiers:
        light = MODIFIERS[name](light, min(max(share, -10.0), 10.0))
    return "".join(f"{round(min(max(c, 0.0), 1.0) * 255):02X}" for c in light)


def tinted(color: str, share: float) -> str:
    """Make a colour lighter as w:themeTint does (17.3.2.6): this share of it, the rest light."""
    return modify(color, [("lumMod", share), ("lumOff", 1 - share)])


def shaded(color: str, share: float) -> str:
    """Make a colour darker as w:themeShade does (17.3.2.6): this share of its light."""
    return modify(color, [("lumMod", share)])
