"""The lettering of every part (Phụ lục I, Phần I, mục V) and the setting of the text (mục II.6)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from doc_templates import decree30
from doc_templates.conformity.findings import Finding, Severity
from doc_templates.conformity.lines import Line
from doc_templates.conformity.parts import Parts
from doc_templates.conformity.rules import Checked, E, Rule, Sheet, W, at, rule
from doc_templates.decree30 import Lettering

_MM: Final = 72 / 25.4
#: Of a line, that much must have a look for the line to have it.
_MOST: Final = 0.8
_LEAST: Final = 0.2
_LONG: Final = 90
_INDENT_TOLERANCE_MM: Final = 0.6
_LINE_OF_TIMES: Final = 1.15

COUNTRY = rule("TY-01", "Quốc hiệu", E, at("mục II.1 và V"), is_shared=True)
MOTTO = rule("TY-02", "Tiêu ngữ", E, at("mục II.1 và V"), is_shared=True)
SUPERIOR = rule("TY-04", "Tên cơ quan chủ quản", E, at("mục II.2 và V"), is_shared=True)
ISSUING = rule("TY-05", "Tên cơ quan ban hành", E, at("mục II.2 và V"), is_shared=True)
SYMBOL = rule("TY-07", "Số, ký hiệu: cỡ 13, chữ đứng", E, at("mục II.3 và V"))
PLACE_DATE = rule("TY-09", "Địa danh và thời gian: nghiêng", E, at("mục II.4 và V"))
TITLE = rule("TY-10", "Tên loại: chữ hoa, đậm, căn giữa", E, at("mục II.5 và V"))
ABSTRACT = rule("TY-11", "Trích yếu: đậm, căn giữa", E, at("mục II.5 và V"))
LETTER_ABSTRACT = rule("TY-13", "Trích yếu công văn: không đậm", E, at("mục II.5 và V"))
BODY = rule("TY-14", "Lời văn: cỡ 13–14, chữ đứng", E, at("mục II.6 và V"))
BASIS = rule("TY-23", "Căn cứ: chữ nghiêng", E, at("mục II.6 và V"))
AUTHORITY = rule("TY-24", "Quyền hạn, chức vụ người ký: chữ hoa, đậm", E, at("mục II.7 và V"))
SIGNER = rule("TY-25", "Họ tên người ký: chữ thường, đậm", E, at("mục II.7 và V"))
ADDRESSEES = rule("TY-26", "Kính gửi: chữ đứng, không đậm", E, at("mục II.9 và V"))
RECIPIENTS_WORD = rule("TY-27", "“Nơi nhận:”: cỡ 12, nghiêng, đậm", E, at("mục II.9 và V"))
RECIPIENTS = rule("TY-28", "Danh sách nơi nhận: cỡ 11, chữ đứng", E, at("mục II.9 và V"))
INDENT = rule("PA-01", "Lùi đầu dòng 1 hoặc 1,27 cm", E, at("mục II.6"))
GAP = rule("PA-02", "Cách đoạn tối thiểu 6 pt", E, at("mục II.6"))
SPACING = rule("PA-03", "Cách dòng từ đơn đến 1,5", E, at("mục II.6"))
JUSTIFIED = rule("PA-04", "Căn đều hai lề", E, at("mục II.6"))
ONE_SIZE = rule("PA-05", "Lời văn một cỡ chữ", W, at("mục II.6"))


def lettered_parts(parts: Parts) -> Iterator[tuple[Rule, Sequence[Line], Lettering]]:
    """Give every part with its rule and its lettering."""
    yield COUNTRY, _one(parts.country), decree30.NATIONAL_NAME
    yield MOTTO, _one(parts.motto), decree30.NATIONAL_MOTTO
    yield SUPERIOR, parts.superior, decree30.SUPERIOR_BODY
    yield (
        ISSUING,
        parts.issuing if parts.superior or _has_bold(parts) else (),
        decree30.ISSUING_BODY,
    )
    yield SYMBOL, _one(parts.symbol), decree30.NUMBER_AND_SYMBOL
    yield PLACE_DATE, _one(parts.place_date), decree30.PLACE_AND_DATE
    yield TITLE, _one(parts.title), decree30.KIND
    yield ABSTRACT, parts.abstract, decree30.ABSTRACT
    yield LETTER_ABSTRACT, parts.letter_abstract, decree30.LETTER_ABSTRACT
    yield BASIS, parts.bases, decree30.LEGAL_BASIS
    yield (
        AUTHORITY,
        [line for line in parts.signing if line.is_capitals],
        decree30.SIGNING_AUTHORITY,
    )
    yield SIGNER, _one(parts.signer), decree30.SIGNER_NAME
    yield ADDRESSEES, parts.addressees, decree30.ADDRESSEES
    yield RECIPIENTS_WORD, _one(parts.recipients_word), decree30.RECIPIENTS_WORD
    yield RECIPIENTS, parts.recipients, decree30.RECIPIENTS


def _one(line: Line | None) -> Sequence[Line]:
    return () if line is None else (line,)


def _has_bold(parts: Parts) -> bool:
    return any(line.share("bold") > _MOST for line in parts.issuer)


def check_lettering(sheet: Sheet) -> Iterator[Finding]:
    """Size, weight and slant of each part. Wrong: Quốc hiệu 14 pt, not bold. Right: 12–13 pt,
    bold, upright."""
    for rule_, lines, lettering in lettered_parts(sheet.parts):
        if not lines:
            yield rule_.absent()
            continue
        told = set()
        for line in lines:
            for found, advice in _deviations(line, lettering):
                if found not in told:
                    told.add(found)
                    yield rule_.deviates(line, found, advice)
    yield from _names_of_body(sheet.parts)


def _deviations(line: Line, lettering: Lettering) -> Iterator[tuple[str, str]]:
    size = line.size
    if size and not lettering.least_pt <= size <= lettering.most_pt:
        wanted = f"{lettering.least_pt:g}"
        if lettering.most_pt != lettering.least_pt:
            wanted += f"–{lettering.most_pt:g}"
        yield f"Cỡ chữ {size:g}.", f"Đặt cỡ {wanted}."
    for trait, wanted_on, name in (
        ("bold", lettering.bold, "đậm"),
        ("italic", lettering.italic, "nghiêng"),
    ):
        share = line.share(trait)
        if wanted_on and share < _LEAST:
            yield f"Chữ không {name}.", f"Đặt chữ {name}."
        elif not wanted_on and share > _MOST:
            yield f"Chữ {name}.", f"Bỏ chữ {name}."
    if lettering.capitals and not line.is_capitals:
        yield "Không phải chữ in hoa.", "Viết chữ in hoa."


def _names_of_body(parts: Parts) -> Iterator[Finding]:
    """Where no line of the body's name is bold, one of them is wrong, and which cannot be told."""
    if parts.issuer and not _has_bold(parts):
        yield ISSUING.deviates(
            parts.issuer[-1],
            "Tên cơ quan ban hành không đậm.",
            "Đặt chữ đậm cho tên cơ quan ban hành.",
        )


