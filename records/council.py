"""Hội đồng thi đua - khen thưởng: who sits in it, when it sat, how it voted on each line.

A share of votes always says of how many: all members, unless the office counts those present.
What does not add up is refused whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from records import audit
from records.base import Id, Key, Model, choice
from records.errors import VoteUnsound
from records.rules import votes
from records.rules.votes import Ballot, Count


class CouncilRole(StrEnum):
    """A member's place in the council, in the order in which minutes name them."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    MEMBER = "member"
    SECRETARY = "secretary"

    @property
    def label(self) -> str:
        """The Vietnamese words for people."""
        return _ROLE_LABELS[self]


_ROLE_LABELS = {
    CouncilRole.CHAIR: "Chủ tịch Hội đồng",
    CouncilRole.VICE_CHAIR: "Phó Chủ tịch Hội đồng",
    CouncilRole.MEMBER: "Ủy viên",
    CouncilRole.SECRETARY: "Ủy viên, Thư ký",
}


class CouncilMember(Model):
    """A member of a body's council from one day to another."""

    __tablename__ = "council_members"

    id: Mapped[Id]
    body_id: Mapped[int] = mapped_column(ForeignKey("issuing_bodies.id"), index=True)
    honorific: Mapped[str] = mapped_column(default="")
    """“Ông”, “Bà”, as minutes print it before the name; empty: none."""
    name: Mapped[str]
    post: Mapped[str] = mapped_column(default="")
    """The post in the office, as printed in minutes."""
    role: Mapped[CouncilRole] = mapped_column(choice(CouncilRole))
    votes: Mapped[bool] = mapped_column(default=True)
    """A secretary who is no member writes the minutes and does not vote."""
    position: Mapped[int]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    __table_args__ = (CheckConstraint("valid_from <= valid_to", name="valid_in_order"),)


class CouncilSession(Model):
    """One sitting about one dossier."""

    __tablename__ = "council_sessions"

    id: Mapped[Id]
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), index=True)
    held_on: Mapped[date]
    begins_at: Mapped[Key]
    """As minutes print it: “14 giờ 00 phút”."""
    ends_at: Mapped[Key]
    place: Mapped[str]
    ballot: Mapped[Ballot] = mapped_column(choice(Ballot))
    members: Mapped[int]
    """How many members with a vote the council had on that day."""
    present: Mapped[int]
    """How many of them were there."""
    discussion: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[Key]

    __table_args__ = (
        CheckConstraint("present >= 1 AND present <= members", name="present_counted"),
    )


