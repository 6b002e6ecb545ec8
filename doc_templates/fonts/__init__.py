"""The official typeface as files: Tinos, as wide as Times, with every Vietnamese letter.

Four faces without hints, cut down to what Vietnamese papers hold; README.md beside them says
where they come from and how they are made again. The licence of the files is OFL.txt.
"""

from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent
_FILES: Final = {
    (False, False): "Tinos-Regular.ttf",
    (True, False): "Tinos-Bold.ttf",
    (False, True): "Tinos-Italic.ttf",
    (True, True): "Tinos-BoldItalic.ttf",
}


def face_file(*, bold: bool = False, italic: bool = False) -> Path:
    """Give the TrueType file of one face."""
    return _FOLDER / _FILES[bold, italic]
