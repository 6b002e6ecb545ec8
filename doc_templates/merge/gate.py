"""The gate for templates that offices bring: all faults at once, before anything is compiled."""

from jinja2.meta import find_undeclared_variables

from doc_templates.errors import FormInvalid, TemplateFault
from doc_templates.merge import archive, parts, placeholders, sources, syntax
from doc_templates.merge.environment import make_environment
from doc_templates.merge.placeholders import Shape
from doc_templates.styles import Style

#: Styles that the filter `outline` writes; a template that uses it must define them.
_OUTLINE_STYLES = (
    Style.HEADING,
    Style.HEADING_TITLE,
    Style.ROMAN,
    Style.ARTICLE,
    Style.CLAUSE_HEADING,
    Style.CLAUSE,
    Style.POINT,
    Style.DASH,
    Style.PLUS,
    Style.BODY,
    Style.TABLE,
    Style.TABLE_HEAD,
    Style.TABLE_TEXT,
    Style.SPACER,
)


def check_template(docx: bytes, name: str, shape: Shape | None) -> frozenset[str]:
    """Check a template; give the dotted placeholders it uses, with `[]` after what is repeated.

    `shape` is what the context offers; without it, names are not checked.

    Raises:
        PaperUnreadable: the bytes are not a Word document.
        FormInvalid: the template has faults; all of them are listed.
    """
    members = archive.read_members(docx)
    parts.check_xml(members)
    reading = placeholders.read_placeholders(
        parts.paragraphs(members), make_environment(), shape=shape
    )
    faults = [*reading.faults, *_missing_styles(members)]
    # What is wrong in a paragraph would be found again, without its place.
    faults = faults or _faults_beyond_paragraphs(docx, shape)
    if faults:
        raise FormInvalid(name, tuple(faults))
    return reading.names


def find_faults(docx: bytes) -> tuple[TemplateFault, ...]:
    """Find what cannot be read in a trusted template, paragraph by paragraph."""
    members = archive.read_members(docx)
    reading = placeholders.read_placeholders(
        parts.paragraphs(members), make_environment(), shape=None
    )
    return reading.faults


def _faults_beyond_paragraphs(docx: bytes, shape: Shape | None) -> list[TemplateFault]:
    """Check what Jinja is really given: tags in attributes, tags that stand in the wrong rows."""
    return [
        TemplateFault(part=source.part, paragraph=0, quoted="", message=message)
        for source in sources.read_sources(docx)
        for message in _faults_of_source(source.text, shape)
    ]


def _faults_of_source(text: str, shape: Shape | None) -> list[str]:
    environment = make_environment()
    try:
        tree = syntax.parse(text, environment)
        if forbidden := dict.fromkeys(syntax.find_forbidden(tree, environment)):
            return list(forbidden)
        # From here on Jinja computes constants: only a tree without arithmetic comes so far.
        syntax.compile_source(text, environment)
        unknown = find_undeclared_variables(tree) - set(shape or ())
    except syntax.SyntaxFault as fault:
        return [f"các chỗ điền đặt không khớp nhau trong bảng hoặc đoạn ({fault})"]
    if shape is None:
        return []
    return [f"biểu mẫu này không có mục tên “{name}”" for name in sorted(unknown)]


def _missing_styles(members: dict[str, bytes]) -> list[TemplateFault]:
    if not any("|outline" in p.text.replace(" ", "") for p in parts.paragraphs(members)):
        return []
    defined = parts.style_ids(members)
    return [
        TemplateFault(
            part="kiểu chữ",
            paragraph=0,
            quoted=style.label,
            message="mẫu dùng “body” nhưng thiếu kiểu chữ này; hãy chép từ mẫu gốc sang",
        )
        for style in _OUTLINE_STYLES
        if style.value not in defined
    ]
