"""Whether two packages say the same: every member, in canonical XML.

A fast wrong answer is worth nothing, so this stands before every figure.
"""

import io
import random
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, Final

from lxml import etree

#: What a clerk pastes, what an attacker types, and what Word and docxtpl take for a sign.
HOSTILE: Final = (
    "A & B",
    "<Chi nhánh 2>",
    "&amp; &lt; &#x41; ]]> <![CDATA[x]]>",
    "</w:t></w:r></w:p><w:p><w:r><w:t>tiêm",
    "<w:t>",
    "</w:tc></w:tr>",
    "{{ 7*7 }}",
    "{% for x in y %}",
    "{# ghi chú #}",
    "}} {{",
    "{",
    "%}",
    "\"q\" 'q' “q” ‘q’",
    "một\nhai",
    "\n",
    "một\thai\t",
    "một\r\nhai",
    "một\u0085hai\u2028ba\u2029",
    "  đầu và cuối  ",
    "",
    " ",
    "Nguyễn Thuỵ Ưu",
    "Nguye\u0302\u0303n Thu\u1ef5 U\u031b\u031bu",
    "Ðặng \u00d0 Đ",
    "H’Hen Niê\u00a0\u202e\u200d\ufeff",
    "người 👩‍👧 và 𝔸 \U000e0001",
    "\uf020\uf0e0 ký tự riêng \ufffd \ufdd0",
    "\ue000 \ue001 \ue002 \uf8ff",
    "rIdTrinhky1",
    '<wp:docPr id="9"/>',
    "\\1 \\g<0> $1 %s {0}",
    "x" * 300,
)
#: Letters that XML 1.0 does not allow: docxtpl loses text after one, we refuse or drop them.
FORBIDDEN: Final = ("\x00", "\x01", "\x08", "\x0b", "\x0e", "\x1b", "\x1f", "\ufffe", "\uffff")
#: What docxtpl turns into a new paragraph and a new page.
BREAKS: Final = ("\a", "\f")


def find_differences(left: bytes, right: bytes) -> list[str]:
    """Name every member in which two packages differ, with the first place of difference."""
    ours, theirs = _members(left), _members(right)
    found = [f"{name}: only on the left" for name in sorted(ours.keys() - theirs.keys())]
    found += [f"{name}: only on the right" for name in sorted(theirs.keys() - ours.keys())]
    for name in sorted(ours.keys() & theirs.keys()):
        if ours[name] == theirs[name]:
            continue
        if not name.endswith((".xml", ".rels")):
            found.append(f"{name}: other bytes")
        elif place := _first_difference(ours[name], theirs[name]):
            found.append(f"{name}: {place}")
    return found


def read_text(docx: bytes) -> str:
    """Read the words of a document; what peers are held to, who draw their own XML."""
    words = {"t": None, "br": "\n", "cr": "\n", "tab": "\t"}
    root = etree.fromstring(_members(docx)["word/document.xml"])
    lines = []
    for paragraph in root.iter("{*}p"):
        kept = [
            element.text or "" if (word := words[name]) is None else word
            for element in paragraph.iter()
            if isinstance(element.tag, str) and (name := etree.QName(element).localname) in words
        ]
        lines.append("".join(kept))
    return "\n".join(line for line in lines if line.strip())


def make_hostile(record: Mapping[str, Any], seed: int, *, dirty: bool = False) -> dict[str, Any]:
    """Put one or several hostile texts into every value of a record.

    `dirty` records hold letters that XML does not allow.
    """
    chance = random.Random(seed)

    def spoil(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: spoil(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [spoil(inner) for inner in value]
        kind = chance.random()
        if kind < 0.05:
            return chance.choice([0, -1, 7.5, True, 10**20])
        pieces = chance.choices(HOSTILE, k=chance.randint(1, 3))
        if kind < 0.1:
            pieces.insert(chance.randrange(3), chance.choice(BREAKS))
        if dirty and kind > 0.8:
            pieces.insert(chance.randrange(3), chance.choice(FORBIDDEN))
        return chance.choice(["", " "]).join(pieces)

    return {name: spoil(value) for name, value in record.items()}


def clean(value: Any, *, line_tabs: str = "") -> Any:
    """Copy values without the letters that XML does not allow."""
    if isinstance(value, dict):
        return {name: clean(inner, line_tabs=line_tabs) for name, inner in value.items()}
    if isinstance(value, list):
        return [clean(inner, line_tabs=line_tabs) for inner in value]
    if isinstance(value, str):
        value = value.replace("\x0b", line_tabs)
        for letter in FORBIDDEN:
            value = value.replace(letter, "")
    return value


def _members(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        names = package.namelist()
        if len(set(names)) != len(names):
            raise ValueError(f"a member stands twice: {names}")
        return {name: package.read(name) for name in names}


def _first_difference(left: bytes, right: bytes) -> str:
    """Show where two members part; "" when they say the same, whatever their prefixes."""
    try:
        ours, theirs = etree.fromstring(left), etree.fromstring(right)
    except etree.XMLSyntaxError as error:
        return f"no XML: {error}"
    if etree.tostring(ours, method="c14n") == etree.tostring(theirs, method="c14n"):
        return ""
    for one, other in zip(_walk(ours), _walk(theirs), strict=False):
        if one != other:
            return f"{one[:3]!r} ≠ {other[:3]!r}"
    one, other = sum(1 for _ in ours.iter()), sum(1 for _ in theirs.iter())
    return f"{one} elements ≠ {other}" if one != other else ""


def _walk(root: etree._Element) -> Iterator[tuple[str, str, tuple[tuple[str, str], ...], str, str]]:
    """Go through everything that canonical XML keeps, with prefixes resolved."""
    for element in root.iter():
        name = element.tag if isinstance(element.tag, str) else element.tag.__name__
        attributes = tuple(sorted((str(k), str(v)) for k, v in element.attrib.items()))
        place = (
            etree.QName(element.getparent()).localname if element.getparent() is not None else ""
        )
        yield name, element.text or "", attributes, element.tail or "", place
