"""Finding by a few words, with or without accents: papers, dossiers, people, units.

Every word must stand in what is found, in any order. What holds the very letters typed comes
first, then what only looks alike without accents; within each, the newest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from records import succession
from records.archive import Document
from records.base import Model, fold
from records.bodies import IssuingBody, Unit
from records.dossiers import Dossier
from records.grants import Grant
from records.nominations import Nomination

_Row = TypeVar("_Row", bound=Model)
_Texts: TypeAlias = Select[*tuple[Any, ...]]
"""A query for an id and the texts that are looked through."""
MOST: Final = 20
"""So many of each sort are given."""
_CHUNK: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A body or unit under a name it bears or bore; `now` is who stands there today, ""
    when it is itself there or nobody was named."""

    row: IssuingBody | Unit
    name: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found, the best first, at most `MOST` of each sort."""

    documents: tuple[Document, ...] = ()
    dossiers: tuple[Dossier, ...] = ()
    nominations: tuple[Nomination, ...] = ()
    grants: tuple[Grant, ...] = ()
    places: tuple[Place, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything was found."""
        return any((self.documents, self.dossiers, self.nominations, self.grants, self.places))


def find(session: Session, text: str, *, body_ids: Collection[int] | None = None) -> Found:
    """Find what holds all words of `text`; `body_ids` are the bodies looked at, None: all.

    Bodies and units are found whosever they are: their names are no secret.
    """
    words = fold(text).split()
    if not words:
        return Found()
    return Found(
        documents=_matching(
            session,
            select(Document.id, Document.symbol, Document.abstract),
            Document,
            body_ids,
            text,
        ),
        dossiers=_matching(session, select(Dossier.id, Dossier.title), Dossier, body_ids, text),
        nominations=_matching(
            session,
            _with_words(select(Nomination.id, Nomination.name), Nomination, words),
            Nomination,
            body_ids,
            text,
        ),
        grants=_matching(
            session,
            _with_words(select(Grant.id, Grant.name), Grant, words),
            Grant,
            body_ids,
            text,
        ),
        places=tuple(
            Place(row=row, name=getattr(row, "full_name", "") or getattr(row, "name", ""), now=now)
            for row, now in succession.find_named(session, text)
        )[:MOST],
    )


def _with_words(
    query: _Texts, table: type[Nomination] | type[Grant], words: Iterable[str]
) -> _Texts:
    for word in words:
        query = query.where(table.folded_name.contains(word, autoescape=True))
    return query


def _matching(
    session: Session,
    query: _Texts,
    table: type[_Row],
    body_ids: Collection[int] | None,
    text: str,
) -> tuple[_Row, ...]:
    """Give the rows whose texts (after the id) hold all words."""
    columns = table.__table__.c
    if body_ids is not None:
        query = query.where(columns.body_id.in_(list(body_ids)))
    words, letters = fold(text).split(), text.lower().split()
    exact: list[int] = []
    alike: list[int] = []
    for key, *texts in session.execute(query.order_by(columns.id.desc())).yield_per(_CHUNK):
        told = " ".join(one for one in texts if one)
        folded = fold(told)
        if not all(word in folded for word in words):
            continue
        lowered = told.lower()
        (exact if all(word in lowered for word in letters) else alike).append(key)
        if len(exact) == MOST:
            break
    return _in_order(session, table, [*exact, *alike][:MOST])


def _in_order(session: Session, table: type[_Row], keys: Sequence[int]) -> tuple[_Row, ...]:
    return tuple(session.get_one(table, key) for key in keys)
