"""The list annexed to a paper: title, pointer to the paper it goes with, rows, total.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục III.1; Phụ lục III, mẫu 2.1.
"""

from dataclasses import dataclass

from doc_templates import decree30, typeface
from doc_templates.paper import Paper
from doc_templates.parts import letterhead, nominees
from doc_templates.parts.nominees import ListRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """What an annexed list prints. No `rows` means that there is no annex."""

    title: tuple[str, ...]
    pointer: tuple[str, ...]
    rule_mm: float
    rows: tuple[ListRow, ...]
    total: str


def make_annex(paper: Paper, *, title: str, pointer: str) -> Annex:
    """Set the annexed list of a paper's nominees.

    `title` is printed in capitals; `pointer` is the sentence in brackets below it.
    """
    wide = letterhead.ABSTRACT_MM
    titles = typeface.balance_lines(
        title.upper(), within_mm=wide, size_pt=decree30.ANNEX_TITLE.chosen_pt, bold=True
    )
    pointers = typeface.balance_lines(
        f"({pointer})", within_mm=wide, size_pt=decree30.ANNEX_POINTER.chosen_pt, italic=True
    )
    last = typeface.width_mm(pointers[-1], size_pt=decree30.ANNEX_POINTER.chosen_pt, italic=True)
    counted = nominees.count_sentence(paper.nominees)
    return Annex(
        title=tuple(titles),
        pointer=tuple(pointers),
        rule_mm=round(last * decree30.SHORT_RULE_CHOSEN, 1),
        rows=nominees.make_rows(paper.nominees),
        total=f"Danh sách này có {counted}{decree30.END_MARK}",
    )