class CouncilAttendance(Model):
    """Whether a member was there, and why not."""

    __tablename__ = "council_attendance"

    session_id: Mapped[int] = mapped_column(ForeignKey("council_sessions.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("council_members.id"), primary_key=True)
    is_present: Mapped[bool]
    reason: Mapped[str] = mapped_column(default="")


class CouncilVote(Model):
    """How a session voted on one line; the ballots returned are the sum of their kinds."""

    __tablename__ = "council_votes"

    session_id: Mapped[int] = mapped_column(ForeignKey("council_sessions.id"), primary_key=True)
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nominations.id"), primary_key=True)
    issued: Mapped[int]
    """Ballots given out (phát ra), or members asked."""
    returned: Mapped[int]
    invalid: Mapped[int]
    approving: Mapped[int]
    rejecting: Mapped[int]
    other: Mapped[int]
    denominator: Mapped[int]
    """Of how many the share is counted."""
    threshold: Mapped[int]
    """The share in per cent from which the line passes."""
    is_passed: Mapped[bool]

    __table_args__ = (
        CheckConstraint(
            "approving + rejecting + other + invalid = returned AND returned <= issued",
            name="adds_up",
        ),
    )

    @property
    def share(self) -> float:
        """The approving share in per cent."""
        return 100 * self.approving / self.denominator


def members_on(session: Session, body_id: int, day: date) -> tuple[CouncilMember, ...]:
    """Give the council of a body on a day, in the order of its list."""
    query = select(CouncilMember).where(CouncilMember.body_id == body_id)
    found = session.scalars(query.order_by(CouncilMember.position, CouncilMember.id))
    return tuple(
        one
        for one in found
        if (one.valid_from is None or one.valid_from <= day)
        and (one.valid_to is None or day <= one.valid_to)
    )


def hold(
    session: Session,
    dossier_id: int,
    *,
    body_id: int,
    held_on: date,
    begins_at: str,
    ends_at: str,
    place: str,
    ballot: Ballot,
    absent: Mapping[int, str],
    discussion: str,
    by: str,
    at: datetime,
) -> CouncilSession:
    """Record a sitting of the council of that day; `absent`: id of a member → the reason.

    Raises:
        VoteUnsound: the body has no council on that day, or less than half of it was there.
    """
    members = members_on(session, body_id, held_on)
    voting = [one for one in members if one.votes]
    present = [one for one in voting if one.id not in absent]
    if faults := votes.quorum_faults(len(voting), len(present)):
        raise VoteUnsound(faults)
    sitting = CouncilSession(
        dossier_id=dossier_id,
        held_on=held_on,
        begins_at=begins_at,
        ends_at=ends_at,
        place=place,
        ballot=ballot,
        members=len(voting),
        present=len(present),
        discussion=discussion,
        recorded_at=at,
        recorded_by=by,
    )
    session.add(sitting)
    session.flush()
    session.add_all(
        CouncilAttendance(
            session_id=sitting.id,
            member_id=one.id,
            is_present=one.id not in absent,
            reason=absent.get(one.id, ""),
        )
        for one in members
    )
    session.flush()
    audit.append(
        session,
        body_id,
        at=at,
        actor=by,
        action="council.held",
        subject_type="council_session",
        subject_id=sitting.id,
        detail={"dossier_id": dossier_id, "members": len(voting), "present": len(present)},
    )
    return sitting


def vote(
    session: Session,
    sitting: CouncilSession,
    nomination_id: int,
    count: Count,
    *,
    threshold: int,
    of_present: bool = False,
) -> CouncilVote:
    """Record the votes on one line; it passes from `threshold` per cent of all members on.

    `of_present` counts the share of those present instead.

    Raises:
        VoteUnsound: the votes do not add up.
    """
    if faults := count.faults(str(nomination_id), present=sitting.present):
        raise VoteUnsound(faults)
    denominator = sitting.present if of_present else sitting.members
    row = CouncilVote(
        session_id=sitting.id,
        nomination_id=nomination_id,
        issued=sitting.present,
        returned=count.returned,
        invalid=count.invalid,
        approving=count.approving,
        rejecting=count.rejecting,
        other=count.other,
        denominator=denominator,
        threshold=threshold,
        is_passed=count.passes(threshold, of=denominator),
    )
    session.add(row)
    session.flush()
    return row


def last_session(session: Session, dossier_id: int) -> CouncilSession | None:
    """Give the latest sitting about a dossier."""
    query = select(CouncilSession).where(CouncilSession.dossier_id == dossier_id)
    return session.scalars(query.order_by(CouncilSession.id.desc()).limit(1)).one_or_none()


def votes_of(session: Session, sitting: CouncilSession) -> dict[int, CouncilVote]:
    """Give the votes of a sitting by nomination."""
    query = select(CouncilVote).where(CouncilVote.session_id == sitting.id)
    return {one.nomination_id: one for one in session.scalars(query)}


def attendance_of(
    session: Session, sitting: CouncilSession
) -> tuple[tuple[CouncilMember, CouncilAttendance], ...]:
    """Give who was called to a sitting, in the order of the council's list."""
    query = (
        select(CouncilMember, CouncilAttendance)
        .join(CouncilAttendance, CouncilAttendance.member_id == CouncilMember.id)
        .where(CouncilAttendance.session_id == sitting.id)
        .order_by(CouncilMember.position, CouncilMember.id)
    )
    return tuple((member, attendance) for member, attendance in session.execute(query))
