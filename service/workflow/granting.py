"""The golden book: what a decision awards is entered as its list words it, in its order."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from doc_templates.paper import Nominee
from doc_templates.parts import nominees
from records import awards, dossiers, grants, nominations
from records.documents import Document
from records.dossiers import DossierState
from records.errors import Conflict
from records.nominations import Nomination, NominationState
from service.workflow import composing


def enter_awards(
    session: Session, document: Document, printed: Sequence[Nominee], *, by: str, at: datetime
) -> None:
    """Enter the awards of a decision just issued; `printed` is the list it was given.

    The number in the golden book is the number on the printed list. What an earlier decision
    on the dossier awarded, which this one words anew, is not entered twice. A decision without
    a dossier awards to nobody that the records know.

    Raises:
        Conflict: the list is not that of the lines agreed in the dossier by now.
    """
    if document.dossier_id is None or document.symbol is None or document.issued_on is None:
        return
    lines = [
        line
        for line in nominations.lines_of(session, document.dossier_id)
        if line.state in (NominationState.AGREED, NominationState.GRANTED)
    ]
    titles = {line.id: session.get_one(awards.AwardTitle, line.award_title_id) for line in lines}
    _check_same(printed, [(line.shown_name, titles[line.id].name) for line in lines])
    for sequence, place in enumerate(nominees.printed_order(printed), start=1):
        line = lines[place]
        if line.state is NominationState.AGREED:
            _enter(session, document, line, titles[line.id], sequence, by=by, at=at)
    dossier = dossiers.get_dossier(session, document.dossier_id)
    if dossier.state is DossierState.ACCEPTED:
        dossiers.move(session, dossier, DossierState.DECIDED, by=by, at=at)


def _check_same(printed: Sequence[Nominee], agreed: list[tuple[str, str]]) -> None:
    on_paper = [(nominee.name, nominee.award) for nominee in printed]
    if on_paper == agreed:
        return
    gone = [name for name, award in on_paper if (name, award) not in agreed]
    new = [name for name, award in agreed if (name, award) not in on_paper]
    told = "; ".join(
        f"{what}: {', '.join(names)}"
        for what, names in (("chỉ có trong dự thảo", gone), ("chỉ có trong hồ sơ", new))
        if names
    )
    raise Conflict(
        "Danh sách đã thay đổi: danh sách của dự thảo không còn là danh sách đã được đồng ý "
        f"trong hồ sơ ({told or 'thứ tự khác nhau'}). Chưa dùng số nào; hãy lập lại dự thảo "
        "quyết định từ hồ sơ."
    )


def _enter(
    session: Session,
    document: Document,
    line: Nomination,
    title: awards.AwardTitle,
    sequence: int,
    *,
    by: str,
    at: datetime,
) -> None:
    if document.symbol is None or document.issued_on is None:
        raise ValueError("only an issued decision awards")
    grants.record_grant(
        session,
        document.body_id,
        award_title_id=title.id,
        level=line.level,
        subject=line.subject,
        name=line.shown_name,
        birth=line.birth,
        post=line.shown_post,
        unit_name=line.unit_name,
        deed=line.deed,
        decision=composing.cite_decision(document.symbol, document.issued_on),
        granted_on=document.issued_on,
        document_id=document.id,
        nomination_id=line.id,
        person_id=line.person_id,
        sequence=sequence,
        by=by,
        at=at,
    )
    nominations.grant(session, line, by=by, at=at)
