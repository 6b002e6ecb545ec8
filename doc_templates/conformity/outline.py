"""Headings, annexes and drawn rules: what stands between the recognised parts (mục II, III, V)."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from doc_templates import decree30, typeface
from doc_templates.conformity.findings import Finding, Severity
from doc_templates.conformity.lines import Line, fold
from doc_templates.conformity.rules import Checked, E, Rule, Sheet, W, at, rule
from doc_templates.decree30 import Lettering

MOTTO_RULE = rule("TY-03", "Kẻ liền dưới Tiêu ngữ", W, at("mục II.1"), is_shared=True)
ISSUER_RULE = rule("TY-06", "Kẻ dưới tên cơ quan", W, at("mục II.2"), is_shared=True)
ABSTRACT_RULE = rule("TY-12", "Kẻ dưới trích yếu", W, at("mục II.5"))
CHAPTER = rule("TY-15", "“Phần”, “Chương”: đậm, căn giữa", E, at("mục II.6 và V"))
SECTION = rule("TY-17", "“Mục”: đậm, căn giữa", E, at("mục II.6 và V"))
ARTICLE = rule("TY-19", "“Điều n.”: đậm, có dấu chấm", E, at("mục II.6 và V"))
ROMAN = rule("TY-22", "“I. TIÊU ĐỀ”: chữ hoa, đậm", E, at("mục II.6 và V"))
ANNEX = rule("TY-29", "“Phụ lục”: cỡ 14, đậm, căn giữa", E, at("mục III.1 và V"))
ANNEX_TITLE = rule("TY-30", "Tiêu đề phụ lục: chữ hoa, đậm", E, at("mục III.1 và V"))
ATTACHED = rule("TY-31", "“(Kèm theo …)”: nghiêng", E, at("mục III.1 và V"))

_UNDERSCORES: Final = re.compile(r"^[_\-–—=]{3,}$")
_CHAPTER: Final = re.compile(r"^(?:phan|chuong) (?:[ivxlc]+|thu [a-z]+)\b")
_SECTION: Final = re.compile(r"^(?:tieu )?muc \d+\s*[.:]?$|^(?:tieu )?muc \d+[.:] ")
_ARTICLE: Final = re.compile(r"^Điều\s+\d{1,3}\s*(?P<mark>[.:]?)")
_ROMAN: Final = re.compile(r"^[IVXLC]{1,6}\.\s+\S")
_ANNEX_WORD: Final = re.compile(r"^phu luc\b")
_ATTACHED: Final = re.compile(r"^\(\s*kem theo\b")
_MOST_TITLE: Final = 100
_POINTS_PER_MM: Final = 72 / 25.4
#: Wider letters have broken into two rows, whose widths are not known.
_MOST_LETTERS_MM: Final = 110
#: A line drawn by hand is seldom exact.
_SHARE_TOLERANCE: Final = 0.06
_MOTTO_LEAST, _MOTTO_MOST = 0.85, 1.15


def check_rules(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: underlined letters, a row of “____”. Right: a drawn line below the letters."""
    parts = sheet.parts
    for rule_, line in (
        (MOTTO_RULE, parts.motto),
        (ISSUER_RULE, parts.issuing[-1] if parts.issuing else None),
        (ABSTRACT_RULE, parts.abstract[-1] if parts.abstract else None),
    ):
        if line is None:
            yield rule_.absent()
        elif any(run.style.underline for run in line.runs if run.text.strip()):
            yield rule_.deviates(
                line, "Gạch chân chữ thay cho đường kẻ.", "Bỏ gạch chân; vẽ đường kẻ liền bên dưới."
            )
        elif _is_row_of_signs(parts.lines, line):
            yield rule_.deviates(
                line, "Đường kẻ là dãy dấu “_” hoặc “-”.", "Vẽ đường kẻ liền bằng Shapes hoặc viền."
            )
        else:
            yield from _length(rule_, line)


def _length(rule_: Rule, line: Line) -> Iterator[Finding]:
    """Compare the one line that is drawn below letters with them: below the motto as long as it,
    else one third to one half. Where several are drawn, or the letters break, nobody can tell."""
    letters = sum(
        typeface.width_mm(
            run.text.upper() if run.style.caps else run.text,
            size_pt=run.style.size,
            bold=run.style.bold,
            italic=run.style.italic,
        )
        for run in line.runs
    )
    if len(line.strokes) != 1 or not 0 < letters < _MOST_LETTERS_MM:
        return
    share = line.strokes[0] / _POINTS_PER_MM / letters
    is_motto = rule_ is MOTTO_RULE
    least = _MOTTO_LEAST if is_motto else decree30.SHORT_RULE_LEAST - _SHARE_TOLERANCE
    most = _MOTTO_MOST if is_motto else decree30.SHORT_RULE_MOST + _SHARE_TOLERANCE
    if not least <= share <= most:
        wanted = "bằng độ dài dòng chữ" if is_motto else "từ 1/3 đến 1/2 độ dài dòng chữ"
        yield rule_.deviates(
            line,
            f"Đường kẻ dài {share:.0%} dòng chữ.".replace("%", " %"),
            f"Kéo đường kẻ {wanted}.",
        )


