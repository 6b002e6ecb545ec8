"""The top of a paper: issuing body, symbol, place and date, abstract.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.1 to II.5.
"""

from dataclasses import dataclass
from typing import Final

from doc_templates import compounds, decree30, typeface, wording
from doc_templates.kinds import DocumentKind, Symbol, compose_symbol
from doc_templates.paper import NUMBER_MARK, Issuer, Paper

#: Width of the letterhead's left column, which holds the name and V/v; that of a page that
#: lies across is wider, and its long names still stand free of Quốc hiệu.
LEFT_COLUMN_MM: Final = 68.0
WIDE_COLUMN_MM: Final = 115.0
#: An abstract is broken within this width, so that it stands free of the margins.
ABSTRACT_MM: Final = 145.0
_LETTER_PREFIX: Final = "V/v"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What a letterhead prints. `superior` and `symbol` are "" where there is none."""

    superior: str
    name: tuple[str, ...]
    name_rule_mm: float
    symbol: str
    place_and_date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstract:
    """An abstract broken into lines of about the same length, and the rule below it."""

    lines: tuple[str, ...]
    rule_mm: float


def make_letterhead(paper: Paper, *, column_mm: float = LEFT_COLUMN_MM) -> Letterhead:
    """Set the letterhead of a paper; lines of the name wider than the column are broken."""
    name = tuple(
        line
        for printed in paper.issuer.name
        for line in break_title(printed, decree30.ISSUING_BODY, column_mm)
    )
    return Letterhead(
        superior=paper.issuer.superior,
        name=name,
        name_rule_mm=_name_rule_mm(name[-1]),
        symbol=print_symbol(paper),
        place_and_date=place_and_date(paper),
    )


def print_symbol(paper: Paper) -> str:
    """Print number and symbol: with the number, a gap, or the mark that waits for one.

    "" for papers that carry none, such as a Bản trích ngang.
    """
    symbol = symbol_of(paper)
    if symbol is None:
        return ""
    return symbol.printed(number=NUMBER_MARK if paper.awaits_number else None)


def symbol_of(paper: Paper) -> Symbol | None:
    """Compose the symbol of a paper; None for papers that carry none."""
    if paper.kind not in set(DocumentKind):
        return None
    return compose_symbol(
        DocumentKind(paper.kind),
        body=paper.issuer.code,
        number=paper.number,
        drafting_unit=paper.issuer.drafting_unit,
    )


def place_and_date(paper: Paper) -> str:
    """Print place and date, with room for day and month while there is no date."""
    if paper.issued_on is None:
        return f"{paper.issuer.place}, {wording.print_date_gap(paper.year)}"
    return f"{paper.issuer.place}, {wording.print_date(paper.issued_on)}"


def reference(paper: Paper) -> str:
    """Refer to a paper in a sentence: `số 15/QĐ-UBND ngày 05 tháng 01 năm 2026 của …`."""
    day = (
        wording.print_date_gap(paper.year)
        if paper.issued_on is None
        else wording.keep_together(wording.print_date(paper.issued_on))
    )
    return f"số {print_symbol(paper)} {day} của {full_name(paper.issuer)}"


def reference_to_decision(paper: Paper) -> str:
    """Refer to a decision by who decides, who need not be the body itself."""
    return reference(paper).removesuffix(full_name(paper.issuer)) + decider(paper)


def decider(paper: Paper) -> str:
    """Name who decides, as within a sentence: the body, or its head where he signs in his own
    right; a word that both share is said once (Trưởng phòng Nội vụ)."""
    name = full_name(paper.issuer)
    if paper.signature.on_behalf_of or not paper.signature.head:
        return name
    head = paper.signature.head.capitalize()
    shared, _, rest = name.partition(" ")
    said_twice = head.upper().endswith(f" {shared.upper()}")
    return f"{head} {rest if said_twice else name}"


def full_name(issuer: Issuer) -> str:
    """Give the body's name as it stands within a sentence."""
    return issuer.full_name or wording.name_in_sentence(issuer.name)


def make_abstract(text: str) -> Abstract:
    """Set the abstract of a named kind: bold, centred, with a rule one third to one half."""
    return _set_lines(wording.strip_stop(text), decree30.ABSTRACT, ABSTRACT_MM)


def make_letter_abstract(text: str) -> Abstract:
    """Set the abstract of a letter: `V/v` before it, in the left column, without a rule."""
    bare = wording.strip_stop(text)
    if bare.lower().startswith(_LETTER_PREFIX.lower()):
        bare = bare[len(_LETTER_PREFIX) :].lstrip(" :")
    return _set_lines(
        f"{_LETTER_PREFIX}{wording.NBSP}{bare}", decree30.LETTER_ABSTRACT, LEFT_COLUMN_MM - 4
    )


def break_title(text: str, lettering: decree30.Lettering, within_mm: float) -> tuple[str, ...]:
    """Break a title into lines of like length, as a clerk does: never within a word."""
    size_pt, bold = lettering.chosen_pt, lettering.bold
    lines: list[str] = []
    for held in (wording.hold_quotes(compounds.hold_words(text)), text):
        lines = typeface.balance_lines(held, within_mm=within_mm, size_pt=size_pt, bold=bold)
        if all(typeface.width_mm(line, size_pt=size_pt, bold=bold) <= within_mm for line in lines):
            break
    return tuple(line.replace(wording.NBSP, " ") for line in lines)


def _set_lines(text: str, lettering: decree30.Lettering, within_mm: float) -> Abstract:
    lines = break_title(text, lettering, within_mm)
    last = lines[-1] if lines else ""
    return Abstract(
        lines=lines,
        rule_mm=round(
            typeface.width_mm(last, size_pt=lettering.chosen_pt, bold=lettering.bold)
            * decree30.SHORT_RULE_CHOSEN,
            1,
        ),
    )


def _name_rule_mm(last_line: str) -> float:
    """Measure the rule under the name by its last line as it is printed."""
    lettering = decree30.ISSUING_BODY
    width = typeface.width_mm(last_line, size_pt=lettering.chosen_pt, bold=lettering.bold)
    return round(width * decree30.SHORT_RULE_CHOSEN, 1)
