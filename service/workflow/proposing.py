"""What a form for a Tờ trình begins with: all that the record of its dossier can say.

A proposal never says more than the record holds: what the unit's own meeting found, and
what others confirmed, is left for the clerk to write.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from doc_templates import wording
from doc_templates.kinds import DocumentKind, compose_symbol
from records import awards, bodies, dossiers, nominations, registers
from records.awards import AwardTitle, Subject
from records.base import fold
from records.bodies import IssuingBody, Signatory
from records.campaigns import Campaign
from records.dossiers import Dossier
from records.errors import NotFound
from records.nominations import Nomination, NominationState
from records.rules.bases import bases_on
from service.workflow.desk import Desk

#: Lines that are no longer proposed.
_OFF: Final = frozenset({NominationState.WITHDRAWN, NominationState.REFUSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One line of a list to choose from: what is kept, and what a person reads."""

    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What may be chosen for a paper on a day, and the number it would get now.

    `body` is the key of the body taken; "" when none is in force. `expected_symbol` is ""
    for papers without a number of their own.
    """

    body: str
    bodies: tuple[Option, ...]
    signatories: tuple[Option, ...]
    expected_symbol: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The values a form begins with; `signatory` is "" when nobody may sign."""

    choices: Choices
    signatory: str
    abstract: str
    addressees: tuple[str, ...]
    text: str
    recipients: tuple[str, ...]
    archive: str
    count: int
    legal_bases: tuple[str, ...] = ()


def propose_submission(desk: Desk, dossier_id: int, *, body_key: str = "") -> Proposal:
    """Propose the Tờ trình of a dossier, for the body named or the one that fits best.

    Raises:
        NotFound: there is no such dossier or body.
    """
    on = desk.today()
    with desk.reading() as session:
        dossier = dossiers.get_dossier(session, dossier_id)
        body = _issuing_body(session, dossier, body_key, on)
        lines = proposed_lines(session, dossier)
        titles = titles_of(session, lines)
        addressees = _addressees(session, dossier, titles)
        campaign = session.get(Campaign, dossier.campaign_id) if dossier.campaign_id else None
        return Proposal(
            choices=choices_for(session, body, DocumentKind.SUBMISSION, on),
            signatory=_default_signatory(session, body, on),
            abstract=abstract_of(lines, titles),
            addressees=addressees,
            text=_text(session, dossier, body, campaign, lines, titles, addressees, on),
            recipients=bodies.default_recipients(session, body, DocumentKind.SUBMISSION),
            archive=body.archive_line,
            count=len(lines),
        )


def choices(desk: Desk, body_key: str, *, kind: str, on: date | None = None) -> Choices:
    """Tell what may be chosen for a paper of that body on a day; `None`: today.

    Raises:
        NotFound: there is no such body.
    """
    with desk.reading() as session:
        body = bodies.get_body(session, body_key)
        return choices_for(session, body, kind, on or desk.today())


def expected_symbol(
    session: Session, body: IssuingBody, kind: str, *, on: date, drafting_unit: str = ""
) -> str:
    """Print number and symbol that a paper dated `on` would get now; "" where it gets none."""
    unit = drafting_unit or body.drafting_unit
    if kind not in set(DocumentKind):
        return ""
    number = registers.preview(session, body, bodies.series_for(body, kind), on.year)
    try:
        symbol = compose_symbol(
            DocumentKind(kind), body=body.code, number=number, drafting_unit=unit
        )
    except ValueError:
        return ""
    return symbol.printed()


def proposed_lines(session: Session, dossier: Dossier) -> tuple[Nomination, ...]:
    """Give the lines of a dossier that are still proposed, in their order."""
    lines = nominations.lines_of(session, dossier.id)
    return tuple(line for line in lines if line.state not in _OFF)


def abstract_of(lines: Sequence[Nomination], titles: Sequence[AwardTitle]) -> str:
    """Say in one line what is proposed for whom."""
    if not lines:
        return "Về việc đề nghị khen thưởng"
    if len(titles) == 1:
        return f"Về việc đề nghị tặng {in_sentence(titles[0])} cho {count_subjects(lines)}"
    return f"Về việc đề nghị khen thưởng {count_subjects(lines)}"


def extract_title(session: Session, dossier: Dossier) -> str:
    """Say whose deeds a Bản trích ngang tells: “Cá nhân đề nghị tặng …”."""
    lines = proposed_lines(session, dossier)
    titles = titles_of(session, lines)
    who = wording.join_names([one.label.lower() for one in _subjects(lines)]).capitalize()
    what = f"tặng {in_sentence(titles[0])}" if len(titles) == 1 else "khen thưởng"
    return f"{who} đề nghị {what}".strip()


def count_subjects(lines: Sequence[Nomination]) -> str:
    """Count what is in a list: “12 cá nhân”, “02 tập thể và 01 hộ gia đình”."""
    counts = Counter(line.subject for line in lines)
    return wording.join_names(
        [f"{wording.print_count(counts[one])} {one.label.lower()}" for one in _subjects(lines)]
    )


def _subjects(lines: Sequence[Nomination]) -> list[Subject]:
    """Name the sorts of nominees in a list, in the order of the law."""
    found = {line.subject for line in lines}
    return [subject for subject in Subject if subject in found]


def _issuing_body(session: Session, dossier: Dossier, key: str, on: date) -> IssuingBody:
    """Take the body named; else the unit's own, if it is one; else the dossier's."""
    if key:
        return bodies.get_body(session, key)
    if dossier.unit_id is not None:
        name = fold(bodies.get_unit(session, dossier.unit_id).name)
        for body in bodies_on(session, on):
            if fold(body.full_name) == name:
                return body
    receiving = session.get_one(IssuingBody, dossier.body_id)
    try:
        return bodies.body_on(session, receiving.key, on)
    except NotFound:
        return receiving


