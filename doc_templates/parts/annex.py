"""The list annexed to a paper: title, pointer to the paper it goes with, rows, total.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục III.1; Phụ lục III, mẫu 2.1.
"""

from dataclasses import dataclass

from doc_templates import compounds, decree30, wording
from doc_templates.paper import Paper
from doc_templates.parts import letterhead, nominees
from doc_templates.parts.nominees import ListRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """What an annexed list prints. No `rows` means that there is no annex.

    `pointer` names the paper it goes with, in brackets; it is not broken by hand, since the
    number in it comes after everything else has been set.
    """

    title: tuple[str, ...]
    pointer: str
    rows: tuple[ListRow, ...]
    total: str


def make_annex(paper: Paper, *, title: str, pointer: str) -> Annex:
    """Set the annexed list of a paper's nominees.

    `title` is printed in capitals; `pointer` is the sentence in brackets below it.
    """
    counted = nominees.count_sentence(paper.nominees)
    return Annex(
        title=letterhead.break_title(title.upper(), decree30.ANNEX_TITLE, letterhead.ABSTRACT_MM),
        pointer=f"({compounds.hold_words(wording.keep_together(pointer))})",
        rows=nominees.make_rows(paper.nominees),
        total=f"Danh sách này có {counted}{decree30.END_MARK}",
    )
