"""Compiles a template once: everything that does not depend on a paper's values is done here.

docxtpl parses, patches, compiles and zips the same template again for every record. Here its
own patching is run once; what it would write around the values is kept as bytes; what it would
look for in the filled XML is settled in the source (`jinja_source`, `tables`).

Three tiers:

    A  strings: values are joined into ready text
    B  strings, then one parse: tables whose width depends on values
    C  docxtpl itself, for packages that are not laid out as Word and python-docx do
"""

import io
import weakref
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final

from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import Environment, Template, nodes
from jinja2.exceptions import TemplateError
from lxml import etree

from doc_templates.errors import FormInvalid, PaperUnreadable, TemplateFault
from doc_templates.merge import (
    archive,
    gate,
    jinja_source,
    package,
    parts,
    properties,
    syntax,
    tables,
    values,
)
from doc_templates.merge.environment import OUR_FILTERS, escape_quickly, make_environment
from doc_templates.merge.package import Entry, FixedEntries
from doc_templates.merge.placeholders import Shape

_DECLARATION: Final = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_BODY_PLACE: Final = "\ue002"
_FOOTNOTES: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_CONTENT_TYPES: Final = "[Content_Types].xml"
_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#: What python-docx raises on a package whose parts do not fit together.
_UNFIT: Final = (
    OpcError,
    etree.LxmlError,
    KeyError,
    ValueError,
    AttributeError,
    TypeError,
    IndexError,
    AssertionError,
    *archive.UNREADABLE,
)

Render = Callable[[Any], Iterator[str]]


class Tier(StrEnum):
    """How a form is filled; see the module."""

    STRINGS = "A"
    STRINGS_AND_PARSE = "B"
    DOCXTPL = "C"


@dataclass(frozen=True, slots=True, kw_only=True)
class VaryingPart:
    """A part that depends on the values.

    `before` and `after` are the bytes around what `template` gives. `wrapper` is the start tag
    of the body, "" for other parts; `needs_repair` says that values may widen its tables.
    `prints_keys` says that names of mappings may be printed. `prints_only_values`
    says that nothing but text of the template and values can come out; `globals` are those of
    Jinja's own names that it uses.
    """

    member: bytes
    label: str
    template: Template
    before: bytes
    after: bytes
    is_body: bool = False
    breaks_text: bool = False
    wrapper: str = ""
    needs_repair: bool = False
    prints_only_values: bool
    prints_keys: bool
    may_draw: bool
    globals: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, weakref_slot=True)
class CompiledForm:
    """A template ready to be filled, by any number of threads at once.

    `hash` is the SHA-256 of the template's bytes and names its version; `names` are the
    dotted placeholders it uses, with `[]` after what is repeated, known only when the
    template was checked against a shape. `reason` says in Vietnamese why the tier is what it
    is. `shared` are the members that a picture changes.
    """

    name: str
    docx: bytes
    hash: str
    names: frozenset[str]
    tier: Tier
    reason: str
    is_checked: bool
    environment: Environment
    parts: tuple[VaryingPart, ...]
    fixed: FixedEntries
    fixed_entries: tuple[Entry, ...]
    fixed_members: Mapping[str, bytes]

    @property
    def prints_keys(self) -> bool:
        """Tell whether names of mappings may be printed."""
        return any(part.prints_keys for part in self.parts)


_compiled: weakref.WeakValueDictionary[tuple[Any, ...], CompiledForm] = (
    weakref.WeakValueDictionary()
)


def compile_form(
    docx: bytes,
    *,
    name: str = "mẫu tải lên",
    shape: Shape | None = None,
    environment: Environment | None = None,
) -> CompiledForm:
    """Make a template ready to be filled; the same bytes are compiled once while in use.

    With `shape`, what the context offers, the template is checked first as one that an office
    brings: it may print, branch and repeat what is offered, and nothing else. Without it, the
    template is trusted and may use all of docxtpl and Jinja, in a sandbox. `environment`
    replaces ours, for other filters or another policy for missing values.

    Raises:
        PaperUnreadable: the bytes are not a Word document.
        FormInvalid: the template has faults; all of them are listed.
    """
    digest = sha256(docx).hexdigest()
    key = (digest, name, repr(shape), id(environment) if environment else None)
    found = _compiled.get(key)
    if found is None:
        names = gate.check_template(docx, name, shape) if shape is not None else frozenset()
        chosen = environment or make_environment(is_trusted=shape is None)
        found = _compile(docx, digest, name, names, chosen, is_checked=shape is not None)
        _compiled[key] = found
    return found


