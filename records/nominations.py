"""Nominations: one nominee, one award, one deed, and the way from draft to award.

The nominee's line stands by itself (a citizen is usually nobody's employee) and may link to
a person kept across the years. The long account of the deed and the short sentence that is
printed are two fields, as are the data and the printed form of name and post.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Select, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from records import audit
from records.awards import Level, Subject
from records.base import (
    NEVER_REUSES_IDS,
    Id,
    Key,
    Model,
    PartialDate,
    SearchKey,
    choice,
    fold,
)
from records.errors import Conflict, NotFound, ReasonMissing, StateRefused
from records.sealing import SealedKey
from records.states import MAY_BE_AMENDED as MAY_BE_AMENDED
from records.states import STEPS as STEPS
from records.states import NominationState as NominationState


class Nomination(Model):
    """One line of a unit's list."""

    __tablename__ = "nominations"

    id: Mapped[Id]
    body_id: Mapped[int] = mapped_column(ForeignKey("issuing_bodies.id"), index=True)
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaigns.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    """The unit that nominates."""
    dossier_id: Mapped[int | None] = mapped_column(ForeignKey("dossiers.id"), index=True)
    position: Mapped[int | None]
    """The place in the dossier's list, from 1."""
    award_title_id: Mapped[int] = mapped_column(ForeignKey("award_titles.id"))
    level: Mapped[Level] = mapped_column(choice(Level))
    state: Mapped[NominationState] = mapped_column(
        choice(NominationState), default=NominationState.DRAFT, index=True
    )

    subject: Mapped[Subject] = mapped_column(choice(Subject))
    honorific: Mapped[str] = mapped_column(default="")
    """“Ông”, “Bà”; empty for a collective or where the office prints none."""
    name: Mapped[str]
    printed_name: Mapped[str] = mapped_column(default="")
    """As it shall stand in papers where that differs; empty: as `name`."""
    folded_name: Mapped[SearchKey]
    birth: Mapped[PartialDate | None]
    gender: Mapped[Key] = mapped_column(default="")
    post: Mapped[str] = mapped_column(default="")
    printed_post: Mapped[str] = mapped_column(default="")
    unit_name: Mapped[str] = mapped_column(default="")
    """Where the nominee works or belongs, as printed; need not be the nominating unit."""
    residence: Mapped[str] = mapped_column(default="")
    identity_number: Mapped[SealedKey | None]
    """CCCD; personal data: never in logs, audit entries or lists."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)

    deed: Mapped[str] = mapped_column(default="")
    """The long account."""
    summary: Mapped[str] = mapped_column(default="")
    """The short sentence that is printed."""
    deed_on: Mapped[PartialDate | None]
    past_awards: Mapped[list[str]] = mapped_column(default=list)
    beyond_duty: Mapped[bool | None]
    """The deed was not among the nominee's assigned duties (E-05); `None`: not answered."""
    not_for_own_gain: Mapped[bool | None]
    """Nor done for the nominee's or a relative's gain (E-06); `None`: not answered."""
    helps_others: Mapped[bool | None]
    """Of use to people, a body, a unit, the community or society (E-04)."""
    law_abiding: Mapped[bool | None]
    """Keeps policy and law (E-03); `None`: the confirmation in the dossier says it or nobody."""
    origin: Mapped[Key] = mapped_column(default="")
    """A value of `rules.facts.Origin`; empty: not stated (E-02)."""
    lives_here: Mapped[bool | None]
    """Lives, studies or works in the area of the body (E-02)."""
    is_frontline: Mapped[bool] = mapped_column(default=False)
    """A local cadre or in direct labour, who goes first among equals (E-11)."""
    holds: Mapped[list[str]] = mapped_column(default=list)
    """Values of `rules.facts.Hold`: why the nominee has to wait (KT-04)."""
    category: Mapped[Key] = mapped_column(default="")
    """A value of `rules.facts.Category`; empty: not stated (KT-10)."""
    to_amend: Mapped[list[str]] = mapped_column(default=list)
    """When it was returned: the columns asked to be changed; empty: any may be."""

    created_at: Mapped[datetime]
    created_by: Mapped[Key]
    updated_at: Mapped[datetime]
    updated_by: Mapped[Key]

    __table_args__ = (
        CheckConstraint("position >= 1", name="position_from_one"),
        CheckConstraint("position IS NULL OR dossier_id IS NOT NULL", name="position_in_dossier"),
        NEVER_REUSES_IDS,
    )

    @property
    def shown_name(self) -> str:
        """The name as it stands in papers."""
        return self.printed_name or self.name

    @property
    def shown_post(self) -> str:
        """The post as it stands in papers."""
        return self.printed_post or self.post


