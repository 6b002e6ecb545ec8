"""Lays a paper out: `lay_out(paper) -> Layout`."""

from typing import Final

from doc_templates.deadline import Deadline
from doc_templates.errors import PaperUnsupported
from doc_templates.layout.display import Layout
from doc_templates.layout.lines import Setting
from doc_templates.layout.looks import Look
from doc_templates.layout.pages import MOST_PAGES, Pager
from doc_templates.layout.setting import Setter
from doc_templates.layout.words import Complain
from doc_templates.reading.findings import Findings
from doc_templates.reading.model import Paper, Paragraph, Text

#: The count of pages that a paper prints may change the count itself.
_MOST_PASSES: Final = 3


def lay_out(paper: Paper, deadline: Deadline) -> Layout:
    """Lay a paper out into pages.

    Raises:
        PaperUnsupported: it has letters or fonts that we cannot print, or too many pages.
        ConversionFailed: the deadline passed.
    """
    layout = _pass(paper, deadline, "1")
    for _ in range(_MOST_PASSES):
        count = str(len(layout[0].pages))
        if not layout[1] or layout[2] == count:
            break
        layout = _pass(paper, deadline, count)
    return layout[0]


def _pass(paper: Paper, deadline: Deadline, pages: str) -> tuple[Layout, bool, str]:
    complaints = _Complaints()
    setting = Setting(paper.mode, paper.default_tab, paper.stretches_broken)
    setter = Setter(setting, complaints, deadline, adds_gaps=paper.adds_gaps)
    setter.numbers["NUMPAGES"] = pages
    layout = Pager(paper, setter, complaints.too_many).flow()
    if complaints.findings.found:
        raise PaperUnsupported(tuple(complaints.findings.found.values()))
    return layout, "NUMPAGES" in setter.used, pages


class _Complaints:
    """Turns what cannot be printed into findings with their places."""

    def __init__(self) -> None:
        self.findings = Findings()

    def about(self, paragraph: Paragraph) -> Complain:
        """Give what the lines of a paragraph call."""

        def complain(text: str, look: Look) -> None:
            findings = self.findings
            findings.paragraph = paragraph.index
            findings.quoted = "".join(
                item.text for item in paragraph.items if isinstance(item, Text)
            )
            if not look.is_ours and not look.is_sign:
                findings.refuse(f"phông chữ “{look.family}”")
            for letter in sorted(look.face.missing(text)):
                findings.refuse(f"ký tự “{letter}” (U+{ord(letter):04X})")

        return complain

    def too_many(self) -> None:
        """Stop at a paper of too many pages."""
        self.findings.refuse(f"văn bản quá {MOST_PAGES} trang")
        raise PaperUnsupported(tuple(self.findings.found.values()))
