"""A dossier on its way: handed in, taken in, given back with what is to change, withdrawn."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from records import blobs, dossiers, handovers, nominations
from records.base import PartialDate
from records.dossiers import Dossier, DossierState, PaperKind
from records.errors import Conflict, NotFound
from records.grants import Grant
from records.nominations import Nomination, NominationState
from service.intake.nominations import AmendmentEntry
from service.workflow.desk import Desk

#: What a line may be returned for: the name in an entry → the column it is kept in.
AMENDABLE: Final = {
    "name": "name",
    "honorific": "honorific",
    "birth": "birth",
    "gender": "gender",
    "post": "post",
    "unit": "unit_name",
    "residence": "residence",
    "deed": "deed",
    "summary": "summary",
    "deed_on": "deed_on",
    "past_awards": "past_awards",
    "assigned_duty": "beyond_duty",
    "own_benefit": "not_for_own_gain",
    "helps_others": "helps_others",
    "law_abiding": "law_abiding",
    "identity_number": "identity_number",
}
#: Kept the other way round from how it is asked.
_TURNED: Final = frozenset({"assigned_duty", "own_benefit"})
_DAYS: Final = frozenset({"birth", "deed_on"})


def submit(desk: Desk, dossier_id: int, *, by: str) -> int:
    """Hand a dossier in with all lines that are with the unit; gives how many.

    Raises:
        NotFound: there is no such dossier.
        Conflict: nobody is nominated in it.
        StateRefused: it is not with the unit.
    """
    with desk.transaction() as session:
        at = desk.now()
        dossier, lines = _open(session, dossier_id)
        dossiers.move(session, dossier, DossierState.SUBMITTED, by=by, at=at)
        mine = [one for one in lines if one.state in nominations.MAY_BE_AMENDED]
        for line in mine:
            nominations.submit(session, line, by=by, at=at)
            line.to_amend = []
        return len(mine)


def accept(desk: Desk, dossier_id: int, *, by: str) -> int:
    """Take a dossier in as complete, with the lines that were handed in; gives how many.

    Raises:
        NotFound: there is no such dossier.
        Conflict: nobody is nominated in it.
        StateRefused: it was not handed in.
    """
    with desk.transaction() as session:
        at = desk.now()
        dossier, lines = _open(session, dossier_id)
        dossiers.move(session, dossier, DossierState.ACCEPTED, by=by, at=at)
        filed = [one for one in lines if one.state is NominationState.SUBMITTED]
        for line in filed:
            nominations.accept(session, line, by=by, at=at)
        return len(filed)


def give_back(
    desk: Desk,
    dossier_id: int,
    *,
    reason: str,
    by: str,
    fields: Sequence[str] = (),
    positions: Sequence[int] = (),
) -> int:
    """Give a dossier back to its unit; gives how many lines went back.

    `fields` are what is to be changed, by the names of entries: then only these can be.
    `positions` are the lines concerned, from 1; none named: all that came in.

    Raises:
        NotFound: there is no such dossier or line.
        Conflict: a field is none that can be amended.
        ReasonMissing, StateRefused: as the records say.
    """
    unknown = sorted(set(fields) - AMENDABLE.keys())
    if unknown:
        raise Conflict(
            f"Không có mục {', '.join(unknown)}; các mục sửa được: {', '.join(sorted(AMENDABLE))}."
        )
    with desk.transaction() as session:
        at = desk.now()
        dossier, lines = _open(session, dossier_id)
        places = {line.position: line for line in lines}
        for position in positions:
            if position not in places:
                raise NotFound("dòng của hồ sơ", position)
        came = (NominationState.SUBMITTED, NominationState.ACCEPTED)
        back = [
            line
            for line in lines
            if line.state in came and (not positions or line.position in positions)
        ]
        dossiers.move(session, dossier, DossierState.RETURNED, by=by, at=at, reason=reason)
        for line in back:
            columns = [AMENDABLE[field] for field in fields]
            nominations.return_(session, line, reason=reason, by=by, at=at, to_amend=columns)
        return len(back)


def amend(desk: Desk, nomination_id: int, entry: AmendmentEntry, *, by: str) -> None:
    """Change what was said of a nominee, while the line is with its unit.

    Raises:
        NotFound: there is no such nomination.
        StateRefused: it lies with the body now.
        Conflict: it was returned for something else to be changed.
    """
    with desk.transaction() as session:
        line = nominations.get_nomination(session, nomination_id)
        _check_asked(line, entry)
        nominations.amend(session, line, by=by, at=desk.now(), **_columns(entry))


def withdraw(desk: Desk, nomination_id: int, *, reason: str, by: str) -> None:
    """Take one line back before it was decided.

    Raises:
        NotFound: there is no such nomination.
        ReasonMissing, StateRefused: as the records say.
    """
    with desk.transaction() as session:
        line = nominations.get_nomination(session, nomination_id)
        nominations.withdraw(session, line, reason=reason, by=by, at=desk.now())


def receive_paper(
    desk: Desk,
    dossier_id: int,
    kind: PaperKind,
    *,
    name: str = "",
    note: str = "",
    file_name: str = "",
    content: bytes | None = None,
    is_confirmed: bool | None = None,
) -> None:
    """Tick a paper of the checklist off, with its scan where there is one.

    `name` tells papers of kind `OTHER` apart.

    Raises:
        NotFound: there is no such dossier.
    """
    with desk.transaction() as session:
        dossier = dossiers.get_dossier(session, dossier_id)
        kept = None
        if content is not None:
            kept = blobs.keep(session, content)
        dossiers.receive_paper(
            session,
            dossier,
            kind,
            name=name,
            note=note,
            file_name=file_name,
            sha256=kept,
            is_confirmed=is_confirmed,
        )


def history(desk: Desk, dossier_id: int) -> list[dict[str, Any]]:
    """Give every state of every line with who, when and why, the earliest first.

    Raises:
        NotFound: there is no such dossier.
    """
    with desk.reading() as session:
        dossier = dossiers.get_dossier(session, dossier_id)
        told = [
            {
                "line": line.position,
                "name": line.shown_name,
                "state": event.state.label,
                "at": event.at.isoformat(),
                "by": event.by,
                "reason": event.reason,
            }
            for line in nominations.lines_of(session, dossier.id)
            for event in nominations.events_of(session, line)
        ]
        told += _handed_over(session, dossier)
    return sorted(told, key=lambda one: (one["at"], one["line"] or 0))


def _handed_over(session: Session, dossier: Dossier) -> list[dict[str, Any]]:
    lines = {line.id: line for line in nominations.lines_of(session, dossier.id)}
    query = select(Grant.id, Grant.nomination_id).where(Grant.nomination_id.in_(list(lines)))
    granted = {key: lines[made_of] for key, made_of in session.execute(query) if made_of}
    return [
        {
            "line": granted[key].position,
            "name": granted[key].shown_name,
            "state": "Đã trao",
            "at": row.at.isoformat(),
            "by": row.by,
            "reason": f"người nhận thay: {row.received_by}" if row.received_by else "",
        }
        for key, row in handovers.handovers_of(session, granted).items()
    ]


def _check_asked(line: Nomination, entry: AmendmentEntry) -> None:
    """See to it that a returned line is changed where it was asked to be, named as forms do."""
    if line.state is not NominationState.RETURNED or not line.to_amend:
        return
    labels = {name: str(field.title) for name, field in AmendmentEntry.model_fields.items()}
    asked = [labels[name] for name, column in AMENDABLE.items() if column in line.to_amend]
    others = [
        labels[name]
        for name in AMENDABLE
        if name in entry.model_fields_set and AMENDABLE[name] not in line.to_amend
    ]
    if others:
        raise Conflict(
            f"Đề nghị {line.id} ({line.shown_name}) được trả lại để sửa: {'; '.join(asked)}. Không "
            f"sửa được: {'; '.join(others)}."
        )


def _open(session: Session, dossier_id: int) -> tuple[Dossier, tuple[Nomination, ...]]:
    dossier = dossiers.get_dossier(session, dossier_id)
    lines = nominations.lines_of(session, dossier.id)
    if not lines:
        raise Conflict(f"Hồ sơ {dossier.id} chưa có ai được đề nghị.")
    return dossier, lines


def _columns(entry: AmendmentEntry) -> Mapping[str, Any]:
    columns: dict[str, Any] = {}
    for field in entry.model_fields_set:
        value = getattr(entry, field)
        if field in _DAYS:
            value = PartialDate.parse(value) if value else None
        elif field in _TURNED and value is not None:
            value = not value
        elif field == "past_awards":
            value = list(value)
        elif field == "identity_number":
            value = value or None
        columns[AMENDABLE[field]] = value
    return columns
