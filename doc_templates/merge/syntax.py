"""What a template may say: print, branch, repeat. Everything else is refused unread.

A sandbox alone is not enough: `{{ 9**(9**9) }}` is computed while a template is compiled, and
`{% for i in range(10**9) %}` while it is filled. So the syntax tree is looked through first,
which computes nothing.
"""

from collections.abc import Iterator
from typing import Final

from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateError

LONGEST_TAG: Final = 300
_LONGEST_TEXT: Final = 200
_GREATEST_NUMBER: Final = 1_000_000
_LOOP: Final = frozenset({"index", "index0", "first", "last", "length"})
_TESTS: Final = frozenset({"defined", "none"})
_ALLOWED: Final = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Const,
    nodes.Filter,
    nodes.Test,
    nodes.If,
    nodes.CondExpr,
    nodes.For,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
)


class SyntaxFault(ValueError):
    """A template is not written as Jinja wants it; the text of the error says how."""


def parse(source: str, environment: Environment) -> nodes.Template:
    """Parse a template without compiling it.

    Raises:
        SyntaxFault: it cannot be parsed.
    """
    try:
        return environment.parse(source)
    except TemplateError as error:
        raise SyntaxFault(error.message or "không đọc được") from error
    except RecursionError as error:
        raise SyntaxFault("lồng quá nhiều lớp ngoặc") from error


def compile_source(source: str, environment: Environment) -> None:
    """Compile a template of which the tree has been found fit, as filling it will do.

    Raises:
        SyntaxFault: it cannot be compiled.
    """
    try:
        environment.from_string(source)
    except TemplateError as error:
        raise SyntaxFault(error.message or "không đọc được") from error
    except (SyntaxError, RecursionError) as error:
        raise SyntaxFault("lồng quá nhiều khối “if”, “for”") from error


def find_forbidden(tree: nodes.Template, environment: Environment) -> Iterator[str]:
    """Say what in a tree a template may not do, each in a Vietnamese sentence."""
    printed = {
        id(child)
        for output in tree.find_all(nodes.Output)
        for child in output.nodes
        if isinstance(child, nodes.Filter)
    }
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED):
            yield "mẫu chỉ điền, chọn và lặp; không tính toán, không gọi hàm, không đặt biến"
        elif isinstance(node, nodes.Const):
            yield from _check_constant(node)
        elif isinstance(node, nodes.Getattr):
            yield from _check_attribute(node)
        elif isinstance(node, nodes.Filter):
            yield from _check_filter(node, environment, is_printed=id(node) in printed)
        elif isinstance(node, nodes.Test) and (node.name not in _TESTS or node.args):
            yield f"không có phép thử “{node.name}”"
        elif isinstance(node, nodes.For):
            yield from _check_loop(node)


def _check_constant(node: nodes.Const) -> Iterator[str]:
    value = node.value
    if isinstance(value, str) and len(value) > _LONGEST_TEXT:
        yield "chữ viết sẵn trong chỗ điền quá dài; hãy đặt ra ngoài ngoặc"
    if isinstance(value, int | float) and abs(value) > _GREATEST_NUMBER:
        yield "số viết sẵn trong chỗ điền quá lớn"


def _check_attribute(node: nodes.Getattr) -> Iterator[str]:
    if node.attr.startswith("_"):
        yield f"không có mục tên “{node.attr}”"
    elif isinstance(node.node, nodes.Name) and node.node.name == "loop" and node.attr not in _LOOP:
        yield f"vòng lặp không có “loop.{node.attr}”; chỉ có: {', '.join(sorted(_LOOP))}"
    elif not isinstance(node.node, nodes.Name | nodes.Getattr):
        yield f"không lấy “{node.attr}” từ một giá trị viết sẵn"


def _check_filter(
    node: nodes.Filter, environment: Environment, *, is_printed: bool
) -> Iterator[str]:
    if node.name not in environment.filters:
        offered = ", ".join(sorted(environment.filters))
        yield f"không có bộ lọc “{node.name}”; chỉ có: {offered}"
    elif not is_printed or node.args or node.kwargs or isinstance(node.node, nodes.Filter):
        yield f"bộ lọc “{node.name}” chỉ dùng một mình, khi in, không kèm tham số"


def _check_loop(node: nodes.For) -> Iterator[str]:
    if not isinstance(node.target, nodes.Name) or node.target.name == "loop":
        yield "mỗi vòng lặp cần đúng một tên, ví dụ “for dong in danh_sach”"
    if not isinstance(node.iter, nodes.Name | nodes.Getattr):
        yield "chỉ lặp theo một danh sách của biểu mẫu"
    if node.recursive or node.test is not None:
        yield "vòng lặp không kèm điều kiện và không gọi lại chính nó"
