"""Receiving nominations, and gathering them into a unit's dossier."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from records import awards, bodies, calls, campaigns, dossiers, nominations
from records.base import PartialDate, fold
from records.dossiers import Dossier, DossierState, PaperKind
from records.errors import Conflict, NotFound, StateRefused
from records.lookalikes import award_of
from records.nominations import Nomination, NominationState
from records.rules.facts import Award
from records.rules.figures import find_figure
from service.intake.nominations import NominationEntry
from service.workflow import reviewing
from service.workflow.desk import Desk

_WITH_ITS_UNIT: Final = (DossierState.DRAFT, DossierState.RETURNED)
#: Lines about which the council has not said its word.
AWAITING: Final = frozenset(
    {
        NominationState.DRAFT,
        NominationState.SUBMITTED,
        NominationState.RETURNED,
        NominationState.ACCEPTED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What was kept: ids of the nominations in the order given, and of their dossier.

    `dossier_id` is None when none was asked for.
    """

    nomination_ids: tuple[int, ...]
    dossier_id: int | None
    is_replay: bool = False


def nominate(
    desk: Desk,
    entries: Sequence[NominationEntry],
    *,
    by: str,
    dossier: str = "",
    key: str = "",
) -> Received:
    """Keep nominations: all of them or none; with `dossier`, under a new one of that title.

    The dossier belongs to the body, unit and campaign of the first entry. With `key` the same
    call, sent again, keeps nothing and gives what it gave.

    Raises:
        NotFound: a body, award, campaign or unit is not known.
        Conflict: the award is not for such a nominee.
        KeyReused: the key came with other nominations.
    """
    if not key:
        with desk.transaction() as session:
            return _keep_all(desk, session, entries, by=by, dossier=dossier)
    said = [dossier, [entry.model_dump(mode="json") for entry in entries]]
    request = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    with desk.transaction() as session:
        body = bodies.get_body(session, entries[0].body)
        call = calls.begin(session, body.id, key, request, at=desk.now())
        if call.answer:
            return Received(
                nomination_ids=tuple(call.answer["nominations"]),
                dossier_id=call.answer["dossier"],
                is_replay=True,
            )
        done = _keep_all(desk, session, entries, by=by, dossier=dossier)
        call.answer = {"nominations": list(done.nomination_ids), "dossier": done.dossier_id}
        return done


def _keep_all(
    desk: Desk,
    session: Session,
    entries: Sequence[NominationEntry],
    *,
    by: str,
    dossier: str,
) -> Received:
    at = desk.now()
    kept = [_keep(session, entry, by=by, desk=desk) for entry in entries]
    if not dossier or not kept:
        return Received(nomination_ids=tuple(one.id for one in kept), dossier_id=None)
    opened = dossiers.open_dossier(
        session,
        kept[0].body_id,
        title=dossier,
        unit_id=kept[0].unit_id,
        campaign_id=kept[0].campaign_id,
        by=by,
        at=at,
        **_checklist(session, kept[0], desk.today()),
    )
    nominations.place(session, opened.id, kept)
    return Received(nomination_ids=tuple(one.id for one in kept), dossier_id=opened.id)


def add(desk: Desk, dossier_id: int, entry: NominationEntry, *, by: str) -> int:
    """Put one more nominee at the end of a dossier that is with its unit; gives its number.

    Raises:
        NotFound: there is no such dossier, award or unit.
        StateRefused: it lies with the body now.
        Conflict: the award is not for such a nominee.
    """
    with desk.transaction() as session:
        dossier = dossiers.get_dossier(session, dossier_id)
        if dossier.state not in _WITH_ITS_UNIT:
            raise StateRefused(
                "hồ sơ",
                dossier.title,
                dossier.state.label,
                [state.label for state in _WITH_ITS_UNIT],
                "thêm người",
            )
        line = _keep(session, entry, by=by, desk=desk)
        nominations.place(session, dossier.id, [*nominations.lines_of(session, dossier.id), line])
        return line.id


def shared_of(session: Session, dossier: Dossier) -> dict[str, str]:
    """Give what holds for every nominee of a dossier, by the names of an entry."""
    campaign = session.get(campaigns.Campaign, dossier.campaign_id) if dossier.campaign_id else None
    unit = session.get(bodies.Unit, dossier.unit_id) if dossier.unit_id else None
    shared = {
        "body": session.get_one(bodies.IssuingBody, dossier.body_id).key,
        "campaign": campaign.key if campaign else "",
        "nominating_unit": unit.name if unit else "",
    }
    return {name: value for name, value in shared.items() if value}


def award_keys(desk: Desk) -> dict[str, str]:
    """Give the key of each award by its folded name, as a cell of a sheet names it."""
    with desk.reading() as session:
        return {fold(title.name): title.key for title in awards.titles(session)}


