"""Proves that what is kept is whole: books, documents, bytes, audit chains, and their making."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from doc_templates import catalogue
from doc_templates.errors import PaperError
from records import blobs, inspection, versions
from records.errors import RecordsError
from records.inspection import Inspection, Problem
from service.intake import papers
from service.intake.fields import EntryInvalid
from service.workflow.desk import ENGINE, Desk

_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was found; `made_again` counts the papers that were made again to the same bytes."""

    inspection: Inspection
    made_again: int = 0


def verify(desk: Desk, *, is_deep: bool = True, makes_again: bool = False) -> Verified:
    """Read everything against everything; nothing is changed.

    `is_deep` hashes all bytes again; `makes_again` fills every issued paper anew from its data
    and its template, where this same program made it, and compares the bytes.
    """
    with desk.reading() as session:
        found = inspection.inspect(session, is_deep=is_deep)
    count = 0
    if makes_again:
        for problem in _make_again(desk):
            if problem is None:
                count += 1
            else:
                found.problems.append(problem)
    return Verified(inspection=found, made_again=count)


def _make_again(desk: Desk) -> Iterator[Problem | None]:
    """Give None for each issued version that is made again to its bytes, else the problem."""
    version = versions.DocumentVersion
    last = 0
    while True:
        with desk.reading() as session:
            query = select(version).where(
                version.id > last,
                version.reason == versions.VersionReason.ISSUE,
                version.engine == ENGINE,
            )
            rows = list(session.scalars(query.order_by(version.id).limit(_AT_ONCE)))
            if not rows:
                return
            for row in rows:
                last = row.id
                place = f"Văn bản {row.document_id}"
                try:
                    form = catalogue.compile_for(
                        row.form_key, blobs.read_bytes(session, row.form_hash)
                    )
                    paper = papers.parse_paper(row.paper).to_paper(today=desk.today())
                    made = catalogue.merge(paper, form=form)
                    kept = blobs.read_bytes(session, row.sha256)
                except (PaperError, RecordsError, EntryInvalid) as error:
                    yield Problem("not-made-again", place, f"không lập lại được: {error}")
                    continue
                if made == kept:
                    yield None
                else:
                    yield Problem(
                        "made-differs", place, "lập lại từ dữ liệu đã lưu cho kết quả khác."
                    )
