"""Whether the papers of a dossier hold together: people, counts, references, recipients.

Nothing here stops anybody; each sentence names what does not agree, for a person to look at.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from doc_templates import wording
from doc_templates.kinds import DocumentKind, parse_symbol
from records import bodies, documents, dossiers
from records.base import fold
from records.bodies import IssuingBody
from records.documents import Document, DocumentState
from records.dossiers import Dossier
from records.entries import EntryState, RegisterEntry
from service.workflow import composing
from service.workflow.desk import Desk
from service.workflow.dossier_papers import kind_title

_SUBJECTS: Final = {
    "cá nhân": "individual",
    "tập thể": "collective",
    "hộ gia đình": "household",
}
_COUNT: Final = re.compile(
    r"(?<![\d./])(?P<number>\d{1,3}(?:\.\d{3})*|\d+) (?:\((?P<words>[^)\d]{2,80})\) )?"
    r"(?P<what>cá nhân|tập thể|hộ gia đình)"
)
#: “số 12/TTr-THHP ngày 05/10/2026 của …”, or with the day in words.
_REFERENCE: Final = re.compile(
    r"số (?P<symbol>\d+/[A-ZĐa-zđ0-9&.-]+) ngày (?:(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})|"
    r"(?P<day>\d{1,2}) tháng (?P<month>\d{1,2}) năm (?P<year>\d{4})) của (?P<whom>[^;,.()]{3,120})"
)
_LISTS: Final = (DocumentKind.SUBMISSION.value, DocumentKind.DECISION.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """One thing that does not agree; `code` is for machines."""

    document_id: int
    code: str
    message: str

    def __str__(self) -> str:
        return self.message


def check_dossier(desk: Desk, dossier_id: int) -> tuple[Mismatch, ...]:
    """Look at all papers of a dossier that are drafts or in force.

    Raises:
        NotFound: there is no such dossier.
    """
    with desk.reading() as session:
        dossier = dossiers.get_dossier(session, dossier_id)
        papers, _ = documents.list_documents(session, dossier_id=dossier.id, size=1_000)
        standing = [
            one for one in papers if one.state in (DocumentState.DRAFT, DocumentState.ISSUED)
        ]
        found = [one for paper in standing for one in check_document(session, paper)]
        return (*found, *_spelt_apart(standing))


def check_document(session: Session, document: Document) -> tuple[Mismatch, ...]:
    """Look at one paper: its counts, its list against the dossier, what it refers to."""
    found = [
        *_counts(document),
        *_references(session, document),
    ]
    if document.dossier_id is not None:
        dossier = dossiers.get_dossier(session, document.dossier_id)
        if document.state is DocumentState.DRAFT:
            found += _changed_list(session, document, dossier)
        found += _recipients(session, document, dossier)
    return tuple(found)


def _counts(document: Document) -> Iterator[Mismatch]:
    """A count in the text is that of the list below it, in figures and in words."""
    nominees = _nominees(document)
    if document.kind not in _LISTS or not nominees:
        return
    for found in _COUNT.finditer(_text(document)):
        number = int(found["number"].replace(".", ""))
        subject = _SUBJECTS[found["what"]]
        listed = sum(one.get("subject", "individual") == subject for one in nominees)
        if number != listed:
            yield Mismatch(
                document_id=document.id,
                code="count-differs",
                message=f"Lời văn ghi “{found[0]}”, danh sách có {wording.print_count(listed)} "
                f"{found['what']}.",
            )
        words = found["words"]
        if words and fold(words) != fold(wording.number_in_words(number)):
            yield Mismatch(
                document_id=document.id,
                code="words-differ",
                message=f"“{found[0]}”: {number} viết bằng chữ là "
                f"“{wording.number_in_words(number)}”.",
            )


def _changed_list(session: Session, document: Document, dossier: Dossier) -> Iterator[Mismatch]:
    """Danh sách đã thay đổi sau dự thảo: who is on it, in which order, spelt how."""
    nominees = _nominees(document)
    if not nominees:
        return
    now = composing.nominees_of(session, dossier, kind=document.kind)
    before = [(one.get("name"), one.get("award", "")) for one in nominees]
    after = [(one.get("name"), one.get("award", "")) for one in now]
    if before == after:
        return
    gone = [str(name) for name, award in before if (name, award) not in after]
    new = [str(name) for name, award in after if (name, award) not in before]
    told = [f"bớt {', '.join(gone)}" if gone else "", f"thêm {', '.join(new)}" if new else ""]
    what = "; ".join(filter(None, told)) or "thứ tự khác"
    yield Mismatch(
        document_id=document.id,
        code="list-changed",
        message=f"Danh sách của hồ sơ đã thay đổi sau khi lập dự thảo: {what}. Lập lại dự thảo từ "
        "hồ sơ.",
    )


def _references(session: Session, document: Document) -> Iterator[Mismatch]:
    """A reference to a paper of ours has a number that was given, and its true date."""
    by_name = {fold(one.full_name): one for one in bodies.bodies(session)}
    for found in _REFERENCE.finditer(_text(document)):
        body = _whose(found["whom"], by_name)
        if body is None or parse_symbol(found["symbol"]) is None:
            continue
        day = _day(found)
        if day is None:
            continue
        entry = session.scalars(
            select(RegisterEntry).where(
                RegisterEntry.body_id == body.id,
                RegisterEntry.symbol == found["symbol"],
                RegisterEntry.issued_on.between(date(day.year, 1, 1), date(day.year, 12, 31)),
            )
        ).first()
        if entry is None:
            if _has_books(session, body, day.year):
                yield Mismatch(
                    document_id=document.id,
                    code="reference-unknown",
                    message=f"Dẫn văn bản số {found['symbol']} năm {day.year} của "
                    f"{body.full_name}, nhưng sổ không có số này.",
                )
        elif entry.state is EntryState.CANCELLED:
            yield Mismatch(
                document_id=document.id,
                code="reference-cancelled",
                message=f"Dẫn văn bản số {found['symbol']}, nhưng số này đã hủy.",
            )
        elif entry.issued_on != day:
            yield Mismatch(
                document_id=document.id,
                code="reference-date-differs",
                message=f"Dẫn văn bản số {found['symbol']} ngày {wording.print_short_date(day)}; "
                f"trong sổ là ngày {wording.print_short_date(entry.issued_on)}.",
            )


def _recipients(session: Session, document: Document, dossier: Dossier) -> Iterator[Mismatch]:
    """Nơi nhận covers the unit that nominated: by name, or by “Như Điều …”, “Như trên”."""
    if document.kind != DocumentKind.DECISION or dossier.unit_id is None:
        return
    lines = [fold(line) for line in document.paper.get("recipients", [])]
    unit = bodies.get_unit(session, dossier.unit_id).name
    if not any("nhu dieu" in line or "nhu tren" in line or fold(unit) in line for line in lines):
        yield Mismatch(
            document_id=document.id,
            code="unit-not-addressed",
            message=f"Nơi nhận chưa có đơn vị đề nghị: {unit}.",
        )


def _spelt_apart(papers: Sequence[Document]) -> Iterator[Mismatch]:
    """One person is spelt one way in all papers of a dossier."""
    spelt: dict[str, dict[str, Document]] = {}
    for paper in papers:
        for one in _nominees(paper):
            name = str(one.get("name", ""))
            spelt.setdefault(fold(name), {}).setdefault(name, paper)
    for ways in spelt.values():
        if len(ways) > 1:
            told = "; ".join(f"“{name}” ở {kind_title(one.kind)}" for name, one in ways.items())
            yield Mismatch(
                document_id=next(iter(ways.values())).id,
                code="spelt-apart",
                message=f"Một tên viết khác nhau: {told}.",
            )


def _whose(text: str, by_name: Mapping[str, IssuingBody]) -> IssuingBody | None:
    """Find the body named after a reference; a name may go on in the sentence."""
    folded = fold(text)
    named = [name for name in by_name if folded == name or folded.startswith(f"{name} ")]
    return by_name[max(named, key=len)] if named else None


def _day(found: re.Match[str]) -> date | None:
    parts = (found["y"] or found["year"], found["m"] or found["month"], found["d"] or found["day"])
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


def _has_books(session: Session, body: IssuingBody, year: int) -> bool:
    """Tell whether the numbers of that year are kept here at all."""
    query = select(RegisterEntry.id).where(
        RegisterEntry.body_id == body.id,
        RegisterEntry.issued_on.between(date(year, 1, 1), date(year, 12, 31)),
    )
    return session.scalars(query.limit(1)).first() is not None


def _text(document: Document) -> str:
    paper = document.paper
    lines = [paper.get("abstract", ""), *paper.get("legal_bases", []), paper.get("body", "")]
    return "\n".join(str(line) for line in lines)


def _nominees(document: Document) -> list[Mapping[str, Any]]:
    listed = document.paper.get("nominees", [])
    return [one for one in listed if isinstance(one, Mapping)]
