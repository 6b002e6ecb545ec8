"""The theme of a file: its fonts and colours by name, and what runs and borders make of them."""

from functools import lru_cache
from typing import Final

from lxml import etree

from doc_templates.reading import colors, drawn
from doc_templates.reading.names import VAL, W
from doc_templates.reading.package import parse

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_HEX: Final = frozenset("0123456789abcdefABCDEF")
#: Of a line whose theme names none (the standard's default, in points).
_LINE: Final = 0.75


class Theme:
    """Fonts and colours of a theme; without one, nothing has a name."""

    def __init__(
        self, scheme: dict[str, str], fonts: dict[str, str], lines: tuple[float, ...]
    ) -> None:
        self._scheme = scheme
        self._fonts = fonts
        self._lines = lines

    def font(self, name: str) -> str:
        """Give the family of a theme font ("minorHAnsi"), "" when there is none."""
        return self._fonts.get("major" if name.startswith("major") else "minor", "")

    def color(self, name: str) -> str:
        """Give the colour of a scheme name ("accent1"), "" when there is none."""
        return self._scheme.get(name, "")

    def line(self, index: int) -> float:
        """Give the width of a line style of the theme, counted from 1, in points."""
        return self._lines[index - 1] if 0 < index <= len(self._lines) else _LINE

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
                return colors.tinted(themed, _byte(text) / 255)
            if (text := element.get(W + shade)) is not None:
                return colors.shaded(themed, _byte(text) / 255)
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
        return Theme({}, {}, ())
    root = parse(content)
    fonts: dict[str, str] = {}
    for kind in ("major", "minor"):
        for font in root.iter(f"{_A}{kind}Font"):
            latin = font.find(f"{_A}latin")
            if latin is not None and latin.get("typeface"):
                fonts[kind] = latin.get("typeface", "")
    return Theme(colors.resolve_scheme(root), fonts, drawn.theme_lines(root))
