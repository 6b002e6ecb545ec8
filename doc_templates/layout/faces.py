"""The four faces of the official typeface as the layout knows them: how wide each letter is.

Widths are exact, in parts of the size, as the font files give them. Words are measured once
and remembered, since papers repeat them.
"""

from functools import lru_cache
from typing import Final

from reportlab.pdfbase.ttfonts import TTFontFile

from doc_templates import fonts
from doc_templates.layout import signs

#: Height above and below the baseline in parts of the size (hhea: 1825, 443; line gap 87).
ASCENT: Final = 1825 / 2048
DESCENT: Final = 443 / 2048
LINE_GAP: Final = 87 / 2048
_NAMES: Final = {
    (False, False): "Tinos-Regular",
    (True, False): "Tinos-Bold",
    (False, True): "Tinos-Italic",
    (True, True): "Tinos-BoldItalic",
}
_MOST_WORDS: Final = 100_000
#: Letters that are printed as others which look the same.
SAME_LOOK: Final = {"\u2011": "-", "\u2010": "-", "\u202f": "\u00a0", "\u2007": "\u00a0"}


class Face:
    """One face; `name` is that of its font."""

    def __init__(self, name: str, file: TTFontFile) -> None:
        self.name = name
        self.file = file
        self._widths: dict[str, float] = {
            chr(code): width / 1000 for code, width in file.charWidths.items()
        }
        for letter, shown in SAME_LOOK.items():
            self._widths.setdefault(letter, self._widths[shown])
        for letter, sign in signs.DRAWN.items():
            self._widths.setdefault(letter, sign.advance)
        self._default: float = file.defaultWidth / 1000
        self._words: dict[str, float] = {}
        self._known = frozenset(self._widths)

    def width(self, text: str) -> float:
        """Measure a text in parts of the size; a letter that is missing is as wide as a box."""
        found = self._words.get(text)
        if found is None:
            if len(self._words) >= _MOST_WORDS:
                self._words.clear()
            widths, default = self._widths, self._default
            found = self._words[text] = sum([widths.get(letter, default) for letter in text])
        return found

    def missing(self, text: str) -> frozenset[str]:
        """Name the letters of a text that the face does not have and that are not drawn."""
        return frozenset(text) - self._known


@lru_cache(maxsize=4)
def face(*, bold: bool = False, italic: bool = False) -> Face:
    """Give one of the four faces."""
    file = TTFontFile(str(fonts.face_file(bold=bold, italic=italic)))
    return Face(_NAMES[bold, italic], file)


def all_faces() -> dict[str, Face]:
    """Give the four faces by name."""
    found = [face(bold=bold, italic=italic) for bold, italic in _NAMES]
    return {one.name: one for one in found}
