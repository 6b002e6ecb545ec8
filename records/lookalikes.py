"""Who else it may be: awards and waiting lines that bear a name, a number or a person alike.

Names are compared without accents, across all units, years and bodies; units that were merged
or renamed count as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from records import rulings
from records.archive import Document, DocumentState
from records.awards import AwardTitle
from records.base import PartialDate, fold
from records.bodies import IssuingBody, Unit
from records.grants import Grant
from records.nominations import Nomination, NominationState
from records.people import Person
from records.rules import facts, likeness
from records.rules.facts import Award, Deed, Identity, PastGrant, PendingNomination
from records.rules.span import Span

_PENDING = (
    NominationState.DRAFT,
    NominationState.SUBMITTED,
    NominationState.RETURNED,
    NominationState.ACCEPTED,
    NominationState.AGREED,
)
_NOT_IN_FORCE = (DocumentState.CANCELLED, DocumentState.RECALLED)
_CHUNK = 500
_WORDS_OF_AWARDS = (
    ("nguoi tot, viec tot", Award.GOOD_DEED),
    ("chien si thi dua toan quoc", Award.NATIONAL_FIGHTER),
    ("chien si thi dua co so", Award.GRASSROOTS_FIGHTER),
    ("chien si thi dua", Award.PROVINCIAL_FIGHTER),
    ("tap the lao dong xuat sac", Award.EXCELLENT_COLLECTIVE),
    ("tap the lao dong tien tien", Award.ADVANCED_COLLECTIVE),
    ("lao dong tien tien", Award.ADVANCED_WORKER),
    ("bang khen cua thu tuong", Award.PRIME_MINISTERS_CERTIFICATE),
    ("bang khen", Award.MERIT_CERTIFICATE),
    ("giay khen", Award.MERIT_PAPER),
)
"""The law's names, folded; the first that a title holds says what it is."""


@dataclass(frozen=True, slots=True)
class Names:
    """The folded names of all awards in force and of all lines that wait, by id."""

    grants: Mapping[int, str]
    pending: Mapping[int, str]
    grant_of: Mapping[int, int]
    """By nomination: the award that came of it, which is no other record."""

    def granted_to(self, nomination_id: int) -> frozenset[int]:
        """Give the award that came of a nomination itself."""
        own = self.grant_of.get(nomination_id)
        return frozenset() if own is None else frozenset({own})


@dataclass(frozen=True, slots=True)
class Places:
    """Units and bodies: names of today, before and after mergers, and whose law applies."""

    names: Mapping[int, str]
    kin: Mapping[str, frozenset[str]]
    """Folded name of a unit → all names that it and its kin bear."""
    areas: Mapping[int, str]
    """By body: whose regulations hold."""
    bodies: Mapping[int, str]

    @classmethod
    def read(cls, session: Session) -> Places:
        """Read all units and bodies."""
        units = tuple(session.scalars(select(Unit)))
        bodies = tuple(session.scalars(select(IssuingBody)))
        linked = [(unit.id, unit.successor_id, unit.name) for unit in units]
        kin: dict[str, frozenset[str]] = {}
        for _, names in _families(linked):
            for name in names:
                kin[fold(name)] = kin.get(fold(name), frozenset()) | names
        return cls(
            names={unit.id: unit.name for unit in units},
            kin=kin,
            areas={body.id: body.area for body in bodies},
            bodies={body.id: body.full_name for body in bodies},
        )

    def names_of(self, *texts: str) -> tuple[str, ...]:
        """Give each name with those before and after a merger."""
        told = [text for text in texts if text]
        more = [name for text in told for name in sorted(self.kin.get(fold(text), ()))]
        return tuple(dict.fromkeys([*told, *more]))


def _families(
    linked: Iterable[tuple[int, int | None, str]],
) -> Iterable[tuple[int, frozenset[str]]]:
    """Gather what is linked by succession: last successor → all names."""
    rows = {key: (after, name) for key, after, name in linked}
    families: dict[int, set[str]] = {}
    for key, (_, name) in rows.items():
        last, seen = key, {key}
        while (after := rows[last][0]) is not None and after in rows and after not in seen:
            last = after
            seen.add(after)
        families.setdefault(last, set()).add(name)
    return [(last, frozenset(names)) for last, names in families.items()]


@dataclass(frozen=True, slots=True)
class Others:
    """The awards and waiting lines that may be of the same nominees."""

    past: Mapping[int, PastGrant]
    pending: Mapping[int, PendingNomination]
    past_of: Mapping[int, frozenset[int]]
    pending_of: Mapping[int, frozenset[int]]

    @classmethod
    def find(
        cls,
        session: Session,
        lines: Sequence[Nomination],
        names: Names,
        awards: Mapping[int, Award],
        places: Places,
    ) -> Others:
        """Find them for several lines at once."""
        past_of = {
            line.id: set(likeness.find_alike(line.name, names.grants)) - names.granted_to(line.id)
            for line in lines
        }
        pending_of = {line.id: set(likeness.find_alike(line.name, names.pending)) for line in lines}
        for line in lines:
            if same := _same_person(line):
                granted = (
                    select(Grant.id)
                    .outerjoin(Nomination, Nomination.id == Grant.nomination_id)
                    .outerjoin(Person, Person.id == Grant.person_id)
                    .where(or_(*same, *_same_in_registry(line)))
                )
                found = set(session.scalars(granted)) & names.grants.keys()
                past_of[line.id] |= found - names.granted_to(line.id)
                waiting = select(Nomination.id).where(or_(*same))
                pending_of[line.id] |= set(session.scalars(waiting)) & names.pending.keys()
        past = _read_grants(session, set().union(*past_of.values()), awards, places)
        pending = _read_pending(session, set().union(*pending_of.values()), awards, places)
        return cls(
            past=past,
            pending=pending,
            past_of={key: frozenset(ids) for key, ids in past_of.items()},
            pending_of={key: frozenset(ids - {key}) for key, ids in pending_of.items()},
        )

    def of(self, line: Nomination) -> tuple[tuple[PastGrant, ...], tuple[PendingNomination, ...]]:
        """Give those of one line, in the order of their ids."""
        return (
            tuple(self.past[key] for key in sorted(self.past_of[line.id]) if key in self.past),
            tuple(
                self.pending[key] for key in sorted(self.pending_of[line.id]) if key in self.pending
            ),
        )