def _compile(
    docx: bytes,
    digest: str,
    name: str,
    names: frozenset[str],
    environment: Environment,
    *,
    is_checked: bool,
) -> CompiledForm:
    archive.check_package(docx)
    try:
        document = DocxTemplate(io.BytesIO(docx))
        document.render_init()
        _refuse_doctypes(document)
        varying = tuple(_varying_parts(document, environment))
        baseline = _baseline(document)
    except TemplateError as error:
        raise FormInvalid(name, _faults(docx, error)) from error
    except _UNFIT as error:
        archive.read_members(docx)  # says more exactly what is wrong, where it can
        raise PaperUnreadable(
            "Các thành phần của tệp .docx không khớp nhau; hãy mở bằng Word rồi lưu lại."
        ) from error
    fixed = {
        member: content
        for member, content in baseline.items()
        if member.encode() not in {part.member for part in varying}
    }
    tier, reason = _choose_tier(document, varying)
    entries = tuple(package.pack_fixed(*member) for member in fixed.items())
    return CompiledForm(
        name=name,
        docx=docx,
        hash=digest,
        names=names,
        tier=tier,
        reason=reason,
        is_checked=is_checked,
        environment=environment,
        parts=varying,
        fixed=package.join_fixed(entries),
        fixed_entries=entries,
        fixed_members={
            member: content
            for member, content in fixed.items()
            if member == _CONTENT_TYPES or member.endswith(".rels")
        },
    )


def _refuse_doctypes(document: Any) -> None:
    """Refuse a part that declares entities: what is filled would name them undeclared.

    Raises:
        PaperUnreadable: a part does.
    """
    for part in document.docx.part.package.parts:
        element = getattr(part, "_element", None)
        if element is not None:
            declares = bool(element.getroottree().docinfo.doctype)
        else:
            declares = part.content_type == _FOOTNOTES and b"<!DOCTYPE" in part.blob
        if declares:
            label = parts.part_label(_member(part)) or _member(part)
            raise PaperUnreadable(parts.DOCTYPE.format(label))


def _varying_parts(document: Any, environment: Environment) -> Iterator[VaryingPart]:
    yield _body(document, environment)
    for uri in (document.HEADER_URI, document.FOOTER_URI):
        for _, part in document.get_headers_footers(uri):
            source = document.patch_xml(document.get_part_xml(part))
            made = _whole_part(part, source, environment)
            if jinja_source.has_tags(source) or made.breaks_text or _has_braces(source):
                yield made
    for part in document.docx.part.package.parts:
        if part.content_type == _FOOTNOTES:
            blob = part.blob.decode("utf-8")
            if jinja_source.has_tags(blob):
                text = blob[blob.index("?>") + 2 :] if blob.startswith("<?xml") else blob
                yield _whole_part(part, document.patch_xml(text.strip()), environment)
    if core := properties.core_source(document.docx, environment):
        part = document.docx.part.package._core_properties_part
        yield VaryingPart(
            member=_member(part).encode(),
            label=parts.part_label(_member(part)),
            before=_DECLARATION,
            after=b"",
            **_compiled_source(core, environment.overlay(autoescape=True)),
        )


def _compiled_source(source: str, environment: Environment) -> dict[str, Any]:
    """Compile a settled source, and tell what can come out of it."""
    template = environment.from_string(source)
    # The module that Jinja compiled to, with a quicker way to escape what needs no escaping.
    template.root_render_func.__globals__["escape"] = escape_quickly
    tree = environment.parse(source)
    used = {node.name for node in tree.find_all(nodes.Name)}
    written = "".join(str(node.value) for node in tree.find_all(nodes.Const))
    return {
        "template": template,
        "prints_only_values": environment.autoescape is True
        and values.is_plain(written)
        and {node.name for node in tree.find_all(nodes.Filter)} <= OUR_FILTERS
        and not any(syntax.find_forbidden(tree, environment)),
        "prints_keys": _prints_loop_variables(tree),
        "may_draw": "<wp:docPr" in source or any(tree.find_all((nodes.Filter, nodes.Call))),
        "globals": {name: template.globals[name] for name in used & set(template.globals)},
    }


