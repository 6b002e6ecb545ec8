"""The catalogue: kind of paper → its form, from values to a filled .docx."""

import re
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, is_dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from doc_templates.errors import FormUnknown, PaperFault, PaperUnfit
from doc_templates.forms.achievement_report import context as achievement_report
from doc_templates.forms.article_cover import context as article_cover
from doc_templates.forms.decision import context as decision
from doc_templates.forms.handover_list import context as handover_list
from doc_templates.forms.invitation import context as invitation
from doc_templates.forms.minutes import context as minutes
from doc_templates.forms.named import context as named
from doc_templates.forms.official_letter import context as official_letter
from doc_templates.forms.plan import context as plan
from doc_templates.forms.profile_extract import context as profile_extract
from doc_templates.forms.residence_confirmation import context as residence_confirmation
from doc_templates.forms.submission import context as submission
from doc_templates.kinds import PROFILE_EXTRACT, UNNUMBERED, DocumentKind
from doc_templates.merge import CompiledForm, compile_form, render
from doc_templates.merge.placeholders import Shape
from doc_templates.paper import Paper
from doc_templates.parts import signature


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form: how its kind is called, what it needs, how its context is made.

    `required` are dotted names of the paper's values without which it cannot be made;
    `takes` are the names of all values that it prints. Kinds drawn alike share a `folder`.
    """

    kind: str
    title: str
    context: type
    make_context: Callable[[Paper], Any]
    required: tuple[str, ...]
    takes: tuple[str, ...]
    folder: str

    @property
    def shape(self) -> Shape:
        """What the form's context offers to its template, as nested names."""
        return typing.cast(Shape, _shape_of(self.context))

    def template(self) -> bytes:
        """Read the form's own template."""
        return (_folder(self.folder) / "template.docx").read_bytes()

    def sample(self) -> str:
        """Read the form's filled example, a paper file in TOML."""
        text = (_folder(self.folder) / "sample.toml").read_text(encoding="utf-8")
        return _KIND_LINE.sub(f'kind = "{self.kind}"', text, count=1)


_KIND_LINE: Final = re.compile(r"^kind = \"\w+\"$", re.MULTILINE)


def _folder(name: str) -> Traversable:
    return resources.files("doc_templates") / "forms" / name


def _form(module: Any, context: type, kind: str, title: str, folder: str = "") -> Form:
    return Form(
        kind=kind,
        title=title,
        context=context,
        make_context=module.make_context,
        required=module.REQUIRED,
        takes=module.TAKES,
        folder=folder or kind,
    )


def _of_kind(module: Any, context: type, kind: DocumentKind, folder: str = "") -> Form:
    return _form(module, context, kind.value, kind.title, folder)


_FORMS: Final = {
    form.kind: form
    for form in (
        _of_kind(
            official_letter, official_letter.OfficialLetterContext, DocumentKind.OFFICIAL_LETTER
        ),
        _of_kind(plan, plan.PlanContext, DocumentKind.PLAN),
        _of_kind(submission, submission.SubmissionContext, DocumentKind.SUBMISSION),
        _form(
            profile_extract,
            profile_extract.ProfileExtractContext,
            PROFILE_EXTRACT,
            UNNUMBERED[PROFILE_EXTRACT],
        ),
        _of_kind(decision, decision.DecisionContext, DocumentKind.DECISION),
        _of_kind(minutes, minutes.MinutesContext, DocumentKind.MINUTES),
        _of_kind(invitation, invitation.InvitationContext, DocumentKind.INVITATION),
        *(_of_kind(named, named.NamedContext, kind, "named") for kind in named.KINDS),
        *(
            _form(module, context, kind, UNNUMBERED[kind])
            for module, context, kind in (
                (
                    residence_confirmation,
                    residence_confirmation.ResidenceConfirmationContext,
                    "residence_confirmation",
                ),
                (
                    achievement_report,
                    achievement_report.AchievementReportContext,
                    "achievement_report",
                ),
                (article_cover, article_cover.ArticleCoverContext, "article_cover"),
                (handover_list, handover_list.HandoverListContext, "handover_list"),
            )
        ),
    )
}


def list_forms() -> tuple[Form, ...]:
    """List all forms."""
    return tuple(_FORMS.values())


def get_form(kind: str) -> Form:
    """Get the form of a kind.

    Raises:
        FormUnknown: there is none; the error lists those there are.
    """
    if kind not in _FORMS:
        raise FormUnknown(kind, tuple(_FORMS))
    return _FORMS[kind]