def _same_person(line: Nomination) -> list[ColumnElement[bool]]:
    same: list[ColumnElement[bool]] = []
    if line.person_id is not None:
        same.append(Nomination.person_id == line.person_id)
    if line.identity_number:
        same.append(Nomination.identity_number == line.identity_number)
    return same


def _same_in_registry(line: Nomination) -> list[ColumnElement[bool]]:
    same: list[ColumnElement[bool]] = [Person.id == (line.person_id or 0)]
    if line.identity_number:
        same.append(Person.identity_number == line.identity_number)
    return same


def _read_grants(
    session: Session, ids: set[int], awards: Mapping[int, Award], places: Places
) -> dict[int, PastGrant]:
    found = {}
    for chunk in _chunks(ids):
        rows = (
            select(Grant, Nomination, Person)
            .outerjoin(Nomination, Nomination.id == Grant.nomination_id)
            .outerjoin(Person, Person.id == Grant.person_id)
            .where(Grant.id.in_(chunk))
        )
        for grant, nomination, person in session.execute(rows):
            if grant.award_title_id not in awards:
                continue
            number = (nomination and nomination.identity_number) or (
                person and person.identity_number
            )
            found[grant.id] = PastGrant(
                key=rulings.grant_key(grant.id),
                who=Identity(
                    name=grant.name,
                    subject=facts.Subject(grant.subject.value),
                    birth=span_of(grant.birth),
                    identity=number or "",
                    person_key=str(grant.person_id or ""),
                    unit_names=places.names_of(
                        grant.unit_name, nomination.residence if nomination else ""
                    ),
                ),
                award=awards[grant.award_title_id],
                level=facts.Level(grant.level.value),
                deed=Deed(
                    text=(nomination.deed if nomination else "") or grant.deed,
                    done=span_of(nomination.deed_on) if nomination else None,
                ),
                granted_on=grant.granted_on,
                decision=grant.decision,
                category=category_of(nomination) if nomination else None,
            )
    return found


def _read_pending(
    session: Session, ids: set[int], awards: Mapping[int, Award], places: Places
) -> dict[int, PendingNomination]:
    found = {}
    for chunk in _chunks(ids):
        for line in session.scalars(select(Nomination).where(Nomination.id.in_(chunk))):
            if line.award_title_id in awards:
                found[line.id] = PendingNomination(
                    key=rulings.nomination_key(line.id),
                    who=identity_of(line, places),
                    award=awards[line.award_title_id],
                    level=facts.Level(line.level.value),
                    deed=deed_of(line),
                    unit=unit_of(line, places),
                )
    return found


def award_of(title: AwardTitle) -> Award | None:
    """Tell which award of the law a title is; `None`: none that a rule speaks of."""
    name = fold(title.name)
    return next((award for words, award in _WORDS_OF_AWARDS if words in name), None)


def names_kept(session: Session) -> Names:
    """Read the names to search among; an award that was taken back or struck out is
    none."""
    granted = (
        select(Grant.id, Grant.folded_name, Grant.nomination_id)
        .outerjoin(Document, Document.id == Grant.document_id)
        .where(
            Grant.struck_at.is_(None),
            or_(Grant.document_id.is_(None), Document.state.not_in(_NOT_IN_FORCE)),
        )
    )
    waiting = select(Nomination.id, Nomination.folded_name).where(Nomination.state.in_(_PENDING))
    rows = session.execute(granted).all()
    return Names(
        grants={key: name for key, name, _ in rows},
        pending=dict(session.execute(waiting).all()),
        grant_of={made_of: key for key, _, made_of in rows if made_of is not None},
    )


def identity_of(line: Nomination, places: Places) -> Identity:
    """Say who a line is of, as far as two records can be compared."""
    return Identity(
        name=line.name,
        subject=facts.Subject(line.subject.value),
        birth=span_of(line.birth),
        identity=line.identity_number or "",
        person_key=str(line.person_id or ""),
        unit_names=places.names_of(line.unit_name, line.residence),
    )


def deed_of(line: Nomination) -> Deed:
    """Give what was done, in the words of the dossier."""
    return Deed(text=line.deed or line.summary, done=span_of(line.deed_on))


def unit_of(line: Nomination, places: Places) -> str:
    """Name the proposing unit; a line without one is the body's own."""
    return places.names.get(line.unit_id or 0, "") or places.bodies[line.body_id]


def category_of(line: Nomination) -> facts.Category | None:
    """Give the sort of commendation, where it is stated."""
    return facts.Category(line.category) if line.category else None


def span_of(day: PartialDate | None) -> Span | None:
    """Give the days among which a partly known day lies."""
    return Span(day.first_day, day.last_day) if day is not None else None


def _chunks(ids: Iterable[int]) -> Iterable[list[int]]:
    listed = sorted(ids)
    return (listed[start : start + _CHUNK] for start in range(0, len(listed), _CHUNK))
