"""What can be awarded: titles of emulation and forms of commendation."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from records.base import Id, Key, Model, choice
from records.errors import NotFound


class Subject(StrEnum):
    """Who can be awarded."""

    INDIVIDUAL = "individual"
    COLLECTIVE = "collective"
    HOUSEHOLD = "household"

    @property
    def label(self) -> str:
        """The Vietnamese word for people."""
        return _SUBJECT_LABELS[self]


_SUBJECT_LABELS = {
    Subject.INDIVIDUAL: "Cá nhân",
    Subject.COLLECTIVE: "Tập thể",
    Subject.HOUSEHOLD: "Hộ gia đình",
}


class Level(StrEnum):
    """Whose award it is, from the State down to the single unit."""

    STATE = "state"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    GRASSROOTS = "grassroots"

    @property
    def label(self) -> str:
        """The Vietnamese word for people."""
        return _LEVEL_LABELS[self]


_LEVEL_LABELS = {
    Level.STATE: "Cấp Nhà nước",
    Level.PROVINCE: "Cấp bộ, ban, ngành, tỉnh",
    Level.DISTRICT: "Cấp huyện",
    Level.COMMUNE: "Cấp xã",
    Level.GRASSROOTS: "Cấp cơ sở",
}


class AwardTitle(Model):
    """A title of emulation (`is_title`) or a form of commendation."""

    __tablename__ = "award_titles"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    name: Mapped[str]
    """As printed: “Người tốt, việc tốt”, “Giấy khen”."""
    for_individuals: Mapped[bool] = mapped_column(default=False)
    for_collectives: Mapped[bool] = mapped_column(default=False)
    for_households: Mapped[bool] = mapped_column(default=False)
    level: Mapped[Level] = mapped_column(choice(Level))
    rank: Mapped[int] = mapped_column(default=100)
    """The order in lists: the highest award has the smallest rank."""
    is_title: Mapped[bool] = mapped_column(default=False)
    vote_threshold: Mapped[int | None]
    """The share of the council in per cent from which it passes; `None`: as the law or custom."""
    decided_by: Mapped[str] = mapped_column(default="")
    """The post that decides, as printed: “Chủ tịch Ủy ban nhân dân phường”."""

    __table_args__ = (
        CheckConstraint("for_individuals OR for_collectives OR for_households", name="for_someone"),
    )

    def allows(self, subject: Subject) -> bool:
        """Tell whether such a nominee can receive it."""
        match subject:
            case Subject.INDIVIDUAL:
                return self.for_individuals
            case Subject.COLLECTIVE:
                return self.for_collectives
            case Subject.HOUSEHOLD:
                return self.for_households


def find_title(session: Session, key: str) -> AwardTitle | None:
    """Look a title up by its key."""
    return session.scalars(select(AwardTitle).where(AwardTitle.key == key)).one_or_none()


def get_title(session: Session, key: str) -> AwardTitle:
    """Look a title up by its key.

    Raises:
        NotFound: there is none.
    """
    title = find_title(session, key)
    if title is None:
        raise NotFound("danh hiệu, hình thức khen thưởng", key)
    return title


def titles(session: Session, *, subject: Subject | None = None) -> tuple[AwardTitle, ...]:
    """List the titles (for one sort of nominee), the highest first."""
    found = session.scalars(select(AwardTitle).order_by(AwardTitle.rank, AwardTitle.key))
    return tuple(title for title in found if subject is None or title.allows(subject))
