"""The demonstration: a made-up office, the five published papers, and one whole dossier.

Everything goes the way real work goes, through the same steps and into a real database.
"""

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from records import bodies, registers
from service.intake import documents, nominations
from service.intake.nominations import NominationEntry
from service.workflow import drafting, issuing, nominating, setting_up
from service.workflow.desk import Desk
from service.workflow.issuing import Issued

#: The published papers: file, body, first number of the book, date where the source lost it.
#: Number and date of the plan of 2017 are lost in the source and made up here.
_PAPERS: Final = (
    ("hung-yen-1801-ubnd-nc.toml", "tinh-hung-yen", 1801, None),
    ("gia-lam-875-ubnd-nv.toml", "huyen-gia-lam", 875, None),
    ("nam-tu-liem-961-ubnd-nv.toml", "quan-nam-tu-liem", 961, None),
    ("hai-ba-trung-124-kh-ubnd.toml", "quan-hai-ba-trung", 124, None),
    ("son-tay-ke-hoach-2017.toml", "thi-xa-son-tay", 1, date(2017, 3, 20)),
)
_SCHOOL: Final = "truong-tieu-hoc-hoa-phuong"
_SCHOOL_NAME: Final = "Trường Tiểu học Hoa Phượng"
_WARD: Final = "phuong-hai-ba-trung"
#: A dossier left for the visitor to go on with, and how many people are in it.
_WAITING: Final = "Đợt tháng 11 năm 2026 - chờ lập Tờ trình"
_WAITING_LINES: Final = 10
_FROM_RECORDS: Final = ("number", "issuer", "signature", "nominees", "archive", "recipients")


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPaper:
    """One paper of the demonstration; `issued` is None for one attached to another."""

    document_id: int
    title: str
    issued: Issued | None
    content: bytes
    file_name: str

    @property
    def sha256(self) -> str:
        """The hash of the file."""
        return hashlib.sha256(self.content).hexdigest()


def load(desk: Desk, fixtures: Path) -> setting_up.Loaded:
    """Load the office of the demonstration and its nominees; again and again does no harm."""
    loaded = setting_up.load_office(desk, setting_up.read_office(fixtures / "demo"))
    if loaded.bodies:
        entries = list(_nominees(fixtures))
        for_title = [one for one in entries if one.body == _WARD and one.award == "ntvt"]
        waiting = for_title[:_WAITING_LINES]
        nominating.nominate(desk, waiting, by="demo", dossier=_WAITING)
        rest = [one for one in entries if one not in waiting]
        nominating.nominate(desk, rest, by="demo")
    return loaded


def issue_papers(desk: Desk, fixtures: Path) -> Iterator[DemoPaper]:
    """Issue the five papers, then the dossier: Tờ trình with its Bản trích ngang, Quyết định."""
    for file, body, first, day in _PAPERS:
        yield _issue_published(desk, fixtures / "papers" / file, body, first, day)
    yield from _issue_dossier(desk, fixtures)


def _issue_published(
    desk: Desk, path: Path, body_key: str, first: int, day: date | None
) -> DemoPaper:
    paper = _read(path)
    on = day or paper["issued_on"]
    _open_book(desk, body_key, paper["kind"], on, first=paper.pop("number", first))
    entry = documents.parse_draft({"body": body_key, "paper": {**paper, "issued_on": on}})
    return _issue(desk, entry, on)


def _open_book(desk: Desk, body_key: str, kind: str, on: date, *, first: int) -> None:
    """Open the book at the number that the published paper has."""
    with desk.transaction() as session:
        body = bodies.get_body(session, body_key)
        series = bodies.series_for(body, kind)
        if registers.find_register(session, body, series, on.year) is None:
            registers.open_register(
                session, body, series, on.year, first=first, by="demo", at=desk.now()
            )


def _issue_dossier(desk: Desk, fixtures: Path) -> Iterator[DemoPaper]:
    folder = fixtures / "papers" / "dossier"
    submission, extract, decision = (
        _read(folder / name) for name in ("to-trinh.toml", "trich-ngang.toml", "quyet-dinh.toml")
    )
    entries = [
        _nomination(
            nominee, body=_WARD, award="ntvt", campaign="ntvt-2026", nominating_unit=_SCHOOL_NAME
        )
        for nominee in extract["nominees"]
    ]
    received = nominating.nominate(
        desk, entries, by="demo", dossier="Trường Tiểu học Hoa Phượng - tháng 10 năm 2026"
    )
    dossier = received.dossier_id
    paper = _without(submission, *_FROM_RECORDS)
    main = drafting.draft(
        desk,
        documents.parse_draft({"body": _SCHOOL, "dossier": dossier, "paper": paper}),
        by="demo",
    )
    annex = drafting.draft(
        desk,
        documents.parse_draft(
            {
                "body": _SCHOOL,
                "dossier": dossier,
                "attached_to": main.document_id,
                "paper": _without(extract, *_FROM_RECORDS, "attached_to"),
            }
        ),
        by="demo",
    )
    on = submission["issued_on"]
    _open_book(desk, _SCHOOL, "submission", on, first=submission["number"])
    request = documents.parse_issue({"issued_on": on, "expected": main.expected})
    yield _shown(desk, issuing.issue(desk, main.document_id, request, by="demo"), main.title)
    content, name = issuing.read_docx(desk, annex.document_id)
    yield DemoPaper(
        document_id=annex.document_id,
        title=annex.title,
        issued=None,
        content=content,
        file_name=name,
    )
    nominating.agree_all(desk, dossier or 0, by="demo")
    entry = documents.parse_draft(
        {"body": _WARD, "dossier": dossier, "paper": _without(decision, *_FROM_RECORDS)}
    )
    _open_book(desk, _WARD, "decision", decision["issued_on"], first=decision["number"])
    yield _issue(desk, entry, decision["issued_on"])


def _issue(desk: Desk, entry: documents.DraftEntry, on: date) -> DemoPaper:
    made = drafting.draft(desk, entry, by="demo")
    request = documents.parse_issue({"issued_on": on, "expected": made.expected})
    return _shown(desk, issuing.issue(desk, made.document_id, request, by="demo"), made.title)


def _shown(desk: Desk, issued: Issued, title: str) -> DemoPaper:
    content, name = issuing.read_docx(desk, issued.document_id)
    return DemoPaper(
        document_id=issued.document_id,
        title=title,
        issued=issued,
        content=content,
        file_name=name,
    )


def _nominees(fixtures: Path) -> Iterator[NominationEntry]:
    demo = fixtures / "demo"
    units = {unit["key"]: unit["name"] for unit in _read(demo / "units.toml")["units"]}
    held_by = {one["key"]: one["body"] for one in _read(demo / "campaigns.toml")["campaigns"]}
    for nominee in _read(demo / "nominees.toml")["nominees"]:
        unit = units[nominee.pop("unit")]
        yield _nomination(nominee, body=held_by[nominee["campaign"]], nominating_unit=unit)


def _nomination(nominee: dict[str, Any], **known: str) -> NominationEntry:
    raw = {**nominee, **known}
    if isinstance(raw.get("deed_on"), date):
        raw["deed_on"] = raw["deed_on"].strftime("%d/%m/%Y")
    return nominations.parse_nomination(raw)


def _without(paper: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in paper.items() if name not in names}


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