@cache
def compiled(kind: str) -> CompiledForm:
    """Compile the form's own template, once.

    Raises:
        FormUnknown: there is no such form.
        FormInvalid: the template does not fit the form's context.
    """
    form = get_form(kind)
    return compile_form(form.template(), name=kind, shape=form.shape)


def compile_for(kind: str, docx: bytes) -> CompiledForm:
    """Compile an office's own template for a kind, checked against what the form offers.

    Raises:
        FormUnknown: there is no such form.
        PaperUnreadable: the bytes are not a Word document.
        FormInvalid: the template has faults; all of them are listed.
    """
    form = get_form(kind)
    return compile_form(docx, name=form.title, shape=form.shape)


class Templates:
    """The templates an office fills: its own where its folder has one, else those we ship.

    A file `<kind>.docx` in `folder` takes the place of the form's template. Each is read and
    checked at its first use; a changed file counts from the next start.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._compiled: dict[str, CompiledForm] = {}

    def form(self, kind: str) -> CompiledForm:
        """Give the compiled template of a kind.

        Raises:
            FormUnknown: there is no such form.
            PaperUnreadable, FormInvalid: the office's own template cannot be used.
        """
        if kind not in self._compiled:
            path = self._folder / f"{kind}.docx" if self._folder else None
            is_own = path is not None and path.is_file()
            self._compiled[kind] = (
                compile_for(kind, path.read_bytes()) if path and is_own else compiled(kind)
            )
        return self._compiled[kind]

    def check(self) -> None:
        """Read and check all templates now.

        Raises:
            PaperUnreadable, FormInvalid: one of them cannot be used.
        """
        for form in list_forms():
            self.form(form.kind)

    def merge(self, paper: Paper) -> bytes:
        """Make the .docx of a paper; see `merge`."""
        return merge(paper, form=self.form(paper.kind))


def find_faults(paper: Paper) -> tuple[PaperFault, ...]:
    """Find everything that keeps the values from making their paper."""
    form = get_form(paper.kind)
    faults = [
        PaperFault(pointer=f"/{name.replace('.', '/')}", code="missing", message=_MISSING[name])
        for name in ("issuer.name", *form.required)
        if not _value(paper, name)
    ]
    return (*faults, *signature.find_faults(paper.signature))


def merge(paper: Paper, *, form: CompiledForm | None = None) -> bytes:
    """Make the .docx of a paper, with the form's own template or with `form`.

    Raises:
        FormUnknown: there is no form for the paper's kind.
        PaperUnfit: values are missing or contradict each other.
        MergeFailed: the template could not be filled.
    """
    if faults := find_faults(paper):
        raise PaperUnfit(faults)
    values = asdict(get_form(paper.kind).make_context(paper))
    return render(form or compiled(paper.kind), values)


_MISSING: Final = {
    "abstract": "Thiếu trích yếu: một câu ngắn cho biết văn bản nói về việc gì.",
    "addressees": "Thiếu nơi “Kính gửi”: loại văn bản này phải có ít nhất một nơi.",
    "body": "Thiếu nội dung văn bản.",
    "issuer.name": "Thiếu tên cơ quan ban hành, viết như in ở đầu văn bản.",
    "issuer.drafting_unit": "Thiếu chữ viết tắt đơn vị soạn thảo trong ký hiệu công văn (VD: NV).",
    "legal_bases": "Thiếu căn cứ ban hành: quyết định phải có ít nhất một căn cứ.",
    "secretary": "Thiếu họ tên thư ký, người ghi biên bản.",
    "nominees": "Danh sách trống: cần ít nhất một cá nhân, tập thể hoặc hộ gia đình.",
}


def _value(paper: Paper, name: str) -> object:
    value: Any = paper
    for step in name.split("."):
        value = getattr(value, step)
    if isinstance(value, tuple):
        return [line for line in value if not isinstance(line, str) or line.strip()]
    return value.strip() if isinstance(value, str) else value


def _shape_of(kind: Any) -> object:
    """Describe a context class: mapping of names, list of one shape, or None for a value."""
    if is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return {field.name: _shape_of(hints[field.name]) for field in fields(kind)}
    if typing.get_origin(kind) in (tuple, list, Sequence, Mapping):
        return [_shape_of(typing.get_args(kind)[0])]
    return None