def _prints_loop_variables(tree: nodes.Template) -> bool:
    """Tell whether what a loop goes through is printed itself, as the keys of a mapping are."""
    looped = {
        name.name
        for loop in tree.find_all(nodes.For)
        for name in (loop.target, *loop.target.find_all(nodes.Name))
        if isinstance(name, nodes.Name)
    }
    printed = {
        node.name
        for output in tree.find_all(nodes.Output)
        for node in output.nodes
        if isinstance(node, nodes.Name)
    }
    return bool(looped & printed)


def _body(document: Any, environment: Environment) -> VaryingPart:
    source = document.patch_xml(document.get_xml())
    start = source.index(">") + 1
    end = source.rindex("</w:body>")
    settled = jinja_source.settle(source[start:end], environment)
    before, after = _around_body(document.docx._part._element)
    return VaryingPart(
        member=_member(document.docx._part).encode(),
        label="thân văn bản",
        before=before,
        after=after,
        is_body=True,
        breaks_text=settled.breaks_text,
        wrapper=source[:start],
        needs_repair=not tables.never_need_repair(settled.text),
        **_compiled_source(settled.text, environment),
    )


def _around_body(root: Any) -> tuple[bytes, bytes]:
    """Give what stands before and after the content of the body."""
    shell = deepcopy(root)
    body = shell.find(f"{{{_WORD}}}body")
    attributes = dict(body.attrib)
    body.clear()
    body.attrib.update(attributes)
    body.text = _BODY_PLACE
    whole: bytes = etree.tostring(shell, encoding="UTF-8", standalone=True)
    before, after = whole.split(_BODY_PLACE.encode())
    return before, after


def _whole_part(part: Any, source: str, environment: Environment) -> VaryingPart:
    settled = jinja_source.settle(source, environment)
    return VaryingPart(
        member=_member(part).encode(),
        label=parts.part_label(_member(part)),
        before=_DECLARATION,
        after=b"",
        breaks_text=settled.breaks_text,
        **_compiled_source(settled.text, environment),
    )


def _has_braces(source: str) -> bool:
    """Tell whether a part's own text holds braces in docxtpl's way of writing them."""
    return "{_" in source or "_}" in source


def _baseline(document: Any) -> dict[str, bytes]:
    """Save the package as docxtpl would, before anything is filled: content types first."""
    properties.settle(document.docx)
    buffer = io.BytesIO()
    document.docx.save(buffer)
    members = archive.read_members(buffer.getvalue(), is_ours=True)
    order = sorted(members, key=lambda member: (member != _CONTENT_TYPES, member))
    return {member: members[member] for member in order}


def _choose_tier(document: Any, varying: tuple[VaryingPart, ...]) -> tuple[Tier, str]:
    prefixes = {uri: prefix for prefix, uri in document.docx._part._element.nsmap.items()}
    if prefixes.get(_WORD) != "w":
        return Tier.DOCXTPL, "tệp không dùng tiền tố “w” như Word"
    if len({part.member for part in varying}) != len(varying):
        return Tier.DOCXTPL, "một đầu trang hoặc chân trang được dùng chung nhiều lần"
    if any(part.needs_repair for part in varying):
        return (
            Tier.STRINGS_AND_PARSE,
            "có bảng mà số cột phụ thuộc dữ liệu hoặc không có hàng cố định",
        )
    return Tier.STRINGS, "chỉ ghép chữ: mọi bảng có lưới cột chắc chắn đúng"


def _faults(docx: bytes, error: TemplateError) -> tuple[TemplateFault, ...]:
    """Place what Jinja could not read: paragraph by paragraph, else in the part as a whole."""
    placed = gate.find_faults(docx)
    if placed:
        return placed
    return (
        TemplateFault(
            part="thân văn bản",
            paragraph=0,
            quoted="",
            message=f"các chỗ điền đặt không khớp nhau trong bảng hoặc đoạn ({error})",
        ),
    )


def _member(part: Any) -> str:
    return str(part.partname).lstrip("/")