class NominationEvent(Model):
    """One change of a nomination's state: who, when and why."""

    __tablename__ = "nomination_events"

    id: Mapped[Id]
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nominations.id"), index=True)
    state: Mapped[NominationState] = mapped_column(choice(NominationState))
    at: Mapped[datetime]
    by: Mapped[Key]
    reason: Mapped[str] = mapped_column(default="")


def nominate(
    session: Session,
    body_id: int,
    *,
    award_title_id: int,
    level: Level,
    subject: Subject,
    name: str,
    by: str,
    at: datetime,
    **fields: object,
) -> Nomination:
    """Write a new nomination as a draft; `fields` are further columns of `Nomination`."""
    nomination = Nomination(
        body_id=body_id,
        award_title_id=award_title_id,
        level=level,
        subject=subject,
        name=name,
        folded_name=fold(name),
        created_at=at,
        created_by=by,
        updated_at=at,
        updated_by=by,
        **fields,
    )
    session.add(nomination)
    session.flush()
    _log(session, nomination, NominationState.DRAFT, by=by, at=at, reason="")
    return nomination


def amend(
    session: Session, nomination: Nomination, *, by: str, at: datetime, **fields: object
) -> None:
    """Change columns of a draft or of one that was returned.

    Raises:
        StateRefused: it lies with somebody else now.
        Conflict: it was returned for other columns to be changed.
    """
    if nomination.state not in MAY_BE_AMENDED:
        _refuse(nomination, MAY_BE_AMENDED, "sửa")
    is_returned = nomination.state is NominationState.RETURNED and nomination.to_amend
    if is_returned and (others := sorted(set(fields) - set(nomination.to_amend))):
        raise Conflict(
            f"Đề nghị {nomination.id} được trả lại để sửa {', '.join(nomination.to_amend)}; không "
            f"sửa được {', '.join(others)}."
        )
    for field, value in fields.items():
        if field in ("id", "state", "folded_name") or field not in Nomination.__mapper__.columns:
            raise ValueError(f"not a column to amend: {field}")
        setattr(nomination, field, value)
    nomination.folded_name = fold(nomination.name)
    nomination.updated_at = at
    nomination.updated_by = by
    session.flush()


def submit(session: Session, nomination: Nomination, *, by: str, at: datetime) -> None:
    """Hand it to the body."""
    _move(session, nomination, NominationState.SUBMITTED, "nộp", by=by, at=at)


def accept(session: Session, nomination: Nomination, *, by: str, at: datetime) -> None:
    """Take it in as complete."""
    _move(session, nomination, NominationState.ACCEPTED, "tiếp nhận", by=by, at=at)


def return_(
    session: Session,
    nomination: Nomination,
    *,
    reason: str,
    by: str,
    at: datetime,
    to_amend: Sequence[str] = (),
) -> None:
    """Give it back to the unit to be completed; the reason is what is missing.

    `to_amend` are the columns to be changed: then only these may be; none named: any may.
    """
    _move(session, nomination, NominationState.RETURNED, "trả lại", by=by, at=at, reason=reason)
    nomination.to_amend = list(to_amend)
    session.flush()


def agree(
    session: Session, nomination: Nomination, *, by: str, at: datetime, despite: str = ""
) -> None:
    """Find it worthy; `despite` is why, where a rule would have stopped it."""
    _move(session, nomination, NominationState.AGREED, "đồng ý", by=by, at=at, note=despite)


def refuse(session: Session, nomination: Nomination, *, reason: str, by: str, at: datetime) -> None:
    """Find it not worthy, with the reason."""
    _move(session, nomination, NominationState.REFUSED, "từ chối", by=by, at=at, reason=reason)


def withdraw(
    session: Session, nomination: Nomination, *, reason: str, by: str, at: datetime
) -> None:
    """Take it back before it was decided, with the reason."""
    _move(session, nomination, NominationState.WITHDRAWN, "rút", by=by, at=at, reason=reason)


