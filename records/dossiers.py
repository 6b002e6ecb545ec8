"""A unit's dossier: its Tờ trình, its lines and the papers that must come with it.

The lines are nominations (`nominations.lines_of`); the papers made here are documents that
name the dossier.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from records import audit
from records.base import NEVER_REUSES_IDS, Hash, Id, Key, Model, choice
from records.errors import NotFound, ReasonMissing, StateRefused


class DossierState(StrEnum):
    """Where a dossier lies."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The Vietnamese words for people."""
        return _LABELS[self]


_LABELS = {
    DossierState.DRAFT: "Nháp",
    DossierState.SUBMITTED: "Đã nộp",
    DossierState.RETURNED: "Trả lại",
    DossierState.ACCEPTED: "Đã tiếp nhận",
    DossierState.DECIDED: "Đã quyết định",
    DossierState.WITHDRAWN: "Đã rút",
}

STEPS = {
    DossierState.SUBMITTED: (DossierState.DRAFT, DossierState.RETURNED),
    DossierState.RETURNED: (DossierState.SUBMITTED, DossierState.ACCEPTED),
    DossierState.ACCEPTED: (DossierState.SUBMITTED,),
    DossierState.DECIDED: (DossierState.ACCEPTED,),
    DossierState.WITHDRAWN: (DossierState.DRAFT, DossierState.SUBMITTED, DossierState.RETURNED),
}
"""Into each state, from which ones."""

NEEDS_REASON = (DossierState.RETURNED, DossierState.WITHDRAWN)


class PaperKind(StrEnum):
    """What papers a dossier for “Người tốt, việc tốt” holds.

    Source: Quyết định 02/2018/QĐ-UBND, Ủy ban nhân dân thành phố Hà Nội (H-01 to H-03).
    """

    SUBMISSION = "H-01"
    PROFILE_EXTRACT = "H-02"
    RESIDENCE_CONFIRMATION = "H-03"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The Vietnamese words for people."""
        return _PAPER_LABELS[self]


_PAPER_LABELS = {
    PaperKind.SUBMISSION: "Tờ trình đề nghị xét tặng của đơn vị trình",
    PaperKind.PROFILE_EXTRACT: (
        "Bản trích ngang thành tích cá nhân có xác nhận của Thủ trưởng đơn vị trình"
    ),
    PaperKind.RESIDENCE_CONFIRMATION: (
        "Văn bản của địa phương nơi cư trú xác nhận chấp hành chủ trương, chính sách, pháp luật"
    ),
    PaperKind.OTHER: "Giấy tờ khác",
}

REQUIRED_PAPERS = (
    PaperKind.SUBMISSION,
    PaperKind.PROFILE_EXTRACT,
    PaperKind.RESIDENCE_CONFIRMATION,
)


class Dossier(Model):
    """What one unit files in one campaign."""

    __tablename__ = "dossiers"
    __table_args__ = NEVER_REUSES_IDS

    id: Mapped[Id]
    body_id: Mapped[int] = mapped_column(ForeignKey("issuing_bodies.id"), index=True)
    """The body it is filed with."""
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaigns.id"), index=True)
    title: Mapped[str]
    state: Mapped[DossierState] = mapped_column(choice(DossierState), default=DossierState.DRAFT)
    state_reason: Mapped[str] = mapped_column(default="")
    submission_symbol: Mapped[str] = mapped_column(default="")
    """Number and symbol of the unit's own Tờ trình where it came on paper."""
    submission_on: Mapped[date | None]
    received_at: Mapped[datetime | None]
    """When it was handed in; `None`: not yet."""
    created_at: Mapped[datetime]
    created_by: Mapped[Key]


class DossierPaper(Model):
    """One line of the checklist."""

    __tablename__ = "dossier_papers"

    id: Mapped[Id]
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    position: Mapped[int]
    paper_kind: Mapped[PaperKind] = mapped_column(choice(PaperKind))
    name: Mapped[str] = mapped_column(default="")
    """What a paper without a kind of its own is called; "" where the kind says it."""
    is_required: Mapped[bool] = mapped_column(default=True)
    is_present: Mapped[bool] = mapped_column(default=False)
    is_confirmed: Mapped[bool | None]
    """Signed by the head of the proposing unit (H-02); `None`: nobody has looked."""
    note: Mapped[str] = mapped_column(default="")
    file_name: Mapped[str] = mapped_column(default="")
    sha256: Mapped[Hash | None] = mapped_column(ForeignKey("blobs.sha256"))
    """The scan or file; `None`: on paper only."""

    __table_args__ = (
        UniqueConstraint("dossier_id", "position"),
        CheckConstraint("sha256 IS NULL OR is_present", name="file_is_present"),
    )

    @property
    def label(self) -> str:
        """The Vietnamese words for people."""
        return self.name or self.paper_kind.label


@dataclass(frozen=True, slots=True)
class Completeness:
    """Which required papers are missing; none: the dossier is complete."""

    missing: tuple[DossierPaper, ...]

    @property
    def is_complete(self) -> bool:
        """Tell whether nothing is missing."""
        return not self.missing