def check_motto(sheet: Sheet) -> Iterator[Finding]:
    """The wording. Wrong: “Độc lập – Tự do – Hạnh phúc”, “Độc Lập - Tự Do”. Right: “Độc lập -
    Tự do - Hạnh phúc”."""
    motto, country = sheet.parts.motto, sheet.parts.country
    if motto is not None:
        text = " ".join(motto.text.split())
        if text != decree30.NATIONAL_MOTTO_TEXT:
            yield MOTTO.deviates(
                motto,
                "Tiêu ngữ viết khác mẫu (chữ hoa, gạch nối hoặc khoảng trống).",
                f"Viết “{decree30.NATIONAL_MOTTO_TEXT}” với gạch nối ngắn có cách chữ hai bên.",
            )
    if country is not None and motto is None:
        yield MOTTO.unsure(country, "Không nhận ra dòng Tiêu ngữ dưới Quốc hiệu.")
    if country is None:
        yield COUNTRY.unsure("đầu văn bản", "Không nhận ra dòng Quốc hiệu.")


def check_centered(sheet: Sheet) -> Iterator[Finding]:
    """Kind and abstract stand in the middle of the page."""
    parts = sheet.parts
    for rule_, lines in ((TITLE, _one(parts.title)), (ABSTRACT, parts.abstract)):
        for line in lines:
            if line.table < 0 and line.style.align in ("left", "both") and line.style.left < 36:
                if line.leads_with_tab or line.text != line.text.strip() or line.part:
                    continue
                yield rule_.deviates(line, "Không căn giữa.", "Căn giữa dòng này.")
    if parts.abstract and parts.abstract[-1].text.endswith("."):
        yield ABSTRACT.deviates(
            parts.abstract[-1], "Có dấu chấm cuối trích yếu.", "Bỏ dấu chấm.", Severity.WARNING
        )


def _running(parts: Parts) -> list[Line]:
    """Give the lines of the running text that are long enough to be judged."""
    return [
        line
        for line in parts.body
        if line.table < 0 and line.is_whole and len(line.text) > _LONG and line.size
    ]


def check_body(sheet: Sheet) -> Iterator[Finding]:
    """The text: 13–14 pt in one size, justified, first line 1 or 1.27 cm, gaps of 6 pt."""
    running = _running(sheet.parts)
    if len(running) < 2:
        for rule_ in (BODY, INDENT, GAP, SPACING, JUSTIFIED, ONE_SIZE):
            yield rule_.absent()
        return
    yield from _sizes(running)
    yield from _align(running)
    yield from _indents(running)
    yield from _gaps(running)
    yield from _spacing(running)


