"""The theme of a file: its fonts and colours by name, and what runs and borders make of them."""

from functools import lru_cache
from typing import Final

from lxml import etree

from doc_templates.reading.names import VAL, W, local
from doc_templates.reading.package import parse

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_HEX: Final = frozenset("0123456789abcdefABCDEF")
#: The colours of w:highlight (ST_HighlightColor).
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
_SCHEME: Final = {
    "dark1": "dk1",
    "light1": "lt1",
    "dark2": "dk2",
    "light2": "lt2",
    "text1": "dk1",
    "background1": "lt1",
    "text2": "dk2",
    "background2": "lt2",
    "tx1": "dk1",
    "bg1": "lt1",
    "tx2": "dk2",
    "bg2": "lt2",
    "hyperlink": "hlink",
    "followedHyperlink": "folHlink",
}


class Theme:
    """Fonts and colours of a theme; without one, nothing has a name."""

    def __init__(self, colors: dict[str, str], fonts: dict[str, str]) -> None:
        self._colors = colors
        self._fonts = fonts

    def font(self, name: str) -> str:
        """Give the family of a theme font ("minorHAnsi"), "" when there is none."""
        return self._fonts.get("major" if name.startswith("major") else "minor", "")

    def color(self, name: str) -> str:
        """Give the colour of a scheme name ("accent1"), "" when there is none."""
        return self._colors.get(_SCHEME.get(name, name), "")

    def color_of(self, element: etree._Element, *, default: str, name: str = "val") -> str:
        """Read a colour of an element: of the theme where it names one, else as it is written.

        `name` is the attribute ("val", "fill", "color"); "auto" gives the default.
        """
        prefix = "theme" + ("Color" if name != "fill" else "Fill")
        themed = self.color(element.get(W + prefix, ""))
        if themed:
            tint = "themeTint" if name != "fill" else "themeFillTint"
            shade = "themeShade" if name != "fill" else "themeFillShade"
            if (text := element.get(W + tint)) is not None:
                return mix(themed, "FFFFFF", _byte(text) / 255)
            if (text := element.get(W + shade)) is not None:
                return mix(themed, "000000", _byte(text) / 255)
            return themed
        text = element.get(VAL if name == "val" else W + name, "auto")
        return text.upper() if len(text) == 6 and set(text) <= _HEX else default


def mix(front: str, back: str, share: float) -> str:
    """Mix two colours: `share` of the first, the rest of the second."""
    share = min(max(share, 0.0), 1.0)
    pairs = ((int(front[i : i + 2], 16), int(back[i : i + 2], 16)) for i in (0, 2, 4))
    return "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def _byte(text: str) -> int:
    return int(text, 16) if 0 < len(text) <= 2 and set(text) <= _HEX else 255


@lru_cache(maxsize=64)
def read_theme(content: bytes) -> Theme:
    """Read a theme part; b"" gives a theme without names.

    Raises:
        PaperUnreadable: it is no XML.
    """
    if not content:
        return Theme({}, {})
    root = parse(content)
    colors: dict[str, str] = {}
    for scheme in root.iter(f"{_A}clrScheme"):
        for slot in scheme:
            for color in slot:
                text = color.get("lastClr") or color.get("val") or ""
                if len(text) == 6 and set(text) <= _HEX:
                    colors[local(slot)] = text.upper()
    fonts: dict[str, str] = {}
    for kind in ("major", "minor"):
        for font in root.iter(f"{_A}{kind}Font"):
            latin = font.find(f"{_A}latin")
            if latin is not None and latin.get("typeface"):
                fonts[kind] = latin.get("typeface", "")
    return Theme(colors, fonts)