def agree_all(desk: Desk, dossier_id: int, *, by: str, despite: str = "") -> int:
    """Take a dossier through submission and acceptance to agreement of all its lines.

    For offices whose council sat on paper: the record then follows what was decided there.
    Lines that are already further on, refused or withdrawn are left as they are. Gives how
    many lines were agreed; recorded once more, it is none. What the rules stop is agreed to
    only with a reason, `despite`, which is kept with each line.

    Raises:
        NotFound: there is no such dossier.
        StateRefused: the dossier was withdrawn or decided.
        Conflict: nobody is nominated in it.
        NominationsUnfit: the rules stop a line, and no reason was given.
    """
    with desk.transaction() as session:
        at = desk.now()
        dossier = dossiers.get_dossier(session, dossier_id)
        waiting = awaiting_council(session, dossier)
        if not despite:
            reviewing.check_may_agree(session, dossier, waiting, today=desk.today())
        bring_to_council(session, dossier, waiting, by=by, at=at)
        for line in waiting:
            nominations.agree(session, line, by=by, at=at, despite=despite)
        return len(waiting)


def bring_to_council(
    session: Session, dossier: Dossier, lines: Sequence[Nomination], *, by: str, at: datetime
) -> None:
    """Take lines and their dossier through filing and acceptance, as far as they still have to."""
    for line in lines:
        if line.state in (NominationState.DRAFT, NominationState.RETURNED):
            nominations.submit(session, line, by=by, at=at)
        if line.state is NominationState.SUBMITTED:
            nominations.accept(session, line, by=by, at=at)
    if dossier.state in (DossierState.DRAFT, DossierState.RETURNED):
        dossiers.move(session, dossier, DossierState.SUBMITTED, by=by, at=at)
    if dossier.state is DossierState.SUBMITTED:
        dossiers.move(session, dossier, DossierState.ACCEPTED, by=by, at=at)


def awaiting_council(session: Session, dossier: Dossier) -> tuple[Nomination, ...]:
    """Give the lines of a dossier that the council can still agree to, in their order.

    Raises:
        StateRefused: the dossier was withdrawn or decided.
        Conflict: nobody is nominated in it.
    """
    _check_open(session, dossier)
    lines = nominations.lines_of(session, dossier.id)
    return tuple(line for line in lines if line.state in AWAITING)


def _checklist(session: Session, line: Nomination, on: date) -> dict[str, Any]:
    """Say which papers a dossier for that award holds on that day."""
    award = award_of(session.get_one(awards.AwardTitle, line.award_title_id))
    if award is None or award is Award.GOOD_DEED:
        return {"required": dossiers.REQUIRED_PAPERS}
    name = "papers_of_titles" if award.is_title else "papers_of_commendations"
    held = find_figure(name, on=on)
    return {
        "required": (PaperKind.SUBMISSION,),
        "also": held.words() if held is not None else (),
    }


def _check_open(session: Session, dossier: Dossier) -> None:
    if dossier.state in (DossierState.DECIDED, DossierState.WITHDRAWN):
        able = (DossierState.SUBMITTED, DossierState.ACCEPTED)
        raise StateRefused(
            "hồ sơ",
            dossier.title,
            dossier.state.label,
            [state.label for state in able],
            "ghi nhận Hội đồng đồng ý",
        )
    if not nominations.lines_of(session, dossier.id):
        raise Conflict(f"Hồ sơ {dossier.id} chưa có ai được đề nghị để Hội đồng đồng ý.")


def _keep(session: Session, entry: NominationEntry, *, by: str, desk: Desk) -> Nomination:
    body = bodies.get_body(session, entry.body)
    title = awards.get_title(session, entry.award)
    subject = awards.Subject(entry.subject.value)
    if not title.allows(subject):
        raise Conflict(
            f"{title.name} không xét tặng cho {subject.label.lower()} (“{entry.name}”): "
            "chọn danh hiệu, hình thức khác."
        )
    campaign = campaigns.get_campaign(session, body, entry.campaign) if entry.campaign else None
    unit = None
    if entry.nominating_unit:
        unit = bodies.find_unit(session, body, entry.nominating_unit)
        if unit is None:
            raise NotFound(f"đơn vị thuộc {body.full_name}", entry.nominating_unit)
    return nominations.nominate(
        session,
        body.id,
        award_title_id=title.id,
        level=title.level,
        subject=subject,
        name=entry.name,
        by=by,
        at=desk.now(),
        campaign_id=campaign.id if campaign else None,
        unit_id=unit.id if unit else None,
        honorific=entry.honorific,
        birth=PartialDate.parse(entry.birth) if entry.birth else None,
        gender=entry.gender,
        post=entry.post,
        unit_name=entry.unit,
        residence=entry.residence,
        deed=entry.deed or entry.summary,
        summary=entry.summary,
        deed_on=PartialDate.parse(entry.deed_on) if entry.deed_on else None,
        past_awards=list(entry.past_awards),
        beyond_duty=None if entry.assigned_duty is None else not entry.assigned_duty,
        not_for_own_gain=None if entry.own_benefit is None else not entry.own_benefit,
        helps_others=entry.helps_others,
        law_abiding=entry.law_abiding,
        origin=entry.origin.value if entry.origin else "",
        lives_here=entry.lives_here,
        is_frontline=entry.frontline,
        holds=[hold.value for hold in entry.holds],
        category=entry.category.value if entry.category else "",
        identity_number=entry.identity_number or None,
    )
