"""The Jinja environment of our templates: sandboxed, strict, escaping.

Templates branch and repeat; they do not compute. Three filters write WordprocessingML:

    {{r texts|lines }}     one run, broken into lines
    {{r length|rule }}     a drawn line, `length` in millimetres
    {{p body|outline }}    the paragraphs and tables of a body
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, NoReturn

from jinja2 import StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from doc_templates import wordml
from doc_templates.decree30 import MARGIN_LEFT, MARGIN_RIGHT, PAGE_WIDTH_MM
from doc_templates.styles import Style

_TEXT_WIDTH_MM: Final = PAGE_WIDTH_MM - MARGIN_LEFT.chosen_mm - MARGIN_RIGHT.chosen_mm
_SPECIAL: Final = re.compile("[&<>'\"]").search


class ValueMissingError(UndefinedError):
    """A placeholder has no value; `name` is the placeholder as far as it could be followed."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"chỗ điền “{name}” không có giá trị")


class _Missing(StrictUndefined):
    """Raises with the placeholder's name wherever the value would be used."""

    def _fail_with_undefined_error(self, *_: Any, **__: Any) -> NoReturn:
        name = self._undefined_name or "?"
        raise ValueMissingError(str(name))

    __iter__ = __str__ = __len__ = __bool__ = _fail_with_undefined_error
    __eq__ = __ne__ = __hash__ = _fail_with_undefined_error


class _DictFirst(CodeGenerator):
    """Writes code that looks into a mapping before it asks the sandbox for an attribute.

    Half the work of a long list is Jinja asking each row, a plain mapping, for an attribute it
    does not have. So `row.items` is the row's value of that name where it has one.
    """

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802  Jinja's name
        """Write the lookup in place of a call."""
        self.write(f"(found[{node.attr!r}] if type(found := ")
        self.visit(node.node, frame)
        self.write(
            f") is dict and {node.attr!r} in found else environment.getattr(found, {node.attr!r}))"
        )


class _Environment(ImmutableSandboxedEnvironment):
    """The sandbox, with quick lookups and without computing while a template is compiled."""

    code_generator_class = _DictFirst
    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Compute within bounds; nothing is computed while a template is compiled."""
        are_numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if operator in ("**", "%") or (operator == "*" and not are_numbers):
            raise SecurityError(f"mẫu không dùng phép “{operator}” ở đây")
        return super().call_binop(context, operator, left, right)


def escape_quickly(value: object) -> str:
    """Escape a value as Jinja does; most values have nothing to escape and pass as they are.

    Plain text is escaped by five replacements, letter for letter as MarkupSafe escapes it: what
    is printed is only joined, so that it need not be a `Markup`.
    """
    if type(value) is not str:
        return escape(value)
    if _SPECIAL(value) is None:
        return value
    return (
        value.replace("&", "&amp;")
        .replace(">", "&gt;")
        .replace("<", "&lt;")
        .replace("'", "&#39;")
        .replace('"', "&#34;")
    )


def make_environment(*, is_trusted: bool = False) -> ImmutableSandboxedEnvironment:
    """Make the environment in which a template is compiled and rendered.

    A trusted template may use Jinja's own filters and functions beside our three.
    """
    environment = _Environment(autoescape=True, undefined=_Missing)
    if not is_trusted:
        environment.filters = {}
        environment.globals = {}
    environment.filters |= {"lines": _lines, "rule": _rule, "outline": _outline}
    return environment


#: Filters that print values and well-formed elements of their own, and nothing else.
OUR_FILTERS: Final = frozenset({"lines", "rule", "outline"})


def _lines(texts: Sequence[str]) -> Markup:
    return Markup(wordml.lines(texts))


def _rule(length_mm: float) -> Markup:
    return Markup(wordml.rule(length_mm))


def _outline(body: Sequence[Mapping[str, Any]]) -> Markup:
    """Write body lines; the last one is kept with the signature block that follows."""
    written = [
        _table(line["rows"])
        if line["rows"]
        else wordml.paragraph(
            line["style"],
            _runs(line["runs"], is_bold=line["is_bold"]),
            keep_with_next=line is body[-1],
        )
        for line in body
    ]
    return Markup("".join(written))


def _runs(runs: Sequence[Mapping[str, Any]], *, is_bold: bool = False) -> str:
    return "".join(
        wordml.run(run["text"], bold=run["bold"], italic=run["italic"], in_bold=is_bold)
        for run in runs
    )


def _table(rows: Sequence[Sequence[Sequence[Mapping[str, Any]]]]) -> str:
    return wordml.table(
        [[_runs(cell) for cell in row] for row in rows],
        style=Style.TABLE.value,
        head=Style.TABLE_HEAD.value,
        text=Style.TABLE_TEXT.value,
        width_mm=_TEXT_WIDTH_MM,
    ) + wordml.paragraph(Style.SPACER.value, "")