def bodies_on(session: Session, on: date) -> tuple[IssuingBody, ...]:
    """List the bodies that act on a day."""
    return tuple(
        body
        for body in bodies.bodies(session)
        if (body.valid_from is None or body.valid_from <= on)
        and (body.valid_to is None or on <= body.valid_to)
    )


def choices_for(session: Session, body: IssuingBody, kind: str, on: date) -> Choices:
    """Tell what may be chosen for a paper of that body on a day."""
    return Choices(
        body=body.key,
        bodies=tuple(Option(key=one.key, label=one.full_name) for one in bodies_on(session, on)),
        signatories=tuple(
            Option(key=one.key, label=_signatory_label(one))
            for one in _signatories_on(session, body, kind, on)
        ),
        expected_symbol=expected_symbol(session, body, kind, on=on),
    )


def _signatories_on(
    session: Session, body: IssuingBody, kind: str, on: date
) -> tuple[Signatory, ...]:
    found = session.scalars(
        select(Signatory).where(Signatory.body_id == body.id).order_by(Signatory.id)
    )
    return tuple(
        one
        for one in found
        if (one.valid_from is None or one.valid_from <= on)
        and (one.valid_to is None or on <= one.valid_to)
        and (not one.kinds or kind in one.kinds)
    )


def _signatory_label(signatory: Signatory) -> str:
    on_behalf = f"TM. {signatory.on_behalf_of}" if signatory.on_behalf_of else ""
    head = f"{signatory.mode.value} {signatory.head}".strip()
    posts = [on_behalf, head, signatory.acting_for, signatory.post]
    return f"{signatory.name} ({', '.join(post for post in posts if post)})"


def _default_signatory(session: Session, body: IssuingBody, on: date) -> str:
    try:
        return bodies.signatory_on(session, body, on, kind=DocumentKind.SUBMISSION).key
    except NotFound:
        return ""


def titles_of(session: Session, lines: Sequence[Nomination]) -> tuple[AwardTitle, ...]:
    """Name the awards that are proposed, the highest first."""
    wanted = {line.award_title_id for line in lines}
    return tuple(title for title in awards.titles(session) if title.id in wanted)


def _addressees(
    session: Session, dossier: Dossier, titles: Sequence[AwardTitle]
) -> tuple[str, ...]:
    """Address those who decide on the awards; where that is not known, the body."""
    deciding = tuple(dict.fromkeys(title.decided_by for title in titles if title.decided_by))
    return deciding or (session.get_one(IssuingBody, dossier.body_id).full_name,)


def _text(
    session: Session,
    dossier: Dossier,
    body: IssuingBody,
    campaign: Campaign | None,
    lines: Sequence[Nomination],
    titles: Sequence[AwardTitle],
    addressees: Sequence[str],
    on: date,
) -> str:
    if not lines:
        return ""
    who, to = body.full_name, wording.join_names(addressees)
    receiving = session.get_one(IssuingBody, dossier.body_id)
    caller = "" if receiving.id == body.id else f" do {receiving.full_name} phát động"
    whom = [one.label.lower() for one in _subjects(lines)]
    opening = (
        f"Thực hiện phong trào thi đua “{campaign.movement}”{caller}, "
        if campaign and campaign.movement
        else ""
    )
    bases = [one.title for one in bases_on(on)]
    if campaign and campaign.plan_reference:
        bases.append(f"{campaign.plan_reference} của {receiving.full_name}")
    proposed = "\n\n".join(_award_lines(lines, titles))
    return "\n\n".join(
        [
            f"{opening}{who} đã xét chọn {wording.join_names(whom)} có việc làm tốt, thành tích "
            f"tiêu biểu để đề nghị khen thưởng. {who} kính trình {to} các nội dung sau:",
            "1. Căn cứ trình",
            *(f"- {base}{';' if at < len(bases) else '.'}" for at, base in enumerate(bases, 1)),
            "2. Hình thức, số lượng và thành tích đề nghị khen thưởng",
            f"a) Hình thức và số lượng: {proposed}",
            f"b) Danh sách đề nghị kèm theo Tờ trình này; thành tích của từng {', '.join(whom)} "
            "được kể trong Bản trích ngang thành tích.",
            "3. Hồ sơ kèm theo",
            f"- Bản trích ngang thành tích của {count_subjects(lines)}, có xác nhận của thủ trưởng "
            "đơn vị.",
            f"{who} kính trình {to} xem xét, quyết định.",
        ]
    )


def _award_lines(lines: Sequence[Nomination], titles: Sequence[AwardTitle]) -> list[str]:
    """Say for each award how many are proposed: “danh hiệu … cho 12 cá nhân (07 nữ, 05 nam)”."""
    said = []
    for title in titles:
        chosen = [line for line in lines if line.award_title_id == title.id]
        said.append(f"{in_sentence(title)} cho {count_subjects(chosen)}{_by_gender(chosen)}")
    return [f"{'; '.join(said)}."]


def _by_gender(lines: Sequence[Nomination]) -> str:
    """Count women and men, where every line is of a person whose gender is known."""
    women = sum(line.gender == "Nữ" for line in lines)
    men = sum(line.gender == "Nam" for line in lines)
    if women + men != len(lines) or not women or not men:
        return ""
    return f" ({wording.print_count(women)} nữ, {wording.print_count(men)} nam)"


def in_sentence(title: AwardTitle) -> str:
    """Name an award within a sentence: a title of emulation begins small."""
    return wording.lower_first(title.name) if title.is_title else title.name
