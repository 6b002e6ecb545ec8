"""Certificates: from a decision that was issued or from a list, looked at before they are printed.

Nothing is printed while one of them would be wrong: a text that does not fit even in small
letters, a letter that the typeface has not, a name that is missing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Final

from doc_templates import certificates
from doc_templates.certificates import Arrangement, Certificate, Fit, Mode
from doc_templates.errors import ArrangementInvalid
from doc_templates.kinds import DocumentKind
from doc_templates.paper import Nominee, Paper
from doc_templates.parts import nominees
from doc_templates.parts.signature import make_signature
from doc_templates.pdf import Entry, Properties, write
from records import bodies, documents
from records.base import fold
from records.documents import DocumentState
from records.errors import Conflict
from service.intake import papers
from service.intake.certificates import faults_of
from service.intake.fields import EntryInvalid, FieldError
from service.workflow.desk import Desk

_DECISION: Final = DocumentKind.DECISION.value
_TITLE: Final = re.compile(r"^danh hiệu\s+", re.IGNORECASE)
#: “Giấy khen của Chủ tịch …”: the form alone stands on the sheet, the giver above it.
_GIVER: Final = re.compile(r"\s+(?:của|do)\s+.*$", re.IGNORECASE)
#: “… cấp Thành phố”: the level is seen from who gives it.
_LEVEL: Final = re.compile(r"(?<=”)\s+cấp\s+.*$", re.IGNORECASE)
_NOT_IN_A_NAME: Final = re.compile(r"[^a-z0-9]+")
_MOST_ARRANGEMENT: Final = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """Certificates, each with its sheet; `body` is the key of the office, "" if unknown."""

    certificates: tuple[Certificate, ...]
    arrangements: tuple[Arrangement, ...]
    body: str = ""

    def fits(self) -> list[Fit]:
        """Give what to look at, in the order of the list."""
        found: list[Fit] = []
        for number, (one, sheet) in enumerate(
            zip(self.certificates, self.arrangements, strict=True), start=1
        ):
            found += (replace(fit, number=number) for fit in certificates.fit_all([one], sheet))
        return found


def of_decision(desk: Desk, document_id: int) -> Sheets:
    """Make the certificates of a decision that was issued, in the order of its list.

    Raises:
        NotFound: there is no such document.
        Conflict: it is no decision, is not issued, or awards to nobody.
        ArrangementInvalid: the sheet that the office keeps for it has faults.
    """
    with desk.reading() as session:
        document = documents.get_document(session, document_id)
        body = session.get_one(bodies.IssuingBody, document.body_id).key
        kind, state, symbol = document.kind, document.state, document.symbol
        issued_on, kept = document.issued_on, dict(document.paper)
    if kind != _DECISION:
        raise Conflict("Chỉ quyết định khen thưởng mới có giấy khen, giấy chứng nhận.")
    if state is not DocumentState.ISSUED or symbol is None or issued_on is None:
        raise Conflict(
            "Quyết định chưa ban hành hoặc đã hủy: giấy khen ghi số và ngày quyết định, nên chỉ in "
            "sau khi ban hành."
        )
    paper = papers.parse_paper(kept).to_paper(today=desk.today())
    if not paper.nominees:
        raise Conflict("Quyết định này không có danh sách người được khen.")
    made = []
    for golden_book, place in enumerate(nominees.printed_order(paper.nominees), start=1):
        one = _certificate(paper, paper.nominees[place])
        made.append(
            replace(
                one,
                decision=symbol,
                decided_on=issued_on,
                issued_on=issued_on,
                golden_book=golden_book,
            )
        )
    subjects = [
        paper.nominees[place].subject.value for place in nominees.printed_order(paper.nominees)
    ]
    return _with_sheets(desk.certificates, made, body=body, subjects=subjects)


def of_list(
    listed: Sequence[Certificate], *, folder: Path | None = None, sheet: Arrangement | None = None
) -> Sheets:
    """Put a list of certificates on `sheet`, or on those that the office keeps in a folder.

    Raises:
        ArrangementInvalid: the sheet that the office keeps has faults.
    """
    made = _with_sheets(folder, listed, body="", subjects=[""] * len(listed))
    return made if sheet is None else on_sheet(made, sheet)


def on_sheet(sheets: Sheets, sheet: Arrangement) -> Sheets:
    """Put certificates on another sheet."""
    return replace(sheets, arrangements=(sheet,) * len(sheets.certificates))


def print_certificates(
    sheets: Sheets, mode: Mode = Mode.FULL, *, folder: Path | None = None, emblem: bytes = b""
) -> bytes:
    """Make one PDF of all certificates, in the order of the list, each named in the outline.

    `emblem` is the picture for its place; without one, that in the office's folder is taken.

    Raises:
        EntryInvalid: some cannot be printed; every one is named, nothing is made.
        PaperUnreadable: the picture is damaged.
    """
    faults = faults_of(sheets.fits())
    if faults:
        raise EntryInvalid(faults)
    picture = emblem or _emblem(folder, sheets.body)
    entries: list[Entry] = []
    pairs = zip(sheets.certificates, sheets.arrangements, strict=True)
    for sheet, group in groupby(pairs, key=lambda pair: pair[1]):
        listed = [one for one, _ in group]
        layout = certificates.draw(listed, sheet, mode, picture)
        for page, one in zip(layout.pages, listed, strict=True):
            entries.append(Entry(replace(layout, pages=[page]), one.recipient))
    first = sheets.certificates[0]
    title = f"{first.award}: {len(entries)} tờ"
    return write(entries, Properties(title=title, author=first.authority))


def read_arrangement(content: bytes) -> Arrangement:
    """Read the file of a sheet.

    Raises:
        ArrangementInvalid: every fault of the file.
    """
    if len(content) > _MOST_ARRANGEMENT:
        raise ArrangementInvalid(["Tệp quá lớn để là tệp bố trí phôi."])
    try:
        return certificates.read(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ArrangementInvalid(["Tệp không phải UTF-8; hãy lưu lại dạng UTF-8."]) from error


def calibration(sheet: Arrangement) -> bytes:
    """Make the sheet to measure how a printer stands to the stock."""
    return write(certificates.calibration_sheet(sheet))


def _certificate(paper: Paper, nominee: Nominee) -> Certificate:
    act, award = _act_and_award(nominee.award)
    block = make_signature(paper.signature)
    named = f"{nominee.honorific} {nominee.name}".strip()
    where = ", ".join(part for part in (nominee.post, nominee.unit) if part)
    return Certificate(
        authority=_authority(paper),
        act=act,
        award=award,
        recipient=named,
        position=where or nominee.residence,
        deed=nominee.summary or nominee.deed,
        place=paper.issuer.place,
        signer_post="\n".join(block.lines),
        signer_name=block.name,
    )


def _act_and_award(award: str) -> tuple[str, str]:
    """Divide an award into the line of the act and its name as the sheet has it.

    Source: Nghị định 98/2023/NĐ-CP, Điều 104 (dòng 4 và dòng 5).
    """
    bare = _LEVEL.sub("", _GIVER.sub("", award.strip()))
    if _TITLE.match(bare):
        return "TẶNG DANH HIỆU", _TITLE.sub("", bare)
    return "TẶNG", bare


def _authority(paper: Paper) -> str:
    """Say who awards: the line above the legal bases, or the head of the body that issues."""
    if paper.authority:
        return paper.authority
    head = paper.signature.head or paper.signature.post
    return f"{head} {' '.join(paper.issuer.name)}"


def _with_sheets(
    folder: Path | None, listed: Sequence[Certificate], *, body: str, subjects: Sequence[str]
) -> Sheets:
    known: dict[tuple[str, str], Arrangement] = {}
    for one, subject in zip(listed, subjects, strict=True):
        if (key := (one.award, subject)) not in known:
            known[key] = find_arrangement(folder, body=body, award=one.award, subject=subject)
    return Sheets(
        certificates=tuple(listed),
        arrangements=tuple(
            known[one.award, subject] for one, subject in zip(listed, subjects, strict=True)
        ),
        body=body,
    )


def find_arrangement(
    folder: Path | None, *, body: str = "", award: str = "", subject: str = ""
) -> Arrangement:
    """Find the sheet for a body, an award and a sort of recipient, the nearest first.

    In the folder: `<body>-<award>-<subject>.toml`, `<body>-<award>.toml`, `<award>.toml`,
    `<body>.toml`, `default.toml`, else the default sheet; names are without accents
    (`phuong-hai-ba-trung-giay-khen-collective.toml`).

    Raises:
        ArrangementInvalid: the file has faults; its name is told.
    """
    if folder is None:
        return certificates.default_arrangement()
    office, named = _plain(body), _plain(award)
    names = (
        "-".join(filter(None, parts))
        for parts in (
            (office, named, subject),
            (named, subject),
            (office, named),
            (named,),
            (office,),
            ("default",),
        )
    )
    for name in names:
        file = folder / f"{name}.toml"
        if name and file.is_file():
            try:
                return read_arrangement(file.read_bytes())
            except ArrangementInvalid as error:
                faults = [f"{file.name}: {fault}" for fault in error.faults]
                raise ArrangementInvalid(faults) from error
    return certificates.default_arrangement()


def _plain(text: str) -> str:
    return _NOT_IN_A_NAME.sub("-", fold(text)).strip("-")


def _emblem(folder: Path | None, body: str) -> bytes:
    """Find the picture of the emblem: the body's own, else that of all."""
    if folder is None:
        return b""
    names = (name for name in (_plain(body), "quoc-huy") if name)
    files = (folder / f"{name}{end}" for name in names for end in (".png", ".jpg", ".jpeg"))
    found = next((file for file in files if file.is_file()), None)
    return found.read_bytes() if found else b""


def parse_mode(name: str) -> Mode:
    """Take the name of a mode.

    Raises:
        EntryInvalid: there is none of that name.
    """
    if name in set(Mode):
        return Mode(name)
    message = f"Không có cách in “{name[:20]}”; chọn full (in đủ nền) hoặc overprint (in đè phôi)."
    raise EntryInvalid([FieldError(pointer="/mode", code="choice-wrong", message=message)])
