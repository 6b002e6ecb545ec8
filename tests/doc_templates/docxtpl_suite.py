"""Runs a script of docxtpl's own tests and fills again what it fills, with our engine.

    python tests/doc_templates/docxtpl_suite.py SCRIPT REPORT

Run in a process of its own, in the folder that the script expects. Every document that the
script saves is compared in canonical XML; REPORT gets a line of JSON for each.
"""

import json
import runpy
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate, InlineImage, RichText
from jinja2 import Environment

from benchmarks.merge import equality
from doc_templates.merge import compile_form, render

#: Methods that change the package of one document, which no compiled template can share.
_BINDING = (
    "build_url_id",
    "new_subdoc",
    "replace_embedded",
    "replace_media",
    "replace_pic",
    "replace_zipname",
)


def find_unfit(value: Any) -> str:
    """Name the first value that is bound to one document; "" when there is none."""
    match value:
        case InlineImage():
            return "InlineImage"
        case RichText() if "r:id=" in value.xml:
            return "RichText with url_id"
        case Mapping():
            return next(filter(None, map(find_unfit, value.values())), "")
        case list() | tuple():
            return next(filter(None, map(find_unfit, value)), "")
        case _ if type(value).__module__ == "docxtpl.subdoc":
            return "Subdoc"
        case _:
            return ""


class Hook:
    """Stands in docxtpl's methods; keeps what was rendered until it is saved."""

    def __init__(self, report: Path) -> None:
        self.report = report
        self.docx: dict[int, bytes] = {}
        self.bound: dict[int, str] = {}
        self.rendered: dict[int, tuple[Mapping[str, Any], Environment, str]] = {}

    def install(self) -> None:
        """Replace the methods of docxtpl."""
        opened, rendered, saved = DocxTemplate.__init__, DocxTemplate.render, DocxTemplate.save

        def begin(document: Any, template_file: Any) -> None:
            if hasattr(template_file, "read"):
                self.docx[id(document)] = template_file.read()
                template_file.seek(0)
            else:
                self.docx[id(document)] = Path(template_file).read_bytes()
            opened(document, template_file)

        def fill(
            document: Any, context: Any, jinja_env: Any = None, autoescape: bool = False
        ) -> None:
            rendered(document, context, jinja_env, autoescape)
            environment = jinja_env or Environment(autoescape=autoescape)
            self.rendered[id(document)] = (context, environment, find_unfit(context))

        def save(document: Any, target: Any, *args: Any, **options: Any) -> None:
            saved(document, target, *args, **options)
            if id(document) in self.rendered:
                made = target.getvalue() if hasattr(target, "getvalue") else b""
                self.compare(document, made or Path(target).read_bytes())

        DocxTemplate.__init__, DocxTemplate.render, DocxTemplate.save = begin, fill, save
        for name in _BINDING:
            setattr(DocxTemplate, name, self._noting(name, getattr(DocxTemplate, name)))

    def compare(self, document: Any, theirs: bytes) -> None:
        """Fill the same template with the same values, and report how it compares."""
        context, environment, unfit = self.rendered[id(document)]
        if unfit := unfit or self.bound.get(id(document), ""):
            self.tell("not eligible", unfit)
            return
        try:
            form = compile_form(self.docx[id(document)], environment=environment)
            ours = render(form, context)
        except Exception as error:  # docxtpl could fill it
            self.tell("differs", f"{type(error).__name__}: {error}")
            return
        found = equality.find_differences(ours, theirs)
        self.tell("differs" if found else "equal", "; ".join(found), tier=str(form.tier))

    def tell(self, outcome: str, reason: str, *, tier: str = "") -> None:
        """Append a line to the report."""
        line = {"outcome": outcome, "reason": reason, "tier": tier}
        with self.report.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def _noting(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def noted(document: Any, *args: Any, **options: Any) -> Any:
            self.bound.setdefault(id(document), name)
            return method(document, *args, **options)

        return noted


if __name__ == "__main__":
    Hook(Path(sys.argv[2])).install()
    sys.argv = sys.argv[1:2]
    sys.path[0] = str(Path.cwd())
    runpy.run_path(sys.argv[0], run_name="__main__")
