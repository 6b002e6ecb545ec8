"""Reads the placeholders of a template and finds everything wrong with them, at once.

A tag is looked at by itself, in its paragraph, so that a fault can be named with the place
where the clerk will find it in Word.
"""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Final

from jinja2 import Environment, nodes

from doc_templates.errors import TemplateFault
from doc_templates.merge import syntax
from doc_templates.merge.parts import PartParagraph

#: The shape of a context: name → None for a plain value, a mapping for a record, a list of
#: one shape for something repeated.
Shape = Mapping[str, Any]

_TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_HALF: Final = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_PREFIX: Final = re.compile(r"^(\{[{%])(p|tr|tc|r)(?=\s)")
_CURLY: Final = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_OPENING: Final = {"if": "endif", "for": "endfor"}
_QUOTE_LETTERS: Final = 60
#: How a value is printed: by which filter, after which letter, as a list or a single value.
_PRINTED: Final = {
    "": ("", False),
    "lines": ("r", True),
    "rule": ("r", False),
    "outline": ("p", True),
}
#: Far above any form; what is beyond would make docxtpl's own reading slow.
_MOST_TAGS: Final = 500
_DEEPEST: Final = 10


@dataclass(slots=True)
class _Scope:
    """What is known at a place: names in reach, blocks still open."""

    names: dict[str, Any]
    opened: list[tuple[str, PartParagraph, str]] = field(default_factory=list)
    shadowed: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the placeholders of a template say: all faults, and the dotted names used."""

    faults: tuple[TemplateFault, ...]
    names: frozenset[str]


def read_placeholders(
    paragraphs: Iterator[PartParagraph], environment: Environment, *, shape: Shape | None
) -> Reading:
    """Check every tag of every paragraph; `shape` None skips the check of names."""
    faults: list[TemplateFault] = []
    used: set[str] = set()
    part = ""
    scope = _Scope(names=dict(shape or {}))
    tags = 0
    for paragraph in paragraphs:
        tags += paragraph.text.count("{{") + paragraph.text.count("{%")
        if tags > _MOST_TAGS:
            faults.append(_fault(paragraph, "", f"mẫu có hơn {_MOST_TAGS} chỗ điền"))
            return Reading(tuple(faults), frozenset(used))
        if paragraph.part != part:
            faults.extend(_unclosed(scope))
            part, scope = paragraph.part, _Scope(names=dict(shape or {}))
        faults.extend(_check_paragraph(paragraph, environment, scope, used, shape is not None))
    faults.extend(_unclosed(scope))
    return Reading(tuple(faults), frozenset(used))


def _check_paragraph(
    paragraph: PartParagraph,
    environment: Environment,
    scope: _Scope,
    used: set[str],
    known: bool,
) -> Iterator[TemplateFault]:
    rest = _TAG.sub(" ", paragraph.text)
    if half := _HALF.search(rest):
        yield _fault(paragraph, rest[half.start() :], "ngoặc của chỗ điền không có đôi")
    tags = _TAG.findall(paragraph.text)
    if tags and not paragraph.is_filled:
        yield _fault(paragraph, tags[0], f"không đặt chỗ điền trong {paragraph.part}; hãy xóa đi")
        return
    for tag in tags:
        if len(tag) > syntax.LONGEST_TAG:
            yield _fault(paragraph, tag, "chỗ điền quá dài")
        elif tag[2] in "-+" or tag[-3] in "-+":
            yield _fault(paragraph, tag, "bỏ dấu “-” hoặc “+” sát ngoặc của chỗ điền")
        elif tag.startswith("{#"):
            continue
        elif _prefix(tag) not in ("", "r") and tag != paragraph.text.strip():
            yield _fault(paragraph, tag, "chỗ điền này phải đứng một mình trong đoạn của nó")
        else:
            yield from _check_tag(tag, paragraph, environment, scope, used, known)


def _check_tag(
    tag: str,
    paragraph: PartParagraph,
    environment: Environment,
    scope: _Scope,
    used: set[str],
    known: bool,
) -> Iterator[TemplateFault]:
    source = _PREFIX.sub(r"\1", tag).translate(_CURLY)
    word = source[2:-2].strip().split(" ", 1)[0] if source.startswith("{%") else ""
    if word in ("endif", "endfor"):
        yield from _close(word, tag, paragraph, scope)
        return
    if word in ("else", "elif") and not scope.opened:
        yield _fault(paragraph, tag, f"“{word}” không nằm trong “if” nào")
        return
    whole = source
    if word in _OPENING:
        whole = f"{source}{{% {_OPENING[word]} %}}"
    elif word == "elif":
        whole = f"{{% if 1 %}}{source}{{% endif %}}"
    elif word == "else":
        return
    try:
        tree = syntax.parse(whole, environment)
        forbidden = list(dict.fromkeys(syntax.find_forbidden(tree, environment)))
    except syntax.SyntaxFault as fault:
        yield _fault(paragraph, tag, f"viết sai cú pháp ({fault})")
        return
    yield from (_fault(paragraph, tag, message) for message in forbidden)
    yield from _check_names(tree, tag, paragraph, scope, used, known)
    if not forbidden:
        yield from _check_printing(tree, tag, paragraph, scope, known)
    if word in _OPENING:
        yield from _check_depth(word, tag, paragraph, scope)
        scope.opened.append((word, paragraph, tag))
        if word == "for":
            if known and not _loops_over_list(tree, scope):
                yield _fault(paragraph, tag, "chỉ lặp theo một danh sách của biểu mẫu")
            _enter_loop(tree, scope)


def _prefix(tag: str) -> str:
    """Give the letters by which docxtpl is told what to replace: p, r, tr, tc; "" for none."""
    match = _PREFIX.match(tag)
    return match[2] if match else ""


def _check_printing(
    tree: nodes.Template, tag: str, paragraph: PartParagraph, scope: _Scope, known: bool
) -> Iterator[TemplateFault]:
    """Check that a value is printed as what it is: a list by its filter, a rule as a line."""
    if not tag.startswith("{{"):
        return
    for output in tree.find_all(nodes.Output):
        for node in output.nodes:
            name, value = "", node
            if isinstance(node, nodes.Filter) and node.node is not None:
                name, value = node.name, node.node
            prefix, is_list = _PRINTED.get(name, ("", False))
            if _prefix(tag) != prefix:
                written = f"{{{{{prefix} …|{name} }}}}" if name else "{{ … }}"
                yield _fault(paragraph, tag, f"chỗ điền này phải viết dạng “{written}”")
            path = _path(value)
            if not known or path is None or path[0] == "loop":
                continue
            found, missing = _follow(path, scope.names)
            found = found.shape if isinstance(found, _Alias) else found
            if missing is None and _is_misprinted(found, is_list=is_list):
                yield _fault(paragraph, tag, _misprinted(path, found))


def _is_misprinted(found: object, *, is_list: bool) -> bool:
    return isinstance(found, Mapping) or isinstance(found, list) != is_list


def _misprinted(path: list[str], found: object) -> str:
    name = ".".join(path)
    if isinstance(found, Mapping):
        return f"“{name}” gồm nhiều mục, hãy chọn: {', '.join(f'{name}.{key}' for key in found)}"
    if isinstance(found, list):
        return f"“{name}” là một danh sách, hãy lặp hoặc dùng bộ lọc “lines”"
    return f"“{name}” là một giá trị, không phải danh sách"


def _check_depth(
    word: str, tag: str, paragraph: PartParagraph, scope: _Scope
) -> Iterator[TemplateFault]:
    if word == "for" and _is_in_loop(scope):
        yield _fault(paragraph, tag, "không lặp bên trong một vòng lặp khác")
    if len(scope.opened) == _DEEPEST:
        yield _fault(paragraph, tag, f"“if”, “for” lồng nhau quá {_DEEPEST} lớp")


def _check_names(
    tree: nodes.Template,
    tag: str,
    paragraph: PartParagraph,
    scope: _Scope,
    used: set[str],
    known: bool,
) -> Iterator[TemplateFault]:
    inner = {id(node.node) for node in tree.find_all(nodes.Getattr)}
    for node in tree.find_all((nodes.Name, nodes.Getattr)):
        if id(node) in inner or (isinstance(node, nodes.Name) and node.ctx != "load"):
            continue
        path = _path(node)
        if path is None or (path[0] == "loop" and _is_in_loop(scope)):
            continue
        reached, missing = _follow(path, scope.names)
        used.add(_absolute(path, scope))
        if known and missing is not None:
            close = get_close_matches(missing, _names_at(reached), n=1)
            hint = f"; có phải “{close[0]}”?" if close else ""
            name = ".".join(path)
            yield _fault(paragraph, tag, f"biểu mẫu này không có mục tên “{name}”{hint}")


def _is_in_loop(scope: _Scope) -> bool:
    return any(word == "for" for word, _, _ in scope.opened)


def _path(node: nodes.Node) -> list[str] | None:
    if isinstance(node, nodes.Name):
        return [node.name]
    if isinstance(node, nodes.Getattr):
        before = _path(node.node)
        return None if before is None else [*before, node.attr]
    return None


def _follow(path: list[str], names: Mapping[str, Any]) -> tuple[Any, str | None]:
    """Walk a path; the second value is the first step that is not there."""
    place: Any = names
    for step in path:
        if isinstance(place, _Alias):
            place = place.shape
        if not isinstance(place, Mapping) or step not in place:
            return place, step
        place = place[step]
    return place, None


@dataclass(frozen=True, slots=True)
class _Alias:
    """A loop variable: the shape of one element, and the path of the list it comes from."""

    shape: Any
    path: str


def _enter_loop(tree: nodes.Template, scope: _Scope) -> None:
    loop = next(tree.find_all(nodes.For))
    scope.shadowed.append(dict(scope.names))
    path = _path(loop.iter)
    element: Any = None
    source = "?"
    if path is not None:
        found, missing = _follow(path, scope.names)
        source = _absolute(path, scope)
        if missing is None and isinstance(found, list) and found:
            element = found[0]
    if isinstance(loop.target, nodes.Name):
        scope.names[loop.target.name] = _Alias(element, source)


def _loops_over_list(tree: nodes.Template, scope: _Scope) -> bool:
    """Tell whether a loop goes over a list; a name that is not there is told elsewhere."""
    path = _path(next(tree.find_all(nodes.For)).iter)
    found, missing = _follow(path, scope.names) if path else (None, None)
    return missing is not None or isinstance(found, list)


def _absolute(path: list[str], scope: _Scope) -> str:
    first = scope.names.get(path[0])
    start = f"{first.path}[]" if isinstance(first, _Alias) else path[0]
    return ".".join([start, *path[1:]])


def _names_at(place: Any) -> Set[str]:
    return place.keys() if isinstance(place, Mapping) else frozenset()


def _close(word: str, tag: str, paragraph: PartParagraph, scope: _Scope) -> Iterator[TemplateFault]:
    if not scope.opened or _OPENING[scope.opened[-1][0]] != word:
        opened = f"“{scope.opened[-1][0]}” đang mở" if scope.opened else "không có gì đang mở"
        yield _fault(paragraph, tag, f"“{word}” không đóng đúng chỗ: {opened}")
        return
    closed, _, _ = scope.opened.pop()
    if closed == "for":
        scope.names = scope.shadowed.pop()


def _unclosed(scope: _Scope) -> Iterator[TemplateFault]:
    for word, paragraph, tag in scope.opened:
        yield _fault(paragraph, tag, f"“{word}” không được đóng bằng “{_OPENING[word]}”")


def _fault(paragraph: PartParagraph, quoted: str, message: str) -> TemplateFault:
    shown = " ".join(quoted.split())
    if len(shown) > _QUOTE_LETTERS:
        shown = f"{shown[:_QUOTE_LETTERS]}…"
    return TemplateFault(
        part=paragraph.part, paragraph=paragraph.number, quoted=shown, message=message
    )