def _sizes(running: list[Line]) -> Iterator[Finding]:
    sizes: Counter[float] = Counter()
    for line in running:
        sizes += line.sizes
    size, letters = sizes.most_common(1)[0]
    lettering = decree30.BODY
    if not lettering.least_pt <= size <= lettering.most_pt:
        first = next(line for line in running if line.size == size)
        yield BODY.deviates(first, f"Lời văn cỡ {size:g}.", "Đặt cỡ 13 hoặc 14.")
    others = [line for line in running if line.size != size]
    if others and letters < sum(sizes.values()) * 0.98:
        yield ONE_SIZE.deviates(
            others[0],
            f"Đoạn cỡ {others[0].size:g}, phần lớn lời văn cỡ {size:g}.",
            f"Dùng một cỡ {size:g} cho cả lời văn.",
        )


def _align(running: list[Line]) -> Iterator[Finding]:
    loose = [line for line in running if line.style.align in ("left", "right", "center")]
    if len(loose) > len(running) / 2:
        yield JUSTIFIED.deviates(loose[0], "Lời văn không căn đều hai lề.", "Căn đều hai lề.")
    elif loose:
        yield JUSTIFIED.deviates(
            loose[0],
            f"{len(loose)} đoạn không căn đều hai lề.",
            "Căn đều hai lề.",
            Severity.WARNING,
        )


def _indents(running: list[Line]) -> Iterator[Finding]:
    """A paragraph with a number of its own, a tab or spaces before it cannot be judged."""
    plain = [
        line
        for line in running
        if not line.label
        and not line.leads_with_tab
        and not line.runs[0].text.startswith((" ", "\u00a0"))
    ]
    low, high = decree30.FIRST_LINE_MM
    wrong = []
    for line in plain:
        mm = (line.style.first_line + max(line.style.left, 0.0)) / _MM
        if min(abs(mm - low), abs(mm - high)) > _INDENT_TOLERANCE_MM:
            wrong.append((line, mm))
    if not plain:
        yield INDENT.unsure(running[0], "Đầu dòng lùi bằng dấu cách, tab hoặc đánh số tự động.")
    elif len(wrong) > len(plain) / 2:
        line, mm = wrong[0]
        shown = f"{mm / 10:.2f}".replace(".", ",")
        yield INDENT.deviates(line, f"Đầu dòng lùi {shown} cm.", "Lùi đầu dòng 1 cm hoặc 1,27 cm.")
    elif wrong:
        yield INDENT.deviates(
            wrong[0][0],
            f"{len(wrong)} đoạn lùi đầu dòng khác các đoạn còn lại.",
            "Lùi đầu dòng thống nhất 1 cm hoặc 1,27 cm.",
            Severity.WARNING,
        )


def _gaps(running: list[Line]) -> Iterator[Finding]:
    tight = [
        line
        for line in running
        if max(line.style.before, line.style.after) < decree30.PARAGRAPH_GAP_LEAST_PT - 0.05
        and not line.style.before_auto
        and not line.style.after_auto
    ]
    if len(tight) > len(running) / 2:
        style = tight[0].style
        yield GAP.deviates(
            tight[0],
            f"Cách đoạn {max(style.before, style.after):g} pt.",
            "Đặt khoảng cách đoạn tối thiểu 6 pt.",
        )
    elif tight:
        yield GAP.deviates(
            tight[0],
            f"{len(tight)} đoạn cách nhau dưới 6 pt.",
            "Đặt khoảng cách đoạn tối thiểu 6 pt.",
            Severity.WARNING,
        )


def _spacing(running: list[Line]) -> Iterator[Finding]:
    low, high = decree30.LINE_SPACING
    wrong = []
    for line in running:
        multiple = line.style.line
        if line.style.line_rule != "auto":
            multiple = line.style.line / (line.size * _LINE_OF_TIMES)
            if line.style.line_rule == "atLeast":
                multiple = max(multiple, 1.0)
        # Word's own figure for a single line differs from the font's by some per cent.
        if not low - 0.06 <= multiple <= high + 0.02:
            wrong.append((line, multiple))
    if len(wrong) > len(running) / 2:
        line, multiple = wrong[0]
        shown = f"{multiple:.2f}".replace(".", ",")
        yield SPACING.deviates(
            line, f"Cách dòng {shown} lần dòng đơn.", "Đặt cách dòng từ 1,0 đến 1,5."
        )


CHECKS: Final = (
    Checked(
        (
            COUNTRY,
            MOTTO,
            SUPERIOR,
            ISSUING,
            SYMBOL,
            PLACE_DATE,
            TITLE,
            ABSTRACT,
            LETTER_ABSTRACT,
            BASIS,
            AUTHORITY,
            SIGNER,
            ADDRESSEES,
            RECIPIENTS_WORD,
            RECIPIENTS,
        ),
        check_lettering,
    ),
    Checked((MOTTO, COUNTRY), check_motto),
    Checked((TITLE, ABSTRACT), check_centered),
    Checked((BODY, INDENT, GAP, SPACING, JUSTIFIED, ONE_SIZE), check_body),
)
