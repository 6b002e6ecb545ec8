"""Makes the four faces again from the package they come from; see README.md.

python -m doc_templates.fonts fontsource-tinos-5.3.0.tgz          writes them
python -m doc_templates.fonts fontsource-tinos-5.3.0.tgz --check  exits 1, names what differs
"""

import hashlib
import io
import sys
import tarfile
import unicodedata
from pathlib import Path
from typing import Final

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from doc_templates import fonts

#: Of @fontsource/tinos 5.3.0, as npm names it ("sha512-VVDy…" in base 64).
SHA512: Final = (
    "5550f2c9975b72c2cac68fd6eeb0a502f69c0ffec3b0673b279c73ce9e754e77"
    "626fc9039047bfd1ba9b6f75dbde21faf88523b74eda46cbed43d3067861a2e3"
)
#: The faces of the package: which is bold, which is italic.
_FACES: Final = {
    (False, False): "400-normal",
    (True, False): "700-normal",
    (False, True): "400-italic",
    (True, True): "700-italic",
}
#: The package cuts each face by script; a letter is taken from the first that has it.
_SCRIPTS: Final = ("latin", "vietnamese", "latin-ext")

_TONES: Final = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_LOWER: Final = {unicodedata.normalize("NFC", v + t) for v in "aăâeêioôơuưy" for t in _TONES} | {
    "đ"
}
#: The 146 composed letters in both cases; the consonants without marks are in ASCII.
VIETNAMESE: Final = frozenset(_LOWER | {letter.upper() for letter in _LOWER})
#: Letters of names in the languages of the Central Highlands, such as “H’Blŭ Niê”.
_HIGHLAND: Final = "ČčĔĕĬĭŎŏŬŭɃƀ"
_SIGNS: Final = "‘’‚“”„‹›–—…•′″†−™€₫"
CHARACTERS: Final = VIETNAMESE | {
    *map(chr, range(0x20, 0x7F)),
    *map(chr, range(0xA0, 0x100)),
    *_HIGHLAND,
    *_SIGNS,
}

_LICENCE: Final = "This Font Software is licensed under the SIL Open Font License, Version 1.1."
_LICENCE_URL: Final = "https://openfontlicense.org"
_ENGLISH: Final = (3, 1, 0x409)


def make_face(package: tarfile.TarFile, *, bold: bool, italic: bool) -> bytes:
    """Make one face; equal packages give equal bytes."""
    wanted = {ord(character) for character in CHARACTERS}
    pieces, made_at = [], 0
    for script in _SCRIPTS:
        name = f"package/files/tinos-{script}-{_FACES[bold, italic]}.woff"
        member = package.extractfile(name)
        if member is None:
            raise SystemExit(f"{name} is not a file of the package")
        piece = TTFont(io.BytesIO(member.read()), recalcTimestamp=False)
        made_at = piece["head"].modified
        found = wanted & piece.getBestCmap().keys()
        wanted -= found
        pieces.append(_as_file(_cut(piece, found)))
    if wanted:
        raise SystemExit(f"not in the package: {sorted(map(chr, wanted))}")
    joined = Merger().merge(pieces)
    joined["name"].setName(_LICENCE, 13, *_ENGLISH)
    joined["name"].setName(_LICENCE_URL, 14, *_ENGLISH)
    joined["head"].created = joined["head"].modified = made_at
    joined.recalcTimestamp = False
    return _as_file(_cut(joined, {ord(character) for character in CHARACTERS})).getvalue()


def main(arguments: list[str]) -> int:
    """Write the faces, or with `--check` say which differ from those that are kept."""
    content = Path(arguments[0]).read_bytes()
    if hashlib.sha512(content).hexdigest() != SHA512:
        raise SystemExit("not @fontsource/tinos 5.3.0: the SHA-512 differs")
    differ = []
    with tarfile.open(fileobj=io.BytesIO(content)) as package:
        for bold, italic in _FACES:
            made = make_face(package, bold=bold, italic=italic)
            target = fonts.face_file(bold=bold, italic=italic)
            if "--check" not in arguments:
                target.write_bytes(made)
            elif target.read_bytes() != made:
                differ.append(target.name)
    sys.stderr.writelines(f"{name} differs from what the package gives\n" for name in differ)
    return 1 if differ else 0


def _cut(font: TTFont, characters: set[int]) -> TTFont:
    """Leave only these characters, without hints, layout features and names of glyphs."""
    options = Options()
    options.hinting = False
    options.layout_features = []
    options.drop_tables += ["GDEF", "GPOS", "GSUB", "gasp"]
    options.glyph_names = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    return font


def _as_file(font: TTFont) -> io.BytesIO:
    buffer = io.BytesIO()
    font.flavor = None
    font.save(buffer, reorderTables=True)
    buffer.seek(0)
    return buffer


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