def grant(session: Session, nomination: Nomination, *, by: str, at: datetime) -> None:
    """Mark it as awarded; the decision and the snapshot stand in `records.grants`."""
    _move(session, nomination, NominationState.GRANTED, "khen thưởng", by=by, at=at)


def place(session: Session, dossier_id: int, lines: Sequence[Nomination]) -> None:
    """Make these the lines of a dossier, in this order; former lines leave it."""
    for position, nomination in enumerate(lines, start=1):
        nomination.dossier_id = dossier_id
        nomination.position = position
    session.flush()
    for nomination in lines_of(session, dossier_id):
        if nomination not in lines:
            nomination.position = None
            nomination.dossier_id = None
    session.flush()


def lines_of(session: Session, dossier_id: int) -> tuple[Nomination, ...]:
    """Give the lines of a dossier in their order."""
    query = select(Nomination).where(Nomination.dossier_id == dossier_id)
    return tuple(session.scalars(query.order_by(Nomination.position, Nomination.id)))


def get_nomination(session: Session, nomination_id: int) -> Nomination:
    """Look a nomination up.

    Raises:
        NotFound: there is none.
    """
    nomination = session.get(Nomination, nomination_id)
    if nomination is None:
        raise NotFound("đề nghị khen thưởng", nomination_id)
    return nomination


def list_nominations(
    session: Session,
    *,
    body_id: int | None = None,
    campaign_id: int | None = None,
    unit_id: int | None = None,
    state: NominationState | None = None,
    text: str = "",
    body_ids: Collection[int] | None = None,
    before: int | None = None,
    page: int = 1,
    size: int = 50,
) -> tuple[tuple[Nomination, ...], int]:
    """Give one page, the newest first, and how many there are in all.

    `text` is a part of the name, with or without accents; `body_ids` and `before` as in
    `archive.list_documents`.
    """
    query: Select[Nomination] = select(Nomination)
    if body_ids is not None:
        query = query.where(Nomination.body_id.in_(list(body_ids)))
    if before is not None:
        query = query.where(Nomination.id < before)
    wanted = {
        "body_id": body_id,
        "campaign_id": campaign_id,
        "unit_id": unit_id,
        "state": state,
    }
    query = query.filter_by(**{name: value for name, value in wanted.items() if value is not None})
    if text.strip():
        query = query.where(Nomination.folded_name.contains(fold(text), autoescape=True))
    total = session.scalars(select(func.count()).select_from(query.subquery())).one()
    rows = query.order_by(Nomination.id.desc()).limit(size).offset((page - 1) * size)
    return tuple(session.scalars(rows)), total


def events_of(session: Session, nomination: Nomination) -> tuple[NominationEvent, ...]:
    """Give the changes of state, oldest first."""
    query = select(NominationEvent).where(NominationEvent.nomination_id == nomination.id)
    return tuple(session.scalars(query.order_by(NominationEvent.id)))


def _move(
    session: Session,
    nomination: Nomination,
    state: NominationState,
    act: str,
    *,
    by: str,
    at: datetime,
    reason: str | None = None,
    note: str = "",
) -> None:
    if reason is not None and not reason.strip():
        raise ReasonMissing(f"{act} đề nghị khen thưởng")
    session.flush()
    session.refresh(nomination, with_for_update=True)
    if nomination.state not in STEPS[state]:
        _refuse(nomination, STEPS[state], act)
    nomination.state = state
    nomination.updated_at = at
    nomination.updated_by = by
    session.flush()
    _log(session, nomination, state, by=by, at=at, reason=reason or note)


def _refuse(nomination: Nomination, expected: Sequence[NominationState], act: str) -> None:
    raise StateRefused(
        "đề nghị khen thưởng",
        nomination.id,
        nomination.state.label,
        [state.label for state in expected],
        act,
    )


def _log(
    session: Session,
    nomination: Nomination,
    state: NominationState,
    *,
    by: str,
    at: datetime,
    reason: str,
) -> None:
    session.add(
        NominationEvent(nomination_id=nomination.id, state=state, at=at, by=by, reason=reason)
    )
    session.flush()
    audit.append(
        session,
        nomination.body_id,
        at=at,
        actor=by,
        action=f"nomination.{state.value}",
        subject_type="nomination",
        subject_id=nomination.id,
    )