def _is_row_of_signs(lines: Sequence[Line], line: Line) -> bool:
    place = next(number for number, one in enumerate(lines) if one is line)
    following = lines[place + 1 : place + 2]
    return bool(following) and _UNDERSCORES.match(following[0].text.replace(" ", "")) is not None


def check_headings(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: “I. Mục đích” upright, “Điều 1” not bold. Right: “I. MỤC ĐÍCH” bold, “Điều 1.”
    bold."""
    seen: set[str] = set()
    for line in sheet.parts.body:
        if line.table >= 0:
            continue
        yield from _heading(line, seen)
    for rule_ in (CHAPTER, SECTION, ARTICLE, ROMAN):
        if rule_.id not in seen:
            yield rule_.absent()


def _heading(line: Line, seen: set[str]) -> Iterator[Finding]:
    folded = line.folded
    if _CHAPTER.match(folded) and len(line.text) < _MOST_TITLE:
        seen.add(CHAPTER.id)
        yield from _set_as(CHAPTER, line, decree30.HEADING, is_centered=True)
    elif _SECTION.match(folded) and len(line.text) < _MOST_TITLE:
        seen.add(SECTION.id)
        yield from _set_as(SECTION, line, decree30.HEADING, is_centered=True)
    elif found := _ARTICLE.match(line.text):
        seen.add(ARTICLE.id)
        yield from _article(line, found)
    elif _ROMAN.match(line.text) and len(line.text) < _MOST_TITLE:
        seen.add(ROMAN.id)
        yield from _set_as(ROMAN, line, decree30.HEADING_CAPITALS)


def _article(line: Line, found: re.Match[str]) -> Iterator[Finding]:
    length, letters, bold = len(found[0].rstrip(".: ")), 0, 0
    for run in line.runs:
        for letter in run.text:
            if letters < length and letter.strip():
                bold += run.style.bold
            letters += 1
    signs = len("".join(found[0].rstrip(".: ").split()))
    if bold < signs / 2:
        yield ARTICLE.deviates(line, "“Điều” và số không đậm.", "Đặt chữ đậm cho “Điều n.”.")
    if found["mark"] != ".":
        yield ARTICLE.deviates(
            line, "Sau số của điều không có dấu chấm.", "Viết “Điều n.”.", Severity.WARNING
        )


def _set_as(
    rule_: Rule, line: Line, lettering: Lettering, *, is_centered: bool = False
) -> Iterator[Finding]:
    if line.size and not lettering.least_pt <= line.size <= lettering.most_pt:
        yield rule_.deviates(
            line,
            f"Cỡ chữ {line.size:g}.",
            f"Đặt cỡ {lettering.least_pt:g}–{lettering.most_pt:g}.",
        )
    if lettering.bold and line.share("bold") < 0.2:
        yield rule_.deviates(line, "Chữ không đậm.", "Đặt chữ đậm.")
    if lettering.italic and line.share("italic") < 0.2:
        yield rule_.deviates(line, "Chữ không nghiêng.", "Đặt chữ nghiêng.")
    if lettering.capitals and not line.is_capitals:
        yield rule_.deviates(line, "Không phải chữ in hoa.", "Viết chữ in hoa.")
    if is_centered and line.style.align in ("left", "both") and not line.leads_with_tab:
        yield rule_.deviates(line, "Không căn giữa.", "Căn giữa dòng này.")


def check_annexes(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: “Phụ lục” of 13 pt, “(Kèm theo …)” upright. Right: 14 pt bold; slanted."""
    annexes = sheet.parts.annexes
    words = [line for line in annexes if _ANNEX_WORD.match(line.folded)]
    attached = [line for line in annexes if _ATTACHED.match(line.folded)]
    for rule_, lines, lettering in (
        (ANNEX, words, decree30.ANNEX_WORD),
        (ANNEX_TITLE, _titles(sheet, words), decree30.ANNEX_TITLE),
        (ATTACHED, attached, decree30.ANNEX_POINTER),
    ):
        if not lines:
            yield rule_.absent()
        for line in lines:
            yield from _set_as(rule_, line, lettering, is_centered=rule_ is ANNEX)


def _titles(sheet: Sheet, words: Sequence[Line]) -> list[Line]:
    """Give the line below each word “Phụ lục”: its title, where it stands in the middle."""
    found = []
    for word in words:
        place = sheet.parts.after.index(word) if word in sheet.parts.after else -1
        following = sheet.parts.after[place + 1 : place + 2] if place >= 0 else []
        if following and following[0].style.align == "center" and not _is_pointer(following[0]):
            found.append(following[0])
    return found


def _is_pointer(line: Line) -> bool:
    return fold(line.text).startswith(("(kem theo", "(ban hanh"))


CHECKS: Final = (
    Checked((MOTTO_RULE, ISSUER_RULE, ABSTRACT_RULE), check_rules),
    Checked((CHAPTER, SECTION, ARTICLE, ROMAN), check_headings),
    Checked((ANNEX, ANNEX_TITLE, ATTACHED), check_annexes),
)