def open_dossier(
    session: Session,
    body_id: int,
    *,
    title: str,
    by: str,
    at: datetime,
    unit_id: int | None = None,
    campaign_id: int | None = None,
    required: Iterable[PaperKind] = REQUIRED_PAPERS,
    also: Iterable[str] = (),
) -> Dossier:
    """Open a dossier with its checklist; `also` names papers that have no kind of their own."""
    dossier = Dossier(
        body_id=body_id,
        unit_id=unit_id,
        campaign_id=campaign_id,
        title=title,
        created_at=at,
        created_by=by,
    )
    session.add(dossier)
    session.flush()
    session.add_all(
        DossierPaper(dossier_id=dossier.id, position=position, paper_kind=kind)
        for position, kind in enumerate(required, start=1)
    )
    session.flush()
    first = len(papers_of(session, dossier)) + 1
    session.add_all(
        DossierPaper(
            dossier_id=dossier.id, position=position, paper_kind=PaperKind.OTHER, name=name
        )
        for position, name in enumerate(also, start=first)
    )
    session.flush()
    _note(session, dossier, by=by, at=at)
    return dossier


def papers_of(session: Session, dossier: Dossier) -> tuple[DossierPaper, ...]:
    """Give the checklist in its order."""
    query = select(DossierPaper).where(DossierPaper.dossier_id == dossier.id)
    return tuple(session.scalars(query.order_by(DossierPaper.position)))


def receive_paper(
    session: Session,
    dossier: Dossier,
    paper_kind: PaperKind,
    *,
    name: str = "",
    note: str = "",
    file_name: str = "",
    sha256: str | None = None,
    is_confirmed: bool | None = None,
) -> DossierPaper:
    """Tick a paper off; one that is not on the checklist is added as not required.

    Several papers may be `PaperKind.OTHER`: they are told apart by `name`, and each without one is
    a new paper. What is not said the second time stays as it was.
    """
    papers = papers_of(session, dossier)
    known = [one for one in papers if (one.paper_kind, one.name) == (paper_kind, name)]
    if known and (name or paper_kind is not PaperKind.OTHER):
        paper = known[0]
    else:
        paper = DossierPaper(
            dossier_id=dossier.id,
            position=max((one.position for one in papers), default=0) + 1,
            paper_kind=paper_kind,
            name=name,
            is_required=False,
        )
        session.add(paper)
    paper.is_present = True
    if is_confirmed is not None:
        paper.is_confirmed = is_confirmed
    if note:
        paper.note = note
    if sha256 is not None:
        paper.file_name, paper.sha256 = file_name, sha256
    session.flush()
    return paper


def completeness(session: Session, dossier: Dossier) -> Completeness:
    """Judge the checklist."""
    papers = papers_of(session, dossier)
    return Completeness(tuple(one for one in papers if one.is_required and not one.is_present))


def move(
    session: Session,
    dossier: Dossier,
    state: DossierState,
    *,
    by: str,
    at: datetime,
    reason: str = "",
) -> None:
    """Take a dossier to its next state; its lines are moved by `records.nominations`.

    Raises:
        ReasonMissing: it is returned or withdrawn without a reason.
        StateRefused: it cannot come there from where it is.
    """
    if state in NEEDS_REASON and not reason.strip():
        raise ReasonMissing("trả lại hoặc rút hồ sơ")
    session.refresh(dossier, with_for_update=True)
    expected = STEPS.get(state, ())
    if dossier.state not in expected:
        raise StateRefused(
            "hồ sơ",
            dossier.title,
            dossier.state.label,
            [one.label for one in expected],
            f"chuyển sang “{state.label}”",
        )
    dossier.state = state
    dossier.state_reason = reason
    if state is DossierState.SUBMITTED:
        dossier.received_at = at
    session.flush()
    _note(session, dossier, by=by, at=at)


def get_dossier(session: Session, dossier_id: int) -> Dossier:
    """Look a dossier up.

    Raises:
        NotFound: there is none.
    """
    dossier = session.get(Dossier, dossier_id)
    if dossier is None:
        raise NotFound("hồ sơ", dossier_id)
    return dossier


def list_dossiers(
    session: Session,
    *,
    body_id: int | None = None,
    campaign_id: int | None = None,
    unit_id: int | None = None,
    body_ids: Collection[int] | None = None,
    before: int | None = None,
    page: int = 1,
    size: int = 50,
) -> tuple[tuple[Dossier, ...], int]:
    """Give one page, the newest first, and how many there are in all.

    `body_ids` and `before` as in `archive.list_documents`.
    """
    wanted = {"body_id": body_id, "campaign_id": campaign_id, "unit_id": unit_id}
    query = select(Dossier).filter_by(
        **{name: value for name, value in wanted.items() if value is not None}
    )
    if body_ids is not None:
        query = query.where(Dossier.body_id.in_(list(body_ids)))
    if before is not None:
        query = query.where(Dossier.id < before)
    total = session.scalars(select(func.count()).select_from(query.subquery())).one()
    rows = query.order_by(Dossier.id.desc()).limit(size).offset((page - 1) * size)
    return tuple(session.scalars(rows)), total


def _note(session: Session, dossier: Dossier, *, by: str, at: datetime) -> None:
    audit.append(
        session,
        dossier.body_id,
        at=at,
        actor=by,
        action=f"dossier.{dossier.state.value}",
        subject_type="dossier",
        subject_id=dossier.id,
    )
